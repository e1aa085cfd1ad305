//! Walks a text with the automaton of an expression, once for all the places that it may begin at.
//!
//! Lists are not put into the expressions that use them, of which each would hold thousands of words then. Where an expression comes to a
//! list, it goes on from wherever a word of that list ends, and that is found out once for all expressions that come to the same place.

use std::ops::{ControlFlow, Range};
use std::sync::OnceLock;

use regex_automata::util::pool::{Pool, PoolGuard};
use regex_syntax::hir::Hir;
use rustc_hash::FxHashMap;

use super::automaton::{Arrival, Automaton};
use super::finder::Unusable;
use super::pieces::compact;
use super::places::{Letters, Places};
use crate::knowledge::patterns::{self, ReadLists};

/// No word of a list is longer than this: what is longer is nothing a person wrote, and each place of it would be walked to its end.
const LONGEST: usize = 512;

/// An expression and its automaton.
pub(super) struct Expression {
    /// Stand-ins for lists are left in it. What is read of it takes thirty times the room, and most expressions are seldom walked.
    written: Box<str>,
    /// Made when it is first walked; none if it cannot be.
    automaton: OnceLock<Option<Automaton>>,
}

impl std::fmt::Debug for Expression {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.written.fmt(formatter)
    }
}

impl Expression {
    pub(super) fn new(hir: &Hir) -> Self {
        Self { written: hir.to_string().into(), automaton: OnceLock::new() }
    }

    /// Makes its automaton.
    pub(super) fn prove(&self) -> Result<(), Unusable> {
        self.make().map(drop)
    }

    fn automaton(&self) -> Option<&Automaton> {
        self.automaton.get_or_init(|| self.make().ok()).as_ref()
    }

    fn make(&self) -> Result<Automaton, Unusable> {
        Automaton::new(&compact(&patterns::read(&self.written)?))
    }
}

/// The lists that expressions use, by their number.
#[derive(Debug)]
pub(super) struct Lists {
    expressions: Box<[Expression]>,
    /// Room for walking a text, used again for the next.
    rooms: Pool<Room>,
}

impl Lists {
    pub(super) fn new(lists: &ReadLists) -> Self {
        Self { expressions: lists.all().map(Expression::new).collect(), rooms: Pool::new(Room::default) }
    }

    /// Makes all automata.
    pub(super) fn prove(&self) -> Result<(), Unusable> {
        self.expressions.iter().try_for_each(Expression::prove)
    }
}

/// Walks one text.
pub(super) struct Walker<'text> {
    text: &'text [u8],
    lists: &'text [Expression],
    room: PoolGuard<'text, Room, fn() -> Room>,
}

/// What is remembered while a text is walked.
#[derive(Debug, Default)]
struct Room {
    /// Where the words of a list that begin at a place end: which of `ends`.
    known: FxHashMap<(u16, usize), Range<usize>>,
    ends: Vec<usize>,
    states: States,
    states_of_lists: States,
}

impl<'text> Walker<'text> {
    pub(super) fn new(text: &'text [u8], lists: &'text Lists) -> Self {
        let mut room = lists.rooms.get();
        room.known.clear();
        room.ends.clear();
        Self { text, lists: &lists.expressions, room }
    }

    /// Where an expression that begins at one of these places, ascending, ends at the earliest. `may_begin` says whether a word of a list
    /// may begin at a place at all.
    pub(super) fn earliest_end(
        &mut self,
        expression: &Expression,
        places: &[Places],
        mut starts: impl Iterator<Item = usize>,
        may_begin: impl Fn(u16, usize) -> bool,
    ) -> Option<usize> {
        // Should one be too large, which `mabel check` tells: rather one stop too many.
        let Some(automaton) = expression.automaton() else { return starts.next() };
        let (text, lists) = (self.text, self.lists);
        let Room { known, ends, states, states_of_lists } = &mut *self.room;
        let mut earliest = None;
        let note = |end| {
            earliest = Some(end);
            ControlFlow::Break(())
        };
        let words = |list: u16, at, go_on: &mut dyn FnMut(usize)| {
            if !may_begin(list, at) {
                return;
            }
            let list_ends = known.entry((list, at)).or_insert_with(|| {
                let first = ends.len();
                note_words(&lists[usize::from(list)], (text, places), at, states_of_lists, ends);
                first..ends.len()
            });
            ends[list_ends.clone()].iter().for_each(|end| go_on(*end));
        };
        states.walk(Way { automaton, text, places }, starts, words, note);
        earliest
    }

