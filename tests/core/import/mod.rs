//! A new release comes in whole or not at all, and leaves the file as an editor wrote it.

mod command;
mod other_layouts;
mod states;
mod values;

use std::sync::LazyLock;

use mabel::import::oews::{Column, Kind, LAYOUTS, Layout};
use mabel::import::plan::{Order, Plan};
use mabel::knowledge::files::File;
use mabel::knowledge::{Cell, Fault, Knowledge, Row, Table, files, load};

const SOURCE: &str = r#"
[[source]]
id = "bls-oews-2026"
title = "Occupational Employment and Wage Statistics, May 2026"
publisher = "US Bureau of Labor Statistics"
url = "https://www.bls.gov/oes/tables.htm"
as_of = 2027-05-15
kind = "statistics"
trust = "high"
"#;

/// The shipped knowledge, with a source for the next release.
static SHIPPED: LazyLock<(Knowledge, Vec<File>)> = LazyLock::new(|| {
    let mut files = files::shipped();
    files.push(("sources/next.toml".to_owned(), SOURCE.to_owned()));
    (load::load(&files).unwrap().0, files)
});

/// The same after the states of the next release have come in: other files of a release follow those.
static NEXT: LazyLock<(Knowledge, Vec<File>)> = LazyLock::new(|| {
    let (knowledge, files) = &*SHIPPED;
    let text = release("pay_by_state", "May 2026", 1.03);
    after(&Plan::new(&order(&text), knowledge, files).unwrap(), files)
});

/// The knowledge after a plan.
fn after(plan: &Plan, files: &[File]) -> (Knowledge, Vec<File>) {
    let new = |name: &str| plan.files.iter().find(|(other, _)| other == name);
    let files: Vec<File> = files.iter().map(|file| new(&file.0).unwrap_or(file).clone()).collect();
    (load::load(&files).unwrap().0, files)
}

/// A file of those, as text.
fn file<'files>(files: &'files [File], name: &str) -> &'files str {
    &files.iter().find(|(other, _)| other == name).unwrap().1
}

fn layout(table: &str) -> &'static Layout {
    LAYOUTS.iter().find(|layout| layout.table == table).unwrap()
}

/// The figures that ship for a table, as a file of that release with every wage and job count times `factor`.
fn release(table: &str, month: &str, factor: f64) -> String {
    let (knowledge, _) = &*SHIPPED;
    let (layout, table) = (layout(table), &knowledge.tables[table]);
    let columns = header(layout);
    let key: Vec<&str> = layout.names.into_iter().chain([layout.key]).collect();
    let names: Vec<&str> = columns.iter().map(|column| column.header).collect();
    let mut lines = vec![format!("{},release,{},url", key.join(","), names.join(","))];
    let mut line = |names: &[String], table: &Table, row: &Row| {
        let cells: Vec<String> = columns
            .iter()
            .map(|column| table.cell(row, column.name).map_or_else(String::new, |cell| times(column, cell, factor)))
            .collect();
        lines.push(format!("{},{month},{},https://example.org/", names.join(","), cells.join(",")));
    };
    if let Some(nation) = layout.nation {
        let history = &knowledge.tables["pay_history"];
        let row = history.rows.iter().find(|row| row.keys[0].as_str() == "2025").unwrap();
        line(&key.iter().map(|_| nation.to_owned()).collect::<Vec<_>>(), history, row);
    }
    let mut seen = Vec::new();
    for value in &knowledge.facet(table.keys[0].as_str()).unwrap().values {
        let Some(row) = table.rows.iter().find(|row| row.keys[0] == value.id) else { continue };
        let mut names = vec![format!("\"{}\"", value.name)];
        if layout.names.is_some() {
            let Some(code) = &value.code else { continue };
            names.push(code.clone());
        } else {
            names[0].clone_from(&value.name);
        }
        if !seen.contains(&names[names.len() - 1]) {
            seen.push(names[names.len() - 1].clone());
            line(&names, table, row);
        }
    }
    lines.join("\n") + "\n"
}

/// The columns of a file; confidence follows from another.
fn header(layout: &Layout) -> Vec<&'static Column> {
    layout.columns().filter(|column| !matches!(column.kind, Kind::LowAbove(_))).collect()
}

fn times(column: &Column, cell: &Cell, factor: f64) -> String {
    match (column.kind, cell) {
        (Kind::Amount(decimals), Cell::Number(figure)) => format!("{:.decimals$}", figure * factor),
        _ => column.written(cell),
    }
}

fn order(text: &str) -> Order<'_> {
    Order { file: "new.csv", text, table: None, history: "pay_history", source: None, drop_missing: false }
}

fn plan(text: &str) -> Result<Plan, Vec<Fault>> {
    Plan::new(&order(text), &SHIPPED.0, &SHIPPED.1).map_err(|faults| faults.0)
}

/// A plan once the states of May 2026 are in.
fn next(text: &str) -> Result<Plan, Vec<Fault>> {
    Plan::new(&order(text), &NEXT.0, &NEXT.1).map_err(|faults| faults.0)
}

#[track_caller]
fn refused(plan: &Result<Plan, Vec<Fault>>, line: usize, what: &str, mend: &str) {
    let Err(faults) = plan else { panic!("a release was taken that lacks: {what}") };
    let Some(fault) = faults.iter().find(|fault| fault.what.contains(what)) else { panic!("no fault says {what:?}: {faults:#?}") };
    assert_eq!((fault.place.file.as_str(), fault.place.line), ("new.csv", line), "{fault}");
    assert!(fault.mend.contains(mend), "{fault}");
}

/// A text with one put for another, once.
#[track_caller]
fn swapped(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old:?} is not there");
    text.replacen(old, new, 1)
}

/// The line of a file that begins so, counted from 1.
fn line_of(text: &str, beginning: &str) -> usize {
    text.lines().position(|line| line.starts_with(beginning)).unwrap() + 1
}
