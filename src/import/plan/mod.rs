//! What an import would change, row by row, and the files as they would be.
//!
//! A plan is made whole or not at all: it is held to the loader before anybody sees it. See [`Plan::new`].

use super::Month;
use super::layout::{Edit, Layout};
use super::oews::{COLUMNS, Column, Figures, Release};
use crate::knowledge::files::File;
use crate::knowledge::{Cell, Facet, Fault, Faults, Knowledge, Place, Row, Table, load};

/// What is to be imported, and where to.
#[derive(Clone, Debug)]
pub struct Order<'input> {
    /// The file of the release, as messages name it.
    pub file: &'input str,
    /// Its text.
    pub text: &'input str,
    /// The table whose one key is the state.
    pub table: &'input str,
    /// The table whose one key is the year: where the nation's figures are kept.
    pub history: &'input str,
    /// The source of the new figures; without it, the table's, with the new year in its id.
    pub source: Option<&'input str>,
    /// Take out rows that the file has no figures for.
    pub drop_missing: bool,
}

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

/// A figure before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The column.
    pub column: &'static str,
    /// How many digits stand after the point.
    pub decimals: usize,
    /// Before.
    pub old: Option<f64>,
    /// After.
    pub new: Option<f64>,
}

/// A row that does not stay as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Its key.
    pub key: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Its figures that change.
    pub changes: Vec<Change>,
}

/// What an import would change.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The release the table is of.
    pub from: Month,
    /// The release of the file.
    pub to: Month,
    /// Rows of the table that do not stay as they are.
    pub rows: Vec<Difference>,
    /// How many rows stay.
    pub unchanged: usize,
    /// The nation's row, if it does not stay as it is; a new year is compared with the newest before it.
    pub nation: Option<Difference>,
    /// Territories of the file that the knowledge has no value for.
    pub left_out: Vec<String>,
    /// The files that change, as they would be.
    pub files: Vec<File>,
    /// Lines that still name the old release, once the files have changed.
    pub left_behind: Vec<Place>,
}

impl Plan {
    /// Plans an import into the knowledge of `files`, which is `knowledge`.
    ///
    /// # Errors
    /// Every fault of the release, of the tables it goes to, and of the knowledge as it would be.
    pub fn new(order: &Order<'_>, knowledge: &Knowledge, files: &[File]) -> Result<Self, Faults> {
        let (table, states) = target(order, knowledge, order.table)?;
        let (history, years) = target(order, knowledge, order.history)?;
        let release = super::oews::read(order.file, order.text, states)?;
        let from = table.rows.iter().map(|row| Month::of(row.as_of)).max().unwrap_or(release.month);
        let mut faults = Vec::new();
        if release.month < from {
            let what = format!("release: {} is older than {from}, which the table {} holds", release.month, table.id);
            faults.push(fault(order, 2, what, "import the newest release; older figures belong into the history table, by hand"));
        }
        let source = source(order, knowledge, table, (from, release.month), &mut faults);
        required(order, table, &release, &mut faults);
        let rows = differences(table, states, &release);
        let missing: Vec<&str> = rows.iter().filter(|row| row.fate == Fate::Missing).map(|row| row.key.as_str()).collect();
        if !missing.is_empty() && !order.drop_missing {
            let what = format!("no row for {}, which the table {} holds", missing.join(", "), table.id);
            let mend = "complete the file, or say --drop-missing where no figures were published";
            faults.push(fault(order, 0, what, mend));
        }
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let unchanged = table.rows.len() - rows.iter().filter(|row| row.fate != Fate::Added).count();
        let nation = nation(history, &release);
        let left_out = release.left_out.clone();
        let mut plan = Self { from, to: release.month, rows, unchanged, nation, left_out, files: Vec::new(), left_behind: Vec::new() };
        plan.rewrite(&release, &source, (table, states), (history, years), files)?;
        plan.hold_to_the_loader(files)?;
        Ok(plan)
    }

    /// Whether the import would leave everything as it is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many rows of the table have that fate.
    #[must_use]
    pub fn count(&self, fate: Fate) -> usize {
        self.rows.iter().filter(|row| row.fate == fate).count()
    }

    fn rewrite(
        &mut self,
        release: &Release,
        source: &str,
        (table, states): (&Table, &Facet),
        (history, years): (&Table, &Facet),
        files: &[File],
    ) -> Result<(), Faults> {
        let mut layout = open(table, files)?;
        let newer = self.to > self.from;
        for row in &self.rows {
            let figures = release.states.iter().find(|(state, _)| state.as_str() == row.key).map(|(_, figures)| figures);
            apply(&mut layout, states, row, figures);
        }
        if newer {
            // What a row says of its own about its source and date was said of the figures it had.
            for row in &table.rows {
                layout.change(states.id.as_str(), row.keys[0].as_str(), &[("source", None), ("as_of", None)]);
            }
        }
        self.advance(&mut layout, source);
        self.keep(table, layout, files);
        let mut layout = open(history, files)?;
        if newer {
            pin(&mut layout, history);
        }
        if let Some(row) = &self.nation {
            apply(&mut layout, years, row, Some(&release.nation));
        }
        self.advance(&mut layout, source);
        self.keep(history, layout, files);
        Ok(())
    }

