//! What templates may call: filters for figures and lists, functions over tables.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Kwargs, Rest, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Value};

/// Rows as template values, by table.
pub(super) type Tables = BTreeMap<String, Vec<Value>>;

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
pub(super) fn add_functions(environment: &mut Environment<'static>, tables: &Arc<Tables>) {
    let table = |tables: &Tables, name: &str| {
        tables.get(name).cloned().ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("there is no table `{name}`")))
    };
    let known = Arc::clone(tables);
    environment.add_function("lookup", move |name: String, wanted: Kwargs| -> Result<Value, Error> {
        Ok(select(table(&known, &name)?, &wanted)?.into_iter().next().unwrap_or_default())
    });
    let known = Arc::clone(tables);
    environment.add_function("lookup_all", move |name: String, wanted: Kwargs| -> Result<Value, Error> {
        Ok(select(table(&known, &name)?, &wanted)?.into_iter().collect())
    });
    let known = Arc::clone(tables);
    environment.add_function("count", move |name: String, wanted: Kwargs| -> Result<usize, Error> {
        Ok(select(table(&known, &name)?, &wanted)?.len())
    });
    for (function, descending) in [("top", true), ("bottom", false)] {
        let known = Arc::clone(tables);
        environment.add_function(function, move |name: String, column: String, rest: Rest<usize>| -> Result<Value, Error> {
            let mut rows = ranked(table(&known, &name)?, &column, descending)?;
            rows.truncate(rest.first().copied().unwrap_or(5));
            Ok(rows.into_iter().collect())
        });
    }
    environment.add_function("standing", |row: Value, columns: String, amount: f64| standing(&row, &columns, amount));
    let known = Arc::clone(tables);
    environment.add_function("rank", move |name: String, column: String, row: Value| -> Result<usize, Error> {
        let own = number(&row, &column)?;
        let mut higher = 0;
        for other in ranked(table(&known, &name)?, &column, true)? {
            higher += usize::from(number(&other, &column)? > own);
        }
        Ok(higher + 1)
    });
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
fn select(rows: Vec<Value>, wanted: &Kwargs) -> Result<Vec<Value>, Error> {
    let names: Vec<String> = wanted.args().map(str::to_owned).collect();
    let mut wants = Vec::with_capacity(names.len());
    for name in names {
        let want: Value = wanted.get(&name)?;
        // A facet's value may be given whole: `lookup("pay", state=state)`.
        let id = want.get_attr("id").unwrap_or_default();
        wants.push((name, if id.is_undefined() { want } else { id }));
    }
    let mut found = Vec::new();
    for row in rows {
        let mut fits = true;
        for (name, want) in &wants {
            let cell = row.get_attr(name)?;
            let cell = if cell.kind() == ValueKind::Seq { cell.get_item_by_index(0)?.get_attr("id")? } else { cell };
            fits &= cell == *want;
        }
        if fits {
            found.push(row);
        }
    }
    Ok(found)
}

fn ranked(rows: Vec<Value>, column: &str, descending: bool) -> Result<Vec<Value>, Error> {
    let mut numbered = Vec::new();
    for row in rows {
        if !row.get_attr(column)?.is_undefined() {
            numbered.push((number(&row, column)?, row));
        }
    }
    numbered.sort_by(|left, right| if descending { right.0.total_cmp(&left.0) } else { left.0.total_cmp(&right.0) });
    Ok(numbered.into_iter().map(|(_, row)| row).collect())
}

fn number(row: &Value, column: &str) -> Result<f64, Error> {
    f64::try_from(row.get_attr(column)?)
        .map_err(|_| Error::new(ErrorKind::InvalidOperation, format!("the column `{column}` holds no number")))
}
