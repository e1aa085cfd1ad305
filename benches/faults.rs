//! What may break while people ask, all of it, and what was counted: a table in Markdown.
//!
//!     cargo bench --bench faults              # all rows, some minutes
//!     cargo bench --bench faults -- 'op 9'    # those whose names hold one of these words
//!
//! Rows over PostgreSQL run where `MABEL_TEST_POSTGRES_URL` names one.
//! Ends with 1 if something did not hold. The rows stand under tests/discord/faults; a test runs the short ones.

#![allow(unreachable_pub, reason = "shared with the tests")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "what fails here ends the measurement")]

use std::process::ExitCode;
use std::time::Duration;

#[path = "../tests/discord/faults/mod.rs"]
mod faults;
#[path = "../tests/discord/program.rs"]
mod program;
#[path = "../tests/store/server.rs"]
mod server;
#[path = "../tests/discord/stand_in.rs"]
mod stand_in;

use faults::{Scale, all, rolling_restart, run, table};

const LONG: Scale = Scale { around: Duration::from_secs(5), every: Duration::from_millis(100), at_once: 4, slack: 1 };

fn main() -> ExitCode {
    // `cargo bench` adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let mut rows = all();
    rows.retain(|row| words.is_empty() || words.iter().any(|word| row.name.contains(word.as_str())));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // Those that take minutes mostly wait.
    let (slow, quick): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.is_slow);
    let mut outcomes = runtime.block_on(run(quick, LONG));
    outcomes.extend(runtime.block_on(run(slow, Scale { at_once: 8, ..LONG })));
    if words.is_empty() || words.iter().any(|word| "restarted one after another".contains(word.as_str())) {
        outcomes.extend(runtime.block_on(rolling_restart(LONG)));
    }
    println!("{}", table(&outcomes));
    ExitCode::from(u8::from(outcomes.iter().any(|outcome| !outcome.broken.is_empty())))
}
