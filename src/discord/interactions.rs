//! Commands and menus. What is offered while typing is in [`super::suggestions`], buttons and selects are in [`super::presses`].
//!
//! An interaction must be answered within three seconds. The engine takes far less, so the answer itself is the first response and
//! nothing is ever deferred; what can wait, waits until it is sent. No interaction is met with silence, whatever is in it.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding>

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use futures_util::FutureExt;
use serde_json::Value;
use serenity::model::application::{
    AuthorizingIntegrationOwner, CommandDataOptionValue, CommandInteraction, CommandType, Interaction, ModalInteraction,
};
use serenity::model::permissions::Permissions;

use crate::answer::{Earlier, Outcome, Question, Reply};
use crate::engine::filling::{Filled, Unfilled};
use crate::knowledge::{Form, Values};
use crate::store::Origin;

use super::bot::{Bot, Broken};
use super::commands::{self, Command, Does};
use super::custom_id::{self, Press};
use super::limits::{Limited, Weight};
use super::payload::{Body, Callback};
use super::render::Show;
use super::send_error::SendError;
use super::servers::Scene;
use super::settings::act::SettingsAct;
use super::texts::{Readers, Texts};
use super::{gaps, hearing, notices, own_answers, pages, pictures, presses, settings, suggestions};

/// An interaction came in.
pub(super) async fn handle(bot: &Bot, interaction: Interaction) {
    let id = interaction.id().get();
    if !bot.is_new(id) {
        return;
    }
    let token = interaction.token().to_owned();
    let typing = matches!(interaction, Interaction::Autocomplete(_));
    let scene = bot.scene_of(&interaction).await;
    let readers = bot.locales.of_interaction(&interaction).on_server(scene.server.settings.locale.as_deref());
    if AssertUnwindSafe(route(bot, interaction, readers, &scene)).catch_unwind().await.is_err() {
        tracing::error!("handling an interaction broke");
        if !typing {
            note(bot, id, &token, readers.person.broken()).await;
        }
    }
}

async fn route(bot: &Bot, interaction: Interaction, readers: Readers, scene: &Scene) {
    match interaction {
        Interaction::Command(command) => {
            let limited = bot.take(command.user.id.get(), scene.place, &scene.server, Weight::Question).err();
            Use { bot, command: &command, readers, scene, limited }.answer().await;
        }
        Interaction::Autocomplete(command) => suggestions::typing(bot, &command, scene).await,
        Interaction::Component(press) => presses::pressed(bot, &press, readers, scene).await,
        Interaction::Modal(modal) => submitted(bot, &modal, readers.person, scene).await,
        _ => {}
    }
}

/// Somebody sends a form that a command or a button opened.
async fn submitted(bot: &Bot, modal: &ModalInteraction, texts: Texts, scene: &Scene) {
    match custom_id::decode(&modal.data.custom_id) {
        Ok(Press::Settings { guild, act: SettingsAct::Imported }) => settings::submitted(bot, modal, guild, scene, texts).await,
        Ok(Press::Own { guild, act }) => own_answers::submitted(bot, modal, guild, act, scene, texts).await,
        _ => note(bot, modal.id.get(), &modal.token, texts.unknown_command()).await,
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
        let texts = value.get("locale").and_then(Value::as_str).map_or_else(Texts::english, Texts::of_locale);
        note(bot, id, token, texts.unreadable()).await;
    }
}

/// Answers with a few words for the person alone.
pub(super) async fn note(bot: &Bot, interaction: u64, token: &str, text: String) {
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

/// A command or a menu that somebody uses.
#[derive(Clone, Copy)]
struct Use<'event> {
    bot: &'event Bot,
    command: &'event CommandInteraction,
    readers: Readers,
    scene: &'event Scene,
    /// Set when the person must wait: then they are told so instead, unless it is for their safety.
    limited: Option<Limited>,
}

