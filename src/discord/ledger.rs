//! What each question should be answered with, whatever order its events come in.
//!
//! Serenity runs every event in a task of its own, and Discord replays events after a resume: an edit may be handled before the
//! message it edits, a deletion while the answer is on its way, anything twice. So no event acts by itself. Each one only notes what
//! it wants for its question, if it is newer than what was noted before; then one task per question brings the answer in line with
//! the newest wish, and looks again before it rests. Nothing here talks to Discord.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::bounded::Bounded;

/// How many questions are remembered; events of older ones still find their answer in the store.
const MOST_QUESTIONS: usize = 8192;

/// How new a wish is: the newest is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// The message was written.
    Written,
    /// It was edited at that time, in nanoseconds since 1970.
    Edited(i128),
    /// It was deleted.
    Deleted,
}

/// What a question should be answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// An answer to this.
    Answer(Asked),
    /// No answer: the message is not, or no more, for Mabel.
    NoAnswer,
}

/// A question as it stands in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// What is asked, Mabel's own mention taken out.
    pub(super) text: String,
    /// Who asks.
    pub(super) person: u64,
    /// The message it replies to.
    pub(super) follows: Option<u64>,
    /// Nobody but Mabel reads it: it is a direct message.
    pub(super) alone: bool,
    /// It was not put to Mabel: she answers only what is clear.
    pub(super) unasked: bool,
}

/// What is known of a question.
#[derive(Debug)]
struct Record {
    version: Version,
    /// Nothing once the wish is fulfilled: no text stays in memory.
    wish: Option<Wish>,
    /// Whether a task is at it.
    busy: bool,
    /// Whether somebody took the answer away; then edits bring none back.
    withdrawn: bool,
    /// How many answers were posted, to give each a name of its own.
    posted: u32,
}

/// Wishes by question.
#[derive(Debug)]
pub(super) struct Ledger {
    records: Mutex<Bounded<u64, Record>>,
}

impl Ledger {
    /// An empty ledger.
    pub(super) fn new() -> Self {
        Self { records: Mutex::new(Bounded::new(MOST_QUESTIONS)) }
    }

    fn records(&self) -> MutexGuard<'_, Bounded<u64, Record>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a wish. True if the caller is to fulfil it; false if it is old, or a task that is at the question will see it.
    pub(super) fn note(&self, question: u64, version: Version, wish: Wish) -> bool {
        let mut records = self.records();
        let Some(record) = records.get_mut(question) else {
            return records.insert_new(question, Record { version, wish: Some(wish), busy: true, withdrawn: false, posted: 0 });
        };
        if version <= record.version {
            return false;
        }
        record.version = version;
        record.wish = Some(wish);
        !std::mem::replace(&mut record.busy, true)
    }

    /// The newest wish for a question, for the task that is at it.
    pub(super) fn newest(&self, question: u64) -> Option<(Version, Wish)> {
        self.records().get_mut(question).and_then(|record| Some((record.version, record.wish.clone()?)))
    }

    /// Notes that the wish of that version was fulfilled. True if the task can rest, false if there is a newer wish.
    pub(super) fn fulfilled(&self, question: u64, version: Version) -> bool {
        let mut records = self.records();
        let Some(record) = records.get_mut(question) else { return true };
        if record.version != version {
            return false;
        }
        record.wish = None;
        record.busy = false;
        true
    }

    /// The name for the next answer to a question: the same if the same answer is sent twice, by this process or another one.
    pub(super) fn name_of_answer(&self, question: u64) -> String {
        let posted = self.records().get_mut(question).map_or(0, |record| record.posted);
        format!("{question}.{posted}")
    }

    /// Notes that an answer was posted.
    pub(super) fn posted(&self, question: u64) {
        if let Some(record) = self.records().get_mut(question) {
            record.posted = record.posted.saturating_add(1);
        }
    }

    /// Notes that somebody took the answer away.
    pub(super) fn withdraw(&self, question: u64) {
        if let Some(record) = self.records().get_mut(question) {
            record.withdrawn = true;
        }
    }

    /// Whether somebody took the answer away.
    pub(super) fn is_withdrawn(&self, question: u64) -> bool {
        self.records().get_mut(question).is_some_and(|record| record.withdrawn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Wish {
        Wish::Answer(Asked { text: text.to_owned(), person: 1, follows: None, alone: false, unasked: false })
    }

    #[test]
    fn a_second_delivery_wants_nothing() {
        let ledger = Ledger::new();
        assert!(ledger.note(1, Version::Written, asked("a")));
        assert!(!ledger.note(1, Version::Written, asked("a")));
        assert!(ledger.fulfilled(1, Version::Written));
        assert!(!ledger.note(1, Version::Written, asked("a")));
    }

    #[test]
    fn an_edit_during_the_answer_is_seen_by_the_task_at_work() {
        let ledger = Ledger::new();
        assert!(ledger.note(1, Version::Written, asked("a")));
        assert!(!ledger.note(1, Version::Edited(5), asked("b")));
        assert!(!ledger.fulfilled(1, Version::Written));
        assert_eq!(ledger.newest(1), Some((Version::Edited(5), asked("b"))));
        assert!(ledger.fulfilled(1, Version::Edited(5)));
        assert_eq!(ledger.newest(1), None);
    }

    #[test]
    fn events_out_of_order_end_with_the_newest() {
        let ledger = Ledger::new();
        assert!(ledger.note(1, Version::Edited(9), asked("c")));
        assert!(!ledger.note(1, Version::Edited(5), asked("b")));
        assert!(!ledger.note(1, Version::Written, asked("a")));
        assert_eq!(ledger.newest(1), Some((Version::Edited(9), asked("c"))));
        assert!(ledger.fulfilled(1, Version::Edited(9)));
        assert!(ledger.note(1, Version::Deleted, Wish::NoAnswer));
        assert!(!ledger.note(1, Version::Edited(12), asked("d")), "nothing comes after a deletion");
    }

    #[test]
    fn an_answer_sent_twice_bears_one_name_and_the_next_another() {
        let ledger = Ledger::new();
        ledger.note(u64::MAX, Version::Written, asked("a"));
        let name = ledger.name_of_answer(u64::MAX);
        assert_eq!(name, ledger.name_of_answer(u64::MAX));
        ledger.posted(u64::MAX);
        assert_ne!(name, ledger.name_of_answer(u64::MAX));
        assert!(ledger.name_of_answer(u64::MAX).len() <= 25, "Discord's limit of a nonce");
    }
}
