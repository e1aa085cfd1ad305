//! What comes after the first response: reading, changing and deleting it, and follow-ups.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages>

use super::answer::Answer;
use super::callbacks::{blank, keep, may_attach};
use super::routes::WebhookAction;
use super::{Call, Outcome, compose, messages};
use crate::sandbox::id::Id;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::rules::mention::Allowed;
use crate::sandbox::rules::message::{Way, check};
use crate::sandbox::state::State;
use crate::sandbox::world::{Interaction, Message, flags};

/// How many follow-ups an application gets where only a user has installed it.
const FOLLOWUPS: usize = 5;

pub(crate) fn act(state: &mut State, call: &Call, application: Id, token: &str, action: WebhookAction) -> Outcome {
    let interaction = usable(state, application, token)?;
    may_attach(&state.world, call, &interaction)?;
    match action {
        WebhookAction::Followup => followup(state, call, &interaction),
        WebhookAction::Get(id) => Ok(Answer::ok(state.world.message_json(&found(state, &interaction, id)?, false))),
        WebhookAction::Edit(id) => {
            let message = found(state, &interaction, id)?;
            edit(state, call, message)
        }
        WebhookAction::Delete(id) => {
            let message = found(state, &interaction, id)?;
            messages::remove(state, message.id);
            Ok(Answer::nothing())
        }
    }
}

/// The interaction of a token that still works.
fn usable(state: &State, application: Id, token: &str) -> Result<Interaction, Refusal> {
    if application != state.world.application_id {
        return Err(Refusal::unknown_webhook());
    }
    let interaction = state.world.interaction_by_token(token).ok_or_else(Refusal::invalid_webhook_token)?;
    if interaction.is_expired(state.world.now()) {
        return Err(Refusal::invalid_webhook_token());
    }
    // Before the first response there is no webhook; an autocomplete never has one.
    match &interaction.acknowledged {
        Some(first) if first.kind != 8 => Ok(interaction.clone()),
        _ => Err(Refusal::unknown_webhook()),
    }
}

/// The first response (`None`) or the follow-up with this id.
fn found(state: &State, interaction: &Interaction, id: Option<Id>) -> Result<Message, Refusal> {
    let id = match id {
        None => interaction.original_id,
        Some(id) => Some(id).filter(|id| interaction.followups.contains(id) || interaction.original_id == Some(*id)),
    };
    id.and_then(|id| state.world.message(id)).cloned().ok_or_else(Refusal::unknown_message)
}

/// A follow-up. The first one after a deferred response takes its place.
fn followup(state: &mut State, call: &Call, interaction: &Interaction) -> Outcome {
    let waiting = interaction.original_id.and_then(|id| state.world.message(id)).filter(|message| message.is_loading()).cloned();
    if let Some(message) = waiting {
        return edit(state, call, message);
    }
    if interaction.user_install_only && interaction.followups.len() >= FOLLOWUPS {
        return Err(Refusal::too_many_followups());
    }
    let draft = check(&call.body, &call.files, Way::Interaction, None, "")?;
    let ephemeral = draft.flags.unwrap_or(0) & flags::EPHEMERAL != 0;
    let mut message = blank(&mut state.world, interaction, ephemeral, true);
    compose::apply(&mut state.world, &mut message, &draft, &Allowed::users_alone());
    let body = state.world.message_json(&message, false);
    let id = keep(state, message);
    if let Some(interaction) = state.world.interactions.get_mut(&interaction.id) {
        interaction.followups.push(id);
    }
    Ok(Answer::ok(body))
}

fn edit(state: &mut State, call: &Call, mut message: Message) -> Outcome {
    let draft = check(&call.body, &call.files, Way::Edit, Some(&message), "")?;
    if message.is_loading() {
        message.flags &= !flags::LOADING;
    } else {
        message.edited_at = Some(state.world.now());
    }
    compose::apply(&mut state.world, &mut message, &draft, &Allowed::users_alone());
    Ok(Answer::ok(messages::replace(state, message)))
}
