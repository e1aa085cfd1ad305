//! Signs of life, counted where they happen and read by the supervisor on its own thread.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Signs of life of the connection to the gateway.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    events: AtomicU64,
    unknown: AtomicU64,
    lost: AtomicU64,
    ready: Mutex<HashMap<u32, Vec<Instant>>>,
}

impl Pulse {
    /// An event came in.
    pub(super) fn event(&self) {
        self.events.fetch_add(1, Ordering::Relaxed);
    }

    /// An event came in that serenity could not read; gives how many those are by now.
    pub(super) fn unknown(&self) -> u64 {
        self.unknown.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// An answer reached nobody; gives how many those are by now.
    pub(super) fn lost(&self) -> u64 {
        self.lost.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// A shard is ready: it identified itself, and Discord took it.
    pub(super) fn ready(&self, shard: u32, now: Instant) {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner).entry(shard).or_default().push(now);
    }

    /// How many events came in.
    pub(super) fn events(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }

    /// How often one shard became ready since that moment, at most; what was earlier is forgotten.
    pub(super) fn most_ready_since(&self, since: Instant) -> usize {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        ready
            .values_mut()
            .map(|times| {
                times.retain(|time| *time >= since);
                times.len()
            })
            .max()
            .unwrap_or_default()
    }
}
