//! What is known of servers, for as long as it is fresh, and for as long as nothing newer can be had.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lru::LruCache;

/// Of how many servers something is known; the ones not asked for the longest are read again.
const MOST: usize = 20_000;

/// What is known, by server.
#[derive(Debug)]
pub(super) struct Known<T> {
    values: Mutex<LruCache<u64, Value<T>>>,
}

#[derive(Clone, Debug)]
pub(super) struct Value<T> {
    pub(super) value: T,
    /// When it was read; none if it may have changed since.
    read_at: Option<Instant>,
}

impl<T> Value<T> {
    /// Whether it was read within that time, and can be taken without reading again.
    pub(super) fn is_fresh(&self, fresh: Duration) -> bool {
        self.read_at.is_some_and(|read_at| read_at.elapsed() < fresh)
    }
}

impl<T: Clone> Known<T> {
    /// Nothing is known.
    pub(super) fn new() -> Self {
        Self { values: Mutex::new(LruCache::unbounded()) }
    }

    fn values(&self) -> MutexGuard<'_, LruCache<u64, Value<T>>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of a server.
    pub(super) fn get(&self, guild: u64) -> Option<Value<T>> {
        self.values().get(&guild).cloned()
    }

    /// Notes what was written.
    pub(super) fn put(&self, guild: u64, value: T) {
        let mut values = self.values();
        values.put(guild, Value { value, read_at: Some(Instant::now()) });
        if values.len() > MOST {
            values.pop_lru();
        }
    }

    /// Notes what was read, unless something else was noted since `before`, which was known when the reading began.
    pub(super) fn put_read(&self, guild: u64, before: Option<&Value<T>>, value: T) {
        let changed = self.values().peek(&guild).map(|value| value.read_at) != before.map(|value| value.read_at);
        if !changed {
            self.put(guild, value);
        }
    }

    /// Notes that something may have changed: it is read again, and taken only if that fails.
    pub(super) fn doubt(&self, guild: u64) {
        if let Some(value) = self.values().get_mut(&guild) {
            value.read_at = None;
        }
    }

    /// Forgets a server.
    pub(super) fn forget(&self, guild: u64) {
        self.values().pop(&guild);
    }
}
