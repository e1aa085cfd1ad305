//! `/settings`: what a server has set, seen and changed by those who manage it.
//!
//! One message that only they see shows every setting in words; choosing one shows how to change it, and each change is confirmed in words.
//! Nothing is kept between two presses: the server and the setting stand in the `custom_id`, what is set stands in the store. So a press
//! is checked like a command: is it for this server, and may this person still do that? Settings come and go as TOML, too.

pub(super) mod act;
mod change;
mod there;
mod transfer;
mod view;

use serenity::model::application::{
    ActionRowComponent, CommandDataOptionValue, CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, ModalInteraction,
};
use serenity::model::channel::Attachment;

use crate::store::{self, Settings};

use super::bot::Bot;
use super::commands;
use super::custom_id::{self, Press};
use super::interactions::{note, respond};
use super::markdown::cut;
use super::own_answers::{self, Draft};
use super::payload::{self, Body, Callback, File, Input, Modal};
use super::permission::manages_server;
use super::send_error::SendError;
use super::servers::{Scene, Server};
use super::texts::Texts;
use act::{Setting, SettingsAct};
use change::{Chosen, Unchanged};
use there::There;
use transfer::Transfer;
use view::View;

/// The largest file of settings, in bytes. It holds as many own answers as there may be, each as long as it may be, in most scripts.
const LARGEST_FILE: usize = 1024 * 1024;
/// As many ids that were left out are named.
const MOST_NAMED: usize = 10;
/// The field of a text to take over.
const TEXT: &str = "text";
/// What an exported file is called.
const FILE_NAME: &str = "mabel-settings.toml";

/// An interaction about the settings of a server, by somebody who manages it.
#[derive(Clone, Copy)]
struct Desk<'event> {
    bot: &'event Bot,
    interaction: u64,
    token: &'event str,
    guild: u64,
    texts: Texts,
}

/// Somebody uses `/settings`.
pub(super) async fn used(bot: &Bot, command: &CommandInteraction, scene: &Scene, texts: Texts) {
    let (interaction, token) = (command.id.get(), command.token.as_str());
    let Some(guild) = scene.place.guild else { return note(bot, interaction, token, texts.only_in_servers()).await };
    if !manages_server(command.member.as_deref()) {
        return note(bot, interaction, token, texts.only_managers()).await;
    }
    let desk = Desk { bot, interaction, token, guild, texts };
    match command.data.options.first() {
        Some(chosen) if chosen.name == commands::EXPORT => desk.export(&scene.server).await,
        Some(chosen) if chosen.name == commands::IMPORT => match file(command, &chosen.value) {
            Some(file) => desk.import_file(file).await,
            None => desk.ask_for_text().await,
        },
        _ => desk.answer(|view| view.all(None), &scene.server, Callback::message).await,
    }
}

/// The file given with an option.
fn file<'command>(command: &'command CommandInteraction, sub: &CommandDataOptionValue) -> Option<&'command Attachment> {
    let CommandDataOptionValue::SubCommand(options) = sub else { return None };
    let id = options.iter().find_map(|option| match option.value {
        CommandDataOptionValue::Attachment(id) if option.name == commands::FILE => Some(id),
        _ => None,
    })?;
    command.data.resolved.attachments.get(&id)
}

