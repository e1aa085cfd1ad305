//! What templates may call: filters for figures and lists, functions over tables.

use std::sync::Arc;

use minijinja::value::{Kwargs, Rest};
use minijinja::{Environment, Error, ErrorKind, Value};

use super::seen::{Seen, SeenRow};

/// How many rows `top` and `bottom` return where a template does not say.
const RANKED: usize = 5;

/// "a, b and c".
#[must_use]
pub(super) fn join_and(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Adds the filters for figures and lists.
pub(super) fn add_filters(environment: &mut Environment<'static>) {
    environment.add_filter("usd", |amount: f64| {
        let cents = amount.fract().abs() > 0.004 || amount.abs() < 1000.0;
        format!("{}${}", if amount < 0.0 { "-" } else { "" }, grouped(amount.abs(), if cents { 2 } else { 0 }))
    });
    environment.add_filter("number", |number: f64| grouped(number, usize::from(number.fract() != 0.0)));
    environment.add_filter("signed", |number: f64| format!("{}{}", if number < 0.0 { "-" } else { "+" }, grouped(number.abs(), 1)));
    environment.add_filter("list", |items: Vec<String>| join_and(&items.iter().map(String::as_str).collect::<Vec<_>>()));
    environment.add_filter("sentence", |text: String| sentence(&text));
    environment.add_filter("date", |text: String| text.parse::<crate::knowledge::AsOf>().map_or(text, |date| date.to_string()));
}

/// A number with thousands set apart: 45690 is "45,690".
fn grouped(number: f64, decimals: usize) -> String {
    let plain = format!("{number:.decimals$}");
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) && digit.is_ascii_digit() && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

/// The text with a capital at its beginning and a full stop at its end.
#[must_use]
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    let stop = if text.is_empty() || text.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    format!("{}{stop}", capital(text))
}

/// The text with a capital at its beginning.
#[must_use]
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

/// Adds the functions over tables.
pub(super) fn add_functions(environment: &mut Environment<'static>, seen: &Arc<Seen>) {
    let known = Arc::clone(seen);
    environment.add_function("lookup", move |name: String, wanted: Kwargs| -> Result<Value, Error> {
        Ok(select(rows(&known, &name)?, &wanted)?.next().map(shown).unwrap_or_default())
    });
    let known = Arc::clone(seen);
    environment.add_function("lookup_all", move |name: String, wanted: Kwargs| -> Result<Value, Error> {
        Ok(select(rows(&known, &name)?, &wanted)?.map(shown).collect())
    });
    let known = Arc::clone(seen);
    environment.add_function("count", move |name: String, wanted: Kwargs| -> Result<usize, Error> {
        Ok(select(rows(&known, &name)?, &wanted)?.count())
    });
    for (function, descending) in [("top", true), ("bottom", false)] {
        let known = Arc::clone(seen);
        environment.add_function(function, move |name: String, column: String, rest: Rest<usize>| -> Result<Value, Error> {
            let most = rest.first().copied().unwrap_or(RANKED);
            Ok(ranked(rows(&known, &name)?, &column, descending, most)?.into_iter().map(shown).collect())
        });
    }
    environment.add_function("standing", |row: Value, columns: String, amount: f64| standing(&row, &columns, amount));
    let known = Arc::clone(seen);
    environment.add_function("rank", move |name: String, column: String, row: Value| -> Result<usize, Error> {
        let own = number(&row, &column)?;
        let mut place = 1;
        for row in rows(&known, &name)? {
            place += usize::from(cell(row, &column)?.is_some_and(|other| other > own));
        }
        Ok(place)
    });
}

fn rows<'seen>(seen: &'seen Seen, table: &str) -> Result<&'seen [Arc<SeenRow>], Error> {
    let found = seen.table(table).map(|table| table.rows.as_slice());
    found.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("there is no table `{table}`")))
}

fn shown(row: &Arc<SeenRow>) -> Value {
    Value::from_dyn_object(Arc::clone(row))
}

/// Where an amount stands among the percentiles of a row: `columns` is the beginning of their names, "hourly" for `hourly_p10`.
fn standing(row: &Value, columns: &str, amount: f64) -> Result<String, Error> {
    const STEPS: [(&str, &str); 5] = [
        ("p10", "the 10th percentile"),
        ("p25", "the 25th percentile"),
        ("median", "the median"),
        ("p75", "the 75th percentile"),
        ("p90", "the 90th percentile"),
    ];
    let mut below: Option<&str> = None;
    for (column, name) in STEPS {
        let step = number(row, &format!("{columns}_{column}"))?;
        if (amount - step).abs() < 0.005 {
            return Ok(format!("at {name}"));
        }
        if amount < step {
            return Ok(below.map_or_else(|| format!("below {name}"), |below| format!("between {below} and {name}")));
        }
        below = Some(name);
    }
    Ok(format!("above {}", STEPS[4].1))
}

/// The rows whose keys and columns are as wanted.
fn select<'rows>(rows: &'rows [Arc<SeenRow>], wanted: &Kwargs) -> Result<impl Iterator<Item = &'rows Arc<SeenRow>>, Error> {
    let mut wants: Vec<(String, Value)> = Vec::new();
    for name in wanted.args() {
        let want: Value = wanted.peek(name)?;
        // A facet's value may be given whole: `lookup("pay", state=state)`.
        let id = want.get_attr("id").unwrap_or_default();
        wants.push((name.to_owned(), if id.is_undefined() { want } else { id }));
    }
    Ok(rows.iter().filter(move |row| wants.iter().all(|(name, want)| row.is(name, want))))
}

/// The rows with the highest numbers in a column, or the lowest; of equal ones the first of the table.
fn ranked<'rows>(rows: &'rows [Arc<SeenRow>], column: &str, descending: bool, most: usize) -> Result<Vec<&'rows Arc<SeenRow>>, Error> {
    let mut best: Vec<(f64, &Arc<SeenRow>)> = Vec::new();
    for row in rows {
        let Some(number) = cell(row, column)? else { continue };
        let before = |other: f64| if descending { other.total_cmp(&number).is_ge() } else { other.total_cmp(&number).is_le() };
        let at = best.partition_point(|(other, _)| before(*other));
        if at < most {
            best.truncate(most - 1);
            best.insert(at, (number, row));
        }
    }
    Ok(best.into_iter().map(|(_, row)| row).collect())
}

/// The number in a column of a row; none where it was left out.
fn cell(row: &Arc<SeenRow>, column: &str) -> Result<Option<f64>, Error> {
    row.get(column).map(|cell| f64::try_from(cell).map_err(|_| no_number(column))).transpose()
}

/// The number under that name of whatever a template calls a row.
fn number(row: &Value, column: &str) -> Result<f64, Error> {
    f64::try_from(row.get_attr(column)?).map_err(|_| no_number(column))
}

fn no_number(column: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("the column `{column}` holds no number"))
}
