//! Wages of the Occupational Employment and Wage Statistics: a file of a release, read by its layout.
//!
//! Owns what makes a figure believable and what the publisher's signs mean. The file's own header says which of the
//! [`LAYOUTS`] it has. Knows the values a row can speak of, not what the table holds now. Every fault of the file is told at
//! once.

mod figures;
mod layouts;
mod values;

pub use figures::Figures;
pub use layouts::{Column, Kind, LAYOUTS, Layout};

use self::layouts::RELEASE;
use self::values::{Found, Names, same_code};
use super::Month;
use crate::knowledge::reading::nearest;
use crate::knowledge::{Facet, Fault, Faults, Knowledge, Place, ValueId};

/// A release as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// The month it is for.
    pub month: Month,
    /// The nation, where the layout has it.
    pub nation: Option<Figures>,
    /// Values with their figures, in the order of the file.
    pub rows: Vec<(ValueId, Figures)>,
    /// Rows that the knowledge has no value for, nor need have.
    pub left_out: Vec<String>,
    /// Rows that the publisher calls otherwise than the knowledge does.
    pub renamed: Vec<String>,
}

/// The layout of the text of a file called `file`.
///
/// # Errors
/// When the header fits none.
pub fn layout(file: &str, text: &str) -> Result<&'static Layout, Faults> {
    let header = reader(text).into_records().next().and_then(Result::ok).unwrap_or_default();
    Layout::of(&header.iter().map(bare).collect::<Vec<_>>()).ok_or_else(|| {
        let known = LAYOUTS.iter().map(|layout| format!("\n    {}: {}", layout.rows, layout.header().join(",")));
        let mend = format!("begin the file with the line of one of these layouts:{}", known.collect::<String>());
        let keys: Vec<String> = LAYOUTS.iter().map(|layout| format!("`{}`", layout.key)).collect();
        let what = format!("the header fits no layout: it lacks wages, or all of {}", keys.join(", "));
        Faults(vec![Fault::error(Place { file: file.to_owned(), line: 1 }, what, mend)])
    })
}

/// Reads the text of a file called `file`, whose rows speak of values of `facet`.
///
/// # Errors
/// Every fault of the file.
pub fn read(file: &str, text: &str, layout: &'static Layout, facet: &Facet, knowledge: &Knowledge) -> Result<Release, Faults> {
    let mut reading = Reading {
        file,
        layout,
        names: Names { layout, facet, knowledge },
        at: Vec::new(),
        width: 0,
        month: None,
        nation: None,
        seen: Vec::new(),
        rows: Vec::new(),
        left_out: Vec::new(),
        renamed: Vec::new(),
        faults: Vec::new(),
    };
    let mut records = reader(text).into_records();
    let header = records.next().and_then(Result::ok).unwrap_or_default();
    reading.header(&header);
    if reading.faults.is_empty() {
        for record in records.filter_map(Result::ok) {
            reading.row(&record);
        }
        reading.whole();
    }
    match reading.month {
        Some(month) if reading.faults.is_empty() => {
            Ok(Release { month, nation: reading.nation, rows: reading.rows, left_out: reading.left_out, renamed: reading.renamed })
        }
        _ => Err(Faults(reading.faults)),
    }
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes())
}

/// The name of a column without the mark that some programs put before the first.
fn bare(name: &str) -> &str {
    name.trim_start_matches('\u{feff}')
}

