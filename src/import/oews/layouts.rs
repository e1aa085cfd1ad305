//! The layouts a release comes in, one a table of the knowledge: [`LAYOUTS`].
//!
//! Owns the names of columns and tables and nothing else. Who teaches Mabel another layout adds it to the list; the column
//! that names a row must stand in no other layout, for by it a file's layout is told.

use crate::knowledge::Cell;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A figure above zero, with at most that many digits after the point.
    Amount(usize),
    /// A figure that may be zero.
    Measure(usize),
    /// A word.
    Word,
    /// The confidence of the row: low where the figure is above that, and the table's own where it is not.
    LowAbove(f64),
}

impl Kind {
    /// How many digits stand after the point of a figure; `None` where the knowledge holds no figure.
    #[must_use]
    pub fn decimals(self) -> Option<usize> {
        match self {
            Self::Amount(decimals) | Self::Measure(decimals) => Some(decimals),
            Self::Word | Self::LowAbove(_) => None,
        }
    }
}

/// A column that goes into the knowledge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its name in the file.
    pub header: &'static str,
    /// Its name in the knowledge.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

impl Column {
    /// A cell of this column as a knowledge file writes it, text without its quotes.
    #[must_use]
    pub fn written(&self, cell: &Cell) -> String {
        match cell {
            Cell::Number(figure) => format!("{figure:.*}", self.kind.decimals().unwrap_or_default()),
            Cell::Text(text) => text.clone(),
            Cell::Date(date) => date.written(),
        }
    }
}

const fn column(header: &'static str, name: &'static str, kind: Kind) -> Column {
    Column { header, name, kind }
}

/// The columns of every layout, in the order in which a row of the knowledge names them.
const WAGES: [Column; 13] = [
    column("h_p10", "hourly_p10", Kind::Amount(2)),
    column("h_p25", "hourly_p25", Kind::Amount(2)),
    column("h_median", "hourly_median", Kind::Amount(2)),
    column("h_p75", "hourly_p75", Kind::Amount(2)),
    column("h_p90", "hourly_p90", Kind::Amount(2)),
    column("h_mean", "hourly_mean", Kind::Amount(2)),
    column("a_p10", "annual_p10", Kind::Amount(0)),
    column("a_p25", "annual_p25", Kind::Amount(0)),
    column("a_median", "annual_median", Kind::Amount(0)),
    column("a_p75", "annual_p75", Kind::Amount(0)),
    column("a_p90", "annual_p90", Kind::Amount(0)),
    column("a_mean", "annual_mean", Kind::Amount(0)),
    column("employment", "employment", Kind::Amount(0)),
];

/// Columns of a layout that must not fall from left to right, by their index.
pub(super) const PERCENTILES: [[usize; 5]; 2] = [[0, 1, 2, 3, 4], [6, 7, 8, 9, 10]];

/// The relative standard error of the mean wage in percent.
const ERROR: Column = column("wage_rse_pct", "wage_rse", Kind::Measure(1));

/// An estimate with an error above five percent is less certain than its neighbours.
const CERTAINTY: Column = column("wage_rse_pct", "confidence", Kind::LowAbove(5.0));

/// The month of the release.
pub(super) const RELEASE: &str = "release";

/// The address of each figure, for people who check the file; it may be left out.
const ADDRESS: &str = "url";

/// One kind of file that a release comes in.
#[derive(Debug)]
pub struct Layout {
    /// What its rows are.
    pub rows: &'static str,
    /// The table they go to, unless another is named.
    pub table: &'static str,
    /// The column that names a row: what a value of the knowledge is called, or its code where there is a column of `names`.
    pub key: &'static str,
    /// The column of the publisher's names, where rows have codes.
    pub names: Option<&'static str>,
    /// Whether the knowledge is to hold every row and calls it what the publisher does. Where not, a row without a value is
    /// left out.
    pub whole: bool,
    /// The key of the nation's row, if the file has one.
    pub nation: Option<&'static str>,
    /// Keys of rows that are left out where the knowledge has no value for them.
    pub beside: &'static [&'static str],
    /// Columns beyond the wages.
    more: &'static [Column],
    /// Columns that are known and not read; `*` stands for any ending.
    unread: &'static [&'static str],
}

/// Every layout.
pub static LAYOUTS: [Layout; 4] = [
    Layout {
        rows: "states",
        table: "pay_by_state",
        key: "state",
        names: None,
        whole: true,
        nation: Some("United States"),
        beside: &["Guam", "Puerto Rico", "Virgin Islands"],
        more: &[],
        unread: &[],
    },
    Layout {
        rows: "areas",
        table: "pay_by_metro",
        key: "area_code",
        names: Some("area"),
        whole: true,
        nation: None,
        beside: &[],
        more: &[
            column("per_1000_jobs", "per_1000_jobs", Kind::Measure(3)),
            column("location_quotient", "location_quotient", Kind::Measure(2)),
            ERROR,
            column("area_type", "area_type", Kind::Word),
            CERTAINTY,
        ],
        unread: &[],
    },
    Layout {
        rows: "industries",
        table: "pay_by_industry",
        key: "industry_code",
        names: Some("industry"),
        whole: false,
        nation: Some("000000"),
        beside: &[],
        more: &[ERROR, CERTAINTY],
        unread: &["display_level"],
    },
    Layout {
        rows: "occupations",
        table: "pay_by_role",
        key: "soc",
        names: Some("occupation"),
        whole: false,
        nation: None,
        beside: &[],
        more: &[],
        // Growth is published on its own, in another year; it stays what an editor wrote.
        unread: &["a_median_vs_*", "outlook_*", "openings_*"],
    },
];

impl Layout {
    /// The layout of a header: its key stands before any other's, and some wage is there, for other lists are kept by the same
    /// keys.
    #[must_use]
    pub fn of(header: &[&str]) -> Option<&'static Self> {
        let wages = WAGES.iter().any(|column| header.contains(&column.header));
        header.iter().find_map(|name| LAYOUTS.iter().find(|layout| wages && layout.key == *name))
    }

    /// The columns that go into the knowledge, in the order in which a row names them.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> + use<> {
        WAGES.iter().chain(self.more)
    }

    /// The names of the columns that are read, in the order in which the documentation writes them.
    #[must_use]
    pub fn header(&self) -> Vec<&'static str> {
        let mut header: Vec<&str> = self.names.into_iter().chain([self.key, RELEASE]).collect();
        for column in self.columns() {
            if !header.contains(&column.header) {
                header.push(column.header);
            }
        }
        header
    }

    /// The name of a column as this layout knows it, read or not.
    pub(super) fn known(&self, name: &str) -> Option<&'static str> {
        let unread = self.unread.iter().find(|pattern| {
            pattern.strip_suffix('*').map_or(**pattern == name, |beginning| name.len() > beginning.len() && name.starts_with(beginning))
        });
        self.header().into_iter().find(|known| *known == name).or(unread.copied()).or((name == ADDRESS).then_some(ADDRESS))
    }
}
