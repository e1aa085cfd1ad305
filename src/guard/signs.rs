//! Which letters tell of an expression: a text that holds it has some of them.

use std::cmp::Reverse;

use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Hir, HirKind};

use super::pieces::bare;
use crate::knowledge::patterns::{STAND_IN_LENGTH, behind_lists, until_list};

/// The most letters of a sign: more would find hardly less and need memory.
const LONGEST: usize = 8;
/// Fewer letters than this, when they may stand anywhere, tell less than a list.
const SHORTEST: usize = 4;
/// Fewer letters than this stand in nearly every text.
const TELLING: usize = 3;
/// What must stand behind a beginning in more ways than this is not looked for: it would need memory and rule out little.
const MOST_BEHIND: usize = 120;

/// What it tells that letters are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Something can begin with them.
    Begins,
    /// Something that can begin with nearly anything may be found, which without such letters cannot be.
    Holds,
    /// Something that begins with letters of its own goes on with these. None of them found, it is not there.
    GoesOn,
}

/// Letters, and the list that goes on behind them. Where there are no letters, the list alone is the sign.
type Letters = (Vec<u8>, Option<u16>);

/// Letters that tell of an expression: a text that holds it has one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    begins: Vec<Letters>,
    holds: Vec<Letters>,
    /// Empty if what begins may go on with nearly anything.
    goes_on: Vec<Letters>,
}

impl Signs {
    pub(super) fn each(self) -> impl Iterator<Item = (Sign, Vec<u8>, Option<u16>)> {
        let kinds = [(Sign::Begins, self.begins), (Sign::Holds, self.holds), (Sign::GoesOn, self.goes_on)];
        kinds.into_iter().flat_map(|(sign, all)| all.into_iter().map(move |(letters, list)| (sign, letters, list)))
    }

    /// Whether letters behind its beginnings tell of it too.
    pub(super) fn go_on(&self) -> bool {
        !self.goes_on.is_empty()
    }
}

/// How signs are read off an expression.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'lists> {
    /// Whether each list has signs of its own.
    pub(super) is_signed: &'lists [bool],
    /// What begins in more ways than this is told by its first four letters.
    pub(super) most: usize,
}

impl Reading<'_> {
    /// The signs of an expression; none if nothing tells of it.
    pub(super) fn signs(self, hir: &Hir) -> Option<Signs> {
        if let Some(mut begins) = self.openings(hir) {
            begins.sort_unstable();
            begins.dedup();
            // "head" is found wherever "headache" is.
            begins.dedup_by(|(longer, _), (shorter, list)| list.is_none() && longer.starts_with(shorter));
            let goes_on = self.behind(hir).filter(|behind| behind.len() <= MOST_BEHIND && length(behind) >= TELLING).unwrap_or_default();
            return Some(Signs { begins, holds: Vec::new(), goes_on });
        }
        match hir.kind() {
            HirKind::Capture(capture) => self.signs(&capture.sub),
            HirKind::Alternation(branches) => self.signs_of_any(branches.iter().cloned()),
            HirKind::Concat(parts) => {
                // Of alternatives in front some begin with nearly anything, others do not.
                let front = parts.iter().position(|part| !matches!(part.kind(), HirKind::Look(_)))?;
                let HirKind::Alternation(branches) = bare(&parts[front]).kind() else { return self.signs_within(hir) };
                let (before, behind) = (&parts[..front], &parts[front + 1..]);
                self.signs_of_any(branches.iter().map(|branch| Hir::concat([before, std::slice::from_ref(branch), behind].concat())))
            }
            _ => self.signs_within(hir),
        }
    }

    fn signs_of_any(self, branches: impl Iterator<Item = Hir>) -> Option<Signs> {
        let mut all = Signs::default();
        for branch in branches {
            // What some branches go on with says nothing of the others.
            let Signs { begins, holds, .. } = self.signs(&branch)?;
            all.begins.extend(begins);
            all.holds.extend(holds);
        }
        Some(all)
    }

    fn signs_within(self, hir: &Hir) -> Option<Signs> {
        Some(Signs { holds: self.needed(hir)?, ..Signs::default() })
    }

    /// What stands behind the beginning of an expression in every text that holds it, one of it. None if nothing must.
    fn behind(self, hir: &Hir) -> Option<Vec<Letters>> {
        match hir.kind() {
            HirKind::Literal(literal) => {
                let last = behind_lists(&literal.0);
                let is_behind = !last.is_empty() && (last.len() < literal.0.len() || last.len() > LONGEST);
                is_behind.then(|| vec![(last[last.len().saturating_sub(LONGEST)..].to_vec(), None)])
            }
            HirKind::Capture(capture) => self.behind(&capture.sub),
            HirKind::Alternation(branches) => {
                let behind: Option<Vec<_>> = branches.iter().map(|branch| self.behind(branch)).collect();
                behind.map(|behind| behind.concat())
            }
            HirKind::Concat(parts) => {
                let front = parts.iter().position(|part| part.properties().minimum_len() > Some(0))?;
                let others = parts[front + 1..].iter().filter_map(|part| self.needed(part));
                others.chain(self.behind(&parts[front])).max_by_key(|needed| tells(needed))
            }
            HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) | HirKind::Repetition(_) => None,
        }
    }

    /// What an expression begins with. None if that can be nearly anything.
    fn openings(self, hir: &Hir) -> Option<Vec<Letters>> {
        let openings = Extractor::new().limit_total(self.most).limit_literal_len(LONGEST + STAND_IN_LENGTH).extract(hir);
        let opening = |letters: &[u8]| {
            let (letters, list) = self.until_list(letters);
            let list = list.filter(|_| letters.len() <= LONGEST);
            let letters = &letters[..letters.len().min(LONGEST)];
            (!letters.is_empty() || list.is_some()).then(|| (letters.to_vec(), list))
        };
        openings.literals()?.iter().map(|literal| opening(literal.as_bytes())).collect()
    }

    /// What stands in every text that holds the expression, one of it. None if nothing must.
    fn needed(self, hir: &Hir) -> Option<Vec<Letters>> {
        match hir.kind() {
            HirKind::Literal(literal) => match self.until_list(&literal.0) {
                (letters, Some(list)) if letters.len() < SHORTEST => Some(vec![(Vec::new(), Some(list))]),
                (letters, _) => (!letters.is_empty()).then(|| vec![(letters[..letters.len().min(LONGEST)].to_vec(), None)]),
            },
            HirKind::Capture(capture) => self.needed(&capture.sub),
            HirKind::Repetition(repetition) if repetition.min > 0 => self.needed(&repetition.sub),
            HirKind::Alternation(branches) => {
                let needed: Option<Vec<_>> = branches.iter().map(|branch| self.needed(branch)).collect();
                needed.map(|needed| needed.concat())
            }
            // The part of which the shortest letters are longest tells most.
            HirKind::Concat(parts) => parts.iter().filter_map(|part| self.needed(part)).max_by_key(|needed| tells(needed)),
            HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) | HirKind::Repetition(_) => None,
        }
    }

    /// Letters up to the first list, and that list if it has signs.
    fn until_list(self, letters: &[u8]) -> (&[u8], Option<u16>) {
        let (letters, list) = until_list(letters);
        (letters, list.filter(|list| self.is_signed[usize::from(*list)]))
    }
}