struct Reading<'input> {
    file: &'input str,
    layout: &'static Layout,
    names: Names<'input>,
    /// Where each name of the header stands.
    at: Vec<(&'static str, usize)>,
    width: usize,
    month: Option<Month>,
    nation: Option<Figures>,
    /// Keys of the rows so far, with their lines.
    seen: Vec<(String, usize)>,
    rows: Vec<(ValueId, Figures)>,
    left_out: Vec<String>,
    renamed: Vec<String>,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn fault(&mut self, line: usize, what: impl Into<String>, mend: impl Into<String>) {
        self.faults.push(Fault::error(Place { file: self.file.to_owned(), line }, what, mend));
    }

    fn header(&mut self, header: &csv::StringRecord) {
        let wanted = self.layout.header();
        self.width = header.len();
        let mut twice: Vec<&str> = Vec::new();
        for (index, name) in header.iter().map(bare).enumerate() {
            if header.iter().map(bare).take(index).any(|earlier| earlier == name) && !twice.contains(&name) {
                twice.push(name);
                self.fault(1, format!("the column `{name}` stands twice in the header"), "keep one of the two columns");
            } else if let Some(known) = self.layout.known(name) {
                self.at.push((known, index));
            } else {
                let mend = nearest(name, wanted.iter().copied()).map_or_else(
                    || format!("take it out; the columns for {}: {}", self.layout.rows, wanted.join(",")),
                    |near| format!("did you mean `{near}`?"),
                );
                self.fault(1, format!("unknown column `{name}` in the header"), mend);
            }
        }
        let missing: Vec<&str> = wanted.iter().copied().filter(|name| !self.at.iter().any(|(other, _)| other == name)).collect();
        if !missing.is_empty() {
            let what = format!("the header lacks {}", missing.join(", "));
            self.fault(1, what, format!("begin the file with the line {}", wanted.join(",")));
        }
    }

    fn cell<'record>(&self, record: &'record csv::StringRecord, name: &str) -> &'record str {
        let index = self.at.iter().find(|(other, _)| *other == name).map(|(_, index)| *index);
        index.and_then(|index| record.get(index)).unwrap_or_default()
    }

    fn row(&mut self, record: &csv::StringRecord) {
        let line = record.position().and_then(|position| usize::try_from(position.line()).ok()).unwrap_or_default();
        if record.len() != self.width {
            let what = format!("the row has {} cells, the header has {}", record.len(), self.width);
            self.fault(line, what, "take out the comma too many or add the one too few; a text that holds a comma stands in quotes");
            return;
        }
        self.release(line, self.cell(record, RELEASE));
        let key = self.cell(record, self.layout.key);
        let name = self.layout.names.map_or(key, |names| self.cell(record, names));
        if let Some((_, earlier)) = self.seen.iter().find(|(other, _)| other.eq_ignore_ascii_case(key) || same_code(other, key)) {
            let what = if key == name { name.to_owned() } else { format!("{key} ({name})") };
            self.fault(line, format!("{what} stands on line {earlier} already"), "keep one of the two rows");
            return;
        }
        self.seen.push((key.to_owned(), line));
        let (figures, faults) = Figures::read(line, self.layout, |header| self.cell(record, header));
        for (what, mend) in faults {
            self.fault(line, format!("{name}: {what}"), mend);
        }
        if self.layout.nation.is_some_and(|nation| nation == key || self.layout.names.is_some() && same_code(nation, key)) {
            self.nation = Some(figures);
            return;
        }
        match self.names.find(key, name) {
            Found::Values(values) => {
                if self.names.renamed(&values, name) {
                    self.renamed.push(format!("{name} (here: {})", values[0].name));
                }
                self.rows.extend(values.into_iter().map(|value| (value.id.clone(), figures.clone())));
            }
            Found::Nothing => self.left_out.push(name.to_owned()),
            Found::Fault(what, mend) => self.fault(line, what, mend),
        }
    }

    fn release(&mut self, line: usize, text: &str) {
        match (Month::parse(text), self.month) {
            (None, _) => self.fault(line, format!("release: `{text}` is no month of a year"), "write it as May 2025"),
            (Some(month), None) => self.month = Some(month),
            (Some(month), Some(first)) if month != first => {
                self.fault(line, format!("release: {month}, but the rows above are of {first}"), "keep rows of one release only");
            }
            _ => {}
        }
    }

    fn whole(&mut self) {
        if let Some(nation) = self.layout.nation
            && self.nation.is_none()
        {
            let mend = format!("add the national row, with `{nation}` as its {}", self.layout.key);
            self.fault(0, format!("there is no row for the nation, {nation}"), mend);
        }
        if !self.faults.is_empty() {
            return;
        }
        if self.rows.is_empty() {
            self.fault(0, "no row is for a value that the knowledge has", format!("add the rows of the {}", self.layout.rows));
            return;
        }
        for (index, column) in self.layout.columns().enumerate() {
            let given = self.rows.iter().any(|(_, figures)| figures.cells[index].is_some());
            if !given && !matches!(column.kind, Kind::LowAbove(_)) {
                let what = format!("the column `{}` is empty in every row", column.header);
                self.fault(0, what, "fill it: an empty column would take the old figures away");
            }
        }
    }
}
