//! An expression as an automaton without empty steps: what it may go on with from each of its states, found out once.
//!
//! It knows nothing of texts being walked; that is [`walking`](super::walking)'s.

use regex_automata::nfa::thompson::{self, NFA, State, Transition};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::StateID;
use regex_syntax::hir::{self, Hir};
use rustc_hash::FxHashMap;

use super::finder::Unusable;
use super::places::{Letters, Places};
use crate::knowledge::patterns::STAND_IN;

/// The most memory that an automaton may take while it is made, in bytes.
const MOST_MEMORY: usize = 16 << 20;

/// What is walked.
#[derive(Debug)]
pub(super) struct Automaton {
    states: Box<[GoesOn]>,
    letters: Box<[Letter]>,
    /// Words of lists that a state may go on with, and where they lead to.
    lists: Box<[(u16, u32)]>,
    /// The arrivals at each junction.
    junctions: Box<[Part]>,
    arrivals: Box<[Arrival]>,
}

/// What a state goes on with.
#[derive(Clone, Copy, Debug)]
struct GoesOn {
    letters: Part,
    lists: Part,
}

/// A part of all letters, lists or arrivals.
#[derive(Clone, Copy, Debug)]
struct Part {
    from: u32,
    until: u32,
}

impl Part {
    /// What came to these since there were `from` of them.
    fn since<T>(from: usize, all: &[T]) -> Result<Self, Unusable> {
        Ok(Self { from: u32::try_from(from)?, until: u32::try_from(all.len())? })
    }

    fn of<T>(self, all: &[T]) -> &[T] {
        &all[self.from as usize..self.until as usize]
    }
}

/// Letters that lead to a junction.
#[derive(Clone, Copy, Debug)]
struct Letter {
    first: u8,
    last: u8,
    junction: u32,
}

/// What an expression has arrived at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrival {
    /// The places at which it is arrived at.
    places: Places,
    /// The letters that it can go on with there.
    letters: Letters,
    /// Whether it may go on with words of lists.
    pub(super) has_lists: bool,
    /// The state, or [`Automaton::END`].
    pub(super) state: u32,
}

impl Arrival {
    /// Whether it is arrived at, at such a place before such a letter, to any purpose.
    pub(super) fn is_made(&self, place: Places, letter: Letters) -> bool {
        self.places.meet(place) && self.letters.meet(letter)
    }
}

impl Automaton {
    /// The junction that every walk begins at.
    pub(super) const BEGIN: u32 = 0;
    /// Where the expression ends, instead of a state.
    pub(super) const END: u32 = u32::MAX;

    /// # Errors
    /// What is too large for an automaton.
    pub(super) fn new(hir: &Hir) -> Result<Self, Unusable> {
        let config = thompson::Config::new().which_captures(thompson::WhichCaptures::None).nfa_size_limit(Some(MOST_MEMORY)).utf8(false);
        let nfa = thompson::Compiler::new().configure(config).build_from_hir(hir)?;
        Flattening::of(&nfa).finish()
    }

    /// How many states and junctions there are. Each has a number of its own below that, see [`Self::mark`].
    pub(super) fn marks(&self) -> usize {
        self.states.len() + self.junctions.len()
    }

    /// The number of a junction beside the states, whose numbers are their own.
    pub(super) fn mark(&self, junction: u32) -> usize {
        self.states.len() + junction as usize
    }

    /// What a walk is at when it comes to a junction.
    pub(super) fn arrivals(&self, junction: u32) -> &[Arrival] {
        self.junctions[junction as usize].of(&self.arrivals)
    }

    /// The junction that a letter leads to.
    pub(super) fn over(&self, state: u32, letter: u8) -> Option<u32> {
        let own = self.states[state as usize].letters.of(&self.letters);
        let found = own.iter().find(|known| known.last >= letter)?;
        (found.first <= letter).then_some(found.junction)
    }

    /// The lists that a state may go on with words of, each with the junction behind them.
    pub(super) fn lists(&self, state: u32) -> &[(u16, u32)] {
        self.states[state as usize].lists.of(&self.lists)
    }
}

/// An automaton being made of one that has empty steps.
struct Flattening<'nfa> {
    nfa: &'nfa NFA,
    states: Numbers,
    junctions: Numbers,
}

/// States of the other automaton, numbered as they are met.
#[derive(Default)]
struct Numbers {
    known: FxHashMap<StateID, u32>,
    met: Vec<StateID>,
}

impl Numbers {
    fn of(&mut self, state: StateID) -> Result<u32, Unusable> {
        if let Some(number) = self.known.get(&state) {
            return Ok(*number);
        }
        let number = u32::try_from(self.met.len())?;
        self.known.insert(state, number);
        self.met.push(state);
        Ok(number)
    }
}

