//! When a guard speaks instead of everything else.

use super::Engine;
use crate::answer::Question;
use crate::guard::Checked;
use crate::knowledge::{Fault, GuardId};
use crate::matching::Target;
use crate::matching::decision::{Decision, SURE};
use crate::understand::Query;

impl Engine {
    /// What the guards' patterns say of a question.
    pub(super) fn check(&self, query: &Query) -> Checked {
        self.guards.check(&query.text.folded, || self.index.surely_means_entry(query, &self.knowledge, &self.understanding))
    }

    /// Whether a guard stops a text before anything else could be said to it, a server's own answer among it.
    #[must_use]
    pub fn is_stopped(&self, text: &str) -> bool {
        let query = self.understanding.read(&Question::new(text));
        let checked = self.check(&query);
        if checked.stop.is_some() {
            return true;
        }
        let decision = self.index.decide(&query, &self.knowledge, &self.understanding);
        Self::guard_of(checked, &decision).is_some()
    }

    /// The guard that speaks before all else, once it is decided what a text means that the patterns let through.
    pub(super) fn guard_of(checked: Checked, decision: &Decision) -> Option<usize> {
        match decision {
            Decision::Sure { target: Target::Guard(guard), .. } => Some(*guard),
            // What reads a little like an aside is not worth the risk of a guard's exception.
            Decision::Sure { target: Target::Aside(_), confidence } if *confidence >= SURE => None,
            Decision::Sure { target: Target::Aside(_), .. } | Decision::Stopped { .. } | Decision::Neither { .. } => {
                checked.without_exceptions.map(|stop| stop.guard)
            }
            Decision::Sure { target: Target::Entry(_), .. } | Decision::Close { .. } => None,
        }
    }

    /// Makes all of the guards' automata, which otherwise are made when a text first needs them.
    ///
    /// # Errors
    /// When a pattern is too large.
    pub fn prove_guards(&self) -> Result<(), Fault> {
        self.guards.prove(&self.knowledge)
    }

    /// The guard that stops a question.
    #[must_use]
    pub fn stopped_by(&self, question: &Question) -> Option<&GuardId> {
        let stop = self.check(&self.understanding.read(question)).stop?;
        Some(&self.knowledge.guards[stop.guard].id)
    }
}
