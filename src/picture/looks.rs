//! Colours and patterns. A class is told by its letter, its pattern and its colour, in this order of trust.
//!
//! The colours are blues against an orange, which people who see colours differently tell apart. A pattern is never nearer to
//! the ink on it than the fill is: light under dark letters, dark under light ones. So the contrast of letter and fill, at least
//! 4.5 to 1 (WCAG 2.2, 1.4.3), is the least there is.

use super::canvas::Area;
use crate::answer::picture::{Meaning, SHADES};
use crate::knowledge::pictures::Tone;

/// The ground of a picture.
pub(super) const GROUND: &str = "#ffffff";
/// The line around a picture, and lines that lead the eye.
pub(super) const EDGE: &str = "#8b97a3";
/// Letters on the ground.
pub(super) const INK: &str = "#10202f";
/// Letters that matter less.
pub(super) const QUIET_INK: &str = "#46535f";
/// The line around what the question named.
pub(super) const OUTLINE: &str = "#10202f";
/// The amount that the question named.
pub(super) const MARK: &str = "#a63a00";
/// The outer span of a bar, and of the bar that the others are measured by.
pub(super) const OUTER: [&str; 2] = ["#9cc3e6", "#c3ccd4"];
/// The inner span of a bar, and of the bar that the others are measured by.
pub(super) const INNER: [&str; 2] = ["#1f5a96", "#5b6873"];

/// How a class looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// The colour of its tiles.
    pub(super) fill: &'static str,
    /// The letters on them.
    pub(super) ink: &'static str,
    /// What is laid over the fill.
    pub(super) pattern: Pattern,
    /// Whether a line around a tile tells it from the ground.
    pub(super) lined: bool,
}

/// How a class of that meaning looks.
pub(super) fn look(meaning: Meaning) -> Look {
    const WHITE: &str = "#ffffff";
    /// From the lowest to the highest.
    const SHADE: [(&str, &str, Pattern); SHADES] = [
        ("#e6f0fa", INK, Pattern::Plain),
        ("#bcd7f0", INK, Pattern::Dots),
        ("#8ab8e2", INK, Pattern::Rising),
        ("#2f6fa7", WHITE, Pattern::Falling),
        ("#123c66", WHITE, Pattern::Plain),
    ];
    let (fill, ink, pattern) = match meaning {
        Meaning::Shade(shade) => SHADE[shade.min(SHADES - 1)],
        Meaning::Tone(Tone::Yes) => ("#1f5a96", WHITE, Pattern::Plain),
        Meaning::Tone(Tone::Partly) => ("#9cc3e6", INK, Pattern::Rising),
        Meaning::Tone(Tone::No) => ("#b5420e", WHITE, Pattern::Crossed),
        Meaning::Tone(Tone::Open) => ("#efd78f", INK, Pattern::Dots),
        Meaning::Mixed => ("#d3bfe8", INK, Pattern::Upright),
        Meaning::Missing => (GROUND, QUIET_INK, Pattern::Plain),
    };
    Look { fill, ink, pattern, lined: meaning == Meaning::Missing }
}

/// Marks under dark letters.
const LIGHT: &str = "#ffffff";
/// Marks under light letters.
const DARK: &str = "#000000";

/// What is laid over a fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// Nothing.
    Plain,
    /// Light dots.
    Dots,
    /// Light stripes, rising.
    Rising,
    /// Light stripes, upright.
    Upright,
    /// Dark stripes, falling.
    Falling,
    /// Dark stripes, crossed.
    Crossed,
}

/// The marks of a pattern: how they are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Marks {
    /// Their colour.
    pub(super) ink: &'static str,
    /// How far they cover the fill.
    pub(super) opacity: f32,
    /// How thick they are; dots are lines of no length with round ends.
    pub(super) thick: f32,
}

impl Pattern {
    /// How its marks are drawn.
    pub(super) fn marks(self) -> Marks {
        let (ink, opacity, thick) = match self {
            Self::Plain | Self::Dots => (LIGHT, 0.7, 5.0),
            Self::Rising | Self::Upright => (LIGHT, 0.6, 3.0),
            Self::Falling | Self::Crossed => (DARK, 0.28, 3.0),
        };
        Marks { ink, opacity, thick }
    }

