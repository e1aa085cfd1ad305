//! Questions that found no answer.

use jiff::civil::{Date, Weekday};

use crate::gaps::Counted;

/// A question that found no answer, with nothing in it that could tell of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What is left of the question: known words in alphabetical order, each once, a space between two.
    pub words: String,
    /// The day it was asked, in UTC. Kept is only the week.
    pub day: Date,
}

/// How often a gap came up in a week.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GapCount {
    /// The week, by its Monday.
    pub week: Date,
    /// The words of the gap.
    pub words: String,
    /// How often it came up.
    pub count: u64,
}

impl From<GapCount> for Counted {
    fn from(GapCount { week, words, count }: GapCount) -> Self {
        Self { week, words, count }
    }
}

impl Gap {
    /// The week it counts for, by its Monday.
    #[must_use]
    pub fn week(&self) -> Date {
        week_of(self.day)
    }
}

/// The week of a day, by its Monday.
#[must_use]
pub fn week_of(day: Date) -> Date {
    let since = day.weekday().since(Weekday::Monday);
    day.checked_sub(jiff::Span::new().days(since)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_week_begins_on_its_monday() {
        assert_eq!(week_of(date(2026, 11, 16)), date(2026, 11, 16));
        assert_eq!(week_of(date(2026, 11, 22)), date(2026, 11, 16));
        assert_eq!(week_of(date(2026, 11, 23)), date(2026, 11, 23));
        assert_eq!(week_of(date(2027, 1, 1)), date(2026, 12, 28));
    }
}
