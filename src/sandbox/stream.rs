//! What changes, as it changes: `GET /sandbox/stream`, server-sent events for a page that follows along.
//!
//! The first event holds everything, each later one what is new since: things of the world by list and id, and the latest requests and
//! gateway payloads. A page that lost the connection begins again with a first event. Owns the comparison; knows nothing of how it is
//! shown.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use serde_json::{Map, Value, json};
use tokio::sync::watch;

use super::remote::Remote;
use super::state::{self, Shared};

/// How many requests and payloads the first event holds, each.
const HISTORY: usize = 200;
/// Changes that come together are told together.
const TOGETHER: Duration = Duration::from_millis(15);
/// The lists of the world that are told; interactions are answered where they were begun.
const LISTS: [&str; 5] = ["users", "guilds", "channels", "commands", "messages"];

/// Follows the sandbox until it stops or the listener goes.
pub(crate) async fn stream(State(remote): State<Remote>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let shared = Arc::clone(remote.shared());
    let follower = Follower { changed: shared.changes(), stop: shared.stop.subscribe(), told: Told::default(), shared };
    let events = futures_util::stream::unfold(follower, |mut follower| async move {
        let news = follower.news().await?;
        Some((Ok(Event::default().data(news.to_string())), follower))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

struct Follower {
    shared: Arc<Shared>,
    changed: watch::Receiver<u64>,
    stop: watch::Receiver<bool>,
    told: Told,
}

impl Follower {
    /// The next news; none when the sandbox stops.
    async fn news(&mut self) -> Option<Value> {
        loop {
            self.changed.borrow_and_update();
            if let Some(news) = self.shared.read(|state| self.told.news(state)) {
                return Some(news);
            }
            tokio::select! {
                changed = self.changed.changed() => changed.ok()?,
                _ = self.stop.wait_for(|stop| *stop) => return None,
            }
            tokio::time::sleep(TOGETHER).await;
        }
    }
}

/// What was told already.
#[derive(Default)]
struct Told {
    begun: bool,
    lists: BTreeMap<&'static str, BTreeMap<String, Value>>,
    rest: Map<String, Value>,
    records: (usize, usize),
}

impl Told {
    fn news(&mut self, state: &state::State) -> Option<Value> {
        let mut news = Map::new();
        if !self.begun {
            self.begun = true;
            news.insert("first".to_owned(), json!(true));
            let seen = state.record.seen();
            self.records = (seen.0.saturating_sub(HISTORY), seen.1.saturating_sub(HISTORY));
        }
        let mut world = state.world.overview();
        for name in LISTS {
            self.list(name, world[name].take(), &mut news);
        }
        let rest =
            [("application_id", json!(state.world.application_id())), ("gateway", gateway(state)), ("announced", json!(state.announced))];
        for (name, value) in rest {
            if self.rest.get(name) != Some(&value) {
                news.insert(name.to_owned(), value.clone());
                self.rest.insert(name.to_owned(), value);
            }
        }
        let (requests, events) = state.record.since(self.records);
        self.records = state.record.seen();
        if !requests.is_empty() {
            news.insert("requests".to_owned(), json!(requests));
        }
        if !events.is_empty() {
            news.insert("events".to_owned(), json!(events));
        }
        (!news.is_empty()).then_some(Value::Object(news))
    }

    /// What of a list is new or changed, and the ids of what has gone.
    fn list(&mut self, name: &'static str, list: Value, news: &mut Map<String, Value>) {
        let Value::Array(list) = list else { return };
        let named = |item: Value| (item["id"].as_str().unwrap_or_default().to_owned(), item);
        let now: BTreeMap<String, Value> = list.into_iter().map(named).collect();
        let before = self.lists.entry(name).or_default();
        let changed: Vec<&Value> = now.iter().filter(|(id, item)| before.get(*id) != Some(item)).map(|(_, item)| item).collect();
        let gone: Vec<&String> = before.keys().filter(|id| !now.contains_key(*id)).collect();
        if !changed.is_empty() || !gone.is_empty() {
            news.insert(name.to_owned(), json!({"changed": changed, "gone": gone}));
        }
        *before = now;
    }
}

/// How the bot's connection stands, and what faults wait for it.
fn gateway(state: &state::State) -> Value {
    let gateway = &state.gateway;
    json!({
        "connected": gateway.sessions.values().any(|session| session.connection.is_some()),
        "opened": gateway.opened, "identified": gateway.identified.len(),
        "refuses": gateway.refuse, "delay": gateway.delay().as_secs_f64(), "faults_waiting": state.faults.len(),
    })
}
