//! Finds which of many patterns a text holds, in time that hardly grows with the number of patterns.
//!
//! Patterns like `\bmy .*\bhurts\b` defeat an automaton of all of them: it has to remember every beginning it has ever seen.
//! So each pattern is cut into *pieces* where it allows anything between. Pieces that can begin at the same places are one
//! automaton, walked from each of these places until none of them can go on, mostly after a few letters. A pattern is found if its
//! pieces are, one behind the other.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson;
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::Hir;

use super::pieces::{Beginning, Cutter, Places};

/// The most memory that an automaton's rules may take, in bytes.
const MOST_MEMORY: usize = 64 << 20;
/// The most memory that the states of one automaton met so far may take, in bytes; when it is full they are made anew.
///
/// All threads share them: a text is looked through in some twenty microseconds, and states of their own would cost each thread ten
/// megabytes.
const MOST_STATES: usize = 6 << 20;
/// No piece is looked for over more letters than this: what is that long is nothing a person wrote, and each place of it would be walked
/// to its end.
const LONGEST: usize = 512;
/// Why patterns cannot be used together.
pub(super) type Unusable = Box<dyn std::error::Error + Send + Sync>;

/// Patterns, cut into pieces.
#[derive(Debug)]
pub(super) struct Finder {
    rows: Vec<Row>,
    /// Rows that speak against a pattern found.
    lacking: Vec<Row>,
    /// Rows by the one of their pieces that the fewest rows have.
    rows_with: Vec<Vec<usize>>,
    automata: Vec<Automaton>,
}

/// One alternative of a pattern: pieces that stand one behind the other.
#[derive(Debug)]
struct Row {
    pattern: usize,
    pieces: Box<[usize]>,
}

/// A piece found: which, where it begins, and where it ends at the earliest.
#[derive(Clone, Copy, Debug)]
struct Found {
    piece: usize,
    start: usize,
    end: usize,
}

impl Finder {
    /// Cuts and compiles the patterns.
    pub(super) fn new<'pattern>(patterns: impl Iterator<Item = &'pattern String>, cutter: &Cutter<'_>) -> Result<Self, Unusable> {
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut pieces: Vec<Hir> = Vec::new();
        let (mut rows, mut lacking) = (Vec::new(), Vec::new());
        for (pattern, written) in patterns.enumerate() {
            let mut number = |piece: Hir| {
                *known.entry(piece.to_string()).or_insert_with(|| {
                    pieces.push(cutter.whole(&piece));
                    pieces.len() - 1
                })
            };
            let mut row = |pieces: Vec<Hir>| Row { pattern, pieces: pieces.into_iter().map(&mut number).collect() };
            let cut = cutter.cut(written)?;
            rows.extend(cut.holds.into_iter().map(&mut row));
            lacking.extend(cut.lacks.into_iter().map(&mut row));
        }
        let mut groups: BTreeMap<(Places, Option<usize>), Vec<usize>> = BTreeMap::new();
        for (number, piece) in pieces.iter().enumerate() {
            let beginning = Beginning::of(piece);
            // What goes on with any word is alive beside everything else, and each combination would be a state of its own.
            let alone = beginning.is_loose.then_some(number);
            groups.entry((beginning.places(), alone)).or_default().push(number);
        }
        let automata = groups.into_iter().map(|((places, _), numbers)| Automaton::new(places, numbers, &pieces));
        Ok(Self { rows_with: by_rarest(&rows, pieces.len()), automata: automata.collect::<Result<_, _>>()?, rows, lacking })
    }

    /// The patterns that the text holds, by their index, ascending.
    pub(super) fn find(&self, text: &str) -> impl Iterator<Item = usize> {
        let found = self.pieces(text.as_bytes());
        let mut patterns = Vec::new();
        let mut before = None;
        for piece in found.iter().map(|found| found.piece).filter(|piece| before.replace(*piece) != Some(*piece)) {
            let rows = self.rows_with[piece].iter().map(|row| &self.rows[*row]);
            patterns.extend(rows.filter(|row| row.is_held(&found)).map(|row| row.pattern));
        }
        patterns.extend(self.rows.iter().filter(|row| row.pieces.is_empty()).map(|row| row.pattern));
        patterns.sort_unstable();
        patterns.dedup();
        for row in &self.lacking {
            if let Ok(at) = patterns.binary_search(&row.pattern)
                && row.is_held(&found)
            {
                patterns.remove(at);
            }
        }
        patterns.into_iter()
    }

    /// The pieces found, in their order and in that of the text.
    fn pieces(&self, text: &[u8]) -> Vec<Found> {
        // A piece that is nothing but the end of the text begins behind the last letter.
        let places: Vec<Places> = (0..=text.len()).map(|at| Places::of(text, at)).collect();
        let mut found = Vec::new();
        for automaton in &self.automata {
            automaton.walk(text, &places, &mut found);
        }
        found.sort_unstable_by_key(|found| (found.piece, found.start));
        found
    }
}

