//! Mends misspelt words against the words the knowledge uses.
//!
//! A word is looked at only if neither the knowledge nor English has it, so that nothing spelt right is "mended" into something
//! that Mabel happens to know. "certifcation" becomes "certification", "howmuch" becomes "how much", "medi cal" becomes "medical".

mod known;
mod slip;

use std::collections::{HashMap, HashSet};

use super::english::is_english;
use super::tokens::Token;
use known::Known;

/// Words it knows, and words it leaves alone.
#[derive(Debug, Default)]
pub struct Speller {
    known: Known,
    keep: HashSet<String>,
}

/// Words shorter than this are left alone: too many are abbreviations or one letter from another word.
const SHORTEST: usize = 4;
/// So many letters of a word tell where it leads.
const SHORTEST_BEGUN: usize = 3;
/// Words shorter than this are not two words written as one.
const SHORTEST_JOINED: usize = 6;
/// A word shorter than this does not hold two slips: too many others are as near.
const SHORTEST_WITH_TWO_SLIPS: usize = 8;
/// Words longer than this many bytes are left alone: no known word, nor two written as one, come near, and an endless one would take long.
const LONGEST: usize = 48;
/// No text is worth more attempts: what holds so many strange words is no question.
const MOST_ATTEMPTS: usize = 48;

impl Speller {
    /// A speller that knows these words with their counts, and leaves `keep` alone.
    #[must_use]
    pub fn new(counts: HashMap<String, u32>, keep: impl IntoIterator<Item = String>) -> Self {
        Self { known: Known::new(counts), keep: keep.into_iter().collect() }
    }

    /// Whether the knowledge uses this word.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.known.count(word) > 0
    }

    /// The word that somebody is likely on the way to who has typed this much of it: the most frequent that begins so. `None` for what is
    /// a word already, and for less than three letters.
    #[must_use]
    pub fn finished(&self, begun: &str) -> Option<&str> {
        let long = begun.chars().count() >= SHORTEST_BEGUN;
        if long && self.is_strange(begun) { self.known.beginning_with(begun) } else { None }
    }

    /// The tokens with their spelling mended, where it needs to be and a known word is near enough.
    #[must_use]
    pub fn mend(&self, tokens: Vec<Token>) -> Vec<Token> {
        let strange: Vec<bool> = tokens.iter().map(|token| self.is_strange(&token.text)).collect();
        if !strange.contains(&true) {
            return tokens;
        }
        let mut mended: Vec<Token> = Vec::with_capacity(tokens.len() + 1);
        let mut attempts = 0;
        let mut tokens = tokens.into_iter().zip(strange).peekable();
        while let Some((token, strange)) = tokens.next() {
            if let Some((second, _)) = tokens.next_if(|(second, too)| (strange || *too) && self.is_one_word(&token, second)) {
                mended.push(joined(&token, &second));
            } else if strange && attempts < MOST_ATTEMPTS {
                attempts += 1;
                self.mend_word(token, &mut mended);
            } else {
                mended.push(token);
            }
        }
        mended
    }

    /// Whether nobody knows this word.
    fn is_strange(&self, word: &str) -> bool {
        word.len() <= LONGEST
            && word.chars().all(char::is_alphabetic)
            && !self.knows(word)
            && !self.keep.contains(word)
            && !is_english(word)
    }

    /// Whether two tokens are one known word that a slip has cut in two.
    fn is_one_word(&self, first: &Token, second: &Token) -> bool {
        let letters = |token: &Token| token.text.chars().all(char::is_alphabetic);
        let apart = first.ends_clause || second.set_off || !letters(first) || !letters(second);
        !apart && first.text.len() + second.text.len() >= SHORTEST && self.knows(&[first.text.as_str(), &second.text].concat())
    }

    fn mend_word(&self, token: Token, mended: &mut Vec<Token>) {
        let letters: Vec<char> = token.text.chars().collect();
        let one_word = if letters.len() < SHORTEST { None } else { self.known.with_one_slip(&letters) };
        let two_words = || if letters.len() < SHORTEST_JOINED { None } else { self.known.two_words(&token.text) };
        let far = || if letters.len() < SHORTEST_WITH_TWO_SLIPS { None } else { self.known.with_two_slips(&token.text) };
        if let Some(word) = one_word {
            mended.push(Token { text: word.to_owned(), typed: Some(token.text), ..token });
        } else if let Some((first, second)) = two_words() {
            let second = Token { ends_clause: token.ends_clause, ..Token::plain(second) };
            mended.push(Token { text: first.to_owned(), typed: Some(token.text.clone()), ends_clause: false, ..token });
            mended.push(second);
        } else if let Some(word) = far() {
            mended.push(Token { text: word.to_owned(), typed: Some(token.text), ..token });
        } else {
            mended.push(token);
        }
    }
}

