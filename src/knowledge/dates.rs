//! Dates of facts: how old a claim is, as exactly as its source lets us say.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// When a fact was true or a text was current.
///
/// Sources date themselves in many ways, so a date may be a day, a month, a year, "about" one of these, or missing. The
/// written forms are `2026-11-21`, `2024-11`, `2024`, `c. 2021` and `undated, seen 2026-11-21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsOf {
    day: Date,
    precision: Precision,
    about: bool,
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
    /// The source bears no date; the day is when it was read.
    Seen,
}

/// A date that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date")]
pub struct DateError(String);

impl AsOf {
    /// An exact day.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self { day, precision: Precision::Day, about: false }
    }

    /// The first day the date may stand for; for an undated source, the day it was read.
    #[must_use]
    pub fn first_day(self) -> Date {
        self.day
    }

    /// The calendar year, unless the source is undated.
    #[must_use]
    pub fn year(self) -> Option<i16> {
        (self.precision != Precision::Seen).then(|| self.day.year())
    }

    /// How exact it is.
    #[must_use]
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// Whether it is only about right.
    #[must_use]
    pub fn is_about(self) -> bool {
        self.about
    }

    /// How a claim of that age is introduced: "as of May 2025", "undated, read November 21, 2026".
    #[must_use]
    pub fn phrase(self) -> String {
        if self.precision == Precision::Seen { self.to_string() } else { format!("as of {self}") }
    }

    /// The short written form, as in a knowledge file: `2024-11`, `c. 2021`.
    #[must_use]
    pub fn written(self) -> String {
        let about = if self.about { "c. " } else { "" };
        match self.precision {
            Precision::Day => format!("{about}{}", self.day),
            Precision::Month => format!("{about}{:04}-{:02}", self.day.year(), self.day.month()),
            Precision::Year => format!("{about}{:04}", self.day.year()),
            Precision::Seen => format!("undated, seen {}", self.day),
        }
    }
}

/// In words, as a reader sees it: "21 November 2026" is written "November 21, 2026".
impl fmt::Display for AsOf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = if self.about { "about " } else { "" };
        let (year, month, day) = (self.day.year(), month_name(self.day.month()), self.day.day());
        match self.precision {
            Precision::Day => write!(formatter, "{about}{month} {day}, {year}"),
            Precision::Month => write!(formatter, "{about}{month} {year}"),
            Precision::Year => write!(formatter, "{about}{year}"),
            Precision::Seen => write!(formatter, "undated, read {month} {day}, {year}"),
        }
    }
}

impl FromStr for AsOf {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError(text.to_owned());
        let (rest, about) = match text.strip_prefix("c. ") {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let (rest, seen) = match rest.strip_prefix("undated, seen ") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let parts = rest.split('-').map(|part| part.parse::<i16>().map_err(|_| error())).collect::<Result<Vec<_>, _>>()?;
        let (year, month, day, precision) = match *parts.as_slice() {
            [year] => (year, 1, 1, Precision::Year),
            [year, month] => (year, month, 1, Precision::Month),
            [year, month, day] => (year, month, day, Precision::Day),
            _ => return Err(error()),
        };
        if seen && precision != Precision::Day {
            return Err(error());
        }
        let small = |number: i16| i8::try_from(number).map_err(|_| error());
        let day = Date::new(year, small(month)?, small(day)?).map_err(|_| error())?;
        if !(1900..=2200).contains(&day.year()) {
            return Err(error());
        }
        Ok(Self { day, precision: if seen { Precision::Seen } else { precision }, about })
    }
}

/// When several facts were true: the oldest and the newest of their dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The oldest date.
    pub oldest: AsOf,
    /// The newest date; the same, where all are.
    pub newest: AsOf,
}

impl Span {
    /// The span of those dates; none if there are none.
    #[must_use]
    pub fn of(dates: &[AsOf]) -> Option<Self> {
        let oldest = *dates.iter().min_by_key(|date| date.first_day())?;
        let newest = *dates.iter().max_by_key(|date| date.first_day())?;
        // At the end of a span an undated source counts as of the day it was read.
        let undated_end = oldest != newest && newest.precision == Precision::Seen;
        Some(Self { oldest, newest: if undated_end { AsOf::day(newest.day) } else { newest } })
    }

    /// Whether all facts bear the same date.
    #[must_use]
    pub fn is_one_date(self) -> bool {
        self.oldest == self.newest
    }

    /// How claims of these ages are introduced: "as of May 2025", "as of 2011 to May 2025".
    #[must_use]
    pub fn phrase(self) -> String {
        if self.is_one_date() { self.oldest.phrase() } else { format!("as of {} to {}", self.oldest, self.newest) }
    }
}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_reads_and_writes_back() {
        for (written, words) in [
            ("2026-11-21", "November 21, 2026"),
            ("2024-11", "November 2024"),
            ("2024", "2024"),
            ("c. 2021", "about 2021"),
            ("undated, seen 2026-11-21", "undated, read November 21, 2026"),
        ] {
            let date: AsOf = written.parse().unwrap();
            assert_eq!(date.written(), written);
            assert_eq!(date.to_string(), words);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for wrong in ["", "last year", "2024-13", "2024-02-30", "24", "c.2021", "undated", "2024-1-2-3"] {
            assert!(wrong.parse::<AsOf>().is_err(), "{wrong:?} was read as a date");
        }
    }
}
