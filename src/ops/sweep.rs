//! Taking away what is older than it may be, once a day.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

use crate::store::{Store, Swept};

/// Between two looks at the calendar; a sweep that failed is tried again then.
const LOOK: Duration = Duration::from_secs(3600);

/// Sweeps the store at once and then on each new day, for ever.
pub async fn daily(store: Arc<dyn Store>, today: fn() -> Date) {
    let mut last = None;
    loop {
        last = on_new_day(&*store, today(), last).await;
        tokio::time::sleep(LOOK).await;
    }
}

/// Sweeps the store unless the day is the one of the last sweep; gives the day of the last sweep that worked.
async fn on_new_day(store: &dyn Store, day: Date, last: Option<Date>) -> Option<Date> {
    if last == Some(day) {
        return last;
    }
    match store.sweep(day).await {
        Ok(Swept { links, guilds, gaps, votes }) => {
            tracing::info!(links, guilds, gaps, votes, "swept what was old enough");
            Some(day)
        }
        Err(error) => {
            tracing::warn!(%error, "what is old could not be swept");
            last
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::store::{Memory, Origin, ReplyLink};

    #[tokio::test]
    async fn each_new_day_is_swept_once() {
        let store = Memory::new();
        let keep = async |question, day| {
            let link = ReplyLink { question, guild: None, channel: 1, answer: question + 1, origin: Origin::Asked, about: None, day };
            store.keep_link(link).await.unwrap();
        };
        keep(10, date(2026, 11, 1)).await;
        assert_eq!(on_new_day(&store, date(2026, 11, 2), None).await, Some(date(2026, 11, 2)));
        assert!(store.link(10).await.unwrap().is_some());
        let last = on_new_day(&store, date(2026, 11, 8), Some(date(2026, 11, 2))).await;
        assert!(last == Some(date(2026, 11, 8)) && store.link(10).await.unwrap().is_none());
        keep(20, date(2026, 11, 1)).await;
        on_new_day(&store, date(2026, 11, 8), last).await;
        assert!(store.link(20).await.unwrap().is_some(), "that day was swept before");
    }
}
