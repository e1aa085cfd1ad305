//! `tables/*.toml`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::facets::plain;
use super::{CONFIDENCES, id, long_ago};
use crate::knowledge::reading::{Fields, number};
use crate::knowledge::{AsOf, Cell, Column, ColumnKind, Confidence, FacetId, Knowledge, Row, SourceId, Table, TableId, ValueId};

/// What a row takes from its table when it does not say otherwise.
#[derive(Clone, Default)]
struct Defaults {
    source: Option<String>,
    as_of: Option<AsOf>,
    review_by: Option<Date>,
    confidence: Option<Confidence>,
}

impl Defaults {
    fn read(fields: &mut Fields<'_, '_, '_>, otherwise: Option<&Defaults>) -> Self {
        let source = fields.optional_text("source").or_else(|| otherwise.and_then(|table| table.source.clone()));
        let as_of = fields.as_of("as_of").or_else(|| otherwise.and_then(|table| table.as_of));
        let review_by = fields.as_of("review_by").map(AsOf::first_day).or_else(|| otherwise.and_then(|table| table.review_by));
        let confidence = fields.choice("confidence", CONFIDENCES).or_else(|| otherwise.and_then(|table| table.confidence));
        Self { source, as_of, review_by, confidence }
    }
}

/// Reads one table with its rows.
pub(super) fn read(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    let Some(head) = fields.table("table") else {
        fields.fault("table", "the table [table] is missing", "add [table] with id, title, keys and columns");
        return;
    };
    let top_level = fields.tables("row");
    let Some(mut head) = Fields::open_value(fields.document(), head, "table") else { return };
    let table_id = TableId::from(id(&mut head).as_str());
    let mut table = Table {
        id: table_id.clone(),
        title: head.text("title"),
        keys: plain(head.texts("keys")).iter().map(|key| FacetId::from(key.as_str())).collect(),
        columns: columns(&mut head),
        answer: head.optional_text("answer"),
        missing: head.optional_text("missing"),
        summaries: BTreeMap::new(),
        rows: Vec::new(),
        place: head.place(),
    };
    table.summaries = summaries(&mut head, &table.keys);
    if table.keys.is_empty() {
        head.fault("keys", "`keys` names no facet", "write keys = [\"state\"], the facets that tell rows apart");
    }
    if knowledge.tables.contains_key(&table_id) {
        head.fault("id", "another file defines this table", "give one of the two tables another id");
    }
    let defaults = Defaults::read(&mut head, None);
    // `row = [ … ]` written below [table] belongs to it; `[[row]]` stands beside it. Both are rows.
    let inside = head.tables("row");
    head.finish();
    for value in inside.into_iter().chain(top_level) {
        if let Some(row) = read_row(fields, value, &table, &defaults) {
            table.rows.push(row);
        }
    }
    knowledge.tables.insert(table_id, table);
}

fn columns(head: &mut Fields<'_, '_, '_>) -> Vec<Column> {
    let Some(value) = head.table("columns") else {
        head.fault("columns", "`columns` is missing", "write columns = { name = \"number\", note = \"text?\" }");
        return Vec::new();
    };
    let Some(mut fields) = Fields::open_value(head.document(), value, "columns") else { return Vec::new() };
    let mut columns = Vec::new();
    for (name, value) in fields.everything() {
        let (kind, optional) = match value.value {
            DeValue::String(text) => {
                let (word, optional) = text.strip_suffix('?').map_or((text.as_ref(), false), |word| (word, true));
                let kind = match word {
                    "number" => ColumnKind::Number,
                    "text" => ColumnKind::Text,
                    "date" => ColumnKind::Date,
                    _ => {
                        fields.fault(
                            &name,
                            format!("a column cannot hold \"{word}\""),
                            "use number, text, date or a list of the values allowed",
                        );
                        continue;
                    }
                };
                (kind, optional)
            }
            DeValue::Array(items) => {
                (ColumnKind::Choice(items.iter().filter_map(|item| item.get_ref().as_str().map(str::to_owned)).collect()), false)
            }
            _ => {
                fields.fault(&name, "a column needs a kind", "use number, text, date or a list of the values allowed");
                continue;
            }
        };
        columns.push(Column { name, kind, optional });
    }
    columns
}

