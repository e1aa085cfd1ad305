//! The bot of the workbench: started as `mabel run` starts it, and started again when it ends, as a service manager does.

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use serde_json::json;
use tokio::sync::watch;

use crate::config::Settings;
use crate::discord::{self, CurrentEngine, Ended, Setup};
use crate::sandbox::Remote;
use crate::store::Store;

/// Between an end and the next start.
const PAUSE: Duration = Duration::from_secs(2);

/// What keeps a bot in the sandbox.
pub(super) struct Keeper {
    pub(super) remote: Remote,
    pub(super) engine: CurrentEngine,
    pub(super) store: Arc<dyn Store>,
    pub(super) today: fn() -> Date,
}

impl Keeper {
    /// Runs the bot until it is told to stop.
    pub(super) async fn keep(self, stop: watch::Receiver<bool>) {
        let mut starts: u32 = 0;
        loop {
            starts += 1;
            self.remote.announce("bot", json!({"starts": starts, "ended": null}));
            let ended = self.run(stop.clone()).await;
            if matches!(ended, Ended::Stopped) {
                return;
            }
            tracing::error!("the bot ended and starts again: {ended}");
            self.remote.announce("bot", json!({"starts": starts, "ended": ended.to_string()}));
            if tokio::time::timeout(PAUSE, stopped(stop.clone())).await.is_ok() {
                return;
            }
        }
    }

    /// Neither a config file nor the environment leads the sandbox to anything real. Set are the address, the token, whose the server is,
    /// and that she may read what does not mention her, which the sandbox allows as the developer portal would: else nobody could try
    /// answer channels.
    async fn run(&self, stop: watch::Receiver<bool>) -> Ended {
        let variables = [
            ("MABEL_DISCORD__API_BASE", self.remote.base_url()),
            ("DISCORD_TOKEN", self.remote.token().to_owned()),
            ("MABEL_OPERATOR__GUILDS", self.remote.places().guild.to_string()),
            ("MABEL_DISCORD__MESSAGE_CONTENT", "true".to_owned()),
        ];
        let settings = match Settings::read(None, variables.map(|(name, value)| (OsString::from(name), OsString::from(value)))) {
            Ok(settings) => settings.discord,
            Err(faults) => return Ended::NoClient(faults.to_string()),
        };
        let setup =
            Setup { settings, engine: self.engine.clone(), store: Arc::clone(&self.store), today: self.today, pulse: Arc::default() };
        discord::run(setup, stopped(stop)).await
    }
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // Whoever could say stop and is gone has stopped.
    let _ = stop.wait_for(|stop| *stop).await;
}