impl Row {
    /// Whether its pieces are found one behind the other; `found` is sorted by piece.
    fn is_held(&self, found: &[Found]) -> bool {
        let mut end = 0;
        self.pieces.iter().all(|piece| {
            let from = found.partition_point(|found| found.piece < *piece);
            let same = found[from..].iter().take_while(|found| found.piece == *piece);
            let next = same.filter(|found| found.start >= end).map(|found| found.end).min();
            end = next.unwrap_or(end);
            next.is_some()
        })
    }
}

/// The rows by the one of their pieces that the fewest rows have: "my" stands in hundreds, "hurts" in few.
fn by_rarest(rows: &[Row], pieces: usize) -> Vec<Vec<usize>> {
    let mut uses = vec![0; pieces];
    for piece in rows.iter().flat_map(|row| &row.pieces) {
        uses[*piece] += 1;
    }
    let mut rows_with = vec![Vec::new(); pieces];
    for (index, row) in rows.iter().enumerate() {
        if let Some(rarest) = row.pieces.iter().min_by_key(|piece| uses[**piece]) {
            rows_with[*rarest].push(index);
        }
    }
    rows_with
}

/// Pieces that are looked for together.
struct Automaton {
    /// Where they can begin.
    places: Places,
    dfa: DFA,
    /// The number of each piece.
    pieces: Vec<usize>,
    /// The states met so far, once a text was walked.
    states: Mutex<Option<Cache>>,
}

impl std::fmt::Debug for Automaton {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} pieces", self.pieces.len())
    }
}

impl Automaton {
    fn new(places: Places, numbers: Vec<usize>, all: &[Hir]) -> Result<Self, Unusable> {
        let pieces: Vec<&Hir> = numbers.iter().map(|number| &all[*number]).collect();
        let config = thompson::Config::new().which_captures(thompson::WhichCaptures::None).nfa_size_limit(Some(MOST_MEMORY)).utf8(false);
        let nfa = thompson::Compiler::new().configure(config).build_many_from_hir(&pieces)?;
        let config = DFA::config().match_kind(MatchKind::All).cache_capacity(MOST_STATES).skip_cache_capacity_check(true);
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa)?;
        Ok(Self { places, pieces: numbers, dfa, states: Mutex::new(None) })
    }

    /// Notes every piece that the text holds; `places` are those before each letter and behind the last.
    fn walk(&self, text: &[u8], places: &[Places], found: &mut Vec<Found>) {
        let mut states = self.states();
        let cache = states.get_or_insert_with(|| self.dfa.create_cache());
        for (start, _) in places.iter().enumerate().filter(|(_, place)| self.places.meet(**place)) {
            if self.walk_from(cache, text, start, found).is_none() {
                // A walk gives up only where it is told when to, and it is not. Should it all the same, rather one stop too many.
                found.extend(self.pieces.iter().map(|piece| Found { piece: *piece, start, end: start }));
            }
        }
    }

    fn states(&self) -> MutexGuard<'_, Option<Cache>> {
        self.states.lock().unwrap_or_else(|poisoned| {
            // Whoever broke off may have left half a state behind.
            let mut states = PoisonError::into_inner(poisoned);
            *states = None;
            self.states.clear_poison();
            states
        })
    }

    /// Notes every piece that begins at `start` and returns where none of them could go on.
    fn walk_from(&self, cache: &mut Cache, text: &[u8], start: usize, found: &mut Vec<Found>) -> Option<usize> {
        let from = found.len();
        let mut note = |cache: &Cache, state, end| {
            for index in 0..self.dfa.match_len(cache, state) {
                let piece = self.pieces[self.dfa.match_pattern(cache, state, index).as_usize()];
                if !found[from..].iter().any(|found| found.piece == piece) {
                    found.push(Found { piece, start, end });
                }
            }
        };
        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
        let mut state = self.dfa.start_state_forward(cache, &input).ok()?;
        for (at, byte) in text.iter().enumerate().skip(start).take(LONGEST) {
            state = self.dfa.next_state(cache, state, *byte).ok()?;
            if state.is_match() {
                // A state tells of a match one letter late.
                note(cache, state, at);
            } else if state.is_dead() {
                return Some(at);
            }
        }
        if text.len() - start > LONGEST {
            return Some(start + LONGEST);
        }
        state = self.dfa.next_eoi_state(cache, state).ok()?;
        if state.is_match() {
            note(cache, state, text.len());
        }
        Some(text.len())
    }
}

#[cfg(test)]
mod tests {
    use regex::bytes::{Regex, RegexBuilder};

    use super::*;
    use crate::knowledge::patterns::Lists;
    use crate::knowledge::{files, load};

    fn find(patterns: &[&str], text: &str) -> Vec<usize> {
        let patterns: Vec<String> = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        let lists = Lists::default();
        Finder::new(patterns.iter(), &Cutter::new(&lists).unwrap()).unwrap().find(text).collect()
    }

