//! What the servers have set and added, as it is used for every question: read once, kept for a while, bounded.
//!
//! Another process may change a server's settings, so what is kept here is read anew after a minute; what this process changes counts at
//! once. A store that cannot be read costs nobody an answer: what was last known holds, else the defaults.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use serenity::model::application::Interaction;
use serenity::model::id::ChannelId;

use crate::answer::View;
use crate::engine::Engine;
use crate::knowledge::{Knowledge, TopicId, Values};
use crate::own::{OwnAnswer, OwnAnswers};
use crate::store::{self, Settings, Store, StoreError};

use super::bot::{Bot, Place};
use super::bounded::Bounded;
use super::limits::{Limited, Weight};
use super::render::Show;
use super::texts::Texts;

/// How many servers are kept. One with fifty answers of its own takes some tens of kilobytes.
const MOST_SERVERS: usize = 1024;
/// How many channels are kept with where they belong, and how many threads with that they were answered in.
const MOST_CHANNELS: usize = 8192;
/// How long what was read holds.
const FRESH: Duration = Duration::from_secs(60);

/// What a server has set and added.
#[derive(Debug)]
pub(super) struct Server {
    /// What it has set.
    pub(super) settings: Settings,
    /// Its own answers.
    pub(super) own: Arc<OwnAnswers>,
    /// What of its settings the knowledge takes for granted.
    defaults: Values,
    /// The engine that its own answers were made ready by.
    engine: Weak<Engine>,
    read: Instant,
}

/// The servers that are kept, and where channels belong.
#[derive(Debug)]
pub(super) struct Servers {
    known: Mutex<Bounded<u64, Arc<Server>>>,
    parents: Mutex<Bounded<u64, Option<u64>>>,
    answered_threads: Mutex<Bounded<u64, ()>>,
}

/// Where something happens, and what the server there has set.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    /// Where.
    pub(super) place: Place,
    /// The channel that a thread belongs to.
    pub(super) parent: Option<u64>,
    /// What holds there.
    pub(super) server: Arc<Server>,
}

impl Server {
    fn new(settings: Settings, own: Vec<store::OwnAnswer>, engine: &Arc<Engine>) -> Self {
        let own = own.into_iter().map(|own| OwnAnswer {
            id: own.id,
            question: own.question,
            ask: own.ask,
            answer: own.answer,
            changed: own.changed,
        });
        let defaults = defaults(&settings, engine.knowledge());
        Self { own: Arc::new(engine.own_answers(own.collect())), settings, defaults, engine: Arc::downgrade(engine), read: Instant::now() }
    }

    fn is_fresh(&self, engine: &Arc<Engine>) -> bool {
        self.read.elapsed() < FRESH && Weak::ptr_eq(&self.engine, &Arc::downgrade(engine))
    }

    /// A place of the server, whatever it may be a thread of.
    pub(super) fn here(self: &Arc<Self>, place: Place) -> Scene {
        Scene { place, parent: None, server: Arc::clone(self) }
    }

    /// The same, read just now.
    fn read_again(&self) -> Self {
        let (settings, own, defaults, engine) =
            (self.settings.clone(), Arc::clone(&self.own), self.defaults.clone(), Weak::clone(&self.engine));
        Self { settings, own, defaults, engine, read: Instant::now() }
    }
}

/// What questions are taken to be about where they name none: what the knowledge still has of what was set.
fn defaults(settings: &Settings, knowledge: &Knowledge) -> Values {
    let known = settings
        .default_facets
        .iter()
        .filter(|(facet, value)| knowledge.facet(facet.as_str()).is_some_and(|facet| facet.home && facet.value(value.as_str()).is_some()));
    known.map(|(facet, value)| (facet.clone(), vec![value.clone()])).collect()
}

impl Servers {
    /// Nothing is known yet.
    pub(super) fn new() -> Self {
        Self {
            known: Mutex::new(Bounded::new(MOST_SERVERS)),
            parents: Mutex::new(Bounded::new(MOST_CHANNELS)),
            answered_threads: Mutex::new(Bounded::new(MOST_CHANNELS)),
        }
    }

    fn known(&self, guild: u64) -> Option<Arc<Server>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get_mut(guild).map(|server| Arc::clone(server))
    }

    fn keep(&self, guild: u64, server: Server) -> Arc<Server> {
        let server = Arc::new(server);
        self.known.lock().unwrap_or_else(PoisonError::into_inner).put(guild, Arc::clone(&server));
        server
    }

    /// Whether a thread gets its first answer that nobody asked for; from now on it has had it.
    pub(super) fn is_first_in(&self, thread: u64) -> bool {
        self.answered_threads.lock().unwrap_or_else(PoisonError::into_inner).insert_new(thread, ())
    }
}

impl Bot {
    /// What that server has set and added; the defaults outside of servers.
    pub(super) async fn server(&self, guild: Option<u64>) -> Arc<Server> {
        let engine = self.engine.get();
        let Some(guild) = guild else { return Arc::new(Server::new(Settings::default(), Vec::new(), &engine)) };
        match self.servers.known(guild) {
            Some(known) if known.is_fresh(&engine) => known,
            known => self.read_server(guild, known, &engine).await,
        }
    }

