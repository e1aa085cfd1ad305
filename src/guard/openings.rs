//! Where pieces can begin in a text, by the letters they begin with.
//!
//! A pattern that asks for "my head" has nothing to say where no "my " stands. One automaton finds the letters of all pieces at once,
//! and a piece is walked only from where some of its own stand, if what it must go on with is there too. Where words of lists can begin is
//! told the same way. Which letters these are is found out by [`signs`](super::signs).

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_syntax::hir::Hir;
use rustc_hash::FxHashMap;

use super::finder::Unusable;
use super::pieces::Beginning;
use super::places::Places;
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
    /// What words of each list are a sign of.
    by_list: Vec<Vec<Opening>>,
    /// Whether nothing tells where each piece can begin.
    unsigned: Vec<bool>,
    /// The pieces of which that is so.
    all_unsigned: Vec<u16>,
    /// Whether each piece is told by what it goes on with, too.
    goes_on: Vec<bool>,
    /// Whether nothing tells where the words of each list can begin.
    unsigned_lists: Vec<bool>,
}

/// What letters are a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    List(u16, Sign),
    Piece {
        of: Opening,
        /// The list that goes on where they end.
        then: Option<u16>,
    },
}

/// A sign of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Opening {
    piece: u16,
    sign: Sign,
    /// Where the piece can begin: it stands here too, for most letters that are found lead to nothing more than a look at it.
    places: Places,
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
        let (mut unsigned, mut all_unsigned, mut goes_on) = (Vec::new(), Vec::new(), Vec::new());
        for (piece, hir) in pieces.iter().enumerate() {
            let piece = u16::try_from(piece)?;
            let signs = reading.signs(hir);
            unsigned.push(signs.is_none());
            if signs.is_none() {
                all_unsigned.push(piece);
            }
            goes_on.push(signs.as_ref().is_some_and(Signs::go_on));
            let places = Beginning::of(hir).places();
            for (sign, letters, list) in signs.into_iter().flat_map(Signs::each) {
                let of = Opening { piece, sign, places };
                match list {
                    Some(list) if letters.is_empty() => by_list[usize::from(list)].push(of),
                    then => needles.add(letters, Use::Piece { of, then }),
                }
            }
        }
        for (list, signs) in (0..).zip(of_lists) {
            by_list[usize::from(list)].dedup();
            for (sign, letters, _) in signs.clone().into_iter().flat_map(Signs::each) {
                needles.add(letters, Use::List(list, sign));
            }
        }
        let (automaton, uses, ends) = needles.finish()?;
        Ok(Self {
            automaton,
            uses,
            ends,
            by_list,
            unsigned,
            all_unsigned,
            goes_on,
            unsigned_lists: is_signed.iter().map(|signed| !signed).collect(),
        })
    }

    /// Whether letters tell where a piece can begin.
    pub(super) fn tell(&self, piece: usize) -> bool {
        !self.unsigned[piece]
    }

    /// What can begin in a text of such places.
    pub(super) fn begun(&self, text: &[u8], places: &[Places]) -> Begun {
        // About as many are found as there are letters.
        let (mut found, mut of_lists, mut waiting) = (Vec::with_capacity(2 * text.len()), Vec::with_capacity(text.len()), Vec::new());
        let mut held = self.unsigned_lists.clone();
        let (mut anywhere, mut lacks) = (self.unsigned.clone(), self.goes_on.clone());
        let mut pieces = self.all_unsigned.clone();
        let mut note = |Opening { piece, sign, places: begins }: Opening, start: usize| match sign {
            Sign::Begins if begins.meet(places[start]) => found.push(Stand::new(piece, start)),
            Sign::Holds if !std::mem::replace(&mut anywhere[usize::from(piece)], true) => pieces.push(piece),
            Sign::Begins | Sign::Holds => {}
            Sign::GoesOn => lacks[usize::from(piece)] = false,
        };
        for hit in self.automaton.find_overlapping_iter(text) {
            let needle = hit.pattern().as_usize();
            for belongs in &self.uses[self.ends[needle] as usize..self.ends[needle + 1] as usize] {
                match *belongs {
                    Use::List(list, Sign::Begins) => of_lists.push(Stand::new(list, hit.start())),
                    Use::List(list, Sign::Holds) => held[usize::from(list)] = true,
                    // A list is walked with the piece that uses it, never by itself.
                    Use::List(_, Sign::GoesOn) => {}
                    Use::Piece { of, then: None } => note(of, hit.start()),
                    Use::Piece { of, then: Some(list) } => waiting.push((of, hit.start(), Stand::new(list, hit.end()))),
                }
            }
        }
        of_lists.sort_unstable();
        of_lists.dedup();
        for (opening, start, list) in waiting {
            if held[usize::from(list.what())] || of_lists.binary_search(&list).is_ok() {
                note(opening, start);
            }
        }
        for list in &of_lists {
            for opening in &self.by_list[usize::from(list.what())] {
                note(*opening, list.at());
            }
        }
        for (_, openings) in held.iter().zip(&self.by_list).filter(|(held, _)| **held) {
            for opening in openings {
                let sign = if opening.sign == Sign::Begins { Sign::Holds } else { opening.sign };
                note(Opening { sign, ..*opening }, 0);
            }
        }
        found.retain(|piece| !lacks[usize::from(piece.what())]);
        let mut begins = anywhere.clone();
        for piece in found.iter().map(|found| found.what()) {
            if !std::mem::replace(&mut begins[usize::from(piece)], true) {
                pieces.push(piece);
            }
        }
        Begun { pieces, begins, found, anywhere, of_lists, lists_anywhere: held }
    }
}

