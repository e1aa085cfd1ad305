//! What passed between the bot and the sandbox: every REST request and every gateway payload, up to a bound.
//!
//! Tokens are never kept. Owns the memory of it; knows nothing of what it means.

use std::collections::VecDeque;
use std::time::SystemTime;

use serde::Serialize;
use serde_json::Value;

use super::id::timestamp;

/// A REST request of the bot and the answer's status.
#[derive(Clone, Debug, Serialize)]
pub struct RecordedRequest {
    /// When it came.
    #[serde(serialize_with = "as_timestamp")]
    pub at: SystemTime,
    /// The method.
    pub method: String,
    /// The path without `/api/v10`, interaction tokens left in.
    pub path: String,
    /// The path as Discord documents it, such as `/channels/{channel_id}/messages`; empty for an unknown one.
    pub route: &'static str,
    /// The query, as sent.
    pub query: String,
    /// Headers of interest: `user-agent`, `content-type`, `x-audit-log-reason`; of `authorization` only its first word.
    pub headers: Vec<(String, String)>,
    /// The JSON body, or the `payload_json` of a multipart one; `null` for none.
    pub body: Value,
    /// The files of a multipart body.
    pub files: Vec<RecordedFile>,
    /// The status answered; 0 when the connection was cut, or the client waited no longer.
    pub status: u16,
    /// The body answered.
    pub answer: Value,
}

/// A file of a multipart body.
#[derive(Clone, Debug, Serialize)]
pub struct RecordedFile {
    /// The field, such as `files[0]`.
    pub field: String,
    /// The file's name.
    pub filename: String,
    /// Its size in bytes.
    pub size: usize,
}

/// A gateway payload.
#[derive(Clone, Debug, Serialize)]
pub struct RecordedEvent {
    /// When it was sent or came.
    #[serde(serialize_with = "as_timestamp")]
    pub at: SystemTime,
    /// Which connection, counted from 1.
    pub connection: u64,
    /// Whether the bot sent it; otherwise the sandbox did.
    pub from_bot: bool,
    /// The opcode; for a close, the code with its sign turned.
    pub op: i64,
    /// The event's name, of a dispatch.
    pub name: Option<String>,
    /// The event's sequence number, of a dispatch.
    pub sequence: Option<u64>,
    /// The payload's data, the token taken out.
    pub data: Value,
}

/// The memory of both.
#[derive(Debug)]
pub(crate) struct Record {
    limit: usize,
    pub(crate) requests: VecDeque<RecordedRequest>,
    pub(crate) events: VecDeque<RecordedEvent>,
    /// How many there were in all, forgotten ones counted.
    requests_seen: usize,
    events_seen: usize,
}

impl Record {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, requests: VecDeque::new(), events: VecDeque::new(), requests_seen: 0, events_seen: 0 }
    }

    pub(crate) fn request(&mut self, request: RecordedRequest) {
        self.requests_seen += 1;
        self.requests.push_back(request);
        if self.requests.len() > self.limit {
            self.requests.pop_front();
        }
    }

    pub(crate) fn event(&mut self, mut event: RecordedEvent) {
        if let Some(token) = event.data.get_mut("token").filter(|_| event.from_bot) {
            *token = Value::Null;
        }
        self.events_seen += 1;
        self.events.push_back(event);
        if self.events.len() > self.limit {
            self.events.pop_front();
        }
    }
}

impl Record {
    /// How many requests and payloads there were so far.
    pub(crate) fn seen(&self) -> (usize, usize) {
        (self.requests_seen, self.events_seen)
    }

    /// What came after those, as far as it is still remembered.
    pub(crate) fn since(&self, (requests, events): (usize, usize)) -> (Vec<&RecordedRequest>, Vec<&RecordedEvent>) {
        (tail(&self.requests, self.requests_seen - requests), tail(&self.events, self.events_seen - events))
    }
}

fn tail<T>(all: &VecDeque<T>, count: usize) -> Vec<&T> {
    all.iter().skip(all.len().saturating_sub(count)).collect()
}

fn as_timestamp<S: serde::Serializer>(moment: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&timestamp(*moment))
}
