//! The kinds of places between the letters of a text: all that a pattern can ask of where it is, beside the letters themselves; and the
//! kinds of letters that it can go on with there.

use regex_syntax::hir::Look;

/// Kinds of places in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Places(u16);

impl Places {
    pub(super) const NONE: Self = Self(0);
    pub(super) const ALL: Self = Self((1 << 9) - 1);
    /// Where the text begins: with a word, with something else, or not at all.
    const FIRST_WORD: Self = Self(1);
    const FIRST: Self = Self(1 << 1);
    const EMPTY: Self = Self(1 << 2);
    /// Between a letter and what is none.
    const WORD_BEGINS: Self = Self(1 << 3);
    const WORD_ENDS: Self = Self(1 << 4);
    /// Between two letters, and between two that are none.
    const IN_WORD: Self = Self(1 << 5);
    const BETWEEN: Self = Self(1 << 6);
    /// Where the text ends: with a word, or with something else.
    const LAST_WORD: Self = Self(1 << 7);
    const LAST: Self = Self(1 << 8);

    /// The kind of a place.
    pub(super) fn of(text: &[u8], at: usize) -> Self {
        let before = at.checked_sub(1).map(|before| is_word(text[before]));
        let behind = text.get(at).map(|byte| is_word(*byte));
        match (before, behind) {
            (None, None) => Self::EMPTY,
            (None, Some(true)) => Self::FIRST_WORD,
            (None, Some(false)) => Self::FIRST,
            (Some(false), Some(true)) => Self::WORD_BEGINS,
            (Some(true), Some(false)) => Self::WORD_ENDS,
            (Some(true), Some(true)) => Self::IN_WORD,
            (Some(false), Some(false)) => Self::BETWEEN,
            (Some(true), None) => Self::LAST_WORD,
            (Some(false), None) => Self::LAST,
        }
    }

    /// The places at which that holds; none if no kind of place tells.
    pub(super) fn where_holds(look: Look) -> Option<Self> {
        let begins = Self::FIRST_WORD.or(Self::FIRST).or(Self::EMPTY);
        let ends = Self::EMPTY.or(Self::LAST_WORD).or(Self::LAST);
        let word_begins = Self::FIRST_WORD.or(Self::WORD_BEGINS);
        let word_ends = Self::WORD_ENDS.or(Self::LAST_WORD);
        match look {
            Look::Start => Some(begins),
            Look::End => Some(ends),
            Look::WordAscii => Some(word_begins.or(word_ends)),
            Look::WordAsciiNegate => Some(word_begins.or(word_ends).others()),
            Look::WordStartAscii => Some(word_begins),
            Look::WordEndAscii => Some(word_ends),
            _ => None,
        }
    }

    /// The places before that byte.
    pub(super) fn before(byte: u8) -> Self {
        let before_words = Self::FIRST_WORD.or(Self::WORD_BEGINS).or(Self::IN_WORD);
        if is_word(byte) { before_words } else { before_words.others() }
    }

    /// The places before one of these bytes.
    pub(super) fn before_any(bytes: impl Iterator<Item = u8>) -> Self {
        bytes.map(Self::before).fold(Self::NONE, Self::or)
    }

    /// Whether they have one in common.
    pub(super) fn meet(self, other: Self) -> bool {
        self.and(other) != Self::NONE
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of these are among the others.
    pub(super) fn are_within(self, others: Self) -> bool {
        self.and(others) == self
    }

    fn others(self) -> Self {
        Self(Self::ALL.0 & !self.0)
    }
}

/// Kinds of letters that can stand behind a place: nearly each letter of folded text is one of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letters(u32);

impl Letters {
    pub(super) const ALL: Self = Self(u32::MAX);
    /// None: the text ends.
    const END: Self = Self(1 << 31);
    const DIGIT: Self = Self(1 << 26);
    const SPACE: Self = Self(1 << 27);
    const FOREIGN: Self = Self(1 << 28);
    const OTHER: Self = Self(1 << 29);

    /// What stands behind a place of a text.
    pub(super) fn behind(text: &[u8], at: usize) -> Self {
        text.get(at).map_or(Self::END, |byte| Self::of(*byte))
    }

    /// Any of these bytes.
    pub(super) fn any(bytes: impl Iterator<Item = u8>) -> Self {
        Self(bytes.map(|byte| Self::of(byte).0).fold(0, std::ops::BitOr::bitor))
    }

    const fn of(byte: u8) -> Self {
        match byte {
            b'a'..=b'z' => Self(1 << (byte - b'a')),
            b'0'..=b'9' => Self::DIGIT,
            b' ' => Self::SPACE,
            128.. => Self::FOREIGN,
            _ => Self::OTHER,
        }
    }

    /// Whether they have one in common.
    pub(super) fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Whether a letter is one of a word.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use regex_automata::util::look::{Look as Automaton, LookMatcher};

    use super::*;

    #[test]
    fn what_holds_of_a_place_is_what_automata_say() {
        let looks = [
            (Look::Start, Automaton::Start),
            (Look::End, Automaton::End),
            (Look::WordAscii, Automaton::WordAscii),
            (Look::WordAsciiNegate, Automaton::WordAsciiNegate),
            (Look::WordStartAscii, Automaton::WordStartAscii),
            (Look::WordEndAscii, Automaton::WordEndAscii),
        ];
        for text in ["", "a", "-", "so", "a b", "--a", "a--", "it's 5_mg, ok?"].map(str::as_bytes) {
            for at in 0..=text.len() {
                let place = Places::of(text, at);
                for (look, automaton) in looks {
                    let holds = LookMatcher::new().matches(automaton, text, at);
                    assert_eq!(Places::where_holds(look).unwrap().meet(place), holds, "{look:?} at {at} of {text:?}");
                }
                let before_word = text.get(at).is_some_and(|byte| is_word(*byte));
                for byte in *b"a_5- " {
                    assert_eq!(Places::before(byte).meet(place), before_word == is_word(byte), "{byte} at {at} of {text:?}");
                }
                assert!(place.are_within(Places::ALL));
            }
        }
    }

    #[test]
    fn a_letter_meets_its_own_kind_and_no_letter_is_a_kind_too() {
        let text = "a7 -é".as_bytes();
        for (at, byte) in text.iter().enumerate() {
            assert!(Letters::any([*byte].into_iter()).meet(Letters::behind(text, at)));
            assert_eq!(Letters::any("az09".bytes()).meet(Letters::behind(text, at)), at < 2, "{at}");
        }
        assert!(!Letters::any(0..=u8::MAX).meet(Letters::behind(text, text.len())));
        assert!(Letters::ALL.meet(Letters::behind(text, text.len())));
    }
}
