//! The same answer is not posted twice in a channel within a short time: the second asker is shown the first answer.
//!
//! Remembered is which message of Mabel's said what where, for as long as that counts. What an answer says is part of it: where the
//! knowledge has changed meanwhile and with it the answer, the new one is given, and one that stayed as it was is still pointed to.
//! Whether the message still stands there and still answers the same is for who asks to look up. Nothing here talks to Discord.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::answer::{Reply, plain};

use super::bot::Place;
use super::bounded::Bounded;

/// How many answers are remembered.
const MOST_ANSWERS: usize = 8192;

/// What a reply says, as a hash under a key of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said(u64);

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

    /// A reply as it is remembered: by what it says, and for what. None that no entry gave.
    pub(super) fn said(&self, reply: &Reply) -> Option<Said> {
        let entry = reply.entry.as_ref()?;
        Some(Said(self.key.hash_one((entry, &reply.facets, plain::text(reply)))))
    }

    /// The message that said that in that channel a short time before `now`.
    pub(super) fn earlier(&self, place: Place, said: Said, now: Instant) -> Option<u64> {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let (message, at) = *given.get_mut(self.there(place, said))?;
        (now.saturating_duration_since(at) < self.within).then_some(message)
    }

    /// Remembers that a message said that.
    pub(super) fn keep(&self, place: Place, said: Said, message: u64, now: Instant) {
        let answer = self.there(place, said);
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        if !given.insert_new(answer, (message, now))
            && let Some(known) = given.get_mut(answer)
        {
            *known = (message, now);
        }
    }

    fn there(&self, place: Place, said: Said) -> u64 {
        self.key.hash_one((place.channel, said.0))
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
    use crate::answer::Outcome;
    use crate::knowledge::{EntryId, FacetId, ValueId, Values};

    fn reply(lead: &str, state: &[&str]) -> Reply {
        let values = state.iter().map(|state| ValueId::from(*state)).collect::<Vec<_>>();
        let facets = if values.is_empty() { Values::new() } else { Values::from([(FacetId::from("state"), values)]) };
        Reply { entry: Some(EntryId::from("pay.by-state")), facets, ..Reply::fixed(Outcome::Answer, lead.to_owned()) }
    }

    #[test]
    fn an_answer_counts_in_its_channel_for_what_it_says_and_its_time() {
        let repeats = Repeats::new(60);
        let (here, there) = (Place { guild: Some(1), channel: 2 }, Place { guild: Some(1), channel: 3 });
        let said = |lead: &str, state: &[&str]| repeats.said(&reply(lead, state)).unwrap();
        let (pay, in_texas, since_changed) = (said("$21", &[]), said("$21", &["TX"]), said("$22", &[]));
        let now = Instant::now();
        repeats.keep(here, pay, 7, now);
        assert_eq!(repeats.earlier(here, said("$21", &[]), now + Duration::from_secs(59)), Some(7));
        assert_eq!(repeats.earlier(here, pay, now + Duration::from_secs(60)), None);
        assert_eq!([repeats.earlier(there, pay, now), repeats.earlier(here, in_texas, now)], [None, None]);
        assert_eq!(repeats.earlier(here, since_changed, now), None);
        repeats.keep(here, pay, 8, now + Duration::from_secs(100));
        assert_eq!(repeats.earlier(here, pay, now + Duration::from_secs(101)), Some(8));
        let never = Repeats::new(0);
        never.keep(here, pay, 7, now);
        assert_eq!(never.earlier(here, pay, now), None);
    }

    #[test]
    fn what_no_entry_says_is_not_remembered() {
        assert_eq!(Repeats::new(60).said(&Reply::fixed(Outcome::NoMatch, "Sorry.".to_owned())), None);
    }
}
