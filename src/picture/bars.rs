//! Bars of percentiles on one scale: a thin outer span, a thick inner one, a line at the middle, and every amount written.

use super::canvas::{Anchor, Area, Canvas, Type};
use super::letters::{Weight, fitted, width, wrapped};
use super::looks::{EDGE, GROUND, INK, INNER, MARK, OUTER, QUIET_INK};
use super::page::{MARGIN, Page, READING, TEXT};
use crate::answer::picture::{Bar, Bars, Figure, Picture};
use crate::knowledge::pictures::STEPS;

/// The height of the inner span.
const THICK: f32 = 40.0;
/// The height of the outer span.
const THIN: f32 = 22.0;
/// From the bar down to the amounts; lines lead from one to the other.
const LEAD: f32 = 26.0;
/// Between two amounts.
const APART: f32 = 18.0;
/// The amount marked is shown in its place if it is no farther from the bars than this share of what they span.
const NEAR: f64 = 0.5;
/// The middle one of the percentiles.
const MIDDLE: usize = STEPS / 2;

/// Draws bars.
pub(super) fn draw(picture: &Picture, bars: &Bars) -> String {
    let mut page = Page::new();
    page.title(&picture.title);
    let scale = Scale::of(bars);
    for (index, bar) in bars.bars.iter().enumerate() {
        let look = usize::from(index + 1 == bars.bars.len() && index > 0);
        draw_name(&mut page, bar);
        let place = bars.mark.as_ref().map(|mark| scale.place(mark.value));
        if let Some((mark, (x, beyond))) = bars.mark.as_ref().zip(place).filter(|_| index == 0) {
            draw_mark_label(&mut page, mark, x, beyond);
        }
        // An amount beyond the scale has no place on the bars: the arrow at its words is all that is true.
        let pin = place.filter(|(_, beyond)| !beyond).map(|(x, _)| x);
        page.y += if pin.is_some() { 16.0 } else { 6.0 };
        draw_bar(&mut page, bar, scale, look);
        if let Some(x) = pin {
            draw_mark(&mut page.canvas, x, page.y);
        }
        page.y += THICK;
        draw_amounts(&mut page, bar, scale);
        page.y += 12.0;
    }
    draw_legend(&mut page, bars);
    page.finish(&picture.note)
}

/// From an amount to its place on the page.
#[derive(Clone, Copy, Debug)]
struct Scale {
    low: f64,
    span: f64,
}

impl Scale {
    /// A scale with room for all figures, and for the amount marked if it is near them.
    fn of(bars: &Bars) -> Self {
        let figures = || bars.bars.iter().flat_map(|bar| bar.figures.iter().flatten()).map(|figure| figure.value);
        let (low, high) = (figures().fold(f64::INFINITY, f64::min), figures().fold(f64::NEG_INFINITY, f64::max));
        let reach = (high - low) * NEAR;
        let mark = bars.mark.iter().map(|mark| mark.value).filter(|mark| (low - reach..=high + reach).contains(mark));
        let (low, high) = mark.fold((low, high), |(low, high), mark| (low.min(mark), high.max(mark)));
        let span = high - low;
        if span.is_finite() && span > 0.0 {
            Self { low, span }
        } else {
            Self { low: if low.is_finite() { low - 0.5 } else { 0.0 }, span: 1.0 }
        }
    }

    /// Where an amount stands, and whether it lies beyond the scale.
    fn place(self, amount: f64) -> (f32, bool) {
        let share = (amount - self.low) / self.span;
        let within = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        // The first and the last amount stand under their ends of the bars: room for half of one on each side.
        let side = MARGIN + 34.0;
        #[expect(clippy::cast_possible_truncation, reason = "a share of a page")]
        let x = side + within as f32 * (Page::room() + 2.0 * MARGIN - 2.0 * side);
        (x, !(-0.001..=1.001).contains(&share))
    }
}

fn draw_name(page: &mut Page, bar: &Bar) {
    let lines = wrapped(&bar.name, TEXT, Weight::Bold, Page::room(), 2);
    page.y = page.lines((MARGIN, page.y), &lines, Type { weight: Weight::Bold, ..READING });
    let lacks = bar.lacks.iter().flat_map(|lacks| wrapped(lacks, TEXT, Weight::Medium, Page::room(), 2)).collect::<Vec<_>>();
    page.y = page.lines((MARGIN, page.y), &lacks, Type { ink: QUIET_INK, ..READING });
}

/// The spans and the middle, as far as their figures are known; `look` is 1 for what the others are measured by.
fn draw_bar(page: &mut Page, bar: &Bar, scale: Scale, look: usize) {
    let place = |index: usize| bar.figures[index].as_ref().map(|figure| scale.place(figure.value).0);
    let mut span = |from: usize, to: usize, height: f32, fill: &str| {
        if let Some((from, to)) = place(from).zip(place(to)) {
            let area = Area { x: from.min(to), y: page.y + (THICK - height) / 2.0, width: (to - from).abs(), height };
            page.canvas.area(area, 3.0, fill);
        }
    };
    span(0, STEPS - 1, THIN, OUTER[look]);
    span(1, STEPS - 2, THICK, INNER[look]);
    if let Some(x) = place(MIDDLE) {
        draw_middle(&mut page.canvas, x, page.y);
    }
}

fn draw_middle(canvas: &mut Canvas, x: f32, y: f32) {
    canvas.area(Area { x: x - 6.0, y: y - 5.0, width: 12.0, height: THICK + 10.0 }, 3.0, GROUND);
    canvas.area(Area { x: x - 3.0, y: y - 5.0, width: 6.0, height: THICK + 10.0 }, 2.0, INK);
}

