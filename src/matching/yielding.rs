//! When a question is so surely about the work that a guard's pattern must have misread it.
//!
//! Patterns see words, not what they are about: "eye clinic offered me 20 an hour, is that low" reads like a measurement, "do I need the doc
//! in the building to give vaccines" like a wish for a vaccine. The model learned what is asked of the work *and* what guards stop, so where
//! it sees the first clearly and of the second nothing, the guards that say so (`yields`) give way. Of 1,374 messages about harm and health in
//! all sets of questions it lets none through at these bars, and three at half as much again of [`GUARDS_SILENT`].

use super::decision;
use super::{Index, Target};
use crate::knowledge::Knowledge;
use crate::understand::{Query, Understanding};

/// An entry is meant with this probability.
const ENTRY_MEANT: f32 = 0.5;
/// All guards together are no likelier than this.
const GUARDS_SILENT: f32 = 0.01;
/// And the knowledge knows this much of the words: what it does not know may be what a guard is for.
const NEARLY_ALL_KNOWN: f32 = 0.9;

impl Index {
    /// Whether a question surely means an entry, whatever the patterns of guards see in it.
    #[must_use]
    pub fn surely_means_entry(&self, query: &Query, knowledge: &Knowledge, understanding: &Understanding) -> bool {
        if self.familiarity(query) < NEARLY_ALL_KNOWN {
            return false;
        }
        let probabilities = self.probabilities(query, knowledge, understanding);
        let guards = decision::likeliest_guard(&probabilities, |index| self.targets[index]).map_or(0.0, |(_, together)| together);
        let mut likely = probabilities.iter().zip(&self.targets).filter(|(likely, _)| **likely >= ENTRY_MEANT);
        guards <= GUARDS_SILENT && likely.any(|(_, target)| matches!(target, Target::Entry(_)))
    }
}
