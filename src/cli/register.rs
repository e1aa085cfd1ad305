//! `mabel register`: tells Discord the commands, if they changed.

use std::path::Path;

use super::{Ended, engine, output, store};
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
        let registered = store::runtime()?.block_on(async {
            // What is registered here counts for the bot that runs; without its database the bot may look at old commands as its own.
            let opened = store::existing(&settings.database).await;
            let opened = opened.inspect_err(|error| tracing::debug!("what is registered is not noted: {error:#}")).ok();
            let store = opened.as_ref().map(|opened| &*opened.store);
            let registered = discord::register(&settings.discord, engine.knowledge(), self.guild, store).await?;
            if let Some(opened) = opened {
                opened.close().await;
            }
            anyhow::Ok(registered)
        })?;
        output::print(|out| match registered {
            Registered::Unchanged => writeln!(out, "The commands are registered already; nothing was changed."),
            Registered::Written(1) => writeln!(out, "1 command registered."),
            Registered::Written(count) => writeln!(out, "{count} commands registered."),
        })?;
        Ok(Ended::Done)
    }
}
