//! Whether a text is shaped like a question, for talk that was not put to anybody.
//!
//! These are words of the language, not of any knowledge: a sentence asks if it ends in a question mark, or begins the way questions begin.
//! People in chats leave the mark out and put something before: "hey quick question how long is …".

/// Words that begin a question whatever comes next.
const INTERROGATIVES: [&str; 14] =
    ["how", "hows", "what", "whats", "when", "whens", "where", "wheres", "which", "who", "whos", "whose", "why", "whys"];
/// Verbs that begin one, with whom they are about behind them.
const VERBS: [&str; 24] = [
    "am", "are", "can", "could", "did", "do", "does", "has", "have", "is", "may", "might", "must", "shall", "should", "was", "were",
    "will", "would", "r", "isnt", "arent", "dont", "doesnt",
];
/// Words that may stand before it.
const BEFORE: [&str; 49] = [
    "a",
    "about",
    "actually",
    "all",
    "also",
    "and",
    "any",
    "anybody",
    "anyone",
    "but",
    "curious",
    "everyone",
    "folks",
    "for",
    "genuine",
    "guys",
    "hello",
    "help",
    "hey",
    "hi",
    "honest",
    "i",
    "idea",
    "im",
    "just",
    "knows",
    "know",
    "like",
    "ok",
    "okay",
    "please",
    "pls",
    "plus",
    "question",
    "quick",
    "random",
    "serious",
    "so",
    "somebody",
    "someone",
    "sorry",
    "stupid",
    "tell",
    "um",
    "was",
    "well",
    "wondering",
    "yall",
    "yo",
];
/// Words that tie a question to the people in the room and to their day: "did you pass", "is it open tonight".
const AMONG_PEOPLE: [&str; 14] =
    ["again", "did", "didnt", "here", "today", "tomorrow", "tonight", "we", "whos", "whose", "yet", "your", "youre", "yours"];
/// The same, of two words.
const AMONG_PEOPLE_PAIRS: [[&str; 2]; 15] = [
    ["are", "you"],
    ["were", "you"],
    ["have", "you"],
    ["you", "guys"],
    ["you", "all"],
    ["do", "they"],
    ["they", "still"],
    ["will", "my"],
    ["should", "i"],
    ["this", "week"],
    ["this", "weekend"],
    ["this", "month"],
    ["this", "term"],
    ["this", "semester"],
    ["this", "time"],
];
/// The most of them.
const MOST_BEFORE: usize = 7;
/// Words that tie a second question to a first.
const JOINING: [&str; 3] = ["also", "and", "plus"];
/// Who is asked about behind a verb: "and can they sign it", but not "and do the filing".
const SUBJECTS: [&str; 11] = ["an", "he", "i", "it", "ma", "mas", "she", "there", "they", "u", "we"];
/// What stands behind a sentence.
pub const SENTENCE_ENDS: [char; 5] = ['.', '?', '!', ';', '\n'];
/// A question of fewer words leans on what was said before.
const FEWEST_WORDS: usize = 4;

/// Whether a folded text holds a sentence that asks.
#[must_use]
pub fn asks(folded: &str) -> bool {
    folded.split_inclusive(SENTENCE_ENDS).any(sentence_asks)
}

/// The questions of a text that asks more than one: its sentences, cut where another question is tied to the first. Empty where it asks
/// but one.
#[must_use]
pub fn questions(text: &str) -> Vec<&str> {
    let is_joining = |word: &str| JOINING.iter().any(|joining| word.eq_ignore_ascii_case(joining));
    if text.split_inclusive(SENTENCE_ENDS).nth(1).is_none() && !text.split_whitespace().any(is_joining) {
        return Vec::new();
    }
    let parts = text.split_inclusive(SENTENCE_ENDS).flat_map(untied);
    let asked: Vec<&str> = parts.filter(|part| sentence_asks(part)).collect();
    if asked.len() < 2 { Vec::new() } else { asked }
}

