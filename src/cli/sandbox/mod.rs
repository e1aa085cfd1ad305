//! `mabel sandbox`: Mabel on a loopback Discord with a page to chat on; that Discord alone, for a bot in another process; or load on her.

mod load;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;

use load::Load;

use super::run::told_to_stop;
use super::{Ended, engine, knowledge_folder, output, today};
use crate::config::{Log, LogFormat};
use crate::discord::CurrentEngine;
use crate::ops::logging;
use crate::sandbox::{Options, Sandbox, SandboxError};
use crate::workbench::script::{self, Script};
use crate::workbench::{Setup, Workbench};

/// How long the bot of a script may take to connect.
const CONNECT: Duration = Duration::from_secs(10);

/// Arguments of `mabel sandbox`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// The port to listen on; 0 lets the system choose.
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Open the page in your browser.
    #[arg(long, conflicts_with = "no_page")]
    open: bool,
    /// The loopback Discord alone, without Mabel and without the page.
    #[arg(long)]
    no_page: bool,
    /// Play the conversation in FILE, print what was said, and end: exit code 1 if something expected did not hold.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["open", "no_page"])]
    script: Option<PathBuf>,
    /// Print the conversation as JSON.
    #[arg(long, requires = "script")]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Ask a bot again and again, and measure how fast it answers and what it uses.
    Load(Load),
}

impl Arguments {
    /// Serves until it is told to stop.
    ///
    /// # Errors
    /// When the knowledge cannot be used or the port cannot be opened.
    pub fn run(self, knowledge: Option<&Path>, verbose: u8) -> anyhow::Result<Ended> {
        // What a newcomer sees is the address; the log speaks up when something is wrong. At "warn" the gateway client tells of every
        // connection that is cut, which here is done on purpose.
        logging::start(&Log { level: "error".to_owned(), format: LogFormat::Text }, verbose);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the system gives no threads")?;
        if let Some(Command::Load(load)) = self.command {
            return runtime.block_on(load.run(knowledge));
        }
        if self.no_page {
            return runtime.block_on(self.alone());
        }
        let script = self.script.as_deref().map(read).transpose()?;
        let setup = Setup {
            port: self.port,
            engine: CurrentEngine::new(engine(knowledge)?),
            folder: knowledge_folder(knowledge).map(Path::to_owned),
            today,
        };
        let ended = match script {
            Some(script) => runtime.block_on(self.play(setup, &script)),
            None => runtime.block_on(self.serve(setup)),
        };
        // The rules may still be run over the knowledge; nobody waits for what comes of it.
        runtime.shutdown_background();
        ended
    }

    async fn serve(self, setup: Setup) -> anyhow::Result<Ended> {
        // Before the address is told: whoever has read it may press Ctrl-C.
        let stop = told_to_stop();
        let folder = setup.folder.clone();
        let workbench = Workbench::start(setup).await.map_err(taken)?;
        let base = workbench.remote().base_url();
        output::print(|out| {
            writeln!(out, "Mabel's sandbox is at {base}/")?;
            match folder {
                Some(folder) => writeln!(out, "Save a file in {} and she answers by it. Ctrl-C ends it.", folder.display()),
                None => writeln!(out, "Ctrl-C ends it."),
            }
        })?;
        if self.open
            && let Err(error) = open::that_detached(&base)
        {
            tracing::error!(%error, "no browser could be opened: open {base}/ yourself");
        }
        stop.await;
        workbench.stop().await;
        Ok(Ended::Done)
    }

    async fn play(self, setup: Setup, script: &Script) -> anyhow::Result<Ended> {
        let workbench = Workbench::start(setup).await.map_err(taken)?;
        let remote = workbench.remote();
        remote.connected(CONNECT).await.context("the bot did not connect")?;
        let transcript = script::play(script, &remote).await;
        let bot = remote.world(|world| world.user(world.application_id()).map(|bot| bot.display_name.clone())).unwrap_or_default();
        workbench.stop().await;
        output::print(|out| {
            if self.json { writeln!(out, "{}", serde_json::to_string_pretty(&transcript)?) } else { transcript.write(out, &bot) }
        })?;
        Ok(if transcript.failed() == 0 { Ended::Done } else { Ended::SaidNo })
    }

    async fn alone(self) -> anyhow::Result<Ended> {
        let stop = told_to_stop();
        let sandbox = Sandbox::start(Options { port: self.port, ..Options::default() }).await.map_err(taken)?;
        let description = serde_json::to_string_pretty(&sandbox.describe())?;
        output::print(|out| {
            writeln!(out, "A loopback Discord at {}. Ctrl-C ends it.", sandbox.base_url())?;
            writeln!(out, "\nA bot joins it with\n")?;
            writeln!(out, "    DISCORD_TOKEN={} MABEL_DISCORD__API_BASE={} mabel run", sandbox.token(), sandbox.base_url())?;
            writeln!(out, "\nand a person speaks with\n")?;
            writeln!(
                out,
                "    curl -s {}/sandbox/slash \\\n      -d '{{\"user\": \"ada\", \"channel\": \"general\", \"name\": \"ask\", \"options\": {{\"question\": \"can MAs give shots in Texas?\"}}}}'",
                sandbox.base_url()
            )?;
            writeln!(out, "\n{description}")
        })?;
        stop.await;
        sandbox.stop().await;
        Ok(Ended::Done)
    }
}

/// Tells how to go on where the port belongs to somebody else.
fn taken(error: SandboxError) -> anyhow::Error {
    match error {
        SandboxError::Listen { port, source } if source.kind() == ErrorKind::AddrInUse => {
            anyhow::anyhow!("port {port} is taken by another program: choose another with --port, or leave it out and a free one is found")
        }
        other => other.into(),
    }
}

fn read(path: &Path) -> anyhow::Result<Script> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the script {file}"))?;
    Script::read(&file, &text).map_err(|faults| anyhow::anyhow!("the script cannot be played:\n{faults}"))
}