fn joined(first: &Token, second: &Token) -> Token {
    Token {
        text: [first.text.as_str(), &second.text].concat(),
        capitals: first.capitals && second.capitals,
        set_off: first.set_off,
        ends_clause: second.ends_clause,
        typed: Some(format!("{} {}", first.text, second.text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokens;

    fn speller() -> Speller {
        let counts = [
            ("medical", 90),
            ("assistant", 90),
            ("injection", 20),
            ("injections", 30),
            ("certification", 40),
            ("salary", 25),
            ("rate", 12),
            ("are", 80),
            ("link", 4),
            ("like", 30),
            ("how", 70),
            ("much", 40),
            ("texas", 9),
            ("new", 9),
            ("york", 5),
            ("here", 3),
        ];
        let counts = counts.into_iter().map(|(word, count)| (word.to_owned(), count)).collect();
        Speller::new(counts, ["ccma".to_owned()])
    }

    fn mend(text: &str) -> String {
        speller().mend(tokens(text)).into_iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_word_begun_is_finished_as_the_most_frequent_that_begins_so() {
        for (begun, meant) in [("inj", Some("injections")), ("certif", Some("certification")), ("assistan", Some("assistant"))] {
            assert_eq!(speller().finished(begun), meant, "{begun}");
        }
        for whole in ["injection", "are", "ccma", "in", "thr", "xyz"] {
            assert_eq!(speller().finished(whole), None, "{whole}");
        }
    }

    #[test]
    fn one_slip_anywhere_is_mended() {
        for (typed, meant) in [
            ("njections", "injections"),
            ("edical assistant", "medical assistant"),
            ("xalary", "salary"),
            ("asistant", "assistant"),
            ("salaryy", "salary"),
            ("certfication", "certification"),
            ("certificatoin", "certification"),
            ("texsa", "texas"),
        ] {
            assert_eq!(mend(typed), meant, "{typed}");
        }
    }

    #[test]
    fn the_likelier_slip_counts_more_than_the_commoner_word() {
        assert_eq!(mend("arte"), "rate", "two letters swapped, and not one too many in `are`");
        assert_eq!(mend("likn"), "link", "and not one letter for another in `like`");
    }

    #[test]
    fn long_words_may_hold_two_slips() {
        assert_eq!(mend("certifcaton"), "certification");
        assert_eq!(mend("asisstent"), "assistant");
        assert_eq!(mend("slari"), "slari", "a short one may not");
    }

    #[test]
    fn words_written_as_one_are_cut_and_words_cut_are_joined() {
        assert_eq!(mend("howmuch medicalassistant newyork"), "how much medical assistant new york");
        assert_eq!(mend("medi cal assis tant in jection"), "medical assistant injection");
        assert_eq!(mend("medi, cal"), "medi cal", "what a comma keeps apart is two words");
        let read = speller().mend(tokens("howmuch?"));
        assert_eq!((read[0].typed.as_deref(), read[0].ends_clause, read[1].ends_clause), (Some("howmuch"), false, true));
    }

    #[test]
    fn what_is_spelt_right_is_left_alone() {
        for text in ["hear her shout", "ccma", "like", "hers", "2080", "w2", "b12", "kaiser", "lvn"] {
            assert_eq!(mend(text), text);
        }
    }

    #[test]
    fn an_endless_word_is_left_alone() {
        let endless = "certifcation".repeat(5);
        assert_eq!(mend(&endless), endless);
    }

    #[test]
    fn a_flood_of_strange_words_is_not_mended_to_its_end() {
        let flood = vec!["certifcation"; 1_000].join(" ");
        let mended = speller().mend(tokens(&flood));
        assert_eq!(mended.iter().filter(|token| token.typed.is_some()).count(), MOST_ATTEMPTS);
    }
}
