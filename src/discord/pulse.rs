//! Signs of life: noted where they happen, read by the supervisor on its own thread and by whoever asks how she is.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::counts::Counts;

/// How a shard stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It waits until it may begin: others begin, or another process still serves it.
    Waiting,
    /// It has no connection; one is being made.
    Away,
    /// It has a connection, and waits for Discord to say that it is ready.
    Beginning,
    /// It is connected and ready.
    Connected,
}

impl Stage {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Away => "away",
            Self::Beginning => "beginning",
            Self::Connected => "connected",
        }
    }
}

/// How a shard looks at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) shard: u32,
    pub(super) stage: Stage,
    /// Between a heartbeat and its answer; changes with each of them.
    pub(super) latency: Option<Duration>,
    /// The step that its task is in just now, if it does not wait, and how many events it has brought.
    pub(super) step: Option<(u64, u64)>,
}

/// How a shard stands, for whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShardState {
    /// The shard.
    pub shard: u32,
    /// How it stands.
    pub stage: Stage,
    /// For how long it has stood so.
    pub since: Duration,
    /// For how long it has been without a session, the time it had to wait for its turn left out.
    pub apart: Duration,
    /// For how long nothing came in, not even the answer to a heartbeat.
    pub silence: Duration,
    /// Whether it was ever connected.
    pub was_connected: bool,
    /// Between the last heartbeat and its answer.
    pub latency: Option<Duration>,
}

/// What was seen of a shard.
#[derive(Debug)]
struct Signs {
    stage: Stage,
    since: Instant,
    /// Time without a session, in stages that are over.
    apart: Duration,
    last: Instant,
    latency: Option<Duration>,
    /// The step its task was in when it was last looked at, and at how many looks before.
    step: (Option<(u64, u64)>, u32),
    was_connected: bool,
    /// How often it was ready.
    ready: u64,
    /// When it began.
    begun: Vec<Instant>,
}

impl Signs {
    fn new(now: Instant) -> Self {
        let (stage, apart) = (Stage::Waiting, Duration::ZERO);
        Self { stage, since: now, apart, last: now, latency: None, step: (None, 0), was_connected: false, ready: 0, begun: Vec::new() }
    }

    fn apart(&self, now: Instant) -> Duration {
        let counts = matches!(self.stage, Stage::Away | Stage::Beginning);
        if counts { self.apart + now.saturating_duration_since(self.since) } else { self.apart }
    }

    fn stands(&mut self, stage: Stage, now: Instant) {
        if self.stage == stage {
            return;
        }
        self.apart = self.apart(now);
        (self.stage, self.since) = (stage, now);
        if stage == Stage::Connected {
            (self.apart, self.last, self.was_connected) = (Duration::ZERO, now, true);
        }
    }
}

/// Signs of life of a bot.
#[derive(Debug, Default)]
pub struct Pulse {
    counts: Counts,
    shards: Mutex<BTreeMap<u32, Signs>>,
    /// Rings when a shard is ready.
    bell: watch::Sender<()>,
    leaving: AtomicBool,
}

impl Pulse {
    /// What was counted.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// How each shard of this process stands.
    #[must_use]
    pub fn shards(&self, now: Instant) -> Vec<ShardState> {
        let state = |(shard, signs): (&u32, &Signs)| ShardState {
            shard: *shard,
            stage: signs.stage,
            since: now.saturating_duration_since(signs.since),
            apart: signs.apart(now),
            silence: now.saturating_duration_since(signs.last),
            was_connected: signs.was_connected,
            latency: signs.latency,
        };
        self.signs().iter().map(state).collect()
    }

    /// Whether she is on her way out.
    #[must_use]
    pub fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    fn signs(&self) -> MutexGuard<'_, BTreeMap<u32, Signs>> {
        self.shards.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// She is on her way out.
    pub(super) fn leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    /// These are the shards of this process.
    pub(super) fn serves(&self, shards: &[u32], now: Instant) {
        self.signs().extend(shards.iter().map(|shard| (*shard, Signs::new(now))));
    }

    /// An event came in.
    pub(super) fn event(&self, shard: u32, now: Instant) {
        self.counts.events.inc();
        if let Some(signs) = self.signs().get_mut(&shard) {
            signs.last = now;
        }
    }

    /// An event came in that serenity could not read; gives how many those are by now.
    pub(super) fn unknown(&self) -> u64 {
        self.counts.unreadable.inc() + 1
    }

    /// An answer reached nobody; gives how many those are by now.
    pub(super) fn lost(&self) -> u64 {
        self.counts.lost.inc() + 1
    }

