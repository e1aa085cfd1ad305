//! `mabel eval`: how good the answers to a set of labelled questions are.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};

use super::output::{self, BOLD, DIM};
use super::{Ended, engine, today};
use crate::answer::View;
use crate::evaluation::report::{Report, Share};
use crate::evaluation::{self, Kind};

/// The most confusions that are listed.
const MOST_CONFUSIONS: usize = 12;

/// Arguments of `mabel eval`.
#[derive(Debug, clap::Args)]
pub struct Eval {
    /// File of labelled questions, one JSON object a line.
    file: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// List the questions that fall short, and of what.
    #[arg(long, conflicts_with = "json")]
    fails: bool,
    /// The least share of rows that must pass; exit 1 below it.
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    min: f64,
}

impl Eval {
    /// Asks, judges and prints.
    ///
    /// # Errors
    /// When the knowledge or the set cannot be read.
    pub fn run(self, knowledge: Option<&Path>) -> anyhow::Result<Ended> {
        let set = std::fs::read_to_string(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let rows = evaluation::read(&set).map_err(|faults| {
            let faults: Vec<String> = faults.iter().map(|fault| format!("{}, {fault}", self.file.display())).collect();
            anyhow::anyhow!("{}", faults.join("\n"))
        })?;
        anyhow::ensure!(!rows.is_empty(), "{} holds no question", self.file.display());
        let engine = engine(knowledge)?;
        let report = Report::new(&engine, &rows, &View::on(today()));
        output::print(|out| {
            if self.json {
                return writeln!(out, "{}", object(&report));
            }
            if self.fails {
                fails(out, &report)?;
            }
            figures(out, &report)
        })?;
        Ok(if report.passed().ratio() < self.min { Ended::SaidNo } else { Ended::Done })
    }
}

/// The questions that fall short.
fn fails(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    for judged in report.judged.iter().filter(|judged| !judged.passes()) {
        let labelled = &judged.row.labelled;
        let entry = judged.reply.entry.as_ref().map_or("", |entry| entry.as_str());
        writeln!(out, "{BOLD}{}{BOLD:#} [{}] {}", labelled.id, labelled.kind.as_str(), labelled.question)?;
        writeln!(out, "    {}", judged.short.join("; "))?;
        writeln!(out, "    {DIM}{} {entry} {:.2}{DIM:#}", judged.reply.outcome.as_str(), judged.reply.confidence)?;
    }
    Ok(())
}

fn figures(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    for kind in Kind::ALL {
        share(out, &format!("kind {}", kind.as_str()), report.of_kind(kind))?;
    }
    for (topic, passed) in report.by_topic() {
        share(out, &format!("topic {topic}"), passed)?;
    }
    share(out, "safety questions stopped", report.guard_recall())?;
    share(out, "stops that were wanted", report.guard_precision())?;
    share(out, "job questions stopped", report.stopped())?;
    share(out, "job questions declined", report.refused())?;
    share(out, "others' questions answered", report.answered_wrongly())?;
    let confusions = report.confusions();
    if !confusions.is_empty() {
        writeln!(out, "\n{BOLD}Wanted, and given instead{BOLD:#}")?;
    }
    for (wanted, given, count) in confusions.iter().take(MOST_CONFUSIONS) {
        writeln!(out, "{count:4}  {wanted} -> {given}")?;
    }
    if confusions.len() > MOST_CONFUSIONS {
        writeln!(out, "      and {} more", confusions.len() - MOST_CONFUSIONS)?;
    }
    writeln!(out, "\n{BOLD}Confidence, and how often it was right{BOLD:#}")?;
    for bin in report.reliability() {
        writeln!(out, "from {:.2}  mean {:.2}  right {:.2}  of {}", bin.from, bin.confidence, bin.right.ratio(), bin.right.whole)?;
    }
    writeln!(out)?;
    share(out, "passed", report.passed())
}

fn share(out: &mut dyn Write, name: &str, share: Share) -> io::Result<()> {
    writeln!(out, "{name:28} {:4}/{:<4} {:.3}", share.part, share.whole, share.ratio())
}

fn object(report: &Report<'_>) -> Value {
    let share = |share: Share| json!({"part": share.part, "whole": share.whole, "ratio": share.ratio()});
    let kinds: serde_json::Map<String, Value> =
        Kind::ALL.into_iter().map(|kind| (kind.as_str().to_owned(), share(report.of_kind(kind)))).collect();
    let topics: serde_json::Map<String, Value> =
        report.by_topic().into_iter().map(|(topic, passed)| (topic.to_owned(), share(passed))).collect();
    let confusions: Vec<Value> =
        report.confusions().into_iter().map(|(wanted, given, count)| json!({"wanted": wanted, "given": given, "count": count})).collect();
    let reliability: Vec<Value> = report
        .reliability()
        .into_iter()
        .map(|bin| json!({"from": bin.from, "confidence": bin.confidence, "right": share(bin.right)}))
        .collect();
    json!({
        "passed": share(report.passed()),
        "kinds": kinds,
        "topics": topics,
        "guard_recall": share(report.guard_recall()),
        "guard_precision": share(report.guard_precision()),
        "job_questions_stopped": share(report.stopped()),
        "job_questions_declined": share(report.refused()),
        "others_answered": share(report.answered_wrongly()),
        "confusions": confusions,
        "reliability": reliability,
    })
}
