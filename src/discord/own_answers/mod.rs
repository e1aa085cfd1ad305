//! `/own`: the answers that a server adds for itself, looked after by its curators.
//!
//! They are matched and answered by the engine (see [`crate::own`]) and marked wherever they stand. Here they are added, changed, removed
//! and listed, for the curator's eyes alone. As everywhere, nothing is kept between two presses.

pub(super) mod act;
mod check;
mod view;

use std::sync::Arc;

use serenity::model::application::{CommandDataOptionValue, CommandInteraction, ComponentInteraction, ModalInteraction};
use serenity::model::guild::Member;

use crate::own::OwnAnswer;
use crate::store::{self, StoreError};

use super::bot::Bot;
use super::commands;
use super::interactions::{note, respond};
use super::markdown::{cut, one_line};
use super::payload::{self, Body, Callback, Suggestion};
use super::permission::curates;
use super::render::{self, Show};
use super::servers::{Scene, Server};
use super::settings::filled;
use super::texts::Texts;
use act::OwnAct;
pub(super) use check::{Draft, Flaw, MOST, MOST_WORDINGS, Part};

/// An interaction about the own answers of a server, by one of its curators.
#[derive(Clone, Copy)]
struct Desk<'event> {
    bot: &'event Bot,
    interaction: u64,
    token: &'event str,
    guild: u64,
    scene: &'event Scene,
    texts: Texts,
}

/// Somebody uses `/own`.
pub(super) async fn used(bot: &Bot, command: &CommandInteraction, scene: &Scene, texts: Texts) {
    let (interaction, token) = (command.id.get(), command.token.as_str());
    let Some(guild) = scene.place.guild else { return note(bot, interaction, token, texts.only_in_servers()).await };
    let desk = Desk { bot, interaction, token, guild, scene, texts };
    if !desk.may(command.member.as_deref()).await {
        return;
    }
    let Some(chosen) = command.data.options.first() else { return desk.list(0, Callback::message).await };
    let named = named(&chosen.value).and_then(|typed| find(&scene.server, typed));
    match (chosen.name.as_str(), named) {
        (commands::ADD, _) => desk.ask_for(None).await,
        (commands::EDIT, Some(own)) => desk.ask_for(Some(own)).await,
        (commands::REMOVE, Some(own)) => desk.respond(&Callback::message(view::sure(guild, own, texts))).await,
        (commands::EDIT | commands::REMOVE, None) => desk.note(texts.own_unknown()).await,
        _ => desk.list(0, Callback::message).await,
    }
}

/// Somebody presses something in the own answers of the server `guild`.
pub(super) async fn pressed(bot: &Bot, press: &ComponentInteraction, guild: u64, act: OwnAct, scene: &Scene, texts: Texts) {
    let desk = Desk { bot, interaction: press.id.get(), token: &press.token, guild, scene, texts };
    if scene.place.guild != Some(guild) {
        return desk.note(texts.other_server()).await;
    }
    if !desk.may(press.member.as_ref()).await {
        return;
    }
    match act {
        OwnAct::Page(page) => desk.list(page, Callback::update).await,
        OwnAct::Remove(id) => desk.remove(id).await,
        OwnAct::Keep => desk.respond(&Callback::update(Body::text(texts.own_kept()).private())).await,
        OwnAct::Add | OwnAct::Change(_) => desk.note(texts.old_button()).await,
    }
}

/// Somebody sends the form of an own answer of the server `guild`.
pub(super) async fn submitted(bot: &Bot, modal: &ModalInteraction, guild: u64, act: OwnAct, scene: &Scene, texts: Texts) {
    let desk = Desk { bot, interaction: modal.id.get(), token: &modal.token, guild, scene, texts };
    if scene.place.guild != Some(guild) {
        return desk.note(texts.other_server()).await;
    }
    if !desk.may(modal.member.as_ref()).await {
        return;
    }
    let [question, wordings, answer] = view::FIELDS.map(|field| filled(modal, field).unwrap_or_default());
    let draft = Draft::new(question, wordings.lines(), answer);
    match act {
        OwnAct::Add => desk.take(draft, None).await,
        OwnAct::Change(id) => desk.take(draft, Some(id)).await,
        _ => desk.note(texts.unknown_command()).await,
    }
}

/// Own answers that may be meant by what a curator types, the first ones while nothing is typed.
pub(super) fn suggestions(member: Option<&Member>, server: &Server, typed: &str) -> Vec<Suggestion> {
    if !curates(member, &server.settings) {
        return Vec::new();
    }
    let typed = typed.trim().to_lowercase();
    let rank = |own: &OwnAnswer| {
        let question = own.question.to_lowercase();
        let within = question.contains(&typed) || own.ask.iter().any(|wording| wording.to_lowercase().contains(&typed));
        (question.starts_with(&typed), within)
    };
    let mut found: Vec<(bool, &OwnAnswer)> =
        server.own.iter().map(|own| (rank(own), own)).filter(|((_, within), _)| *within).map(|((first, _), own)| (first, own)).collect();
    found.sort_by_key(|(first, _)| !first);
    let suggestion = |own: &OwnAnswer| Suggestion { name: cut(&one_line(&own.question), payload::CHOICE), value: own.id.to_string() };
    found.into_iter().take(payload::CHOICES).map(|(_, own)| suggestion(own)).collect()
}

