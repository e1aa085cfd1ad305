//! The shards of this process: each begins when it is its turn, is kept, and begins again when it is lost.
//!
//! Serenity knows how to keep one connection: heartbeats, resumes, reading events. It does not know when to begin one: its own queue starts
//! a shard every five seconds whatever Discord allows, without a look at what is left for the day or at other processes, and after a lost
//! network it begins anew at once, over and over. So each connection gets a runner and a manager of its own here, and the manager's queue
//! has no address to connect to: where it is asked to begin anew it cannot, and the shard comes back to this file instead. Here the session
//! is gone on with ([`super::session`]); only where Discord refuses that, another one begins.
//!
//! Where several processes share the work, a shard is leased in the store: a second process that was given the same shard by mistake
//! waits, and says so. Should both serve it all the same, because the store is gone, Discord itself takes each answer once: messages carry
//! a name ([`super::ledger`]), and an interaction takes one response.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serenity::gateway::{ConnectionStage, PresenceData, Shard, ShardManager, ShardManagerOptions, ShardMessenger, ShardRunner};
use serenity::gateway::{ShardRunnerInfo, ShardRunnerMessage, ShardRunnerOptions};
use serenity::http::Http;
use serenity::model::gateway::{GatewayIntents, ShardInfo};
use serenity::model::id::ShardId;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::bot::Bot;
use super::events::Events;
use super::progress::Progress;
use super::pulse::{Look, Pulse, Stage};
use super::session::{Notes, Session};
use super::turns::{Common, Lease, NoneLeft, Turns};
use crate::config;

/// Between two tries to connect; the pause doubles.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A connection is made in far less, or not at all.
const CONNECT: Duration = Duration::from_secs(15);
/// Closing with this code ends the session at once: Mabel shows as offline, and events wait for nobody.
const GOODBYE: u16 = 1000;
/// A shard is leased for so long, and the lease renewed well before that. A process that was killed keeps others waiting no longer.
const LEASE: Duration = Duration::from_secs(10);
const RENEW: Duration = Duration::from_secs(3);
/// Who holds a shard for longer is no process on its way out.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Why a shard, and with it the process, cannot go on.
#[derive(Debug)]
pub(super) enum Fall {
    /// Discord ended it for good.
    Gateway(serenity::Error),
    /// Discord allows no more sessions for now.
    NoneLeft(NoneLeft),
    /// Another process serves the shard.
    Served(u32),
    /// Another process has taken the shard over.
    TakenOver(u32),
}

/// What a session is made of.
pub(super) struct Make {
    pub(super) http: Arc<Http>,
    pub(super) token: crate::config::Secret,
    pub(super) intents: GatewayIntents,
    pub(super) presence: PresenceData,
    pub(super) bot: Arc<Bot>,
}

/// A connection that runs.
struct Connection {
    manager: Arc<ShardManager>,
    messenger: ShardMessenger,
    progress: Arc<Progress>,
    notes: Arc<Notes>,
}

impl Connection {
    /// The step its task is in just now, and how many events it has brought.
    fn step(&self) -> Option<(u64, u64)> {
        self.progress.step().map(|step| (step, self.notes.heard()))
    }
}

/// A connection and the notes on its session, or why there is none.
type Made = Result<(Shard, Arc<Notes>), serenity::Error>;

/// The shards of this process.
pub(super) struct Shards {
    make: Make,
    which: config::Shards,
    turns: Turns,
    common: Option<Common>,
    pulse: Arc<Pulse>,
    connections: Mutex<BTreeMap<u32, Connection>>,
    /// Rings when a connection has ended.
    ended: Notify,
    waiting: Mutex<BTreeSet<u32>>,
}

impl Shards {
    /// Those shards, not yet begun.
    pub(super) fn new(make: Make, which: config::Shards, turns: Turns, common: Option<Common>, pulse: Arc<Pulse>) -> Self {
        pulse.serves(&which.ids, Instant::now());
        let waiting = Mutex::new(which.ids.iter().copied().collect());
        Self { make, which, turns, common, pulse, connections: Mutex::default(), ended: Notify::new(), waiting }
    }

    /// Keeps all of them until one cannot go on.
    pub(super) async fn keep(self: &Arc<Self>) -> Fall {
        let mut tasks = JoinSet::new();
        for shard in self.which.ids.clone() {
            let shards = Arc::clone(self);
            tasks.spawn(async move { shards.keep_one(shard).await });
        }
        while let Some(ended) = tasks.join_next().await {
            match ended {
                Ok(fall) => return fall,
                Err(error) => tracing::error!(%error, "a shard broke"),
            }
        }
        std::future::pending().await
    }

