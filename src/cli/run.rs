//! `mabel run`: Mabel in Discord, until she is told to stop.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;

use super::{Ended, engine, knowledge_folder, today};
use crate::config::Settings;
use crate::discord::{self, CurrentEngine, Setup};
use crate::ops::logging;
use crate::ops::reload::Reload;
use crate::store::Memory;

/// How long what is left of the runtime may take to end. A spinning gateway task never does.
const LAST_TASKS: Duration = Duration::from_millis(200);

/// Runs the bot until a signal or a fault ends it.
///
/// # Errors
/// When it cannot run until somebody mends something: exit code 2. What a restart may mend is logged and said by [`Ended::SaidNo`].
pub fn run(settings: &Settings, knowledge: Option<&Path>, verbose: u8) -> anyhow::Result<Ended> {
    logging::start(&settings.log, verbose);
    let knowledge = knowledge.or(settings.knowledge.as_deref());
    let engine = CurrentEngine::new(engine(knowledge)?);
    let reload = Reload::new(knowledge_folder(knowledge).map(Path::to_owned), engine.clone(), today);
    let setup = Setup { settings: settings.discord.clone(), engine, store: Arc::new(Memory::new()), today };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the system gives no threads")?;
    runtime.spawn(reload.run());
    let ended = runtime.block_on(discord::run(setup, told_to_stop()));
    runtime.shutdown_timeout(LAST_TASKS);
    match ended {
        discord::Ended::Stopped => Ok(Ended::Done),
        ended if ended.code() == 1 => {
            tracing::error!("{ended}");
            Ok(Ended::SaidNo)
        }
        ended => Err(ended.into()),
    }
}

/// Done when the process is told to stop: by Ctrl-C, or by a service manager.
pub(super) async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without signals the process runs until it is killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
