//! Common English words, so that a word that is spelt right is never "mended" into one that the knowledge happens to use.
//!
//! The list is SCOWL's american-english-small; its terms stand in `english/COPYRIGHT`.

/// One word a line, in the order of their bytes.
static WORDS: &str = include_str!("english/words.txt");

/// Whether a folded word of four letters or more is a common English one.
#[must_use]
pub fn is_english(word: &str) -> bool {
    has_line(WORDS, word)
}

/// Whether `word` is a line of `list`, whose lines are in the order of their bytes.
#[must_use]
pub(crate) fn has_line(list: &str, word: &str) -> bool {
    // The list is searched as it stands: no set has to be built when the program starts.
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = list[..middle].rfind('\n').map_or(0, |end| end + 1);
        let end = list[middle..].find('\n').map_or(list.len(), |end| middle + end);
        match list[start..end].cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

/// Words that hold a sentence together and say nothing of what it is about.
const FUNCTION_WORDS: [&str; 121] = [
    "a",
    "about",
    "after",
    "again",
    "all",
    "also",
    "am",
    "an",
    "and",
    "any",
    "anyone",
    "are",
    "as",
    "at",
    "be",
    "been",
    "before",
    "being",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "doing",
    "done",
    "else",
    "for",
    "from",
    "get",
    "got",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "him",
    "his",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "like",
    "many",
    "may",
    "me",
    "mine",
    "more",
    "most",
    "much",
    "must",
    "my",
    "no",
    "not",
    "now",
    "of",
    "off",
    "ok",
    "on",
    "one",
    "ones",
    "or",
    "other",
    "our",
    "out",
    "over",
    "same",
    "she",
    "should",
    "so",
    "some",
    "someone",
    "something",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "thing",
    "things",
    "this",
    "those",
    "to",
    "too",
    "up",
    "us",
    "very",
    "was",
    "we",
    "well",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "whose",
    "why",
    "will",
    "with",
    "without",
    "would",
    "yes",
    "you",
    "your",
    "yours",
    "yeah",
    "only",
    "really",
    "still",
];

/// Whether a folded word only holds a sentence together.
#[must_use]
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        let words: Vec<&str> = WORDS.lines().collect();
        assert!(words.is_sorted() && words.len() > 30_000);
    }

    #[test]
    fn words_are_found_and_others_are_not() {
        for word in WORDS.lines().step_by(997).chain(WORDS.lines().last()).chain(["shout", "bread"]) {
            assert!(is_english(word), "{word}");
        }
        for word in ["", "a", "zzzz", "certifcation", "shoutt", "\n", "bread\nbreadth"] {
            assert!(!is_english(word), "{word:?}");
        }
    }
}
