//! How she is: whether she can answer, and what is wrong if she can not or not well.
//!
//! Three parts are looked at: the connection to Discord, the store, the knowledge. Only the first can keep her from answering. Without a
//! store edits are not followed, with faulty files the last good knowledge answers: both are told, and she is ready all the same.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use serde::Serialize;
use tokio::sync::watch;

use super::reload::Standing;
use crate::discord::{CurrentEngine, Pulse, ShardState, Stage};
use crate::store::{Steady, StoreHealth};

/// A connection that was lost is mostly back within this time, and Discord gives again what was said meanwhile.
const SHORT_ABSENCE: Duration = Duration::from_secs(30);
/// Heartbeats are answered every 41 seconds. A connection that missed two of them is most likely dead.
const LONG_SILENCE: Duration = Duration::from_secs(100);

/// In one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// All is well.
    Well,
    /// She answers, but something needs a look.
    Degraded,
    /// She does not answer, or not everywhere.
    NotReady,
}

/// How she is.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// In one word.
    pub state: State,
    /// Why it is not [`State::Well`].
    pub reasons: Vec<String>,
    /// The shards of this process, by number.
    pub shards: BTreeMap<u32, ShardReport>,
    /// The store; none if nothing is kept beyond the process.
    pub store: Option<StoreReport>,
    /// The knowledge.
    pub knowledge: KnowledgeReport,
}

/// How a shard stands.
#[derive(Clone, Debug, Serialize)]
pub struct ShardReport {
    /// `waiting`, `away`, `beginning` or `connected`.
    pub stage: &'static str,
    /// For how long.
    pub seconds: u64,
    /// Since its last event or answered heartbeat.
    pub silent_seconds: u64,
}

/// How the store stands.
#[derive(Clone, Debug, Serialize)]
pub struct StoreReport {
    /// What is wrong, if anything is.
    pub trouble: Option<String>,
    /// How many writes wait.
    pub queued: usize,
    /// How many were given up since the start.
    pub dropped: u64,
    /// How many uses failed since the start.
    pub failures: u64,
}

/// How the knowledge stands.
#[derive(Clone, Debug, Serialize)]
pub struct KnowledgeReport {
    /// Its version, as its files say.
    pub version: String,
    /// How many entries answer.
    pub entries: usize,
    /// How often knowledge was put in use; 1 is what was there at the start.
    pub generation: u64,
    /// Since when what is in use is in use, in seconds since 1970.
    pub loaded_at: u64,
    /// Whether the files as they are now are what answers.
    pub in_use: bool,
    /// Faults that keep the files from being used.
    pub errors: usize,
    /// Faults that do not.
    pub warnings: usize,
}

/// What is looked at.
#[derive(Clone)]
pub struct Health {
    /// Signs of life of the connection.
    pub pulse: Arc<Pulse>,
    /// What outlives a question, where there is more than memory.
    pub store: Option<Arc<Steady>>,
    /// Who answers.
    pub engine: CurrentEngine,
    /// How the knowledge in use stands to its files.
    pub standing: watch::Receiver<Standing>,
}

impl Health {
    /// How she is now.
    #[must_use]
    pub fn report(&self) -> Report {
        let standing = self.standing.borrow().clone();
        let store = self.store.as_ref().map(|store| store.health());
        let shards = self.pulse.shards(Instant::now());
        let (state, reasons) = judge(&shards, store.as_ref(), &standing, self.pulse.is_leaving());
        let engine = self.engine.get();
        let errors = standing.errors().count();
        let knowledge = KnowledgeReport {
            version: engine.knowledge().about.version.clone(),
            entries: engine.knowledge().entries.len(),
            generation: standing.generation,
            loaded_at: standing.loaded_at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs(),
            in_use: standing.in_use,
            errors,
            warnings: standing.faults.len() - errors,
        };
        let store = store.map(|health| StoreReport {
            trouble: health.trouble,
            queued: health.queued,
            dropped: health.dropped,
            failures: health.failures,
        });
        let shards = shards.iter().map(|shard| (shard.shard, ShardReport::of(shard))).collect();
        Report { state, reasons, shards, store, knowledge }
    }
}

impl ShardReport {
    fn of(shard: &ShardState) -> Self {
        Self { stage: shard.stage.name(), seconds: shard.since.as_secs(), silent_seconds: shard.silence.as_secs() }
    }
}

