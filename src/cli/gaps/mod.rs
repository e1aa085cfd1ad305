//! `mabel gaps`: what was asked and not answered, and how answers were received.

mod print;

use jiff::civil::Date;

use super::store::{self, Opened};
use super::{Ended, output, today};
use crate::config::{Database, Settings};
use crate::gaps::{self, Counted, Group, group, stubs};
use crate::store::least_helpful_first;

/// Subcommands of `mabel gaps`.
#[derive(Debug, clap::Subcommand)]
pub enum Gaps {
    /// List what was asked and not answered: alike ones together, what came up most first.
    List(List),
    /// Show one of them by its words: how often in each week, and in which other words.
    Show(Show),
    /// Write entries ready to be filled in.
    Export(Export),
    /// List how answers were received, those that helped least first.
    Votes(List),
}

/// Arguments of `mabel gaps list` and `mabel gaps votes`.
#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    span: Span,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Arguments of `mabel gaps show`.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// Words of the gap, in any order.
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    span: Span,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Arguments of `mabel gaps export`.
#[derive(Debug, clap::Args)]
pub struct Export {
    #[command(flatten)]
    span: Span,
    /// As a file of the knowledge; the only form there is.
    #[arg(long, required = true)]
    toml: bool,
    /// Leave out what came up less often.
    #[arg(long, value_name = "TIMES", default_value_t = 1)]
    least: u64,
}

/// The time that is looked at.
#[derive(Debug, clap::Args)]
struct Span {
    /// The first day to look at; without it, the last twelve weeks.
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
}

impl Span {
    fn first_day(&self) -> Date {
        self.since.unwrap_or_else(|| gaps::usual_start(today()))
    }
}

impl Gaps {
    /// Runs the command.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub fn run(self, settings: &Settings) -> anyhow::Result<Ended> {
        let database = &settings.database;
        match self {
            Self::List(list) => {
                let groups = groups(database, &list.span)?;
                output::print(|out| if list.json { print::groups_json(out, &groups) } else { print::groups(out, &groups) })?;
                Ok(said(!groups.is_empty()))
            }
            Self::Show(show) => show.run(database),
            Self::Export(export) => export.run(database),
            Self::Votes(list) => {
                let span = list.span.first_day()..=today();
                let votes = least_helpful_first(with_store(database, async |opened| Ok(opened.store.votes(span).await?))?);
                output::print(|out| if list.json { print::votes_json(out, &votes) } else { print::votes(out, &votes) })?;
                Ok(said(!votes.is_empty()))
            }
        }
    }
}

impl Show {
    fn run(self, database: &Database) -> anyhow::Result<Ended> {
        let wanted: Vec<String> = self.words.iter().flat_map(|words| crate::text::words(words)).collect();
        let holds = |words: &str| wanted.iter().all(|wanted| words.split(' ').any(|word| word == wanted));
        let found =
            groups(database, &self.span)?.into_iter().find(|group| holds(&group.words) || group.others.iter().any(|words| holds(words)));
        match &found {
            Some(group) => output::print(|out| if self.json { print::group_json(out, group) } else { print::group(out, group) })?,
            None => output::print(|out| writeln!(out, "No gap has these words."))?,
        }
        Ok(said(found.is_some()))
    }
}

impl Export {
    fn run(self, database: &Database) -> anyhow::Result<Ended> {
        let mut groups = groups(database, &self.span)?;
        groups.retain(|group| group.count >= self.least);
        output::print(|out| write!(out, "{}", stubs(&groups, today())))?;
        Ok(said(!groups.is_empty()))
    }
}

fn said(anything: bool) -> Ended {
    if anything { Ended::Done } else { Ended::SaidNo }
}

/// The gaps of that time, alike ones together.
fn groups(database: &Database, span: &Span) -> anyhow::Result<Vec<Group>> {
    let since = span.first_day();
    let counts = with_store(database, async |opened| Ok(opened.store.gaps(since).await?))?;
    Ok(group(counts.into_iter().map(Counted::from), usize::MAX))
}

/// Does something with what is kept.
fn with_store<T>(database: &Database, using: impl AsyncFnOnce(&Opened) -> anyhow::Result<T>) -> anyhow::Result<T> {
    store::runtime()?.block_on(async {
        let opened = store::existing(database).await?;
        let result = using(&opened).await;
        opened.close().await;
        result
    })
}