/// A piece or a list at a place of a text. As one number it is sorted in half the time that two take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stand(u64);

impl Stand {
    /// Which bits tell the place: no text is as long as that.
    const PLACE: u64 = (1 << 48) - 1;

    const fn new(what: u16, at: usize) -> Self {
        Self((what as u64) << 48 | at as u64)
    }

    const fn what(self) -> u16 {
        (self.0 >> 48) as u16
    }

    const fn at(self) -> usize {
        (self.0 & Self::PLACE) as usize
    }
}

/// Which pieces may begin in a text.
#[derive(Debug)]
pub(super) struct Begun {
    pieces: Vec<u16>,
    /// Whether each piece may.
    begins: Vec<bool>,
    found: Vec<Stand>,
    anywhere: Vec<bool>,
    of_lists: Vec<Stand>,
    lists_anywhere: Vec<bool>,
}

impl Begun {
    /// The pieces that may begin at all, each once, in no order.
    pub(super) fn pieces(&self) -> &[u16] {
        &self.pieces
    }

    /// Whether a piece may begin at all.
    pub(super) fn begins(&self, piece: usize) -> bool {
        self.begins[piece]
    }

    /// Where these pieces may begin, which most that may begin are not among.
    pub(super) fn starts(self, wanted: impl Fn(usize) -> bool) -> Starts {
        let Self { found: mut places, anywhere, of_lists, lists_anywhere, .. } = self;
        places.retain(|stand| wanted(usize::from(stand.what())));
        places.sort_unstable();
        Starts { places, anywhere, of_lists, lists_anywhere }
    }
}

/// Where pieces may begin.
#[derive(Debug)]
pub(super) struct Starts {
    /// Pieces with places, ascending; one may come twice.
    places: Vec<Stand>,
    /// Whether each piece may begin anywhere.
    anywhere: Vec<bool>,
    /// The same of the lists' words.
    of_lists: Vec<Stand>,
    lists_anywhere: Vec<bool>,
}

impl Starts {
    /// Whether a piece may begin anywhere.
    pub(super) fn anywhere(&self, piece: usize) -> bool {
        self.anywhere[piece]
    }

    /// Whether a word of a list may begin at a place.
    pub(super) fn may_begin(&self, list: u16, place: usize) -> bool {
        self.lists_anywhere[usize::from(list)] || self.of_lists.binary_search(&Stand::new(list, place)).is_ok()
    }

    /// Where a piece that may not begin anywhere may begin, ascending.
    pub(super) fn of(&self, piece: usize) -> impl Iterator<Item = usize> {
        let from = |piece| self.places.partition_point(|other| usize::from(other.what()) < piece);
        self.places[from(piece)..from(piece + 1)].iter().map(|stand| stand.at())
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

    /// The automaton of all letters, with what they are signs of and where those of each end.
    fn finish(self) -> Result<(AhoCorasick, Vec<Use>, Vec<u32>), Unusable> {
        let (letters, uses): (Vec<Vec<u8>>, Vec<Vec<Use>>) = self.0.into_iter().unzip();
        let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&letters)?;
        let mut ends = vec![0];
        for uses in &uses {
            ends.push(ends[ends.len() - 1] + u32::try_from(uses.len())?);
        }
        Ok((automaton, uses.concat(), ends))
    }
}
