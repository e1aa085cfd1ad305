//! `mabel sandbox load`: how fast a bot answers under load, and what it uses.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;

use crate::cli::{Ended, knowledge, output};
use crate::workbench::load::report::Report;
use crate::workbench::load::{Figures, Mix, Pace, Plan, Program, measure};

/// For how many seconds a bot is asked before it counts.
const WARM_UP: u64 = 5;
/// The same where it is asked as fast as it answers: so many questions.
const WARM_UP_AT_ONCE: u64 = 3000;
/// What the bot is called that the other is held against.
const FLOOR: &str = "floor";

/// Arguments of `mabel sandbox load`.
#[derive(Debug, clap::Args)]
pub(super) struct Load {
    /// How many guilds the bot is in; several numbers are measured one after another.
    #[arg(long, value_name = "N", default_value = "1", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..))]
    guilds: Vec<u32>,
    /// Questions a second, evenly spread and asked whether or not the ones before are answered.
    #[arg(long, value_name = "Q", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..))]
    rate: u32,
    /// For how long.
    #[arg(long, value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,
    /// Ask as fast as the bot answers instead, with N questions waiting at any time.
    #[arg(long, value_name = "N", requires = "count", conflicts_with_all = ["rate", "seconds"], value_parser = clap::value_parser!(u32).range(1..))]
    at_once: Option<u32>,
    /// How many questions in all, in the place of a time.
    #[arg(long, value_name = "N", conflicts_with = "seconds", value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
    /// How many questions warm the bot up before any counts; without it, those of five seconds, or 3000 with --at-once.
    #[arg(long, value_name = "N")]
    warm_up: Option<u64>,
    /// In which ways, as parts of a whole: commands, mentions, edits of questions, presses of buttons.
    #[arg(long, value_name = "MIX", default_value = "slash=60,mention=25,edit=10,button=5")]
    mix: Mix,
    /// What is asked, one question a line; without it the wordings of the knowledge.
    #[arg(long, value_name = "FILE")]
    questions: Option<PathBuf>,
    /// A bot to measure in Mabel's place: it finds its Discord in `MABEL_DISCORD__API_BASE` and its token in `DISCORD_TOKEN`.
    #[arg(long, value_name = "PROGRAM")]
    bot: Option<PathBuf>,
    /// A bot that does nothing but reply, measured in turn with the other, which is then held to its bars.
    #[arg(long, value_name = "PROGRAM")]
    floor: Option<PathBuf>,
    /// How often all is measured; the table shows medians.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

impl Load {
    /// Measures, and prints what was measured: exit code 1 where a question was lost or answered twice, a request refused, or a bar missed.
    ///
    /// # Errors
    /// When nothing can be measured.
    pub(super) async fn run(self, folder: Option<&Path>) -> anyhow::Result<Ended> {
        let questions = self.questions(folder)?;
        let programs = self.programs(folder)?;
        let mut rounds = Vec::new();
        for guilds in &self.guilds {
            let plan = self.plan(usize::try_from(*guilds)?, Arc::clone(&questions));
            for round in 1..=self.rounds {
                for program in &programs {
                    tracing::info!(round, guilds, bot = program.name, "measuring");
                    rounds.push(measure(&plan, program).await.with_context(|| format!("{} with {guilds} guilds", program.name))?);
                }
            }
        }
        self.print(rounds)
    }

    fn print(&self, rounds: Vec<Figures>) -> anyhow::Result<Ended> {
        let report = Report::of(rounds, self.floor.as_ref().map(|_| FLOOR));
        output::print(|out| if self.json { writeln!(out, "{}", serde_json::to_string_pretty(&report)?) } else { report.write(out) })?;
        Ok(if report.is_well() { Ended::Done } else { Ended::SaidNo })
    }

    fn plan(&self, guilds: usize, questions: Arc<[String]>) -> Plan {
        let rate = u64::from(self.rate);
        let (pace, warm_up) = match self.at_once {
            Some(most) => (Pace::AtOnce(usize::try_from(most).unwrap_or(usize::MAX)), WARM_UP_AT_ONCE),
            None => (Pace::EverySecond(self.rate), rate * WARM_UP),
        };
        let count = self.count.unwrap_or(rate * u64::from(self.seconds));
        let warm_up = self.warm_up.unwrap_or(warm_up);
        Plan { guilds, pace, warm_up, count, mix: self.mix.clone(), questions }
    }

    /// What is asked: lines of the file, or every wording of the knowledge that stands for itself.
    fn questions(&self, folder: Option<&Path>) -> anyhow::Result<Arc<[String]>> {
        let questions: Vec<String> = if let Some(path) = &self.questions {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the questions {}", path.display()))?;
            text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
        } else {
            let (knowledge, _) = knowledge(folder)?;
            let wordings = knowledge.entries.into_iter().flat_map(|entry| [vec![entry.question], entry.ask].concat());
            wordings.filter(|wording| !wording.contains('{')).collect()
        };
        anyhow::ensure!(!questions.is_empty(), "there is nothing to ask: name a file with a question a line");
        Ok(spread(&questions).into())
    }

    fn programs(&self, folder: Option<&Path>) -> anyhow::Result<Vec<Program>> {
        let program = |name: &str, path: &Path, arguments: Vec<OsString>| {
            let path = path.canonicalize().with_context(|| format!("there is no program {}", path.display()))?;
            anyhow::Ok(Program { name: name.to_owned(), path, arguments })
        };
        let mut programs = Vec::new();
        if let Some(path) = &self.bot {
            programs.push(program("bot", path, Vec::new())?);
        } else {
            let mut arguments = Vec::new();
            if let Some(folder) = folder {
                // The bot runs in a folder of its own.
                arguments.extend(["--knowledge".into(), folder.canonicalize()?.into_os_string()]);
            }
            arguments.push("run".into());
            programs.push(program("mabel", &std::env::current_exe()?, arguments)?);
        }
        if let Some(path) = &self.floor {
            programs.push(program(FLOOR, path, Vec::new())?);
        }
        Ok(programs)
    }
}

/// The same in an order in which neighbours are far apart: wordings of one entry stand together, and those that come first are asked most.
fn spread(questions: &[String]) -> Vec<String> {
    let step = questions.len().isqrt().max(1);
    (0..step).flat_map(|first| questions.iter().skip(first).step_by(step).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreading_keeps_every_question_once() {
        let questions: Vec<String> = (0..23).map(|number| number.to_string()).collect();
        let mut spread = spread(&questions);
        assert_ne!(spread, questions);
        spread.sort_by_key(|number| number.parse::<u32>().unwrap());
        assert_eq!(spread, questions);
    }
}
