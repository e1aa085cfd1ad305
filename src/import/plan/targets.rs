//! The tables an import goes to, and whether a release fits them.

use super::{Difference, Fate, Order};
use crate::import::Month;
use crate::import::oews::{Kind, LAYOUTS, Layout, Release};
use crate::knowledge::{Cell, ColumnKind, Facet, FacetValue, Fault, Faults, Knowledge, Row, Table, TableId, ValueId};

/// A table with one key, and the facet that keys it.
#[derive(Clone, Copy)]
pub(super) struct Target<'knowledge> {
    pub(super) table: &'knowledge Table,
    pub(super) facet: &'knowledge Facet,
}

/// The newest month that a row of a table is of.
pub(super) fn newest(table: &Table) -> Option<Month> {
    table.rows.iter().map(|row| Month::of(row.as_of)).max()
}

impl<'knowledge> Target<'knowledge> {
    /// The table `id`, which must have the columns of the layout.
    pub(super) fn find(order: &Order<'_>, knowledge: &'knowledge Knowledge, layout: &Layout, id: &str) -> Result<Self, Faults> {
        let target = Self::keyed(order, knowledge, id)?;
        target.has_columns(layout)?;
        Ok(target)
    }

    /// The table of years; a layout without the nation puts nothing into it.
    pub(super) fn history(order: &Order<'_>, knowledge: &'knowledge Knowledge, layout: &Layout) -> Result<Self, Faults> {
        let target = Self::keyed(order, knowledge, order.history)?;
        if layout.nation.is_some() {
            target.has_columns(layout)?;
        }
        Ok(target)
    }

    fn keyed(order: &Order<'_>, knowledge: &'knowledge Knowledge, id: &str) -> Result<Self, Faults> {
        let Some(table) = knowledge.tables.get(id) else {
            let known: Vec<&str> = knowledge.tables.keys().map(TableId::as_str).collect();
            let (what, mend) = (format!("there is no table `{id}` to import into"), format!("use one of: {}", known.join(", ")));
            return Err(Faults(vec![order.fault(0, what, mend)]));
        };
        let [key] = table.keys.as_slice() else {
            return Err(refused(table, format!("table {id} has {} keys", table.keys.len()), "import into a table with one key"));
        };
        match knowledge.facet(key.as_str()) {
            Some(facet) => Ok(Self { table, facet }),
            None => Err(refused(table, format!("there is no facet `{key}`"), "define it in facets/")),
        }
    }

    fn has_columns(self, layout: &Layout) -> Result<(), Faults> {
        let of_table = layout.columns().filter(|column| !matches!(column.kind, Kind::LowAbove(_))).map(|column| column.name);
        let lacking: Vec<&str> = of_table.filter(|name| self.table.columns.iter().all(|column| column.name != *name)).collect();
        if lacking.is_empty() {
            return Ok(());
        }
        let what = format!("table {} has no column {}", self.table.id, lacking.join(", "));
        Err(refused(self.table, what, "add the columns, or import into another table"))
    }

