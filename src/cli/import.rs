//! `mabel import`: shows what a new release would change, and changes it when told to.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::output::{self, BOLD, DIM, YELLOW};
use super::{Ended, knowledge, knowledge_folder};
use crate::import::plan::{Change, Difference, Fate, Order, Plan, Remarks};
use crate::knowledge::{Cell, Fault, Faults, Knowledge, Place, files};

/// A change of a figure that is more often a slip than news.
const LOOK_TWICE: f64 = 0.25;

/// How many rows a remark names.
const SHOWN: usize = 8;

/// Arguments of `mabel import`.
#[derive(Debug, clap::Subcommand)]
pub enum Import {
    /// Wages of the Occupational Employment and Wage Statistics, as CSV: by state, area, industry or occupation.
    Oews(Oews),
}

/// Arguments of `mabel import oews`.
#[derive(Debug, clap::Args)]
pub struct Oews {
    /// The release as CSV; its header says what it holds, CONTRIBUTING.md names the headers known.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The table it goes to; without it, the one for what the file holds.
    #[arg(long, value_name = "ID")]
    table: Option<String>,
    /// The table of years, which gets the nation's figures.
    #[arg(long, value_name = "ID", default_value = "pay_history")]
    history: String,
    /// The source of the figures; without it, the table's source with the new year in its id.
    #[arg(long, value_name = "ID")]
    source: Option<String>,
    /// Take out rows that the file has no figures for.
    #[arg(long)]
    drop_missing: bool,
    /// Write the changes; without it they are only shown.
    #[arg(long)]
    write: bool,
}

impl Import {
    /// Shows the changes and, when told to, writes them.
    ///
    /// # Errors
    /// When the file, the knowledge or what would become of it is faulty, or cannot be written.
    pub fn run(self, folder: Option<&Path>) -> anyhow::Result<Ended> {
        let Self::Oews(oews) = self;
        oews.run(folder)
    }
}

impl Oews {
    fn run(self, folder: Option<&Path>) -> anyhow::Result<Ended> {
        let name = self.file.to_string_lossy();
        let text = files::read(&self.file).map_err(|(what, mend)| {
            let fault = Fault::error(Place { file: name.to_string(), line: 0 }, what, mend);
            anyhow::anyhow!("nothing was changed:\n{fault}")
        })?;
        let (knowledge, files) = knowledge(folder)?;
        let order = Order {
            file: &name,
            text: &text,
            table: self.table.as_deref(),
            history: &self.history,
            source: self.source.as_deref(),
            drop_missing: self.drop_missing,
        };
        let plan = Plan::new(&order, &knowledge, &files).map_err(|faults| refused(&faults))?;
        output::print(|out| self.show(out, &plan, &knowledge))?;
        if self.write && !plan.is_empty() {
            let folder = knowledge_folder(folder)
                .context("there is no knowledge folder to write to: the carried knowledge was read; name a folder with --knowledge")?;
            files::replace(folder, &plan.files).with_context(|| format!("cannot write into {}; nothing was changed", folder.display()))?;
        }
        output::print(|out| self.told(out, &plan))?;
        Ok(Ended::Done)
    }

    fn show(&self, out: &mut dyn io::Write, plan: &Plan, knowledge: &Knowledge) -> io::Result<()> {
        writeln!(out, "{BOLD}{}: {} → {}{BOLD:#}", plan.table, plan.from, plan.to)?;
        for row in &plan.rows {
            difference(out, row)?;
        }
        writeln!(
            out,
            "{} rows changed, {} added, {} missing, {} unchanged",
            plan.count(Fate::Changed),
            plan.count(Fate::Added),
            plan.count(Fate::Missing),
            plan.unchanged
        )?;
        remarks(out, plan)?;
        if plan.layout.nation.is_some() {
            let before = knowledge.tables.get(self.history.as_str()).map_or(0, |table| table.rows.len());
            writeln!(out, "\n{BOLD}{}: {before} rows{BOLD:#}", self.history)?;
            match &plan.nation {
                Some(row) => difference(out, row)?,
                None => writeln!(out, "  unchanged")?,
            }
        }
        let twice: Vec<String> = plan.rows.iter().chain(&plan.nation).flat_map(suspects).collect();
        if !twice.is_empty() {
            writeln!(out, "\n{YELLOW}Look twice{YELLOW:#}, these moved by more than {:.0} %: {}", LOOK_TWICE * 100.0, twice.join(", "))?;
        }
        Ok(())
    }