/// `summary = { key = "template" }`: what is said where a question leaves that key open.
fn summaries(head: &mut Fields<'_, '_, '_>, keys: &[FacetId]) -> BTreeMap<FacetId, String> {
    let mut summaries = BTreeMap::new();
    let Some(value) = head.table("summary") else { return summaries };
    let Some(mut fields) = Fields::open_value(head.document(), value, "table.summary") else { return summaries };
    for (name, value) in fields.everything() {
        let key = FacetId::from(name.as_str());
        match value.value.as_str() {
            _ if !keys.contains(&key) => {
                let known = keys.iter().map(FacetId::as_str).collect::<Vec<_>>().join(", ");
                fields.fault(&name, format!("the table has no key `{name}`"), format!("name the key that a question leaves open: {known}"));
            }
            Some(template) if !template.trim().is_empty() => {
                summaries.insert(key, template.trim().to_owned());
            }
            _ => fields.fault(&name, format!("`{name}` must be a template"), format!("write {name} = \"\"\"…\"\"\"")),
        }
    }
    summaries
}

fn read_row<'text>(fields: &mut Fields<'_, 'text, '_>, value: &Spanned<DeValue<'text>>, table: &Table, defaults: &Defaults) -> Option<Row> {
    const STANDING: [&str; 4] = ["source", "as_of", "review_by", "confidence"];
    let mut row = Fields::open_value(fields.document(), value, "row")?;
    let own = Defaults::read(&mut row, Some(defaults));
    let mut keys = vec![String::new(); table.keys.len()];
    let mut cells: Vec<Option<Cell>> = vec![None; table.columns.len()];
    for (name, value) in row.everything() {
        if let Some(index) = table.keys.iter().position(|key| key.as_str() == name) {
            if let Some(text) = value.value.as_str() {
                text.clone_into(&mut keys[index]);
            } else {
                row.fault(&name, format!("key `{name}` must be text"), "put the value's id in quotes");
            }
        } else if let Some(index) = table.columns.iter().position(|column| column.name == name) {
            cells[index] = cell(&mut row, &table.columns[index], value.value);
        } else if !STANDING.contains(&name.as_str()) {
            let known = table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
            row.fault(&name, format!("the table has no column `{name}`"), format!("name it in `columns`, or use one of: {known}"));
        }
    }
    row.rename(format!("row {}", keys.join(" ")));
    for (key, value) in table.keys.iter().zip(&keys) {
        if value.is_empty() {
            row.fault(key.as_str(), format!("key `{key}` is missing"), format!("add {key} = \"…\""));
        }
    }
    for (column, cell) in table.columns.iter().zip(&cells) {
        if cell.is_none() && !column.optional && !row.has(&column.name) {
            row.fault(&column.name, format!("`{}` is missing", column.name), "add it, or mark the column with \"?\"");
        }
    }
    for (name, missing) in [("source", own.source.is_none()), ("as_of", own.as_of.is_none()), ("confidence", own.confidence.is_none())] {
        if missing && !row.has(name) {
            row.fault(name, format!("neither the row nor its table has `{name}`"), format!("add {name} to the row or the table"));
        }
    }
    Some(Row {
        keys: keys.iter().map(|key| ValueId::from(key.as_str())).collect(),
        cells,
        source: SourceId::from(own.source.as_deref().unwrap_or_default()),
        as_of: own.as_of.unwrap_or_else(long_ago),
        review_by: own.review_by,
        confidence: own.confidence.unwrap_or(Confidence::Low),
        place: row.place(),
    })
}

fn cell(row: &mut Fields<'_, '_, '_>, column: &Column, value: &DeValue<'_>) -> Option<Cell> {
    let name = column.name.as_str();
    let read = match (&column.kind, value) {
        (ColumnKind::Number, _) => number(value).map(Cell::Number),
        (ColumnKind::Text, DeValue::String(text)) => Some(Cell::Text(text.trim().to_owned())),
        (ColumnKind::Date, DeValue::String(text)) => text.parse().ok().map(Cell::Date),
        (ColumnKind::Date, DeValue::Datetime(date)) => date.to_string().parse().ok().map(Cell::Date),
        (ColumnKind::Choice(allowed), DeValue::String(text)) if allowed.iter().any(|choice| choice == text) => {
            Some(Cell::Text(text.to_string()))
        }
        _ => None,
    };
    if read.is_none() {
        let mend = match &column.kind {
            ColumnKind::Number => "write a number, without quotes".to_owned(),
            ColumnKind::Text => "write text in quotes".to_owned(),
            ColumnKind::Date => "write a date: 2026-11-21, \"2024-11\" or \"c. 2021\"".to_owned(),
            ColumnKind::Choice(allowed) => format!("use one of: {}", allowed.join(", ")),
        };
        row.fault(name, format!("column `{name}` cannot hold this"), mend);
    }
    read
}
