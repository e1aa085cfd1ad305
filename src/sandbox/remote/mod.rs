//! The tester's handle: looking at the sandbox, ordering faults, waiting.
//!
//! Changing the world stands in `change`, acting as a person in `person`.

mod change;
mod follow;

pub use follow::Requests;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::error::SandboxError;
use super::fault::{GatewayFault, RestFault};
use super::gateway::event;
use super::id::Id;
use super::record::{RecordedEvent, RecordedRequest};
use super::rules;
use super::state::{Shared, State};
use super::world::{Message, Places, World};

/// A handle on a running sandbox; clones drive the same one.
#[derive(Clone, Debug)]
pub struct Remote {
    shared: Arc<Shared>,
    places: Places,
}

/// A gateway session as the sandbox sees it.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// The session's id.
    pub id: String,
    /// Shard and number of shards.
    pub shard: (u64, u64),
    /// The intents it asked for.
    pub intents: u64,
    /// The last sequence number.
    pub sequence: u64,
    /// Whether it has a connection now.
    pub connected: bool,
}

impl Remote {
    pub(crate) fn new(shared: Arc<Shared>, places: Places) -> Self {
        Self { shared, places }
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// What to put in place of `https://discord.com`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// Where the gateway is.
    #[must_use]
    pub fn gateway_url(&self) -> String {
        format!("ws://{}", self.shared.address)
    }

    /// The bot token that works here.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.shared.options.token
    }

    /// The ids of what is there from the start.
    #[must_use]
    pub fn places(&self) -> Places {
        self.places
    }

    /// What a newcomer needs to know, as JSON: addresses, token, ids.
    #[must_use]
    pub fn describe(&self) -> Value {
        json!({
            "base_url": self.base_url(), "gateway_url": self.gateway_url(), "control_url": format!("{}/sandbox", self.base_url()),
            "token": self.token(), "places": self.places, "revision": self.shared.revision(), "limits": rules::limits(),
        })
    }

