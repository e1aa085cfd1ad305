//! Facts in rows: what a table is made of.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{AsOf, Confidence, FacetId, Place, SourceId, TableId, ValueId, Values};

/// What a column of a table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// Whether a row may leave it out.
    pub optional: bool,
}

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A number.
    Number,
    /// A text.
    Text,
    /// A date.
    Date,
    /// One of these texts.
    Choice(Vec<String>),
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A date.
    Date(AsOf),
}

/// Facts in rows, keyed by facets.
#[derive(Debug)]
pub struct Table {
    /// Its id.
    pub id: TableId,
    /// What it is called.
    pub title: String,
    /// The facets that key a row.
    pub keys: Vec<FacetId>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Template for rows found.
    pub answer: Option<String>,
    /// Template for a row that does not exist.
    pub missing: Option<String>,
    /// Templates for all rows over one key, by the key that a question leaves open.
    pub summaries: BTreeMap<FacetId, String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Where it is defined.
    pub place: Place,
}

/// One row of a table.
#[derive(Debug)]
pub struct Row {
    /// The values of the table's keys, in their order.
    pub keys: Vec<ValueId>,
    /// The cells, in the order of the table's columns; `None` where left out.
    pub cells: Vec<Option<Cell>>,
    /// Where the fact is from.
    pub source: SourceId,
    /// When it was true.
    pub as_of: AsOf,
    /// When to look again.
    pub review_by: Option<Date>,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// Where it is defined.
    pub place: Place,
}

impl Table {
    /// What a question names that is about a row.
    #[must_use]
    pub fn values(&self, row: &Row) -> Values {
        self.keys.iter().cloned().zip(row.keys.iter().map(|key| vec![key.clone()])).collect()
    }

    /// The row of those keys, one value for each key of the table and no others.
    #[must_use]
    pub fn the_row(&self, keys: &Values) -> Option<&Row> {
        let wanted = self.keys.iter().map(|key| match keys.get(key)?.as_slice() {
            [only] => Some(only),
            _ => None,
        });
        let wanted = wanted.collect::<Option<Vec<&ValueId>>>().filter(|wanted| wanted.len() == keys.len())?;
        self.rows.iter().find(|row| row.keys.iter().eq(wanted.iter().copied()))
    }
}
