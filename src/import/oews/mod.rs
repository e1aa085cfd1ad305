//! The layout in which wages of the Occupational Employment and Wage Statistics are kept: one row a state, one for the nation.
//!
//! Owns the header and what makes a figure believable; knows the names of the states, not what the table holds now. Every
//! fault of the file is told at once.

use super::Month;
use crate::knowledge::reading::nearest;
use crate::knowledge::{Facet, Fault, Faults, Place, ValueId};

/// A column of figures.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the file.
    pub header: &'static str,
    /// Its name in the knowledge.
    pub name: &'static str,
    /// How many digits stand after the point.
    pub decimals: usize,
}

const fn column(header: &'static str, name: &'static str, decimals: usize) -> Column {
    Column { header, name, decimals }
}

/// Every column of figures, in the order in which a row of the knowledge names them.
pub const COLUMNS: [Column; 13] = [
    column("h_p10", "hourly_p10", 2),
    column("h_p25", "hourly_p25", 2),
    column("h_median", "hourly_median", 2),
    column("h_p75", "hourly_p75", 2),
    column("h_p90", "hourly_p90", 2),
    column("h_mean", "hourly_mean", 2),
    column("a_p10", "annual_p10", 0),
    column("a_p25", "annual_p25", 0),
    column("a_median", "annual_median", 0),
    column("a_p75", "annual_p75", 0),
    column("a_p90", "annual_p90", 0),
    column("a_mean", "annual_mean", 0),
    column("employment", "employment", 0),
];

/// Columns that must not fall from left to right.
const PERCENTILES: [[usize; 5]; 2] = [[0, 1, 2, 3, 4], [6, 7, 8, 9, 10]];

/// Columns that are no figures. The address of each figure is for people who check the file.
const OTHERS: [&str; 3] = ["state", "release", "url"];

/// How the row of the nation is named.
const NATION: &str = "United States";

/// Territories that a release lists beside the states. Knowledge that has no value for them leaves them out.
const TERRITORIES: [&str; 3] = ["Guam", "Puerto Rico", "Virgin Islands"];

/// The figures of one row, in the order of [`COLUMNS`]; `None` where the file has none.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// The line in the file.
    pub line: usize,
    /// The figures.
    pub cells: Vec<Option<f64>>,
}

/// A release as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// The month it is for.
    pub month: Month,
    /// The nation.
    pub nation: Figures,
    /// The states, in the order of the file.
    pub states: Vec<(ValueId, Figures)>,
    /// Territories that the knowledge has no value for.
    pub left_out: Vec<String>,
}