impl Use<'_> {
    async fn answer(self) {
        let engine = self.bot.engine.get();
        let knowledge = engine.knowledge();
        let menu = self.command.data.kind == CommandType::Message;
        let Some(known) = commands::find(knowledge, &self.command.data.name, menu) else {
            return self.note(Texts::unknown_command).await;
        };
        let texts = self.texts();
        match known.does {
            Does::Ask => self.ask(&known).await,
            Does::AnswerMessage => self.answer_message().await,
            Does::Fill(form) => self.fill(&known, form).await,
            Does::Topics => self.page(pages::topics(knowledge, texts)).await,
            Does::Sources => self.sources().await,
            Does::About => self.page(pages::about(knowledge, texts)).await,
            Does::Help => self.page(pages::help(knowledge, self.is_operators(), texts)).await,
            Does::Privacy => self.page(pages::privacy(texts)).await,
            Does::Settings => settings::used(self.bot, self.command, self.scene, self.readers.person).await,
            Does::Own => own_answers::used(self.bot, self.command, self.scene, self.readers.person).await,
            Does::Gaps => gaps::used(self.bot, self.command, self.scene, self.readers.person).await,
        }
        if matches!(known.does, Does::Settings | Does::Own | Does::Gaps) {
            notices::tell(self.bot, self.command, self.scene, self.readers.person).await;
        }
    }

    /// Whether the answer is for the person alone: as they say, else as the server has set it.
    fn is_private(self) -> bool {
        match self.option(commands::PRIVATE) {
            Some(CommandDataOptionValue::Boolean(private)) => *private,
            _ => self.scene.server.settings.private_by_default,
        }
    }

    /// Whether it is in one of the operator's own servers.
    fn is_operators(self) -> bool {
        self.scene.place.guild.is_some_and(|guild| self.bot.is_operators(guild))
    }

    /// The words of the answer, for whoever sees it.
    fn texts(self) -> Texts {
        self.readers.of(self.is_private())
    }

    /// A few words for the person alone.
    async fn note(self, says: impl FnOnce(Texts) -> String) {
        let texts = self.readers.person;
        let said = self.limited.map_or_else(|| says(texts), |limited| limited.note(texts));
        note(self.bot, self.command.id.get(), &self.command.token, said).await;
    }

    /// A page about Mabel herself.
    async fn page(self, body: Body) {
        if let Some(limited) = self.limited {
            return self.note(|texts| limited.note(texts)).await;
        }
        let body = if self.is_private() { body.private() } else { body };
        respond(self.bot, self.command.id.get(), &self.command.token, &Callback::message(body)).await;
    }

    /// Answers at once, for all or for the person alone.
    async fn say(self, reply: Result<Option<Reply>, Broken>) {
        let reply = match reply {
            Ok(Some(reply)) => reply,
            Ok(None) => return self.note(Texts::gone).await,
            Err(Broken) => return self.note(Texts::broken).await,
        };
        if let Some(limited) = self.limited.filter(|_| reply.outcome != Outcome::Safety) {
            return self.note(|texts| limited.note(texts)).await;
        }
        let show = Show { picture: pictures::for_command(self.command), ..self.scene.show(self.is_private()) };
        let about = reply.about().filter(|_| !show.private);
        let said = self.bot.repeats.said(&reply);
        if let (Some(about), Some(said)) = (&about, said)
            && let Some(link) = self.bot.answered_before(self.scene.place, about, said).await
        {
            return self.note(|texts| texts.answered_before(&link)).await;
        }
        let body = pictures::message(self.bot, &reply, &show, self.texts()).await;
        let (id, token) = (self.command.id.get(), &self.command.token);
        let message = respond(self.bot, id, token, &Callback::message(body)).await;
        if let Some(message) = message.filter(|_| !show.private) {
            self.bot.link(id, self.scene.place, message, Origin::Command, about).await;
            if let Some(said) = said {
                self.bot.repeats.keep(self.scene.place, said, message, Instant::now());
            }
        }
    }

    /// `/ask`: a question in somebody's own words, or one that was suggested.
    async fn ask(self, known: &Command<'_>) {
        let filled: Filled<'_> = texts_of(self.command).collect();
        let given = match self.bot.engine.get().fill_beside(&filled) {
            Ok(given) => given,
            Err(unfilled) => return self.not_filled(known, unfilled).await,
        };
        let question = self.question(commands::QUESTION);
        let reply = match custom_id::decode(question) {
            Ok(Press::Choose { about, .. }) => self.bot.answer_entry(&picked(about, &given), self.scene),
            _ => self.bot.ask(&Question { text: question.to_owned(), given, earlier: None }, self.scene).await.map(Some),
        };
        self.say(reply).await;
    }

    /// A form of the knowledge.
    async fn fill(self, known: &Command<'_>, form: &Form) {
        let filled: Filled<'_> = texts_of(self.command).collect();
        match self.bot.engine.get().fill(form, &filled) {
            Ok(asked) => self.say(self.bot.answer_entry(&asked, self.scene)).await,
            Err(unfilled) => self.not_filled(known, unfilled).await,
        }
    }

    /// Tells why a form asks for nothing; what a guard says is an answer.
    async fn not_filled(self, known: &Command<'_>, unfilled: Unfilled) {
        let texts = self.readers.person;
        let said = match unfilled {
            Unfilled::Stopped(reply) => return self.say(Ok(Some(*reply))).await,
            Unfilled::Unknown { field, near } if near.is_empty() => texts.unknown_value(&known.shown(&field, texts)),
            Unfilled::Unknown { field, near } => texts.unknown_value_near(&known.shown(&field, texts), &texts.one_of(&near)),
            Unfilled::Alone { field, wants } => {
                let wants: Vec<String> = wants.iter().map(|option| format!("`{}`", known.shown(option, texts))).collect();
                texts.nothing_to_compare(&known.shown(&field, texts), &texts.one_of(&wants))
            }
            Unfilled::Nothing => texts.nothing_given(),
        };
        self.note(|_| said).await;
    }

    /// `/sources`: those of one answer, or an overview.
    async fn sources(self) {
        let engine = self.bot.engine.get();
        let question = self.question(commands::ENTRY);
        if question.is_empty() {
            return self.page(pages::all_sources(engine.knowledge(), self.texts())).await;
        }
        let reply = match custom_id::decode(question) {
            Ok(Press::Choose { about, .. }) => self.bot.answer_entry(&about, self.scene),
            _ => self.bot.ask(&Question::new(question), self.scene).await.map(Some),
        };
        match reply {
            Ok(Some(reply)) if reply.entry.is_some() => self.page(pages::sources(&engine, &reply, self.texts())).await,
            // A guard's word is more important than that there are no sources.
            Ok(Some(reply)) if reply.guard.is_some() => self.say(Ok(Some(reply))).await,
            Ok(Some(_)) => self.note(Texts::no_sources).await,
            other => self.say(other).await,
        }
    }

    /// The menu of a message: an answer for the person alone, with a button to post it under the message.
    async fn answer_message(self) {
        let target = self.command.data.resolved.messages.values().next();
        let text = target.map(|message| hearing::without_mention(&message.content, self.bot.own.user)).unwrap_or_default();
        let Some(target) = target.filter(|_| !text.is_empty()) else { return self.note(Texts::no_text).await };
        if target.author.id.get() == self.bot.own.user {
            return self.note(Texts::own_message).await;
        }
        let Ok(reply) = self.bot.ask(&Question::new(text), self.scene).await else { return self.note(Texts::broken).await };
        if let Some(limited) = self.limited.filter(|_| reply.outcome != Outcome::Safety) {
            return self.note(|texts| limited.note(texts)).await;
        }
        let target = may_post(self.command).then(|| target.id.get());
        let show = Show { target, picture: pictures::for_command(self.command), ..self.scene.show(true) };
        let body = pictures::message(self.bot, &reply, &show, self.readers.person).await;
        respond(self.bot, self.command.id.get(), &self.command.token, &Callback::message(body)).await;
    }

    fn option(&self, name: &str) -> Option<&CommandDataOptionValue> {
        self.command.data.options.iter().find(|option| option.name == name).map(|option| &option.value)
    }

    /// What was typed for an option that holds a question.
    fn question(&self, name: &str) -> &str {
        match self.option(name) {
            Some(CommandDataOptionValue::String(text)) => text.trim(),
            _ => "",
        }
    }
}

/// A picked suggestion with the facets given beside it.
fn picked(about: Earlier, given: &Values) -> Earlier {
    let mut facets = about.facets;
    facets.extend(given.clone());
    Earlier { entry: about.entry, facets }
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

/// The texts given with a command, by the names of their options.
pub(super) fn texts_of(command: &CommandInteraction) -> impl Iterator<Item = (&str, &str)> {
    command.data.options.iter().filter_map(|option| match &option.value {
        CommandDataOptionValue::String(text) if !text.trim().is_empty() => Some((option.name.as_str(), text.trim())),
        _ => None,
    })
}
