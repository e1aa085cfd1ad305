//! Discord's REST interface breaks while answers are sent.

use std::time::Duration;

use mabel::sandbox::{RateLimitScope, RestEffect, RestFault, permissions};
use serde_json::{Value, json};

use super::{Fault, Strike, Why};

/// An answer goes out as soon as it can.
const AT_ONCE: Duration = Duration::from_secs(3);
/// For how long requests fail in these rows.
const WHILE: Duration = Duration::from_secs(2);
/// A command is worth 2.8 seconds: what takes longer she gives up, and the person sees that.
const TOO_LATE: &[Why] = &[Why::TooLate];

/// The rows.
pub fn rows() -> Vec<Fault> {
    let limited = |scope| RestEffect::RateLimited { scope, retry_after: Duration::from_secs(1) };
    let status = |status, body| RestEffect::Status { status, body };
    vec![
        Fault::new("429 of a route, 1 s to wait", AT_ONCE, all_for(WHILE, limited(RateLimitScope::User))),
        Fault::new("429 of everything, 1 s to wait", AT_ONCE, all_for(WHILE, limited(RateLimitScope::Global))),
        Fault::new("429 shared, 1 s to wait", AT_ONCE, all_for(WHILE, limited(RateLimitScope::Shared))),
        Fault::new("500 for 2 s", AT_ONCE, all_for(WHILE, status(500, json!({ "message": "500", "code": 0 })))),
        Fault::new("502 with a page for 2 s", AT_ONCE, all_for(WHILE, status(502, Value::from("<html>bad gateway</html>")))),
        Fault::new("503 for 8 s", Duration::from_secs(5), all_for(Duration::from_secs(8), status(503, Value::Null))).losing(TOO_LATE),
        Fault::new("requests are lost for 2 s", AT_ONCE, all_for(WHILE, RestEffect::Cut { carried_out: false })),
        Fault::new("answers to requests are lost for 2 s", AT_ONCE, all_for(WHILE, RestEffect::Cut { carried_out: true })),
        Fault::new("garbage with 200 for 2 s", AT_ONCE, all_for(WHILE, status(200, Value::from("}{"))))
            .losing(&[Why::TooLate, Why::GivenUp]),
        Fault::new("answers take 1 s", AT_ONCE, all_for(WHILE, RestEffect::Delay(Duration::from_secs(1)))),
        Fault::new("five messages and two commands are never answered", AT_ONCE, hanging()).losing(TOO_LATE),
        Fault::new("permission to write lost for 2 s", AT_ONCE, forbidden()).losing(&[Why::Refused]),
    ]
}

/// All requests meet that for a time.
fn all_for(time: Duration, effect: RestEffect) -> Strike {
    Box::new(move |scene| {
        let effect = effect.clone();
        Box::pin(async move {
            scene.sandbox.fault(RestFault { method: None, path: "**".to_owned(), times: u32::MAX, effect });
            tokio::time::sleep(time).await;
            scene.sandbox.clear_faults();
        })
    })
}

/// The next requests hang for longer than a request may take.
fn hanging() -> Strike {
    Box::new(|scene| {
        let effect = RestEffect::Delay(Duration::from_secs(60));
        scene.sandbox.fault(RestFault::next("POST", "/channels/*/messages", effect.clone()).times(5));
        scene.sandbox.fault(RestFault::next("POST", "/interactions/**", effect).times(2));
        Box::pin(tokio::time::sleep(Duration::from_secs(11)))
    })
}

fn forbidden() -> Strike {
    Box::new(|scene| {
        Box::pin(async {
            let general = scene.sandbox.places().general;
            let before = refusals(scene);
            scene.sandbox.deny_bot(general, permissions::SEND_MESSAGES);
            tokio::time::sleep(WHILE).await;
            scene.sandbox.deny_bot(general, 0);
            tokio::time::sleep(Duration::from_millis(300)).await;
            let (refused, asked) = (refusals(scene) - before, scene.sandbox.world(|world| world.messages_in(general).count()));
            assert!(refused <= 2 * asked, "{refused} refused requests for {asked} questions count against a limit");
        })
    })
}

fn refusals(scene: &super::Scene) -> usize {
    scene.sandbox.requests().iter().filter(|request| request.status == 403).count()
}
