//! `mabel sandbox --no-page`: the loopback Discord alone, for a bot in another process.

use anyhow::Context;

use super::run::told_to_stop;
use super::{Ended, output};
use crate::sandbox::{Options, Sandbox};

/// Arguments of `mabel sandbox`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The loopback Discord alone, without a bot and without a chat page.
    #[arg(long, required = true)]
    no_page: bool,
    /// The port to listen on; 0 lets the system choose.
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
}

impl Arguments {
    /// Serves until it is told to stop.
    ///
    /// # Errors
    /// When the port cannot be opened.
    pub fn run(self) -> anyhow::Result<Ended> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the system gives no threads")?;
        runtime.block_on(async {
            let sandbox = Sandbox::start(Options { port: self.port, ..Options::default() }).await?;
            let description = serde_json::to_string_pretty(&sandbox.describe())?;
            output::print(|out| {
                writeln!(out, "A loopback Discord at {}. Ctrl-C ends it.", sandbox.base_url())?;
                writeln!(out, "\nA bot joins it with\n")?;
                writeln!(out, "    DISCORD_TOKEN={} MABEL_DISCORD__API_BASE={} mabel run", sandbox.token(), sandbox.base_url())?;
                writeln!(out, "\nand a person speaks with\n")?;
                writeln!(out, "    curl -s {}/sandbox/slash \\\n      -d '{{\"user\": \"ada\", \"channel\": \"general\", \"name\": \"ask\", \"options\": {{\"question\": \"can MAs give shots in Texas?\"}}}}'", sandbox.base_url())?;
                writeln!(out, "\n{description}")
            })?;
            told_to_stop().await;
            sandbox.stop().await;
            Ok(Ended::Done)
        })
    }
}
