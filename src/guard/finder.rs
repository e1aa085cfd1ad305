//! Finds which of many patterns a text holds, in time that hardly grows with the number of patterns.
//!
//! Patterns like `\bmy .*\bhurts\b` defeat an automaton of all of them: it has to remember every beginning it has ever seen.
//! So each pattern is cut into *pieces* where it allows anything between. A pattern can be found only where all its pieces have an
//! [opening](super::openings); of a plain question that leaves few, and these are [walked](super::walking), each by an automaton of its own
//! that is made when it is first needed. A pattern is found if its pieces are, one behind the other.

use std::collections::HashMap;
use std::sync::Arc;

use regex_syntax::hir::Hir;
use rustc_hash::FxHashMap;

use super::openings::{Begun, ListSigns, Openings, Starts};
use super::pieces::{Beginning, Cutter};
use super::places::Places;
use super::walking::{Expression, Lists, Walker};
use crate::knowledge::patterns::ReadLists;

/// Why patterns cannot be used together.
pub(super) type Unusable = Box<dyn std::error::Error + Send + Sync>;

/// Patterns, cut into pieces.
#[derive(Debug)]
pub(super) struct Finder {
    rows: Vec<Row>,
    /// Rows that speak against a pattern found.
    lacking: Vec<Row>,
    pieces: Vec<Piece>,
    openings: Openings,
    /// The rows that are looked for where each piece may begin.
    rows_of: Vec<Box<[usize]>>,
    lists: Arc<Lists>,
}

/// One alternative of a pattern: pieces that stand one behind the other.
#[derive(Debug)]
struct Row {
    pattern: usize,
    pieces: Box<[usize]>,
}

impl Row {
    /// Whether all its pieces may begin.
    fn may_be(&self, begun: &Begun) -> bool {
        self.pieces.iter().all(|piece| begun.begins(*piece))
    }
}

/// A piece of a pattern.
#[derive(Debug)]
struct Piece {
    expression: Expression,
    /// Where it can begin.
    places: Places,
}

/// The lists that patterns use, ready to be looked for. They are made once for all finders.
#[derive(Debug)]
pub(super) struct ReadyLists {
    lists: Arc<Lists>,
    signs: ListSigns,
}

impl ReadyLists {
    pub(super) fn new(lists: &ReadLists) -> Self {
        Self { lists: Arc::new(Lists::new(lists)), signs: ListSigns::new(lists) }
    }
}

impl Finder {
    /// Cuts the patterns and learns how their pieces begin.
    pub(super) fn new<'pattern>(
        patterns: impl Iterator<Item = &'pattern String>,
        cutter: &Cutter<'_>,
        lists: &ReadyLists,
    ) -> Result<Self, Unusable> {
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut pieces: Vec<Hir> = Vec::new();
        let (mut rows, mut lacking) = (Vec::new(), Vec::new());
        for (pattern, written) in patterns.enumerate() {
            let mut number = |piece: Hir| {
                *known.entry(piece.to_string()).or_insert_with(|| {
                    pieces.push(piece);
                    pieces.len() - 1
                })
            };
            let mut row = |pieces: Vec<_>| Row { pattern, pieces: pieces.into_iter().map(&mut number).collect() };
            let cut = cutter.cut(written)?;
            rows.extend(cut.holds.into_iter().map(&mut row));
            lacking.extend(cut.lacks.into_iter().map(&mut row));
        }
        let openings = Openings::new(&pieces, &lists.signs)?;
        // Where one of its pieces cannot begin, a row is not there: one that letters tell of is best.
        let tells = |row: &Row| row.pieces.iter().find(|piece| openings.tell(**piece)).or(row.pieces.first()).copied();
        let mut rows_of = vec![Vec::new(); pieces.len()];
        for (number, row) in rows.iter().enumerate() {
            if let Some(piece) = tells(row) {
                rows_of[piece].push(number);
            }
        }
        let piece = |hir| Piece { expression: Expression::new(hir), places: Beginning::of(hir).places() };
        let pieces = pieces.iter().map(piece).collect();
        let rows_of = rows_of.into_iter().map(Into::into).collect();
        Ok(Self { rows, lacking, pieces, openings, rows_of, lists: Arc::clone(&lists.lists) })
    }

    /// Makes every automaton once, as a text that needs them all would.
    ///
    /// # Errors
    /// A piece or a list that is too large for an automaton.
    pub(super) fn prove(&self) -> Result<(), Unusable> {
        self.lists.prove()?;
        self.pieces.iter().try_for_each(|piece| piece.expression.prove())
    }

    /// The patterns that the text holds, by their index, ascending.
    pub(super) fn find(&self, text: &str) -> Vec<usize> {
        let text = text.as_bytes();
        let places = places_of(text);
        let begun = self.openings.begun(text, &places);
        let of_pieces = begun.pieces().iter().flat_map(|piece| &self.rows_of[usize::from(*piece)]).copied();
        let mut rows: Vec<usize> = of_pieces.filter(|row| self.rows[*row].may_be(&begun)).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        rows.sort_unstable();
        let is_of_one = |pattern| rows.binary_search_by_key(&pattern, |row| self.rows[*row].pattern).is_ok();
        let lacking: Vec<&Row> = self.lacking.iter().filter(|row| is_of_one(row.pattern) && row.may_be(&begun)).collect();
        let mut wanted = vec![false; self.pieces.len()];
        for piece in rows.iter().map(|row| &self.rows[*row]).chain(lacking.iter().copied()).flat_map(|row| &row.pieces) {
            wanted[*piece] = true;
        }
        let mut walks = Walks::new(self, text, places, begun.starts(|piece| wanted[piece]));
        let held = rows.into_iter().map(|row| &self.rows[row]).filter(|row| walks.hold(row));
        let mut patterns: Vec<usize> = held.map(|row| row.pattern).collect();
        patterns.dedup();
        for row in lacking {
            if let Ok(at) = patterns.binary_search(&row.pattern)
                && walks.hold(row)
            {
                patterns.remove(at);
            }
        }
        patterns
    }
}

