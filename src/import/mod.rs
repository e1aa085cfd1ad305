//! New figures for a table, from the file their publisher's numbers come in.
//!
//! An import is planned before anything is touched: the file is read whole ([`oews`]), compared with the table row by row
//! ([`plan`]), and the knowledge files are rewritten in memory so that an editor's comments, templates and one
//! row a line stay as they are. A plan exists only if the knowledge still loads with it. Writing it to disk is not done here.
//!
//! Publishers differ in what they mean by a file, so each has a module of its own with the layouts of its files as a table;
//! what comes after reading is the same for all of them.

pub mod oews;
pub mod plan;
mod table_file;

use crate::knowledge::AsOf;

/// A month that figures were published for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: i8,
}

impl Month {
    /// Reads "May 2025".
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, year) = text.trim().split_once(' ')?;
        let year = year.trim().parse().ok().filter(|year| (1900..=2200).contains(year))?;
        (1..=12).map(|month| Self { year, month }).find(|month| month.to_string().split(' ').next() == Some(name))
    }

    /// The month a date falls into.
    #[must_use]
    pub fn of(date: AsOf) -> Self {
        let day = date.first_day();
        Self { year: day.year(), month: day.month() }
    }

    /// As a knowledge file writes it: `2025-05`.
    #[must_use]
    pub fn written(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }
}

/// In words: "May 2025".
impl std::fmt::Display for Month {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.written().parse::<AsOf>() {
            Ok(date) => date.fmt(formatter),
            Err(_) => formatter.write_str(&self.written()),
        }
    }
}