impl<'nfa> Flattening<'nfa> {
    fn of(nfa: &'nfa NFA) -> Self {
        Self { nfa, states: Numbers::default(), junctions: Numbers::default() }
    }

    fn finish(mut self) -> Result<Automaton, Unusable> {
        let (mut states, mut letters, mut lists) = (Vec::new(), Vec::new(), Vec::new());
        let (mut junctions, mut arrivals) = (Vec::new(), Vec::new());
        self.junctions.of(self.nfa.start_anchored())?;
        // Arrivals bring new states, whose letters bring new junctions.
        while junctions.len() < self.junctions.met.len() {
            let new = junctions.len()..self.junctions.met.len();
            for junction in new {
                let from = arrivals.len();
                self.arrive(self.junctions.met[junction], &mut arrivals)?;
                junctions.push(Part::since(from, &arrivals)?);
            }
            let new = states.len()..self.states.met.len();
            for state in new {
                let from = (letters.len(), lists.len());
                self.leave(self.states.met[state], &mut letters, &mut lists)?;
                states.push(GoesOn { letters: Part::since(from.0, &letters)?, lists: Part::since(from.1, &lists)? });
            }
        }
        Ok(Automaton {
            states: states.into(),
            letters: letters.into(),
            lists: lists.into(),
            junctions: junctions.into(),
            arrivals: arrivals.into(),
        })
    }

    /// Notes all that a state leads to without a letter.
    fn arrive(&mut self, state: StateID, arrivals: &mut Vec<Arrival>) -> Result<(), Unusable> {
        let mut to_follow = vec![(state, Places::ALL)];
        let mut followed: FxHashMap<StateID, Vec<Places>> = FxHashMap::default();
        while let Some((state, places)) = to_follow.pop() {
            let ways = followed.entry(state).or_default();
            // It was come to before at all these places.
            if ways.iter().any(|known| places.are_within(*known)) {
                continue;
            }
            ways.push(places);
            match self.nfa.state(state) {
                State::ByteRange { .. } | State::Sparse(_) => {
                    let over = transitions(self.nfa, state);
                    let has_lists = over.iter().any(|over| over.start == STAND_IN);
                    // A state comes to its end where its letters cannot be; what a list begins with is not known here.
                    let bytes = || over.iter().flat_map(|over| over.start..=over.end);
                    let (places, letters) =
                        if has_lists { (places, Letters::ALL) } else { (places.and(Places::before_any(bytes())), Letters::any(bytes())) };
                    if places != Places::NONE {
                        arrivals.push(Arrival { places, letters, has_lists, state: self.states.of(state)? });
                    }
                }
                State::Match { .. } => arrivals.push(Arrival { places, letters: Letters::ALL, has_lists: false, state: Automaton::END }),
                State::Look { look, next } => to_follow.push((*next, places.and(where_holds(*look)?))),
                State::Union { alternates } => to_follow.extend(alternates.iter().map(|next| (*next, places))),
                State::BinaryUnion { alt1, alt2 } => to_follow.extend([(*alt1, places), (*alt2, places)]),
                State::Capture { next, .. } => to_follow.push((*next, places)),
                // No compiler of automata makes dense states.
                State::Fail | State::Dense(_) => {}
            }
        }
        Ok(())
    }

    /// Notes where a state leads to with letters and with words of lists.
    fn leave(&mut self, state: StateID, letters: &mut Vec<Letter>, lists: &mut Vec<(u16, u32)>) -> Result<(), Unusable> {
        let nfa = self.nfa;
        for Transition { start, end, next } in transitions(nfa, state) {
            // Nothing but a stand-in asks for that byte alone.
            if *start != STAND_IN {
                letters.push(Letter { first: *start, last: *end, junction: self.junctions.of(*next)? });
                continue;
            }
            for high in transitions(nfa, *next) {
                for low in transitions(nfa, high.next) {
                    lists.push((u16::from_be_bytes([high.start, low.start]), self.junctions.of(low.next)?));
                }
            }
        }
        Ok(())
    }
}

/// The places at which that holds.
fn where_holds(look: Look) -> Result<Places, Unusable> {
    let read = hir::Look::from_repr(look.as_repr());
    read.and_then(Places::where_holds).ok_or_else(|| format!("a pattern cannot ask for {look:?}").into())
}

/// Where a state leads to, with which letters, ascending.
fn transitions(nfa: &NFA, state: StateID) -> &[Transition] {
    match nfa.state(state) {
        State::ByteRange { trans } => std::slice::from_ref(trans),
        State::Sparse(sparse) => &sparse.transitions,
        _ => &[],
    }
}
