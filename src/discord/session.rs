//! What is known of a session with Discord, so that another connection can go on with it.
//!
//! Serenity resumes a session where its socket closes. Where a heartbeat stays unanswered, or no connection can be made for a moment, it
//! gives the session up, though Discord still keeps all that is said. So each session is noted here as its events come in, and a new
//! connection is handed the notes: told of a READY it had not, serenity finds itself greeted late, and resumes.
//! <https://docs.discord.com/developers/events/gateway#resuming>

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serenity::gateway::Shard;
use serenity::model::event::{Event, GatewayEvent, ReadyEvent};

/// A session that may be gone on with.
#[derive(Clone, Debug)]
pub(super) struct Session {
    /// How it began, without its servers.
    ready: ReadyEvent,
    /// How many of its events came in. Discord numbers them one by one, so that is the number of the last; should one have been missed, some
    /// come once more, which does no harm.
    heard: u64,
}

impl Session {
    /// Where Discord wants it to be gone on with.
    pub(super) fn address(&self) -> &str {
        &self.ready.ready.resume_gateway_url
    }

    /// Tells a new connection of it.
    pub(super) fn hand_to(&self, shard: &mut Shard) {
        let told = shard.handle_event(&Ok(GatewayEvent::Dispatch(self.heard, Event::Ready(self.ready.clone()))));
        if let Err(error) = told {
            tracing::error!(%error, "a session could not be handed on; another one begins");
        }
    }
}

/// Notes on the session of a connection.
#[derive(Debug)]
pub(super) struct Notes {
    ready: Mutex<Option<ReadyEvent>>,
    heard: AtomicU64,
    /// Whether Discord took the connection.
    is_taken: AtomicBool,
    /// Where serenity connects to when it resumes by itself.
    address: Arc<tokio::sync::Mutex<String>>,
}

impl Notes {
    /// On a session that is to begin at that address.
    pub(super) fn new(address: String) -> Arc<Self> {
        Arc::new(Self::of(None, 0, address))
    }

    /// On a session that is gone on with at that address.
    pub(super) fn going_on(session: Session, address: String) -> Arc<Self> {
        Arc::new(Self::of(Some(session.ready), session.heard, address))
    }

    fn of(ready: Option<ReadyEvent>, heard: u64, address: String) -> Self {
        let address = Arc::new(tokio::sync::Mutex::new(address));
        Self { ready: Mutex::new(ready), heard: AtomicU64::new(heard), is_taken: AtomicBool::new(false), address }
    }

    /// Where serenity connects to.
    pub(super) fn address(&self) -> Arc<tokio::sync::Mutex<String>> {
        Arc::clone(&self.address)
    }

    /// An event came in.
    pub(super) async fn hear(&self, event: &Event) {
        self.heard.fetch_add(1, Ordering::Relaxed);
        match event {
            Event::Ready(ready) => {
                let mut ready = ready.clone();
                ready.ready.guilds = Vec::new();
                let address = ready.ready.resume_gateway_url.clone();
                *self.ready() = Some(ready);
                self.is_taken.store(true, Ordering::Relaxed);
                // Discord drops a session more often that is gone on with elsewhere.
                if address.starts_with("ws") {
                    *self.address.lock().await = address;
                }
            }
            Event::Resumed(_) => self.is_taken.store(true, Ordering::Relaxed),
            _ => {}
        }
    }

    /// How many events came in.
    pub(super) fn heard(&self) -> u64 {
        self.heard.load(Ordering::Relaxed)
    }

    /// The session, if Discord took the connection: what it refused once it refuses again.
    pub(super) fn session(&self) -> Option<Session> {
        let ready = self.ready().clone().filter(|_| self.is_taken.load(Ordering::Relaxed))?;
        Some(Session { ready, heard: self.heard() })
    }

    fn ready(&self) -> MutexGuard<'_, Option<ReadyEvent>> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
