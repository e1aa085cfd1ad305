//! Watches the gateway from a thread of its own, and says when the process had better start anew.
//!
//! Serenity 0.12 has faults that no setting mends. After a refused shard (close codes 4003, 4010, 4011) it spins on the dead socket until
//! the next heartbeat and identifies again, over and over: a day of that uses up the 1,000 identifies Discord allows, and the token is
//! reset. While it spins ([`super::progress`]), timers of the whole process stall, so a watch that sleeps on tokio sleeps as well. A shard
//! may also be lost without a word. The rules below turn each of these into an exit code, and the service manager's pause between restarts does the rest.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::pulse::{Look, Pulse, ShardState, Stage};

/// Without a connection for longer than this, the process ends.
const LONGEST_ABSENCE: Duration = Duration::from_secs(180);
/// Once a socket is open, Discord says READY within moments, or never.
const LONGEST_BEGINNING: Duration = Duration::from_secs(30);
/// More beginnings of a shard than this in [`WINDOW`] are a sign of a fault that beginning anew does not mend.
const MOST_BEGINNINGS: usize = 4;
const WINDOW: Duration = Duration::from_secs(600);
/// A connection that gave no sign of life for this long is dead: heartbeats are answered every 41 seconds.
const LONGEST_SILENCE: Duration = Duration::from_secs(180);
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);
/// A step of a shard's task takes microseconds. One that lasts over so many looks and brings no event never ends.
const LONGEST_STEP: u32 = 6;

/// Why the process had better start anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Verdict {
    /// A shard was not connected for too long.
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

/// Judges by how the shards stand, and how often one of them began of late. One that waits for its turn does no wrong.
fn judge(shards: &[ShardState], most_begun: usize, longest_step: u32) -> Option<Verdict> {
    let any = |so: fn(&ShardState) -> bool| shards.iter().any(so);
    if longest_step >= LONGEST_STEP || any(|shard| shard.stage == Stage::Beginning && shard.since > LONGEST_BEGINNING) {
        Some(Verdict::Refused)
    } else if most_begun > MOST_BEGINNINGS {
        Some(Verdict::Unsteady)
    } else if any(|shard| shard.apart > LONGEST_ABSENCE) {
        Some(Verdict::Absent)
    } else {
        any(|shard| shard.stage == Stage::Connected && shard.silence > LONGEST_SILENCE).then_some(Verdict::Silent)
    }
}

/// Notes how the shards look (`None`: they could not be looked at), and judges.
fn watch(pulse: &Pulse, looks: Option<Vec<Look>>, now: Instant) -> Option<Verdict> {
    if let Some(looks) = looks {
        pulse.looked(&looks, now);
    }
    let begun = pulse.most_begun_since(now.checked_sub(WINDOW).unwrap_or(now));
    judge(&pulse.shards(now), begun, pulse.longest_step())
}

/// A watch that ends when it is dropped.
pub(super) struct Supervisor {
    verdict: watch::Receiver<Option<Verdict>>,
    _stop: mpsc::Sender<()>,
}

impl Supervisor {
    /// Begins to watch what `look` shows.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn start(pulse: Arc<Pulse>, look: impl Fn() -> Option<Vec<Look>> + Send + 'static) -> std::io::Result<Self> {
        let (sender, verdict) = watch::channel(None);
        let (stop, stopped) = mpsc::channel::<()>();
        thread::Builder::new().name("supervisor".to_owned()).spawn(move || {
            while stopped.recv_timeout(BETWEEN_LOOKS) == Err(RecvTimeoutError::Timeout) {
                if let Some(verdict) = watch(&pulse, look(), Instant::now()) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Watches one shard that is in those stages, each for so many seconds, and tells the verdict and its second.
    fn watched(stages: &[(Stage, u64)], events_each_second: bool) -> Option<(Verdict, u64)> {
        let begin = Instant::now();
        let pulse = Pulse::default();
        pulse.serves(&[0], begin);
        let (mut second, mut last) = (0, Stage::Waiting);
        for (stage, seconds) in stages {
            for _ in 0..*seconds {
                second += 1;
                let now = begin + Duration::from_secs(second);
                if events_each_second {
                    pulse.event(0, now);
                }
                if *stage == Stage::Beginning && last != Stage::Beginning {
                    pulse.begins(0, now);
                }
                last = *stage;
                if let Some(verdict) = watch(&pulse, Some(vec![Look { shard: 0, stage: *stage, latency: None, step: None }]), now) {
                    return Some((verdict, second));
                }
            }
        }
        None
    }

    #[test]
    fn a_steady_connection_is_left_alone() {
        assert_eq!(watched(&[(Stage::Beginning, 2), (Stage::Connected, 5000)], true), None);
    }

    #[test]
    fn a_short_absence_is_forgiven_a_long_one_is_not() {
        use Stage::{Away, Connected};
        assert_eq!(watched(&[(Connected, 5), (Away, 170), (Connected, 5), (Away, 170)], true), None);
        assert_eq!(watched(&[(Connected, 5), (Away, 400)], true), Some((Verdict::Absent, 5 + 182)));
    }

    #[test]
    fn an_absence_is_not_forgotten_over_vain_tries_and_waiting_is_none() {
        use Stage::{Away, Beginning, Connected, Waiting};
        let vain = [(Away, 60), (Waiting, 1), (Beginning, 10), (Waiting, 300)];
        assert_eq!(watched(&[&[(Connected, 5)], &vain[..], &vain, &vain].concat(), true), Some((Verdict::Absent, 5 + 2 * 371 + 42)));
        assert_eq!(watched(&[(Waiting, 5000), (Connected, 5)], false), None);
    }

    #[test]
    fn a_socket_without_a_ready_ends_in_half_a_minute() {
        assert_eq!(watched(&[(Stage::Beginning, 60)], false), Some((Verdict::Refused, 32)));
    }

    #[test]
    fn a_step_that_never_ends_is_a_refused_shard() {
        let (pulse, begin) = (Pulse::default(), Instant::now());
        pulse.serves(&[0], begin);
        let look = |second: u64, step| {
            let looks = vec![Look { shard: 0, stage: Stage::Connected, latency: None, step }];
            watch(&pulse, Some(looks), begin + Duration::from_secs(second))
        };
        assert!((1..60).all(|second| look(second, Some((second, 7))).is_none() && look(second, None).is_none()), "step after step");
        assert!((60..90).all(|second| look(second, Some((99, second))).is_none()), "a long step that brings events");
        let verdicts: Vec<_> = (90..97).map(|second| look(second, Some((99, 100)))).collect();
        assert_eq!(verdicts, [None, None, None, None, None, None, Some(Verdict::Refused)]);
    }

    #[test]
    fn a_connection_without_a_sign_of_life_is_dead() {
        assert_eq!(watched(&[(Stage::Connected, 400)], false), Some((Verdict::Silent, 182)));
    }

    #[test]
    fn beginning_anew_again_and_again_is_a_fault() {
        use Stage::{Beginning, Connected};
        let one = [(Beginning, 5), (Connected, 60)];
        assert_eq!(watched(&[one, one, one, one].concat(), true), None);
        assert_eq!(watched(&[one, one, one, one, one].concat(), true), Some((Verdict::Unsteady, 4 * 65 + 1)));
        let later = [(Connected, 600), (Beginning, 5), (Connected, 60)];
        assert_eq!(watched(&[&[one, one, one, one].concat(), later.as_slice()].concat(), true), None, "it is forgotten in time");
    }
}