    /// Reads a server anew, after it changed something.
    pub(super) async fn refresh_server(&self, guild: u64) -> Arc<Server> {
        let known = self.servers.known(guild);
        self.read_server(guild, known, &self.engine.get()).await
    }

    async fn read_server(&self, guild: u64, known: Option<Arc<Server>>, engine: &Arc<Engine>) -> Arc<Server> {
        match (self.store.settings(guild).await, self.store.own_answers(guild).await) {
            (Ok(settings), Ok(own)) => self.servers.keep(guild, Server::new(settings.unwrap_or_default(), own, engine)),
            (settings, own) => {
                let error = settings.err().or(own.err());
                // The store itself tells once that it fails; this is asked with every question.
                tracing::debug!(?error, "the settings of a server could not be read; what was last known holds");
                match known {
                    Some(known) => self.servers.keep(guild, known.read_again()),
                    None => Arc::new(Server::new(Settings::default(), Vec::new(), engine)),
                }
            }
        }
    }

    /// Where an interaction happens.
    pub(super) async fn scene_of(&self, interaction: &Interaction) -> Scene {
        let (guild, channel, partial) = match interaction {
            Interaction::Command(command) | Interaction::Autocomplete(command) => {
                (command.guild_id, command.channel_id, command.channel.as_ref())
            }
            Interaction::Component(press) => (press.guild_id, press.channel_id, press.channel.as_ref()),
            Interaction::Modal(modal) => (modal.guild_id, modal.channel_id, modal.channel.as_ref()),
            _ => (None, ChannelId::default(), None),
        };
        let place = Place::new(guild, channel);
        let parent = partial.and_then(|channel| channel.parent_id).map(ChannelId::get);
        Scene { place, parent, server: self.server(place.guild).await }
    }

    /// Where a message stands. A message does not tell the channel that its thread belongs to; Discord is asked for it, once a channel and
    /// only where it counts.
    pub(super) async fn scene(&self, place: Place) -> Scene {
        let server = self.server(place.guild).await;
        let settings = &server.settings;
        let is_set = settings.answer_channels.contains(&place.channel) || settings.channel_topics.contains_key(&place.channel);
        let nothing_set = settings.answer_channels.is_empty() && settings.channel_topics.is_empty();
        let parent = if is_set || nothing_set { None } else { self.parent(place.channel).await };
        Scene { place, parent, server }
    }

    /// The words of what all see in a place.
    pub(super) async fn texts_in(&self, place: Place) -> Texts {
        let server = self.server(place.guild).await;
        server.here(place).texts(self.locales.of_message(place))
    }

    /// Counts what a person asks for in a place, and says whether they must wait.
    pub(super) fn take(&self, person: u64, place: Place, server: &Server, weight: Weight) -> Result<(), Limited> {
        let pause = Duration::from_secs(server.settings.cooldown_seconds.into());
        self.limits.take(person, place, weight, pause)
    }

    async fn parent(&self, channel: u64) -> Option<u64> {
        let known = self.servers.parents.lock().unwrap_or_else(PoisonError::into_inner).get_mut(channel).copied();
        if let Some(parent) = known {
            return parent;
        }
        let parent = self.sender.thread_parent(channel).await.ok()?;
        self.servers.parents.lock().unwrap_or_else(PoisonError::into_inner).put(channel, parent);
        parent
    }
}

/// For whom a question is answered that is asked in a channel of a server on that day, read from the store. The bot answers by what it
/// keeps of the same; this is for whoever wants to tell why.
///
/// # Errors
/// When the store cannot be read.
pub(crate) async fn view_in(
    store: &dyn Store,
    engine: &Arc<Engine>,
    (guild, channel, parent): (u64, u64, Option<u64>),
    today: Date,
) -> Result<View, StoreError> {
    let settings = store.settings(guild).await?.unwrap_or_default();
    let server = Server::new(settings, store.own_answers(guild).await?, engine);
    let place = Place { guild: Some(guild), channel };
    Ok(Scene { place, parent, server: Arc::new(server) }.view(today, engine.knowledge()))
}

impl Scene {
    /// For whom a question is answered that is asked here on that day.
    pub(super) fn view(&self, today: Date, knowledge: &Knowledge) -> View {
        let topic = self.topic().filter(|topic| knowledge.topic(topic.as_str()).is_some());
        View { defaults: self.server.defaults.clone(), topic: topic.cloned(), own: Some(Arc::clone(&self.server.own)), ..View::on(today) }
    }

    fn topic(&self) -> Option<&TopicId> {
        let topics = &self.server.settings.channel_topics;
        topics.get(&self.place.channel).or_else(|| topics.get(&self.parent?))
    }

    /// How an answer stands here.
    pub(super) fn show(&self, private: bool) -> Show {
        Show { private, plain: self.server.settings.plain_text, ..Show::PUBLIC }
    }

    /// The words of what all see here, where `usual` are those that Discord tells of.
    pub(super) fn texts(&self, usual: Texts) -> Texts {
        self.server.settings.locale.as_deref().map_or(usual, Texts::of_locale)
    }

    /// Whether questions are answered here that are not put to Mabel.
    pub(super) fn is_answer_channel(&self) -> bool {
        let channels = &self.server.settings.answer_channels;
        channels.contains(&self.place.channel) || self.parent.is_some_and(|parent| channels.contains(&parent))
    }
}
