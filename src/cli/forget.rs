//! `mabel forget`: forgets a server.

use super::{Ended, output, store};
use crate::config::Settings;

/// Arguments of `mabel forget`.
#[derive(Debug, clap::Args)]
pub struct Forget {
    /// The server whose settings, own answers and links between questions and answers are deleted at once.
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(u64).range(1..))]
    guild: u64,
}

impl Forget {
    /// Forgets.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub fn run(self, settings: &Settings) -> anyhow::Result<Ended> {
        let forgotten = store::runtime()?.block_on(async {
            let opened = store::existing(&settings.database).await?;
            let forgotten = opened.store.forget_guild(self.guild).await?;
            opened.close().await;
            anyhow::Ok(forgotten)
        })?;
        output::print(|out| {
            if forgotten {
                writeln!(out, "Everything kept of that server is deleted.")
            } else {
                writeln!(out, "Nothing is kept of that server.")
            }
        })?;
        Ok(if forgotten { Ended::Done } else { Ended::SaidNo })
    }
}
