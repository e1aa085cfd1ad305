//! What an import would change, row by row, and the files as they would be.
//!
//! A plan is made whole or not at all: it is held to the loader before anybody sees it. See [`Plan::new`].

mod differences;
mod rewrite;
mod targets;

pub use differences::{Change, Difference, Fate};

use self::targets::Target;
use super::Month;
use super::oews::{self, LAYOUTS, Layout, Release};
use crate::knowledge::files::File;
use crate::knowledge::{Fault, Faults, Knowledge, Place};

/// What is to be imported, and where to.
#[derive(Clone, Debug)]
pub struct Order<'input> {
    /// The file of the release, as messages name it.
    pub file: &'input str,
    /// Its text.
    pub text: &'input str,
    /// The table whose one key is what the rows of the file are; without it, the one of the file's layout.
    pub table: Option<&'input str>,
    /// The table whose one key is the year: where the nation's figures are kept.
    pub history: &'input str,
    /// The source of the new figures; without it, the table's, with the new year in its id.
    pub source: Option<&'input str>,
    /// Take out rows that the file has no figures for.
    pub drop_missing: bool,
}

impl Order<'_> {
    fn fault(&self, line: usize, what: impl Into<String>, mend: impl Into<String>) -> Fault {
        Fault::error(Place { file: self.file.to_owned(), line }, what, mend)
    }
}

/// What an import would change.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The layout of the file.
    pub layout: &'static Layout,
    /// The table the rows go to.
    pub table: String,
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
    /// What an editor should know beside the figures.
    pub remarks: Remarks,
    /// The files that change, as they would be.
    pub files: Vec<File>,
    /// Lines that still name the old release, once the files have changed.
    pub left_behind: Vec<Place>,
}

/// What an editor should know beside the figures.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    /// Rows of the file that the knowledge has no value for, nor need have.
    pub left_out: Vec<String>,
    /// Rows of the file that are new and have no figure where the table must have one.
    pub unpublished: Vec<String>,
    /// Rows that the publisher calls otherwise than the knowledge does.
    pub renamed: Vec<String>,
    /// Rows of the table whose values have no code: no row of the file can be theirs.
    pub apart: Vec<String>,
    /// Wages at or above the highest that is printed: value and column.
    pub capped: Vec<String>,
    /// Tables that other files of the release go to, and that hold an older one.
    pub to_follow: Vec<String>,
}

impl Plan {
    /// Plans an import into the knowledge of `files`, which is `knowledge`.
    ///
    /// # Errors
    /// Every fault of the release, of the tables it goes to, and of the knowledge as it would be.
    pub fn new(order: &Order<'_>, knowledge: &Knowledge, files: &[File]) -> Result<Self, Faults> {
        let layout = oews::layout(order.file, order.text)?;
        let target = Target::find(order, knowledge, layout, order.table.unwrap_or(layout.table))?;
        let history = Target::history(order, knowledge, layout)?;
        let mut release = oews::read(order.file, order.text, layout, target.facet, knowledge)?;
        let (from, to) = (target.newest().unwrap_or(release.month), release.month);
        let mut remarks = Remarks {
            left_out: std::mem::take(&mut release.left_out),
            renamed: std::mem::take(&mut release.renamed),
            apart: target.apart(layout),
            ..Remarks::default()
        };
        let mut faults = Vec::new();
        if to < from {
            let what = format!("release: {to} is older than {from}, which the table {} holds", target.table.id);
            faults.push(order.fault(2, what, "import the newest release; older figures belong into the history table, by hand"));
        }
        history.has_year(order, layout, to, &mut faults);
        let source = target.source(order, knowledge, (from, to), &mut faults);
        remarks.unpublished = target.fill(order, layout, &mut release, &mut faults);
        target.takes(order, layout, &release, &mut faults);
        remarks.capped = capped(&release);
        let rows = differences::of_table(&target, layout, &release);
        target.complete(order, layout, &rows, &mut faults);
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        if to > from {
            remarks.to_follow = to_follow(&target, knowledge, to);
        }
        let mut plan = Self {
            layout,
            table: target.table.id.to_string(),
            from,
            to,
            unchanged: target.table.rows.len() - rows.iter().filter(|row| row.fate != Fate::Added).count(),
            rows,
            nation: differences::of_history(&history, layout, &release),
            remarks,
            files: Vec::new(),
            left_behind: Vec::new(),
        };
        plan.rewrite(&release, &source, &target, &history, files)?;
        plan.hold_to_the_loader(knowledge, files)?;
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
}

fn capped(release: &Release) -> Vec<String> {
    let all = release.rows.iter().flat_map(|(value, figures)| figures.capped.iter().map(move |header| format!("{value} {header}")));
    all.collect()
}

/// Tables of other layouts that hold an older release than this one.
fn to_follow(target: &Target<'_>, knowledge: &Knowledge, to: Month) -> Vec<String> {
    let others = LAYOUTS.iter().filter_map(|layout| knowledge.tables.get(layout.table)).filter(|table| table.id != target.table.id);
    others.filter(|table| targets::newest(table).is_some_and(|month| month < to)).map(|table| table.id.to_string()).collect()
}
