//! Channels: reading, opening a DM, typing, reactions.

use std::time::UNIX_EPOCH;

use serde_json::Value;

use super::answer::Answer;
use super::routes::ChannelAction;
use super::{Call, Outcome};
use crate::sandbox::gateway::event;
use crate::sandbox::id::Id;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::State;
use crate::sandbox::world::{Channel, World, permissions};

pub(crate) fn act(state: &mut State, call: &Call, action: &ChannelAction) -> Outcome {
    match action {
        ChannelAction::OpenDirect => open_direct(state, &call.body),
        ChannelAction::Get(id) => Ok(Answer::ok(state.world.channel_json(visible(&state.world, *id)?))),
        ChannelAction::Typing(id) => {
            let channel = visible(&state.world, *id)?;
            need(&state.world, channel, sending(channel))?;
            let seconds = state.world.now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
            let event = event::typing(&state.world, *id, state.world.application_id, seconds);
            state.tell(event);
            Ok(Answer::nothing())
        }
        ChannelAction::React(channel, message, emoji) => react(state, *channel, *message, emoji, true),
        ChannelAction::Unreact(channel, message, emoji) => react(state, *channel, *message, emoji, false),
    }
}

/// The channel, if the bot is in it and sees it: else 404 or 403.
pub(crate) fn visible(world: &World, id: Id) -> Result<&Channel, Refusal> {
    let channel = world.channel(id).ok_or_else(Refusal::unknown_channel)?;
    let bits = world.permissions_in(world.application_id, channel);
    if channel.has_bot && bits & permissions::VIEW_CHANNEL != 0 { Ok(channel) } else { Err(Refusal::missing_access()) }
}

/// Refuses with 50013 when the bot lacks one of these permissions.
pub(crate) fn need(world: &World, channel: &Channel, bits: u64) -> Result<(), Refusal> {
    let has = world.permissions_in(world.application_id, channel);
    if has & bits == bits { Ok(()) } else { Err(Refusal::missing_permissions()) }
}

/// The permission to write in this channel: threads have one of their own.
pub(crate) fn sending(channel: &Channel) -> u64 {
    if channel.is_thread() { permissions::SEND_MESSAGES_IN_THREADS } else { permissions::SEND_MESSAGES }
}

fn open_direct(state: &mut State, body: &Value) -> Outcome {
    let Ok(user) = serde_json::from_value::<Id>(body["recipient_id"].clone()) else {
        return Err(Refusal::invalid("recipient_id", "BASE_TYPE_REQUIRED", "This field is required"));
    };
    if user == state.world.application_id {
        return Err(Refusal::direct_messages_closed());
    }
    state.world.user(user).ok_or_else(Refusal::unknown_user)?;
    let channel = state.world.direct_channel(user).unwrap_or_else(|| state.world.add_private(vec![user], true));
    Ok(Answer::ok(state.world.channel(channel).map_or(Value::Null, |channel| state.world.channel_json(channel))))
}

fn react(state: &mut State, channel: Id, message: Id, emoji: &str, added: bool) -> Outcome {
    let found = visible(&state.world, channel)?;
    need(&state.world, found, permissions::ADD_REACTIONS | permissions::READ_MESSAGE_HISTORY)?;
    let bot = state.world.application_id;
    let target = state.world.messages.get_mut(&message).filter(|message| message.channel_id == channel && !message.is_ephemeral());
    let target = target.ok_or_else(Refusal::unknown_message)?;
    let own = (emoji.to_owned(), bot);
    let had = target.reactions.contains(&own);
    target.reactions.retain(|other| *other != own);
    if added {
        target.reactions.push(own);
    }
    if had != added {
        let event = state.world.message(message).and_then(|target| event::reaction(&state.world, target, bot, emoji, added));
        state.tell(event);
    }
    Ok(Answer::nothing())
}