    /// The name of the facet that keys the table.
    pub(super) fn key(self) -> &'knowledge str {
        self.facet.id.as_str()
    }

    /// The row of a value.
    pub(super) fn row(self, value: &ValueId) -> Option<&'knowledge Row> {
        self.table.rows.iter().find(|row| row.keys[0] == *value)
    }

    pub(super) fn newest(self) -> Option<Month> {
        newest(self.table)
    }

    /// Rows of values without a code, where rows are found by code: no file speaks of them.
    pub(super) fn apart(self, layout: &Layout) -> Vec<String> {
        let apart = self.facet.values.iter().filter(|value| !named(layout, value) && self.row(&value.id).is_some());
        apart.map(|value| value.id.to_string()).collect()
    }

    /// A release of a layout without the nation needs the nation's row, which templates compare with.
    pub(super) fn has_year(self, order: &Order<'_>, layout: &Layout, month: Month, faults: &mut Vec<Fault>) {
        let year = month.year.to_string();
        if layout.nation.is_none() && !self.table.rows.iter().any(|row| row.keys[0].as_str() == year) {
            let what = format!("release: the table {} has no row for {year}, which these figures are compared with", self.table.id);
            let first = LAYOUTS.iter().find(|layout| layout.nation.is_some()).map(|layout| layout.rows).unwrap_or_default();
            faults.push(order.fault(2, what, format!("import the file of the {first} first: it brings the nation's figures")));
        }
    }

    /// The id of the new figures' source, which somebody has written down before: a source's page and date are never guessed.
    pub(super) fn source(self, order: &Order<'_>, knowledge: &Knowledge, (from, to): (Month, Month), faults: &mut Vec<Fault>) -> String {
        let newest = self.table.rows.iter().max_by_key(|row| row.as_of).map(|row| row.source.to_string()).unwrap_or_default();
        let source = order.source.map_or_else(|| newest.replace(&from.year.to_string(), &to.year.to_string()), str::to_owned);
        if from <= to && !knowledge.sources.contains_key(source.as_str()) {
            let what = format!("there is no source `{source}` for the figures of {to}");
            let mend = "add it to a file in sources/ with its title, page and date, or name another with --source";
            faults.push(order.fault(0, what, mend));
        }
        source
    }

    /// Takes rows out of the release that lack a figure the table must have, and tells those that are new. A row that the
    /// table holds is taken out only when told to.
    pub(super) fn fill(self, order: &Order<'_>, layout: &Layout, release: &mut Release, faults: &mut Vec<Fault>) -> Vec<String> {
        let must = |name: &str| self.table.columns.iter().any(|column| column.name == name && !column.optional);
        let brought = |name: &str| layout.columns().any(|column| column.name == name);
        let mut unpublished = Vec::new();
        release.rows.retain(|(value, figures)| {
            let mut cells = layout.columns().zip(&figures.cells);
            let Some((column, _)) = cells.find(|(column, cell)| cell.is_none() && must(column.name)) else { return true };
            if self.row(value).is_none() {
                unpublished.push(format!("{value} ({})", column.header));
                return false;
            }
            if !order.drop_missing {
                let what = format!("{value}: {} has no figure, and the table {} must have it", column.header, self.table.id);
                let mend = "fill the cell, or say --drop-missing where no figure was published: it takes the row out";
                faults.push(order.fault(figures.line, what, mend));
            }
            !order.drop_missing
        });
        let own = self.table.columns.iter().find(|column| !column.optional && !brought(&column.name));
        for (value, figures) in release.rows.iter().filter(|(value, _)| own.is_some() && self.row(value).is_none()) {
            let column = own.map(|column| column.name.as_str()).unwrap_or_default();
            let what = format!("{value} is new to the table {}, whose `{column}` no file brings", self.table.id);
            let mend = format!("write its row into {} by hand, with `{column}` and these figures, and import again", self.table.place.file);
            faults.push(order.fault(figures.line, what, mend));
        }
        unpublished
    }

    /// Words are among those that the table takes.
    pub(super) fn takes(self, order: &Order<'_>, layout: &Layout, release: &Release, faults: &mut Vec<Fault>) {
        for (value, figures) in &release.rows {
            for (column, cell) in layout.columns().zip(&figures.cells) {
                let taken = self.table.columns.iter().find(|other| other.name == column.name).map(|other| &other.kind);
                if let (Some(Cell::Text(word)), Some(ColumnKind::Choice(words))) = (cell, taken)
                    && !words.contains(word)
                {
                    let what = format!("{value}: {}: `{word}` is not what the table {} takes", column.header, self.table.id);
                    faults.push(order.fault(figures.line, what, format!("use one of: {}", words.join(", "))));
                }
            }
        }
    }

    /// No row of the table is missing, unless it may be.
    pub(super) fn complete(self, order: &Order<'_>, layout: &Layout, rows: &[Difference], faults: &mut Vec<Fault>) {
        let missing: Vec<&str> = rows.iter().filter(|row| row.fate == Fate::Missing).map(|row| row.key.as_str()).collect();
        if missing.is_empty() || order.drop_missing {
            return;
        }
        let mut mend = "complete the file, or say --drop-missing where no figures were published: it takes the rows out".to_owned();
        if layout.names.is_some() {
            mend.push_str("; a value whose code has changed gets the new one in ");
            mend.push_str(&self.facet.place.file);
        }
        faults.push(order.fault(0, format!("no row for {}, which the table {} holds", missing.join(", "), self.table.id), mend));
    }
}

/// Whether a row of the file can be that value's.
pub(super) fn named(layout: &Layout, value: &FacetValue) -> bool {
    layout.names.is_none() || value.code.is_some()
}

fn refused(table: &Table, what: String, mend: &str) -> Faults {
    Faults(vec![Fault::error(table.place.clone(), what, mend)])
}
