//! What differs between a release and what the tables hold.

use super::targets::{Target, named};
use crate::import::oews::{Column, Figures, Kind, Layout, Release};
use crate::knowledge::{Cell, Confidence, Row, Table};

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Some of its figures change.
    Changed,
    /// It is new.
    Added,
    /// The file has no figures for it.
    Missing,
}

/// A cell before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The column.
    pub column: &'static Column,
    /// Before.
    pub old: Option<Cell>,
    /// After.
    pub new: Option<Cell>,
}

/// A row that does not stay as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Its key.
    pub key: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Its cells that change.
    pub changes: Vec<Change>,
}

impl Change {
    /// How far an amount moved, as a share of what it was; nothing where there is none on both sides. Measures leap from year to
    /// year and tell nothing.
    #[must_use]
    pub fn moved(&self) -> Option<f64> {
        match (self.column.kind, &self.old, &self.new) {
            (Kind::Amount(_), Some(Cell::Number(old)), Some(Cell::Number(new))) => Some((new / old - 1.0).abs()),
            _ => None,
        }
    }
}

/// Rows of the table that do not stay as they are, in the order of the facet.
pub(super) fn of_table(target: &Target<'_>, layout: &'static Layout, release: &Release) -> Vec<Difference> {
    let mut differences = Vec::new();
    for value in &target.facet.values {
        let row = target.row(&value.id);
        let figures = release.rows.iter().find(|(other, _)| *other == value.id).map(|(_, figures)| figures);
        let changes = changes(layout, |column| held(target.table, row?, column), figures);
        let fate = match (row, figures) {
            (Some(_), Some(_)) if !changes.is_empty() => Fate::Changed,
            (None, Some(_)) => Fate::Added,
            (Some(_), None) if named(layout, value) => Fate::Missing,
            _ => continue,
        };
        differences.push(Difference { key: value.id.to_string(), fate, changes });
    }
    differences
}

/// The nation's row of the release's year, if it does not stay as it is. Years before the newest are changed, never added.
pub(super) fn of_history(history: &Target<'_>, layout: &'static Layout, release: &Release) -> Option<Difference> {
    let figures = release.nation.as_ref()?;
    let year = release.month.year.to_string();
    let rows = &history.table.rows;
    let own = rows.iter().find(|row| row.keys[0].as_str() == year);
    if own.is_none() && history.newest().is_some_and(|newest| newest > release.month) {
        return None;
    }
    let before = own.or_else(|| rows.iter().max_by_key(|row| row.as_of));
    let changes = changes(layout, |column| held(history.table, before?, column), Some(figures));
    let fate = if own.is_some() { Fate::Changed } else { Fate::Added };
    (own.is_none() || !changes.is_empty()).then_some(Difference { key: year, fate, changes })
}

/// What a row holds in a column.
fn held(table: &Table, row: &Row, column: &Column) -> Option<Cell> {
    match column.kind {
        Kind::LowAbove(_) => (row.confidence == Confidence::Low).then(|| Cell::Text(row.confidence.as_str().to_owned())),
        _ => table.cell(row, column.name).cloned(),
    }
}

/// The cells that differ once they are written.
fn changes(layout: &'static Layout, old: impl Fn(&Column) -> Option<Cell>, new: Option<&Figures>) -> Vec<Change> {
    let after = |index: usize| new.and_then(|figures| figures.cells[index].clone());
    let all = layout.columns().enumerate().map(|(index, column)| Change { column, old: old(column), new: after(index) });
    let written = |column: &Column, cell: &Option<Cell>| cell.as_ref().map(|cell| column.written(cell));
    all.filter(|change| written(change.column, &change.old) != written(change.column, &change.new)).collect()
}
