//! Why a question was decided as it was: a tree of candidates and the reasons for each.

use super::Target;
use super::decision::Decision;

/// The reasons for a decision.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// What was decided.
    pub decision: Decision,
    /// How much of the question's words the knowledge knows, weighted by rarity.
    pub familiarity: f32,
    /// Whether it is half a question, which is answered only from a higher share on.
    pub half: bool,
    /// The words it does not know.
    pub unknown: Vec<String>,
    /// The best candidates, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// A target and what speaks for and against it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The target.
    pub target: Target,
    /// Its score, in log odds.
    pub score: f32,
    /// Its share among all targets.
    pub probability: f32,
    /// Features and facets with what each adds to the score, the weightiest first.
    pub reasons: Vec<(String, f32)>,
}
