//! The gateway breaks, and she comes back.

use std::time::Duration;

use mabel::sandbox::{GatewayFault, Options};
use serde_json::json;

use super::{Fault, Launch, Strike, Why};

/// A resume needs no pause: it is a connection and two payloads.
const AT_ONCE: Duration = Duration::from_secs(3);
/// A session begins anew within the one to five seconds that Discord asks to wait, and the turn of this shard.
/// <https://docs.discord.com/developers/events/gateway#resuming>
const ANEW: Duration = Duration::from_secs(12);
/// The pause between two tries to connect grows up to thirty seconds; after a few seconds' absence it is still short.
const BACK_OFF: Duration = Duration::from_secs(8);
/// How often heartbeats are asked for where a row waits for two of them.
const BEAT: Duration = Duration::from_secs(2);
/// A connection without a sign of life is noticed after two heartbeats.
const NOTICED: Duration = Duration::from_secs(7);

/// What is said while there is no session is said to nobody.
const NO_SESSION: &[Why] = &[Why::NoSession];
/// A command that is delivered after three seconds is void.
const TOO_LATE: &[Why] = &[Why::TooLate];

/// Close codes after which the session goes on: <https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway>.
const RESUMABLE: [u16; 5] = [4000, 4001, 4002, 4005, 4008];
/// Close codes that end the session and leave the bot free to begin another one.
const SESSION_OVER: [u16; 2] = [4007, 4009];

/// The rows.
pub fn rows() -> Vec<Fault> {
    let mut rows = vec![
        Fault::new("connection cut", AT_ONCE, orders([GatewayFault::Cut])),
        Fault::new("half-open: nothing arrives any more", NOTICED, orders([GatewayFault::HalfOpen])).prepared(beating).losing(TOO_LATE),
        Fault::new("heartbeats are not acknowledged for 9 s", NOTICED, unacknowledged()).prepared(beating).losing(TOO_LATE),
        Fault::new("op 7: reconnect", AT_ONCE, orders([GatewayFault::Reconnect])),
        Fault::new("op 9: invalid session, resumable", AT_ONCE, orders([GatewayFault::InvalidSession { resumable: true }])),
        Fault::new("op 9: invalid session, gone", ANEW, orders([GatewayFault::InvalidSession { resumable: false }])).losing(NO_SESSION),
        Fault::new("cut, and the resume is refused", ANEW, orders([GatewayFault::ForgetSessions, GatewayFault::Cut])).losing(NO_SESSION),
        Fault::new("network gone for 4 s", BACK_OFF, absent(Duration::from_secs(4))).losing(TOO_LATE),
        Fault::new("network gone for a minute", Duration::from_secs(35), absent(Duration::from_secs(60))).losing(TOO_LATE).slow(),
        Fault::new("events come 2 s late", AT_ONCE, late()),
        Fault::new("garbage frames", AT_ONCE, garbage()),
        Fault::new("unknown events, and known ones with unknown content", AT_ONCE, strange_events()),
    ];
    rows.extend(RESUMABLE.map(|code| Fault::new(&format!("close code {code}"), AT_ONCE, orders([GatewayFault::Close(code)]))));
    rows.extend(
        SESSION_OVER.map(|code| Fault::new(&format!("close code {code}"), ANEW, orders([GatewayFault::Close(code)])).losing(NO_SESSION)),
    );
    rows
}

fn beating(launch: &mut Launch) {
    launch.options = Options { heartbeat_interval: BEAT, ..launch.options.clone() };
}

/// Orders those faults one after another.
pub fn orders<const N: usize>(faults: [GatewayFault; N]) -> Strike {
    Box::new(move |scene| {
        for fault in &faults {
            scene.gateway(fault);
        }
        Box::pin(async {})
    })
}

fn unacknowledged() -> Strike {
    Box::new(|scene| {
        Box::pin(async {
            scene.gateway(&GatewayFault::Acknowledge(false));
            tokio::time::sleep(Duration::from_secs(9)).await;
            scene.gateway(&GatewayFault::Acknowledge(true));
        })
    })
}

/// Nothing goes through for a time: connections break, and new ones are refused.
pub fn absent(time: Duration) -> Strike {
    Box::new(move |scene| {
        Box::pin(async move {
            scene.gateway(&GatewayFault::Refuse(true));
            scene.gateway(&GatewayFault::Cut);
            tokio::time::sleep(time).await;
            scene.gateway(&GatewayFault::Refuse(false));
        })
    })
}

fn late() -> Strike {
    Box::new(|scene| {
        Box::pin(async {
            scene.gateway(&GatewayFault::DelayEvents(Duration::from_secs(2)));
            tokio::time::sleep(Duration::from_secs(3)).await;
            scene.gateway(&GatewayFault::DelayEvents(Duration::ZERO));
        })
    })
}

/// What no gateway should send.
fn garbage() -> Strike {
    let texts =
        ["", "}{", "null", "[]", "42", "{}", r#"{"op":0}"#, r#"{"op":99,"d":{}}"#, r#"{"op":"zero"}"#, r#"{"op":0,"s":1,"t":7,"d":[]}"#];
    let frames = texts.map(|text| GatewayFault::Text(text.to_owned()));
    Box::new(move |scene| {
        for frame in &frames {
            scene.gateway(frame);
        }
        scene.gateway(&GatewayFault::Text("x".repeat(100_000)));
        scene.gateway(&GatewayFault::Bytes(vec![0x78, 0x9c, 0xff, 0x00, 0x01]));
        scene.gateway(&GatewayFault::Bytes(Vec::new()));
        Box::pin(async {})
    })
}

fn strange_events() -> Strike {
    let event = |name: &str, data| GatewayFault::Event { name: name.to_owned(), data };
    let events = [
        event("SOMETHING_NEW", json!({ "id": "1" })),
        event("MESSAGE_CREATE", json!({})),
        event("MESSAGE_CREATE", json!({ "id": "1", "content": 7 })),
        event("MESSAGE_UPDATE", json!([])),
        event("INTERACTION_CREATE", json!({ "type": 99 })),
        event("INTERACTION_CREATE", json!({ "id": "5", "type": 2, "token": "t", "data": "no" })),
        event("GUILD_CREATE", json!({ "id": "0" })),
        event("READY_SUPPLEMENTAL", json!(null)),
    ];
    Box::new(move |scene| {
        for event in &events {
            scene.gateway(event);
        }
        Box::pin(async {})
    })
}
