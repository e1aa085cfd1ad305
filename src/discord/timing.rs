//! From the arrival of an event to the first answer to it.
//!
//! An event is handled in a task of its own, and what it leads to is sent many calls further down. The time goes along with the task, so
//! that no call on the way has to carry what only the figures need.

use std::cell::Cell;
use std::future::Future;
use std::time::{Duration, Instant};

struct Event {
    arrived: Instant,
    answered: Cell<bool>,
}

tokio::task_local! {
    static EVENT: Event;
}

/// Handles an event that arrives now.
pub(super) async fn timed<T>(handling: impl Future<Output = T>) -> T {
    EVENT.scope(Event { arrived: Instant::now(), answered: Cell::new(false) }, handling).await
}

/// The time since the event arrived, for the first answer to it; none for later ones, and outside of events.
pub(super) fn first_answer() -> Option<Duration> {
    let first = |event: &Event| (!event.answered.replace(true)).then(|| event.arrived.elapsed());
    EVENT.try_with(first).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_first_answer_to_an_event_is_timed() {
        assert_eq!(first_answer(), None);
        let times = timed(async { (first_answer(), timed(async { first_answer() }).await, first_answer()) }).await;
        assert!(times.0.is_some() && times.1.is_some() && times.2.is_none(), "{times:?}");
    }
}
