//! A table keyed by two facets as a matrix: what is known of each pair, how surely, and where nothing is known.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::knowledge::{Cell, ColumnKind, Facet, Knowledge, Row, Table};

/// Whether a table can be shown as a matrix.
pub(super) fn is_matrix(table: &Table) -> bool {
    table.keys.len() == 2
}

/// The matrix of a table; none if there is no such table with two keys.
pub(super) fn matrix(knowledge: &Knowledge, id: &str, today: Date) -> Option<Value> {
    let table = knowledge.tables.get(id).filter(|table| is_matrix(table))?;
    let [first, second] = table.keys.as_slice() else { return None };
    let (first, second) = (knowledge.facet(first.as_str())?, knowledge.facet(second.as_str())?);
    // The longer facet runs down: a page scrolls that way.
    let turned = second.values.len() > first.values.len();
    let shown = column(table)?;
    let cells: Vec<Value> = table.rows.iter().map(|row| cell(knowledge, table, row, shown, turned, today)).collect();
    let marks = match &table.columns.get(shown)?.kind {
        ColumnKind::Choice(choices) => choices.clone(),
        _ => Vec::new(),
    };
    let (down, across) = if turned { (second, first) } else { (first, second) };
    Some(json!({
        "id": id, "title": table.title, "column": table.columns.get(shown)?.name, "marks": marks,
        "down": axis(down, table, usize::from(turned)), "across": axis(across, table, usize::from(!turned)), "cells": cells,
    }))
}

/// The column that is shown: the first that chooses among few values, else the first.
fn column(table: &Table) -> Option<usize> {
    let choice = table.columns.iter().position(|column| matches!(column.kind, ColumnKind::Choice(_)));
    choice.or_else(|| (!table.columns.is_empty()).then_some(0))
}

/// A facet's values that occur in the table, in the facet's order, and how many do not.
fn axis(facet: &Facet, table: &Table, key: usize) -> Value {
    let used: BTreeSet<&str> = table.rows.iter().filter_map(|row| row.keys.get(key)).map(crate::knowledge::ValueId::as_str).collect();
    let values = facet.values.iter().filter(|value| used.contains(value.id.as_str()));
    let values: Vec<Value> = values.map(|value| json!({"id": value.id.as_str(), "name": value.name})).collect();
    let unused: Vec<&str> =
        facet.values.iter().filter(|value| !used.contains(value.id.as_str())).map(|value| value.name.as_str()).collect();
    json!({"id": facet.id.as_str(), "name": facet.name, "values": values, "unused": unused})
}

fn cell(knowledge: &Knowledge, table: &Table, row: &Row, shown: usize, turned: bool, today: Date) -> Value {
    let key = |index: usize| row.keys.get(index).map(crate::knowledge::ValueId::as_str);
    let texts =
        table.columns.iter().zip(&row.cells).filter_map(|(column, cell)| Some((column.name.clone(), json!(written(cell.as_ref()?)))));
    json!({
        "down": key(usize::from(turned)), "across": key(usize::from(!turned)),
        "value": row.cells.get(shown).and_then(Option::as_ref).map(written),
        "confidence": row.confidence.as_str(), "place": row.place.to_string(), "as_of": row.as_of.written(),
        "due": row.review_by.is_some_and(|day| day < today),
        "source": knowledge.sources.get(&row.source).map(|source| &source.title),
        "columns": texts.collect::<serde_json::Map<_, _>>(),
    })
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Date(date) => date.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::knowledge::{files, load};

    #[test]
    fn every_row_of_a_table_with_two_keys_is_a_cell_of_its_matrix() {
        let (knowledge, _) = load::load(&files::shipped()).unwrap();
        let tables: Vec<_> = knowledge.tables.values().filter(|table| is_matrix(table)).collect();
        assert!(!tables.is_empty());
        for table in tables {
            let matrix = matrix(&knowledge, table.id.as_str(), jiff::civil::date(2026, 11, 21)).unwrap();
            let ids = |axis: &str| -> BTreeSet<String> {
                matrix[axis]["values"].as_array().unwrap().iter().map(|value| value["id"].as_str().unwrap().to_owned()).collect()
            };
            let (down, across) = (ids("down"), ids("across"));
            let cells = matrix["cells"].as_array().unwrap();
            assert_eq!(cells.len(), table.rows.len(), "{}", table.id);
            for cell in cells {
                assert!(down.contains(cell["down"].as_str().unwrap()) && across.contains(cell["across"].as_str().unwrap()), "{cell}");
                assert!(cell["value"].is_string() && cell["place"].as_str().unwrap().contains(".toml:"), "{cell}");
            }
        }
    }

    #[test]
    fn other_tables_have_no_matrix() {
        let (knowledge, _) = load::load(&files::shipped()).unwrap();
        let today = jiff::civil::date(2026, 11, 21);
        let single = knowledge.tables.values().find(|table| table.keys.len() == 1).unwrap();
        assert!(matrix(&knowledge, single.id.as_str(), today).is_none() && matrix(&knowledge, "none", today).is_none());
    }
}