/// Somebody presses or chooses something in the settings of the server `guild`.
pub(super) async fn pressed(bot: &Bot, press: &ComponentInteraction, guild: u64, act: SettingsAct, scene: &Scene, texts: Texts) {
    let (interaction, token) = (press.id.get(), press.token.as_str());
    if scene.place.guild != Some(guild) {
        return note(bot, interaction, token, texts.other_server()).await;
    }
    if !manages_server(press.member.as_ref()) {
        return note(bot, interaction, token, texts.only_managers()).await;
    }
    let desk = Desk { bot, interaction, token, guild, texts };
    let server = &scene.server;
    match (act, chosen(press)) {
        (SettingsAct::Back, _) => desk.answer(|view| view.all(None), server, Callback::update).await,
        (SettingsAct::Export, _) => desk.export(server).await,
        (SettingsAct::Import, _) => desk.ask_for_text().await,
        (SettingsAct::Open, Some(Chosen::Value(code))) => match Setting::of_code(&code) {
            Some(setting) => desk.answer(|view| view.one(&setting), server, Callback::update).await,
            None => desk.gone().await,
        },
        (SettingsAct::Set(Setting::Topics, None), Some(Chosen::Ids(ids))) => match ids.first() {
            Some(channel) => desk.answer(|view| view.topic_of(*channel), server, Callback::update).await,
            None => desk.gone().await,
        },
        (SettingsAct::Set(setting, value), chosen) => match value.map(Chosen::Value).or(chosen) {
            Some(chosen) => desk.set(server, &setting, |desk, settings| change::set(settings, &setting, &chosen, desk.knowledge())).await,
            None => desk.gone().await,
        },
        (SettingsAct::SetTopic(channel), Some(Chosen::Value(topic))) => {
            let set = |desk: &Known, settings: &mut Settings| change::set_topic(settings, channel, &topic, desk.knowledge());
            desk.set(server, &Setting::Topics, set).await;
        }
        _ => desk.gone().await,
    }
}

/// Somebody sends the text of settings for the server `guild`.
pub(super) async fn submitted(bot: &Bot, modal: &ModalInteraction, guild: u64, scene: &Scene, texts: Texts) {
    let (interaction, token) = (modal.id.get(), modal.token.as_str());
    if scene.place.guild != Some(guild) {
        return note(bot, interaction, token, texts.other_server()).await;
    }
    if !manages_server(modal.member.as_ref()) {
        return note(bot, interaction, token, texts.only_managers()).await;
    }
    let text = filled(modal, TEXT).unwrap_or_default();
    Desk { bot, interaction, token, guild, texts }.import(text).await;
}

/// What was filled in in a field of a modal.
pub(super) fn filled<'modal>(modal: &'modal ModalInteraction, field: &str) -> Option<&'modal str> {
    modal.data.components.iter().flat_map(|row| &row.components).find_map(|component| match component {
        ActionRowComponent::InputText(input) if input.custom_id == field => input.value.as_deref(),
        _ => None,
    })
}

/// What was chosen in a select.
fn chosen(press: &ComponentInteraction) -> Option<Chosen> {
    match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().cloned().map(Chosen::Value),
        ComponentInteractionDataKind::ChannelSelect { values } => Some(Chosen::Ids(values.iter().map(|id| id.get()).collect())),
        ComponentInteractionDataKind::RoleSelect { values } => Some(Chosen::Ids(values.iter().map(|id| id.get()).collect())),
        _ => None,
    }
}

/// The knowledge in use while a change is made.
struct Known(std::sync::Arc<crate::engine::Engine>);

impl Known {
    fn knowledge(&self) -> &crate::knowledge::Knowledge {
        self.0.knowledge()
    }
}

