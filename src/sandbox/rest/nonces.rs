//! Enforced nonces: which message a bot sent under which, for some minutes.
//! <https://docs.discord.com/developers/resources/message#create-message>

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::sandbox::id::Id;

/// How long an enforced nonce is remembered.
const LIFE: Duration = Duration::from_secs(5 * 60);

/// A nonce and the channel it counts in.
type Key = (Id, String);

/// The nonces of the last minutes.
#[derive(Debug, Default)]
pub(crate) struct Nonces {
    messages: HashMap<Key, Id>,
    /// The same, oldest first.
    in_time: VecDeque<(SystemTime, Key)>,
}

impl Nonces {
    /// The message that was sent to the channel under that nonce a short while ago.
    pub(crate) fn message(&mut self, channel: Id, nonce: &Value, now: SystemTime) -> Option<Id> {
        let over = |at: SystemTime| now.duration_since(at).unwrap_or_default() >= LIFE;
        while let Some((_, key)) = self.in_time.pop_front_if(|(at, _)| over(*at)) {
            self.messages.remove(&key);
        }
        self.messages.get(&key(channel, nonce)).copied()
    }

    /// Remembers the message of a nonce.
    pub(crate) fn keep(&mut self, channel: Id, nonce: &Value, message: Id, now: SystemTime) {
        let key = key(channel, nonce);
        self.in_time.push_back((now, key.clone()));
        self.messages.insert(key, message);
    }
}

/// A nonce is a text or a number, and those differ.
fn key(channel: Id, nonce: &Value) -> Key {
    (channel, nonce.to_string())
}