/// How much it tells that one of these is found: the longer the shortest of them, and the fewer they are, the more.
fn tells(needed: &[Letters]) -> (usize, Reverse<usize>) {
    (length(needed), Reverse(needed.len()))
}

/// The length of the shortest; a list counts as its words do.
fn length(needed: &[Letters]) -> usize {
    needed.iter().map(|(letters, list)| if list.is_some() { SHORTEST } else { letters.len() }).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::patterns::Lists;

    /// The signs of a pattern in a readable form: `my <` for "my " and a list behind it, `…cillin` for what it only holds.
    fn signs(pattern: &str) -> Option<Vec<String>> {
        let lists =
            [("drug".to_owned(), vec!["aspirin".to_owned(), "[a-z]+cillin".to_owned()]), ("thing".to_owned(), vec![".".to_owned()])];
        let read = Lists::new(lists.into()).pattern(pattern).unwrap().holds;
        let signs = Reading { is_signed: &[true, false], most: 250 }.signs(&read)?;
        let mut readable: Vec<String> = signs
            .each()
            .map(|(sign, letters, list)| {
                let before = match sign {
                    Sign::Begins => "",
                    Sign::Holds => "…",
                    Sign::GoesOn => "+",
                };
                format!("{before}{}{}", String::from_utf8(letters).unwrap(), if list.is_some() { "<" } else { "" })
            })
            .collect();
        readable.sort();
        Some(readable)
    }

    #[test]
    fn a_pattern_is_told_by_what_it_begins_with() {
        assert_eq!(signs(r"\b(?:my|her) heads?\b").unwrap(), ["+ head", "her head", "my head"]);
        assert_eq!(signs(r"\b(?:my )?<drug>").unwrap(), ["<", "my <"]);
        assert_eq!(signs("(?:sub)?lingually taken").unwrap(), ["+ly taken", "linguall", "sublingu"]);
    }

    #[test]
    fn what_stands_behind_a_beginning_tells_too() {
        assert_eq!(signs(r"\bmy (?:head|foot)\b[^?]*\bhurts\b").unwrap(), ["+hurts", "my foot", "my head"]);
        assert_eq!(signs(r"<drug> (?:overdose|dose)s?\b").unwrap(), ["+dose", "+overdose", "<"]);
        assert_eq!(signs(r"took<drug> again").unwrap(), ["+ again", "took<"]);
        assert_eq!(signs("my <drug>|<drug> pills").unwrap(), ["<", "my <"], "one of two goes on with nearly anything");
        assert_eq!(signs("i (?:do|hurt)").unwrap(), ["i do", "i hurt"], "too short to tell anything");
    }

    #[test]
    fn what_can_begin_with_anything_is_told_by_what_it_holds() {
        assert_eq!(signs(r"\b(?:aspirin|[a-z]+cillin|[a-z]{3,}(?:pril|olol))\b").unwrap(), ["aspirin", "…cillin", "…olol", "…pril"]);
        assert_eq!(signs("[a-z]+ (?:a|the) headache").unwrap(), ["… headach"]);
        assert_eq!(signs("[a-z]+ <drug>").unwrap(), ["…<"]);
    }

    #[test]
    fn what_holds_nothing_for_certain_is_told_by_nothing() {
        assert_eq!(signs("[a-z]+|head"), None);
        assert_eq!(signs(r"\b[0-9a-z]+\b"), None);
        assert_eq!(signs("<thing>"), None);
        assert_eq!(signs("$"), None);
    }
}
