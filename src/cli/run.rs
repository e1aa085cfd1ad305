//! `mabel run`: Mabel in Discord, until she is told to stop.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::sync::watch;

use super::store::{self, Opened};
use super::{Ended, engine, knowledge_folder, today};
use crate::config::Settings;
use crate::discord::{self, CurrentEngine, Pulse, Setup};
use crate::ops::health::Health;
use crate::ops::listener::Listener;
use crate::ops::reload::{Reload, Standing};
use crate::ops::{logging, sweep};
use crate::store::{Limits, Steady, Store};

/// How long what is left of the runtime may take to end. A spinning gateway task never does.
const LAST_TASKS: Duration = Duration::from_millis(200);
/// An end takes no longer than this, whatever stands in its way: a spinning gateway task may stall all timers.
const LONGEST_END: Duration = Duration::from_secs(12);
/// How long what is still to be written may take at the end.
const LAST_WRITES: Duration = Duration::from_secs(2);

/// Arguments of `mabel run`.
#[derive(Debug, clap::Args)]
pub struct Run {
    /// If the database file is damaged, keep it aside and begin an empty one.
    #[arg(long)]
    fresh_database: bool,
}

impl Run {
    /// Runs the bot until a signal or a fault ends it.
    ///
    /// # Errors
    /// When it cannot run until somebody mends something: exit code 2. What a restart may mend is logged and said by [`Ended::SaidNo`].
    pub fn run(self, settings: &Settings, knowledge: Option<&Path>, verbose: u8) -> anyhow::Result<Ended> {
        logging::start(&settings.log, verbose);
        let knowledge = knowledge.or(settings.knowledge.as_deref());
        let engine = CurrentEngine::new(engine(knowledge)?);
        let reload = Reload::new(knowledge_folder(knowledge).map(Path::to_owned), engine.clone(), today);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the system gives no threads")?;
        let ended = runtime.block_on(async {
            if self.fresh_database {
                store::begin_fresh(&settings.database, today()).await?;
            }
            let listener = match settings.ops.listen {
                Some(address) => Some(Listener::open(address).await?),
                None => None,
            };
            let opened = store::for_running(&settings.database).await?;
            let standing = reload.standing();
            tokio::spawn(reload.run());
            anyhow::Ok(run_with(settings, engine, opened, standing, listener).await)
        });
        runtime.shutdown_timeout(LAST_TASKS);
        match ended? {
            discord::Ended::Stopped => Ok(Ended::Done),
            ended if ended.code() == 1 => {
                tracing::error!("{ended}");
                Ok(Ended::SaidNo)
            }
            ended => Err(ended.into()),
        }
    }
}

/// Runs the bot with that store, and lets what is to be kept be written.
async fn run_with(
    settings: &Settings,
    engine: CurrentEngine,
    opened: Opened,
    standing: watch::Receiver<Standing>,
    listener: Option<Listener>,
) -> discord::Ended {
    let steady = Arc::new(Steady::new(Arc::clone(&opened.store), Limits::default()));
    let store: Arc<dyn Store> = Arc::<Steady>::clone(&steady);
    tokio::spawn(sweep::daily(Arc::clone(&store), today));
    let pulse = Arc::new(Pulse::default());
    if let Some(listener) = listener {
        let health = Health { pulse: Arc::clone(&pulse), store: Some(Arc::clone(&steady)), engine: engine.clone(), standing };
        tokio::spawn(listener.serve(health));
    }
    let stop = async {
        told_to_stop().await;
        end_in_any_case();
    };
    let ended = discord::run(Setup { settings: settings.discord.clone(), engine, store, today, pulse }, stop).await;
    end_in_any_case();
    let lost = steady.finish(LAST_WRITES).await;
    if lost > 0 {
        tracing::warn!(lost, "some of what was to be kept could not be written in time");
    }
    // A server that does not answer must not hold up the end.
    let _ = tokio::time::timeout(LAST_WRITES, opened.close()).await;
    ended
}

/// Ends the process from a thread that nothing of the runtime can hold up, if it has not ended by then.
fn end_in_any_case() {
    std::thread::spawn(|| {
        std::thread::sleep(LONGEST_END);
        tracing::error!("the end took too long; what was still to be written is lost");
        std::process::exit(1);
    });
}

/// Done when the process is told to stop: by Ctrl-C, or by a service manager. It listens from the call on, not only while it is awaited.
pub(super) fn told_to_stop() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        [SignalKind::interrupt(), SignalKind::terminate()].map(signal)
    };
    async move {
        #[cfg(unix)]
        if let [Ok(mut interrupt), Ok(mut terminate)] = signals {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        // Without signals the process runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
