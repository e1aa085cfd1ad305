//! From what people type to tokens: a chain of small filters, each in a file of its own.
//!
//! ```text
//! raw ─▶ clean (markdown, mentions, links out) ─▶ fold (one letter form) ─▶ tokens ─▶ shorthand ─▶ spelling
//! ```
//!
//! The same chain reads questions, phrasings and aliases, so that two wordings that mean the same look the same. Nothing
//! here knows facets, entries or scores.

pub mod asking;
pub mod clean;
pub mod english;
pub mod fold;
pub mod phrases;
pub mod spelling;
pub mod stem;
pub mod tokens;
pub mod vectors;

use std::borrow::Cow;
use std::collections::HashMap;

use phrases::Phrases;
use spelling::Speller;
pub use tokens::Token;

/// A text that went through the chain.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The cleaned and folded text: lower case, single spaces, no accents. Guards read this.
    pub folded: String,
    /// The tokens, shorthand written out and spelling mended.
    pub tokens: Vec<Token>,
}

/// The most characters of a question that are read. Discord lets a user send 6,000 in a command's option.
pub const MOST_CHARACTERS: usize = 6_000;

/// The chain with the words it needs.
#[derive(Debug, Default)]
pub struct Chain {
    shorthand: Phrases<Vec<String>>,
    speller: Speller,
}

impl Chain {
    /// A chain that writes out `shorthand` and mends nothing yet.
    #[must_use]
    pub fn new(shorthand: &[(String, String)]) -> Self {
        let mut phrases = Phrases::default();
        for (short, long) in shorthand {
            let long = words(long);
            phrases.add(words(short), long);
        }
        Self { shorthand: phrases, speller: Speller::default() }
    }

    /// The words spelling is mended against, with how often each occurs, and words to leave alone.
    pub fn learn_spelling(&mut self, counts: HashMap<String, u32>, keep: impl IntoIterator<Item = String>) {
        self.speller = Speller::new(counts, keep);
    }

    /// Whether the knowledge uses this folded word.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.speller.knows(word)
    }

    /// What somebody has typed so far, its last word written out where only its beginning stands there.
    #[must_use]
    pub fn finished<'typed>(&self, typed: &'typed str) -> Cow<'typed, str> {
        let before = typed.trim_end_matches(char::is_alphabetic);
        match self.speller.finished(&fold::fold(&typed[before.len()..])) {
            Some(word) => Cow::Owned([before, word].concat()),
            None => Cow::Borrowed(typed),
        }
    }

    /// Reads a question.
    #[must_use]
    pub fn read(&self, raw: &str) -> Text {
        let cleaned = clean::clean(raw);
        let tokens = self.expand(tokens::tokens(&cleaned));
        Text { folded: fold::fold(&cleaned), tokens: self.speller.mend(tokens) }
    }

    /// Reads a wording of the knowledge: nothing to clean, nothing to mend.
    #[must_use]
    pub fn read_wording(&self, wording: &str) -> Vec<Token> {
        self.expand(tokens::tokens(wording))
    }

    /// Writes shorthand out; the flags of the short form go to the first word of the long one.
    fn expand(&self, tokens: Vec<Token>) -> Vec<Token> {
        let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
        // The "R" of "MA-R" is part of a name, no "are".
        let is_part = |at: usize| texts[at].len() == 1 && at > 0 && tokens[at].set_off && !tokens[at - 1].ends_clause;
        let mut found = self.shorthand.leftmost_longest(&texts);
        found.retain(|span| !is_part(span.start));
        if found.is_empty() {
            return tokens;
        }
        let mut expanded = Vec::with_capacity(tokens.len() + found.len());
        let mut next = 0;
        for span in found {
            expanded.extend_from_slice(&tokens[next..span.start]);
            for (index, word) in span.value.iter().enumerate() {
                let first = &tokens[span.start];
                expanded.push(if index == 0 { Token { text: word.clone(), ..first.clone() } } else { Token::plain(word) });
            }
            next = span.end;
        }
        expanded.extend_from_slice(&tokens[next..]);
        expanded
    }
}

/// The folded words of a text.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let tokens = tokens::tokens(text);
    // Collected in place they would keep the room of whole tokens, and the knowledge keeps thousands of such lists.
    let mut words = Vec::with_capacity(tokens.len());
    words.extend(tokens.into_iter().map(|token| token.text));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Chain {
        let mut chain = Chain::new(&[("b4".to_owned(), "before".to_owned()), ("whats".to_owned(), "what is".to_owned())]);
        let counts = [("california", 9), ("injection", 9), ("certification", 9), ("what", 3), ("before", 2), ("is", 3)];
        chain.learn_spelling(counts.into_iter().map(|(word, count)| (word.to_owned(), count)).collect(), ["cma".to_owned()]);
        chain
    }

    fn read(raw: &str) -> Vec<String> {
        chain().read(raw).tokens.into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn shorthand_is_written_out_and_spelling_mended() {
        assert_eq!(read("What's b4 the certifcation?"), ["what", "is", "before", "the", "certification"]);
    }

    #[test]
    fn a_letter_behind_a_dash_is_no_shorthand() {
        let chain = Chain::new(&[("r".to_owned(), "are".to_owned())]);
        let read = |raw: &str| chain.read(raw).tokens.into_iter().map(|token| token.text).collect::<Vec<_>>().join(" ");
        assert_eq!(read("how much r MA-Rs"), "how much are ma rs");
        assert_eq!(read("hey, r u an MA-R"), "hey are u an ma r");
    }

    #[test]
    fn kept_words_are_not_mended() {
        assert_eq!(read("cma in califronia"), ["cma", "in", "california"]);
    }

    #[test]
    fn what_carries_no_word_reads_as_nothing() {
        for raw in ["", "   ", "😭🙏", "\u{200b}\u{200b}", "<@123456>", "https://example.org/x", "\u{1b}[31m\u{1b}[0m", "\0\0", "**__**"]
        {
            assert!(read(raw).is_empty(), "{raw:?} read as {:?}", read(raw));
        }
    }
}
