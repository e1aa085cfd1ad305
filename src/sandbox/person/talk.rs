//! Writing, replying, editing, deleting, reacting, typing, uploading.

use std::time::UNIX_EPOCH;

use axum::body::Bytes;

use super::reach::present;
use crate::sandbox::error::SandboxError;
use crate::sandbox::gateway::event;
use crate::sandbox::id::Id;
use crate::sandbox::remote::Remote;
use crate::sandbox::rest::{FILE, compose};
use crate::sandbox::rules::mention::Allowed;
use crate::sandbox::rules::message::CONTENT;
use crate::sandbox::state::State;
use crate::sandbox::world::{Message, Reference, permissions};

impl Remote {
    /// A person writes in a channel. Mentions in the text ping as Discord's do.
    ///
    /// # Errors
    ///
    /// When the person is not there, or the text is empty or too long.
    pub async fn post(&self, channel: Id, user: Id, text: &str) -> Result<Message, SandboxError> {
        self.shared().change(|state| write(state, channel, user, text, None))
    }

    /// A person replies to a message; `ping` is the "@ on" switch beside the reply.
    ///
    /// # Errors
    ///
    /// As [`post`](Self::post), and when the message is not in the channel.
    pub async fn reply(&self, channel: Id, user: Id, to: Id, text: &str, ping: bool) -> Result<Message, SandboxError> {
        self.shared().change(|state| {
            state.world.message(to).filter(|target| target.channel_id == channel).ok_or_else(|| SandboxError::unknown("message", to))?;
            write(state, channel, user, text, Some(Reference { message_id: to, channel_id: channel, pings: ping }))
        })
    }

    /// A person edits a message of their own.
    ///
    /// # Errors
    ///
    /// When it is not theirs, or the text is empty or too long.
    pub async fn edit(&self, user: Id, message: Id, text: &str) -> Result<Message, SandboxError> {
        self.shared().change(|state| {
            let mut changed = state.world.message(message).ok_or_else(|| SandboxError::unknown("message", message))?.clone();
            if changed.author_id != user {
                return Err(SandboxError::not_possible("only its author edits a message"));
            }
            changed.content = fitting(text)?;
            changed.edited_at = Some(state.world.now());
            compose::ping(&state.world, &mut changed, &Allowed::everything());
            let event = event::message_updated(&state.world, &changed);
            state.world.keep_message(changed.clone());
            state.tell(event);
            Ok(changed)
        })
    }

    /// A person deletes a message: their own, or as a moderator anybody's.
    ///
    /// # Errors
    ///
    /// When they may not, or there is none.
    pub async fn delete(&self, user: Id, message: Id) -> Result<(), SandboxError> {
        self.shared().change(|state| {
            let gone = state.world.message(message).ok_or_else(|| SandboxError::unknown("message", message))?;
            let channel = present(&state.world, user, gone.channel_id)?;
            let moderates = channel.guild_id.is_some() && state.world.permissions_in(user, channel) & permissions::MANAGE_MESSAGES != 0;
            if gone.author_id != user && !moderates && gone.visible_to != Some(user) {
                return Err(SandboxError::not_possible("this person may not delete that message"));
            }
            let event = event::message_deleted(&state.world, gone);
            state.world.messages.remove(&message);
            state.tell(event);
            Ok(())
        })
    }

    /// A person reacts to a message with an emoji.
    ///
    /// # Errors
    ///
    /// When there is no such message.
    pub async fn react(&self, user: Id, message: Id, emoji: &str) -> Result<(), SandboxError> {
        self.shared().change(|state| {
            let target = state.world.messages.get_mut(&message).ok_or_else(|| SandboxError::unknown("message", message))?;
            target.reactions.push((emoji.to_owned(), user));
            let event = state.world.message(message).and_then(|target| event::reaction(&state.world, target, user, emoji, true));
            state.tell(event);
            Ok(())
        })
    }

    /// A person uploads what they are about to give with a command or a modal; the id is the value of that option or field.
    ///
    /// # Errors
    ///
    /// When the file has no name, is empty or too large.
    pub fn upload(&self, name: &str, content_type: Option<&str>, bytes: impl Into<Bytes>) -> Result<Id, SandboxError> {
        let bytes = bytes.into();
        if name.is_empty() || bytes.is_empty() || bytes.len() > FILE {
            return Err(SandboxError::not_possible(format!("a file has a name, and between 1 and {FILE} bytes, not {}", bytes.len())));
        }
        let content_type = content_type.map(str::to_owned);
        Ok(self.shared().change(|state| state.world.keep_given_file(name.to_owned(), content_type, bytes)))
    }

    /// A person is typing.
    ///
    /// # Errors
    ///
    /// When the person is not there.
    pub async fn type_in(&self, channel: Id, user: Id) -> Result<(), SandboxError> {
        self.shared().change(|state| {
            present(&state.world, user, channel)?;
            let seconds = state.world.now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
            let event = event::typing(&state.world, channel, user, seconds);
            state.tell(event);
            Ok(())
        })
    }
}

fn fitting(text: &str) -> Result<String, SandboxError> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(SandboxError::not_possible("a message needs a text")),
        length if length > CONTENT => Err(SandboxError::not_possible(format!("a message has at most {CONTENT} characters, not {length}"))),
        _ => Ok(text.to_owned()),
    }
}

fn write(state: &mut State, channel: Id, user: Id, text: &str, reference: Option<Reference>) -> Result<Message, SandboxError> {
    let content = fitting(text)?;
    let place = present(&state.world, user, channel)?;
    if !place.is_text() {
        return Err(SandboxError::not_possible("a forum holds posts: open a thread in it"));
    }
    let guild = place.guild_id;
    let mut message = Message::new(state.world.new_id(), channel, guild, user);
    message.content = content;
    message.reference = reference;
    message.kind = if reference.is_some() { 19 } else { 0 };
    compose::ping(&state.world, &mut message, &Allowed::everything());
    let event = event::message_created(&state.world, &message);
    state.world.keep_message(message.clone());
    state.tell(event);
    Ok(message)
}