    /// What the sandbox's clock shows.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.shared.options.clock.now()
    }

    /// Looks at the world. Nothing moves while the function runs: it must not call the sandbox itself.
    pub fn world<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        self.shared.read(|state| look(&state.world))
    }

    /// The REST requests so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.read(|state| state.record.requests.iter().cloned().collect())
    }

    /// The gateway payloads so far, oldest first.
    #[must_use]
    pub fn events(&self) -> Vec<RecordedEvent> {
        self.shared.read(|state| state.record.events.iter().cloned().collect())
    }

    /// The gateway sessions there are.
    #[must_use]
    pub fn sessions(&self) -> Vec<SessionView> {
        let view = |session: &super::gateway::Session| SessionView {
            id: session.id.clone(),
            shard: session.shard,
            intents: session.intents,
            sequence: session.sequence,
            connected: session.connection.is_some(),
        };
        self.shared.read(|state| state.gateway.sessions.values().map(view).collect())
    }

    /// How many gateway connections were opened so far.
    #[must_use]
    pub fn connections_opened(&self) -> u64 {
        self.shared.read(|state| state.gateway.opened)
    }

    /// How many times a client identified so far; a resume does not count.
    #[must_use]
    pub fn identifies(&self) -> usize {
        self.shared.read(|state| state.gateway.identified.len())
    }

    /// Tells the page something of whoever runs the sandbox; a later word on the same topic takes its place.
    pub fn announce(&self, topic: &'static str, what: Value) {
        self.shared.change(|state| state.announced.insert(topic, what));
    }

    /// Orders a fault of REST requests to come.
    pub fn fault(&self, fault: RestFault) {
        self.shared.change(|state| state.faults.push(fault));
    }

    /// Orders a fault of the gateway.
    pub fn gateway_fault(&self, fault: &GatewayFault) {
        self.shared.change(|state| {
            let now = state.world.now();
            state.gateway.strike(fault, now, &mut state.record);
        });
    }

    /// Takes back all that was ordered; what has struck has struck.
    pub fn clear_faults(&self) {
        self.shared.change(|state| state.faults.clear());
        let lasting = [
            GatewayFault::Acknowledge(true),
            GatewayFault::Refuse(false),
            GatewayFault::SendAway(None),
            GatewayFault::DelayEvents(Duration::ZERO),
        ];
        for fault in &lasting {
            self.gateway_fault(fault);
        }
    }

    /// Delivers `MESSAGE_CREATE` of a message once more.
    ///
    /// # Errors
    ///
    /// [`SandboxError::Unknown`] when there is no such message.
    pub fn repeat_message(&self, message: Id) -> Result<(), SandboxError> {
        self.shared.change(|state| {
            let found = state.world.message(message).ok_or_else(|| SandboxError::unknown("message", message))?;
            let event = event::message_created(&state.world, found);
            state.tell(event);
            Ok(())
        })
    }

    /// Delivers `INTERACTION_CREATE` of an interaction once more.
    ///
    /// # Errors
    ///
    /// [`SandboxError::Unknown`] when there is no such interaction.
    pub fn repeat_interaction(&self, interaction: Id) -> Result<(), SandboxError> {
        self.shared.change(|state| {
            let found = state.world.interaction(interaction).ok_or_else(|| SandboxError::unknown("interaction", interaction))?;
            let event = event::interaction(&found.payload, found.guild_id);
            state.tell(Some(event));
            Ok(())
        })
    }

    /// Waits until the world is as wanted. The function looks while nothing moves: it must not call the sandbox itself.
    ///
    /// # Errors
    ///
    /// [`SandboxError::TimedOut`].
    pub async fn wait_until(&self, timeout: Duration, mut wanted: impl FnMut(&World) -> bool) -> Result<(), SandboxError> {
        self.wait(timeout, "the world was not as wanted", |state| wanted(&state.world).then_some(())).await
    }

    /// Waits until a bot is connected and identified or resumed.
    ///
    /// # Errors
    ///
    /// [`SandboxError::TimedOut`].
    pub async fn connected(&self, timeout: Duration) -> Result<(), SandboxError> {
        let connected = |state: &State| state.gateway.sessions.values().any(|session| session.connection.is_some()).then_some(());
        self.wait(timeout, "no bot connected", connected).await
    }

    /// Waits until no bot is connected any more.
    ///
    /// # Errors
    ///
    /// [`SandboxError::TimedOut`].
    pub async fn disconnected(&self, timeout: Duration) -> Result<(), SandboxError> {
        let gone = |state: &State| state.gateway.sessions.values().all(|session| session.connection.is_none()).then_some(());
        self.wait(timeout, "a bot is still connected", gone).await
    }

    /// Waits for a gateway payload, one that has passed already included.
    ///
    /// # Errors
    ///
    /// [`SandboxError::TimedOut`].
    pub async fn event(&self, timeout: Duration, mut wanted: impl FnMut(&RecordedEvent) -> bool) -> Result<RecordedEvent, SandboxError> {
        self.wait(timeout, "no such gateway payload", |state| state.record.events.iter().find(|event| wanted(event)).cloned()).await
    }

    /// Waits for a REST request, one that was answered already included.
    ///
    /// # Errors
    ///
    /// [`SandboxError::TimedOut`].
    pub async fn request(
        &self,
        timeout: Duration,
        mut wanted: impl FnMut(&RecordedRequest) -> bool,
    ) -> Result<RecordedRequest, SandboxError> {
        self.wait(timeout, "no such request", |state| state.record.requests.iter().find(|request| wanted(request)).cloned()).await
    }

    /// Waits for the next message of the bot in a channel: the oldest that was not given out yet and is no answer to an
    /// interaction. Those have their [`InteractionHandle`](super::InteractionHandle).
    ///
    /// # Errors
    ///
    /// [`SandboxError::TimedOut`].
    pub async fn next_message(&self, channel: Id, timeout: Duration) -> Result<Message, SandboxError> {
        let next = |state: &State| state.next_of_bot(channel).cloned();
        loop {
            let message = self.wait(timeout, "no message of the bot", next).await?;
            // Another who waits here may have been quicker.
            let mine = self.shared.change(|state| {
                let mine = state.next_of_bot(channel).is_some_and(|next| next.id == message.id);
                if mine {
                    state.handed_out.insert(channel, message.id);
                }
                mine
            });
            if mine {
                return Ok(message);
            }
        }
    }

    pub(crate) async fn wait<T>(&self, timeout: Duration, missing: &str, look: impl FnMut(&State) -> Option<T>) -> Result<T, SandboxError> {
        self.shared.wait(timeout, look).await.ok_or_else(|| SandboxError::TimedOut(timeout, missing.to_owned()))
    }
}
