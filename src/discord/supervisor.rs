//! Watches the gateway from a thread of its own, and says when the process had better start anew.
//!
//! Serenity 0.12 has faults that no setting mends. After a refused shard (close codes 4003, 4010, 4011) it spins on the dead socket until
//! the next heartbeat and identifies again, over and over: a day of that uses up the 1,000 identifies Discord allows, and the token is
//! reset. While it spins, timers of the whole process stall, so a watch that sleeps on tokio sleeps as well. A shard may also be lost
//! without a word. The rules below turn each of these into an exit code, and the service manager's pause between restarts does the rest.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use serenity::gateway::{ConnectionStage, ShardManager};
use tokio::sync::watch;

use super::pulse::Pulse;

/// Without a connection for longer than this, the process ends.
const LONGEST_ABSENCE: Duration = Duration::from_secs(180);
/// Serenity starts a shard every five seconds.
const EACH_SHARD: Duration = Duration::from_secs(6);
/// Once a socket is open, Discord says READY within moments, or never.
const LONGEST_BEGINNING: Duration = Duration::from_secs(30);
/// More beginnings than this in [`WINDOW`] are a sign of a fault that beginning anew does not mend.
const MOST_BEGINNINGS: usize = 4;
const WINDOW: Duration = Duration::from_secs(600);
/// A connection that gave no sign of life for this long is dead: heartbeats are answered every 41 seconds.
const LONGEST_SILENCE: Duration = Duration::from_secs(180);
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

/// Why the process had better start anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Verdict {
    /// Not all shards were connected for too long.
    #[error("not connected to Discord for {} seconds", LONGEST_ABSENCE.as_secs())]
    Absent,
    /// Discord opened a socket and said no more.
    #[error("Discord did not take the connection; it may have refused the shards (close code 4003, 4010 or 4011)")]
    Refused,
    /// The connection was begun anew too often.
    #[error("the connection to Discord was begun anew more than {MOST_BEGINNINGS} times within {} minutes", WINDOW.as_secs() / 60)]
    Unsteady,
    /// Nothing came in, not even the answer to a heartbeat.
    #[error("no sign of life from Discord for {} seconds", LONGEST_SILENCE.as_secs())]
    Silent,
}

/// What a shard looks like at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    shard: u32,
    stage: ConnectionStage,
    latency: Option<Duration>,
}

impl Look {
    /// Whether the shard has a socket and waits for READY.
    ///
    /// A new runner stands as `Disconnected` until then: serenity reports a stage only when it changes while an event is read, and the
    /// identify comes after that.
    fn is_beginning(&self) -> bool {
        matches!(self.stage, ConnectionStage::Disconnected | ConnectionStage::Handshake | ConnectionStage::Identifying)
    }
}

/// What was seen so far.
struct Watch {
    shards: usize,
    absent_since: Option<Instant>,
    beginning_since: Option<Instant>,
    /// When a shard was seen to begin; those that are ready within a second are counted by the pulse.
    begun: Vec<Instant>,
    last_sign: (u64, Vec<Look>),
    last_sign_at: Instant,
}

impl Watch {
    fn new(shards: usize, now: Instant) -> Self {
        Self { shards, absent_since: Some(now), beginning_since: None, begun: Vec::new(), last_sign: (0, Vec::new()), last_sign_at: now }
    }

    /// Looks at the shards (`None`: they could not be looked at) and judges.
    fn judge(&mut self, now: Instant, pulse: &Pulse, shards: Option<Vec<Look>>) -> Option<Verdict> {
        if let Some(shards) = shards {
            self.note(now, pulse, shards);
        }
        let longer = |since: Option<Instant>, limit| since.is_some_and(|since| now.saturating_duration_since(since) > limit);
        let for_all = EACH_SHARD * u32::try_from(self.shards.saturating_sub(1)).unwrap_or(u32::MAX);
        let window = now.checked_sub(WINDOW).unwrap_or(now);
        self.begun.retain(|begun| *begun >= window);
        if longer(self.beginning_since, LONGEST_BEGINNING + for_all) {
            Some(Verdict::Refused)
        } else if self.begun.len() > MOST_BEGINNINGS * self.shards || pulse.most_ready_since(window) > MOST_BEGINNINGS {
            Some(Verdict::Unsteady)
        } else if longer(self.absent_since, LONGEST_ABSENCE + for_all) {
            Some(Verdict::Absent)
        } else {
            longer(Some(self.last_sign_at), LONGEST_SILENCE + for_all).then_some(Verdict::Silent)
        }
    }

    fn note(&mut self, now: Instant, pulse: &Pulse, shards: Vec<Look>) {
        let connected = shards.iter().filter(|shard| shard.stage == ConnectionStage::Connected).count();
        self.absent_since = (connected < self.shards).then(|| self.absent_since.unwrap_or(now));
        self.beginning_since = shards.iter().any(Look::is_beginning).then(|| self.beginning_since.unwrap_or(now));
        let sign = (pulse.events(), shards);
        if sign != self.last_sign {
            let stood = |look: &Look| self.last_sign.1.iter().any(|last| (last.shard, last.stage) == (look.shard, look.stage));
            let new = sign.1.iter().filter(|look| look.stage == ConnectionStage::Disconnected && !stood(look)).count();
            self.begun.extend(std::iter::repeat_n(now, new));
            self.last_sign = sign;
            self.last_sign_at = now;
        }
    }
}

