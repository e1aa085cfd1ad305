//! Whose turn it is to identify.
//!
//! Discord takes as many identifies in five seconds as `max_concurrency` says, one for each remainder of the shard's number by it, and
//! about a thousand a day; past that it ends all sessions and resets the token. Both limits are the bot's, not the process's: where
//! several processes share the work, a turn is a lease in the store that they share. A store that fails leaves each process to itself;
//! what then comes too close Discord refuses, and it is tried again.
//! <https://docs.discord.com/developers/events/gateway#sharding-max-concurrency>

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::pulse::Pulse;
use super::requests::{GatewayInfo, StartLimit};
use super::send::Sender;
use crate::store::Store;

/// A turn that nobody gives back ends by itself; connecting takes far less.
const LONGEST_TURN: Duration = Duration::from_secs(15);
/// Between two tries for a turn that another process has.
const BETWEEN_TRIES: Duration = Duration::from_millis(250);
/// What Discord said of its limits is asked anew after this time.
const FRESH: Duration = Duration::from_secs(30);

/// What processes share: the store, and under which name this one is known there.
#[derive(Clone)]
pub(super) struct Common {
    pub(super) store: Arc<dyn Store>,
    /// Whose shards: one store may serve several bots.
    pub(super) application: u64,
    /// A number that no other process has.
    pub(super) holder: u64,
}

/// Discord allows no more identifies for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoneLeft {
    pub(super) minutes: u64,
}

/// Whose turn it is.
pub(super) struct Turns {
    sender: Arc<Sender>,
    pulse: Arc<Pulse>,
    common: Option<Common>,
    /// How many shards there are over all processes. So many identifies stay unused by shards that begin again, since all may want one at
    /// once; when she starts, as many as that had to be left.
    reserve: u64,
    window: Duration,
    /// One permit for each remainder.
    here: Vec<Arc<Semaphore>>,
    last: Mutex<(Instant, GatewayInfo)>,
}

impl Turns {
    /// Turns by what Discord just said; `window` is the time in which it takes one identify of each remainder.
    pub(super) fn new(
        gateway: GatewayInfo,
        total: u32,
        window: Duration,
        common: Option<Common>,
        sender: Arc<Sender>,
        pulse: Arc<Pulse>,
    ) -> Self {
        let concurrency = gateway.session_start_limit.as_ref().map_or(1, |limit| limit.max_concurrency).clamp(1, 1024);
        let here = (0..concurrency).map(|_| Arc::new(Semaphore::new(1))).collect();
        let turns = Self { sender, pulse, common, reserve: u64::from(total), window, here, last: Mutex::new((Instant::now(), gateway)) };
        turns.tell_left();
        turns
    }

    /// Waits for the turn of a shard, which begins for the first time or `again`; gives it with the gateway's address.
    ///
    /// # Errors
    /// When none are left.
    pub(super) async fn turn(&self, shard: u32, again: bool) -> Result<(Turn, String), NoneLeft> {
        let remainder = shard as usize % self.here.len();
        let Some(here) = self.here.get(remainder) else { return Err(NoneLeft { minutes: 0 }) };
        // Never closed.
        let permit = Arc::clone(here).acquire_owned().await.ok();
        let lease = match &self.common {
            Some(common) => common.wait(remainder).await,
            None => None,
        };
        let turn = Turn { permit, lease, window: self.window };
        match self.address(if again { self.reserve } else { 1 }).await {
            Ok(address) => Ok((turn, address)),
            Err(none) => {
                turn.unused().await;
                Err(none)
            }
        }
    }

    /// The gateway's address as it was last said.
    pub(super) fn known_address(&self) -> String {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).1.url.clone()
    }

    /// The gateway's address, if so many identifies are left; one is taken.
    async fn address(&self, least: u64) -> Result<String, NoneLeft> {
        let is_old = self.last.lock().unwrap_or_else(PoisonError::into_inner).0.elapsed() > FRESH;
        if is_old && let Ok(gateway) = self.sender.gateway_again().await {
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = (Instant::now(), gateway);
        }
        let address = {
            let mut known = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(limit) = known.1.session_start_limit.as_mut() {
                enough(limit, least)?;
                limit.remaining -= 1;
            }
            known.1.url.clone()
        };
        self.tell_left();
        Ok(address)
    }

    fn tell_left(&self) {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(limit) = &last.1.session_start_limit {
            self.pulse.counts().identifies_left.set(i64::try_from(limit.remaining).unwrap_or(i64::MAX));
        }
    }
}

/// Whether that many identifies are left.
pub(super) fn enough(limit: &StartLimit, least: u64) -> Result<(), NoneLeft> {
    if limit.remaining < least.max(1) { Err(NoneLeft { minutes: limit.reset_after.div_ceil(60_000) }) } else { Ok(()) }
}

impl Common {
    /// Waits for the turn of that remainder; none if the store cannot say whose it is.
    async fn wait(&self, remainder: usize) -> Option<Lease> {
        let lease = Lease { common: self.clone(), name: format!("identify {remainder} of {}", self.application) };
        loop {
            match lease.hold(LONGEST_TURN).await {
                Some(true) => return Some(lease),
                Some(false) => tokio::time::sleep(BETWEEN_TRIES).await,
                None => return None,
            }
        }
    }
}

/// Something in the store that one process has at a time.
#[derive(Clone)]
pub(super) struct Lease {
    common: Common,
    name: String,
}

impl Lease {
    /// That shard, out of so many.
    pub(super) fn of_shard(common: Common, shard: u32, total: u32) -> Self {
        let name = format!("shard {shard}/{total} of {}", common.application);
        Self { common, name }
    }

    /// Takes it, or goes on having it, for that long; false if another has it, none if the store cannot say.
    pub(super) async fn hold(&self, length: Duration) -> Option<bool> {
        let held = self.common.store.lease(&self.name, self.common.holder, length).await;
        // The store itself tells once that it fails; this is asked every few seconds.
        held.inspect_err(|error| tracing::debug!(%error, "going on without asking the other processes")).ok()
    }

    /// Gives it back.
    pub(super) async fn end(&self) {
        // Where that fails it ends by itself.
        let _ = self.common.store.end_lease(&self.name, self.common.holder).await;
    }
}

/// A shard's turn.
pub(super) struct Turn {
    permit: Option<OwnedSemaphorePermit>,
    lease: Option<Lease>,
    window: Duration,
}

impl Turn {
    /// Ends the turn of a shard that did not identify.
    pub(super) async fn unused(self) {
        if let Some(lease) = &self.lease {
            lease.end().await;
        }
        drop(self.permit);
    }

    /// Ends the turn of a shard that identifies about now, once Discord takes the next: when it was `ready`, or should have been.
    pub(super) async fn used(self, ready: impl Future<Output = ()>) {
        // Whether it became ready or not, it identified.
        let _ = tokio::time::timeout(LONGEST_TURN.saturating_sub(self.window), ready).await;
        if let Some(lease) = &self.lease {
            lease.hold(self.window).await;
        }
        tokio::time::sleep(self.window).await;
        drop(self.permit);
    }
}
