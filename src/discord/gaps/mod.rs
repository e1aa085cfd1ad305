//! `/gaps`: what was asked and not answered, and how answers were received, for curators of the operator's own servers.
//!
//! Gaps and votes are kept without the server they come from, so whoever sees them sees those of all servers. That is for who looks
//! after the knowledge: curators of the servers that the operator has named, and nobody else. The command is registered there alone; a
//! press is checked like a command, for the server, for its being named still, and for the person. Nothing here changes anything.

pub(super) mod act;
mod view;

use jiff::civil::Date;
use serenity::model::application::{CommandInteraction, ComponentInteraction};
use serenity::model::guild::Member;

use crate::gaps::{self, Counted, Group};
use crate::store::{StoreError, least_helpful_first};

use super::bot::Bot;
use super::interactions::{note, respond};
use super::payload::{Body, Callback};
use super::permission::curates;
use super::servers::Scene;
use super::texts::Texts;
use act::GapsAct;
use view::View;

/// Putting gaps together takes longer the more there are: so many, those asked most, are done in a few milliseconds.
const MOST: usize = 500;

/// An interaction about gaps and votes.
#[derive(Clone, Copy)]
struct Desk<'event> {
    bot: &'event Bot,
    interaction: u64,
    token: &'event str,
    guild: u64,
    scene: &'event Scene,
    texts: Texts,
}

/// Somebody uses `/gaps`.
pub(super) async fn used(bot: &Bot, command: &CommandInteraction, scene: &Scene, texts: Texts) {
    let (interaction, token) = (command.id.get(), command.token.as_str());
    let Some(guild) = scene.place.guild else { return note(bot, interaction, token, texts.only_in_servers()).await };
    let desk = Desk { bot, interaction, token, guild, scene, texts };
    if !bot.is_operators(guild) {
        note(bot, interaction, token, texts.gaps_elsewhere()).await;
        // The server was one of the operator's, or the command would not be there.
        return bot.take_command_away(guild, command.data.id.get()).await;
    }
    if desk.may(command.member.as_deref()).await {
        desk.show(GapsAct::Unanswered(0), Callback::message).await;
    }
}

/// Somebody turns a page of what the server `guild` was shown.
pub(super) async fn pressed(bot: &Bot, press: &ComponentInteraction, guild: u64, act: GapsAct, scene: &Scene, texts: Texts) {
    let (interaction, token) = (press.id.get(), press.token.as_str());
    if scene.place.guild != Some(guild) {
        return note(bot, interaction, token, texts.other_server()).await;
    }
    if !bot.is_operators(guild) {
        return note(bot, interaction, token, texts.gaps_elsewhere()).await;
    }
    let desk = Desk { bot, interaction, token, guild, scene, texts };
    if desk.may(press.member.as_ref()).await {
        desk.show(act, Callback::update).await;
    }
}

impl Desk<'_> {
    /// Whether somebody may see them; if not, they are told.
    async fn may(self, member: Option<&Member>) -> bool {
        let may = curates(member, &self.scene.server.settings);
        if !may {
            note(self.bot, self.interaction, self.token, self.texts.only_curators()).await;
        }
        may
    }

    async fn show(self, act: GapsAct, callback: fn(Body) -> Callback) {
        match self.page(act).await {
            Ok(body) => drop(respond(self.bot, self.interaction, self.token, &callback(body)).await),
            Err(error) => {
                tracing::warn!(%error, "gaps and votes could not be read");
                note(self.bot, self.interaction, self.token, self.texts.gaps_lost()).await;
            }
        }
    }

    async fn page(self, act: GapsAct) -> Result<Body, StoreError> {
        let today = self.bot.day();
        let since = gaps::usual_start(today);
        let engine = self.bot.engine.get();
        let view = View { guild: self.guild, since, knowledge: engine.knowledge(), texts: self.texts };
        Ok(match act {
            GapsAct::Unanswered(page) => view.unanswered(&self.groups(since).await?, page),
            GapsAct::Votes(page) => view.votes(&least_helpful_first(self.bot.store.votes(since..=today).await?), page),
        })
    }

    async fn groups(self, since: Date) -> Result<Vec<Group>, StoreError> {
        let counts = self.bot.store.gaps(since).await?;
        // Off the threads that answer: it is the one thing here that takes longer than an answer.
        let grouped = tokio::task::spawn_blocking(move || gaps::group(counts.into_iter().map(Counted::from), MOST)).await;
        grouped.map_err(|error| StoreError::Unreadable(format!("gaps could not be put together: {error}")))
    }
}