/// The kinds of the places before each letter and behind the last, where a piece begins that is nothing but the end of the text.
fn places_of(text: &[u8]) -> Vec<Places> {
    (0..=text.len()).map(|at| Places::of(text, at)).collect()
}

/// What is found of a text so far.
struct Walks<'text> {
    finder: &'text Finder,
    walker: Walker<'text>,
    places: Vec<Places>,
    starts: Starts,
    /// Where each piece ends at the earliest, if it does, once it was looked for.
    found: FxHashMap<usize, Option<usize>>,
}

impl<'text> Walks<'text> {
    fn new(finder: &'text Finder, text: &'text [u8], places: Vec<Places>, starts: Starts) -> Self {
        Self { finder, walker: Walker::new(text, &finder.lists), places, starts, found: FxHashMap::default() }
    }

    /// Whether the text holds the pieces of a row, each of which may begin in it, one behind the other.
    fn hold(&mut self, row: &Row) -> bool {
        // What may begin anywhere is walked from everywhere: only where the others are found.
        for anywhere in [false, true] {
            if row.pieces.iter().any(|piece| self.starts.anywhere(*piece) == anywhere && self.end(*piece).is_none()) {
                return false;
            }
        }
        let Some((first, others)) = row.pieces.split_first() else { return true };
        let end = self.end(*first);
        others.iter().fold(end, |end, piece| self.end_behind(*piece, end?)).is_some()
    }

    /// Where a piece ends at the earliest.
    fn end(&mut self, piece: usize) -> Option<usize> {
        if let Some(end) = self.found.get(&piece) {
            return *end;
        }
        let end = self.end_behind(piece, 0);
        self.found.insert(piece, end);
        end
    }

    /// Where a piece that begins at a place or behind it ends at the earliest.
    fn end_behind(&mut self, piece: usize, place: usize) -> Option<usize> {
        let Self { finder, walker, places, starts, .. } = self;
        let Piece { expression, places: begins } = &finder.pieces[piece];
        let may_begin = |list, place| starts.may_begin(list, place);
        if starts.anywhere(piece) {
            let anywhere = (place..places.len()).filter(|at| begins.meet(places[*at]));
            walker.earliest_end(expression, places, anywhere, may_begin)
        } else {
            let own = starts.of(piece).skip_while(|start| *start < place);
            walker.earliest_end(expression, places, own, may_begin)
        }
    }
}

#[cfg(test)]
mod tests {
    use regex::bytes::{Regex, RegexBuilder};

    use super::*;
    use crate::knowledge::{files, load, patterns};

