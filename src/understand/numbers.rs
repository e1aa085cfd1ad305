//! Facets that are numbers rather than names: years and amounts of money.

use super::{AMOUNT, YEAR};
use crate::knowledge::{FacetId, ValueId, Values};
use crate::text::Token;
use crate::text::english::is_function_word;

/// Hours of full-time work in a year, by which the Bureau of Labor Statistics turns hourly into annual wages.
const HOURS: f64 = 2_080.0;
const WEEKS: f64 = 52.0;
const MONTHS: f64 = 12.0;

/// What can be a wage, in dollars an hour. A fee or a sum of benefits is not.
const WAGES: std::ops::Range<f64> = 2.0..300.0;

/// What is taken for a wage an hour without a dollar sign, where it has cents, is earned or stands beside a wage. A grade of 3.50 is none.
const PLAIN_WAGES: std::ops::Range<f64> = 7.0..100.0;

/// What stands between two wages.
const LINKS: [&str; 5] = ["and", "or", "to", "versus", "vs"];

/// A sum from here on may be the wage of a year, in dollars.
const SMALLEST_YEAR: f64 = 15_000.0;

/// No text is read for more amounts: nobody asks about so many.
const MOST_AMOUNTS: usize = 16;

/// Notes the years named: four digits from 1950 to 2099 that are no amount of money.
pub(super) fn years(tokens: &[Token], named: &mut Values) {
    for token in tokens {
        let text = token.text.as_str();
        if text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1950..=2099).contains(&year)) {
            push(named, YEAR, text);
        }
    }
}

/// An amount of money named in a text: tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) start: usize,
    pub(super) end: usize,
    /// In dollars an hour of full-time work.
    pub(super) hourly: f64,
}

impl Amount {
    /// Notes the amount as a value of its facet: the hourly wage in dollars and cents.
    pub(super) fn note(self, named: &mut Values) {
        push(named, AMOUNT, &format!("{:.2}", self.hourly));
    }
}

/// The wages named: "$24 an hour", "24/hr", "50k", "$3,500 a month".
///
/// A number is a wage if a dollar sign, a `k` or a period of pay says so, or if it has cents and nothing else is counted.
pub(super) fn amounts(tokens: &[Token]) -> Vec<Amount> {
    let mut amounts = Vec::new();
    let mut start = 0;
    while start < tokens.len() && amounts.len() < MOST_AMOUNTS {
        let amount = amount_at(tokens, start);
        start = amount.map_or(start + 1, |amount| amount.end);
        amounts.extend(amount);
    }
    let beside: Vec<Amount> = amounts.iter().flat_map(|amount| amounts_beside(tokens, *amount)).collect();
    for beside in beside {
        if !amounts.iter().any(|amount| amount.start == beside.start) {
            amounts.push(beside);
        }
    }
    amounts.sort_by_key(|amount| amount.start);
    amounts
}

/// Numbers that are wages because they stand beside one: "between 19 and 21.50", "$18 or 20".
fn amounts_beside(tokens: &[Token], amount: Amount) -> impl Iterator<Item = Amount> {
    let word = |at: usize| tokens.get(at).map(|token| token.text.as_str());
    let links = |at: usize| word(at).is_some_and(|word| LINKS.contains(&word));
    let before = amount.start.checked_sub(2).filter(|_| links(amount.start - 1));
    let behind = Some(amount.end + 1).filter(|at| links(amount.end) && counts_nothing(tokens, at + 1));
    let bare = move |at: usize| {
        let hourly = tokens.get(at)?.text.parse().ok().filter(|number| PLAIN_WAGES.contains(number))?;
        Some(Amount { start: at, end: at + 1, hourly })
    };
    before.into_iter().chain(behind).filter_map(bare)
}

fn amount_at(tokens: &[Token], start: usize) -> Option<Amount> {
    let text = tokens[start].text.as_str();
    let (bare, dollars) = text.strip_prefix('$').map_or((text, false), |bare| (bare, true));
    let (digits, thousands) = bare.strip_suffix('k').map_or((bare, false), |digits| (digits, true));
    let number: f64 = digits.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)?;
    let number = if thousands { number * 1_000.0 } else { number };
    let mut end = start + 1;
    if tokens.get(end).is_some_and(|token| matches!(token.text.as_str(), "dollars" | "dollar" | "bucks")) {
        end += 1;
    }
    let said_dollars = dollars || thousands || end > start + 1;
    let linked = tokens.get(end).is_some_and(|token| matches!(token.text.as_str(), "a" | "an" | "per" | "each" | "every"));
    let period = tokens.get(end + usize::from(linked)).and_then(|token| Some((token, periods_in_a_year(&token.text)?)));
    // "a 10 hour shift" and "160 hours" are no pay: without a dollar sign the period must be tied to the number.
    let period = period.filter(|(token, _)| said_dollars || linked || token.set_off || token.text.ends_with("ly"));
    let (per_year, end) = match period {
        Some((_, periods)) => (number * periods, end + usize::from(linked) + 1),
        None if is_price(tokens, start) => return None,
        // Without a period the size tells: nobody earns $24 a year or $45,000 an hour.
        None if said_dollars && number < 100.0 => (number * HOURS, end),
        None if has_cents(bare) && !tokens.get(end).is_some_and(|next| is_counted(&next.text)) => (number * HOURS, end),
        None if PLAIN_WAGES.contains(&number) && is_earned(tokens, start) && counts_nothing(tokens, end) => (number * HOURS, end),
        None if (said_dollars || is_earned(tokens, start)) && number >= SMALLEST_YEAR => (number, end),
        None => return None,
    };
    let hourly = per_year / HOURS;
    WAGES.contains(&hourly).then_some(Amount { start, end, hourly })
}

