//! The command line: one file a subcommand, all of them thin over the engine.
//!
//! Exit codes are part of the contract: 0 done, 1 said no (a check failed, nothing was found), 2 could not run (bad
//! arguments, configuration, I/O).

pub mod ask;
pub mod chat;
pub mod check;
pub mod eval;
mod explain;
#[cfg(feature = "discord")]
pub mod forget;
#[cfg(feature = "discord")]
pub mod gaps;
#[cfg(feature = "discord")]
pub mod health;
pub mod import;
mod kept;
mod output;
#[cfg(feature = "discord")]
pub mod register;
#[cfg(feature = "discord")]
pub mod run;
#[cfg(feature = "discord")]
pub mod sandbox;
#[cfg(feature = "discord")]
mod store;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};
use jiff::civil::Date;

use crate::engine::Engine;
use crate::knowledge::files::{self, File};
use crate::knowledge::{FacetId, Fault, Faults, Knowledge, Severity, Values, load};

/// How a command ended, where it could run at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Done.
    Done,
    /// Said no: a check failed, nothing was found.
    SaidNo,
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Done => Self::SUCCESS,
            Ended::SaidNo => Self::from(1),
        }
    }
}

/// Answers questions about the work of a US medical assistant, in Discord and on the command line.
#[derive(Debug, Parser)]
#[command(name = "mabel", version, about, propagate_version = true, arg_required_else_help = true)]
pub struct Arguments {
    /// Folder of knowledge files; without it, ./knowledge if it is there, else the knowledge carried in the program.
    #[arg(long, global = true, value_name = "DIR")]
    pub knowledge: Option<PathBuf>,
    /// File of settings; without it, ./config.toml if it is there.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Say more; twice for even more.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer one question, or many from standard input.
    Ask(ask::Ask),
    /// Ask questions one after another.
    Chat(chat::Chat),
    /// Check the knowledge files and report every fault with file, line and mend.
    Check(check::Check),
    /// Answer a set of labelled questions and print how good the answers are.
    Eval(eval::Eval),
    /// Bring new figures into a table.
    #[command(subcommand)]
    Import(import::Import),
    /// Run the bot in Discord until it is told to stop.
    #[cfg(feature = "discord")]
    Run(run::Run),
    /// Ask a running Mabel how she is: exit code 1 if she is not ready.
    #[cfg(feature = "discord")]
    Health(health::Health),
    /// Tell Discord the commands, if they changed.
    #[cfg(feature = "discord")]
    Register(register::Register),
    /// See what was asked and not answered, and how answers were received.
    #[cfg(feature = "discord")]
    #[command(subcommand)]
    Gaps(gaps::Gaps),
    /// Delete everything kept of a server.
    #[cfg(feature = "discord")]
    Forget(forget::Forget),
    /// Try Mabel in your browser, on a Discord of this computer's own: no token, no network.
    #[cfg(feature = "discord")]
    Sandbox(sandbox::Arguments),
}

impl Arguments {
    /// Runs the command.
    ///
    /// # Errors
    /// When it could not run at all: exit code 2.
    pub fn run(self) -> anyhow::Result<Ended> {
        let knowledge = self.knowledge.as_deref();
        match self.command {
            Command::Ask(ask) => ask.run(knowledge),
            Command::Chat(chat) => chat.run(knowledge),
            Command::Check(check) => check.run(knowledge),
            Command::Eval(eval) => eval.run(knowledge),
            Command::Import(import) => import.run(knowledge),
            #[cfg(feature = "discord")]
            Command::Run(run) => run.run(&settings(self.config.as_deref())?, knowledge, self.verbose),
            #[cfg(feature = "discord")]
            Command::Health(health) => health.run(&settings(self.config.as_deref())?),
            #[cfg(feature = "discord")]
            Command::Register(register) => register.run(&settings(self.config.as_deref())?, knowledge, self.verbose),
            #[cfg(feature = "discord")]
            Command::Gaps(gaps) => gaps.run(&settings(self.config.as_deref())?),
            #[cfg(feature = "discord")]
            Command::Forget(forget) => forget.run(&settings(self.config.as_deref())?),
            #[cfg(feature = "discord")]
            Command::Sandbox(sandbox) => sandbox.run(knowledge, self.verbose),
        }
    }
}

/// The settings of that file and of the environment; all their faults are told.
#[cfg(feature = "discord")]
fn settings(file: Option<&Path>) -> anyhow::Result<crate::config::Settings> {
    crate::config::Settings::read(file, std::env::vars_os()).map_err(|faults| anyhow::anyhow!("the settings cannot be used:\n{faults}"))
}

/// The knowledge folder where none is named.
const FOLDER: &str = "knowledge";

/// The folder named, else ./knowledge if it holds a knowledge base.
fn knowledge_folder(folder: Option<&Path>) -> Option<&Path> {
    folder.or_else(|| Some(Path::new(FOLDER)).filter(|here| here.join("knowledge.toml").is_file()))
}

/// The files of the knowledge folder, else those carried in the program.
fn knowledge_files(folder: Option<&Path>) -> anyhow::Result<(Vec<File>, Vec<Fault>)> {
    match knowledge_folder(folder) {
        Some(folder) => files::in_folder(folder).with_context(|| format!("cannot read the knowledge folder {}", folder.display())),
        None => Ok((files::shipped(), Vec::new())),
    }
}

/// Knowledge with the files it is made of.
///
/// # Errors
/// When the files cannot be read or are faulty; all their errors are told.
fn knowledge(folder: Option<&Path>) -> anyhow::Result<(Knowledge, Vec<File>)> {
    let (files, mut faults) = knowledge_files(folder)?;
    match load::load(&files) {
        Ok((knowledge, _)) if faults.is_empty() => Ok((knowledge, files)),
        Ok(_) => anyhow::bail!(faulty(&Faults(faults))),
        Err(Faults(more)) => {
            faults.extend(more);
            anyhow::bail!(faulty(&Faults(faults)));
        }
    }
}

/// An engine of that knowledge.
///
/// # Errors
/// When the knowledge cannot be read or is faulty; all its errors are told.
pub fn engine(folder: Option<&Path>) -> anyhow::Result<Engine> {
    let (knowledge, _) = self::knowledge(folder)?;
    Engine::with_models(knowledge, Some(&kept::Models::of_user())).map_err(|faults| anyhow::anyhow!(faulty(&faults)))
}

/// The errors among the faults, as one message.
fn faulty(faults: &Faults) -> String {
    let errors: Vec<String> = faults.0.iter().filter(|fault| fault.severity == Severity::Error).map(ToString::to_string).collect();
    format!("the knowledge has {} error{}:\n{}", errors.len(), if errors.len() == 1 { "" } else { "s" }, errors.join("\n"))
}

/// The day it is, in UTC.
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// The value of a facet that a person means by `typed`, as an option gives it.
fn facet_value(engine: &Engine, facet: &str, typed: &str) -> anyhow::Result<Values> {
    match engine.knowledge().facet(facet).and_then(|facet| facet.meant(typed)) {
        Some(value) => Ok(Values::from([(FacetId::from(facet), vec![value.id.clone()])])),
        None => anyhow::bail!("there is no {facet} `{typed}`; write its name or code, such as `Texas` or `TX`"),
    }
}
