//! Waiting for what the bot answers to an interaction.

use std::time::Duration;

use serde_json::Value;

use crate::sandbox::error::SandboxError;
use crate::sandbox::id::Id;
use crate::sandbox::remote::Remote;
use crate::sandbox::world::{Interaction, Message, World};

/// An interaction that was sent to the bot.
#[derive(Clone, Debug)]
pub struct InteractionHandle {
    pub(crate) remote: Remote,
    /// The interaction's id.
    pub id: Id,
}

/// How the bot answered first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseKind {
    /// With a message (type 4).
    Message,
    /// With "… is thinking" (type 5).
    Deferred,
    /// With nothing yet, the message will be changed (type 6).
    DeferredUpdate,
    /// By changing the message of the component (type 7).
    Update,
    /// With autocomplete choices (type 8).
    Choices,
    /// With a modal (type 9).
    Modal,
}

/// The answer to an interaction, as it stands now.
#[derive(Clone, Debug)]
pub struct Response {
    /// How the bot answered first.
    pub kind: ResponseKind,
    /// The message of the first response: new, or the one updated. None when it was deleted or there is none.
    pub message: Option<Message>,
    /// Whether only the person sees it.
    pub ephemeral: bool,
    /// The follow-ups that are still there, oldest first.
    pub followups: Vec<Message>,
    /// The autocomplete choices.
    pub choices: Vec<Value>,
    /// The modal.
    pub modal: Option<Value>,
}

impl Response {
    fn of(world: &World, interaction: &Interaction) -> Option<Self> {
        let first = interaction.acknowledged.as_ref()?;
        let kind = match first.kind {
            4 => ResponseKind::Message,
            5 => ResponseKind::Deferred,
            6 => ResponseKind::DeferredUpdate,
            7 => ResponseKind::Update,
            8 => ResponseKind::Choices,
            _ => ResponseKind::Modal,
        };
        Some(Self {
            kind,
            message: interaction.original_id.and_then(|id| world.message(id)).cloned(),
            ephemeral: first.ephemeral,
            followups: interaction.followups.iter().filter_map(|id| world.message(*id)).cloned().collect(),
            choices: first.data.as_array().filter(|_| kind == ResponseKind::Choices).cloned().unwrap_or_default(),
            modal: Some(first.data.clone()).filter(|_| kind == ResponseKind::Modal),
        })
    }

    /// The text of the message, as a reader sees it; empty without one.
    #[must_use]
    pub fn text(&self) -> String {
        self.message.as_ref().map(Message::text).unwrap_or_default()
    }
}

impl InteractionHandle {
    /// Waits for the first response; one that came already is given at once.
    ///
    /// # Errors
    ///
    /// [`SandboxError::TimedOut`].
    pub async fn response(&self, timeout: Duration) -> Result<Response, SandboxError> {
        self.response_when(timeout, |_| true).await
    }

    /// Waits until the answer is there to be read: a deferred one counts when it was filled in.
    ///
    /// # Errors
    ///
    /// [`SandboxError::TimedOut`].
    pub async fn finished(&self, timeout: Duration) -> Result<Response, SandboxError> {
        self.response_when(timeout, |response| !response.message.as_ref().is_some_and(Message::is_loading)).await
    }

    /// Waits until the response is as wanted.
    ///
    /// # Errors
    ///
    /// [`SandboxError::TimedOut`].
    pub async fn response_when(&self, timeout: Duration, mut wanted: impl FnMut(&Response) -> bool) -> Result<Response, SandboxError> {
        let look = |world: &World| world.interaction(self.id).and_then(|interaction| Response::of(world, interaction));
        self.remote.wait(timeout, "the bot did not answer the interaction", |state| look(&state.world).filter(&mut wanted)).await
    }

    /// The answer as it stands now; none when the bot has not answered.
    #[must_use]
    pub fn peek(&self) -> Option<Response> {
        self.remote.world(|world| world.interaction(self.id).and_then(|interaction| Response::of(world, interaction)))
    }

    /// The token that answers it.
    #[must_use]
    pub fn token(&self) -> String {
        self.remote.world(|world| world.interaction(self.id).map(|interaction| interaction.token.clone()).unwrap_or_default())
    }

    /// The payload the bot was sent.
    #[must_use]
    pub fn payload(&self) -> Value {
        self.remote.world(|world| world.interaction(self.id).map(|interaction| interaction.payload.clone()).unwrap_or_default())
    }
}
