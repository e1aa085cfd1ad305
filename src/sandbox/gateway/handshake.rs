//! What a client may send: identify, resume, heartbeat, and the rest. Every breach has its close code.
//! <https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway>

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::{Value, json};

use super::event::{self, Dispatch};
use super::{Order, Session, intents};
use crate::sandbox::id::Id;
use crate::sandbox::record::RecordedEvent;
use crate::sandbox::state::{Shared, State};

/// How many bytes a client's payload has.
const PAYLOAD: usize = 4096;
/// How many payloads a client sends in a minute.
const PAYLOADS: usize = 120;

/// A breach: the close code and its reason.
type Breach = (u16, &'static str);

/// Takes one payload of a client.
pub(crate) fn receive(shared: &Shared, connection: u64, text: &str) {
    shared.change(|state| {
        let result = read(state, connection, text).and_then(|(op, data)| handle(shared, state, connection, op, &data));
        if let Err((code, reason)) = result {
            let now = state.world.now();
            if !matches!(code, 4000 | 4001 | 4002 | 4008) {
                state.gateway.forget_session_of(connection);
            }
            state.gateway.close(connection, code, reason, now, &mut state.record);
        }
    });
}

/// Reads and records a payload.
fn read(state: &mut State, connection: u64, text: &str) -> Result<(i64, Value), Breach> {
    let now = state.world.now();
    if text.len() > PAYLOAD {
        return Err((4002, "Error while decoding payload."));
    }
    let payload: Value = serde_json::from_str(text).map_err(|_| (4002, "Error while decoding payload."))?;
    let op = payload["op"].as_i64().ok_or((4002, "Error while decoding payload."))?;
    let data = payload["d"].clone();
    state.record.event(RecordedEvent { at: now, connection, from_bot: true, op, name: None, sequence: None, data: data.clone() });
    if let Some(connection) = state.gateway.connections.get_mut(&connection) {
        connection.received.push_back(now);
        let recent = |at: &std::time::SystemTime| now.duration_since(*at).unwrap_or_default() < Duration::from_secs(60);
        connection.received.retain(recent);
        if connection.received.len() > PAYLOADS {
            return Err((4008, "You are being rate limited."));
        }
    }
    Ok((op, data))
}

fn handle(shared: &Shared, state: &mut State, connection: u64, op: i64, data: &Value) -> Result<(), Breach> {
    let identified = state.gateway.connections.get(&connection).is_some_and(|connection| connection.session.is_some());
    match op {
        1 => {
            if state.gateway.acknowledge {
                let now = state.world.now();
                state.gateway.send(connection, 11, &Value::Null, now, &mut state.record);
            }
            Ok(())
        }
        2 | 6 if identified => Err((4005, "Already authenticated.")),
        2 | 6 if state.gateway.send_away.is_some() => Err((state.gateway.send_away.unwrap_or_default(), "")),
        2 => identify(shared, state, connection, data),
        6 => resume(shared, state, connection, data),
        3 | 4 | 8 | 31 if !identified => Err((4003, "Not authenticated.")),
        8 => {
            request_members(state, connection, data);
            Ok(())
        }
        3 | 4 | 31 => Ok(()),
        _ => Err((4001, "Unknown opcode.")),
    }
}

fn check_token(shared: &Shared, data: &Value) -> Result<(), Breach> {
    let token = data["token"].as_str().ok_or((4002, "Error while decoding payload."))?;
    if token.trim_start_matches("Bot ") == shared.options.token { Ok(()) } else { Err((4004, "Authentication failed.")) }
}

/// <https://docs.discord.com/developers/events/gateway-events#identify>
fn identify(shared: &Shared, state: &mut State, connection: u64, data: &Value) -> Result<(), Breach> {
    check_token(shared, data)?;
    if !data["properties"].is_object() {
        return Err((4002, "Error while decoding payload."));
    }
    let bits = data["intents"].as_u64().filter(|bits| bits & !intents::KNOWN == 0).ok_or((4013, "Invalid intent(s)."))?;
    if bits & intents::PRIVILEGED & !shared.options.allowed_intents != 0 {
        return Err((4014, "Disallowed intent(s)."));
    }
    let split = match &data["shard"] {
        Value::Null => (0, 1),
        pair => pair[0].as_u64().zip(pair[1].as_u64()).filter(|(shard, shards)| shard < shards).ok_or((4010, "Invalid shard."))?,
    };
    if shared.options.shards > 1 && split.1 == 1 {
        return Err((4011, "Sharding required."));
    }
    let now = state.world.now();
    // One in five seconds for each remainder. <https://docs.discord.com/developers/events/gateway#sharding-max-concurrency>
    let remainder = split.0 % shared.options.max_concurrency.max(1);
    let recent = |at: std::time::SystemTime| now.duration_since(at).unwrap_or_default() < Duration::from_secs(5);
    let crowded = state.gateway.identified.iter().any(|(at, other)| *other == remainder && recent(*at));
    if shared.options.enforce_rate_limits && crowded {
        state.gateway.send(connection, 9, &json!(false), now, &mut state.record);
        return Ok(());
    }
    state.gateway.identified.push((now, remainder));
    let id = format!("{:032x}", u128::from(state.world.new_id().0) * 0x9e37_79b9_7f4a_7c15);
    let session = Session {
        id: id.clone(),
        shard: split,
        intents: bits,
        sequence: 0,
        events: VecDeque::new(),
        connection: Some(connection),
        left_at: None,
    };
    let guilds: Vec<Id> =
        state.world.guilds.values().filter(|guild| guild.has_bot && session.serves(Some(guild.id))).map(|guild| guild.id).collect();
    state.gateway.sessions.insert(id.clone(), session);
    attach(state, connection, &id);
    welcome(shared, state, &id, split, &guilds);
    if bits & intents::GUILDS != 0 {
        for guild in guilds {
            let Some(event) = state.world.guilds.get(&guild).map(|guild| event::guild_created(&state.world, guild)) else {
                continue;
            };
            state.gateway.dispatch_to(&id, &event, now, &mut state.record);
        }
    }
    Ok(())
}

fn attach(state: &mut State, connection: u64, session: &str) {
    if let Some(connection) = state.gateway.connections.get_mut(&connection) {
        connection.session = Some(session.to_owned());
    }
}

/// Sends READY.
fn welcome(shared: &Shared, state: &mut State, session: &str, split: (u64, u64), guilds: &[Id]) {
    let bot = state.world.user(state.world.application_id).map(super::super::world::User::own_json);
    let data = json!({
        "v": 10,
        "user": bot,
        "guilds": guilds.iter().map(|id| json!({"id": id, "unavailable": true})).collect::<Vec<_>>(),
        "session_id": session,
        "session_type": "normal",
        "resume_gateway_url": format!("ws://{}/resume", shared.address),
        "shard": [split.0, split.1],
        "application": {"id": state.world.application_id, "flags": 0},
        "user_settings": {}, "relationships": [], "private_channels": [], "presences": [], "guild_join_requests": [],
        "geo_ordered_rtc_regions": [], "auth": {}, "_trace": ["sandbox"],
    });
    let event = Dispatch { name: "READY", data, withheld: None, guild: None, needs: 0 };
    let now = state.world.now();
    state.gateway.dispatch_to(session, &event, now, &mut state.record);
}

/// <https://docs.discord.com/developers/events/gateway#resuming>
fn resume(shared: &Shared, state: &mut State, connection: u64, data: &Value) -> Result<(), Breach> {
    check_token(shared, data)?;
    let id = data["session_id"].as_str().ok_or((4002, "Error while decoding payload."))?.to_owned();
    let seen = data["seq"].as_u64().ok_or((4002, "Error while decoding payload."))?;
    let now = state.world.now();
    state.gateway.sessions.retain(|_, session| !session.is_over(now));
    let Some(session) = state.gateway.sessions.get_mut(&id) else {
        state.gateway.send(connection, 9, &json!(false), now, &mut state.record);
        return Ok(());
    };
    if seen > session.sequence {
        return Err((4007, "Invalid seq."));
    }
    let kept_from = session.events.front().map_or(1, |(sequence, _)| *sequence);
    if seen + 1 < kept_from {
        state.gateway.sessions.remove(&id);
        state.gateway.send(connection, 9, &json!(false), now, &mut state.record);
        return Ok(());
    }
    let before = session.connection.replace(connection);
    session.left_at = None;
    let missed: Vec<Value> = session.events.iter().filter(|(sequence, _)| *sequence > seen).map(|(_, payload)| payload.clone()).collect();
    if let Some(before) = before {
        state.gateway.order(before, Order::Cut);
    }
    attach(state, connection, &id);
    for payload in missed {
        let (name, sequence) = (payload["t"].as_str().map(str::to_owned), payload["s"].as_u64());
        state.record.event(RecordedEvent { at: now, connection, from_bot: false, op: 0, name, sequence, data: payload["d"].clone() });
        state.gateway.order(connection, Order::Send(payload, Duration::ZERO));
    }
    let resumed = Dispatch { name: "RESUMED", data: json!({"_trace": ["sandbox"]}), withheld: None, guild: None, needs: 0 };
    state.gateway.dispatch_to(&id, &resumed, now, &mut state.record);
    Ok(())
}

/// Answers op 8 with one chunk. <https://docs.discord.com/developers/events/gateway-events#request-guild-members>
fn request_members(state: &mut State, connection: u64, data: &Value) {
    let guild = serde_json::from_value::<Id>(data["guild_id"].clone()).ok();
    let Some(guild) = guild.and_then(|id| state.world.guilds.get(&id)).filter(|guild| guild.has_bot) else {
        return;
    };
    let wanted: Vec<Id> = serde_json::from_value(data["user_ids"].clone()).unwrap_or_default();
    let start = data["query"].as_str().unwrap_or_default().to_lowercase();
    let fits = |user: &&Id| {
        wanted.contains(user) || (wanted.is_empty() && state.world.user(**user).is_some_and(|found| found.name.starts_with(&start)))
    };
    let members: Vec<Value> = guild.members.keys().filter(fits).map(|user| state.world.member_json(guild, *user)).collect();
    let not_found: Vec<Id> = wanted.iter().copied().filter(|user| !guild.members.contains_key(user)).collect();
    let data = json!({
        "guild_id": guild.id, "members": members, "chunk_index": 0, "chunk_count": 1, "not_found": not_found, "nonce": data["nonce"],
    });
    let event = Dispatch { name: "GUILD_MEMBERS_CHUNK", data, withheld: None, guild: Some(guild.id), needs: 0 };
    let session = state.gateway.connections.get(&connection).and_then(|connection| connection.session.clone());
    let now = state.world.now();
    state.gateway.dispatch_to(&session.unwrap_or_default(), &event, now, &mut state.record);
}
