//! A bot as `mabel run` runs it, without a stage around it: several of them may share a sandbox.

use std::sync::Arc;
use std::time::{Duration, Instant};

use mabel::config::Settings;
use mabel::discord::{self, CurrentEngine, Ended, Pulse, Setup, ShardState, Stage};
use mabel::sandbox::Sandbox;
use mabel::store::Store;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::stage::{SOON, engine, settings, today};

/// A running bot.
pub struct Running {
    pub pulse: Arc<Pulse>,
    pub stop: oneshot::Sender<()>,
    pub bot: JoinHandle<Ended>,
}

impl Running {
    /// Starts a bot with those settings over that store.
    pub fn start(settings: Settings, store: &Arc<dyn Store>) -> Self {
        Self::answering(settings, store, engine())
    }

    /// The same with an engine of its own.
    pub fn answering(settings: Settings, store: &Arc<dyn Store>, engine: CurrentEngine) -> Self {
        let (store, pulse) = (Arc::clone(store), Arc::new(Pulse::default()));
        let setup = Setup { settings: settings.discord, engine, store, today, pulse: Arc::clone(&pulse) };
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async move {
            // A stage that is dropped stops its bot as well.
            let _ = stopped.await;
        };
        Self { pulse, stop, bot: tokio::spawn(discord::run(setup, stopped)) }
    }

    /// One of several in that sandbox, with those of so many shards.
    pub fn of_shards(sandbox: &Sandbox, total: &str, ids: &str, store: &Arc<dyn Store>) -> Self {
        let shards = [("MABEL_DISCORD__SHARDS__TOTAL", total), ("MABEL_DISCORD__SHARDS__IDS", ids)];
        Self::start(settings(sandbox, sandbox.token(), &shards), store)
    }

    /// Waits until all its shards are connected.
    pub async fn connected(&self, limit: Duration) {
        let connected = |shard: &ShardState| shard.stage == Stage::Connected;
        let begin = Instant::now();
        loop {
            let shards = self.pulse.shards(Instant::now());
            if !shards.is_empty() && shards.iter().all(connected) {
                return;
            }
            assert!(begin.elapsed() < limit, "not connected: {shards:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Stops it in order.
    pub async fn stopped(self) {
        self.stop.send(()).unwrap();
        let ended = tokio::time::timeout(SOON, self.bot).await.unwrap().unwrap();
        assert!(matches!(ended, Ended::Stopped), "{ended}");
    }
}