/// The amounts under a bar, moved apart where they would touch, with lines that lead to their places.
fn draw_amounts(page: &mut Page, bar: &Bar, scale: Scale) {
    let most = (Page::room() + APART) / f32::from(u8::try_from(STEPS).unwrap_or(u8::MAX)) - APART;
    let mut amounts: Vec<(usize, f32, String)> = Vec::new();
    for (index, figure) in bar.figures.iter().enumerate() {
        if let Some(Figure { value, text }) = figure {
            amounts.push((index, scale.place(*value).0, fitted(text, TEXT, weight(index), most)));
        }
    }
    if amounts.is_empty() {
        return;
    }
    let widths: Vec<f32> = amounts.iter().map(|(index, _, text)| width(text, TEXT, weight(*index))).collect();
    let middles = spread(&amounts.iter().map(|(_, x, _)| *x).collect::<Vec<_>>(), &widths);
    for ((index, x, text), middle) in amounts.iter().zip(middles) {
        let (from, to) = (page.y + 7.0, page.y + LEAD);
        page.canvas.line(&[(*x, from), (*x, from + 3.0), (middle, to - 3.0), (middle, to)], EDGE, 2.0);
        let set = Type { weight: weight(*index), anchor: Anchor::Middle, ..READING };
        page.canvas.text((middle, page.y + LEAD + TEXT - 2.0), set, text);
    }
    page.y += LEAD + TEXT + 6.0;
}

fn weight(index: usize) -> Weight {
    if index == MIDDLE { Weight::Bold } else { Weight::Medium }
}

/// Middles for texts of these widths, as near to where they are wanted as can be without touching or leaving the page.
fn spread(wanted: &[f32], widths: &[f32]) -> Vec<f32> {
    let apart = |left: usize| f32::midpoint(widths[left], widths[left + 1]) + APART;
    let mut middles = wanted.to_vec();
    // Texts that touch are moved as one block, which stands where they would stand on average.
    let mut blocks: Vec<(usize, usize)> = (0..wanted.len()).map(|index| (index, index)).collect();
    let place = |(first, last): (usize, usize), middles: &mut [f32]| {
        let mut offsets = vec![0.0];
        for index in first..last {
            offsets.push(offsets[index - first] + apart(index));
        }
        let count = f32::from(u8::try_from(last - first + 1).unwrap_or(u8::MAX));
        let start = wanted[first..=last].iter().zip(&offsets).map(|(wanted, offset)| wanted - offset).sum::<f32>() / count;
        let least = MARGIN + widths[first] / 2.0;
        let most = MARGIN + Page::room() - widths[last] / 2.0 - offsets[last - first];
        let start = start.min(most).max(least);
        for (middle, offset) in middles[first..=last].iter_mut().zip(offsets) {
            *middle = start + offset;
        }
    };
    loop {
        for block in &blocks {
            place(*block, &mut middles);
        }
        let touching = blocks.windows(2).position(|pair| middles[pair[1].0] - middles[pair[0].1] < apart(pair[0].1) - 0.01);
        let Some(index) = touching else { return middles };
        blocks[index].1 = blocks[index + 1].1;
        blocks.remove(index + 1);
    }
}

/// The words at the amount marked, above the first bar.
fn draw_mark_label(page: &mut Page, mark: &Figure, x: f32, beyond: bool) {
    let text = if beyond && x < MARGIN + Page::room() / 2.0 {
        format!("← {}", mark.text)
    } else if beyond {
        format!("{} →", mark.text)
    } else {
        mark.text.clone()
    };
    let text = fitted(&text, TEXT, Weight::Bold, Page::room());
    let half = width(&text, TEXT, Weight::Bold) / 2.0;
    let middle = x.min(MARGIN + Page::room() - half).max(MARGIN + half);
    let set = Type { weight: Weight::Bold, ink: MARK, anchor: Anchor::Middle, ..READING };
    page.canvas.text((middle, page.y + TEXT), set, &text);
    page.y += TEXT + 8.0;
}

/// A pin through a bar.
fn draw_mark(canvas: &mut Canvas, x: f32, y: f32) {
    canvas.area(Area { x: x - 4.5, y: y - 6.0, width: 9.0, height: THICK + 12.0 }, 0.0, GROUND);
    canvas.area(Area { x: x - 2.5, y: y - 6.0, width: 5.0, height: THICK + 12.0 }, 0.0, MARK);
    canvas.shape(&[(x - 11.0, y - 17.0), (x + 11.0, y - 17.0), (x, y - 2.0)], MARK);
}

fn draw_legend(page: &mut Page, bars: &Bars) {
    page.legend(64.0, &bars.spans, |canvas, index, area| match index {
        0 => canvas.area(Area { y: area.y + (area.height - THIN) / 2.0, height: THIN, ..area }, 3.0, OUTER[0]),
        1 => canvas.area(area, 3.0, INNER[0]),
        _ => canvas.area(Area { x: area.middle() - 3.0, width: 6.0, ..area }, 2.0, INK),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_that_would_touch_are_moved_apart_and_no_farther() {
        let apart = |wanted: &[f32]| spread(wanted, &[100.0; 5]);
        assert_eq!(apart(&[100.0, 250.0, 400.0, 550.0, 700.0]), [100.0, 250.0, 400.0, 550.0, 700.0]);
        let moved = apart(&[400.0; 5]);
        assert_eq!(moved, [164.0, 282.0, 400.0, 518.0, 636.0]);
        let moved = apart(&[700.0, 710.0, 720.0, 730.0, 740.0]);
        assert!(moved.windows(2).all(|pair| pair[1] - pair[0] >= 117.9) && moved[4] <= 724.1, "{moved:?}");
    }
}