    /// Its marks within an area, as lines from point to point. They keep away from the edges, where corners may be round.
    pub(super) fn lines(self, area: Area) -> Vec<[(f32, f32); 2]> {
        /// From stripe to stripe along an edge.
        const STRIPES: u16 = 12;
        /// From line to line where they cross.
        const NET: u16 = 16;
        /// From dot to dot.
        const DOTS: u16 = 11;
        let inner = area.grown(-4.0);
        match self {
            Self::Plain => Vec::new(),
            Self::Rising => slanted(inner, STRIPES, false),
            Self::Falling => slanted(inner, STRIPES, true),
            Self::Crossed => slanted(inner, NET, false).into_iter().chain(slanted(inner, NET, true)).collect(),
            Self::Upright => {
                let bottom = inner.y + inner.height;
                steps(inner.width, DOTS).map(|along| [(inner.x + along, inner.y), (inner.x + along, bottom)]).collect()
            }
            Self::Dots => {
                let column = |along: f32| steps(inner.height, DOTS).map(move |down| (inner.x + along, inner.y + down));
                steps(inner.width, DOTS).flat_map(column).map(|dot| [dot, dot]).collect()
            }
        }
    }
}

/// Stripes at half a right angle, from edge to edge; they rise, or fall where mirrored.
fn slanted(area: Area, every: u16, mirrored: bool) -> Vec<[(f32, f32); 2]> {
    let Area { x, y, width, height } = area;
    let at = |along: f32, down: f32| (if mirrored { x + width - along } else { x + along }, y + down);
    let stripe = |sum: f32| {
        let (left, right) = ((sum - height).max(0.0), sum.min(width));
        [at(left, sum - left), at(right, sum - right)]
    };
    steps(width + height, every).map(stripe).collect()
}

/// Places along a length, so far apart, as far from its beginning as from its end.
fn steps(length: f32, every: u16) -> impl Iterator<Item = f32> {
    let every = f32::from(every);
    let first = length % every / 2.0;
    (0_u16..).map(move |step| first + f32::from(step) * every).take_while(move |along| *along <= length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance: <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn meanings() -> Vec<Meaning> {
        let tones = [Tone::Yes, Tone::Partly, Tone::No, Tone::Open].map(Meaning::Tone);
        (0..SHADES).map(Meaning::Shade).chain(tones).chain([Meaning::Mixed, Meaning::Missing]).collect()
    }

    #[test]
    fn letters_stand_out_from_what_is_behind_them() {
        for meaning in meanings() {
            let look = look(meaning);
            assert!(contrast(look.fill, look.ink) >= 4.5, "{meaning:?}: {:.2}", contrast(look.fill, look.ink));
            let dark_letters = luminance(look.ink) < luminance(look.fill);
            assert!(look.pattern == Pattern::Plain || (look.pattern.marks().ink == LIGHT) == dark_letters, "{meaning:?}");
        }
        for ink in [INK, QUIET_INK, MARK] {
            assert!(contrast(GROUND, ink) >= 4.5, "{ink}");
        }
    }

    #[test]
    fn shades_go_from_light_to_dark_and_no_two_classes_of_a_map_look_alike() {
        let fills: Vec<f64> = (0..SHADES).map(|shade| luminance(look(Meaning::Shade(shade)).fill)).collect();
        assert!(fills.is_sorted_by(|left, right| left > right), "{fills:?}");
        let looks: Vec<Look> = meanings().into_iter().map(look).collect();
        for (index, look) in looks.iter().enumerate() {
            assert!(!looks[..index].contains(look), "{look:?}");
        }
    }

    #[test]
    fn marks_stay_within_their_area() {
        for (width, height) in [(62.0, 62.0), (46.0, 38.0), (20.0, 62.0), (9.0, 9.0)] {
            let area = Area { x: 5.0, y: 7.0, width, height };
            for pattern in [Pattern::Dots, Pattern::Rising, Pattern::Upright, Pattern::Falling, Pattern::Crossed] {
                let lines = pattern.lines(area);
                assert!(!lines.is_empty(), "{pattern:?}");
                for (x, y) in lines.into_iter().flatten() {
                    let within = |at: f32, from: f32, length: f32| (from + 3.9..=from + length - 3.9).contains(&at);
                    assert!(within(x, 5.0, width) && within(y, 7.0, height), "{pattern:?} {x} {y}");
                }
            }
        }
    }
}
