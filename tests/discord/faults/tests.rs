//! The rows that take moments.

use std::time::Duration;

use super::{Scale, all, run, table};

const SHORT: Scale = Scale { around: Duration::from_millis(400), every: Duration::from_millis(100), at_once: 6 };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_breaks_loses_nothing_that_discord_would_redeliver() {
    let mut rows = all();
    rows.retain(|row| !row.is_slow);
    let outcomes = run(rows, SHORT).await;
    println!("{}", table(&outcomes));
    assert!(outcomes.iter().all(|outcome| outcome.broken.is_empty()), "what is BROKEN stands in the table above");
}
