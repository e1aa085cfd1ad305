//! The gateway: connections, sessions, and the way of an event to them.
//!
//! Owns sequence numbers, replay and what a client may send. Knows nothing of why an event happens.
//! <https://docs.discord.com/developers/events/gateway>

pub(crate) mod event;
pub(crate) mod handshake;
pub mod intents;
pub(crate) mod socket;

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, SystemTime};

use axum::extract::ws::Message;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

pub(crate) use event::Dispatch;

use super::fault::GatewayFault;
use super::id::Id;
use super::record::{Record, RecordedEvent};

/// How many events of a session are kept for a resume.
const REPLAY: usize = 1000;
/// How long a session outlives its connection.
const SESSION_LIFE: Duration = Duration::from_secs(5 * 60);

/// What a connection's task is told to do.
#[derive(Debug)]
pub(crate) enum Order {
    /// Send a payload, after a delay when it is an event.
    Send(Value, Duration),
    /// Close with a code.
    Close(u16, &'static str),
    /// Send a frame as it is.
    Frame(Message),
    /// Drop the connection without a word.
    Cut,
    /// Neither read nor write any more.
    Freeze,
}

/// A client's state that outlives its connections.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) shard: (u64, u64),
    pub(crate) intents: u64,
    pub(crate) sequence: u64,
    pub(crate) events: VecDeque<(u64, Value)>,
    pub(crate) connection: Option<u64>,
    pub(crate) left_at: Option<SystemTime>,
}

/// One socket.
#[derive(Debug)]
pub(crate) struct Connection {
    orders: UnboundedSender<Order>,
    pub(crate) session: Option<String>,
    pub(crate) received: VecDeque<SystemTime>,
}

/// All sockets and sessions.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) sessions: BTreeMap<String, Session>,
    pub(crate) connections: BTreeMap<u64, Connection>,
    pub(crate) opened: u64,
    /// When clients identified, and the remainder of the shard by `max_concurrency`.
    pub(crate) identified: Vec<(SystemTime, u64)>,
    pub(crate) acknowledge: bool,
    pub(crate) refuse: bool,
    pub(crate) send_away: Option<u16>,
    delay: Duration,
}

impl Gateway {
    pub(crate) fn new() -> Self {
        Self {
            sessions: BTreeMap::new(),
            connections: BTreeMap::new(),
            opened: 0,
            identified: Vec::new(),
            acknowledge: true,
            refuse: false,
            send_away: None,
            delay: Duration::ZERO,
        }
    }

    /// Notes a new connection; gives its number and its orders.
    pub(crate) fn open(&mut self) -> (u64, UnboundedReceiver<Order>) {
        let (orders, receiver) = unbounded_channel();
        self.opened += 1;
        self.connections.insert(self.opened, Connection { orders, session: None, received: VecDeque::new() });
        (self.opened, receiver)
    }

    /// Notes that a connection has ended. A client that closes with 1000 or 1001 ends its session too.
    pub(crate) fn ended(&mut self, connection: u64, close_code: Option<u16>, now: SystemTime) {
        let Some(id) = self.connections.remove(&connection).and_then(|connection| connection.session) else {
            return;
        };
        let Some(session) = self.sessions.get_mut(&id).filter(|session| session.connection == Some(connection)) else {
            return;
        };
        session.connection = None;
        session.left_at = Some(now);
        if matches!(close_code, Some(1000 | 1001)) {
            self.sessions.remove(&id);
        }
    }

    pub(crate) fn order(&self, connection: u64, order: Order) {
        if let Some(connection) = self.connections.get(&connection) {
            // A task that has ended takes no more orders; its session waits for a resume.
            let _ = connection.orders.send(order);
        }
    }

    /// Sends a payload that is not an event.
    pub(crate) fn send(&self, connection: u64, op: i64, data: &Value, now: SystemTime, record: &mut Record) {
        record.event(RecordedEvent { at: now, connection, from_bot: false, op, name: None, sequence: None, data: data.clone() });
        self.order(connection, Order::Send(json!({"t": null, "s": null, "op": op, "d": data}), Duration::ZERO));
    }

    /// Closes a connection with a code.
    pub(crate) fn close(&self, connection: u64, code: u16, reason: &'static str, now: SystemTime, record: &mut Record) {
        let data = json!({"code": code, "reason": reason});
        record.event(RecordedEvent { at: now, connection, from_bot: false, op: -i64::from(code), name: None, sequence: None, data });
        self.order(connection, Order::Close(code, reason));
    }

