//! `mabel register`: tells Discord the commands, if they changed.

use std::path::Path;

use anyhow::Context;

use super::{Ended, engine, output};
use crate::config::Settings;
use crate::discord::{self, Registered};
use crate::ops::logging;

/// Arguments of `mabel register`.
#[derive(Debug, clap::Args)]
pub struct Register {
    /// Register for one server only, where changes show at once.
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(u64).range(1..))]
    guild: Option<u64>,
}

impl Register {
    /// Registers.
    ///
    /// # Errors
    /// When Discord cannot be asked or refuses.
    pub fn run(self, settings: &Settings, knowledge: Option<&Path>, verbose: u8) -> anyhow::Result<Ended> {
        logging::start(&settings.log, verbose);
        let engine = engine(knowledge.or(settings.knowledge.as_deref()))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the system gives no threads")?;
        let registered = runtime.block_on(discord::register(&settings.discord, engine.knowledge(), self.guild))?;
        output::print(|out| match registered {
            Registered::Unchanged => writeln!(out, "The commands are registered already; nothing was changed."),
            Registered::Written(1) => writeln!(out, "1 command registered."),
            Registered::Written(count) => writeln!(out, "{count} commands registered."),
        })?;
        Ok(Ended::Done)
    }
}
