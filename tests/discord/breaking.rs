//! The faults that take moments, while people ask.

use std::time::Duration;

use crate::faults::{Scale, all, rolling_restart, run, table};

const SHORT: Scale = Scale { around: Duration::from_millis(400), every: Duration::from_millis(100), at_once: 8, slack: 5 };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_breaks_loses_nothing_that_discord_would_redeliver() {
    let mut rows = all();
    rows.retain(|row| !row.is_slow);
    let outcomes = run(rows, SHORT).await;
    println!("{}", table(&outcomes));
    assert!(outcomes.iter().all(|outcome| outcome.broken.is_empty()), "what is BROKEN stands in the table above");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_are_restarted_one_after_another_and_lose_only_what_had_no_session() {
    let Some(outcome) = rolling_restart(SHORT).await else { return };
    println!("{}", table(std::slice::from_ref(&outcome)));
    assert!(outcome.broken.is_empty(), "what is BROKEN stands in the table above");
}
