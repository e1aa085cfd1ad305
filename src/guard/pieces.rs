//! How a pattern is cut into pieces, where each of them can begin, and how it is made small.

use std::collections::BTreeSet;

use regex_syntax::hir::{Capture, Class, ClassBytes, ClassBytesRange, Dot, Hir, HirKind, Repetition};

use super::places::Places;
use crate::knowledge::patterns::{Lists, Pattern, ReadLists, Unreadable, holds_stand_in, until_list};

/// An alternative that stands for more words than this is left as it is.
const MOST_SPELT_OUT: usize = 32;

/// How an expression begins.
#[derive(Clone, Copy)]
pub(super) struct Beginning {
    /// Where it can begin if it goes on with a letter.
    with_letter: Places,
    /// Where it can begin if it holds nothing.
    with_nothing: Places,
}

impl Beginning {
    const EMPTY: Self = Self::nothing(Places::ALL);

    pub(super) fn of(hir: &Hir) -> Self {
        match hir.kind() {
            // What a list begins with is not known here.
            HirKind::Literal(literal) if until_list(&literal.0).0.is_empty() => Self::letter(Places::ALL),
            HirKind::Literal(literal) => Self::letter(Places::before_any(literal.0.iter().copied().take(1))),
            HirKind::Class(class) => Self::class(class),
            HirKind::Look(look) => Self::nothing(Places::where_holds(*look).unwrap_or(Places::ALL)),
            HirKind::Empty => Self::EMPTY,
            HirKind::Capture(capture) => Self::of(&capture.sub),
            HirKind::Repetition(repetition) if repetition.min == 0 => Self::of(&repetition.sub).or(Self::EMPTY),
            HirKind::Repetition(repetition) => Self::of(&repetition.sub),
            HirKind::Alternation(branches) => branches.iter().map(Self::of).fold(Self::nothing(Places::NONE), Self::or),
            HirKind::Concat(parts) => Self::row(parts),
        }
    }

    /// Where it can begin.
    pub(super) fn places(self) -> Places {
        self.with_letter.or(self.with_nothing)
    }

    const fn letter(with_letter: Places) -> Self {
        Self { with_letter, with_nothing: Places::NONE }
    }

    const fn nothing(with_nothing: Places) -> Self {
        Self { with_letter: Places::NONE, with_nothing }
    }

    fn class(class: &Class) -> Self {
        let Class::Bytes(class) = class else { return Self::letter(Places::ALL) };
        Self::letter(Places::before_any(class.iter().flat_map(|range| range.start()..=range.end())))
    }

    /// That of parts one behind the other: a part counts while all before it can be nothing.
    fn row(parts: &[Hir]) -> Self {
        let mut row = Self::EMPTY;
        for part in parts {
            if row.with_nothing == Places::NONE {
                break;
            }
            let part = Self::of(part);
            row.with_letter = row.with_letter.or(row.with_nothing.and(part.with_letter));
            row.with_nothing = row.with_nothing.and(part.with_nothing);
        }
        row
    }

    fn or(self, other: Self) -> Self {
        Self { with_letter: self.with_letter.or(other.with_letter), with_nothing: self.with_nothing.or(other.with_nothing) }
    }
}

/// A pattern as alternatives, each a row of pieces.
#[derive(Debug)]
pub(super) struct Cut {
    /// A text holds one of these.
    pub(super) holds: Vec<Vec<Hir>>,
    /// And none of these.
    pub(super) lacks: Vec<Vec<Hir>>,
}

/// Cuts patterns into pieces.
#[derive(Debug)]
pub(super) struct Cutter<'lists> {
    written: &'lists Lists,
    lists: ReadLists,
}

impl<'lists> Cutter<'lists> {
    pub(super) fn new(written: &'lists Lists) -> Result<Self, Unreadable> {
        Ok(Self { written, lists: written.read()? })
    }

    /// The lists that patterns use.
    pub(super) fn lists(&self) -> &ReadLists {
        &self.lists
    }

    /// A pattern cut where it allows anything between. Pieces keep their stand-ins for lists.
    pub(super) fn cut(&self, pattern: &str) -> Result<Cut, Unreadable> {
        let Pattern { holds, lacks } = self.written.pattern(pattern)?;
        Ok(Cut { holds: self.rows(&holds), lacks: lacks.map(|lacks| self.rows(&lacks)).unwrap_or_default() })
    }

    fn rows(&self, hir: &Hir) -> Vec<Vec<Hir>> {
        if let Some(list) = self.lists.list(hir) {
            return self.rows(list);
        }
        match hir.kind() {
            HirKind::Alternation(branches) => branches.iter().flat_map(|branch| self.rows(branch)).collect(),
            HirKind::Concat(parts) => {
                if let Some(spread) = spread(parts) {
                    return spread.iter().flat_map(|branch| self.rows(branch)).collect();
                }
                let row = parts.split(is_gap).map(without_optional_front).filter(|part| !part.is_empty());
                vec![row.map(|part| Hir::concat(part.to_vec())).collect()]
            }
            _ => vec![vec![hir.clone()]],
        }
    }
}

/// The same language in fewer rules: alternatives that are plain words, or stand for few of them, share their beginnings. Nobody
/// asks which group of a pattern matched, so a group is free to keep those words together.
pub(super) fn compact(hir: &Hir) -> Hir {
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

/// A row of parts as alternatives, so that one which allows anything between is cut there. None if no part has such a one.
fn spread(parts: &[Hir]) -> Option<Vec<Hir>> {
    let (at, branches) = parts.iter().enumerate().find_map(|(at, part)| match bare(part).kind() {
        HirKind::Alternation(branches) if branches.iter().any(holds_gap) => Some((at, branches)),
        _ => None,
    })?;
    let (cut, whole): (Vec<_>, Vec<_>) = branches.iter().cloned().partition(holds_gap);
    let whole = (!whole.is_empty()).then(|| Hir::alternation(whole));
    let with = |branch| Hir::concat([&parts[..at], &[branch], &parts[at + 1..]].concat());
    Some(cut.into_iter().chain(whole).map(with).collect())
}

/// Whether it is cut somewhere.
fn holds_gap(hir: &Hir) -> bool {
    match bare(hir).kind() {
        HirKind::Concat(parts) => parts.iter().any(|part| is_gap(part) || holds_gap(part)),
        HirKind::Alternation(branches) => branches.iter().any(holds_gap),
        _ => false,
    }
}

/// An expression without the brackets around it.
pub(super) fn bare(hir: &Hir) -> &Hir {
    match hir.kind() {
        HirKind::Capture(capture) => bare(&capture.sub),
        _ => hir,
    }
}

/// Parts of a piece without those in front that need not be there: where it is found with them, it is found without.
fn without_optional_front(parts: &[Hir]) -> &[Hir] {
    let needed = parts.iter().position(|part| !matches!(part.kind(), HirKind::Repetition(repetition) if repetition.min == 0));
    &parts[needed.unwrap_or(parts.len())..]
}

/// Whether it is `.*`.
fn is_gap(hir: &Hir) -> bool {
    matches!(hir.kind(), HirKind::Repetition(repetition)
        if repetition.min == 0 && repetition.max.is_none() && *repetition.sub == Hir::dot(Dot::AnyByteExceptLF))
}