    #[test]
    fn pieces_are_found_in_their_order_only() {
        let patterns = [r"\bmy\b.*\bhurts\b", r"\bhurts\b.*\bmy\b", r"\bmy head\b|\bhis\b.*\bfoot\b"];
        assert_eq!(find(&patterns, "my head hurts"), [0, 2]);
        assert_eq!(find(&patterns, "it hurts in my foot"), [1]);
        assert_eq!(find(&patterns, "my myth hurtss"), Vec::<usize>::new());
    }

    #[test]
    fn the_ends_of_a_text_are_places_too() {
        let patterns = [r"^so\b", r"\bdone$", r"\bask\b.*(?:\?|$)", r"[0-9]/[0-9]", r"</?[a-z]+>", "^$"];
        assert_eq!(find(&patterns, "so they ask 1/2 <b> done"), [0, 1, 2, 3, 4]);
        assert_eq!(find(&patterns, "also undone"), Vec::<usize>::new());
        assert_eq!(find(&patterns, ""), [5]);
    }

    #[test]
    fn a_pattern_is_not_found_beside_what_it_must_lack() {
        let patterns = [r"^(?!.*\b(?:ma|medical assistant)\b|\bcan i\b.*\bgive\b)\baspirin\b", r"\baspirin\b"];
        assert_eq!(find(&patterns, "is aspirin good for mas"), [0, 1]);
        assert_eq!(find(&patterns, "may a medical assistant give aspirin"), [1]);
        assert_eq!(find(&patterns, "aspirin, can i as a ca give it"), [1]);
        assert_eq!(find(&patterns, "give, can i, aspirin"), [0, 1]);
        assert_eq!(find(&patterns, "medical assistant"), Vec::<usize>::new());
    }

    #[test]
    fn every_shipped_pattern_finds_what_a_plain_regular_expression_finds() {
        let knowledge = load::load(&files::shipped()).unwrap().0;
        let texts: Vec<String> = knowledge
            .guards
            .iter()
            .flat_map(|guard| guard.examples.iter().chain(&guard.foreign_examples).chain(&guard.passes))
            .chain(knowledge.entries.iter().filter_map(|entry| entry.ask.first()))
            .map(|text| crate::text::fold::fold(text))
            .collect();
        let cutter = Cutter::new(&knowledge.lists).unwrap();
        let lists = knowledge.lists.read().unwrap();
        let plain = |hir: &Hir| {
            let written_out = lists.fill(hir).to_string();
            RegexBuilder::new(&written_out).unicode(false).size_limit(MOST_MEMORY).build().unwrap()
        };
        for guard in &knowledge.guards {
            for patterns in [&guard.patterns, &guard.unless] {
                let finder = Finder::new(patterns.iter(), &cutter).unwrap();
                let plain: Vec<_> = patterns
                    .iter()
                    .map(|pattern| knowledge.lists.pattern(pattern).unwrap())
                    .map(|pattern| (plain(&pattern.holds), pattern.lacks.as_ref().map(plain)))
                    .collect();
                let matches = |(holds, lacks): &(Regex, Option<Regex>), text: &str| {
                    holds.is_match(text.as_bytes()) && !lacks.as_ref().is_some_and(|lacks| lacks.is_match(text.as_bytes()))
                };
                for text in &texts {
                    let wanted: Vec<usize> = (0..plain.len()).filter(|index| matches(&plain[*index], text)).collect();
                    assert_eq!(finder.find(text).collect::<Vec<_>>(), wanted, "guard {}: {text}", guard.id);
                }
            }
        }
    }

    /// How many letters are looked at, those that are looked at again included.
    fn letters_walked(finder: &Finder, text: &str) -> usize {
        let walk = |automaton: &Automaton| -> usize {
            let starts = (0..=text.len()).filter(|at| automaton.places.meet(Places::of(text.as_bytes(), *at)));
            let mut cache = automaton.dfa.create_cache();
            starts.map(|start| automaton.walk_from(&mut cache, text.as_bytes(), start, &mut Vec::new()).unwrap() - start).sum()
        };
        finder.automata.iter().map(walk).sum()
    }

    #[test]
    fn a_text_of_twice_the_length_is_twice_the_work() {
        let knowledge = load::load(&files::shipped()).unwrap().0;
        let patterns = knowledge.guards.iter().flat_map(|guard| guard.patterns.iter().chain(&guard.unless));
        let finder = Finder::new(patterns, &Cutter::new(&knowledge.lists).unwrap()).unwrap();
        for piece in ["my ", "a", "a b ", "1.", "my head is ", "can i take ", "i'm 5 mg ", "..", "is it ok if they "] {
            let (once, twice) = (letters_walked(&finder, &piece.repeat(2_000)), letters_walked(&finder, &piece.repeat(4_000)));
            assert!(twice * 10 <= once * 21, "{piece:?}: {once} letters, then {twice}");
        }
    }
}