/// Whether a number is written as dollars and cents of an hourly wage mostly are: "21.50".
fn has_cents(number: &str) -> bool {
    number.split_once('.').is_some_and(|(dollars, cents)| (1..=2).contains(&dollars.len()) && cents.len() == 2)
        && number.parse().is_ok_and(|number: f64| PLAIN_WAGES.contains(&number))
}

/// Whether the words around a number say that it is what something costs: "15k in loans", "the fee is $90". What living costs stands beside
/// wages.
fn is_price(tokens: &[Token], start: usize) -> bool {
    const PRICES: [&str; 13] =
        ["cost", "costs", "debt", "fee", "fees", "loan", "loans", "owe", "price", "refund", "scholarship", "tuition", "voucher"];
    const NEAR: usize = 4;
    let word = |at: usize| tokens.get(at).map(|token| token.text.as_str());
    let is_price = |at: usize| word(at).is_some_and(|word| PRICES.contains(&word));
    let of_living = |at: usize| word(at + 1) == Some("of") && word(at + 2) == Some("living");
    (start.saturating_sub(NEAR)..=start + NEAR).any(|at| is_price(at) && !of_living(at))
}

/// Whether the words before a number say that it is earned: "make 50000", "offered about 45000".
fn is_earned(tokens: &[Token], start: usize) -> bool {
    const EARNING: [&str; 14] =
        ["earn", "earned", "earning", "earns", "made", "make", "makes", "making", "offered", "paid", "pay", "paying", "pays", "salary"];
    tokens[start.saturating_sub(2)..start].iter().any(|token| EARNING.contains(&token.text.as_str()))
}

/// Whether a number that ends at `end` has nothing behind it that it could count.
fn counts_nothing(tokens: &[Token], end: usize) -> bool {
    let clause_ends = tokens.get(end - 1).is_some_and(|token| token.ends_clause);
    clause_ends || tokens.get(end).is_none_or(|next| is_function_word(&next.text))
}

/// Whether a word says what a number before it counts, and it is no money.
fn is_counted(word: &str) -> bool {
    const COUNTED: [&str; 20] = [
        "cc", "cm", "credits", "degrees", "f", "gpa", "inches", "kg", "lb", "lbs", "mcg", "mg", "min", "minutes", "ml", "mm", "percent",
        "points", "times", "units",
    ];
    COUNTED.contains(&word) || periods_in_a_year(word).is_some()
}

fn periods_in_a_year(word: &str) -> Option<f64> {
    match word {
        "hour" | "hourly" | "hr" | "hrs" | "hours" => Some(HOURS),
        "week" | "weekly" => Some(WEEKS),
        "month" | "monthly" => Some(MONTHS),
        "year" | "yearly" | "yr" | "annual" | "annually" => Some(1.0),
        _ => None,
    }
}

fn push(named: &mut Values, facet: &str, value: &str) {
    let values = named.entry(FacetId::from(facet)).or_default();
    let value = ValueId::from(value);
    if !values.contains(&value) {
        values.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokens;

    fn hourly(text: &str) -> Vec<String> {
        amounts(&tokens(text)).iter().map(|amount| format!("{:.2}", amount.hourly)).collect()
    }

    #[test]
    fn wages_are_read_in_every_form() {
        for (text, wages) in [
            ("is $24 an hour good", vec!["24.00"]),
            ("18.50/hr ok?", vec!["18.50"]),
            ("19 an hour or 21 hourly", vec!["19.00", "21.00"]),
            ("50k", vec!["24.04"]),
            ("$45,690 a year", vec!["21.97"]),
            ("$45,690", vec!["21.97"]),
            ("3500 a month", vec!["20.19"]),
            ("16 dollars", vec!["16.00"]),
            ("is 21.50 fair", vec!["21.50"]),
            ("offered 17.50 in san antonio", vec!["17.50"]),
            ("800 weekly", vec!["20.00"]),
            ("how many hours to make 50000", vec!["24.04"]),
            ("they offered about 45,690", vec!["21.97"]),
            ("is $19 fine for an MA", vec!["19.00"]),
            ("is $18 enough to pay rent", vec!["18.00"]),
            ("$20 at the cost of living here", vec!["20.00"]),
            ("offers of 19 and 21.50", vec!["19.00", "21.50"]),
            ("$18 or 20 in tampa", vec!["18.00", "20.00"]),
            ("from 17 to 19 an hour", vec!["17.00", "19.00"]),
            ("19.50 vs 21", vec!["19.50", "21.00"]),
            ("why does one make 18 and another 27", vec!["18.00"]),
            ("they offered me 20", vec!["20.00"]),
        ] {
            assert_eq!(hourly(text), wages, "{text}");
        }
    }

    #[test]
    fn what_is_counted_beside_a_wage_is_none() {
        for text in ["$19 and 10 days off", "$19 and 40 hours a week", "$19 or 2 more", "$19 and 12 patients an hour"] {
            assert_eq!(hourly(text), ["19.00"], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_wages() {
        for text in [
            "in 2018",
            "160 hours of externship",
            "a 10 hour shift",
            "2 years",
            "a $125 exam fee",
            "1,000 hours",
            "b12",
            "37.50 hours of training",
            "my gpa is 3.50",
            "10.32.12",
            "it was 98.60 degrees",
            "0 an hour",
            "$",
            "5 a day",
            "i have 15k student loans",
            "the exam fee is $90",
            "tuition of $21,000 for a program",
            "zip code 45690",
            "between 19 and 21 years old",
            "they make 20 beds and pay for 30 students",
            "we made 12 mistakes",
        ] {
            assert_eq!(hourly(text), Vec::<String>::new(), "{text}");
        }
    }
}
