//! Finds known word sequences in a sequence of words.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// The words of a sequence behind its first one, and what it stands for.
type Rest<T> = (Box<[String]>, T);

/// Word sequences, each with what it stands for.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    /// The sequences by their first word.
    by_first: HashMap<String, Vec<Rest<T>>, FxBuildHasher>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: HashMap::default() }
    }
}

/// A sequence found: the words `start..end` and what they stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span<'phrases, T> {
    /// Index of its first word.
    pub start: usize,
    /// Index behind its last word.
    pub end: usize,
    /// What it stands for.
    pub value: &'phrases T,
}

impl<T> Phrases<T> {
    /// Adds a sequence; an empty one is passed over.
    pub fn add(&mut self, words: Vec<String>, value: T) {
        let mut words = words.into_iter();
        if let Some(first) = words.next() {
            let same_first = self.by_first.entry(first).or_default();
            // The longest first, so that the first that fits is the longest.
            let at = same_first.partition_point(|(others, _)| others.len() >= words.len());
            same_first.insert(at, (words.collect(), value));
        }
    }

    /// Every sequence that begins at `start`, the longest first.
    pub fn at<'phrases, W: AsRef<str>>(&'phrases self, words: &[W], start: usize) -> impl Iterator<Item = Span<'phrases, T>> {
        let candidates = words.get(start).and_then(|word| self.by_first.get(word.as_ref()));
        candidates.into_iter().flatten().filter_map(move |(others, value)| {
            let end = start + 1 + others.len();
            let fits = end <= words.len() && others.iter().zip(&words[start + 1..end]).all(|(left, right)| left == right.as_ref());
            fits.then_some(Span { start, end, value })
        })
    }

    /// Sequences that do not overlap, each the longest at the leftmost place.
    pub fn leftmost_longest<W: AsRef<str>>(&self, words: &[W]) -> Vec<Span<'_, T>> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < words.len() {
            let longest = self.at(words, start).next();
            start = longest.as_ref().map_or(start + 1, |span| span.end);
            found.extend(longest);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_sequence_at_the_leftmost_place_is_found() {
        let mut phrases = Phrases::default();
        for (phrase, value) in [("new york", 1), ("new york city", 2), ("york", 3)] {
            phrases.add(phrase.split(' ').map(str::to_owned).collect(), value);
        }
        let words: Vec<&str> = "in new york city or new york or york".split(' ').collect();
        let found: Vec<(usize, usize, i32)> =
            phrases.leftmost_longest(&words).iter().map(|span| (span.start, span.end, *span.value)).collect();
        assert_eq!(found, [(1, 4, 2), (5, 7, 1), (8, 9, 3)]);
    }
}
