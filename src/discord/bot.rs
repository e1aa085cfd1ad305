//! What every event handler shares: the engine, the store, the way out, and what was seen.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Instant, SystemTime};

use governor::clock::DefaultClock;
use jiff::civil::Date;
use serenity::model::id::{ChannelId, GuildId};
use tokio::sync::Semaphore;

use crate::answer::picture::Picture;
use crate::answer::{Earlier, Question, Reply, View};
use crate::config;
use crate::engine::Engine;
use crate::store::{Gap, Origin, ReplyLink, Store};

use super::bounded::Bounded;
use super::ledger::Ledger;
use super::limits::Limits;
use super::locales::Locales;
use super::notices::Notices;
use super::pictures::Studio;
use super::pulse::Pulse;
use super::repeats::{self, Repeats, Said};
use super::requests::Identity;
use super::send::Sender;
use super::servers::{Scene, Servers};
use super::votes::Votes;

/// The engine in use; another can be put in its place while Mabel runs.
#[derive(Clone, Debug)]
pub struct CurrentEngine(Arc<RwLock<Current>>);

#[derive(Debug)]
struct Current {
    engine: Arc<Engine>,
    refusals: u64,
    refused: Option<Refused>,
}

/// Knowledge that could not be put in the place of what is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which refusal it is since the start, from 1.
    pub number: u64,
    /// How many faults keep it from being used.
    pub errors: usize,
}

impl CurrentEngine {
    /// That engine, for now.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        Self(Arc::new(RwLock::new(Current { engine: Arc::new(engine), refusals: 0, refused: None })))
    }

    /// The engine in use.
    #[must_use]
    pub fn get(&self) -> Arc<Engine> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner).engine)
    }

    /// Puts another engine in its place; questions that are being answered keep the old one.
    pub fn replace(&self, engine: Engine) {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        (current.engine, current.refused) = (Arc::new(engine), None);
    }

    /// Notes that other knowledge was offered and cannot be used: what there is stays in use.
    pub fn refuse(&self, errors: usize) {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        current.refusals += 1;
        current.refused = Some(Refused { number: current.refusals, errors });
    }

    /// What was refused last, until something is put in use.
    #[must_use]
    pub fn refused(&self) -> Option<Refused> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).refused
    }
}

/// How many interactions are remembered, so that none is handled twice.
const MOST_SEEN: usize = 8192;
/// How many events are worked on at once; more wait. Serenity itself sets no bound.
pub(super) const MOST_AT_ONCE: u32 = 256;

/// Where something stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The server; none in direct messages.
    pub(super) guild: Option<u64>,
    /// The channel.
    pub(super) channel: u64,
}

impl Place {
    /// The place of these ids.
    pub(super) fn new(guild: Option<GuildId>, channel: ChannelId) -> Self {
        Self { guild: guild.map(GuildId::get), channel: channel.get() }
    }

    /// The id of the server, or of the channel where there is none.
    pub(super) fn whole(self) -> u64 {
        self.guild.unwrap_or(self.channel)
    }
}

/// What every event handler shares.
pub(super) struct Bot {
    /// The engine in use.
    pub(super) engine: CurrentEngine,
    /// What outlives a question.
    pub(super) store: Arc<dyn Store>,
    /// The way out.
    pub(super) sender: Arc<Sender>,
    /// Who Mabel is.
    pub(super) own: Identity,
    /// What each question should be answered with.
    pub(super) ledger: Ledger,
    /// Who draws.
    pub(super) studio: Studio,
    /// How much is answered.
    pub(super) limits: Limits,
    /// What was answered a short time ago.
    pub(super) repeats: Repeats,
    /// Which language is read where.
    pub(super) locales: Locales,
    /// What the servers have set.
    pub(super) servers: Servers,
    /// Whether Mabel reads messages that do not mention her.
    pub(super) listens: bool,
    /// The operator's own servers.
    operator_guilds: BTreeSet<u64>,
    /// Whether commands are registered while Mabel runs.
    pub(super) registers: bool,
    /// What curators have been told.
    pub(super) notices: Notices,
    /// Who has voted today.
    pub(super) votes: Votes,
    /// Signs of life.
    pub(super) pulse: Arc<Pulse>,
    /// A permit for each event that may be worked on.
    pub(super) permits: Semaphore,
    /// When this process began to listen.
    pub(super) since: SystemTime,
    today: fn() -> Date,
    seen: Mutex<Bounded<u64, ()>>,
}