    /// Hands an event to every session that asked for it and whose shard it is.
    pub(crate) fn dispatch(&mut self, event: &Dispatch, now: SystemTime, record: &mut Record) {
        let ids: Vec<String> = self.sessions.values().filter(|session| session.wants(event)).map(|session| session.id.clone()).collect();
        for id in ids {
            self.dispatch_to(&id, event, now, record);
        }
    }

    /// Hands an event to one session.
    pub(crate) fn dispatch_to(&mut self, session: &str, event: &Dispatch, now: SystemTime, record: &mut Record) {
        let Some(intents) = self.sessions.get(session).map(|session| session.intents) else {
            return;
        };
        let sees = intents & intents::MESSAGE_CONTENT != 0;
        let data = event.withheld.as_ref().filter(|_| !sees).unwrap_or(&event.data).clone();
        self.hand(session, event.name, data, now, record);
    }

    /// Hands what is said under that name to one session, as the next in its sequence.
    fn hand(&mut self, session: &str, name: &str, data: Value, now: SystemTime, record: &mut Record) {
        let Some(session) = self.sessions.get_mut(session) else {
            return;
        };
        session.sequence += 1;
        let payload = json!({"t": name, "s": session.sequence, "op": 0, "d": data});
        session.events.push_back((session.sequence, payload.clone()));
        if session.events.len() > REPLAY {
            session.events.pop_front();
        }
        let (sequence, connection) = (Some(session.sequence), session.connection);
        if let Some(connection) = connection {
            record.event(RecordedEvent { at: now, connection, from_bot: false, op: 0, name: Some(name.to_owned()), sequence, data });
            self.order(connection, Order::Send(payload, self.delay));
        }
    }

    /// Carries a fault out.
    pub(crate) fn strike(&mut self, fault: &GatewayFault, now: SystemTime, record: &mut Record) {
        let connections: Vec<u64> = self.connections.keys().copied().collect();
        match fault {
            GatewayFault::Acknowledge(on) => self.acknowledge = *on,
            GatewayFault::Refuse(on) => self.refuse = *on,
            GatewayFault::DelayEvents(delay) => self.delay = *delay,
            GatewayFault::ForgetSessions => self.sessions.clear(),
            GatewayFault::SendAway(code) => self.send_away = *code,
            GatewayFault::Event { name, data } => {
                for session in self.sessions.keys().cloned().collect::<Vec<_>>() {
                    self.hand(&session, name, data.clone(), now, record);
                }
            }
            _ => {}
        }
        for connection in connections {
            match fault {
                GatewayFault::Cut => self.order(connection, Order::Cut),
                GatewayFault::HalfOpen => self.order(connection, Order::Freeze),
                GatewayFault::Text(text) => self.order(connection, Order::Frame(Message::Text(text.into()))),
                GatewayFault::Bytes(bytes) => self.order(connection, Order::Frame(Message::Binary(bytes.clone().into()))),
                GatewayFault::Reconnect => self.send(connection, 7, &Value::Null, now, record),
                GatewayFault::InvalidSession { resumable } => {
                    if !resumable {
                        self.forget_session_of(connection);
                    }
                    self.send(connection, 9, &json!(resumable), now, record);
                }
                GatewayFault::Close(code) => {
                    if matches!(code, 4003 | 4004 | 4007 | 4009..=4014) {
                        self.forget_session_of(connection);
                    }
                    self.close(connection, *code, "", now, record);
                }
                _ => {}
            }
        }
    }

    /// By how much events come late.
    pub(crate) fn delay(&self) -> Duration {
        self.delay
    }

    /// Ends the session of a connection, so that it cannot be resumed.
    pub(crate) fn forget_session_of(&mut self, connection: u64) {
        if let Some(session) = self.connections.get_mut(&connection).and_then(|connection| connection.session.take()) {
            self.sessions.remove(&session);
        }
    }
}

impl Session {
    fn wants(&self, event: &Dispatch) -> bool {
        self.serves(event.guild) && (event.needs == 0 || self.intents & event.needs != 0)
    }

    /// Whether a guild is of this session's shard; DMs are of shard 0.
    /// <https://docs.discord.com/developers/events/gateway#sharding>
    pub(crate) fn serves(&self, guild: Option<Id>) -> bool {
        let (shard, shards) = self.shard;
        guild.map_or(0, |guild| (guild.0 >> 22) % shards.max(1)) == shard
    }

    /// Whether the session has been left too long ago to come back to.
    pub(crate) fn is_over(&self, now: SystemTime) -> bool {
        self.left_at.is_some_and(|left| now.duration_since(left).unwrap_or_default() > SESSION_LIFE)
    }
}
