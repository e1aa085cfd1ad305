//! Following the requests of the bot as they come, without a copy of them.

use std::sync::Arc;

use tokio::sync::watch;

use super::Remote;
use crate::sandbox::record::RecordedRequest;
use crate::sandbox::state::Shared;

/// Looks at each request once. Who looks too rarely misses what the sandbox no longer remembers.
#[derive(Debug)]
pub struct Requests {
    shared: Arc<Shared>,
    changed: watch::Receiver<u64>,
    seen: (usize, usize),
}

impl Remote {
    /// Follows the requests from now on.
    #[must_use]
    pub fn follow_requests(&self) -> Requests {
        let shared = Arc::clone(&self.shared);
        let (changed, seen) = (shared.changes(), shared.read(|state| state.record.seen()));
        Requests { shared, changed, seen }
    }
}

impl Requests {
    /// Waits for requests and tells of each what `look` gives, oldest first. Nothing moves while it looks: it must not call the sandbox.
    pub async fn next<T>(&mut self, look: impl Fn(&RecordedRequest) -> Option<T>) -> Vec<T> {
        loop {
            let told: Vec<T> = self.shared.read(|state| {
                let (requests, _) = state.record.since(self.seen);
                self.seen = state.record.seen();
                requests.into_iter().filter_map(&look).collect()
            });
            if !told.is_empty() {
                return told;
            }
            if self.changed.changed().await.is_err() {
                // The sandbox is gone: nothing comes any more.
                std::future::pending::<()>().await;
            }
        }
    }
}
