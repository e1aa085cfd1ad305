//! The first response to an interaction.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response>

use serde_json::{Value, json};

use super::answer::Answer;
use super::channels::need;
use super::{Call, Outcome, compose, messages};
use crate::sandbox::gateway::event;
use crate::sandbox::id::Id;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::rules::mention::Allowed;
use crate::sandbox::rules::message::{Way, check};
use crate::sandbox::rules::modal;
use crate::sandbox::rules::response::{check_choices, fits};
use crate::sandbox::state::State;
use crate::sandbox::world::{Acknowledgement, Interaction, Message, Reference, World, flags, permissions};

pub(crate) fn respond(state: &mut State, call: &Call, id: Id, token: &str) -> Outcome {
    let now = state.world.now();
    let interaction = state
        .world
        .interactions
        .get(&id)
        .filter(|interaction| interaction.token == token)
        .ok_or_else(Refusal::unknown_interaction)?
        .clone();
    if interaction.acknowledged.is_some() {
        return Err(Refusal::already_acknowledged());
    }
    if interaction.is_late(now) {
        return Err(Refusal::unknown_interaction());
    }
    let callback = call.body["type"].as_u64().ok_or_else(|| Refusal::invalid("type", "BASE_TYPE_REQUIRED", "This field is required"))?;
    if !fits(callback, interaction.kind, interaction.message_id.is_some()) {
        return Err(Refusal::invalid(
            "type",
            "INTERACTION_CALLBACK_INVALID_TYPE",
            format!("An interaction of type {} cannot be answered with type {callback}.", interaction.kind),
        ));
    }
    let data = &call.body["data"];
    let mut first = Acknowledgement { kind: u8::try_from(callback).unwrap_or(0), at: now, ephemeral: false, data: Value::Null };
    let mut original = None;
    match callback {
        4 => original = Some(answer(state, call, &interaction)?),
        5 => original = Some(defer(state, data, &interaction)?),
        6 => original = interaction.message_id,
        7 => original = update(state, call, &interaction)?,
        8 => {
            check_choices(data, focused_kind(&interaction.payload["data"]["options"]))?;
            first.data = data["choices"].clone();
        }
        _ => {
            first.data = modal::check(data)?;
        }
    }
    let shown = original.and_then(|id| state.world.message(id));
    first.ephemeral = shown.is_some_and(Message::is_ephemeral);
    let body = with_response(&state.world, &interaction, callback, shown);
    if let Some(interaction) = state.world.interactions.get_mut(&id) {
        interaction.acknowledged = Some(first);
        interaction.original_id = original;
    }
    if matches!(call.parameter("with_response"), Some("true" | "True" | "1")) { Ok(Answer::ok(body)) } else { Ok(Answer::nothing()) }
}

/// The body of a callback `with_response`.
fn with_response(world: &World, interaction: &Interaction, callback: u64, message: Option<&Message>) -> Value {
    let mut body = json!({"interaction": {
        "id": interaction.id, "type": interaction.kind, "channel_id": interaction.channel_id, "guild_id": interaction.guild_id,
        "response_message_id": message.map(|message| message.id),
        "response_message_loading": message.map(Message::is_loading),
        "response_message_ephemeral": message.map(Message::is_ephemeral),
    }});
    if let Some(message) = message.filter(|_| matches!(callback, 4 | 7)) {
        body["resource"] = json!({"type": callback, "message": world.message_json(message, false)});
    }
    body
}

/// A new message by the bot that belongs to an interaction; private when asked for or forced.
pub(crate) fn blank(world: &mut World, interaction: &Interaction, ephemeral: bool, followup: bool) -> Message {
    let id = world.new_id();
    let mut message = Message::new(id, interaction.channel_id, interaction.guild_id, world.application_id);
    message.interaction_id = Some(interaction.id);
    message.interaction_metadata = Some(world.metadata_json(interaction, followup));
    if ephemeral || interaction.forced_ephemeral {
        message.flags |= flags::EPHEMERAL;
        message.visible_to = Some(interaction.user_id);
    }
    let answered = if followup { interaction.original_id } else { interaction.message_id };
    let answered = answered.filter(|id| world.messages.contains_key(id));
    message.kind = match (answered, interaction.command_kind) {
        (Some(_), _) => 19,
        (None, Some(2 | 3)) => 23,
        (None, _) => 20,
    };
    message.reference = answered.map(|message_id| Reference { message_id, channel_id: interaction.channel_id, pings: false });
    message
}

fn answer(state: &mut State, call: &Call, interaction: &Interaction) -> Result<Id, Refusal> {
    may_attach(&state.world, call, interaction)?;
    let draft = check(&call.body["data"], &call.files, Way::Interaction, None, "data")?;
    let ephemeral = draft.flags.unwrap_or(0) & flags::EPHEMERAL != 0;
    let mut message = blank(&mut state.world, interaction, ephemeral, false);
    compose::apply(&mut state.world, &mut message, &draft, &Allowed::users_alone());
    Ok(keep(state, message))
}

/// Refuses files where the application may not attach any. Discord tells every interaction what the application may do where it comes
/// from, but does not document what becomes of one that does more; a bot that keeps to it is safe either way.
pub(crate) fn may_attach(world: &World, call: &Call, interaction: &Interaction) -> Result<(), Refusal> {
    match world.channel(interaction.channel_id) {
        Some(channel) if !call.files.is_empty() => need(world, channel, permissions::ATTACH_FILES),
        _ => Ok(()),
    }
}

/// Keeps a new message and tells of it; gives its id.
pub(crate) fn keep(state: &mut State, message: Message) -> Id {
    let id = message.id;
    let event = event::message_created(&state.world, &message);
    state.world.keep_message(message);
    state.tell(event);
    id
}

fn defer(state: &mut State, data: &Value, interaction: &Interaction) -> Result<Id, Refusal> {
    let bits = data["flags"].as_u64().unwrap_or(0);
    if bits & !flags::EPHEMERAL != 0 {
        return Err(Refusal::invalid("data.flags", "MESSAGE_INVALID_FLAGS", "Only EPHEMERAL can be set when deferring."));
    }
    let mut message = blank(&mut state.world, interaction, bits & flags::EPHEMERAL != 0, false);
    message.flags |= flags::LOADING;
    Ok(keep(state, message))
}

fn update(state: &mut State, call: &Call, interaction: &Interaction) -> Result<Option<Id>, Refusal> {
    let Some(mut message) = interaction.message_id.and_then(|id| state.world.message(id)).cloned() else {
        return Ok(None);
    };
    may_attach(&state.world, call, interaction)?;
    let draft = check(&call.body["data"], &call.files, Way::Edit, Some(&message), "data")?;
    message.edited_at = Some(state.world.now());
    compose::apply(&mut state.world, &mut message, &draft, &Allowed::users_alone());
    let id = message.id;
    messages::replace(state, message);
    Ok(Some(id))
}

/// The type of the option being typed.
fn focused_kind(options: &Value) -> u64 {
    let own = |option: &Value| (option["focused"] == true).then(|| option["type"].as_u64().unwrap_or(3));
    options
        .as_array()
        .into_iter()
        .flatten()
        .find_map(|option| own(option).or_else(|| Some(focused_kind(&option["options"])).filter(|kind| *kind != 0)))
        .unwrap_or(0)
}
