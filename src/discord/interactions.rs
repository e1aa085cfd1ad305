//! Commands and menus. What is offered while typing is in [`super::suggestions`], buttons and selects are in [`super::presses`].
//!
//! An interaction must be answered within three seconds. The engine takes far less, so the answer itself is the first response and
//! nothing is ever deferred; what can wait, waits until it is sent. No interaction is met with silence, whatever is in it.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding>

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use serde_json::Value;
use serenity::model::application::{AuthorizingIntegrationOwner, CommandDataOptionValue, CommandInteraction, CommandType, Interaction};
use serenity::model::permissions::Permissions;

use crate::answer::{Earlier, Question, Reply};
use crate::engine::filling::{Filled, Unfilled};
use crate::knowledge::{Form, Values};
use crate::store::Origin;

use super::bot::{Bot, Broken, Place, about};
use super::commands::{self, Does};
use super::custom_id::{self, Press};
use super::payload::{Body, Callback};
use super::render::Show;
use super::send_error::SendError;
use super::{hearing, pages, pictures, presses, suggestions, texts};

/// An interaction came in.
pub(super) async fn handle(bot: &Bot, interaction: Interaction) {
    let id = interaction.id().get();
    if !bot.is_new(id) {
        return;
    }
    let token = interaction.token().to_owned();
    let typing = matches!(interaction, Interaction::Autocomplete(_));
    if AssertUnwindSafe(route(bot, interaction)).catch_unwind().await.is_err() {
        tracing::error!("handling an interaction broke");
        if !typing {
            note(bot, id, &token, texts::BROKEN).await;
        }
    }
}

async fn route(bot: &Bot, interaction: Interaction) {
    match interaction {
        Interaction::Command(command) => used(bot, &command).await,
        Interaction::Autocomplete(command) => suggestions::typing(bot, &command).await,
        Interaction::Component(press) => presses::pressed(bot, &press).await,
        Interaction::Modal(modal) => note(bot, modal.id.get(), &modal.token, texts::UNKNOWN_COMMAND).await,
        _ => {}
    }
}

/// An interaction came in that serenity cannot read; the person still gets a word.
pub(super) async fn unreadable(bot: &Bot, value: &Value) {
    let id = value.get("id").and_then(Value::as_str).and_then(|id| id.parse::<u64>().ok()).filter(|id| *id != 0);
    let token = value.get("token").and_then(Value::as_str);
    // Typing (4) cannot be answered with words.
    let speaks = value.get("type").and_then(Value::as_u64).is_some_and(|kind| matches!(kind, 2 | 3 | 5));
    if let (Some(id), Some(token), true) = (id, token, speaks)
        && bot.is_new(id)
    {
        note(bot, id, token, texts::UNREADABLE).await;
    }
}

/// Answers with a few words for the person alone.
pub(super) async fn note(bot: &Bot, interaction: u64, token: &str, text: &str) {
    respond(bot, interaction, token, &Callback::message(Body::text(text).private())).await;
}

/// Sends a response. What goes wrong is logged where it happens and counted here: there is nobody left to tell.
pub(super) async fn respond(bot: &Bot, interaction: u64, token: &str, callback: &Callback) -> Option<u64> {
    let mut sent = bot.sender.respond(interaction, token, callback).await;
    if callback.file().is_some() && matches!(sent, Err(SendError::Forbidden { .. })) {
        // What the interaction said of Mabel's permissions is no longer so: the same answer without a picture.
        sent = bot.sender.respond(interaction, token, &callback.clone().without_picture()).await;
    }
    if let Err(error) = &sent {
        let count = bot.pulse.lost();
        tracing::info!(%error, count, "an interaction was not answered");
    }
    sent.ok().flatten()
}

async fn used(bot: &Bot, command: &CommandInteraction) {
    let (id, token) = (command.id.get(), &command.token);
    let engine = bot.engine.get();
    let menu = command.data.kind == CommandType::Message;
    let Some(known) = commands::find(engine.knowledge(), &command.data.name, menu) else {
        return note(bot, id, token, texts::UNKNOWN_COMMAND).await;
    };
    let knowledge = engine.knowledge();
    match known.does {
        Does::Ask => ask(bot, command).await,
        Does::AnswerMessage => answer_message(bot, command).await,
        Does::Fill(form) => fill(bot, command, form).await,
        Does::Topics => page(bot, command, pages::topics(knowledge)).await,
        Does::Sources => sources(bot, command).await,
        Does::About => page(bot, command, pages::about(knowledge)).await,
        Does::Help => page(bot, command, pages::help(knowledge)).await,
        Does::Privacy => page(bot, command, pages::privacy()).await,
    }
}

/// Whether the answer to a command is for the person alone. This is the place where a server's own wish will count.
fn is_private(command: &CommandInteraction) -> bool {
    matches!(option(command, texts::commands::PRIVATE.0), Some(CommandDataOptionValue::Boolean(true)))
}

/// A page about Mabel herself.
async fn page(bot: &Bot, command: &CommandInteraction, body: Body) {
    let body = if is_private(command) { body.private() } else { body };
    respond(bot, command.id.get(), &command.token, &Callback::message(body)).await;
}

/// Answers a command at once, for all or for the person alone.
async fn answer(bot: &Bot, command: &CommandInteraction, reply: Result<Option<Reply>, Broken>) {
    let (id, token) = (command.id.get(), &command.token);
    let reply = match reply {
        Ok(Some(reply)) => reply,
        Ok(None) => return note(bot, id, token, texts::GONE).await,
        Err(Broken) => return note(bot, id, token, texts::BROKEN).await,
    };
    let show = Show { private: is_private(command), picture: pictures::for_command(command), ..Show::PUBLIC };
    let message = respond(bot, id, token, &Callback::message(pictures::message(bot, &reply, &show).await)).await;
    if let Some(message) = message.filter(|_| !show.private) {
        bot.link(id, Place::new(command.guild_id, command.channel_id), message, Origin::Command, about(&reply)).await;
    }
}

