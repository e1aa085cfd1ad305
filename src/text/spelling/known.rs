//! The words of the knowledge, so arranged that those near a misspelt one are found without a look at all of them.

use std::collections::HashMap;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use strsim::osa_distance;

use super::slip::{Slip, slip};

/// Words with how often each occurs.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// In the order of their letters.
    words: IndexMap<Box<str>, Word, FxBuildHasher>,
    /// The hash of each word, and of each word less one of its letters, with its index. Two words that are one slip apart are
    /// the same after one letter is taken from one of them or from both.
    shortened: Vec<(u32, u32)>,
    /// Indices in the order of the words' last letters.
    by_last: Vec<u32>,
}

#[derive(Debug)]
struct Word {
    count: u32,
    /// One bit for each letter that it holds.
    letters: u32,
}

impl Known {
    pub(super) fn new(counts: HashMap<String, u32>) -> Self {
        let word = |(text, count): (String, u32)| (text.clone().into_boxed_str(), Word { count, letters: letters_of(&text) });
        let mut words: IndexMap<Box<str>, Word, _> = counts.into_iter().map(word).collect();
        words.sort_unstable_keys();
        let numbered = || (0..).zip(words.keys()).filter(|(_, word)| word.chars().all(char::is_alphabetic));
        let mut shortened = Vec::new();
        for (index, word) in numbered() {
            let letters: Vec<char> = word.chars().collect();
            each_shortened(&letters, |hash| shortened.push((hash, index)));
        }
        shortened.sort_unstable();
        shortened.dedup();
        shortened.shrink_to_fit();
        let mut by_last: Vec<(u32, Option<char>)> = numbered().map(|(index, word)| (index, word.chars().next_back())).collect();
        by_last.sort_by_key(|(_, last)| *last);
        let by_last = by_last.into_iter().map(|(index, _)| index).collect();
        Self { words, shortened, by_last }
    }

    /// How often a word occurs.
    pub(super) fn count(&self, word: &str) -> u32 {
        self.words.get(word).map_or(0, |known| known.count)
    }

    fn at(&self, index: u32) -> Option<(&str, &Word)> {
        self.words.get_index(index as usize).map(|(text, word)| (&**text, word))
    }

    /// The words from the first one that is not before what is looked for.
    fn from(&self, is_before: impl Fn(&str) -> bool) -> impl Iterator<Item = (&str, &Word)> {
        let from = self.words.partition_point(|text, _| is_before(text));
        self.words.iter().skip(from).map(|(text, word)| (&**text, word))
    }

    /// The most frequent of the words that begin so.
    pub(super) fn beginning_with(&self, begun: &str) -> Option<&str> {
        most_frequent(self.from(|word| word < begun).take_while(|(word, _)| word.starts_with(begun)))
    }

    /// The word that is most likely meant, if it is one slip away.
    pub(super) fn with_one_slip(&self, typed: &[char]) -> Option<&str> {
        let mut best: Option<(u64, u32)> = None;
        each_shortened(typed, |hash| {
            let from = self.shortened.partition_point(|(other, _)| *other < hash);
            for (_, index) in self.shortened[from..].iter().take_while(|(other, _)| *other == hash) {
                let Some((text, word)) = self.at(*index) else { continue };
                let Some(slip) = slip(typed, text) else { continue };
                let likely = u64::from(word.count) * weight(slip, typed, text);
                if best.is_none_or(|(most, at)| likely > most || (likely == most && *index < at)) {
                    best = Some((likely, *index));
                }
            }
        });
        best.and_then(|(_, index)| self.at(index)).map(|(text, _)| text)
    }

    /// The most frequent of the words that are two slips away. Its first letter or its last is taken to be right.
    pub(super) fn with_two_slips(&self, typed: &str) -> Option<&str> {
        let (first, last) = (typed.chars().next()?, typed.chars().next_back()?);
        let same_first = self.from(|word| word.chars().next() < Some(first)).take_while(|(word, _)| word.starts_with(first));
        let last_of = |index: u32| self.at(index).and_then(|(word, _)| word.chars().next_back());
        let ending = self.by_last.partition_point(|index| last_of(*index) < Some(last));
        let same_last = self.by_last[ending..].iter().take_while(|index| last_of(**index) == Some(last));
        let candidates = same_first.chain(same_last.filter_map(|index| self.at(*index)));
        let letters = letters_of(typed);
        // Each slip makes or loses one letter, or one of each.
        let near = candidates.filter(|(text, word)| text.len().abs_diff(typed.len()) <= 2 && (word.letters ^ letters).count_ones() <= 4);
        most_frequent(near.filter(|(text, _)| osa_distance(typed, text) <= 2))
    }

    /// The two words that were written as one: those of which the rarer is the most frequent.
    pub(super) fn two_words<'typed>(&self, typed: &'typed str) -> Option<(&'typed str, &'typed str)> {
        const SHORTEST: usize = 2;
        const RAREST: u32 = 2;
        let cuts = typed.char_indices().map(|(at, _)| typed.split_at(at));
        let long = cuts.filter(|(first, second)| first.len() >= SHORTEST && second.len() >= SHORTEST);
        let counted = long.map(|(first, second)| (self.count(first).min(self.count(second)), (first, second)));
        counted.filter(|(count, _)| *count >= RAREST).max_by_key(|(count, _)| *count).map(|(_, words)| words)
    }
}

/// Of words that occur equally often, the first by its letters.
fn most_frequent<'known>(words: impl Iterator<Item = (&'known str, &'known Word)>) -> Option<&'known str> {
    words.max_by(|left, right| left.1.count.cmp(&right.1.count).then(right.0.cmp(left.0))).map(|(text, _)| text)
}

/// People seldom take the wrong letter for the first one.
fn weight(kind: Slip, typed: &[char], known: &str) -> u64 {
    let other_first = kind == Slip::Replaced && known.chars().next() != typed.first().copied();
    if other_first { Slip::Added.weight() } else { kind.weight() }
}

fn letters_of(word: &str) -> u32 {
    word.chars().fold(0, |letters, letter| letters | 1 << (u32::from(letter) % u32::BITS))
}

/// Calls `note` with the hash of a word, and of the word less each of its letters.
fn each_shortened(letters: &[char], mut note: impl FnMut(u32)) {
    note(hash(letters.iter()));
    for (at, letter) in letters.iter().enumerate() {
        // Of a run of the same letter it is all one which is left out.
        if at == 0 || letters[at - 1] != *letter {
            note(hash(letters[..at].iter().chain(&letters[at + 1..])));
        }
    }
}

/// FNV-1a over letters.
fn hash<'letter>(letters: impl Iterator<Item = &'letter char>) -> u32 {
    letters.fold(0x811c_9dc5, |hash, letter| (hash ^ u32::from(*letter)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_slip_makes_is_found_as_a_look_at_all_words_would_find_it() {
        let known = |word: &str| (word.to_owned(), 1);
        let words = ["rate", "rates", "grate", "crate", "tear", "been", "bean", "ben", "account"];
        let all = Known::new(words.map(known).into());
        for typed in ["rtae", "raate", "ratee", "beeen", "acount", "qate", "rat", "xx", "accounts", "benn"] {
            let letters: Vec<char> = typed.chars().collect();
            let near = words.iter().any(|word| osa_distance(typed, word) == 1);
            assert_eq!(all.with_one_slip(&letters).is_some(), near, "{typed}");
        }
    }
}
