//! `mabel check`: the editors' compiler.

mod due;
mod links;

use std::path::Path;

use anyhow::Context;
use jiff::civil::Date;

use super::output::{self, BOLD, DIM, RED, YELLOW};
use super::{Ended, knowledge_files, today};
use crate::check::due::due;
use crate::check::{Examined, examine};
use crate::knowledge::{Fault, Severity};

/// Arguments of `mabel check`.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// The day to check for: facts to be looked at again before it are due.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Show errors only.
    #[arg(long)]
    quiet: bool,
    /// List every link with what uses it instead; no page is opened.
    #[arg(long, conflicts_with_all = ["as_of", "quiet"])]
    links: bool,
    /// Print the links as one JSON object.
    #[arg(long, requires = "links")]
    json: bool,
}

impl Check {
    /// Checks, reports, and says no if there is an error.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn run(self, knowledge: Option<&Path>) -> anyhow::Result<Ended> {
        if self.links {
            return self.links(knowledge);
        }
        let today = match &self.as_of {
            Some(day) => day.parse::<Date>().with_context(|| format!("`{day}` is not a date; write it as 2026-11-21"))?,
            None => today(),
        };
        let (files, unread) = knowledge_files(knowledge)?;
        let Examined { engine, faults } = examine(&files, unread, today);
        let mut work = Vec::new();
        let mut summary = format!("{} files", files.len());
        if let Some(engine) = engine {
            let knowledge = engine.knowledge();
            let rows: usize = knowledge.tables.values().map(|table| table.rows.len()).sum();
            let wordings: usize = knowledge.entries.iter().map(|entry| entry.ask.len() + 1).sum();
            summary = format!(
                "{summary}, {} entries with {wordings} wordings, {} tables with {rows} rows, {} sources",
                knowledge.entries.len(),
                knowledge.tables.len(),
                knowledge.sources.len()
            );
            work = due(knowledge, today);
        }
        let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
        let warnings = faults.len() - errors;
        output::print(|out| {
            for fault in faults.iter().filter(|fault| !self.quiet || fault.severity == Severity::Error) {
                write_fault(out, fault)?;
            }
            if !self.quiet {
                due::write(out, &work, today)?;
            }
            writeln!(out, "{BOLD}{summary}: {errors} errors, {warnings} warnings{BOLD:#}")
        })?;
        Ok(if errors == 0 { Ended::Done } else { Ended::SaidNo })
    }

    fn links(&self, folder: Option<&Path>) -> anyhow::Result<Ended> {
        let (knowledge, _) = super::knowledge(folder)?;
        let links = crate::check::links::links(&knowledge);
        output::print(|out| if self.json { writeln!(out, "{:#}", links::json(&links)) } else { links::write(out, &links) })?;
        Ok(Ended::Done)
    }
}

fn write_fault(out: &mut dyn std::io::Write, Fault { place, severity, what, mend }: &Fault) -> std::io::Result<()> {
    let style = if *severity == Severity::Error { RED } else { YELLOW };
    writeln!(out, "{BOLD}{place}{BOLD:#}: {style}{severity}{style:#}: {what}\n  {DIM}mend:{DIM:#} {mend}")
}