    /// How many places were ever walked over in this room.
    #[cfg(test)]
    pub(super) fn steps(&self) -> u64 {
        self.room.states.place + self.room.states_of_lists.place
    }
}

/// Notes where the words of a list end that begin at a place.
fn note_words(list: &Expression, (text, places): (&[u8], &[Places]), at: usize, states: &mut States, ends: &mut Vec<usize>) {
    let Some(automaton) = list.automaton() else { return ends.push(at) };
    let way = Way { automaton, text: &text[..text.len().min(at + LONGEST)], places };
    let note = |end| {
        ends.push(end);
        ControlFlow::Continue(())
    };
    // Lists are made without stand-ins.
    states.walk(way, std::iter::once(at), |_, _, _| {}, note);
}

/// What is walked, and up to where.
#[derive(Clone, Copy)]
struct Way<'text> {
    automaton: &'text Automaton,
    text: &'text [u8],
    /// The kinds of its places, behind the last letter included.
    places: &'text [Places],
}

/// The states that an automaton is in at a place of the text: those of all walks that are still on their way.
#[derive(Debug, Default)]
struct States {
    here: Vec<u32>,
    /// When each state and junction was last come to, so that none is come to twice at one place.
    entered: Vec<u64>,
    place: u64,
    /// Junctions to come to further on, behind the words of lists.
    ahead: Vec<(usize, u32)>,
    is_end: bool,
    /// Room, used again and again.
    before: Vec<u32>,
}

impl States {
    /// Walks a text from these starts, ascending. `words` tells where the words of a list end that begin at a place; `found` is told each
    /// place where the expression can end, ascending, until it breaks off.
    fn walk(
        &mut self,
        way: Way<'_>,
        starts: impl Iterator<Item = usize>,
        mut words: impl FnMut(u16, usize, &mut dyn FnMut(usize)),
        mut found: impl FnMut(usize) -> ControlFlow<()>,
    ) {
        self.here.clear();
        self.ahead.clear();
        self.is_end = false;
        self.entered.resize(self.entered.len().max(way.automaton.marks()), 0);
        let mut starts = starts.peekable();
        let mut next = starts.peek().copied();
        self.place += 1;
        while let Some(at) = next {
            while starts.next_if_eq(&at).is_some() {
                self.enter(Automaton::BEGIN, way, at, &mut words);
            }
            while let Some(jump) = self.ahead.iter().position(|(end, _)| *end == at) {
                let (_, junction) = self.ahead.swap_remove(jump);
                self.enter(junction, way, at, &mut words);
            }
            if self.is_end && found(at).is_break() {
                return;
            }
            self.step(way, at, &mut words);
            next = if self.here.is_empty() && !self.is_end {
                self.ahead.iter().map(|(end, _)| *end).chain(starts.peek().copied()).min()
            } else {
                Some(at + 1)
            };
        }
    }

    /// Goes on from a place to the next.
    fn step(&mut self, way: Way<'_>, at: usize, words: &mut impl FnMut(u16, usize, &mut dyn FnMut(usize))) {
        self.place += 1;
        self.is_end = false;
        let mut before = std::mem::replace(&mut self.here, std::mem::take(&mut self.before));
        if let Some(letter) = way.text.get(at) {
            for state in &before {
                if let Some(junction) = way.automaton.over(*state, *letter) {
                    self.enter(junction, way, at + 1, words);
                }
            }
        }
        before.clear();
        self.before = before;
    }

    /// Comes to a junction, and so to all states that it leads to.
    fn enter(&mut self, junction: u32, way: Way<'_>, at: usize, words: &mut impl FnMut(u16, usize, &mut dyn FnMut(usize))) {
        let Way { automaton, text, places } = way;
        if !self.is_first(automaton.mark(junction)) {
            return;
        }
        let (place, letter) = (places[at], Letters::behind(text, at));
        for Arrival { has_lists, state, .. } in automaton.arrivals(junction).iter().filter(|arrival| arrival.is_made(place, letter)) {
            if *state == Automaton::END {
                self.is_end = true;
            } else if self.is_first(*state as usize) {
                self.here.push(*state);
                let lists = if *has_lists { automaton.lists(*state) } else { &[] };
                for (list, behind) in lists {
                    words(*list, at, &mut |end| self.ahead.push((end, *behind)));
                }
            }
        }
    }

    /// Whether that is come to for the first time at this place.
    fn is_first(&mut self, mark: usize) -> bool {
        std::mem::replace(&mut self.entered[mark], self.place) != self.place
    }
}
