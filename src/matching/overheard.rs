//! The decision about talk that was not put to Mabel: one zone, far above the others.
//!
//! Set on `tests/questions/overheard.txt`, ordinary talk of servers for students and working people of the trade, against the questions of
//! `tests/questions/tuning.jsonl`: of 1,670 lines of talk one is answered, of 211 questions that have an answer 77 are. That a text names
//! what the knowledge is about does most of it; without that, no bar tells "what shoes do you guys wear" from a question.

use super::decision::FAMILIARITY;
use super::{Index, Target};
use crate::knowledge::Knowledge;
use crate::understand::{Query, Understanding};

/// Above this confidence an entry answers what it only overheard.
pub const CLEAR: f32 = 0.78;
/// And only if it is this much likelier than anything else.
pub const CLEAR_MARGIN: f32 = 2.0;
/// And only if the knowledge knows nearly every word.
pub const CLEAR_FAMILIARITY: f32 = 0.8;

/// An entry that clearly answers what was overheard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overheard {
    /// Index of the entry.
    pub entry: usize,
    /// How likely it is meant, 0 to 1.
    pub confidence: f32,
}

impl Index {
    /// The entry that an overheard text clearly asks for.
    #[must_use]
    pub fn overhear(&self, query: &Query, knowledge: &Knowledge, understanding: &Understanding) -> Option<Overheard> {
        let familiarity = self.familiarity(query);
        let probabilities = self.probabilities(query, knowledge, understanding);
        let best = (0..probabilities.len()).max_by(|left, right| probabilities[*left].total_cmp(&probabilities[*right]))?;
        let second = probabilities.iter().enumerate().filter(|(other, _)| *other != best).map(|(_, likely)| *likely).fold(0.0, f32::max);
        let confidence = probabilities[best] * familiarity.powf(FAMILIARITY);
        let clear = confidence >= CLEAR && familiarity >= CLEAR_FAMILIARITY && probabilities[best] >= CLEAR_MARGIN * second;
        match self.targets[best] {
            Target::Entry(entry) if clear => Some(Overheard { entry, confidence }),
            _ => None,
        }
    }
}