    fn finder<'pattern>(patterns: impl Iterator<Item = &'pattern String>, lists: &patterns::Lists) -> Finder {
        let cutter = Cutter::new(lists).unwrap();
        Finder::new(patterns, &cutter, &ReadyLists::new(cutter.lists())).unwrap()
    }

    fn find(patterns: &[&str], text: &str) -> Vec<usize> {
        find_with(&[], patterns, text)
    }

    fn find_with(lists: &[(&str, &[&str])], patterns: &[&str], text: &str) -> Vec<usize> {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let lists = patterns::Lists::new(lists.iter().map(|(name, words)| ((*name).to_owned(), owned(words))).collect());
        finder(owned(patterns).iter(), &lists).find(text)
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
    fn a_group_is_cut_where_one_of_its_branches_allows_anything_between() {
        let patterns = [r"\b(?:my .*hurts|his .*aches|foot) now\b", r"\b(?:so|ok) (?:my|the .*\bhis) foot\b"];
        assert_eq!(find(&patterns, "my foot now hurts"), [0]);
        assert_eq!(find(&patterns, "my foot hurts now"), [0]);
        assert_eq!(find(&patterns, "his foot hurts and now it aches now"), [0]);
        assert_eq!(find(&patterns, "so the pain is in his foot"), [1]);
        assert_eq!(find(&patterns, "so his foot aches, my foot not"), Vec::<usize>::new());
    }

    #[test]
    fn words_of_lists_are_found_wherever_a_piece_comes_to_them() {
        let lists: [(&str, &[&str]); 3] = [
            ("drug", &["aspirin", "vitamin [a-z]+", "vitamin c gummies", "[a-z]+cillin"]),
            ("taken", &["took", "<drug> was swallowed"]),
            ("symbol", &["[%#]+"]),
        ];
        let find = |text| {
            find_with(&lists, &[r"<drug> today\b", r"\b<drug> and <drug>$", r"^(?:so )?<taken>\b.*<drug>", r"[0-9] ?<symbol>"], text)
        };
        assert_eq!(find("vitamin c gummies today"), [0]);
        assert_eq!(find("vitamin c today"), [0]);
        assert_eq!(find("penicillin and vitamin c"), [1]);
        assert_eq!(find("penicillin and vitamin c gummies, no"), Vec::<usize>::new());
        assert_eq!(find("so aspirin was swallowed, and amoxicillin today"), [0, 2]);
        assert_eq!(find("98 %"), [3]);
        assert_eq!(find("so it took vitamins"), Vec::<usize>::new());
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
        let lists = knowledge.lists.read().unwrap();
        let plain = |hir: &Hir| {
            let written_out = lists.fill(hir).to_string();
            RegexBuilder::new(&written_out).unicode(false).size_limit(64 << 20).build().unwrap()
        };
        for guard in &knowledge.guards {
            for patterns in [&guard.patterns, &guard.unless] {
                let finder = finder(patterns.iter(), &knowledge.lists);
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
                    assert_eq!(finder.find(text), wanted, "guard {}: {text}", guard.id);
                }
            }
        }
    }

    /// Walks from wherever any piece may begin.
    fn walks<'text>(finder: &'text Finder, text: &'text str) -> Walks<'text> {
        let places = places_of(text.as_bytes());
        let starts = finder.openings.begun(text.as_bytes(), &places).starts(|_| true);
        Walks::new(finder, text.as_bytes(), places, starts)
    }

    /// How many places are walked over to look for every piece.
    fn steps(finder: &Finder, text: &str) -> u64 {
        let mut walks = walks(finder, text);
        let before = walks.walker.steps();
        for piece in 0..finder.pieces.len() {
            walks.end(piece);
        }
        walks.walker.steps() - before
    }

    #[test]
    fn a_text_of_twice_the_length_is_twice_the_work() {
        let knowledge = load::load(&files::shipped()).unwrap().0;
        let patterns = knowledge.guards.iter().flat_map(|guard| guard.patterns.iter().chain(&guard.unless));
        let finder = finder(patterns, &knowledge.lists);
        for piece in ["my ", "a", "a b ", "1.", "my head is ", "can i take ", "i'm 5 mg ", "..", "is it ok if they "] {
            let (once, twice) = (steps(&finder, &piece.repeat(2_000)), steps(&finder, &piece.repeat(4_000)));
            assert!(twice * 10 <= once * 21 + 100, "{piece:?}: {once} steps, then {twice}");
        }
    }

    #[test]
    fn a_plain_question_is_walked_from_few_places() {
        let knowledge = load::load(&files::shipped()).unwrap().0;
        let finder = finder(knowledge.guards.iter().flat_map(|guard| &guard.patterns), &knowledge.lists);
        let text = "what does the exam cost in ohio";
        let begun = finder.openings.begun(text.as_bytes(), &places_of(text.as_bytes()));
        let mut walks = walks(&finder, text);
        assert!(!finder.rows.iter().filter(|row| row.may_be(&begun)).any(|row| walks.hold(row)));
        let walked = walks.found.len();
        assert!(walked * 10 < finder.pieces.len(), "{walked} of {} pieces", finder.pieces.len());
    }

    #[test]
    fn every_shipped_pattern_is_small_enough() {
        let knowledge = load::load(&files::shipped()).unwrap().0;
        let patterns = knowledge.guards.iter().flat_map(|guard| [&guard.patterns, &guard.unless, &guard.unasked]).flatten();
        finder(patterns, &knowledge.lists).prove().unwrap();
    }
}
