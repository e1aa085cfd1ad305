//! What every picture has: a title above, a legend and a note below, and margins around.

use super::canvas::{Anchor, Area, Canvas, Type};
use super::letters::{Weight, balanced, fitted, width};
use super::looks::{INK, QUIET_INK};
use super::{SMALLEST_TEXT, WIDTH};

/// The empty space around a picture.
pub(super) const MARGIN: f32 = 26.0;
/// The size of letters for reading.
pub(super) const TEXT: f32 = SMALLEST_TEXT as f32;
/// The size of the letters of a title.
const TITLE: f32 = 36.0;
/// The size of the letters of a title where there is little room.
const SMALLER_TITLE: f32 = 32.0;
/// From line to line, as a share of the size of the letters.
const LINE: f32 = 1.22;
/// The most lines of a title.
const TITLE_LINES: usize = 3;
/// The most lines of a note.
const NOTE_LINES: usize = 5;

/// Letters for reading, from the left.
pub(super) const READING: Type = Type { size: TEXT, weight: Weight::Medium, ink: INK, anchor: Anchor::Start };

/// A page that is filled from top to bottom.
#[derive(Debug)]
pub(super) struct Page {
    /// What has been drawn.
    pub(super) canvas: Canvas,
    /// How far down the page is filled.
    pub(super) y: f32,
}

impl Page {
    /// An empty page.
    pub(super) fn new() -> Self {
        Self { canvas: Canvas::default(), y: MARGIN }
    }

    /// The room from margin to margin.
    pub(super) fn room() -> f32 {
        f32::from(WIDTH) - 2.0 * MARGIN
    }

    /// The title across the page.
    pub(super) fn title(&mut self, title: &str) {
        let lines = balanced(title, TITLE, Weight::Bold, Self::room(), TITLE_LINES);
        self.y = self.lines((MARGIN, self.y), &lines, Type { size: TITLE, weight: Weight::Bold, ..READING });
        self.y += 16.0;
    }

    /// The title within an area, if it fits there whole.
    pub(super) fn title_within(&mut self, title: &str, area: Area) -> bool {
        for size in [TITLE, SMALLER_TITLE] {
            let lines = balanced(title, size, Weight::Bold, area.width, TITLE_LINES);
            let height = lines.iter().map(|_| size * LINE).sum::<f32>();
            if height <= area.height && lines.join(" ").split_whitespace().eq(title.split_whitespace()) {
                self.lines((area.x, area.y), &lines, Type { size, weight: Weight::Bold, ..READING });
                return true;
            }
        }
        false
    }

    /// Lines of text from a point down; gives where they end.
    pub(super) fn lines(&mut self, (x, mut y): (f32, f32), lines: &[String], set: Type) -> f32 {
        for line in lines {
            self.canvas.text((x, y + set.size * 0.97), set, line);
            y += set.size * LINE;
        }
        y
    }

    /// The legend: samples with what they stand for, in as many columns as fit.
    pub(super) fn legend(&mut self, sample_width: f32, labels: &[String], draw: impl Fn(&mut Canvas, usize, Area)) {
        const SAMPLE_HEIGHT: f32 = 38.0;
        const ROW: f32 = 48.0;
        const GAP: f32 = 14.0;
        let widest = labels.iter().map(|label| width(label, TEXT, Weight::Medium)).fold(0.0, f32::max);
        let pitch = |columns: u16| (Self::room() + GAP) / f32::from(columns);
        let columns = [3, 2].into_iter().find(|columns| sample_width + GAP + widest <= pitch(*columns) - GAP).unwrap_or(1);
        let pitch = pitch(columns);
        let (mut column, mut x) = (0, MARGIN);
        for (index, label) in labels.iter().enumerate() {
            if column == columns {
                (column, x) = (0, MARGIN);
                self.y += ROW;
            }
            draw(&mut self.canvas, index, Area { x, y: self.y, width: sample_width, height: SAMPLE_HEIGHT });
            let label = fitted(label, TEXT, Weight::Medium, pitch - sample_width - 2.0 * GAP);
            self.canvas.text((x + sample_width + GAP, self.y + 29.0), READING, &label);
            column += 1;
            x += pitch;
        }
        self.y += ROW;
    }

    /// The note, and the drawing as SVG.
    pub(super) fn finish(mut self, note: &str) -> String {
        let lines = balanced(note, TEXT, Weight::Medium, Self::room(), NOTE_LINES);
        self.y = self.lines((MARGIN, self.y + 6.0), &lines, Type { ink: QUIET_INK, ..READING });
        self.canvas.finish(self.y + MARGIN - 6.0)
    }
}