impl Bot {
    /// A bot that is about to listen.
    pub(super) fn new(
        engine: CurrentEngine,
        store: Arc<dyn Store>,
        sender: Arc<Sender>,
        own: Identity,
        pulse: Arc<Pulse>,
        today: fn() -> Date,
        settings: &config::Discord,
    ) -> Self {
        let seen = Mutex::new(Bounded::new(MOST_SEEN));
        let permits = Semaphore::new(MOST_AT_ONCE as usize);
        let (ledger, locales, servers, votes) = (Ledger::new(), Locales::new(), Servers::new(), Votes::new());
        let limits = &settings.limits;
        let (limits, repeats) = (Limits::new(limits, DefaultClock::default()), Repeats::new(limits.repeat_seconds));
        let (studio, since) = (Studio::new(), SystemTime::now());
        Self {
            engine,
            store,
            sender,
            own,
            ledger,
            studio,
            limits,
            repeats,
            locales,
            servers,
            listens: settings.message_content,
            operator_guilds: settings.operator_guilds.clone(),
            registers: settings.register_at_start,
            notices: Notices::default(),
            votes,
            pulse,
            permits,
            since,
            today,
            seen,
        }
    }

    /// Whether an interaction is new; each is once.
    pub(super) fn is_new(&self, interaction: u64) -> bool {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert_new(interaction, ())
    }

    /// Whether a server is one of the operator's own.
    pub(super) fn is_operators(&self, guild: u64) -> bool {
        self.operator_guilds.contains(&guild)
    }

    /// Takes a command of one server away that it should no longer have. It says so itself until that works.
    pub(super) async fn take_command_away(&self, guild: u64, command: u64) {
        if let Err(error) = self.sender.drop_command(self.own.application, guild, command).await {
            tracing::info!(%error, "a command of a server was not taken away");
        }
    }

    /// The day it is.
    pub(super) fn day(&self) -> Date {
        (self.today)()
    }

    /// The reply to a question. One that finds no answer is counted, without anything that tells of a person.
    pub(super) async fn ask(&self, question: &Question, scene: &Scene) -> Result<Reply, Broken> {
        let (reply, gap) = self.unbroken(scene, |engine, view| {
            let reply = engine.answer(question, view);
            let gap = engine.gap(question, &reply);
            (reply, gap)
        })?;
        self.pulse.counts().question(&reply, "words");
        if let Some(words) = gap
            && let Err(error) = self.store.keep_gap(Gap { words, day: self.day() }).await
        {
            tracing::warn!(%error, "a gap was not counted");
        }
        Ok(reply)
    }

    /// The reply to a text that was not put to Mabel; mostly none.
    pub(super) fn overhear(&self, text: &str, scene: &Scene) -> Result<Option<Reply>, Broken> {
        self.counted("overheard", self.unbroken(scene, |engine, view| engine.overhear(text, view)))
    }

    /// The reply of an entry that somebody named, if there still is one.
    pub(super) fn answer_entry(&self, about: &Earlier, scene: &Scene) -> Result<Option<Reply>, Broken> {
        self.counted("picked", self.unbroken(scene, |engine, view| engine.answer_entry(&about.entry, &about.facets, view)))
    }

    /// The reply of an entry that a button brings back, if there still is one.
    pub(super) fn recall(&self, about: &Earlier, scene: &Scene) -> Result<Option<Reply>, Broken> {
        self.counted("picked", self.unbroken(scene, |engine, view| engine.recall(&about.entry, &about.facets, view)))
    }

    /// What there is to show beside a reply.
    pub(super) fn picture(&self, reply: &Reply) -> Option<Picture> {
        self.caught(|engine| engine.picture(reply, self.day())).ok().flatten()
    }

    fn counted(&self, asked: &'static str, reply: Result<Option<Reply>, Broken>) -> Result<Option<Reply>, Broken> {
        if let Ok(Some(reply)) = &reply {
            self.pulse.counts().question(reply, asked);
        }
        reply
    }

    fn unbroken<T>(&self, scene: &Scene, work: impl FnOnce(&Engine, &View) -> T) -> Result<T, Broken> {
        self.caught(|engine| work(engine, &scene.view(self.day(), engine.knowledge())))
    }

    fn caught<T>(&self, work: impl FnOnce(&Engine) -> T) -> Result<T, Broken> {
        let engine = self.engine.get();
        catch_unwind(AssertUnwindSafe(|| work(&engine))).map_err(|_| {
            tracing::error!("the engine broke while answering");
            Broken
        })
    }

    /// The message that gave the same answer in the same channel of a server a short time ago, and still gives it.
    pub(super) async fn answered_before(&self, place: Place, about: &Earlier, said: Said) -> Option<String> {
        let message = self.repeats.earlier(place, said, Instant::now())?;
        let link = self.store.link_of_answer(message).await.ok().flatten()?;
        let stands = link.about.as_ref() == Some(about);
        place.guild.filter(|_| stands).map(|guild| repeats::link(guild, place.channel, message))
    }

    /// Keeps which message answers what. A store that fails costs the follow-up, never the answer.
    pub(super) async fn link(&self, question: u64, place: Place, answer: u64, origin: Origin, about: Option<Earlier>) {
        let Place { guild, channel } = place;
        let link = ReplyLink { question, guild, channel, answer, origin, about, day: self.day() };
        if let Err(error) = self.store.keep_link(link).await {
            tracing::warn!(%error, "an answer's link was not kept");
        }
    }
}

/// The engine panicked. The asker must not be left in silence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken;