/// Reads the text of a file called `file`. States are values of `facet`.
///
/// # Errors
/// Every fault of the file.
pub fn read(file: &str, text: &str, facet: &Facet) -> Result<Release, Faults> {
    let mut reading = Reading {
        file,
        facet,
        at: Vec::new(),
        width: 0,
        month: None,
        nation: None,
        states: Vec::new(),
        left_out: Vec::new(),
        faults: Vec::new(),
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut records = reader.records();
    let header = records.next().and_then(Result::ok).unwrap_or_default();
    reading.header(&header);
    if reading.faults.is_empty() {
        for record in records.filter_map(Result::ok) {
            reading.row(&record);
        }
        reading.whole();
    }
    match (reading.month, reading.nation) {
        (Some(month), Some(nation)) if reading.faults.is_empty() => {
            Ok(Release { month, nation, states: reading.states, left_out: reading.left_out })
        }
        _ => Err(Faults(reading.faults)),
    }
}

struct Reading<'input> {
    file: &'input str,
    facet: &'input Facet,
    /// Where each name of the header stands.
    at: Vec<(&'static str, usize)>,
    width: usize,
    month: Option<Month>,
    nation: Option<Figures>,
    states: Vec<(ValueId, Figures)>,
    left_out: Vec<String>,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn fault(&mut self, line: usize, what: impl Into<String>, mend: impl Into<String>) {
        self.faults.push(Fault::error(Place { file: self.file.to_owned(), line }, what, mend));
    }

    fn header(&mut self, header: &csv::StringRecord) {
        let known: Vec<&'static str> = OTHERS.iter().copied().chain(COLUMNS.iter().map(|column| column.header)).collect();
        self.width = header.len();
        for (index, name) in header.iter().enumerate() {
            let name = name.trim_start_matches('\u{feff}');
            match known.iter().find(|known| **known == name) {
                Some(known) if self.at.iter().any(|(other, _)| other == known) => {
                    self.fault(1, format!("the column `{name}` stands twice in the header"), "keep one of the two columns");
                }
                Some(known) => self.at.push((known, index)),
                None => {
                    let mend = nearest(name, known.iter().copied()).map_or_else(
                        || format!("take it out; known columns: {}", known.join(",")),
                        |near| format!("did you mean `{near}`?"),
                    );
                    self.fault(1, format!("unknown column `{name}` in the header"), mend);
                }
            }
        }
        let missing: Vec<&str> =
            known.iter().copied().filter(|name| *name != "url" && !self.at.iter().any(|(other, _)| other == name)).collect();
        if !missing.is_empty() {
            let what = format!("the header lacks {}", missing.join(", "));
            self.fault(1, what, format!("begin the file with the line {}", known.join(",")));
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
        self.release(line, self.cell(record, "release"));
        let state = self.cell(record, "state");
        let figures = self.figures(line, state, record);
        if state == NATION {
            if let Some(earlier) = self.nation.replace(figures) {
                self.twice(line, state, earlier.line);
            }
            return;
        }
        match self.facet.values.iter().find(|value| value.name.eq_ignore_ascii_case(state)) {
            Some(value) => {
                if let Some((_, earlier)) = self.states.iter().find(|(id, _)| *id == value.id) {
                    self.twice(line, state, earlier.line);
                }
                self.states.push((value.id.clone(), figures));
            }
            None if TERRITORIES.contains(&state) => self.left_out.push(state.to_owned()),
            None => {
                let names = self.facet.values.iter().map(|value| value.name.as_str()).chain([NATION]);
                let mend = nearest(state, names).map_or_else(
                    || format!("write the name of a value of the facet `{}`, or take the row out", self.facet.id),
                    |near| format!("did you mean `{near}`?"),
                );
                self.fault(line, format!("there is no {} `{state}`", self.facet.name), mend);
            }
        }
    }

    fn twice(&mut self, line: usize, state: &str, earlier: usize) {
        self.fault(line, format!("{state} stands on line {earlier} already"), "keep one of the two rows");
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

    fn figures(&mut self, line: usize, state: &str, record: &csv::StringRecord) -> Figures {
        let mut cells = Vec::new();
        for column in COLUMNS {
            let text = self.cell(record, column.header);
            let figure = figure(text, column.decimals);
            if figure.is_none() && !text.is_empty() {
                let wanted = if column.decimals == 0 { "a whole number such as 45690" } else { "a number such as 21.97" };
                let what = format!("{state}: {}: `{text}` is not {wanted}", column.header);
                self.fault(line, what, "write the bare figure, or leave the cell empty where none was published");
            }
            cells.push(figure);
        }
        for order in PERCENTILES {
            let given: Vec<usize> = order.into_iter().filter(|index| cells[*index].is_some()).collect();
            for pair in given.windows(2).filter(|pair| cells[pair[0]] > cells[pair[1]]) {
                let (low, high) = (COLUMNS[pair[0]].header, COLUMNS[pair[1]].header);
                self.fault(line, format!("{state}: {low} is above {high}"), "look up both figures; two cells may have been exchanged");
            }
        }
        Figures { line, cells }
    }

    fn whole(&mut self) {
        if self.nation.is_none() {
            self.fault(0, format!("there is no row for {NATION}"), format!("add the national row, with `{NATION}` as its state"));
        }
        if self.states.is_empty() && self.faults.is_empty() {
            self.fault(0, "there is no row for any state", "add one row for each state");
        }
        for (index, column) in COLUMNS.iter().enumerate() {
            let column = column.header;
            let given = self.states.iter().any(|(_, figures)| figures.cells[index].is_some());
            if !given && self.faults.is_empty() {
                self.fault(
                    0,
                    format!("the column `{column}` is empty in every row"),
                    "fill it: an empty column would take the old figures away",
                );
            }
        }
    }
}

/// A figure above zero with at most that many decimals.
fn figure(text: &str, decimals: usize) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let point = !fraction.is_empty() || !text.contains('.');
    if whole.is_empty() || whole.len() > 9 || !digits(whole) || !digits(fraction) || fraction.len() > decimals || !point {
        return None;
    }
    text.parse().ok().filter(|figure| *figure > 0.0)
}
