//! Mends misspelt words against the words the knowledge uses.

use std::collections::{HashMap, HashSet};

use strsim::damerau_levenshtein;

use super::english::is_english;
use super::tokens::Token;

/// Words it knows, bucketed so that a misspelt one is compared with few of them.
#[derive(Debug, Default)]
pub struct Speller {
    known: HashMap<String, u32>,
    keep: HashSet<String>,
    /// Known words by first letter and length; a misspelling rarely touches the first letter.
    buckets: HashMap<(char, usize), Vec<String>>,
}

/// Words shorter than this are left alone: too many are abbreviations or one letter from another word.
const SHORTEST: usize = 4;

impl Speller {
    /// A speller that knows these words with their counts, and leaves `keep` alone.
    #[must_use]
    pub fn new(counts: HashMap<String, u32>, keep: impl IntoIterator<Item = String>) -> Self {
        let mut buckets: HashMap<(char, usize), Vec<String>> = HashMap::new();
        for word in counts.keys().filter(|word| word.chars().all(char::is_alphabetic)) {
            if let Some(first) = word.chars().next() {
                buckets.entry((first, word.chars().count())).or_default().push(word.clone());
            }
        }
        // The order of a hash map is not the same in two runs; the mended word must be.
        for words in buckets.values_mut() {
            words.sort();
        }
        Self { known: counts, keep: keep.into_iter().collect(), buckets }
    }

    /// Whether the knowledge uses this word.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.known.contains_key(word)
    }

    /// The token with its spelling mended, if it needs to be and one known word is near enough.
    #[must_use]
    pub fn mend(&self, token: Token) -> Token {
        let word = token.text.as_str();
        let length = word.chars().count();
        if length < SHORTEST || self.knows(word) || self.keep.contains(word) || !word.chars().all(char::is_alphabetic) || is_english(word) {
            return token;
        }
        match self.nearest(word, length) {
            Some(mended) => Token { text: mended.to_owned(), typed: Some(token.text), ..token },
            None => token,
        }
    }

    /// The known word that takes the fewest edits, the more frequent one where two take as many.
    fn nearest(&self, word: &str, length: usize) -> Option<&str> {
        let most_edits = if length < 8 { 1 } else { 2 };
        let first = word.chars().next()?;
        (length.saturating_sub(most_edits)..=length + most_edits)
            .filter_map(|length| self.buckets.get(&(first, length)))
            .flatten()
            .map(|known| (damerau_levenshtein(word, known), known))
            .filter(|(edits, _)| *edits <= most_edits)
            .min_by_key(|(edits, known)| (*edits, std::cmp::Reverse(self.known.get(*known).copied().unwrap_or_default()), *known))
            .map(|(_, known)| known.as_str())
    }
}