/// Whether a folded text speaks to the people in the room rather than to whoever knows.
#[must_use]
pub fn is_among_people(folded: &str) -> bool {
    let words = words(folded);
    let pair = |pair: &[String]| AMONG_PEOPLE_PAIRS.iter().any(|[first, second]| pair[0] == *first && pair[1] == *second);
    words.iter().any(|word| AMONG_PEOPLE.contains(&word.as_str())) || words.windows(2).any(pair)
}

/// The words of a folded text, letters and digits alone.
fn words(folded: &str) -> Vec<String> {
    folded.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// A word, letters and digits alone.
fn bare(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A sentence cut before every word that ties another question to what stands before.
fn untied(sentence: &str) -> Vec<&str> {
    let pieces: Vec<&str> = sentence.split_inclusive(char::is_whitespace).collect();
    let words: Vec<String> = pieces.iter().map(|piece| bare(piece)).collect();
    let mut parts = Vec::new();
    let (mut begins, mut at) = (0, 0);
    for (index, piece) in pieces.iter().enumerate() {
        if at > begins && ties_question(&words[index..]) {
            parts.push(&sentence[begins..at]);
            begins = at;
        }
        at += piece.len();
    }
    parts.push(&sentence[begins..]);
    parts
}

/// Whether words begin with one that ties a question to what stands before.
fn ties_question(words: &[String]) -> bool {
    let [first, rest @ ..] = words else { return false };
    let asks = match rest {
        [word, ..] if INTERROGATIVES.contains(&word.as_str()) => true,
        [verb, subject, ..] => VERBS.contains(&verb.as_str()) && SUBJECTS.contains(&subject.as_str()),
        _ => false,
    };
    JOINING.contains(&first.as_str()) && asks
}

fn begins_question(word: &str) -> bool {
    INTERROGATIVES.contains(&word) || VERBS.contains(&word)
}

fn sentence_asks(sentence: &str) -> bool {
    let words = words(sentence);
    if words.len() < FEWEST_WORDS {
        return false;
    }
    let begins = words.iter().take(MOST_BEFORE + 1).position(|word| begins_question(word));
    let begins = begins.is_some_and(|at| words[..at].iter().all(|word| BEFORE.contains(&word.as_str())));
    begins || sentence.trim_end().ends_with('?')
}

#[cfg(test)]
mod tests {
    use super::{asks, is_among_people, questions};

    #[test]
    fn a_mark_or_a_beginning_makes_a_question() {
        for text in [
            "can an ma give shots",
            "hey guys quick question, how long is the program",
            "the cma costs how much?",
            "ok so what do mas make",
        ] {
            assert!(asks(text), "{text}");
        }
    }

    #[test]
    fn what_is_asked_of_the_people_in_the_room_is_told_apart() {
        for text in ["did you pass your test?", "is the lab open tonight", "how are you guys", "who's there"] {
            assert!(is_among_people(text), "{text}");
        }
        assert!(!is_among_people("how do you become a nurse") && !is_among_people(""));
    }

    #[test]
    fn questions_tied_to_one_another_are_told_apart() {
        for (text, parts) in [
            ("what does an MA do and how much do they earn", ["what does an MA do ", "and how much do they earn"]),
            ("How do I become an MA? How much does it pay?", ["How do I become an MA?", " How much does it pay?"]),
            ("can MAs do x-rays, and can they start IVs", ["can MAs do x-rays, ", "and can they start IVs"]),
        ] {
            assert_eq!(questions(text), parts);
        }
    }

    #[test]
    fn what_asks_once_is_not_cut() {
        for text in [
            "do MAs answer phones and do the filing",
            "I know when and how to give shots",
            "who signs my charting and when",
            "how do MAs and what they earn compare",
            "I passed. How do I renew it?",
            "",
        ] {
            assert_eq!(questions(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn talk_and_scraps_are_none() {
        for text in ["i passed my exam", "why not?", "that is what i said", "how cool", "", "?", "no idea. lol"] {
            assert!(!asks(text), "{text}");
        }
    }
}