/// A watch that ends when it is dropped.
pub(super) struct Supervisor {
    verdict: watch::Receiver<Option<Verdict>>,
    _stop: mpsc::Sender<()>,
}

impl Supervisor {
    /// Begins to watch.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn start(manager: Arc<ShardManager>, pulse: Arc<Pulse>, shards: u32) -> std::io::Result<Self> {
        let (sender, verdict) = watch::channel(None);
        let (stop, stopped) = mpsc::channel::<()>();
        thread::Builder::new().name("supervisor".to_owned()).spawn(move || {
            let mut watch = Watch::new(shards as usize, Instant::now());
            while stopped.recv_timeout(BETWEEN_LOOKS) == Err(RecvTimeoutError::Timeout) {
                if let Some(verdict) = watch.judge(Instant::now(), &pulse, look(&manager)) {
                    sender.send_replace(Some(verdict));
                    break;
                }
            }
        })?;
        Ok(Self { verdict, _stop: stop })
    }

    /// Waits for a verdict; for ever if there is none.
    pub(super) async fn verdict(&mut self) -> Verdict {
        loop {
            if let Some(verdict) = *self.verdict.borrow() {
                return verdict;
            }
            if self.verdict.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}

fn look(manager: &ShardManager) -> Option<Vec<Look>> {
    let runners = manager.runners.try_lock().ok()?;
    let mut looks: Vec<Look> =
        runners.iter().map(|(shard, runner)| Look { shard: shard.0, stage: runner.stage, latency: runner.latency }).collect();
    looks.sort_by_key(|look| look.shard);
    Some(looks)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a watch over one shard that is in those stages, each for so many seconds, and tells the verdict and its second.
    fn watched(stages: &[(ConnectionStage, u64)], events_each_second: bool) -> Option<(Verdict, u64)> {
        let begin = Instant::now();
        let pulse = Pulse::default();
        let mut watch = Watch::new(1, begin);
        let mut second = 0;
        for (stage, seconds) in stages {
            for _ in 0..*seconds {
                second += 1;
                if events_each_second {
                    pulse.event();
                }
                let look = Look { shard: 0, stage: *stage, latency: None };
                if let Some(verdict) = watch.judge(begin + Duration::from_secs(second), &pulse, Some(vec![look])) {
                    return Some((verdict, second));
                }
            }
        }
        None
    }

    #[test]
    fn a_steady_connection_is_left_alone() {
        assert_eq!(watched(&[(ConnectionStage::Disconnected, 2), (ConnectionStage::Connected, 5000)], true), None);
    }

    #[test]
    fn a_short_absence_is_forgiven_a_long_one_is_not() {
        use ConnectionStage::{Connected, Connecting};
        assert_eq!(watched(&[(Connected, 5), (Connecting, 170), (Connected, 5), (Connecting, 170)], true), None);
        assert_eq!(watched(&[(Connected, 5), (Connecting, 400)], true), Some((Verdict::Absent, 5 + 182)));
    }

    #[test]
    fn a_socket_without_a_ready_ends_in_half_a_minute() {
        assert_eq!(watched(&[(ConnectionStage::Disconnected, 60)], false), Some((Verdict::Refused, 32)));
    }

    #[test]
    fn a_connection_without_a_sign_of_life_is_dead() {
        assert_eq!(watched(&[(ConnectionStage::Connected, 400)], false), Some((Verdict::Silent, 182)));
    }

    #[test]
    fn beginning_anew_again_and_again_is_a_fault() {
        use ConnectionStage::{Connected, Disconnected};
        let one = [(Disconnected, 5), (Connected, 60)];
        assert_eq!(watched(&[one, one, one, one].concat(), true), None);
        assert_eq!(watched(&[one, one, one, one, one].concat(), true), Some((Verdict::Unsteady, 4 * 65 + 1)));
        let later = [(Connected, 600), (Disconnected, 5), (Connected, 60)];
        assert_eq!(watched(&[&[one, one, one, one].concat(), later.as_slice()].concat(), true), None, "it is forgotten in time");
    }

    #[test]
    fn being_ready_again_and_again_is_a_fault_even_if_no_beginning_was_seen() {
        let begin = Instant::now();
        let pulse = Pulse::default();
        let mut watch = Watch::new(1, begin);
        let mut judge = |second: u64| {
            let now = begin + Duration::from_secs(second);
            pulse.ready(0, now);
            let latency = Some(Duration::from_millis(second));
            watch.judge(now, &pulse, Some(vec![Look { shard: 0, stage: ConnectionStage::Connected, latency }]))
        };
        assert_eq!([0, 100, 120, 140].map(&mut judge), [None; 4]);
        assert_eq!(judge(160), Some(Verdict::Unsteady));
    }
}
