//! The sandbox with the bot in it, and a look inside her: what `mabel sandbox` runs.
//!
//! ```text
//! browser ─▶ page ─▶ sandbox (loopback Discord) ◀─ REST, gateway ─▶ the bot, as `mabel run` starts it
//!               └──▶ workbench: why, knowledge ─▶ the engine that the bot answers with
//! ```
//!
//! The bot is started with settings that point it at the loopback address, and nothing in it knows. What the page shows of a
//! conversation came over that wire; what no wire tells (why an answer was chosen, what the knowledge holds) is asked here.

mod asked;
mod bot;
mod coverage;
mod insight;
pub mod load;
mod routes;
pub mod script;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::discord::CurrentEngine;
use crate::ops::reload::{Reload, Standing};
use crate::sandbox::{Options, Remote, Sandbox, SandboxError};
use crate::store::{Memory, Store};
use routes::Desk;

/// What a workbench is made of.
pub struct Setup {
    /// The port to listen on; 0 lets the system choose.
    pub port: u16,
    /// Who answers.
    pub engine: CurrentEngine,
    /// The folder that the knowledge is from, to be followed; none for the knowledge carried in the program.
    pub folder: Option<PathBuf>,
    /// Tells the day.
    pub today: fn() -> Date,
}

/// A running sandbox with the bot in it.
#[derive(Debug)]
pub struct Workbench {
    sandbox: Sandbox,
    stop: watch::Sender<bool>,
    bot: JoinHandle<()>,
    followers: [JoinHandle<()>; 2],
}

/// How long the bot may take to leave.
const LEAVE: Duration = Duration::from_secs(6);

impl Workbench {
    /// Starts everything; the bot is connected soon after, see [`Remote::connected`].
    ///
    /// # Errors
    /// When the port cannot be opened.
    pub async fn start(setup: Setup) -> Result<Self, SandboxError> {
        let Setup { port, engine, folder, today } = setup;
        let store: Arc<dyn Store> = Arc::new(Memory::new());
        let reload = Reload::new(folder.clone(), engine.clone(), today);
        let standing = reload.standing();
        let options = Options { port, page: true, ..Options::default() };
        let desk = |remote: &Remote| Desk {
            engine: engine.clone(),
            store: Arc::clone(&store),
            standing: standing.clone(),
            folder,
            today,
            remote: remote.clone(),
        };
        let sandbox = Sandbox::start_with(options, |remote| routes::router(desk(remote))).await?;
        let stop = watch::Sender::new(false);
        let bot = bot::Keeper { remote: sandbox.remote(), engine, store, today };
        let bot = tokio::spawn(bot.keep(stop.subscribe()));
        let followers = [tokio::spawn(reload.run()), tokio::spawn(announce(sandbox.remote(), standing))];
        Ok(Self { sandbox, stop, bot, followers })
    }

    /// The sandbox, to act in and to look at.
    #[must_use]
    pub fn remote(&self) -> Remote {
        self.sandbox.remote()
    }

    /// Lets the bot leave, then closes the sandbox.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(LEAVE, self.bot).await.is_err() {
            tracing::error!("the bot did not leave in time");
        }
        self.followers.iter().for_each(JoinHandle::abort);
        self.sandbox.stop().await;
    }
}

/// Tells the page whenever the knowledge stands differently; it then asks for what it shows.
async fn announce(remote: Remote, mut standing: watch::Receiver<Standing>) {
    loop {
        let now = standing.borrow_and_update().clone();
        let errors = now.errors().count();
        let warnings = now.faults.len() - errors;
        let told = json!({
            "generation": now.generation, "in_use": now.in_use, "checked": now.checked, "errors": errors, "warnings": warnings,
        });
        remote.announce("knowledge", told);
        if standing.changed().await.is_err() {
            return;
        }
    }
}
