//! How a pattern is cut into pieces, where each of them can begin, and how it is made small.

use std::collections::BTreeSet;

use regex_syntax::hir::{Capture, Class, ClassBytes, ClassBytesRange, Dot, Hir, HirKind, Look, Repetition};

use crate::knowledge::patterns::{Lists, ReadLists, Unreadable, holds_stand_in};

/// An alternative that stands for more words than this is left as it is.
const MOST_SPELT_OUT: usize = 32;

/// Where pieces can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Begins {
    /// Where the text begins.
    WithText,
    /// Where a word begins.
    WithWord,
    Anywhere,
}

impl Begins {
    pub(super) fn of(piece: &Hir) -> Self {
        let holds_something = piece.properties().minimum_len().is_some_and(|shortest| shortest > 0);
        match first_look(piece) {
            Some(Look::Start) => Self::WithText,
            Some(Look::WordAscii) if holds_something && only_words_begin(piece) => Self::WithWord,
            _ => Self::Anywhere,
        }
    }

    pub(super) fn at(self, text: &[u8], at: usize) -> bool {
        match self {
            Self::WithText => at == 0,
            Self::WithWord => begins_word(text, at),
            Self::Anywhere => true,
        }
    }
}

/// Whether nearly anything can stand first.
pub(super) fn begins_loosely(hir: &Hir) -> bool {
    const MOST: usize = 12;
    match hir.kind() {
        HirKind::Class(Class::Bytes(class)) => class.iter().map(|range| usize::from(range.end() - range.start()) + 1).sum::<usize>() > MOST,
        HirKind::Repetition(repetition) => begins_loosely(&repetition.sub),
        HirKind::Capture(capture) => begins_loosely(&capture.sub),
        HirKind::Alternation(branches) => branches.iter().any(begins_loosely),
        HirKind::Concat(parts) => first_parts(parts).iter().any(begins_loosely),
        _ => false,
    }
}

/// The parts that can stand first: the optional ones, and the one behind them.
fn first_parts(parts: &[Hir]) -> &[Hir] {
    let optional = parts.iter().take_while(|part| part.properties().minimum_len() == Some(0)).count();
    &parts[..parts.len().min(optional + 1)]
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
        HirKind::Class(Class::Bytes(class)) => class.ranges().iter().all(|range| is_word(range.start()) && is_word(range.end())),
        HirKind::Class(Class::Unicode(_)) => false,
        HirKind::Repetition(repetition) => only_words_begin(&repetition.sub),
        HirKind::Capture(capture) => only_words_begin(&capture.sub),
        HirKind::Alternation(branches) => branches.iter().all(only_words_begin),
        HirKind::Concat(parts) => first_parts(parts).iter().all(only_words_begin),
    }
}

/// Cuts patterns into pieces, and puts the lists into them.
#[derive(Debug)]
pub(super) struct Cutter<'lists> {
    written: &'lists Lists,
    lists: ReadLists,
    /// The same, [compact].
    compact_lists: ReadLists,
}

impl<'lists> Cutter<'lists> {
    pub(super) fn new(written: &'lists Lists) -> Result<Self, Unreadable> {
        let lists = written.read()?;
        Ok(Self { written, compact_lists: lists.map(compact), lists })
    }

    /// A pattern as alternatives, each cut into pieces where it allows anything between. Pieces keep their stand-ins for lists.
    pub(super) fn pieces(&self, pattern: &str) -> Result<Vec<Vec<Hir>>, Unreadable> {
        Ok(self.cut(&self.written.pattern(pattern)?))
    }

    fn cut(&self, hir: &Hir) -> Vec<Vec<Hir>> {
        if let Some(list) = self.lists.list(hir) {
            return self.cut(list);
        }
        match hir.kind() {
            HirKind::Alternation(branches) => branches.iter().flat_map(|branch| self.cut(branch)).collect(),
            HirKind::Concat(parts) => {
                let row = parts.split(is_gap).filter(|part| !part.is_empty()).map(|part| Hir::concat(part.to_vec()));
                vec![row.collect()]
            }
            _ => vec![vec![hir.clone()]],
        }
    }

    /// A piece with its lists, in as few rules as it needs.
    pub(super) fn whole(&self, piece: &Hir) -> Hir {
        self.compact_lists.fill(&compact(piece))
    }
}

/// The same language in fewer rules: alternatives that are plain words, or stand for few of them, share their beginnings. Nobody
/// asks which group of a pattern matched, so a group is free to keep those words together.
fn compact(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Capture(capture) => compact(&capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(compact).collect()),
        HirKind::Repetition(repetition) => Hir::repetition(Repetition { sub: Box::new(compact(&repetition.sub)), ..repetition.clone() }),
        HirKind::Alternation(branches) => {
            let mut words = BTreeSet::new();
            let mut others = Vec::new();
            for branch in branches {
                match spelt_out(branch) {
                    Some(spelt) => words.extend(spelt),
                    None => others.push(compact(branch)),
                }
            }
            if words.remove(&Vec::new()) {
                others.push(Hir::empty());
            }
            let words: Vec<Hir> = words.into_iter().map(Hir::literal).collect();
            others.push(Hir::capture(Capture { index: 1, name: None, sub: Box::new(Hir::alternation(words)) }));
            Hir::alternation(others)
        }
        HirKind::Class(Class::Bytes(class)) => Hir::class(Class::Bytes(with_control_characters_as_spaces(class))),
        _ => hir.clone(),
    }
}

/// A class in which control characters are what the space is. Folded text holds none of them, and each kind of byte less that an
/// automaton has to tell apart makes it smaller.
fn with_control_characters_as_spaces(class: &ClassBytes) -> ClassBytes {
    let control = ClassBytes::new([ClassBytesRange::new(0, b' ' - 1)]);
    let has_space = class.iter().any(|range| (range.start()..=range.end()).contains(&b' '));
    let mut class = class.clone();
    if has_space {
        class.union(&control);
    } else {
        class.difference(&control);
    }
    class
}

/// All the words that a pattern stands for, if they are no more than [`MOST_SPELT_OUT`] and it asks nothing of its surroundings.
fn spelt_out(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let words = match hir.kind() {
        HirKind::Empty => vec![Vec::new()],
        HirKind::Literal(literal) if holds_stand_in(&literal.0) => return None,
        HirKind::Literal(literal) => vec![literal.0.to_vec()],
        HirKind::Class(Class::Bytes(class)) if class.iter().all(|range| range.start() > b' ') => {
            class.iter().flat_map(|range| range.start()..=range.end()).map(|byte| vec![byte]).collect()
        }
        HirKind::Capture(capture) => spelt_out(&capture.sub)?,
        HirKind::Repetition(repetition) if (repetition.min, repetition.max) == (0, Some(1)) => {
            spelt_out(&repetition.sub)?.into_iter().chain([Vec::new()]).collect()
        }
        HirKind::Alternation(branches) => {
            let mut words = Vec::new();
            for branch in branches {
                words.extend(spelt_out(branch)?);
            }
            words
        }
        HirKind::Concat(parts) => {
            let mut words = vec![Vec::new()];
            for part in parts {
                let ends = spelt_out(part)?;
                words = words.iter().flat_map(|word| ends.iter().map(move |end| [word.as_slice(), end].concat())).collect();
                if words.len() > MOST_SPELT_OUT {
                    return None;
                }
            }
            words
        }
        HirKind::Class(_) | HirKind::Look(_) | HirKind::Repetition(_) => return None,
    };
    (words.len() <= MOST_SPELT_OUT).then_some(words)
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
