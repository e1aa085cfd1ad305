//! One piece of a pattern and its automaton.

use std::sync::{Mutex, OnceLock, PoisonError};

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson;
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::Hir;

use super::finder::Unusable;
use super::pieces::{Beginning, CompactLists, Places};
use crate::knowledge::patterns;

/// The most memory that an automaton's rules may take, in bytes.
const MOST_MEMORY: usize = 16 << 20;
/// The most memory that the states of one automaton met so far may take, in bytes; when it is full they are made anew.
const MOST_STATES: usize = 64 << 10;
/// No piece is looked for over more letters than this: what is that long is nothing a person wrote, and each place of it would be walked
/// to its end.
const LONGEST: usize = 512;

/// A piece found: where it begins, and where it ends at the earliest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A piece of a pattern.
pub(super) struct Piece {
    /// The expression, with stand-ins for lists. What is read of it takes thirty times the room, and most pieces are seldom walked.
    written: Box<str>,
    /// Where it can begin.
    places: Places,
    /// Made when it is first walked; none if it cannot be.
    automaton: OnceLock<Option<Automaton>>,
}

struct Automaton {
    dfa: DFA,
    /// The states met so far, once a text was walked. All threads share them: a walk takes less than a microsecond.
    states: Mutex<Option<Cache>>,
}

impl std::fmt::Debug for Piece {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.written.fmt(formatter)
    }
}

impl Piece {
    pub(super) fn new(hir: &Hir) -> Self {
        Self { written: hir.to_string().into(), places: Beginning::of(hir).places(), automaton: OnceLock::new() }
    }

    /// Where it can begin.
    pub(super) fn places(&self) -> Places {
        self.places
    }

    /// Makes its automaton.
    pub(super) fn prove(&self, lists: &CompactLists) -> Result<(), Unusable> {
        Automaton::new(&self.written, lists).map(drop)
    }

    /// Where it is found, of these starts.
    pub(super) fn walk(&self, text: &[u8], starts: impl Iterator<Item = usize>, lists: &CompactLists) -> Vec<Span> {
        // Should one be too large, which `mabel check` tells, or a walk give up: rather one stop too many.
        let anyhow = |start| Some(Span { start, end: start });
        let automaton = self.automaton.get_or_init(|| Automaton::new(&self.written, lists).ok());
        let Some(Automaton { dfa, states }) = automaton else { return starts.filter_map(anyhow).collect() };
        let mut states = states.lock().unwrap_or_else(|poisoned| {
            // Whoever broke off may have left half a state behind.
            let mut states = PoisonError::into_inner(poisoned);
            *states = None;
            states
        });
        let cache = states.get_or_insert_with(|| dfa.create_cache());
        let found = starts.filter_map(|start| {
            let end = text.len().min(start + LONGEST);
            let input = Input::new(text).range(start..end).anchored(Anchored::Yes).earliest(true);
            let found = dfa.try_search_fwd(cache, &input);
            found.map_or_else(|_| anyhow(start), |found| found.map(|found| Span { start, end: found.offset() }))
        });
        found.collect()
    }
}

impl Automaton {
    fn new(written: &str, lists: &CompactLists) -> Result<Self, Unusable> {
        let piece = lists.whole(&patterns::read(written)?);
        let config = thompson::Config::new().which_captures(thompson::WhichCaptures::None).nfa_size_limit(Some(MOST_MEMORY)).utf8(false);
        let nfa = thompson::Compiler::new().configure(config).build_from_hir(&piece)?;
        let config = DFA::config().match_kind(MatchKind::All).cache_capacity(MOST_STATES).skip_cache_capacity_check(true);
        Ok(Self { dfa: DFA::builder().configure(config).build_from_nfa(nfa)?, states: Mutex::new(None) })
    }
}