    fn told(&self, out: &mut dyn io::Write, plan: &Plan) -> io::Result<()> {
        writeln!(out)?;
        if plan.is_empty() {
            return writeln!(out, "{BOLD}Nothing to change.{BOLD:#}");
        }
        if !plan.remarks.to_follow.is_empty() {
            writeln!(out, "Still of an older release, import their files too: {}", plan.remarks.to_follow.join(", "))?;
        }
        let names = plan.files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
        if !plan.left_behind.is_empty() {
            writeln!(out, "Texts that still say {}, to be looked at by hand:", plan.from)?;
            let mut last = "";
            for place in &plan.left_behind {
                if place.file == last {
                    write!(out, ", {}", place.line)?;
                } else {
                    write!(out, "{}  {}: {}", if last.is_empty() { "" } else { "\n" }, place.file, place.line)?;
                }
                last = &place.file;
            }
            writeln!(out, "\n")?;
        }
        if self.write {
            writeln!(out, "{BOLD}Written: {names}.{BOLD:#} Run `mabel check` next.")
        } else {
            writeln!(out, "{BOLD}Nothing was changed.{BOLD:#} With --write these files change: {names}")
        }
    }
}

/// What an editor should know beside the figures, one kind a line.
fn remarks(out: &mut dyn io::Write, plan: &Plan) -> io::Result<()> {
    let Remarks { left_out, unpublished, renamed, apart, capped, .. } = &plan.remarks;
    let kinds = [
        ("left out, the knowledge has no such value", left_out),
        ("left out, no figure was published", unpublished),
        ("named otherwise in the file, look whether they are the same", renamed),
        ("kept with their source and date, for their values have no code; bring them up to date by hand", apart),
        ("at or above the highest wage printed (#), so no figure", capped),
    ];
    for (what, names) in kinds.into_iter().filter(|(_, names)| !names.is_empty()) {
        let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join("; ");
        let more = names.len().saturating_sub(SHOWN);
        let rest = if more == 0 { String::new() } else { format!("; and {more} more") };
        writeln!(out, "{what} ({}): {shown}{rest}", names.len())?;
    }
    if plan.count(Fate::Missing) > 0 {
        writeln!(out, "values whose rows go stay, and Mabel says that she has no figure; take one out where nobody will ask for it")?;
    }
    Ok(())
}

/// A row on a line: each cell before and after.
fn difference(out: &mut dyn io::Write, row: &Difference) -> io::Result<()> {
    let fate = match row.fate {
        Fate::Changed => "",
        Fate::Added => " added:",
        Fate::Missing => " missing:",
    };
    let cells: Vec<String> = row.changes.iter().map(|change| cell(row.fate, change)).collect();
    writeln!(out, "  {BOLD}{}{BOLD:#}{fate} {}", row.key, cells.join(", "))
}

fn cell(fate: Fate, change: &Change) -> String {
    let text = |cell: &Option<Cell>| cell.as_ref().map_or_else(|| "none".to_owned(), |cell| change.column.written(cell));
    let (name, old, new) = (change.column.name, text(&change.old), text(&change.new));
    match fate {
        Fate::Missing => format!("{name} {old}"),
        Fate::Added if change.old.is_none() => format!("{name} {new}"),
        _ => format!("{name} {DIM}{old} →{DIM:#} {new}"),
    }
}

/// Figures that moved further than figures do in a year.
fn suspects(row: &Difference) -> Vec<String> {
    let far = row.changes.iter().filter(|change| change.moved().is_some_and(|share| share > LOOK_TWICE));
    far.map(|change| format!("{} {}", row.key, change.column.name)).collect()
}

fn refused(faults: &Faults) -> anyhow::Error {
    anyhow::anyhow!("nothing was changed, {} to mend first:\n{faults}", faults.0.len())
}
