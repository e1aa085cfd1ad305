//! The files as they would be.

use super::targets::Target;
use super::{Difference, Fate, Plan};
use crate::import::Month;
use crate::import::oews::{Column, Figures, Release};
use crate::import::table_file::{Edit, TableFile};
use crate::knowledge::files::File;
use crate::knowledge::{Cell, Fault, Faults, Knowledge, Place, Row, Table, load};

impl Plan {
    /// Makes every difference in the text of the two tables.
    pub(super) fn rewrite(
        &mut self,
        release: &Release,
        source: &str,
        target: &Target<'_>,
        history: &Target<'_>,
        files: &[File],
    ) -> Result<(), Faults> {
        let mut file = open(target.table, files)?;
        for row in &self.rows {
            let figures = release.rows.iter().find(|(value, _)| value.as_str() == row.key).map(|(_, figures)| figures);
            self.apply(&mut file, target, row, figures);
        }
        if self.to > self.from {
            let (apart, renewed): (Vec<&Row>, Vec<&Row>) =
                target.table.rows.iter().partition(|row| self.remarks.apart.iter().any(|key| key == row.keys[0].as_str()));
            pin(&mut file, target, &apart);
            // What a row says of its own about its source and date was said of the figures it had.
            for row in renewed {
                file.change(target.key(), row.keys[0].as_str(), &[("source", None), ("as_of", None)]);
            }
        }
        advance(&mut file, source, self.from, self.to);
        self.keep(target.table, file, files);
        if self.layout.nation.is_none() {
            return Ok(());
        }
        let mut file = open(history.table, files)?;
        let newest = history.newest().unwrap_or(self.to);
        if self.to > newest {
            pin(&mut file, history, &history.table.rows.iter().collect::<Vec<_>>());
        }
        if let Some(row) = &self.nation {
            self.apply(&mut file, history, row, release.nation.as_ref());
        }
        if self.to >= newest {
            advance(&mut file, source, newest, self.to);
        }
        self.keep(history.table, file, files);
        Ok(())
    }

    /// Makes one difference in the text of a table.
    fn apply(&self, file: &mut TableFile, target: &Target<'_>, row: &Difference, figures: Option<&Figures>) {
        let cells = figures.map(|figures| figures.cells.as_slice()).unwrap_or_default();
        match row.fate {
            Fate::Changed => {
                let edits: Vec<Edit> = row.changes.iter().map(|change| edit(change.column, change.new.as_ref())).collect();
                file.change(target.key(), &row.key, &edits);
            }
            Fate::Added => {
                let given = self.layout.columns().zip(cells).filter(|(_, cell)| cell.is_some());
                let edits: Vec<Edit> = given.map(|(column, cell)| edit(column, cell.as_ref())).collect();
                let order: Vec<&str> = target.facet.values.iter().map(|value| value.id.as_str()).collect();
                file.add(target.key(), &row.key, &edits, &order);
            }
            Fate::Missing => file.remove(target.key(), &row.key),
        }
    }

    /// Notes a file if it came out another.
    fn keep(&mut self, table: &Table, file: TableFile, files: &[File]) {
        let (name, text) = (&table.place.file, file.into_text());
        if files.iter().any(|(other, old)| other == name && *old != text) {
            self.files.push((name.clone(), text));
        }
    }

    /// Loads the knowledge as it would be, and looks for texts that still name the old release. Tables that are to follow do
    /// so rightly.
    pub(super) fn hold_to_the_loader(&mut self, knowledge: &Knowledge, files: &[File]) -> Result<(), Faults> {
        let new = |name: &str| self.files.iter().find(|(other, _)| other == name);
        let files: Vec<File> = files.iter().map(|file| new(&file.0).unwrap_or(file).clone()).collect();
        load::load(&files)?;
        if self.to > self.from {
            let phrases = [self.from.to_string(), format!("year=\"{}\"", self.from.year)];
            let to_follow: Vec<&str> =
                self.remarks.to_follow.iter().filter_map(|id| Some(knowledge.tables.get(id.as_str())?.place.file.as_str())).collect();
            for (file, text) in files.iter().filter(|(file, _)| !to_follow.contains(&file.as_str())) {
                let lines = text.lines().enumerate().filter(|(_, line)| phrases.iter().any(|phrase| line.contains(phrase)));
                self.left_behind.extend(lines.map(|(index, _)| Place { file: file.clone(), line: index + 1 }));
            }
        }
        Ok(())
    }
}

/// Brings the head of a table to the new release.
fn advance(file: &mut TableFile, source: &str, from: Month, to: Month) {
    if file.head("source").is_some_and(|old| old != source) {
        file.set_head("source", &format!("\"{source}\""));
    }
    if to == from {
        return;
    }
    file.rename_release(from, to);
    file.set_head("as_of", &format!("\"{}\"", to.written()));
    let years = jiff::Span::new().years(to.year - from.year);
    let review_by = file.head("review_by").and_then(|date| date.parse::<jiff::civil::Date>().ok());
    if let Some(later) = review_by.and_then(|date| date.checked_add(years).ok()) {
        file.set_head("review_by", &later.to_string());
    }
}

/// A new value of a cell, as TOML.
fn edit(column: &Column, cell: Option<&Cell>) -> Edit {
    let text = cell.map(|cell| match cell {
        Cell::Number(_) => column.written(cell),
        Cell::Text(_) | Cell::Date(_) => toml_edit::Value::from(column.written(cell)).to_string(),
    });
    (column.name, text)
}

/// Lets rows that left their source and date to the table say them, before the table says others.
fn pin(file: &mut TableFile, target: &Target<'_>, rows: &[&Row]) {
    for row in rows {
        let standing = [("source", row.source.to_string()), ("as_of", row.as_of.written())];
        for (name, text) in standing {
            if !file.says(target.key(), row.keys[0].as_str(), name) {
                file.change(target.key(), row.keys[0].as_str(), &[(name, Some(format!("\"{text}\"")))]);
            }
        }
    }
}

/// The file of a table, open for changes.
fn open(table: &Table, files: &[File]) -> Result<TableFile, Faults> {
    let text = files.iter().find(|(name, _)| *name == table.place.file).map(|(_, text)| text.as_str()).unwrap_or_default();
    TableFile::open(text).map_err(|error| {
        let mend = "write the rows one a line: row = [ { … }, … ]";
        Faults(vec![Fault::error(table.place.clone(), format!("table {} cannot be rewritten: {error}", table.id), mend)])
    })
}
