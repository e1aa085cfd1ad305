//! Finds which of many patterns a text holds, in time that hardly grows with the number of patterns.
//!
//! Patterns like `\bmy .*\bhurts\b` defeat an automaton of all of them: it has to remember every beginning it has ever seen.
//! So each pattern is cut into *pieces* where it allows anything between. A pattern can be found only where all its pieces have an
//! [opening](super::openings); of a plain question that leaves few, and these are walked, each by an automaton of its own that is made
//! when it is first needed. A pattern is found if its pieces are, one behind the other.

use std::collections::HashMap;
use std::sync::Arc;

use regex_syntax::hir::Hir;

use super::openings::{ListSigns, Openings, Starts};
use super::pieces::{CompactLists, Cutter, Places};
use super::walking::{Piece, Span};

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
    lists: Arc<CompactLists>,
}

/// One alternative of a pattern: pieces that stand one behind the other.
#[derive(Debug)]
struct Row {
    pattern: usize,
    pieces: Box<[usize]>,
}

impl Finder {
    /// Cuts the patterns and learns how their pieces begin.
    pub(super) fn new<'pattern>(
        patterns: impl Iterator<Item = &'pattern String>,
        cutter: &Cutter<'_>,
        lists: Arc<CompactLists>,
        list_signs: &ListSigns,
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
        let openings = Openings::new(&pieces, list_signs)?;
        Ok(Self { rows, lacking, pieces: pieces.iter().map(Piece::new).collect(), openings, lists })
    }

    /// Makes every automaton once, as a text that needs them all would.
    ///
    /// # Errors
    /// A piece that is too large for an automaton.
    pub(super) fn prove(&self) -> Result<(), Unusable> {
        self.pieces.iter().try_for_each(|piece| piece.prove(&self.lists))
    }

    /// The patterns that the text holds, by their index, ascending.
    pub(super) fn find(&self, text: &str) -> Vec<usize> {
        let mut walks = Walks::new(self, text.as_bytes());
        let mut patterns: Vec<usize> = self.rows.iter().filter(|row| walks.hold(row)).map(|row| row.pattern).collect();
        patterns.dedup();
        for row in &self.lacking {
            if let Ok(at) = patterns.binary_search(&row.pattern)
                && walks.hold(row)
            {
                patterns.remove(at);
            }
        }
        patterns
    }
}

/// What is found of a text so far.
struct Walks<'text> {
    finder: &'text Finder,
    text: &'text [u8],
    /// The kinds of the places before each letter and behind the last.
    places: Vec<Places>,
    starts: Starts,
    /// Where each piece was found, once it was looked for.
    found: Vec<Option<Vec<Span>>>,
}

impl<'text> Walks<'text> {
    fn new(finder: &'text Finder, text: &'text [u8]) -> Self {
        // A piece that is nothing but the end of the text begins behind the last letter.
        let places: Vec<Places> = (0..=text.len()).map(|at| Places::of(text, at)).collect();
        let starts = finder.openings.starts(text, &places, |piece| finder.pieces[piece].places());
        Self { finder, text, places, starts, found: vec![None; finder.pieces.len()] }
    }

    /// Whether the text holds the pieces of a row one behind the other.
    fn hold(&mut self, row: &Row) -> bool {
        let Self { starts, .. } = self;
        if row.pieces.iter().any(|piece| !starts.anywhere(*piece) && starts.of(*piece).is_empty()) {
            return false;
        }
        // What may begin anywhere is walked from everywhere: only where the others are found.
        for anywhere in [false, true] {
            if row.pieces.iter().any(|piece| self.starts.anywhere(*piece) == anywhere && self.spans(*piece).is_empty()) {
                return false;
            }
        }
        let mut end = 0;
        row.pieces.iter().all(|piece| {
            let next = self.spans(*piece).iter().filter(|span| span.start >= end).map(|span| span.end).min();
            end = next.unwrap_or(end);
            next.is_some()
        })
    }

    /// Where a piece is found.
    fn spans(&mut self, piece: usize) -> &[Span] {
        let Self { finder, text, places, starts, found } = self;
        found[piece].get_or_insert_with(|| {
            let walked = &finder.pieces[piece];
            if starts.anywhere(piece) {
                let anywhere = places.iter().enumerate().filter(|(_, place)| walked.places().meet(**place));
                walked.walk(text, anywhere.map(|(start, _)| start), &finder.lists)
            } else {
                walked.walk(text, starts.of(piece).iter().copied(), &finder.lists)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use regex::bytes::{Regex, RegexBuilder};

    use super::*;
    use crate::knowledge::patterns::Lists;
    use crate::knowledge::{files, load};

    fn finder<'pattern>(patterns: impl Iterator<Item = &'pattern String>, lists: &Lists) -> Finder {
        let cutter = Cutter::new(lists).unwrap();
        Finder::new(patterns, &cutter, Arc::new(CompactLists::new(cutter.lists())), &ListSigns::new(cutter.lists())).unwrap()
    }

    fn find(patterns: &[&str], text: &str) -> Vec<usize> {
        let patterns: Vec<String> = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        let lists = Lists::default();
        finder(patterns.iter(), &lists).find(text)
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

    /// From how many places pieces are walked.
    fn walks(finder: &Finder, text: &str) -> usize {
        let walks = Walks::new(finder, text.as_bytes());
        let anywhere = |piece: &Piece| walks.places.iter().filter(|place| piece.places().meet(**place)).count();
        let of_piece = |(number, piece)| if walks.starts.anywhere(number) { anywhere(piece) } else { walks.starts.of(number).len() };
        finder.pieces.iter().enumerate().map(of_piece).sum()
    }

    #[test]
    fn a_text_of_twice_the_length_is_twice_the_work() {
        let knowledge = load::load(&files::shipped()).unwrap().0;
        let patterns = knowledge.guards.iter().flat_map(|guard| guard.patterns.iter().chain(&guard.unless));
        let finder = finder(patterns, &knowledge.lists);
        for piece in ["my ", "a", "a b ", "1.", "my head is ", "can i take ", "i'm 5 mg ", "..", "is it ok if they "] {
            let (once, twice) = (walks(&finder, &piece.repeat(2_000)), walks(&finder, &piece.repeat(4_000)));
            assert!(twice * 10 <= once * 21 + 100, "{piece:?}: {once} walks, then {twice}");
        }
    }

    #[test]
    fn a_plain_question_is_walked_from_few_places() {
        let knowledge = load::load(&files::shipped()).unwrap().0;
        let finder = finder(knowledge.guards.iter().flat_map(|guard| &guard.patterns), &knowledge.lists);
        let mut walks = Walks::new(&finder, b"what does the exam cost in ohio");
        assert!(!finder.rows.iter().any(|row| walks.hold(row)));
        let walked = walks.found.iter().flatten().count();
        assert!(walked * 10 < finder.pieces.len(), "{walked} of {} pieces", finder.pieces.len());
    }

    #[test]
    fn every_shipped_pattern_is_small_enough() {
        let knowledge = load::load(&files::shipped()).unwrap().0;
        let patterns = knowledge.guards.iter().flat_map(|guard| [&guard.patterns, &guard.unless, &guard.unasked]).flatten();
        finder(patterns, &knowledge.lists).prove().unwrap();
    }
}
