//! Where pieces can begin in a text, by the letters they begin with.
//!
//! A pattern that asks for "my head" has nothing to say where no "my " stands. One automaton finds the letters of all pieces at once,
//! and a piece is walked only from where some of its own stand. Which letters these are is found out by [`signs`](super::signs).

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_syntax::hir::Hir;
use rustc_hash::FxHashMap;

use super::finder::Unusable;
use super::pieces::Places;
use super::signs::{Reading, Sign, Signs};
use crate::knowledge::patterns::ReadLists;

/// The most openings of one piece; beyond that it is told by its first four letters.
const MOST_OF_A_PIECE: usize = 250;
/// The same of a list, which counts once however many pieces use it.
const MOST_OF_A_LIST: usize = 4_096;

/// The openings of pieces.
#[derive(Debug)]
pub(super) struct Openings {
    automaton: AhoCorasick,
    /// What the letters looked for are signs of, one behind the other, and where those of each end; the first is nought.
    uses: Vec<Use>,
    ends: Vec<u32>,
    /// The pieces that words of each list are a sign of.
    by_list: Vec<Vec<(u16, Sign)>>,
    /// Whether nothing tells where each piece can begin.
    unsigned: Vec<bool>,
}

/// What letters are a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    List(u16, Sign),
    Piece {
        piece: u16,
        sign: Sign,
        /// The list that goes on where they end.
        then: Option<u16>,
    },
}

/// The signs of each list, which is read once for the pieces of all patterns.
#[derive(Debug)]
pub(super) struct ListSigns(Vec<Option<Signs>>);

impl ListSigns {
    pub(super) fn new(lists: &ReadLists) -> Self {
        Self(lists.all().map(|list| Reading { is_signed: &[], most: MOST_OF_A_LIST }.signs(list)).collect())
    }
}

impl Openings {
    /// The openings of these pieces, which hold stand-ins for lists.
    pub(super) fn new(pieces: &[Hir], ListSigns(of_lists): &ListSigns) -> Result<Self, Unusable> {
        let is_signed: Vec<bool> = of_lists.iter().map(Option::is_some).collect();
        let reading = Reading { is_signed: &is_signed, most: MOST_OF_A_PIECE };
        let mut needles = Needles::default();
        let mut by_list = vec![Vec::new(); of_lists.len()];
        let mut used = vec![false; of_lists.len()];
        let mut unsigned = Vec::new();
        for (piece, hir) in pieces.iter().enumerate() {
            let piece = u16::try_from(piece)?;
            let signs = reading.signs(hir);
            unsigned.push(signs.is_none());
            for (sign, letters, list) in signs.into_iter().flat_map(Signs::each) {
                if let Some(list) = list {
                    used[usize::from(list)] = true;
                }
                match list {
                    Some(list) if letters.is_empty() => by_list[usize::from(list)].push((piece, sign)),
                    then => needles.add(letters, Use::Piece { piece, sign, then }),
                }
            }
        }
        for (list, signs) in (0..).zip(of_lists).filter(|(list, _)| used[usize::from(*list)]) {
            by_list[usize::from(list)].dedup();
            for (sign, letters, _) in signs.clone().into_iter().flat_map(Signs::each) {
                needles.add(letters, Use::List(list, sign));
            }
        }
        needles.finish(by_list, unsigned)
    }

    /// Where each piece can begin in a text of such places; `of_piece` are the kinds of places that a piece can begin at.
    pub(super) fn starts(&self, text: &[u8], places: &[Places], of_piece: impl Fn(usize) -> Places) -> Starts {
        let (mut found, mut of_lists, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
        let mut held = vec![false; self.by_list.len()];
        let mut anywhere = self.unsigned.clone();
        let mut note = |piece: u16, sign: Sign, start: usize| match sign {
            Sign::Begins if of_piece(piece.into()).meet(places[start]) => found.push((piece, start)),
            Sign::Begins => {}
            Sign::Holds => anywhere[usize::from(piece)] = true,
        };
        for hit in self.automaton.find_overlapping_iter(text) {
            let needle = hit.pattern().as_usize();
            for belongs in &self.uses[self.ends[needle] as usize..self.ends[needle + 1] as usize] {
                match *belongs {
                    Use::List(list, Sign::Begins) => of_lists.push((list, hit.start())),
                    Use::List(list, Sign::Holds) => held[usize::from(list)] = true,
                    Use::Piece { piece, sign, then: None } => note(piece, sign, hit.start()),
                    Use::Piece { piece, sign, then: Some(list) } => waiting.push((piece, sign, hit.start(), (list, hit.end()))),
                }
            }
        }
        of_lists.sort_unstable();
        of_lists.dedup();
        for (piece, sign, start, list) in waiting {
            if held[usize::from(list.0)] || of_lists.binary_search(&list).is_ok() {
                note(piece, sign, start);
            }
        }
        for (list, start) in of_lists {
            for (piece, sign) in &self.by_list[usize::from(list)] {
                note(*piece, *sign, start);
            }
        }
        for (_, pieces) in held.iter().zip(&self.by_list).filter(|(held, _)| **held) {
            for (piece, _) in pieces {
                note(*piece, Sign::Holds, 0);
            }
        }
        Starts::new(&found, anywhere)
    }
}

/// Where each piece may begin.
#[derive(Debug)]
pub(super) struct Starts {
    /// Those of all pieces, and where those of each end; the first is nought.
    places: Vec<usize>,
    ends: Vec<usize>,
    /// Whether each piece may begin anywhere.
    anywhere: Vec<bool>,
}

impl Starts {
    fn new(found: &[(u16, usize)], anywhere: Vec<bool>) -> Self {
        let mut ends = vec![0; anywhere.len() + 1];
        for (piece, _) in found {
            ends[usize::from(*piece) + 1] += 1;
        }
        for piece in 0..anywhere.len() {
            ends[piece + 1] += ends[piece];
        }
        let mut next = ends.clone();
        let mut places = vec![0; found.len()];
        for (piece, start) in found {
            let next = &mut next[usize::from(*piece)];
            places[*next] = *start;
            *next += 1;
        }
        Self { places, ends, anywhere }
    }

    /// Whether a piece may begin anywhere.
    pub(super) fn anywhere(&self, piece: usize) -> bool {
        self.anywhere[piece]
    }

    /// Where a piece that may not begin anywhere may begin, in no order; one may come twice.
    pub(super) fn of(&self, piece: usize) -> &[usize] {
        &self.places[self.ends[piece]..self.ends[piece + 1]]
    }
}

/// Letters to look for, each once, with what they are signs of.
#[derive(Default)]
struct Needles(FxHashMap<Vec<u8>, Vec<Use>>);

impl Needles {
    fn add(&mut self, letters: Vec<u8>, belongs: Use) {
        let uses = self.0.entry(letters).or_default();
        if !uses.contains(&belongs) {
            uses.push(belongs);
        }
    }

    fn finish(self, by_list: Vec<Vec<(u16, Sign)>>, unsigned: Vec<bool>) -> Result<Openings, Unusable> {
        let (letters, uses): (Vec<Vec<u8>>, Vec<Vec<Use>>) = self.0.into_iter().unzip();
        let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&letters)?;
        let mut ends = vec![0];
        for uses in &uses {
            ends.push(ends[ends.len() - 1] + u32::try_from(uses.len())?);
        }
        Ok(Openings { automaton, uses: uses.concat(), ends, by_list, unsigned })
    }
}
