//! Everything that changes, behind one lock, and the bell that rings at each change.
//!
//! Nothing waits while it holds the lock: sockets are fed through channels.

use std::net::SocketAddr;
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::watch;

use super::fault::RestFault;
use super::gateway::{Dispatch, Gateway};
use super::id::Id;
use super::options::Options;
use super::record::Record;
use super::rest::{Nonces, RateLimits};
use super::world::{Message, World};

/// What changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    pub(crate) gateway: Gateway,
    pub(crate) faults: Vec<RestFault>,
    pub(crate) record: Record,
    pub(crate) limits: RateLimits,
    pub(crate) nonces: Nonces,
    /// The last message of each channel that a tester was given as the next one.
    pub(crate) handed_out: std::collections::BTreeMap<Id, Id>,
    /// When commands were created, by guild.
    pub(crate) command_creates: Vec<(Option<Id>, SystemTime)>,
    /// What whoever runs the sandbox wants its page to know, by topic.
    pub(crate) announced: std::collections::BTreeMap<&'static str, serde_json::Value>,
}

impl State {
    pub(crate) fn new(world: World, record_limit: usize) -> Self {
        Self {
            world,
            gateway: Gateway::new(),
            faults: Vec::new(),
            record: Record::new(record_limit),
            limits: RateLimits::default(),
            nonces: Nonces::default(),
            handed_out: std::collections::BTreeMap::new(),
            command_creates: Vec::new(),
            announced: std::collections::BTreeMap::new(),
        }
    }

    /// The oldest message of the bot in a channel that was not handed out yet and answers no interaction.
    pub(crate) fn next_of_bot(&self, channel: Id) -> Option<&Message> {
        let after = self.handed_out.get(&channel).copied().unwrap_or_default();
        let later = self.world.messages.range((Bound::Excluded(after), Bound::Unbounded));
        let bot = self.world.application_id;
        later
            .map(|(_, message)| message)
            .find(|message| message.channel_id == channel && message.author_id == bot && message.interaction_id.is_none())
    }

    /// Hands an event to every session that asked for it.
    pub(crate) fn tell(&mut self, event: Option<Dispatch>) {
        if let Some(event) = event {
            self.gateway.dispatch(&event, self.world.now(), &mut self.record);
        }
    }
}

/// What all parts of a sandbox share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) options: Options,
    pub(crate) address: SocketAddr,
    pub(crate) stop: watch::Sender<bool>,
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

impl Shared {
    pub(crate) fn new(options: Options, address: SocketAddr, state: State) -> Self {
        Self { options, address, stop: watch::Sender::new(false), state: Mutex::new(state), changed: watch::Sender::new(0) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the state.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state and wakes whoever waits for a change.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.send_modify(|revision| *revision += 1);
        result
    }

    /// Hears the bell at each change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// How often the state has changed.
    pub(crate) fn revision(&self) -> u64 {
        *self.changed.borrow()
    }

    /// Looks at the state after every change until there is something to see, or until time is up.
    pub(crate) async fn wait<T>(&self, timeout: Duration, mut look: impl FnMut(&State) -> Option<T>) -> Option<T> {
        let mut changed = self.changed.subscribe();
        let seen = async {
            loop {
                changed.borrow_and_update();
                if let Some(seen) = self.read(&mut look) {
                    return Some(seen);
                }
                if changed.changed().await.is_err() {
                    return None;
                }
            }
        };
        tokio::time::timeout(timeout, seen).await.ok().flatten()
    }
}
