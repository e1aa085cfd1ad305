//! SVG, shape by shape.

use std::fmt::{Display, Write};

use super::WIDTH;
use super::letters::{FAMILY, Weight};
use super::looks::{self, Marks, Pattern};

/// Where a text stands in relation to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    /// The size of the letters.
    pub(super) size: f32,
    /// How heavy they are.
    pub(super) weight: Weight,
    /// Their colour.
    pub(super) ink: &'static str,
    /// Where the text stands.
    pub(super) anchor: Anchor,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    /// Its left side.
    pub(super) x: f32,
    /// Its upper side.
    pub(super) y: f32,
    /// How wide it is.
    pub(super) width: f32,
    /// How high it is.
    pub(super) height: f32,
}

impl Area {
    /// The rectangle with so much added on each side.
    pub(super) fn grown(self, by: f32) -> Self {
        Self { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    /// The middle from left to right.
    pub(super) fn middle(self) -> f32 {
        self.x + self.width / 2.0
    }
}

/// A drawing in the making.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    body: String,
}

impl Canvas {
    /// A filled rectangle with rounded corners.
    pub(super) fn area(&mut self, area: Area, radius: f32, fill: impl Display) {
        self.rectangle(area, radius, format_args!(r#"fill="{fill}""#));
    }

    /// The outline of a rectangle, half of the line on each side of it.
    pub(super) fn outline(&mut self, area: Area, radius: f32, ink: &str, thick: f32) {
        self.rectangle(area, radius, format_args!(r#"fill="none" stroke="{ink}" stroke-width="{}""#, Short(thick)));
    }

    /// A filled rectangle with a pattern over the fill.
    pub(super) fn patterned(&mut self, area: Area, radius: f32, fill: &str, pattern: Pattern) {
        self.area(area, radius, fill);
        let step = |[(x, y), (to_x, to_y)]: [(f32, f32); 2]| format!("M{} {}L{} {}", Short(x), Short(y), Short(to_x), Short(to_y));
        let path: String = pattern.lines(area).into_iter().map(step).collect();
        if !path.is_empty() {
            let Marks { ink, opacity, thick } = pattern.marks();
            self.push(format_args!(
                r#"<path d="{path}" stroke="{ink}" stroke-opacity="{opacity}" stroke-width="{thick}" stroke-linecap="round"/>"#
            ));
        }
    }

    fn rectangle(&mut self, area: Area, radius: f32, paint: impl Display) {
        let Area { x, y, width, height } = area;
        let corners = if radius > 0.0 { format!(r#" rx="{}""#, Short(radius)) } else { String::new() };
        let (x, y, width, height) = (Short(x), Short(y), Short(width), Short(height));
        self.push(format_args!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}"{corners} {paint}/>"#));
    }

    /// A line through these points.
    pub(super) fn line(&mut self, points: &[(f32, f32)], ink: &str, thick: f32) {
        let points = joined(points);
        let thick = Short(thick);
        self.push(format_args!(r#"<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="{thick}"/>"#));
    }

    /// A filled shape with these corners.
    pub(super) fn shape(&mut self, corners: &[(f32, f32)], fill: &str) {
        let points = joined(corners);
        self.push(format_args!(r#"<polygon points="{points}" fill="{fill}"/>"#));
    }

    /// A line of text; `y` is where the letters stand.
    pub(super) fn text(&mut self, (x, y): (f32, f32), set: Type, text: &str) {
        let anchor = match set.anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
        };
        let (x, y, size, weight, ink) = (Short(x), Short(y), Short(set.size), set.weight.number(), set.ink);
        let text = Escaped(text);
        self.push(format_args!(r#"<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{ink}"{anchor}>{text}</text>"#));
    }

    /// The drawing of that height, as SVG.
    pub(super) fn finish(self, height: f32) -> String {
        let height = Short(height.ceil());
        let (ground, edge) = (looks::GROUND, looks::EDGE);
        let mut ends = Self::default();
        let whole = Area { x: 0.0, y: 0.0, width: f32::from(WIDTH), height: height.0 };
        ends.area(whole, 0.0, ground);
        ends.outline(whole.grown(-1.0), 0.0, edge, 2.0);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
             font-family=\"{FAMILY}\">\n{}{}</svg>\n",
            ends.body, self.body
        )
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.body, "{element}");
    }
}

fn joined(points: &[(f32, f32)]) -> String {
    points.iter().map(|(x, y)| format!("{},{}", Short(*x), Short(*y))).collect::<Vec<_>>().join(" ")
}

/// A length to a tenth of a pixel.
struct Short(f32);

impl Display for Short {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round();
        // A negative nought would be written with its sign.
        write!(formatter, "{}", if tenths == 0.0 { 0.0 } else { tenths / 10.0 })
    }
}

/// A text as XML takes it: without the signs that have a meaning there, and without those it does not allow.
struct Escaped<'text>(&'text str);

impl Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => formatter.write_char(' ')?,
                letter => formatter.write_char(letter)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_break_out_of_its_element() {
        assert_eq!(Escaped("R&D </text>\u{0}").to_string(), "R&amp;D &lt;/text&gt; ");
    }

    #[test]
    fn lengths_are_short() {
        assert_eq!([0.04, -0.04, 12.0, 7.1482].map(|length| Short(length).to_string()), ["0", "0", "12", "7.1"]);
    }
}
