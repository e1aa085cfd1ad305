//! Dates in words.

use crate::knowledge::dates::Precision;
use crate::knowledge::{AsOf, Span};

use super::Texts;

impl Texts {
    /// A date, as exact as its source: "November 21, 2026", "about 2021".
    #[must_use]
    pub fn date(self, date: AsOf) -> String {
        let words = self.exact(date);
        match date.precision() {
            Precision::Seen => self.undated(&words),
            _ if date.is_about() => self.date_about(&words),
            _ => words,
        }
    }

    /// How a claim of that age is introduced: "as of May 2025", "undated, read November 21, 2026".
    #[must_use]
    pub fn since(self, date: AsOf) -> String {
        let words = self.exact(date);
        match date.precision() {
            Precision::Seen => self.undated(&words),
            _ if date.is_about() => self.as_of_about(&words),
            _ => self.as_of(&words),
        }
    }

    /// When several facts were true, as a sentence: "As of May 2025 to June 2026."
    #[must_use]
    pub fn span(self, span: Span) -> String {
        let words =
            if span.is_one_date() { self.since(span.oldest) } else { self.as_of_span(&self.date(span.oldest), &self.date(span.newest)) };
        let mut letters = words.chars();
        letters.next().map(|first| format!("{}{}.", first.to_uppercase(), letters.as_str())).unwrap_or_default()
    }

    /// The day, month or year, without what makes it doubtful.
    fn exact(self, date: AsOf) -> String {
        let day = date.first_day();
        let month = || self.month(day.month());
        match date.precision() {
            Precision::Day | Precision::Seen => self.date_day(day.day(), &month(), day.year()),
            Precision::Month => self.date_month(&month(), day.year()),
            Precision::Year => day.year().to_string(),
        }
    }
}