/// The state, and why it is not the best.
fn judge(shards: &[ShardState], store: Option<&StoreHealth>, standing: &Standing, leaving: bool) -> (State, Vec<String>) {
    let (mut refused, mut told) = (Vec::new(), Vec::new());
    if leaving {
        refused.push("she is being stopped".to_owned());
    }
    if shards.is_empty() {
        refused.push("she has not begun to connect to Discord".to_owned());
    }
    for shard in shards {
        let seconds = shard.since.as_secs();
        match shard.stage {
            Stage::Connected if shard.silence > LONG_SILENCE => {
                refused.push(format!("shard {} has heard nothing from Discord for {} seconds", shard.shard, shard.silence.as_secs()));
            }
            Stage::Connected => {}
            stage if shard.was_connected && shard.apart <= SHORT_ABSENCE => {
                told.push(format!("shard {} lost its connection and is {} since {seconds} seconds", shard.shard, stage.name()));
            }
            stage => refused.push(format!("shard {} is not connected: {} since {seconds} seconds", shard.shard, stage.name())),
        }
    }
    if let Some(health) = store
        && let Some(trouble) = &health.trouble
    {
        let seconds = health.for_how_long.as_secs();
        told.push(format!("the store fails since {seconds} seconds: {trouble}; answers go on, {} writes wait", health.queued));
    }
    if !standing.in_use {
        let errors = standing.errors().count();
        told.push(format!("the knowledge files have {errors} errors; the last good knowledge answers: run `mabel check`"));
    }
    let state = match (refused.is_empty(), told.is_empty()) {
        (false, _) => State::NotReady,
        (true, false) => State::Degraded,
        (true, true) => State::Well,
    };
    (state, [refused, told].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard(stage: Stage) -> ShardState {
        let seconds = Duration::from_secs(5);
        ShardState { shard: 0, stage, since: seconds, apart: seconds, silence: seconds, was_connected: true, latency: None }
    }

    fn standing(in_use: bool) -> Standing {
        Standing { generation: 1, in_use, ..Standing::default() }
    }

    fn state(shards: &[ShardState], store: &StoreHealth, in_use: bool, leaving: bool) -> State {
        let (state, reasons) = judge(shards, Some(store), &standing(in_use), leaving);
        assert_eq!(state == State::Well, reasons.is_empty(), "{reasons:?}");
        state
    }

    #[test]
    fn only_the_connection_keeps_her_from_being_ready() {
        let (well, failing) = (StoreHealth::default(), StoreHealth { trouble: Some("locked".to_owned()), ..StoreHealth::default() });
        let connected = [shard(Stage::Connected)];
        assert_eq!(state(&connected, &well, true, false), State::Well);
        assert_eq!(state(&connected, &failing, true, false), State::Degraded);
        assert_eq!(state(&connected, &well, false, false), State::Degraded);
        assert_eq!(state(&connected, &well, true, true), State::NotReady);
        assert_eq!(state(&[], &well, true, false), State::NotReady);
        let silent = ShardState { silence: Duration::from_secs(101), ..shard(Stage::Connected) };
        assert_eq!(state(&[silent], &well, true, false), State::NotReady);
    }

    #[test]
    fn a_shard_that_is_back_soon_is_waited_for_one_that_never_was_there_is_not() {
        let well = StoreHealth::default();
        for stage in [Stage::Away, Stage::Beginning, Stage::Waiting] {
            assert_eq!(state(&[shard(Stage::Connected), shard(stage)], &well, true, false), State::Degraded);
            let long = ShardState { apart: Duration::from_secs(31), ..shard(stage) };
            assert_eq!(state(&[shard(Stage::Connected), long], &well, true, false), State::NotReady);
            let new = ShardState { was_connected: false, ..shard(stage) };
            assert_eq!(state(&[new], &well, true, false), State::NotReady);
        }
    }

    #[test]
    fn each_reason_is_told() {
        let failing = StoreHealth { trouble: Some("locked".to_owned()), queued: 7, ..StoreHealth::default() };
        let (_, reasons) = judge(&[shard(Stage::Away)], Some(&failing), &standing(false), false);
        assert_eq!(reasons.len(), 3);
        assert!(reasons[1].contains("locked; answers go on, 7 writes wait"), "{reasons:?}");
    }
}
