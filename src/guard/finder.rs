//! Finds which of many patterns a text holds, in time that hardly grows with the number of patterns.
//!
//! Patterns like `\bmy .*\bhurts\b` defeat an automaton of all of them: it has to remember every beginning it has ever seen.
//! So each pattern is cut into *pieces* where it allows anything between, and a piece is only tried where a word begins with
//! letters that the piece can begin with. A pattern is found if its pieces are, one behind the other.

use std::collections::HashMap;

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson;
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input, MatchKind, PatternID};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Dot, Hir, HirKind, Look};
use rustc_hash::FxBuildHasher;

/// The most memory that the pieces may take together, in bytes.
const MOST_MEMORY: usize = 64 << 20;
/// The most memory that the states found so far may take, in bytes; when it is full they are found anew.
const MOST_STATES: usize = 2 << 20;
/// Pieces are told apart by as many first letters.
const FIRST_LETTERS: usize = 3;

/// Why patterns cannot be used together.
pub(super) type Unusable = Box<dyn std::error::Error + Send + Sync>;

/// Patterns, cut into pieces.
pub(super) struct Finder {
    /// Each pattern as alternatives, each of them a row of pieces.
    patterns: Vec<Vec<Vec<usize>>>,
    places: Places,
    dfa: DFA,
    caches: Pool<Cache, Box<dyn Fn() -> Cache + Send + Sync>>,
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} patterns in {} pieces", self.patterns.len(), self.dfa.pattern_len())
    }
}

/// Where in a text each piece can begin.
#[derive(Default)]
struct Places {
    /// At the very beginning.
    start: Vec<usize>,
    /// Where a word begins with these letters.
    word: HashMap<Vec<u8>, Vec<usize>, FxBuildHasher>,
    /// Where any word begins.
    any_word: Vec<usize>,
    /// Anywhere.
    anywhere: Vec<usize>,
}

/// A piece found: which, where it begins, and where it ends at the earliest.
#[derive(Clone, Copy)]
struct Found {
    piece: usize,
    start: usize,
    end: usize,
}

impl Finder {
    /// Cuts and compiles the patterns.
    pub(super) fn new<'pattern>(patterns: impl Iterator<Item = &'pattern String>) -> Result<Self, Unusable> {
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut pieces: Vec<Hir> = Vec::new();
        let mut places = Places::default();
        let mut cut = Vec::new();
        for pattern in patterns {
            let parsed = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern)?;
            let mut number = |piece: Hir| {
                *known.entry(piece.to_string()).or_insert_with(|| {
                    places.note(pieces.len(), &piece);
                    pieces.push(piece);
                    pieces.len() - 1
                })
            };
            cut.push(rows(&parsed).into_iter().map(|row| row.into_iter().map(&mut number).collect()).collect());
        }
        let config = thompson::Config::new().which_captures(thompson::WhichCaptures::None).nfa_size_limit(Some(MOST_MEMORY)).utf8(false);
        let nfa = thompson::Compiler::new().configure(config).build_many_from_hir(&pieces)?;
        let config = DFA::config().match_kind(MatchKind::All).starts_for_each_pattern(true).cache_capacity(MOST_STATES);
        let dfa = DFA::builder().configure(config.skip_cache_capacity_check(true)).build_from_nfa(nfa)?;
        let made = dfa.clone();
        Ok(Self { patterns: cut, places, dfa, caches: Pool::new(Box::new(move || made.create_cache())) })
    }

    /// The patterns that the text holds, by their index.
    pub(super) fn find(&self, text: &str) -> impl Iterator<Item = usize> {
        let found = self.pieces(text.as_bytes());
        let holds = move |row: &[usize]| {
            let mut end = 0;
            row.iter().all(|piece| {
                let next = found.iter().filter(|found| found.piece == *piece && found.start >= end).map(|found| found.end).min();
                end = next.unwrap_or(end);
                next.is_some()
            })
        };
        self.patterns.iter().enumerate().filter(move |(_, rows)| rows.iter().any(|row| holds(row))).map(|(index, _)| index)
    }

    fn pieces(&self, text: &[u8]) -> Vec<Found> {
        let mut cache = self.caches.get();
        let mut found = Vec::new();
        let mut attempt = |piece: usize, start: usize| {
            if let Some(end) = self.end(&mut cache, text, piece, start) {
                found.push(Found { piece, start, end });
            }
        };
        for piece in &self.places.start {
            attempt(*piece, 0);
        }
        // A piece that is nothing but the end of the text begins behind the last letter.
        for start in 0..=text.len() {
            for piece in &self.places.anywhere {
                attempt(*piece, start);
            }
            if !begins_word(text, start) {
                continue;
            }
            for piece in &self.places.any_word {
                attempt(*piece, start);
            }
            for length in 1..=FIRST_LETTERS.min(text.len() - start) {
                for piece in self.places.word.get(&text[start..start + length]).into_iter().flatten() {
                    attempt(*piece, start);
                }
            }
        }
        found
    }

    /// Where the piece ends at the earliest if it begins at `start`.
    fn end(&self, cache: &mut Cache, text: &[u8], piece: usize, start: usize) -> Option<usize> {
        let only = Anchored::Pattern(PatternID::new(piece).ok()?);
        let input = Input::new(text).span(start..text.len()).anchored(only).earliest(true);
        match self.dfa.try_search_fwd(cache, &input) {
            Ok(found) => found.map(|found| found.offset()),
            // A search gives up only where it is told when to, and it is not. Should it all the same, rather one stop too many.
            Err(_) => Some(start),
        }
    }
}