    /// A shard has a connection and is about to identify itself.
    pub(super) fn begins(&self, shard: u32, now: Instant) {
        self.signs().entry(shard).or_insert_with(|| Signs::new(now)).begun.push(now);
    }

    /// A shard is ready: it identified itself, and Discord took it.
    pub(super) fn ready(&self, shard: u32, now: Instant) {
        self.counts.begun(shard, "identified");
        self.connected(shard, now);
        if let Some(signs) = self.signs().get_mut(&shard) {
            signs.ready += 1;
        }
        self.bell.send_replace(());
    }

    /// A shard goes on with the session it had.
    pub(super) fn resumed(&self, shard: u32, now: Instant) {
        self.counts.begun(shard, "resumed");
        self.connected(shard, now);
    }

    fn connected(&self, shard: u32, now: Instant) {
        if let Some(signs) = self.signs().get_mut(&shard) {
            signs.stands(Stage::Connected, now);
        }
    }

    /// The shards look like this now. A changed latency is the answer to a heartbeat.
    pub(super) fn looked(&self, looks: &[Look], now: Instant) {
        let mut shards = self.signs();
        for look in looks {
            let Some(signs) = shards.get_mut(&look.shard) else { continue };
            signs.stands(look.stage, now);
            if signs.latency != look.latency {
                (signs.latency, signs.last) = (look.latency, now);
            }
            let looks = if look.step.is_some() && look.step == signs.step.0 { signs.step.1 + 1 } else { 0 };
            signs.step = (look.step, looks);
        }
    }

    /// At how many looks in a row a shard's task was in one and the same step that brought nothing, at most.
    pub(super) fn longest_step(&self) -> u32 {
        self.signs().values().map(|signs| signs.step.1).max().unwrap_or_default()
    }

    /// How often one shard began since that moment, at most; what was earlier is forgotten.
    pub(super) fn most_begun_since(&self, since: Instant) -> usize {
        let mut shards = self.signs();
        let begun = shards.values_mut().map(|signs| {
            signs.begun.retain(|begun| *begun >= since);
            signs.begun.len()
        });
        begun.max().unwrap_or_default()
    }

    /// How often that shard was ready.
    pub(super) fn times_ready(&self, shard: u32) -> u64 {
        self.signs().get(&shard).map_or(0, |signs| signs.ready)
    }

    /// Waits until that shard was ready more often than so many times.
    pub(super) async fn ready_after(&self, shard: u32, times: u64) {
        let mut bell = self.bell.subscribe();
        while self.times_ready(shard) <= times {
            if bell.changed().await.is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_shard_is_silent_since_its_last_event_or_heartbeat() {
        let (pulse, begin) = (Pulse::default(), Instant::now());
        pulse.serves(&[3], begin);
        pulse.event(3, begin + SECOND);
        assert_eq!(pulse.shards(begin + 5 * SECOND)[0].silence, 4 * SECOND);
        let look = |latency| Look { shard: 3, stage: Stage::Connected, latency: Some(latency), step: None };
        pulse.looked(&[look(SECOND)], begin + 5 * SECOND);
        pulse.looked(&[look(SECOND)], begin + 7 * SECOND);
        assert_eq!(pulse.shards(begin + 8 * SECOND)[0].silence, 3 * SECOND);
        pulse.looked(&[look(2 * SECOND)], begin + 8 * SECOND);
        let state = pulse.shards(begin + 8 * SECOND)[0];
        assert_eq!((state.silence, state.since, state.was_connected), (Duration::ZERO, 3 * SECOND, true));
    }

    #[test]
    fn what_began_long_ago_is_forgotten() {
        let (pulse, begin) = (Pulse::default(), Instant::now());
        pulse.serves(&[0, 1], begin);
        for second in [0, 10, 20] {
            pulse.begins(0, begin + second * SECOND);
        }
        pulse.begins(1, begin);
        assert_eq!(pulse.most_begun_since(begin), 3);
        assert_eq!(pulse.most_begun_since(begin + 5 * SECOND), 2);
    }

    #[tokio::test]
    async fn who_waits_for_a_shard_hears_when_it_is_ready() {
        let pulse = std::sync::Arc::new(Pulse::default());
        pulse.serves(&[0, 1], Instant::now());
        let waiting = tokio::spawn({
            let pulse = std::sync::Arc::clone(&pulse);
            async move { pulse.ready_after(1, 0).await }
        });
        pulse.ready(0, Instant::now());
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        pulse.ready(1, Instant::now());
        tokio::time::timeout(SECOND, waiting).await.unwrap().unwrap();
    }
}
