//! Whether a text tells of a person: names, ways to reach them, dates, ages and numbers that are theirs.
//!
//! It is asked of questions that found no answer, before anything of them is kept, and in doubt it says yes: a gap that is lost is
//! asked again. It knows how people write such things, and nothing of what a question is about.

use std::sync::LazyLock;

use regex::Regex;

use super::is_empty;
use crate::text::english::has_line;
use crate::text::words;

/// What of a person a text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// An e-mail address or another handle.
    Handle,
    /// A number long enough to be somebody's: of a phone, a record, an insurance.
    Number,
    /// A day, which may be that of a birth.
    Day,
    /// An age.
    Age,
    /// Where somebody lives.
    Address,
    /// A name.
    Name,
}

/// How such things are written, in lower and upper case alike.
static PATTERNS: LazyLock<Vec<(Told, Regex)>> = LazyLock::new(|| {
    const DIGIT: &str = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)";
    const TENS: &str = "(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)";
    const SOMEBODY: &str =
        "he|she|mom|mother|dad|father|son|daughter|wife|husband|grandma|grandmother|grandpa|grandfather|kid|child|baby|patient|pt";
    const MONTH: &str = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?";
    let patterns: [(Told, &[&str]); 6] = [
        (Told::Handle, &["@", r"\b[\w.+-]+ (?:at|\(at\)|\[at\]) [\w-]+ (?:dot|\(dot\)|\[dot\]) [a-z]{2,}\b"]),
        (Told::Number, &["[0-9]{5,}", r"[0-9](?:[ ().\-–/#]{0,3}[0-9]){6,}", r"#\s?[0-9]{3,}", &format!(r"\b(?:{DIGIT}\b[ ,\-]*){{6}}")]),
        (
            Told::Day,
            &[
                r"\b[0-9]{1,2}\s?[/.\-]\s?[0-9]{1,2}\s?[/.\-]\s?(?:[0-9]{2}|[0-9]{4})\b",
                r"\b[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b",
                &format!(r"\b{MONTH}\.? [0-9]{{1,2}}(?:st|nd|rd|th)?\b"),
                &format!(r"\b[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}\b"),
                r"\bborn\b[^.?!]*[0-9]",
                r"\b(?:dob|d\.o\.b|birth ?day|birth ?date|date of birth)\b[^.?!]*[0-9]",
            ],
        ),
        (
            Told::Age,
            &[
                r"\b[0-9]{1,3}[ -]?(?:yo|y/o|y\.o|(?:yrs?|years?|months?|mos?|weeks?|wks?|days?)[ -]old)\b",
                r"\b[0-9]{1,3}[ -]?(?:[mf]|(?:yrs?|years?)[ -](?:male|female|man|woman|lady|gentleman|boy|girl))\b",
                &format!(r"\b(?:{TENS}(?:[ -]{DIGIT})?|{DIGIT})[ -](?:yrs?|years?|months?|weeks?|days?)[ -]old\b"),
                &format!(r"\b(?:{SOMEBODY}) (?:is|was|turned|turns)(?: now| only| just)? [0-9]{{1,3}}\b"),
                r"\bage[ds]?:? [0-9]{1,3}\b",
                r"\bin (?:his|her|their) (?:early |mid |late )?[0-9]0'?s\b",
            ],
        ),
        (
            Told::Address,
            &[
                r"\b[0-9]{1,6}[a-z]? (?:[a-z0-9.']+ ){1,3}(?:st|street|ave|avenue|rd|road|blvd|boulevard|ln|lane|dr|drive|ct|court|pl|place|way|square|plaza|hwy|highway|ter|terrace|cir|circle|pkwy|parkway|trail|loop)\b",
                r"\b(?:lives?|living|stays?|staying|resides?) (?:at|on|off)\b",
                r"\bp\.?\s?o\.?\s?box\b",
                r"\b(?:apt|apartment|unit|suite|ste)\.? ?#?[0-9]+[a-z]?\b",
            ],
        ),
        (
            Told::Name,
            &[
                r"\b(?:mr|mrs|ms|miss|mister|mx)\b\.?\s+[a-z]",
                r"\b(?:name is|name's|names is|named|my name|full name|first name is|last name is)\s+[a-z]",
            ],
        ),
    ];
    let compiled =
        |(told, patterns): (Told, &[&str])| patterns.iter().map(|pattern| (told, compile(&format!("(?i){pattern}")))).collect::<Vec<_>>();
    patterns.into_iter().flat_map(compiled).collect()
});

#[expect(clippy::expect_used, reason = "the patterns are constants, and a test compiles each of them")]
fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern is a regular expression")
}

/// Given names and surnames that are no other word: the most common ones of the US census of 1990, folded, in the order of their bytes.
static NAMES: &str = include_str!("names.txt");

