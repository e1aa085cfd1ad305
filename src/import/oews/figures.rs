//! The figures of one row: what the publisher's signs mean, and what cannot be.

use super::layouts::{Column, Kind, Layout, PERCENTILES};
use crate::knowledge::{Cell, Confidence};

/// Figures that were not published: the estimate of a wage, and that of employment.
const NOT_PUBLISHED: [&str; 3] = ["", "*", "**"];

/// At or above the highest wage that the publisher prints: no figure, but higher than any.
const CAPPED: &str = "#";

/// The figures of one row, in the order of the layout's columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// The line in the file.
    pub line: usize,
    /// The figures; `None` where there is none.
    pub cells: Vec<Option<Cell>>,
    /// Columns of the file that say only that the wage is at or above the highest one printed.
    pub capped: Vec<&'static str>,
}

/// What is wrong with a row, and how to mend it.
type RowFault = (String, String);

impl Figures {
    /// Reads the figures of a row whose cells `cell` gives by their header.
    pub(super) fn read<'text>(line: usize, layout: &Layout, cell: impl Fn(&str) -> &'text str) -> (Self, Vec<RowFault>) {
        let mut figures = Self { line, cells: Vec::new(), capped: Vec::new() };
        let mut faults = Vec::new();
        for column in layout.columns() {
            let text = cell(column.header);
            if text == CAPPED && matches!(column.kind, Kind::Amount(_)) {
                figures.capped.push(column.header);
            }
            figures.cells.push(read(column, text).unwrap_or_else(|fault| {
                faults.push(fault);
                None
            }));
        }
        figures.in_order(layout, &mut faults);
        (figures, faults)
    }

    /// Percentiles do not fall.
    fn in_order(&self, layout: &Layout, faults: &mut Vec<RowFault>) {
        let headers: Vec<&'static str> = layout.columns().map(|column| column.header).collect();
        for order in PERCENTILES {
            let heights = order.into_iter().filter_map(|index| Some((headers[index], self.height(index, headers[index])?)));
            for pair in heights.collect::<Vec<_>>().windows(2).filter(|pair| pair[0].1 > pair[1].1) {
                let what = format!("{} is above {}", pair[0].0, pair[1].0);
                faults.push((what, "look up both figures; two cells may have been exchanged".to_owned()));
            }
        }
    }

    fn height(&self, index: usize, header: &str) -> Option<f64> {
        match &self.cells[index] {
            Some(Cell::Number(figure)) => Some(*figure),
            _ => self.capped.contains(&header).then_some(f64::INFINITY),
        }
    }
}

/// Reads a cell; nothing where nothing was published.
fn read(column: &Column, text: &str) -> Result<Option<Cell>, RowFault> {
    let wrong = |wanted: &str| {
        let mend = "write the bare figure; an empty cell, `*` or `**` is one that was not published, `#` a wage above those printed";
        (format!("{}: `{text}` is not {wanted}", column.header), mend.to_owned())
    };
    match column.kind {
        Kind::Word => Ok((!text.is_empty()).then(|| Cell::Text(text.to_owned()))),
        // The figure itself is a column of its own, where it is refused if it is none.
        Kind::LowAbove(limit) => Ok(text.parse::<f64>().is_ok_and(|figure| figure > limit).then(low)),
        _ if NOT_PUBLISHED.contains(&text) => Ok(None),
        Kind::Amount(_) if text == CAPPED => Ok(None),
        Kind::Amount(decimals) => match figure(text, decimals) {
            Some(figure) if figure > 0.0 => Ok(Some(Cell::Number(figure))),
            _ if decimals == 0 => Err(wrong("a whole number such as 45690")),
            _ => Err(wrong("a number such as 21.97")),
        },
        Kind::Measure(decimals) => {
            figure(text, decimals).map(|figure| Some(Cell::Number(figure))).ok_or_else(|| wrong("a number such as 1.5"))
        }
    }
}

fn low() -> Cell {
    Cell::Text(Confidence::Low.as_str().to_owned())
}

/// A figure with at most that many decimals.
fn figure(text: &str, decimals: usize) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let point = !fraction.is_empty() || !text.contains('.');
    if whole.is_empty() || whole.len() > 9 || !digits(whole) || !digits(fraction) || fraction.len() > decimals || !point {
        return None;
    }
    text.parse().ok()
}
