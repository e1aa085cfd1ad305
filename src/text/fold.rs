//! One form for every letter: lower case, no accents, plain quotes, look-alikes of other scripts read as what they look like.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The folded text, with single spaces.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        let before = folded.len();
        if before > 0 {
            folded.push(' ');
        }
        let start = folded.len();
        fold_word(word, &mut folded);
        if folded.len() == start {
            folded.truncate(before);
        }
    }
    folded
}

/// Folds one word onto the end of `folded`.
pub(super) fn fold_word(word: &str, folded: &mut String) {
    if word.is_ascii() {
        let start = folded.len();
        folded.push_str(word);
        folded[start..].make_ascii_lowercase();
        return;
    }
    // Look-alikes are read as Latin only beside Latin letters: a Russian word stays Russian.
    let latin = word.nfkd().any(|letter| letter.is_ascii_alphabetic());
    for letter in word.nfkd().filter(|letter| !is_combining_mark(*letter) && !is_invisible(*letter)) {
        let letter = if latin { look_alike(letter) } else { letter };
        match letter {
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{00b4}' => folded.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' => folded.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            _ => folded.extend(letter.to_lowercase()),
        }
    }
}

/// Zero-width and direction marks, which change how a text looks but not what it says.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// The Latin letter that a Cyrillic or Greek one looks like.
fn look_alike(letter: char) -> char {
    const PAIRS: [(&str, &str); 3] = [
        ("авсԁеԍһіјкӏмоԛрѕтυѵԝхузг", "abcdeghijklmoqpstuvwxy3r"),
        ("АВСЕНІЈКМОРЅТХУ", "ABCEHIJKMOPSTXY"),
        ("αβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abeiknoptuxABEZHIKMNOPTYX"),
    ];
    for (from, to) in PAIRS {
        if let Some(index) = from.chars().position(|candidate| candidate == letter) {
            return to.chars().nth(index).unwrap_or(letter);
        }
    }
    letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_take_one_form() {
        for (text, folded) in [
            ("What’s  a\tCMA", "what's a cma"),
            ("résumé", "resume"),
            ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
            ("p\u{200b}ay", "pay"),
            ("сеrtificаtion", "certification"),
            ("медсестра", "медсестра"),
            ("  ", ""),
        ] {
            assert_eq!(fold(text), folded, "from {text:?}");
        }
    }

    #[test]
    fn the_look_alikes_pair_up() {
        assert_eq!(look_alike('р'), 'p');
        assert_eq!(look_alike('х'), 'x');
        assert_eq!(look_alike('ν'), 'n');
    }
}