/// `/ask`: a question in somebody's own words, or one that was suggested.
async fn ask(bot: &Bot, command: &CommandInteraction) {
    let engine = bot.engine.get();
    let filled: Filled<'_> = texts_of(command).collect();
    let given = match engine.fill_beside(&filled) {
        Ok(given) => given,
        Err(unfilled) => return not_filled(bot, command, unfilled).await,
    };
    let question = question(command, texts::commands::QUESTION.0);
    let reply = match custom_id::decode(question) {
        Ok(Press::Choose { about, .. }) => bot.recall(&picked(about, &given)),
        _ => bot.ask(&Question { text: question.to_owned(), given, earlier: None }).await.map(Some),
    };
    answer(bot, command, reply).await;
}

/// A form of the knowledge.
async fn fill(bot: &Bot, command: &CommandInteraction, form: &Form) {
    let filled: Filled<'_> = texts_of(command).collect();
    match bot.engine.get().fill(form, &filled) {
        Ok(asked) => answer(bot, command, bot.recall(&asked)).await,
        Err(unfilled) => not_filled(bot, command, unfilled).await,
    }
}

/// Tells why a form asks for nothing; what a guard says is an answer.
async fn not_filled(bot: &Bot, command: &CommandInteraction, unfilled: Unfilled) {
    let said = match unfilled {
        Unfilled::Stopped(reply) => return answer(bot, command, Ok(Some(*reply))).await,
        Unfilled::Unknown { field, near } => texts::unknown_value(&field, &near),
        Unfilled::Alone { field, wants } => texts::nothing_to_compare(&field, &wants),
        Unfilled::Nothing => texts::NOTHING_GIVEN.to_owned(),
    };
    note(bot, command.id.get(), &command.token, &said).await;
}

/// `/sources`: those of one answer, or an overview.
async fn sources(bot: &Bot, command: &CommandInteraction) {
    let engine = bot.engine.get();
    let question = question(command, texts::commands::ENTRY.0);
    if question.is_empty() {
        return page(bot, command, pages::all_sources(engine.knowledge())).await;
    }
    let reply = match custom_id::decode(question) {
        Ok(Press::Choose { about, .. }) => bot.recall(&about),
        _ => bot.ask(&Question::new(question)).await.map(Some),
    };
    match reply {
        Ok(Some(reply)) if reply.entry.is_some() => page(bot, command, pages::sources(&engine, &reply)).await,
        // A guard's word is more important than that there are no sources.
        Ok(Some(reply)) if reply.guard.is_some() => answer(bot, command, Ok(Some(reply))).await,
        Ok(Some(_)) => note(bot, command.id.get(), &command.token, texts::NO_SOURCES).await,
        other => answer(bot, command, other).await,
    }
}

/// A picked suggestion with the facets given beside it.
fn picked(about: Earlier, given: &Values) -> Earlier {
    let mut facets = about.facets;
    facets.extend(given.clone());
    Earlier { entry: about.entry, facets }
}

/// The menu of a message: an answer for the person alone, with a button to post it under the message.
async fn answer_message(bot: &Bot, command: &CommandInteraction) {
    let (id, token) = (command.id.get(), &command.token);
    let target = command.data.resolved.messages.values().next();
    let text = target.map(|message| hearing::without_mention(&message.content, bot.own.user)).unwrap_or_default();
    let Some(target) = target.filter(|_| !text.is_empty()) else { return note(bot, id, token, texts::NO_TEXT).await };
    if target.author.id.get() == bot.own.user {
        return note(bot, id, token, texts::OWN_MESSAGE).await;
    }
    let Ok(reply) = bot.ask(&Question::new(text)).await else { return note(bot, id, token, texts::BROKEN).await };
    let target = may_post(command).then(|| target.id.get());
    let show = Show { target, picture: pictures::for_command(command), ..Show::PRIVATE };
    respond(bot, id, token, &Callback::message(pictures::message(bot, &reply, &show).await)).await;
}

/// Whether an answer can be posted where the menu was used: Mabel must be installed there, and the person may write there themselves.
fn may_post(command: &CommandInteraction) -> bool {
    let installed =
        command.authorizing_integration_owners.0.iter().any(|owner| matches!(owner, AuthorizingIntegrationOwner::GuildInstall(_)));
    let person = command.member.as_ref().and_then(|member| member.permissions);
    installed && may_write(person) && may_write(command.app_permissions)
}

/// Whether somebody with these permissions may write; outside of servers there are none to be had.
pub(super) fn may_write(permissions: Option<Permissions>) -> bool {
    permissions.is_none_or(|may| may.intersects(Permissions::SEND_MESSAGES | Permissions::SEND_MESSAGES_IN_THREADS))
}

fn option<'command>(command: &'command CommandInteraction, name: &str) -> Option<&'command CommandDataOptionValue> {
    command.data.options.iter().find(|option| option.name == name).map(|option| &option.value)
}

/// What was typed for an option that holds a question.
fn question<'command>(command: &'command CommandInteraction, name: &str) -> &'command str {
    match option(command, name) {
        Some(CommandDataOptionValue::String(text)) => text.trim(),
        _ => "",
    }
}

/// The texts given with a command, by the names of their options.
pub(super) fn texts_of(command: &CommandInteraction) -> impl Iterator<Item = (&str, &str)> {
    command.data.options.iter().filter_map(|option| match &option.value {
        CommandDataOptionValue::String(text) if !text.trim().is_empty() => Some((option.name.as_str(), text.trim())),
        _ => None,
    })
}
