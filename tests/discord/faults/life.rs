//! The process itself: signals, its knowledge, its clock against Discord's.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{Fault, Strike, Why};

/// A process that starts anew identifies at once, unless the last one did a moment ago.
const STARTED: Duration = Duration::from_secs(10);
const AT_ONCE: Duration = Duration::from_secs(3);
const NO_SESSION: &[Why] = &[Why::NoSession];

/// The rows.
pub fn rows() -> Vec<Fault> {
    vec![
        Fault::new("SIGTERM under load, and a start", STARTED, restart("TERM")).losing(NO_SESSION),
        Fault::new("kill -9 under load, and a start", STARTED, restart("KILL")).losing(NO_SESSION),
        Fault::new("a knowledge file is cut short for 3 s", AT_ONCE, truncated()),
        Fault::new("Discord's clock jumps an hour ahead and back", AT_ONCE, clock_jumps()),
        Fault::new("stopped for 3 s (SIGSTOP), as by a busy host", AT_ONCE, stopped()).losing(&[Why::TooLate]),
    ]
}

fn restart(signal: &'static str) -> Strike {
    Box::new(move |scene| {
        Box::pin(async move {
            scene.end(signal).await;
            scene.start();
            scene.connected().await;
        })
    })
}

/// Saved half: what an editor or a full disk leaves behind.
fn truncated() -> Strike {
    Box::new(|scene| {
        Box::pin(async {
            let file = scene.folder.path().join("knowledge/entries/all.toml");
            let whole = std::fs::read(&file).unwrap();
            std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
            tokio::time::sleep(Duration::from_secs(3)).await;
            std::fs::write(&file, whole).unwrap();
        })
    })
}

/// Against hers: a process cannot be given a clock of its own.
fn clock_jumps() -> Strike {
    Box::new(|scene| {
        Box::pin(async {
            for seconds in [3600, -3600, 0] {
                scene.clock_ahead.store(seconds, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(700)).await;
            }
        })
    })
}

fn stopped() -> Strike {
    Box::new(|scene| {
        Box::pin(async {
            let program = scene.program.as_ref().unwrap();
            program.signal("STOP");
            tokio::time::sleep(Duration::from_secs(3)).await;
            program.signal("CONT");
        })
    })
}
