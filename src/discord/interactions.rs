//! Commands, menus and autocomplete. Buttons are in [`super::presses`].
//!
//! An interaction must be answered within three seconds. The engine takes far less, so the answer itself is the first response and
//! nothing is ever deferred; what can wait, waits until it is sent.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding>

use serde_json::Value;
use serenity::model::application::{AuthorizingIntegrationOwner, CommandDataOptionValue, CommandInteraction, CommandType, Interaction};
use serenity::model::channel::Message;
use serenity::model::permissions::Permissions;

use crate::answer::{Earlier, Question, Reply};
use crate::knowledge::{EntryId, FacetId, Knowledge, Values};
use crate::store::Origin;

use super::bot::{Bot, Broken};
use super::commands::{self, CommandId, OptionKind};
use super::custom_id::{self, Press};
use super::markdown::{cut, one_line};
use super::payload::{self, Body, Callback, Suggestion};
use super::{hearing, presses, render, texts};

/// An interaction came in.
pub(super) async fn handle(bot: &Bot, interaction: Interaction) {
    if !bot.is_new(interaction.id().get()) {
        return;
    }
    match interaction {
        Interaction::Command(command) => used(bot, &command).await,
        Interaction::Autocomplete(command) => typing(bot, &command).await,
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

/// Sends a response; what goes wrong is logged where it happens, and there is nobody left to tell.
pub(super) async fn respond(bot: &Bot, interaction: u64, token: &str, callback: &Callback) -> Option<u64> {
    bot.sender.respond(interaction, token, callback).await.ok().flatten()
}

async fn used(bot: &Bot, command: &CommandInteraction) {
    let menu = command.data.kind == CommandType::Message;
    match commands::find(&command.data.name, menu).map(|command| command.id) {
        Some(CommandId::Ask) => ask(bot, command).await,
        Some(CommandId::AnswerThis) => answer_message(bot, command).await,
        None => note(bot, command.id.get(), &command.token, texts::UNKNOWN_COMMAND).await,
    }
}

/// `/ask`: answers at once, for all or for the asker alone.
async fn ask(bot: &Bot, command: &CommandInteraction) {
    let (id, token) = (command.id.get(), &command.token);
    let private = matches!(option(command, commands::PRIVATE), Some(CommandDataOptionValue::Boolean(true)));
    let given = match given_facets(command, bot.engine.get().knowledge()) {
        Ok(given) => given,
        Err(facet) => return note(bot, id, token, &texts::unknown_value(facet)).await,
    };
    let question = text_of(option(command, commands::QUESTION));
    let reply = match custom_id::decode(question) {
        Ok(Press::Choose { about, .. }) => bot.recall(&picked(about, &given)),
        _ => bot.ask(&Question { text: question.to_owned(), given, earlier: None }).map(Some),
    };
    let reply = match reply {
        Ok(Some(reply)) => reply,
        Ok(None) => return note(bot, id, token, texts::GONE).await,
        Err(Broken) => return note(bot, id, token, texts::BROKEN).await,
    };
    let body = render::message(&reply, None);
    let body = if private { body.private() } else { body };
    let message = respond(bot, id, token, &Callback::message(body)).await;
    if let (Some(message), false) = (message, private) {
        bot.link(id, command.channel_id.get(), message, Origin::Command, &reply).await;
    }
}

/// A picked suggestion with the facets given beside it.
fn picked(about: Earlier, given: &Values) -> Earlier {
    let mut facets = about.facets;
    facets.extend(given.clone());
    Earlier { entry: about.entry, facets }
}

/// "Answer this": first for the asker alone, with a button to post the answer under the message.
async fn answer_message(bot: &Bot, command: &CommandInteraction) {
    let (id, token) = (command.id.get(), &command.token);
    let target = command.data.resolved.messages.values().next();
    let text = target.map(|message| hearing::without_mention(&message.content, bot.own.user)).unwrap_or_default();
    let Some(target) = target.filter(|_| !text.is_empty()) else { return note(bot, id, token, texts::NO_TEXT).await };
    if target.author.id.get() == bot.own.user {
        return note(bot, id, token, texts::OWN_MESSAGE).await;
    }
    let Ok(reply) = bot.ask(&Question::new(text)) else { return note(bot, id, token, texts::BROKEN).await };
    let body = render_for(command, target, &reply);
    respond(bot, id, token, &Callback::message(body.private())).await;
}

fn render_for(command: &CommandInteraction, target: &Message, reply: &Reply) -> Body {
    render::message(reply, may_post(command).then(|| target.id.get()))
}

/// Whether an answer can be posted where the menu was used: Mabel must be installed there, and the person may write there themselves.
fn may_post(command: &CommandInteraction) -> bool {
    let installed =
        command.authorizing_integration_owners.0.iter().any(|owner| matches!(owner, AuthorizingIntegrationOwner::GuildInstall(_)));
    let write = Permissions::SEND_MESSAGES | Permissions::SEND_MESSAGES_IN_THREADS;
    let person = command.member.as_ref().and_then(|member| member.permissions);
    installed && person.is_none_or(|may| may.intersects(write)) && command.app_permissions.is_none_or(|may| may.intersects(write))
}

/// Somebody types: suggests wordings of questions, or values of a facet.
async fn typing(bot: &Bot, command: &CommandInteraction) {
    let engine = bot.engine.get();
    let choices = command.data.autocomplete().map(|typed| match kind_of(&command.data.name, typed.name) {
        Some(OptionKind::Question) => {
            let choices = engine.suggest(typed.value, payload::CHOICES);
            choices.into_iter().filter_map(|choice| suggestion(&choice.label, pick(choice.entry, choice.facets)?)).collect()
        }
        Some(OptionKind::Facet) => {
            let values = engine.suggest_values(typed.name, typed.value, payload::CHOICES);
            values.into_iter().filter_map(|(value, name)| suggestion(&name, value.to_string())).collect()
        }
        _ => Vec::new(),
    });
    let choices = choices.unwrap_or_default().into_iter().take(payload::CHOICES).collect();
    respond(bot, command.id.get(), &command.token, &Callback::suggest(choices)).await;
}

/// A picked suggestion comes back as the entry it stands for, so that it is answered by that entry and no other.
fn pick(entry: EntryId, facets: Values) -> Option<String> {
    custom_id::encode(&Press::Choose { about: Earlier { entry, facets }, target: None })
}

fn suggestion(name: &str, value: String) -> Option<Suggestion> {
    let name = cut(&one_line(name), payload::CHOICE);
    (!name.is_empty() && (1..=payload::CHOICE).contains(&value.chars().count())).then_some(Suggestion { name, value })
}

fn kind_of(command: &str, option: &str) -> Option<OptionKind> {
    commands::find(command, false)?.options.iter().find(|known| known.name == option).map(|known| known.kind)
}

fn option<'command>(command: &'command CommandInteraction, name: &str) -> Option<&'command CommandDataOptionValue> {
    command.data.options.iter().find(|option| option.name == name).map(|option| &option.value)
}

fn text_of(value: Option<&CommandDataOptionValue>) -> &str {
    match value {
        Some(CommandDataOptionValue::String(text)) => text.trim(),
        _ => "",
    }
}

/// The facets given as options, or the name of one whose value there is not: what autocomplete offers binds nobody.
fn given_facets(command: &CommandInteraction, knowledge: &Knowledge) -> Result<Values, &'static str> {
    let mut given = Values::new();
    let known = commands::find(&command.data.name, false).map(|command| command.options).unwrap_or_default();
    for known in known.iter().filter(|known| known.kind == OptionKind::Facet) {
        let typed = text_of(option(command, known.name));
        if !typed.is_empty() {
            let value = knowledge.facet(known.name).and_then(|facet| facet.meant(typed)).ok_or(known.name)?;
            given.insert(FacetId::from(known.name), vec![value.id.clone()]);
        }
    }
    Ok(given)
}
