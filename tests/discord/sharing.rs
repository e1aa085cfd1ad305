//! Several processes that share the work, and what happens where they were set up wrongly.

use std::sync::Arc;
use std::time::{Duration, Instant};

use mabel::discord::Ended;
use mabel::sandbox::{Options, RestEffect, RestFault, Sandbox};
use mabel::store::{Memory, Store};
use serde_json::json;

use crate::running::Running;
use crate::stage::{A_WHILE, SOON, button, until};
use crate::wavering::{Mood, Wavering};

/// Two shards over two processes are ready one after the other: Discord takes one identify in five seconds.
const TURNS: Duration = Duration::from_secs(20);

fn memory() -> Arc<dyn Store> {
    Arc::new(Memory::new())
}

/// How many messages the bot has written in #general.
fn answers(sandbox: &Sandbox) -> usize {
    let at = sandbox.places();
    sandbox.world(|world| world.messages_in(at.general).filter(|message| message.author_id == at.application).count())
}

fn mention(sandbox: &Sandbox, text: &str) -> String {
    format!("<@{}> {text}", sandbox.places().application)
}

/// Asks for so many things, each answered.
async fn asked(sandbox: &Sandbox, times: usize) {
    let at = sandbox.places();
    for _ in 0..times {
        sandbox.post(at.general, at.ada, &mention(sandbox, "can MAs give shots")).await.unwrap();
        sandbox.next_message(at.general, SOON).await.unwrap();
    }
}

#[tokio::test]
async fn processes_share_the_shards_and_take_turns_to_identify() {
    // Discord refuses an identify that comes too early, and that would show as one too many.
    let sandbox = Sandbox::start(Options { enforce_rate_limits: true, ..Options::default() }).await.unwrap();
    let store = memory();
    let processes = [Running::of_shards(&sandbox, "2", "0", &store), Running::of_shards(&sandbox, "2", "1", &store)];
    for process in &processes {
        process.connected(TURNS).await;
    }
    let mut shards: Vec<_> = sandbox.sessions().iter().map(|session| session.shard).collect();
    shards.sort_unstable();
    assert_eq!((shards.as_slice(), sandbox.identifies()), ([(0, 2), (1, 2)].as_slice(), 2));
    let identified = sandbox.events().into_iter().filter(|event| event.from_bot && event.op == 2).map(|event| event.at).collect::<Vec<_>>();
    assert_eq!(identified.len(), 2, "one was refused");
    assert!(identified[1].duration_since(identified[0]).unwrap() >= Duration::from_secs(5));
    asked(&sandbox, 2).await;
    let at = sandbox.places();
    sandbox.post(at.ada_direct, at.ada, "MA pay").await.unwrap();
    sandbox.next_message(at.ada_direct, SOON).await.unwrap();
    assert_eq!(answers(&sandbox), 2);
    for process in processes {
        process.stopped().await;
    }
    assert!(sandbox.requests().iter().all(|request| request.status < 400));
}

#[tokio::test]
async fn as_many_identify_at_once_as_discord_lets() {
    let sandbox = Sandbox::start(Options { enforce_rate_limits: true, max_concurrency: 4, ..Options::default() }).await.unwrap();
    let process = Running::of_shards(&sandbox, "4", "0-3", &memory());
    process.connected(Duration::from_secs(4)).await;
    assert_eq!(sandbox.identifies(), 4);
    process.stopped().await;
}

#[tokio::test]
async fn a_shard_given_to_two_processes_is_served_by_one_until_it_leaves() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let store = memory();
    let first = Running::of_shards(&sandbox, "1", "0", &store);
    first.connected(SOON).await;
    let second = Running::of_shards(&sandbox, "1", "0", &store);
    until(|| !second.pulse.shards(Instant::now()).is_empty()).await;
    asked(&sandbox, 1).await;
    tokio::time::sleep(A_WHILE).await;
    assert_eq!((sandbox.identifies(), answers(&sandbox)), (1, 1));
    first.stopped().await;
    second.connected(TURNS).await;
    asked(&sandbox, 1).await;
    assert_eq!((sandbox.identifies(), answers(&sandbox)), (2, 2));
    second.stopped().await;
}

#[tokio::test]
async fn served_twice_because_the_store_is_gone_a_question_is_still_answered_once() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let store: Arc<dyn Store> = Arc::new(Wavering::new(Mood::Fails));
    let processes = [Running::of_shards(&sandbox, "1", "0", &store), Running::of_shards(&sandbox, "1", "0", &store)];
    for process in &processes {
        process.connected(SOON).await;
    }
    let at = sandbox.places();
    asked(&sandbox, 3).await;
    let used = sandbox.slash(at.ada, at.general, "ask", json!({ "question": "MA pay" })).await.unwrap();
    assert!(used.response(SOON).await.unwrap().text().contains("$21.50"));
    // Both have sent theirs: Discord took one.
    let posted =
        || sandbox.requests().into_iter().filter(|request| request.method == "POST" && request.route.ends_with("/messages")).count();
    until(|| posted() == 6).await;
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(answers(&sandbox), 4);
    for process in processes {
        process.stopped().await;
    }
}

#[tokio::test]
async fn any_process_answers_any_button() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let at = sandbox.places();
    let first = Running::of_shards(&sandbox, "1", "0", &memory());
    first.connected(SOON).await;
    sandbox.post(at.general, at.ada, &mention(&sandbox, "can MAs give shots")).await.unwrap();
    let answer = sandbox.next_message(at.general, SOON).await.unwrap();
    first.stopped().await;
    // Another process, which has never heard of the question.
    let second = Running::of_shards(&sandbox, "1", "0", &memory());
    second.connected(SOON).await;
    for label in ["Sources", "Helpful"] {
        let pressed = sandbox.press(at.ada, answer.id, &button(&answer, label)).await.unwrap();
        assert!(!pressed.response(SOON).await.unwrap().text().is_empty(), "{label}");
    }
    second.stopped().await;
}

#[tokio::test]
async fn without_enough_identifies_left_for_all_shards_none_is_used() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let limit = json!({ "total": 1000, "remaining": 3, "reset_after": 120_000, "max_concurrency": 1 });
    let body = json!({ "url": sandbox.gateway_url(), "shards": 4, "session_start_limit": limit });
    sandbox.fault(RestFault::next("GET", "/gateway/bot", RestEffect::Status { status: 200, body }));
    let process = Running::of_shards(&sandbox, "4", "1", &memory());
    let ended = tokio::time::timeout(SOON, process.bot).await.unwrap().unwrap();
    assert!(matches!(ended, Ended::NoStartsLeft { minutes: 2 }) && ended.code() == 1, "{ended}");
    assert_eq!(sandbox.identifies(), 0);
}
