//! One vote a person, answer and day, without knowing who votes.
//!
//! What is remembered of a vote is a hash of person and answer under a key that this process makes up each day and tells nobody. At the
//! end of the day key and hashes are thrown away together; what stays, in the store, is a count. Nothing here counts.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

use crate::knowledge::EntryId;

use super::bounded::Bounded;

/// The most votes of a day that are remembered; beyond it the first voters could vote again.
const MOST_VOTES: usize = 65_536;

/// Who has voted today, as hashes.
#[derive(Debug)]
pub(super) struct Votes {
    today: Mutex<Day>,
}

#[derive(Debug)]
struct Day {
    date: Date,
    key: RandomState,
    seen: Bounded<u64, ()>,
}

impl Day {
    fn new(date: Date) -> Self {
        Self { date, key: RandomState::new(), seen: Bounded::new(MOST_VOTES) }
    }
}

impl Votes {
    /// Nobody has voted yet.
    pub(super) fn new() -> Self {
        Self { today: Mutex::new(Day::new(Date::ZERO)) }
    }

    /// Whether this is the person's first vote on that answer today; it is remembered.
    pub(super) fn is_first(&self, person: u64, entry: &EntryId, date: Date) -> bool {
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        if today.date != date {
            *today = Day::new(date);
        }
        let hash = today.key.hash_one((person, entry));
        today.seen.insert_new(hash, ())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_person_votes_once_a_day_on_an_answer() {
        let votes = Votes::new();
        let (pay, scope) = (EntryId::from("pay.national"), EntryId::from("scope.injections"));
        assert!(votes.is_first(1, &pay, date(2026, 11, 21)));
        assert!(!votes.is_first(1, &pay, date(2026, 11, 21)));
        assert!(votes.is_first(1, &scope, date(2026, 11, 21)) && votes.is_first(2, &pay, date(2026, 11, 21)));
        assert!(votes.is_first(1, &pay, date(2026, 11, 22)), "yesterday is forgotten");
    }
}
