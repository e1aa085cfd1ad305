//! What must never reach matching: emergencies, medical advice, crises, patient data, abuse.
//!
//! A guard is a set of patterns with a fixed text, all of it in `guards.toml`. Guards read the folded text, before anything
//! is matched, and the first that fits speaks. Recall comes first: a question wrongly stopped is a nuisance, medical advice
//! is harm.

use regex::{RegexSet, RegexSetBuilder};

use crate::knowledge::{Fault, GuardOutcome, Knowledge};

/// The most memory the automata of one guard may take, in bytes: the lists of symptoms and drugs are long.
const MOST_MEMORY: usize = 64 << 20;

/// All guards, compiled.
#[derive(Debug)]
pub struct Guards {
    sets: Vec<Compiled>,
}

/// One guard, compiled.
#[derive(Debug)]
struct Compiled {
    patterns: RegexSet,
    unless: RegexSet,
    outcome: GuardOutcome,
}

/// Which pattern of which guard fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Index of the guard.
    pub guard: usize,
    /// Index of its pattern.
    pub pattern: usize,
}

impl Guards {
    /// Compiles the patterns.
    ///
    /// # Errors
    /// The guards whose patterns do not compile together.
    pub fn new(knowledge: &Knowledge) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut sets = Vec::new();
        for guard in &knowledge.guards {
            match (compile(&guard.patterns), compile(&guard.unless)) {
                (Ok(patterns), Ok(unless)) => sets.push(Compiled { patterns, unless, outcome: guard.outcome }),
                (Err(error), _) | (_, Err(error)) => {
                    let what = format!("guard {}: the patterns do not compile together: {error}", guard.id);
                    faults.push(Fault::error(guard.place.clone(), what, "shorten the lists or the patterns"));
                }
            }
        }
        if faults.is_empty() { Ok(Self { sets }) } else { Err(faults) }
    }

    /// The first guard that stops this folded text.
    #[must_use]
    pub fn check(&self, folded: &str) -> Option<Stop> {
        self.sets.iter().enumerate().find_map(|(guard, set)| {
            let pattern = set.patterns.matches(folded).iter().next()?;
            (!set.unless.is_match(folded)).then_some(Stop { guard, pattern })
        })
    }

    /// The first safety guard that would stop this folded text if none of its exceptions held.
    ///
    /// An exception lets a question about the job pass. Where matching finds that it is no such question after all, the
    /// guard still speaks.
    #[must_use]
    pub fn check_without_exceptions(&self, folded: &str) -> Option<Stop> {
        self.sets.iter().enumerate().filter(|(_, set)| set.outcome == GuardOutcome::Safety).find_map(|(guard, set)| {
            let pattern = set.patterns.matches(folded).iter().next()?;
            Some(Stop { guard, pattern })
        })
    }
}

fn compile(patterns: &[String]) -> Result<RegexSet, regex::Error> {
    RegexSetBuilder::new(patterns).size_limit(MOST_MEMORY).dfa_size_limit(MOST_MEMORY).build()
}