/// Keeps an own answer of a server under that number; one of `before` that had it is changed.
pub(super) async fn keep(bot: &Bot, guild: u64, draft: Draft, id: u64, before: &[store::OwnAnswer]) -> Result<(), StoreError> {
    let day = bot.day();
    let created = before.iter().find(|own| own.id == id).map_or(day, |own| own.created);
    let Draft { question, ask, answer } = draft;
    bot.store.keep_own_answer(guild, store::OwnAnswer { id, question, ask, answer, created, changed: day }).await
}

/// What was typed for the option of a subcommand.
fn named(sub: &CommandDataOptionValue) -> Option<&str> {
    let CommandDataOptionValue::SubCommand(options) = sub else { return None };
    options.iter().find(|option| option.name == commands::ANSWER).and_then(|option| option.value.as_str())
}

/// The own answer that was picked, or whose question was written out.
fn find<'server>(server: &'server Server, typed: &str) -> Option<&'server OwnAnswer> {
    let by_id = typed.trim().parse().ok().and_then(|id: u64| server.own.iter().find(|own| own.id == id));
    by_id.or_else(|| server.own.iter().find(|own| own.question.to_lowercase() == typed.trim().to_lowercase()))
}

impl Desk<'_> {
    async fn note(self, says: String) {
        note(self.bot, self.interaction, self.token, says).await;
    }

    async fn respond(self, callback: &Callback) {
        respond(self.bot, self.interaction, self.token, callback).await;
    }

    /// Whether somebody may look after own answers; if not, they are told.
    async fn may(self, member: Option<&Member>) -> bool {
        let may = curates(member, &self.scene.server.settings);
        if !may {
            self.note(self.texts.only_curators()).await;
        }
        may
    }

    async fn list(self, page: usize, callback: fn(Body) -> Callback) {
        self.respond(&callback(view::list(self.guild, &self.scene.server.own, page, self.texts))).await;
    }

    /// Opens the form: empty, or with what stands in it now.
    async fn ask_for(self, changed: Option<&OwnAnswer>) {
        if changed.is_none() && self.scene.server.own.iter().count() >= MOST {
            return self.note(self.texts.own_full(MOST)).await;
        }
        match view::form(self.guild, changed, self.texts) {
            Some(form) => self.respond(&Callback::modal(form)).await,
            None => self.note(self.texts.broken()).await,
        }
    }

    /// Takes up a new own answer, or one in the place of that one.
    async fn take(self, draft: Draft, changes: Option<u64>) {
        let (texts, engine) = (self.texts, self.bot.engine.get());
        // Another curator may have been at it while the form was open.
        let server = self.bot.refresh_server(self.guild).await;
        let faults: Vec<String> = draft.flaws(&engine).iter().map(|flaw| flaw.said(texts)).collect();
        if !faults.is_empty() {
            return self.respond(&Callback::message(view::refused(&draft, &faults, texts))).await;
        }
        if changes.is_none() && server.own.iter().count() >= MOST {
            return self.note(texts.own_full(MOST)).await;
        }
        let id = changes.unwrap_or(self.interaction);
        let others: Vec<OwnAnswer> = server.own.iter().filter(|own| own.id != id).cloned().collect();
        let warnings = draft.warnings(&engine, &engine.own_answers(others), &self.scene.view(self.bot.day(), engine.knowledge()), texts);
        let Some(server) = self.keep(&draft, id).await else { return };
        let done = if changes.is_some() { texts.own_changed() } else { texts.own_added() };
        let reads = self.reads(&draft, &server);
        self.respond(&Callback::message(view::taken(&done, &reads, &warnings, texts))).await;
    }

    /// The own answer as it reads in this server.
    fn reads(self, draft: &Draft, server: &Arc<Server>) -> Body {
        let own = server.own.iter().find(|own| own.question == draft.question && own.answer == draft.answer);
        let reply = own.map(crate::engine::Engine::own_as_reply);
        reply.map(|reply| render::message(&reply, &Show { plain: true, ..Show::PRIVATE }, self.texts)).unwrap_or_default()
    }

    async fn keep(self, draft: &Draft, id: u64) -> Option<Arc<Server>> {
        let before = self.bot.store.own_answers(self.guild).await.unwrap_or_default();
        match keep(self.bot, self.guild, draft.clone(), id, &before).await {
            Ok(()) => Some(self.bot.refresh_server(self.guild).await),
            Err(error) => {
                tracing::warn!(%error, "an own answer of a server was not kept");
                self.note(self.texts.own_lost()).await;
                None
            }
        }
    }

    async fn remove(self, id: u64) {
        let question = self.scene.server.own.iter().find(|own| own.id == id).map(|own| own.question.clone());
        match self.bot.store.drop_own_answer(self.guild, id).await {
            Ok(true) => {
                self.bot.refresh_server(self.guild).await;
                let question = super::markdown::escape(&question.unwrap_or_default());
                self.respond(&Callback::update(Body::text(self.texts.own_removed(&question)).private())).await;
            }
            Ok(false) => self.note(self.texts.own_unknown()).await,
            Err(error) => {
                tracing::warn!(%error, "an own answer of a server was not removed");
                self.note(self.texts.own_lost()).await;
            }
        }
    }
}