/// Whether a folded word is a name and no other word.
#[must_use]
pub fn is_name(word: &str) -> bool {
    has_line(NAMES, word)
}

/// What a text tells of a person, if it does.
///
/// `knows` says whether the knowledge uses a word: two such words side by side are no full name. `names` says whether the text names something
/// of the knowledge with a word: it is then no name of a person, even if people are called so.
#[must_use]
pub fn told_of(text: &str, knows: impl Fn(&str) -> bool, names: impl Fn(&str) -> bool) -> Option<Told> {
    if let Some((told, _)) = PATTERNS.iter().find(|(_, pattern)| pattern.is_match(text)) {
        return Some(*told);
    }
    if text.split_whitespace().any(is_code) {
        return Some(Told::Number);
    }
    let written = Written::of(text);
    let called = written.iter().any(|word| is_name(&word.folded) && !names(&word.folded));
    (called || full_name(&written, &knows) || titled(&written)).then_some(Told::Name)
}

/// Whether a word mixes letters and at least three digits, as the numbers of records do.
fn is_code(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits >= 3 && word.chars().filter(|letter| letter.is_alphabetic()).count() >= 1 && word.chars().count() >= 5
}

/// A word as it was written.
struct Written {
    folded: String,
    /// The first letter is a capital one, the others are not.
    capitalised: bool,
    /// A sentence starts with it.
    first: bool,
}

impl Written {
    /// The words of a text. Where most begin with a capital, capitals say nothing.
    fn of(text: &str) -> Vec<Self> {
        let mut first = true;
        let mut all: Vec<Self> = Vec::new();
        for raw in text.split_whitespace() {
            let bare = raw.trim_matches(|letter: char| !letter.is_alphanumeric());
            let mut letters = bare.chars();
            let capitalised = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
            for folded in words(bare) {
                all.push(Self { folded, capitalised, first });
                first = false;
            }
            first = raw.ends_with(['.', '?', '!', ':']) && raw.chars().count() > 3;
        }
        let capitalised = all.iter().filter(|word| word.capitalised).count();
        if all.len() > 3 && capitalised * 10 > all.len() * 7 {
            for word in &mut all {
                word.capitalised = false;
            }
        }
        all
    }
}

/// Whether two words side by side look like a given name and a surname.
fn full_name(written: &[Written], knows: &impl Fn(&str) -> bool) -> bool {
    let may_be = |word: &Written| word.capitalised && !is_empty(&word.folded);
    written.windows(2).any(|pair| {
        let (given, surname) = (&pair[0], &pair[1]);
        may_be(given) && may_be(surname) && !surname.first && !(knows(&given.folded) && knows(&surname.folded))
    })
}

/// Whether somebody is called by title and name.
fn titled(written: &[Written]) -> bool {
    written.windows(2).any(|pair| {
        matches!(pair[0].folded.as_str(), "dr" | "doctor" | "prof" | "professor") && pair[1].capitalised && !is_empty(&pair[1].folded)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<Told> {
        told_of(text, |word| ["new", "york", "ma", "texas", "jackson"].contains(&word), |word| ["york", "texas"].contains(&word))
    }

    #[test]
    fn names_are_in_order_and_patterns_compile() {
        assert!(NAMES.lines().collect::<Vec<_>>().is_sorted());
        assert!(PATTERNS.len() > 10);
    }

    #[test]
    fn what_is_somebodys_is_seen() {
        for (text, wanted) in [
            ("write me at a.b@example.org", Told::Handle),
            ("write to ann at example dot org", Told::Handle),
            ("call (555) 010-9999", Told::Number),
            ("record 00412", Told::Number),
            ("chart AB1234", Told::Number),
            ("seen on 3/4/62", Told::Day),
            ("birthday is March 3rd", Told::Day),
            ("a 45 y/o with a cough", Told::Age),
            ("67F in room two", Told::Age),
            ("a forty-five-year-old", Told::Age),
            ("my mom is 74", Told::Age),
            ("five five five oh one oh nine is my cell", Told::Number),
            ("lives off maple street", Told::Address),
            ("lives at 12 Oak Hill Road", Told::Address),
            ("Mrs. Whitfield called", Told::Name),
            ("the one with Dana Whitfield", Told::Name),
            ("is Dr. Okonkwo right", Told::Name),
            ("does maria need it", Told::Name),
            ("does jackson need it", Told::Name),
        ] {
            assert_eq!(told(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_nobodys_passes() {
        for text in [
            "what do scrubs cost in New York",
            "is a 24/7 shift allowed",
            "is 45 too old for one or two years of school",
            "is $24.50 an hour good in 2026",
            "Do MA Programs Teach Coding Or Billing",
            "can i work 40 hours",
            "is the dr responsible",
            "does Walgreens hire",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