    /// Brings the head of a table to the new release.
    fn advance(&self, layout: &mut Layout, source: &str) {
        if layout.head("source").is_some_and(|old| old != source) {
            layout.set_head("source", &format!("\"{source}\""));
        }
        if self.to == self.from {
            return;
        }
        layout.rename_release(self.from, self.to);
        layout.set_head("as_of", &format!("\"{}\"", self.to.written()));
        let years = jiff::Span::new().years(self.to.year - self.from.year);
        let review_by = layout.head("review_by").and_then(|date| date.parse::<jiff::civil::Date>().ok());
        if let Some(later) = review_by.and_then(|date| date.checked_add(years).ok()) {
            layout.set_head("review_by", &later.to_string());
        }
    }

    /// Notes a file if it came out another.
    fn keep(&mut self, table: &Table, layout: Layout, files: &[File]) {
        let (name, text) = (&table.place.file, layout.into_text());
        if files.iter().any(|(other, old)| other == name && *old != text) {
            self.files.push((name.clone(), text));
        }
    }

    /// Loads the knowledge as it would be.
    fn hold_to_the_loader(&mut self, files: &[File]) -> Result<(), Faults> {
        let new = |name: &str| self.files.iter().find(|(other, _)| other == name);
        let files: Vec<File> = files.iter().map(|file| new(&file.0).unwrap_or(file).clone()).collect();
        load::load(&files)?;
        if self.to > self.from {
            let phrases = [self.from.to_string(), format!("year=\"{}\"", self.from.year)];
            for (file, text) in &files {
                let lines = text.lines().enumerate().filter(|(_, line)| phrases.iter().any(|phrase| line.contains(phrase)));
                self.left_behind.extend(lines.map(|(index, _)| Place { file: file.clone(), line: index + 1 }));
            }
        }
        Ok(())
    }
}

fn fault(order: &Order<'_>, line: usize, what: impl Into<String>, mend: &str) -> Fault {
    Fault::error(Place { file: order.file.to_owned(), line }, what, mend)
}

/// A table with one key and all the columns, and the facet that keys it.
fn target<'knowledge>(
    order: &Order<'_>,
    knowledge: &'knowledge Knowledge,
    id: &str,
) -> Result<(&'knowledge Table, &'knowledge Facet), Faults> {
    let Some(table) = knowledge.tables.get(id) else {
        let known: Vec<&str> = knowledge.tables.keys().map(crate::knowledge::TableId::as_str).collect();
        return Err(Faults(vec![fault(
            order,
            0,
            format!("there is no table `{id}` to import into"),
            &format!("use one of: {}", known.join(", ")),
        )]));
    };
    let refuse = |what: String, mend: &str| Err(Faults(vec![Fault::error(table.place.clone(), what, mend)]));
    let [key] = table.keys.as_slice() else {
        return refuse(format!("table {id} has {} keys", table.keys.len()), "import into a table with one key");
    };
    let lacking: Vec<&str> =
        COLUMNS.iter().map(|column| column.name).filter(|name| table.columns.iter().all(|column| column.name != *name)).collect();
    if !lacking.is_empty() {
        return refuse(format!("table {id} has no column {}", lacking.join(", ")), "add the columns, or import into another table");
    }
    match knowledge.facet(key.as_str()) {
        Some(facet) => Ok((table, facet)),
        None => refuse(format!("there is no facet `{key}`"), "define it in facets/"),
    }
}

/// The id of the new figures' source, which somebody has written down before: a source's page and date are never guessed.
fn source(order: &Order<'_>, knowledge: &Knowledge, table: &Table, (from, to): (Month, Month), faults: &mut Vec<Fault>) -> String {
    let newest = table.rows.iter().max_by_key(|row| row.as_of).map(|row| row.source.to_string()).unwrap_or_default();
    let source = order.source.map_or_else(|| newest.replace(&from.year.to_string(), &to.year.to_string()), str::to_owned);
    if from <= to && !knowledge.sources.contains_key(source.as_str()) {
        let what = format!("there is no source `{source}` for the figures of {to}");
        let mend = "add it to a file in sources/ with its title, page and date, or name another with --source";
        faults.push(fault(order, 0, what, mend));
    }
    source
}