impl Desk<'_> {
    async fn note(self, says: String) {
        note(self.bot, self.interaction, self.token, says).await;
    }

    async fn gone(self) {
        self.note(self.texts.settings_gone()).await;
    }

    async fn respond(self, callback: &Callback) {
        respond(self.bot, self.interaction, self.token, callback).await;
    }

    /// Shows something of the settings, as a new message or in the place of the one that was pressed.
    async fn answer(self, show: impl FnOnce(View<'_>) -> Body, server: &Server, callback: fn(Body) -> Callback) {
        let body = self.show(show, server);
        self.respond(&callback(body)).await;
    }

    fn show(self, show: impl FnOnce(View<'_>) -> Body, server: &Server) -> Body {
        let engine = self.bot.engine.get();
        show(View { guild: self.guild, server, knowledge: engine.knowledge(), listens: self.bot.listens, texts: self.texts })
    }

    /// Makes a change, and confirms it in words above all settings.
    async fn set(self, server: &Server, setting: &Setting, change: impl FnOnce(&Known, &mut Settings) -> Result<(), Unchanged>) {
        let mut settings = server.settings.clone();
        match change(&Known(self.bot.engine.get()), &mut settings) {
            Ok(()) => {}
            Err(Unchanged::Gone) => return self.gone().await,
            Err(Unchanged::TooMany) => return self.note(self.texts.too_many_topics(view::MOST_CHANNELS)).await,
        }
        let Some(server) = self.keep(&settings).await else { return };
        let confirm = |view: View<'_>| {
            let done = format!("{} {}", self.texts.settings_saved(), view.line(setting));
            view.all(Some(&done))
        };
        self.answer(confirm, &server, Callback::update).await;
    }

    /// Keeps settings, and gives the server as it is then; tells the person where that fails.
    async fn keep(self, settings: &Settings) -> Option<std::sync::Arc<Server>> {
        match self.bot.store.keep_settings(self.guild, settings).await {
            Ok(()) => Some(self.bot.refresh_server(self.guild).await),
            Err(error) => {
                tracing::warn!(%error, "the settings of a server were not kept");
                self.note(self.texts.settings_lost()).await;
                None
            }
        }
    }

    async fn export(self, server: &Server) {
        let text = transfer::write(&server.settings, server.own.iter());
        let said = Body::text(self.texts.exported()).private();
        let with_file = Body { file: Some(File::new(FILE_NAME, "", text.as_bytes())), ..said.clone() };
        let sent = self.bot.sender.respond(self.interaction, self.token, &Callback::message(with_file)).await;
        if let Err(error) = sent {
            // Where Mabel may attach no files, the text itself is as good.
            tracing::info!(%error, "settings were not given as a file");
            let as_text = |says: &str, text: &str| format!("{says}\n```toml\n{}\n```", text.replace("```", "'''"));
            let whole = as_text(&said.content, &text);
            let content = if whole.chars().count() <= payload::CONTENT {
                whole
            } else {
                let says = self.texts.exported_without_own();
                let room = payload::CONTENT.saturating_sub(says.chars().count() + 12);
                as_text(&says, &cut(&transfer::write(&server.settings, []), room))
            };
            self.respond(&Callback::message(Body { content, ..said })).await;
        }
    }

    async fn ask_for_text(self) {
        let act = SettingsAct::Imported;
        let Some(custom_id) = custom_id::encode(&Press::Settings { guild: self.guild, act }) else { return self.gone().await };
        let title = cut(&self.texts.import_title(), payload::MODAL_LABEL);
        let input = Input::lines(TEXT, cut(&self.texts.import_text(), payload::MODAL_LABEL), payload::INPUT);
        self.respond(&Callback::modal(Modal::new(custom_id, title, vec![input]))).await;
    }

    async fn import_file(self, file: &Attachment) {
        if usize::try_from(file.size).map_or(true, |size| size > LARGEST_FILE) {
            return self.note(self.texts.file_too_large(LARGEST_FILE)).await;
        }
        match self.bot.sender.attachment(&file.url, LARGEST_FILE).await {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => self.import(&text).await,
                Err(_) => self.note(self.texts.file_no_text()).await,
            },
            Err(error) => {
                tracing::info!(%error, "a file of settings was not fetched");
                self.note(self.texts.file_lost()).await;
            }
        }
    }

    /// Takes over what a text says: whole, or not at all, but for channels and roles that this server does not have.
    async fn import(self, text: &str) {
        // Other people may have changed things while the file was fetched or the form was open.
        let server = self.bot.refresh_server(self.guild).await;
        let Transfer { mut settings, own } = match transfer::read(text, &server.settings, &self.bot.engine.get()) {
            Ok(transfer) => transfer,
            Err(faults) => {
                let says = format!("{}\n```\n{}", self.texts.not_imported(), faults.to_string().replace("```", "'''"));
                return self.note(format!("{}\n```", cut(&says, payload::CONTENT - 4))).await;
            }
        };
        let left_out = match self.leave_out_others(&mut settings).await {
            Ok(left_out) => left_out,
            Err(error) => {
                tracing::info!(%error, "the channels and roles of a server could not be seen");
                return self.note(self.texts.not_compared()).await;
            }
        };
        let Some(own) = self.take_own(own).await else { return };
        let Some(server) = self.keep(&settings).await else { return };
        let left_out = (!left_out.is_empty()).then(|| self.texts.left_out(&self.ids(&left_out)));
        let done = [Some(self.texts.imported()), own, left_out].into_iter().flatten().collect::<Vec<_>>().join("\n");
        self.answer(|view| view.all(Some(&done)), &server, Callback::message).await;
    }

    /// Leaves out the channels and roles that this server does not have; gives their ids.
    async fn leave_out_others(self, settings: &mut Settings) -> Result<Vec<u64>, SendError> {
        if !there::names_any(settings) {
            return Ok(Vec::new());
        }
        let sender = &self.bot.sender;
        let (channels, roles) = tokio::try_join!(sender.channels(self.guild), sender.roles(self.guild))?;
        Ok(There { channels, roles }.leave_out_others(settings))
    }

    /// Takes over own answers: one whose question the server has already takes that one's place, none is removed. Gives what was done in
    /// words, if anything was; nothing where it cannot be done, which the person is told.
    async fn take_own(self, drafts: Vec<Draft>) -> Option<Option<String>> {
        let Ok(before) = self.bot.store.own_answers(self.guild).await else {
            self.note(self.texts.own_lost()).await;
            return None;
        };
        let wanted = Wanted::new(drafts, &before, self.interaction);
        if before.len() + wanted.added > own_answers::MOST {
            self.note(self.texts.own_full(own_answers::MOST)).await;
            return None;
        }
        let (added, changed) = (wanted.added, wanted.drafts.len() - wanted.added);
        for (kept, (id, draft)) in wanted.drafts.into_iter().enumerate() {
            if let Err(error) = own_answers::keep(self.bot, self.guild, draft, id, &before).await {
                tracing::warn!(%error, "own answers of a file were not all kept");
                self.note(self.texts.import_cut_short(kept, added + changed)).await;
                return None;
            }
        }
        Some((added + changed > 0).then(|| self.texts.imported_own(added, changed)))
    }

    /// Ids in words, the first of them.
    fn ids(self, ids: &[u64]) -> String {
        let named = ids.iter().take(MOST_NAMED).map(|id| format!("`{id}`"));
        let more = ids.len().saturating_sub(MOST_NAMED);
        let more = (more > 0).then(|| self.texts.and_more(more));
        named.chain(more).collect::<Vec<_>>().join(", ")
    }
}

/// The own answers of a file that are not there yet as they are.
struct Wanted {
    /// Each with its number.
    drafts: Vec<(u64, Draft)>,
    /// How many of them are new.
    added: usize,
}

impl Wanted {
    /// Numbers own answers; new ones get the first free numbers from `first` on.
    fn new(drafts: Vec<Draft>, before: &[store::OwnAnswer], first: u64) -> Self {
        let mut free = (first..).filter(|id| before.iter().all(|own| own.id != *id));
        let mut wanted = Self { drafts: Vec::new(), added: 0 };
        for draft in drafts {
            match before.iter().find(|own| transfer::is_same_question(&own.question, &draft.question)) {
                Some(own) if own.question == draft.question && own.ask == draft.ask && own.answer == draft.answer => {}
                Some(own) => wanted.drafts.push((own.id, draft)),
                None => {
                    wanted.added += 1;
                    wanted.drafts.extend(free.next().map(|id| (id, draft)));
                }
            }
        }
        wanted
    }
}
