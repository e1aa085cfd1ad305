//! Messages of channels. <https://docs.discord.com/developers/resources/message>

use serde_json::Value;

use super::answer::Answer;
use super::channels::{need, sending, visible};
use super::routes::MessageAction;
use super::{Call, Outcome, compose};
use crate::sandbox::gateway::event;
use crate::sandbox::id::Id;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::rules::mention::Allowed;
use crate::sandbox::rules::message::{Draft, Way, check};
use crate::sandbox::state::State;
use crate::sandbox::world::{Message, Reference, World, permissions};

pub(crate) fn act(state: &mut State, call: &Call, channel: Id, action: MessageAction) -> Outcome {
    visible(&state.world, channel)?;
    match action {
        MessageAction::Create => create(state, call, channel),
        MessageAction::List => list(state, call, channel),
        MessageAction::Get(id) => Ok(Answer::ok(state.world.message_json(found(&state.world, channel, id)?, !state.world.shows_content))),
        MessageAction::Edit(id) => edit(state, call, channel, id),
        MessageAction::Delete(id) => delete(state, channel, id),
        MessageAction::BulkDelete => bulk_delete(state, call, channel),
    }
}

/// The message, if it is in this channel; private answers are not.
fn found(world: &World, channel: Id, id: Id) -> Result<&Message, Refusal> {
    world.message(id).filter(|message| message.channel_id == channel && !message.is_ephemeral()).ok_or_else(Refusal::unknown_message)
}

fn create(state: &mut State, call: &Call, channel: Id) -> Outcome {
    let place = visible(&state.world, channel)?.clone();
    if !place.is_text() {
        return Err(Refusal::not_a_text_channel());
    }
    if place.is_bot_direct()
        && !place.recipients.iter().any(|user| state.world.user(*user).is_some_and(|user| user.accepts_direct_messages))
    {
        return Err(Refusal::direct_messages_closed());
    }
    if place.locked {
        return Err(Refusal::thread_locked());
    }
    need(&state.world, &place, sending(&place))?;
    let draft = check(&call.body, &call.files, Way::Channel, None, "")?;
    if draft.embeds.as_ref().is_some_and(|embeds| !embeds.is_empty()) {
        need(&state.world, &place, permissions::EMBED_LINKS)?;
    }
    if !call.files.is_empty() {
        need(&state.world, &place, permissions::ATTACH_FILES)?;
    }
    let reference = reference(&state.world, channel, &draft)?;
    if reference.is_some() && state.world.permissions_in(state.world.application_id, &place) & permissions::READ_MESSAGE_HISTORY == 0 {
        return Err(Refusal::reply_needs_history());
    }
    let now = state.world.now();
    let nonce = draft.nonce.clone().filter(|_| draft.enforce_nonce);
    if let Some(earlier) = nonce.as_ref().and_then(|nonce| state.nonces.message(channel, nonce, now)).and_then(|id| state.world.message(id))
    {
        return Ok(Answer::ok(state.world.message_json(earlier, false)));
    }
    let author = state.world.application_id;
    let mut message = Message::new(state.world.new_id(), channel, place.guild_id, author);
    message.reference = reference;
    message.kind = if reference.is_some() { 19 } else { 0 };
    compose::apply(&mut state.world, &mut message, &draft, &Allowed::everything());
    if let Some(nonce) = nonce {
        state.nonces.keep(channel, &nonce, message.id, now);
    }
    let body = state.world.message_json(&message, false);
    let event = event::message_created(&state.world, &message);
    state.world.keep_message(message);
    state.tell(event);
    Ok(Answer::ok(body))
}

