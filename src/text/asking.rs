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
    "a", "about", "actually", "all", "also", "and", "any", "anybody", "anyone", "but", "curious", "everyone", "folks", "for", "genuine",
    "guys", "hello", "help", "hey", "hi", "honest", "i", "idea", "im", "just", "knows", "know", "like", "ok", "okay", "please", "pls",
    "question", "quick", "random", "serious", "so", "somebody", "someone", "sorry", "stupid", "tell", "um", "was", "well", "wondering",
    "yall", "yo",
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

fn sentence_asks(sentence: &str) -> bool {
    let bare = |word: &str| word.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let words: Vec<String> = sentence.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    if words.len() < FEWEST_WORDS {
        return false;
    }
    let begins = words.iter().take(MOST_BEFORE + 1).position(|word| ASKING.contains(&word.as_str()));
    let begins = begins.is_some_and(|at| words[..at].iter().all(|word| BEFORE.contains(&word.as_str())));
    begins || sentence.trim_end().ends_with('?')
}

#[cfg(test)]
mod tests {
    use super::asks;

    #[test]
    fn a_mark_or_a_beginning_makes_a_question() {
        for text in ["can an ma give shots", "hey guys quick question, how long is the program", "the cma costs how much?", "ok so what do mas make"] {
            assert!(asks(text), "{text}");
        }
    }

    #[test]
    fn talk_and_scraps_are_none() {
        for text in ["i passed my exam", "why not?", "that is what i said", "how cool", "", "?", "no idea. lol"] {
            assert!(!asks(text), "{text}");
        }
    }
}
