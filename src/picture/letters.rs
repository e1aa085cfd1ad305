//! How wide words are, and how they are broken into lines.
//!
//! The fonts are carried in the program without kerning and ligatures, so that what is measured here is what is drawn.

use std::collections::HashMap;
use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// The family both fonts belong to.
pub(super) const FAMILY: &str = "Inter";

/// The fonts, see `font/LICENSE`.
pub(super) const FONTS: [&[u8]; 2] = [include_bytes!("font/Inter-Medium.otf"), include_bytes!("font/Inter-Bold.otf")];

/// The height of capitals and figures, as a share of the size of the letters.
pub(super) const CAPITAL: f32 = 2048.0 / 2816.0;

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// For reading.
    Medium,
    /// For headings and names.
    Bold,
}

impl Weight {
    /// As CSS has it.
    pub(super) fn number(self) -> u16 {
        match self {
            Self::Medium => 500,
            Self::Bold => 700,
        }
    }

    /// The width of a letter of size 1.
    fn advance(self, letter: char) -> f32 {
        static MEDIUM: LazyLock<Advances> = LazyLock::new(|| Advances::of(FONTS[0]));
        static BOLD: LazyLock<Advances> = LazyLock::new(|| Advances::of(FONTS[1]));
        let advances = match self {
            Self::Medium => &MEDIUM,
            Self::Bold => &BOLD,
        };
        advances.of_letters.get(&u32::from(letter)).copied().unwrap_or(advances.unknown)
    }
}

/// How wide the letters of a font are.
struct Advances {
    of_letters: HashMap<u32, f32>,
    /// The box that stands for a letter the font does not have.
    unknown: f32,
}

impl Advances {
    fn of(font: &[u8]) -> Self {
        let Ok(font) = FontRef::new(font) else { return Self { of_letters: HashMap::new(), unknown: 1.0 } };
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let of_letters =
            font.charmap().mappings().map(|(letter, glyph)| (letter, metrics.advance_width(glyph).unwrap_or_default())).collect();
        Self { of_letters, unknown: metrics.advance_width(GlyphId::NOTDEF).unwrap_or(1.0) }
    }
}

/// How wide a text is.
pub(super) fn width(text: &str, size: f32, weight: Weight) -> f32 {
    text.chars().map(|letter| weight.advance(letter)).sum::<f32>() * size
}

/// The text, or as much of it as fits, ending in "…".
pub(super) fn fitted(text: &str, size: f32, weight: Weight, most: f32) -> String {
    if width(text, size, weight) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left = most / size - weight.advance('…');
    for letter in text.chars() {
        left -= weight.advance(letter);
        if left < 0.0 {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

/// Lines of a text that are no wider than `most`; what does not fit into `lines` of them ends in "…".
pub(super) fn wrapped(text: &str, size: f32, weight: Weight, most: f32, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let mut line = word.to_owned();
        if wrapped.len() + 1 == lines {
            line.extend(words.by_ref().flat_map(|word| [" ", word]));
        }
        while let Some(next) = words.next_if(|next| width(&format!("{line} {next}"), size, weight) <= most) {
            line.push(' ');
            line.push_str(next);
        }
        wrapped.push(fitted(&line, size, weight, most));
    }
    wrapped
}

/// Lines as [`wrapped`] makes them, as even as their number allows.
pub(super) fn balanced(text: &str, size: f32, weight: Weight, most: f32, lines: usize) -> Vec<String> {
    let mut best = wrapped(text, size, weight, most, lines);
    let shortened = |lines: &[String]| lines.iter().filter(|line| line.ends_with('…')).count();
    let mut narrower = most;
    while narrower > most / 2.0 {
        narrower -= size / 2.0;
        let lines = wrapped(text, size, weight, narrower, lines);
        if lines.len() > best.len() || shortened(&lines) > shortened(&best) {
            break;
        }
        best = lines;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_fonts_are_read() {
        for weight in [Weight::Medium, Weight::Bold] {
            assert!(width("i", 28.0, weight) < width("W", 28.0, weight));
        }
        assert!(width("Washington", 28.0, Weight::Medium) < width("Washington", 28.0, Weight::Bold));
    }

    #[test]
    fn lines_are_no_wider_than_they_may_be_and_say_when_something_is_left_out() {
        let text = "North Valley-Northern Mountains Region of California nonmetropolitan area";
        for (most, lines) in [(700.0, 2), (300.0, 2), (300.0, 9), (40.0, 3)] {
            let wrapped = wrapped(text, 28.0, Weight::Bold, most, lines);
            assert!(wrapped.len() <= lines && wrapped.iter().all(|line| width(line, 28.0, Weight::Bold) <= most), "{wrapped:?}");
            assert_eq!(wrapped.join(" ") == text, !wrapped.iter().any(|line| line.ends_with('…')), "{wrapped:?}");
        }
        assert_eq!(wrapped("", 28.0, Weight::Bold, 300.0, 2), Vec::<String>::new());
    }
}
