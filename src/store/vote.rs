//! How answers were received.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::knowledge::EntryId;

/// A vote on an answer: all that is kept of it. That nobody votes twice is seen to by who takes the vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The entry that answered.
    pub entry: EntryId,
    /// Whether it helped.
    pub helpful: bool,
    /// The day of the vote, in UTC.
    pub day: Date,
}

/// How an answer was received over a span of days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Votes that it helped.
    pub helpful: u64,
    /// Votes that it did not.
    pub not_helpful: u64,
}

/// The entries with how they were received, those that helped least first.
#[must_use]
pub fn least_helpful_first(votes: BTreeMap<EntryId, Tally>) -> Vec<(EntryId, Tally)> {
    let surplus = |tally: &Tally| i128::from(tally.helpful) - i128::from(tally.not_helpful);
    let mut votes: Vec<_> = votes.into_iter().collect();
    // Those that were received alike stay in the order of their ids.
    votes.sort_by_key(|(_, tally)| surplus(tally));
    votes
}

impl Tally {
    /// Counts one more.
    pub(super) fn count(&mut self, helpful: bool) {
        let count = if helpful { &mut self.helpful } else { &mut self.not_helpful };
        *count = count.saturating_add(1);
    }
}
