//! How the store stands: whether it is well, since when it is not, and when it is worth asking again.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::store::StoreError;

/// How a store stands, for who watches over it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreHealth {
    /// Why it cannot be used just now; none if it is well.
    pub trouble: Option<String>,
    /// For how long it has been in trouble.
    pub for_how_long: Duration,
    /// How many writes wait.
    pub queued: usize,
    /// How many writes were given up since the start, because the queue was full or the store refused them.
    pub dropped: u64,
    /// How many uses failed since the start.
    pub failures: u64,
}

impl StoreHealth {
    /// Whether it is well.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.trouble.is_none()
    }
}

/// How long a store that failed is left alone.
#[derive(Clone, Copy, Debug)]
pub struct Pauses {
    /// After a first failure; after each further one twice as long.
    pub first: Duration,
    /// Never longer.
    pub longest: Duration,
}

/// What a store is used for. One that has no space left can be read and not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// To read.
    Reading,
    /// To write, or all there is to do: works it, all of it does.
    Writing,
}

/// How a store stands.
#[derive(Debug)]
pub(super) struct Standing {
    pauses: Pauses,
    now: Mutex<Now>,
}

#[derive(Debug, Default)]
struct Now {
    trouble: Option<Trouble>,
    dropped: u64,
    failures: u64,
}

#[derive(Debug)]
struct Trouble {
    why: String,
    since: Instant,
    again_at: Instant,
    pause: Duration,
    /// Whether reading fails, too.
    is_deaf: bool,
}

impl Standing {
    /// A store that is well.
    pub(super) fn new(pauses: Pauses) -> Self {
        Self { pauses, now: Mutex::default() }
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the store is worth reading: it can be read, or was left alone for long enough.
    pub(super) fn is_worth_asking(&self, moment: Instant) -> bool {
        self.now().trouble.as_ref().is_none_or(|trouble| !trouble.is_deaf || moment >= trouble.again_at)
    }

    /// How long to leave the store alone.
    pub(super) fn pause(&self, moment: Instant) -> Duration {
        self.now().trouble.as_ref().map_or(Duration::ZERO, |trouble| trouble.again_at.saturating_duration_since(moment))
    }

    /// Notes how a use ended.
    pub(super) fn note<T>(&self, of: Use, result: &Result<T, StoreError>, moment: Instant) {
        match result {
            Ok(_) => self.works(of, moment),
            Err(StoreError::Unavailable(why)) => self.fails(of, why, moment),
            Err(_) => {
                let mut now = self.now();
                now.failures = now.failures.saturating_add(1);
            }
        }
    }

    fn works(&self, of: Use, moment: Instant) {
        let mut now = self.now();
        if of == Use::Reading
            && let Some(trouble) = &mut now.trouble
        {
            trouble.is_deaf = false;
        } else if let Some(trouble) = now.trouble.take() {
            let seconds = moment.saturating_duration_since(trouble.since).as_secs();
            tracing::info!(seconds, "the store works again");
        }
    }

    fn fails(&self, of: Use, why: &str, moment: Instant) {
        let mut now = self.now();
        now.failures = now.failures.saturating_add(1);
        let is_deaf = of == Use::Reading || now.trouble.as_ref().is_some_and(|trouble| trouble.is_deaf);
        let (since, pause) = match &mut now.trouble {
            // Uses that were under way at once count as one.
            Some(trouble) if moment < trouble.again_at => {
                trouble.is_deaf = is_deaf;
                return;
            }
            Some(trouble) => (trouble.since, (trouble.pause * 2).min(self.pauses.longest)),
            None => {
                tracing::error!(why, "the store fails; answers go on without it");
                (moment, self.pauses.first)
            }
        };
        now.trouble = Some(Trouble { why: why.to_owned(), since, again_at: moment + pause, pause, is_deaf });
    }

    /// Notes that a write was given up.
    pub(super) fn dropped(&self) {
        let mut now = self.now();
        now.dropped = now.dropped.saturating_add(1);
        if now.dropped.is_power_of_two() {
            tracing::warn!(dropped = now.dropped, "what was to be kept was given up");
        }
    }

    /// How the store stands, with so many writes waiting.
    pub(super) fn health(&self, queued: usize, moment: Instant) -> StoreHealth {
        let now = self.now();
        let trouble = now.trouble.as_ref();
        StoreHealth {
            trouble: trouble.map(|trouble| trouble.why.clone()),
            for_how_long: trouble.map_or(Duration::ZERO, |trouble| moment.saturating_duration_since(trouble.since)),
            queued,
            dropped: now.dropped,
            failures: now.failures,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSES: Pauses = Pauses { first: Duration::from_millis(100), longest: Duration::from_secs(5) };

    fn failed() -> Result<(), StoreError> {
        Err(StoreError::Unavailable("locked".to_owned()))
    }

    #[test]
    fn a_store_that_fails_is_left_alone_for_longer_and_longer_and_asked_again() {
        let standing = Standing::new(PAUSES);
        let mut moment = Instant::now();
        assert!(standing.is_worth_asking(moment) && standing.health(0, moment).is_well());
        for pause in [100, 200, 400, 800, 1600, 3200, 5000, 5000].map(Duration::from_millis) {
            standing.note(Use::Reading, &failed(), moment);
            assert!(!standing.is_worth_asking(moment));
            assert_eq!(standing.pause(moment), pause);
            moment += pause;
            assert!(standing.is_worth_asking(moment));
        }
        let health = standing.health(3, moment);
        assert_eq!((health.trouble.as_deref(), health.queued, health.failures), (Some("locked"), 3, 8));
        assert_eq!(health.for_how_long, Duration::from_millis(16_300));
        standing.note(Use::Writing, &Ok(()), moment);
        assert!(standing.health(0, moment).is_well() && standing.is_worth_asking(moment));
    }

    #[test]
    fn a_store_that_can_only_be_read_is_read_and_stays_in_trouble_until_it_can_be_written() {
        let standing = Standing::new(PAUSES);
        let moment = Instant::now();
        standing.note(Use::Writing, &failed(), moment);
        standing.note(Use::Reading, &Ok(()), moment);
        assert!(standing.is_worth_asking(moment) && !standing.health(0, moment).is_well());
        assert_eq!(standing.pause(moment), PAUSES.first, "what is to be written waits");
        standing.note(Use::Reading, &failed(), moment);
        assert!(!standing.is_worth_asking(moment));
        standing.note(Use::Reading, &Ok(()), moment);
        assert!(standing.is_worth_asking(moment));
        standing.note(Use::Writing, &Ok(()), moment);
        assert!(standing.health(0, moment).is_well());
    }

    #[test]
    fn what_fails_at_once_counts_as_one_failure_of_the_store() {
        let standing = Standing::new(PAUSES);
        let moment = Instant::now();
        (0..50).for_each(|_| standing.note(Use::Reading, &failed(), moment));
        assert_eq!((standing.pause(moment), standing.health(0, moment).failures), (PAUSES.first, 50));
    }

    #[test]
    fn what_a_store_refuses_is_no_sign_that_it_is_gone() {
        let standing = Standing::new(PAUSES);
        let moment = Instant::now();
        standing.note::<()>(Use::Writing, &Err(StoreError::Refused("too long".to_owned())), moment);
        assert!(standing.health(0, moment).is_well() && standing.is_worth_asking(moment));
        assert_eq!(standing.health(0, moment).failures, 1);
    }
}
