//! The shards of this process: each begins when it is its turn, is kept, and begins again when it is lost.
//!
//! Serenity knows how to keep one connection: heartbeats, resumes, reading events. It does not know when to begin one: its own queue starts
//! a shard every five seconds whatever Discord allows, without a look at what is left for the day or at other processes, and after a lost
//! network it begins anew at once, over and over. So each session gets a runner and a manager of its own here, and the manager's queue has
//! no address to connect to: where it is asked to begin anew it cannot, and the shard comes back to this file instead.
//!
//! Where several processes share the work, a shard is leased in the store: a second process that was given the same shard by mistake
//! waits, and says so. Should both serve it all the same, because the store is gone, Discord itself takes each answer once: messages carry
//! a name ([`super::ledger`]), and an interaction takes one response.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serenity::client::{EventHandler, RawEventHandler};
use serenity::gateway::{ConnectionStage, PresenceData, Shard, ShardManager, ShardManagerOptions, ShardMessenger, ShardRunner};
use serenity::gateway::{ShardRunnerInfo, ShardRunnerOptions};
use serenity::http::Http;
use serenity::model::gateway::{GatewayIntents, ShardInfo};
use serenity::model::id::ShardId;
use tokio::task::JoinSet;

use super::pulse::{Look, Pulse, Stage};
use super::turns::{Common, Lease, NoneLeft, Turns};
use crate::config;

/// Between two tries to connect; the pause doubles.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
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
    pub(super) events: Arc<dyn EventHandler>,
    pub(super) raw_events: Arc<dyn RawEventHandler>,
}

/// The shards of this process.
pub(super) struct Shards {
    make: Make,
    which: config::Shards,
    turns: Turns,
    common: Option<Common>,
    pulse: Arc<Pulse>,
    /// Managers of the sessions there are.
    sessions: Mutex<BTreeMap<u32, Arc<ShardManager>>>,
    waiting: Mutex<BTreeSet<u32>>,
}

impl Shards {
    /// Those shards, not yet begun.
    pub(super) fn new(make: Make, which: config::Shards, turns: Turns, common: Option<Common>, pulse: Arc<Pulse>) -> Self {
        pulse.serves(&which.ids, Instant::now());
        let waiting = Mutex::new(which.ids.iter().copied().collect());
        Self { make, which, turns, common, pulse, sessions: Mutex::default(), waiting }
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
        for shard in &self.which.ids {
            let manager = self.sessions().get(shard).cloned();
            let seen = match manager {
                Some(manager) => {
                    let runners = manager.runners.try_lock().ok()?;
                    runners.get(&ShardId(*shard)).map(|runner| (stage_of(runner.stage), runner.latency))
                }
                None => None,
            };
            let waits = self.waiting().contains(shard);
            let (stage, latency) = seen.unwrap_or((if waits { Stage::Waiting } else { Stage::Away }, None));
            looks.push(Look { shard: *shard, stage, latency });
        }
        Some(looks)
    }

    /// Leaves the gateway with all of them, so that Mabel shows as offline at once and another process may take over.
    pub(super) async fn leave(&self) {
        self.pulse.leave();
        let managers: Vec<_> = self.sessions().values().cloned().collect();
        join_all(managers.iter().map(|manager| manager.shutdown_all())).await;
        if let Some(common) = &self.common {
            let lease = |shard: &u32| Lease::of_shard(common.clone(), *shard, self.which.total);
            join_all(self.which.ids.iter().map(async |shard| lease(shard).end().await)).await;
        }
    }

    fn sessions(&self) -> MutexGuard<'_, BTreeMap<u32, Arc<ShardManager>>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// One session after another.
    async fn begin_again(&self, shard: u32) -> Fall {
        let (mut pause, mut again) = (FIRST_PAUSE, false);
        loop {
            self.waiting().insert(shard);
            let turn = self.turns.turn(shard, again).await;
            self.waiting().remove(&shard);
            let (turn, address) = match turn {
                Ok(turn) => turn,
                Err(none) => return Fall::NoneLeft(none),
            };
            match self.connect(shard, address).await {
                Ok(session) => {
                    (pause, again) = (FIRST_PAUSE, true);
                    let (pulse, times) = (Arc::clone(&self.pulse), self.pulse.times_ready(shard));
                    pulse.begins(shard, Instant::now());
                    tokio::spawn(turn.used(async move { pulse.ready_after(shard, times).await }));
                    if let Err(error) = self.run(shard, session).await {
                        return Fall::Gateway(error);
                    }
                    tracing::info!(shard, "the session is over; a new one begins");
                }
                Err(error) => {
                    turn.unused().await;
                    tracing::warn!(shard, %error, pause_seconds = pause.as_secs(), "no connection to the gateway");
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
            if self.pulse.is_leaving() {
                return std::future::pending().await;
            }
        }
    }

    async fn connect(&self, shard: u32, address: String) -> Result<Shard, serenity::Error> {
        let (address, info) = (Arc::new(tokio::sync::Mutex::new(address)), ShardInfo { id: ShardId(shard), total: self.which.total });
        Shard::new(address, self.make.token.expose(), info, self.make.intents, Some(self.make.presence.clone())).await
    }

    /// Runs a session to its end.
    async fn run(&self, shard: u32, session: Shard) -> Result<(), serenity::Error> {
        let manager = self.manager();
        let mut runner = ShardRunner::new(ShardRunnerOptions {
            data: Arc::default(),
            event_handlers: vec![Arc::clone(&self.make.events)],
            raw_event_handlers: vec![Arc::clone(&self.make.raw_events)],
            manager: Arc::clone(&manager),
            shard: session,
            http: Arc::clone(&self.make.http),
        });
        let messenger = ShardMessenger::new(&runner);
        // Serenity reports a stage only when it changes while an event is read, so a new runner stands as disconnected until READY.
        let info = || ShardRunnerInfo { latency: None, runner_tx: messenger.clone(), stage: ConnectionStage::Disconnected };
        manager.runners.lock().await.insert(ShardId(shard), info());
        self.sessions().insert(shard, Arc::clone(&manager));
        let ended = Box::pin(runner.run()).await;
        self.sessions().remove(&shard);
        if !self.pulse.is_leaving() {
            tokio::spawn(retire(manager, ShardId(shard), info()));
        }
        ended
    }

    /// A manager for one session.
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

/// Ends the queue of a manager whose session is over. It ends only where it has a session to end, so it is given the old one back.
async fn retire(manager: Arc<ShardManager>, shard: ShardId, info: ShardRunnerInfo) {
    manager.runners.lock().await.insert(shard, info);
    manager.shutdown_all().await;
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