impl Places {
    fn note(&mut self, piece: usize, pattern: &Hir) {
        match first_look(pattern) {
            Some(Look::Start) => self.start.push(piece),
            Some(Look::WordAscii) => {
                let letters = Extractor::new().limit_literal_len(FIRST_LETTERS).limit_total(4_096).limit_class(64).extract(pattern);
                match letters.literals() {
                    Some(letters) if letters.iter().all(|letters| letters.as_bytes().first().is_some_and(|first| is_word(*first))) => {
                        for letters in letters {
                            self.word.entry(letters.as_bytes().to_vec()).or_default().push(piece);
                        }
                    }
                    // Too many beginnings to list, though each of them is a word's: `\b(?:[a-z]+ )?…`.
                    None if only_words_begin(pattern) => self.any_word.push(piece),
                    _ => self.anywhere.push(piece),
                }
            }
            _ => self.anywhere.push(piece),
        }
    }
}

/// What a piece asks of the place where it begins.
fn first_look(hir: &Hir) -> Option<Look> {
    match hir.kind() {
        HirKind::Look(look) => Some(*look),
        HirKind::Concat(parts) => parts.first().and_then(first_look),
        HirKind::Capture(capture) => first_look(&capture.sub),
        _ => None,
    }
}

/// Whether everything that can stand first is a letter or digit.
fn only_words_begin(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => literal.0.first().is_some_and(|first| is_word(*first)),
        HirKind::Class(regex_syntax::hir::Class::Bytes(class)) => {
            class.ranges().iter().all(|range| is_word(range.start()) && is_word(range.end()))
        }
        HirKind::Class(regex_syntax::hir::Class::Unicode(_)) => false,
        HirKind::Repetition(repetition) => only_words_begin(&repetition.sub),
        HirKind::Capture(capture) => only_words_begin(&capture.sub),
        HirKind::Alternation(branches) => branches.iter().all(only_words_begin),
        HirKind::Concat(parts) => {
            let optional = parts.iter().take_while(|part| part.properties().minimum_len() == Some(0)).count();
            parts.iter().take(optional + 1).all(only_words_begin)
        }
    }
}

/// A pattern as alternatives, each cut into pieces where it allows anything between.
fn rows(hir: &Hir) -> Vec<Vec<Hir>> {
    match hir.kind() {
        HirKind::Alternation(branches) => branches.iter().flat_map(rows).collect(),
        HirKind::Concat(parts) => {
            let row = parts.split(is_gap).filter(|part| !part.is_empty()).map(|part| Hir::concat(part.to_vec()));
            vec![row.collect()]
        }
        _ => vec![vec![hir.clone()]],
    }
}

/// Whether it is `.*`.
fn is_gap(hir: &Hir) -> bool {
    matches!(hir.kind(), HirKind::Repetition(repetition)
        if repetition.min == 0 && repetition.max.is_none() && *repetition.sub == Hir::dot(Dot::AnyByteExceptLF))
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn begins_word(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(|byte| is_word(*byte)) && (at == 0 || !is_word(text[at - 1]))
}

#[cfg(test)]
mod tests {
    use regex::bytes::RegexBuilder;

    use super::*;
    use crate::knowledge::{files, load};

    fn find(patterns: &[&str], text: &str) -> Vec<usize> {
        let patterns: Vec<String> = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        Finder::new(patterns.iter()).unwrap().find(text).collect()
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
    fn every_shipped_pattern_finds_what_a_plain_regular_expression_finds() {
        let knowledge = load::load(&files::shipped()).unwrap().0;
        let texts: Vec<String> = knowledge
            .guards
            .iter()
            .flat_map(|guard| guard.examples.iter().chain(&guard.passes))
            .chain(knowledge.entries.iter().filter_map(|entry| entry.ask.first()))
            .map(|text| crate::text::fold::fold(text))
            .collect();
        for guard in &knowledge.guards {
            for patterns in [&guard.patterns, &guard.unless] {
                let finder = Finder::new(patterns.iter()).unwrap();
                let plain: Vec<_> = patterns
                    .iter()
                    .map(|pattern| RegexBuilder::new(pattern).unicode(false).size_limit(MOST_MEMORY).build().unwrap())
                    .collect();
                for text in &texts {
                    let wanted: Vec<usize> = (0..plain.len()).filter(|index| plain[*index].is_match(text.as_bytes())).collect();
                    assert_eq!(finder.find(text).collect::<Vec<_>>(), wanted, "guard {}: {text}", guard.id);
                }
            }
        }
    }
}
