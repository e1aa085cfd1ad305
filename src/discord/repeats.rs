//! The same answer is not posted twice in a channel within a short time: the second asker is shown the first answer.
//!
//! Remembered is which message of Mabel's gave which answer where, for as long as that counts. Whether the message still stands there and
//! still gives that answer is for who asks to look up. Nothing here talks to Discord.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::answer::Earlier;

use super::bot::Place;
use super::bounded::Bounded;

/// How many answers are remembered.
const MOST_ANSWERS: usize = 8192;

/// The answers given a short time ago.
pub(super) struct Repeats {
    /// For how long an answer counts as just given.
    within: Duration,
    key: RandomState,
    given: Mutex<Bounded<u64, (u64, Instant)>>,
}

impl Repeats {
    /// Nothing was answered yet; an answer counts for so many seconds, with 0 never.
    pub(super) fn new(seconds: u32) -> Self {
        Self { within: Duration::from_secs(seconds.into()), key: RandomState::new(), given: Mutex::new(Bounded::new(MOST_ANSWERS)) }
    }

    /// The message that gave that answer in that channel a short time before `now`.
    pub(super) fn earlier(&self, place: Place, about: &Earlier, now: Instant) -> Option<u64> {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let (message, at) = *given.get_mut(self.answer(place, about))?;
        (now.saturating_duration_since(at) < self.within).then_some(message)
    }

    /// Remembers that a message gave that answer.
    pub(super) fn keep(&self, place: Place, about: &Earlier, message: u64, now: Instant) {
        let answer = self.answer(place, about);
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        if !given.insert_new(answer, (message, now))
            && let Some(known) = given.get_mut(answer)
        {
            *known = (message, now);
        }
    }

    fn answer(&self, place: Place, about: &Earlier) -> u64 {
        self.key.hash_one((place.channel, &about.entry, &about.facets))
    }
}

/// Where a message of a server is found.
#[must_use]
pub(super) fn link(guild: u64, channel: u64, message: u64) -> String {
    format!("https://discord.com/channels/{guild}/{channel}/{message}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{EntryId, FacetId, ValueId, Values};

    #[test]
    fn an_answer_counts_in_its_channel_for_its_facets_and_its_time() {
        let repeats = Repeats::new(60);
        let (here, there) = (Place { guild: Some(1), channel: 2 }, Place { guild: Some(1), channel: 3 });
        let pay = Earlier { entry: EntryId::from("pay.by-state"), facets: Values::new() };
        let facets = Values::from([(FacetId::from("state"), vec![ValueId::from("TX")])]);
        let in_texas = Earlier { facets, ..pay.clone() };
        let now = Instant::now();
        repeats.keep(here, &pay, 7, now);
        assert_eq!(repeats.earlier(here, &pay, now + Duration::from_secs(59)), Some(7));
        assert_eq!(repeats.earlier(here, &pay, now + Duration::from_secs(60)), None);
        assert_eq!((repeats.earlier(there, &pay, now), repeats.earlier(here, &in_texas, now)), (None, None));
        repeats.keep(here, &pay, 8, now + Duration::from_secs(100));
        assert_eq!(repeats.earlier(here, &pay, now + Duration::from_secs(101)), Some(8));
        let never = Repeats::new(0);
        never.keep(here, &pay, 7, now);
        assert_eq!(never.earlier(here, &pay, now), None);
    }
}
