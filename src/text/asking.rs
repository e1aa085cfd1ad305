//! Whether a text is shaped like a question, for talk that was not put to anybody.
//!
//! These are words of the language, not of any knowledge: a sentence asks if it ends in a question mark, or begins the way questions begin.
//! People in chats leave the mark out and put something before: "hey quick question how long is …".

/// Words a question begins with.
const ASKING: [&str; 38] = [
    "am", "are", "can", "could", "did", "do", "does", "has", "have", "how", "hows", "is", "may", "might", "must", "shall", "should", "was",
    "were", "what", "whats", "when", "whens", "where", "wheres", "which", "who", "whos", "whose", "why", "whys", "will", "would", "r",
    "isnt", "arent", "dont", "doesnt",
];
/// Words that may stand before it.
const BEFORE: [&str; 48] = [
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
/// A question of fewer words leans on what was said before.
const FEWEST_WORDS: usize = 4;

/// Whether a folded text holds a sentence that asks.
#[must_use]
pub fn asks(folded: &str) -> bool {
    folded.split_inclusive(['.', '?', '!', ';', '\n']).any(sentence_asks)
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
    let bare = |word: &str| word.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    folded.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

fn sentence_asks(sentence: &str) -> bool {
    let words = words(sentence);
    if words.len() < FEWEST_WORDS {
        return false;
    }
    let begins = words.iter().take(MOST_BEFORE + 1).position(|word| ASKING.contains(&word.as_str()));
    let begins = begins.is_some_and(|at| words[..at].iter().all(|word| BEFORE.contains(&word.as_str())));
    begins || sentence.trim_end().ends_with('?')
}

#[cfg(test)]
mod tests {
    use super::{asks, is_among_people};

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
    fn talk_and_scraps_are_none() {
        for text in ["i passed my exam", "why not?", "that is what i said", "how cool", "", "?", "no idea. lol"] {
            assert!(!asks(text), "{text}");
        }
    }
}
