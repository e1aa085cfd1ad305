//! What must never reach matching: emergencies, medical advice, crises, patient data, abuse.
//!
//! A guard is a set of patterns with a fixed text, all of it in `guards.toml`. Guards read the folded text, before anything
//! is matched, and the first that fits speaks. Recall comes first: a question wrongly stopped is a nuisance, medical advice
//! is harm.

mod automaton;
mod finder;
mod openings;
mod pieces;
mod places;
mod signs;
mod walking;

use crate::knowledge::{Fault, GuardOutcome, Knowledge};
use finder::{Finder, ReadyLists, Unusable};
use pieces::Cutter;

/// All guards, compiled.
#[derive(Debug)]
pub struct Guards {
    patterns: Finder,
    unless: Finder,
    unasked: Finder,
    /// Guard and number of each of the patterns.
    patterns_of: Vec<Stop>,
    /// Guard of each exception.
    unless_of: Vec<usize>,
    /// Guard of each pattern for talk that was not put to Mabel.
    unasked_of: Vec<usize>,
    outcomes: Vec<GuardOutcome>,
    /// Whether each guard gives way to an entry that is surely meant.
    yields: Vec<bool>,
}

/// Which pattern of which guard fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Index of the guard.
    pub guard: usize,
    /// Index of its pattern.
    pub pattern: usize,
}

/// What the patterns say of a text: it is looked through once for both.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checked {
    /// The first guard that stops it.
    pub stop: Option<Stop>,
    /// The first safety guard that would stop it if none of its exceptions held.
    ///
    /// An exception lets a question about the job pass. Where matching finds that it is no such question after all, the
    /// guard still speaks.
    pub without_exceptions: Option<Stop>,
}

impl Guards {
    /// Compiles the patterns.
    ///
    /// # Errors
    /// When the patterns do not compile together.
    pub fn new(knowledge: &Knowledge) -> Result<Self, Vec<Fault>> {
        let guards = &knowledge.guards;
        let unusable = |error| vec![Self::unusable(knowledge, &error)];
        let cutter = Cutter::new(&knowledge.lists).map_err(|error| unusable(error.into()))?;
        let lists = ReadyLists::new(cutter.lists());
        let compile = |patterns: &mut dyn Iterator<Item = &String>| Finder::new(patterns, &cutter, &lists).map_err(unusable);
        let numbered = guards.iter().enumerate();
        Ok(Self {
            patterns: compile(&mut guards.iter().flat_map(|guard| &guard.patterns))?,
            unless: compile(&mut guards.iter().flat_map(|guard| &guard.unless))?,
            unasked: compile(&mut guards.iter().flat_map(|guard| &guard.unasked))?,
            patterns_of: numbered
                .clone()
                .flat_map(|(guard, known)| (0..known.patterns.len()).map(move |pattern| Stop { guard, pattern }))
                .collect(),
            unless_of: numbered.clone().flat_map(|(guard, known)| known.unless.iter().map(move |_| guard)).collect(),
            unasked_of: numbered.flat_map(|(guard, known)| known.unasked.iter().map(move |_| guard)).collect(),
            outcomes: guards.iter().map(|guard| guard.outcome).collect(),
            yields: guards.iter().map(|guard| guard.yields).collect(),
        })
    }

    /// Makes every automaton of the patterns, which otherwise are made when a text first needs them.
    ///
    /// # Errors
    /// When a pattern is too large.
    pub fn prove(&self, knowledge: &Knowledge) -> Result<(), Fault> {
        let proven = [&self.patterns, &self.unless, &self.unasked].into_iter().try_for_each(Finder::prove);
        proven.map_err(|error| Self::unusable(knowledge, &error))
    }

    fn unusable(knowledge: &Knowledge, error: &Unusable) -> Fault {
        let place = knowledge.guards.first().map(|guard| guard.place.clone()).unwrap_or_default();
        let what = format!("the patterns of the guards cannot be used: {error}");
        Fault::error(place, what, "shorten the lists or the patterns, and let no list use itself")
    }

    /// What stops this folded text. Whether an entry is surely meant is asked only where that decides.
    #[must_use]
    pub fn check(&self, folded: &str, entry_is_meant: impl FnOnce() -> bool) -> Checked {
        let fits: Vec<Stop> = self.patterns.find(folded).into_iter().map(|index| self.patterns_of[index]).collect();
        if fits.is_empty() {
            return Checked::default();
        }
        let excepted: Vec<usize> = self.unless.find(folded).into_iter().map(|index| self.unless_of[index]).collect();
        let mut stops = fits.iter().copied().filter(|stop| !excepted.contains(&stop.guard));
        let first = stops.next();
        let gives_way = first.is_some_and(|first| self.yields[first.guard]) && entry_is_meant();
        Checked {
            stop: if gives_way { stops.find(|stop| !self.yields[stop.guard]) } else { first },
            without_exceptions: fits.iter().copied().find(|stop| self.outcomes[stop.guard] == GuardOutcome::Safety),
        }
    }

    /// The guard that speaks to this folded text though it was not put to Mabel.
    #[must_use]
    pub fn check_unasked(&self, folded: &str) -> Option<usize> {
        let mut found = self.unasked.find(folded).into_iter().map(|index| self.unasked_of[index]).peekable();
        found.peek()?;
        let excepted: Vec<usize> = self.unless.find(folded).into_iter().map(|index| self.unless_of[index]).collect();
        found.find(|guard| !excepted.contains(guard))
    }
}