    /// How they look; none if that cannot be said just now.
    pub(super) fn look(&self) -> Option<Vec<Look>> {
        let mut looks = Vec::new();
        let connections = self.connections();
        for shard in &self.which.ids {
            let connection = connections.get(shard);
            let seen = match connection {
                Some(connection) => {
                    let runners = connection.manager.runners.try_lock().ok()?;
                    runners.get(&ShardId(*shard)).map(|runner| (stage_of(runner.stage), runner.latency))
                }
                None => None,
            };
            let waits = self.waiting().contains(shard);
            let (stage, latency) = seen.unwrap_or((if waits { Stage::Waiting } else { Stage::Away }, None));
            looks.push(Look { shard: *shard, stage, latency, step: connection.and_then(Connection::step) });
        }
        Some(looks)
    }

    /// Leaves the gateway with all of them, so that Mabel shows as offline at once and another process may take over.
    pub(super) async fn leave(&self) {
        self.pulse.leave();
        for (shard, connection) in &*self.connections() {
            connection.messenger.send_to_shard(ShardRunnerMessage::Shutdown(ShardId(*shard), GOODBYE));
        }
        loop {
            let ended = self.ended.notified();
            if self.connections().is_empty() {
                break;
            }
            ended.await;
        }
        if let Some(common) = &self.common {
            let lease = |shard: &u32| Lease::of_shard(common.clone(), *shard, self.which.total);
            join_all(self.which.ids.iter().map(async |shard| lease(shard).end().await)).await;
        }
    }

    fn connections(&self) -> MutexGuard<'_, BTreeMap<u32, Connection>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeSet<u32>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn keep_one(self: Arc<Self>, shard: u32) -> Fall {
        let Some(common) = self.common.clone() else { return self.begin_again(shard).await };
        let lease = Lease::of_shard(common, shard, self.which.total);
        if !had_within(LONGEST_WAIT, shard, &lease).await {
            return Fall::Served(shard);
        }
        tokio::select! {
            fall = self.begin_again(shard) => fall,
            () = renewed_until_lost(&lease) => Fall::TakenOver(shard),
        }
    }

    /// One connection after another: for the session there was, or for a new one.
    async fn begin_again(&self, shard: u32) -> Fall {
        let (mut tries, mut again) = (0, false);
        let mut left: Option<Session> = None;
        loop {
            let made = match &left {
                Some(session) => self.go_on(shard, session, tries).await,
                None => match self.begin(shard, again).await {
                    Ok(made) => made,
                    Err(none) => return Fall::NoneLeft(none),
                },
            };
            match made {
                Ok((connection, notes)) => {
                    if let Err(error) = self.run(shard, connection, &notes).await {
                        return Fall::Gateway(error);
                    }
                    if self.pulse.is_leaving() {
                        return std::future::pending().await;
                    }
                    let (went_on, session) = (left.is_some(), notes.session());
                    tracing::info!(shard, goes_on = session.is_some(), "the connection is over");
                    if went_on && session.is_none() {
                        tokio::time::sleep(before_another_session(shard)).await;
                    }
                    (tries, again, left) = (0, true, session);
                }
                Err(error) => {
                    let pause = FIRST_PAUSE.saturating_mul(1 << tries.min(8)).min(LONGEST_PAUSE);
                    tracing::warn!(shard, %error, pause_seconds = pause.as_secs(), "no connection to the gateway");
                    tokio::time::sleep(pause).await;
                    tries += 1;
                    if self.pulse.is_leaving() {
                        return std::future::pending().await;
                    }
                }
            }
        }
    }

    /// A connection for a session that is to begin, when it is its turn.
    async fn begin(&self, shard: u32, again: bool) -> Result<Made, NoneLeft> {
        self.waiting().insert(shard);
        let turn = self.turns.turn(shard, again).await;
        self.waiting().remove(&shard);
        let (turn, address) = turn?;
        let notes = Notes::new(address);
        let made = self.connect(shard, &notes).await;
        if made.is_ok() {
            let (pulse, times) = (Arc::clone(&self.pulse), self.pulse.times_ready(shard));
            pulse.begins(shard, Instant::now());
            tokio::spawn(turn.used(async move { pulse.ready_after(shard, times).await }));
        } else {
            turn.unused().await;
        }
        Ok(made.map(|connection| (connection, notes)))
    }

    /// A connection for a session that there was; where Discord wants it, and every other time where all begin.
    async fn go_on(&self, shard: u32, session: &Session, tries: u32) -> Made {
        let own = Some(session.address().to_owned()).filter(|_| tries.is_multiple_of(2));
        let notes = Notes::going_on(session.clone(), own.unwrap_or_else(|| self.turns.known_address()));
        let mut connection = self.connect(shard, &notes).await?;
        session.hand_to(&mut connection);
        Ok((connection, notes))
    }

    async fn connect(&self, shard: u32, notes: &Notes) -> Result<Shard, serenity::Error> {
        let info = ShardInfo { id: ShardId(shard), total: self.which.total };
        let token = self.make.token.expose();
        let connecting = Shard::new(notes.address(), token, info, self.make.intents, Some(self.make.presence.clone()));
        match timeout(CONNECT, connecting).await {
            Ok(connected) => connected,
            Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut).into()),
        }
    }

    /// Runs a connection to its end.
    async fn run(&self, shard: u32, connection: Shard, notes: &Arc<Notes>) -> Result<(), serenity::Error> {
        let manager = self.manager();
        // A runner that asks for its restart waits five seconds for itself to end, unless it hears that it has.
        manager.shutdown_finished(ShardId(shard));
        let events = Arc::new(Events { bot: Arc::clone(&self.make.bot), notes: Arc::clone(notes) });
        let mut runner = ShardRunner::new(ShardRunnerOptions {
            data: Arc::default(),
            event_handlers: vec![Arc::<Events>::clone(&events)],
            raw_event_handlers: vec![events],
            manager: Arc::clone(&manager),
            shard: connection,
            http: Arc::clone(&self.make.http),
        });
        let (messenger, progress) = (ShardMessenger::new(&runner), Arc::new(Progress::default()));
        // Serenity reports a stage only when it changes while an event is read, so a new runner stands as disconnected until READY.
        let info = || ShardRunnerInfo { latency: None, runner_tx: messenger.clone(), stage: ConnectionStage::Disconnected };
        manager.runners.lock().await.insert(ShardId(shard), info());
        let connection = Connection {
            manager: Arc::clone(&manager),
            messenger: messenger.clone(),
            progress: Arc::clone(&progress),
            notes: Arc::clone(notes),
        };
        self.connections().insert(shard, connection);
        let ended = tokio::select! {
            ended = progress.of(Box::pin(runner.run())) => ended,
            () = progress.in_circles(|| notes.heard()) => Ok(()),
        };
        self.connections().remove(&shard);
        self.ended.notify_waiters();
        if !self.pulse.is_leaving() {
            tokio::spawn(retire(manager, ShardId(shard), info()));
        }
        ended
    }

    /// A manager for one connection.
    fn manager(&self) -> Arc<ShardManager> {
        let options = ShardManagerOptions {
            data: Arc::default(),
            event_handlers: Vec::new(),
            raw_event_handlers: Vec::new(),
            shard_index: 0,
            shard_init: 0,
            shard_total: self.which.total,
            // No address: its queue can begin nothing.
            ws_url: Arc::default(),
            http: Arc::clone(&self.make.http),
            intents: self.make.intents,
            presence: None,
        };
        ShardManager::new(options).0
    }
}

