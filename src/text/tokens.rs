//! Cuts a cleaned text into tokens and remembers how each was written.

use super::fold::fold_word;

/// A word as it stands in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// The folded word: `certification`, `$24`, `2018`.
    pub text: String,
    /// It was written in capitals, with at least two letters.
    pub capitals: bool,
    /// A comma, bracket or dash stands right before it.
    pub set_off: bool,
    /// A sentence mark, bracket or line end stands right after it.
    pub ends_clause: bool,
    /// What was typed, where spelling was mended.
    pub typed: Option<String>,
}

impl Token {
    /// A token that was never typed.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// The tokens of a text.
///
/// A token is a run of letters and digits. Apostrophes vanish ("don't" is `dont`, "MA's" is `ma`), dots between single
/// letters vanish ("M.A." is `ma`), an apostrophe that became a space is as good as one ("what s" is `whats`), commas inside numbers vanish, `$` stays with its number, and "10%" is `10 percent`.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut set_off = false;
    let (mut letters, mut raw) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        // Most words are nothing but letters, and loading reads half a million.
        if is_plain(word) {
            finish(word, &mut set_off, &mut tokens);
            continue;
        }
        letters.clear();
        letters.extend(word.chars());
        for (index, &letter) in letters.iter().enumerate() {
            if letter.is_alphanumeric() || joins(&letters, index) || is_mark(letter) {
                raw.push(letter);
                continue;
            }
            let is_share = letter == '%' && raw.ends_with(|last: char| last.is_ascii_digit());
            finish(&raw, &mut set_off, &mut tokens);
            raw.clear();
            if is_share {
                finish("percent", &mut set_off, &mut tokens);
            }
            if matches!(letter, ',' | '(' | '[' | '-' | '/' | ':' | '–' | '—') {
                set_off = true;
            }
            if matches!(letter, '.' | '?' | '!' | ',' | ';' | ':' | ')' | ']')
                && let Some(last) = tokens.last_mut()
            {
                last.ends_clause = true;
            }
        }
        finish(&raw, &mut set_off, &mut tokens);
        raw.clear();
    }
    if let Some(last) = tokens.last_mut() {
        last.ends_clause = true;
    }
    tokens
}

/// Marks that belong to the letter before them.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2018}' | '\u{2019}')
        || unicode_normalization::char::is_combining_mark(letter)
        || ('\u{200b}'..='\u{200f}').contains(&letter)
}

/// Whether a sign inside a word holds it together: `$24`, `2,080`, `21.97`, `m.a.`.
fn joins(letters: &[char], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|index| letters.get(index)).copied().unwrap_or(' ');
    let after = letters.get(index + 1).copied().unwrap_or(' ');
    match letters[index] {
        '$' => after.is_ascii_digit(),
        ',' => before.is_ascii_digit() && after.is_ascii_digit(),
        '.' => {
            let single = |index: Option<usize>| index.and_then(|index| letters.get(index)).is_none_or(|letter| !letter.is_alphabetic());
            (before.is_ascii_digit() && after.is_ascii_digit())
                || (before.is_alphabetic() && after.is_alphabetic() && single(index.checked_sub(2)) && single(index.checked_add(2)))
        }
        _ => false,
    }
}

/// Words whose `'s` is a shortened "is", no genitive.
const IS_SHORTENED: [&str; 11] = ["he", "how", "it", "let", "she", "that", "there", "what", "when", "where", "who"];

/// Words whose `'t` is a shortened "not", up to the apostrophe.
const NOT_SHORTENED: [&str; 16] =
    ["ain", "aren", "can", "couldn", "didn", "doesn", "don", "hadn", "hasn", "haven", "isn", "shouldn", "wasn", "weren", "won", "wouldn"];

/// What a lone `s` or `t` after `before` was the end of, before its apostrophe was lost: nothing for a genitive.
fn rejoined(before: &Token, text: &str) -> Option<String> {
    let word = before.text.as_str();
    match text {
        "t" if NOT_SHORTENED.contains(&word) => Some(format!("{word}t")),
        "s" if IS_SHORTENED.contains(&word) => Some(format!("{word}s")),
        "s" if word.chars().all(char::is_alphabetic) && word.len() > 1 => Some(word.to_owned()),
        _ => None,
    }
}

fn finish(raw: &str, set_off: &mut bool, tokens: &mut Vec<Token>) {
    if raw.is_empty() {
        return;
    }
    let mut text = String::with_capacity(raw.len());
    fold_word(raw, &mut text);
    if !is_plain(&text) {
        let numeric = text.starts_with(|letter: char| letter.is_ascii_digit() || letter == '$');
        // The genitive says nothing about what is asked: "MA's pay" is "MA pay".
        if let Some(bare) = text.strip_suffix("'s").map(str::len).filter(|bare| !IS_SHORTENED.contains(&&text[..*bare])) {
            text.truncate(bare);
        }
        text.retain(|letter| letter.is_alphanumeric() || (numeric && matches!(letter, '$' | '.')));
    }
    if let Some(last) = tokens.last_mut().filter(|last| !last.ends_clause && !*set_off && raw == text)
        && let Some(whole) = rejoined(last, &text)
    {
        last.text = whole;
    } else if !text.is_empty() {
        let capitals = raw != text && is_in_capitals(raw);
        tokens.push(Token { text, capitals, set_off: std::mem::take(set_off), ..Token::default() });
    }
}

/// Whether folding changes nothing but capitals.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|letter| letter.is_ascii_alphanumeric())
}

/// Whether a word is written in capitals, but for the ending of a plural or genitive.
fn is_in_capitals(raw: &str) -> bool {
    let bare = raw.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches('s');
    raw.chars().filter(|letter| letter.is_alphabetic()).count() >= 2 && bare.chars().all(|letter| !letter.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn words_are_cut_and_folded() {
        assert_eq!(
            texts("Can an MA's pay be $24.50/hr, or 2,080 hrs?"),
            ["can", "an", "ma", "pay", "be", "$24.50", "hr", "or", "2080", "hrs"]
        );
        assert_eq!(texts("don't x-ray M.A. b12"), ["dont", "x", "ray", "ma", "b12"]);
        assert_eq!(texts("what's"), ["whats"]);
    }

    #[test]
    fn an_apostrophe_that_became_a_space_is_as_good_as_one() {
        assert_eq!(texts("what s a CMA, and why can t the MA s pay"), ["whats", "a", "cma", "and", "why", "cant", "the", "ma", "pay"]);
        assert_eq!(texts("vitamin b, s or t? plan S"), ["vitamin", "b", "s", "or", "t", "plan", "s"]);
    }

    #[test]
    fn it_is_remembered_how_a_word_was_written() {
        let read = tokens("MAs in Portland, OR? ok");
        assert!(read[0].capitals);
        assert!(!read[1].capitals);
        assert!(read[3].set_off && read[3].capitals && read[3].ends_clause);
        assert!(!read[4].set_off);
    }
}
