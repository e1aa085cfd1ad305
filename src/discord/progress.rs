//! Whether a connection's task gets anywhere.
//!
//! Serenity 0.12 knows two ways to get nowhere. After close codes 4003, 4010 and 4011 it reads the dead socket over and over without ever
//! giving its thread back: nothing inside the runtime can end that, so the watch on a thread of its own has to see it. And where Discord
//! closes each connection at once it connects anew without a pause: that does give the thread back, and the task can be dropped.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// A task at rest is woken twice a second, and by each thing that comes in.
const MOST_IN_A_SECOND: u64 = 8;
/// So many seconds with more than that, in which nothing was heard, are no progress.
const MOST_SECONDS: u32 = 5;

/// The steps of a task.
#[derive(Debug, Default)]
pub(super) struct Progress {
    steps: AtomicU64,
    is_within: AtomicBool,
}

impl Progress {
    /// Notes the steps of a task.
    pub(super) async fn of<T>(&self, task: impl Future<Output = T>) -> T {
        let mut task = pin!(task);
        poll_fn(|context| {
            self.steps.fetch_add(1, Ordering::Relaxed);
            self.is_within.store(true, Ordering::Relaxed);
            let done = task.as_mut().poll(context);
            self.is_within.store(false, Ordering::Relaxed);
            done
        })
        .await
    }

    /// The number of the step that the task is in just now; none while it waits.
    pub(super) fn step(&self) -> Option<u64> {
        self.is_within.load(Ordering::Relaxed).then(|| self.steps.load(Ordering::Relaxed))
    }

    /// Done when the task takes step after step and nothing is `heard`.
    pub(super) async fn in_circles(&self, heard: impl Fn() -> u64) {
        let mut circles = Circles::default();
        while !circles.are_seen(self.steps.load(Ordering::Relaxed), heard()) {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

/// What was seen of a task, second by second.
#[derive(Debug, Default)]
struct Circles {
    steps: u64,
    heard: u64,
    seconds: u32,
}

impl Circles {
    /// Notes another second; whether the task runs in circles.
    fn are_seen(&mut self, steps: u64, heard: u64) -> bool {
        let turns = steps - self.steps > MOST_IN_A_SECOND && heard == self.heard;
        self.seconds = if turns { self.seconds + 1 } else { 0 };
        (self.steps, self.heard) = (steps, heard);
        self.seconds >= MOST_SECONDS
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn a_task_that_only_turns_is_told_from_one_that_rests_or_hears() {
        let seen = |steps: u64, heard: u64| {
            let mut circles = Circles::default();
            (1..60).find(|second| circles.are_seen(second * steps, second * heard))
        };
        assert_eq!((seen(100, 0), seen(2, 0), seen(100, 1)), (Some(5), None, None));
    }

    #[test]
    fn a_step_has_a_number_while_it_is_taken() {
        let progress = Progress::default();
        let seen = progress.of(async { progress.step() }).now_or_never().unwrap();
        assert_eq!((seen, progress.step()), (Some(1), None));
    }
}
