//! What is kept of a question that found no answer, and how such questions are put together.
//!
//! Kept are words, never the question: those that the knowledge or the English list knows, without the ones that carry nothing, in
//! alphabetical order, each once. Who reads them sees what was asked about, and cannot put the sentence together again. A question
//! that tells of a person, in whatever way [`person`] knows, is not kept at all, nor is a story, nor what is mostly no known word.
//! Guards have spoken before: what they stop never comes here.
//!
//! Nothing here knows where gaps are kept or who asked.

mod groups;
pub mod person;
mod stubs;

pub use groups::{Counted, Group, group};
pub use stubs::stubs;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::text::english::is_english;
use crate::text::{Token, clean};

/// A question of more words is a story, and stories are about somebody.
const MOST_TOKENS: usize = 40;
/// So is one with more words that carry something.
const MOST_WORDS: usize = 12;

/// Where nobody says how far to look back, so many weeks are looked at.
const WEEKS: i32 = 12;

/// Words that carry nothing, besides those that the knowledge passes over.
const EMPTY: &str = "a about after all also am an and any anybody anyone are arent as at be because been before being but by can cannot cant \
    come could couldnt did didnt do does doesnt doing dont each else even ever every for from get gets getting give go goes \
    going gonna got had has have having he hello her here hers hey him his how i id if ill im in into is isnt it its ive \
    just know let like make many maybe me mine more most much must my need needs no not now of off on one only or other our \
    out over please should so some someone something still such tell than thanks that the their them then there these they \
    thing things this those to too up us very want was we well were what when where which who why will with would you your";

/// What is kept of a question, or none if nothing may be kept or nothing is left.
///
/// `tokens` are those of the question; `knows` says whether the knowledge uses a word, `names` whether the question names something of the
/// knowledge with it, such as a place, which is then no name of a person.
#[must_use]
pub fn words(question: &str, tokens: &[Token], knows: impl Fn(&str) -> bool, names: impl Fn(&str) -> bool) -> Option<String> {
    let cleaned = clean::clean(question);
    if tokens.len() > MOST_TOKENS || person::told_of(&cleaned, &knows, &names).is_some() {
        return None;
    }
    let is_plain = |word: &str| is_empty(word) || knows(word) || (is_english(word) && !person::is_name(word));
    let all = tokens.iter().map(|token| token.text.as_str()).filter(|word| word.chars().all(char::is_alphabetic));
    let (plain, strange): (Vec<&str>, Vec<&str>) = all.partition(|word| is_plain(word));
    if strange.len() > plain.len() {
        return None;
    }
    let words: BTreeSet<&str> = plain.into_iter().filter(|word| !is_empty(word)).collect();
    (!words.is_empty() && words.len() <= MOST_WORDS).then(|| words.into_iter().collect::<Vec<_>>().join(" "))
}

/// The first day that is looked at where nobody says.
#[must_use]
pub fn usual_start(today: Date) -> Date {
    today.checked_sub(jiff::Span::new().weeks(WEEKS)).unwrap_or(Date::MIN)
}

/// Whether a word carries nothing.
fn is_empty(word: &str) -> bool {
    EMPTY.split(' ').any(|empty| empty == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokens;

    fn kept(question: &str) -> Option<String> {
        words(question, &tokens(question), |word| ["ma", "texas", "ekg"].contains(&word), |word| word == "texas")
    }

    #[test]
    fn empty_words_are_each_a_word() {
        assert!(EMPTY.split(' ').all(|word| !word.is_empty() && word.chars().all(char::is_alphabetic)));
        assert!(is_empty("the") && is_empty("your") && !is_empty("scrubs"));
    }

    #[test]
    fn known_words_are_kept_in_alphabetical_order_each_once() {
        assert_eq!(kept("What color scrubs does an MA wear in Texas? What color??").as_deref(), Some("color ma scrubs texas wear"));
    }

    #[test]
    fn numbers_and_unknown_words_are_left_out() {
        assert_eq!(kept("do 12 MA at Zzyzx wear scrubs").as_deref(), Some("ma scrubs wear"));
    }

    #[test]
    fn stories_foreign_words_and_nothing_are_not_kept() {
        assert_eq!(kept(&"scrubs ".repeat(50)), None);
        assert_eq!(kept("bread water stone river cloud forest hammer window candle bottle mirror pencil garden"), None);
        assert_eq!(kept("hvad koster uniformen til en praktikant"), None);
        assert_eq!(kept("how do i"), None);
        assert_eq!(kept(""), None);
    }

    #[test]
    fn what_tells_of_a_person_is_not_kept() {
        assert_eq!(kept("does Maria need new scrubs"), None);
        assert_eq!(kept("call 555-010-9999 about scrubs"), None);
    }
}
