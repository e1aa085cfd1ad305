//! What cannot be mended ends the program, with 1 where starting again may help and with 2 where somebody must mend something first.

use std::time::Duration;

use mabel::sandbox::{GatewayFault, RestEffect, RestFault};
use serde_json::json;

use super::gateway::{absent, orders};
use super::{Fault, Strike};

/// A word of Discord that says it all.
const AT_ONCE: Duration = Duration::from_secs(6);
/// Serenity never comes back from these; the watch sees that within seconds.
const SPINNING: Duration = Duration::from_secs(15);
/// A session that is refused is begun anew no more than four times, with fifteen seconds between two of them.
const BEGUN_ANEW: Duration = Duration::from_secs(120);

/// The rows.
pub fn rows() -> Vec<Fault> {
    let refused = |code| orders([GatewayFault::SendAway(Some(code)), GatewayFault::Close(code)]);
    let code = |code: u16, exit, within| Fault::ending(&format!("close code {code}, again and again"), exit, within, refused(code));
    vec![
        code(4004, 2, AT_ONCE),
        code(4003, 1, SPINNING),
        code(4010, 1, SPINNING),
        code(4011, 1, SPINNING),
        code(4012, 1, BEGUN_ANEW).slow(),
        code(4013, 2, AT_ONCE),
        code(4014, 2, AT_ONCE),
        Fault::ending("401: the token was revoked", 2, AT_ONCE, revoked()),
        Fault::ending("every session is refused with op 9", 1, Duration::from_secs(120), refused_sessions()).slow(),
        Fault::ending("network gone for good", 1, Duration::from_secs(240), absent(Duration::from_secs(200))).slow(),
    ]
}

fn revoked() -> Strike {
    let body = json!({ "message": "401: Unauthorized", "code": 0 });
    Box::new(move |scene| {
        scene
            .sandbox
            .fault(RestFault::next("POST", "/channels/**", RestEffect::Status { status: 401, body: body.clone() }).times(u32::MAX));
        Box::pin(async {})
    })
}

/// The session is taken from her again and again, as soon as she has one.
fn refused_sessions() -> Strike {
    Box::new(|scene| {
        Box::pin(async {
            for _ in 0..12 {
                scene.gateway(&GatewayFault::InvalidSession { resumable: false });
                tokio::time::sleep(Duration::from_secs(4)).await;
            }
        })
    })
}