/// Ends the queue of a manager whose connection is over. It ends only where it has one to end, so it is given the old one back.
async fn retire(manager: Arc<ShardManager>, shard: ShardId, info: ShardRunnerInfo) {
    manager.runners.lock().await.insert(shard, info);
    manager.shutdown_all().await;
}

/// How long Discord wants another session to wait after a refused one: between one and five seconds, by chance.
fn before_another_session(shard: u32) -> Duration {
    Duration::from_millis(1000 + RandomState::new().hash_one(shard) % 4000)
}

/// Whether a shard is this process's before that time is over. A store that cannot say leaves it to this process.
async fn had_within(limit: Duration, shard: u32, lease: &Lease) -> bool {
    let begin = Instant::now();
    loop {
        if lease.hold(LEASE).await.unwrap_or(true) {
            return true;
        }
        if begin.elapsed() > limit {
            return false;
        }
        tracing::warn!(shard, "another process serves this shard; waiting for it to leave");
        tokio::time::sleep(RENEW).await;
    }
}

/// Holds on to a shard; done when another process has it, because this one could not renew its lease for too long.
async fn renewed_until_lost(lease: &Lease) {
    while lease.hold(LEASE).await.unwrap_or(true) {
        tokio::time::sleep(RENEW).await;
    }
}

fn stage_of(stage: ConnectionStage) -> Stage {
    match stage {
        ConnectionStage::Connected => Stage::Connected,
        ConnectionStage::Disconnected | ConnectionStage::Handshake | ConnectionStage::Identifying => Stage::Beginning,
        _ => Stage::Away,
    }
}