/// Columns that the table wants filled are filled.
fn required(order: &Order<'_>, table: &Table, release: &Release, faults: &mut Vec<Fault>) {
    for (state, figures) in &release.states {
        for (column, cell) in COLUMNS.iter().zip(&figures.cells) {
            if cell.is_none() && table.columns.iter().any(|wanted| wanted.name == column.name && !wanted.optional) {
                let what = format!("{state}: {} is empty, and the table {} must have it", column.header, table.id);
                faults.push(fault(order, figures.line, what, "fill the cell, or take the row out"));
            }
        }
    }
}

fn number(table: &Table, row: &Row, column: &str) -> Option<f64> {
    match table.cell(row, column) {
        Some(Cell::Number(number)) => Some(*number),
        _ => None,
    }
}

/// The figures that differ.
fn changes(old: impl Fn(&str) -> Option<f64>, new: Option<&Figures>) -> Vec<Change> {
    let after = |index: usize| new.and_then(|figures| figures.cells[index]);
    let all = COLUMNS.iter().enumerate().map(|(index, column)| Change {
        column: column.name,
        decimals: column.decimals,
        old: old(column.name),
        new: after(index),
    });
    all.filter(|change| change.written(change.old) != change.written(change.new)).collect()
}

fn differences(table: &Table, states: &Facet, release: &Release) -> Vec<Difference> {
    let mut differences = Vec::new();
    for value in &states.values {
        let row = table.rows.iter().find(|row| row.keys[0] == value.id);
        let figures = release.states.iter().find(|(state, _)| *state == value.id).map(|(_, figures)| figures);
        let changes = changes(|column| row.and_then(|row| number(table, row, column)), figures);
        let fate = match (row, figures) {
            (Some(_), Some(_)) if !changes.is_empty() => Fate::Changed,
            (None, Some(_)) => Fate::Added,
            (Some(_), None) => Fate::Missing,
            _ => continue,
        };
        differences.push(Difference { key: value.id.to_string(), fate, changes });
    }
    differences
}

fn nation(history: &Table, release: &Release) -> Option<Difference> {
    let year = release.month.year.to_string();
    let own = history.rows.iter().find(|row| row.keys[0].as_str() == year);
    let before = own.or_else(|| history.rows.iter().max_by_key(|row| row.as_of));
    let changes = changes(|column| before.and_then(|row| number(history, row, column)), Some(&release.nation));
    let fate = if own.is_some() { Fate::Changed } else { Fate::Added };
    (own.is_none() || !changes.is_empty()).then_some(Difference { key: year, fate, changes })
}

/// Makes one difference in the text of a table.
fn apply(layout: &mut Layout, facet: &Facet, row: &Difference, figures: Option<&Figures>) {
    let key = facet.id.as_str();
    let cells = figures.map(|figures| figures.cells.as_slice()).unwrap_or_default();
    let written = |(column, cell): (&Column, &Option<f64>)| Some((column.name, Some(written(column.decimals, (*cell)?))));
    match row.fate {
        Fate::Changed => {
            let edits: Vec<Edit> = row.changes.iter().map(|change| (change.column, change.written(change.new))).collect();
            layout.change(key, &row.key, &edits);
        }
        Fate::Added => {
            let edits: Vec<Edit> = COLUMNS.iter().zip(cells).filter_map(written).collect();
            let order: Vec<&str> = facet.values.iter().map(|value| value.id.as_str()).collect();
            layout.add(key, &row.key, &edits, &order);
        }
        Fate::Missing => layout.remove(key, &row.key),
    }
}

/// Lets rows that left their source and date to the table say them, before the table says others.
fn pin(layout: &mut Layout, history: &Table) {
    let key = history.keys[0].as_str();
    for row in &history.rows {
        let standing = [("source", row.source.to_string()), ("as_of", row.as_of.written())];
        for (name, text) in standing {
            if !layout.says(key, row.keys[0].as_str(), name) {
                layout.change(key, row.keys[0].as_str(), &[(name, Some(format!("\"{text}\"")))]);
            }
        }
    }
}

/// The file of a table, open for changes.
fn open(table: &Table, files: &[File]) -> Result<Layout, Faults> {
    let text = files.iter().find(|(name, _)| *name == table.place.file).map(|(_, text)| text.as_str()).unwrap_or_default();
    Layout::open(text).map_err(|error| {
        let mend = "write the rows one a line: row = [ { … }, … ]";
        Faults(vec![Fault::error(table.place.clone(), format!("table {} cannot be rewritten: {error}", table.id), mend)])
    })
}

fn written(decimals: usize, figure: f64) -> String {
    format!("{figure:.decimals$}")
}

impl Change {
    /// A figure as a knowledge file writes it.
    #[must_use]
    pub fn written(&self, figure: Option<f64>) -> Option<String> {
        figure.map(|figure| written(self.decimals, figure))
    }
}