/// What a draft replies to. A message that is not there is refused, unless `fail_if_not_exists` is false.
fn reference(world: &World, channel: Id, draft: &Draft) -> Result<Option<Reference>, Refusal> {
    let Some(reference) = &draft.reference else {
        return Ok(None);
    };
    let Ok(message_id) = serde_json::from_value::<Id>(reference["message_id"].clone()) else {
        return Err(Refusal::invalid("message_reference.message_id", "BASE_TYPE_REQUIRED", "This field is required"));
    };
    let elsewhere = serde_json::from_value::<Id>(reference["channel_id"].clone()).is_ok_and(|other| other != channel);
    if elsewhere {
        return Err(Refusal::invalid(
            "message_reference",
            "REPLIES_CANNOT_REFERENCE_OTHER_CHANNEL",
            "Cannot reply to a message in a different channel",
        ));
    }
    if found(world, channel, message_id).is_ok() {
        return Ok(Some(Reference { message_id, channel_id: channel, pings: true }));
    }
    if reference["fail_if_not_exists"] == false {
        Ok(None)
    } else {
        Err(Refusal::invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"))
    }
}

/// <https://docs.discord.com/developers/resources/message#get-channel-messages>
fn list(state: &State, call: &Call, channel: Id) -> Outcome {
    let world = &state.world;
    let place = visible(world, channel)?;
    if world.permissions_in(world.application_id, place) & permissions::READ_MESSAGE_HISTORY == 0 {
        return Ok(Answer::ok(Value::Array(Vec::new())));
    }
    let limit = call.parameter("limit").map_or(Ok(50), str::parse::<usize>).unwrap_or(0);
    if !(1..=100).contains(&limit) {
        return Err(Refusal::invalid("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100."));
    }
    let bound = |name: &str| call.parameter(name).and_then(|text| text.parse::<Id>().ok());
    let shown = world.messages_in(channel).filter(|message| !message.is_ephemeral());
    let mut page: Vec<&Message> = match (bound("before"), bound("after"), bound("around")) {
        (Some(before), _, _) => shown.rev().filter(|message| message.id < before).take(limit).collect(),
        (_, Some(after), _) => shown.filter(|message| message.id > after).take(limit).collect(),
        (_, _, Some(around)) => {
            let mut nearest: Vec<&Message> = shown.collect();
            nearest.sort_by_key(|message| message.id.0.abs_diff(around.0));
            nearest.truncate(limit);
            nearest
        }
        _ => shown.rev().take(limit).collect(),
    };
    page.sort_by_key(|message| std::cmp::Reverse(message.id));
    Ok(Answer::ok(page.into_iter().map(|message| world.message_json(message, !world.shows_content)).collect()))
}

fn edit(state: &mut State, call: &Call, channel: Id, id: Id) -> Outcome {
    let mut message = found(&state.world, channel, id)?.clone();
    if message.author_id != state.world.application_id {
        return Err(Refusal::not_your_message());
    }
    if !call.files.is_empty() {
        need(&state.world, visible(&state.world, channel)?, permissions::ATTACH_FILES)?;
    }
    let draft = check(&call.body, &call.files, Way::Edit, Some(&message), "")?;
    message.edited_at = Some(state.world.now());
    compose::apply(&mut state.world, &mut message, &draft, &Allowed::everything());
    Ok(Answer::ok(replace(state, message)))
}

/// Puts a changed message in its place and tells of it; gives the message object.
pub(crate) fn replace(state: &mut State, message: Message) -> Value {
    let body = state.world.message_json(&message, false);
    let event = event::message_updated(&state.world, &message);
    state.world.keep_message(message);
    state.tell(event);
    body
}

fn delete(state: &mut State, channel: Id, id: Id) -> Outcome {
    let author = found(&state.world, channel, id)?.author_id;
    let place = visible(&state.world, channel)?;
    if author != state.world.application_id {
        if place.guild_id.is_none() {
            return Err(Refusal::not_in_direct());
        }
        need(&state.world, place, permissions::MANAGE_MESSAGES)?;
    }
    remove(state, id);
    Ok(Answer::nothing())
}

/// Removes a message and tells of it.
pub(crate) fn remove(state: &mut State, id: Id) {
    if let Some(gone) = state.world.messages.remove(&id) {
        let event = event::message_deleted(&state.world, &gone);
        state.tell(event);
    }
}

fn bulk_delete(state: &mut State, call: &Call, channel: Id) -> Outcome {
    let place = visible(&state.world, channel)?;
    need(&state.world, place, permissions::MANAGE_MESSAGES)?;
    let ids: Vec<Id> = serde_json::from_value(call.body["messages"].clone()).unwrap_or_default();
    if !(2..=100).contains(&ids.len()) {
        return Err(Refusal::invalid("messages", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length."));
    }
    for id in ids {
        if found(&state.world, channel, id).is_ok() {
            remove(state, id);
        }
    }
    Ok(Answer::nothing())
}
