//! How she ends, and with what exit code.

use mabel::discord::Ended;
use mabel::sandbox::{GatewayFault, Options, RestEffect, RestFault, Sandbox};
use serde_json::json;

use crate::stage::{SOON, Stage, until};

#[tokio::test]
async fn she_leaves_the_gateway_when_she_is_stopped() {
    let stage = Stage::set().await;
    let sandbox = stage.over_keeping().await;
    // Only a close with 1000 or 1001 ends the session at once.
    until(|| sandbox.sessions().is_empty()).await;
}

#[tokio::test]
async fn an_answer_under_way_is_sent_before_the_end() {
    let stage = Stage::set().await;
    let (sandbox, general) = (stage.sandbox.remote(), stage.at.general);
    sandbox.fault(RestFault::next("POST", "/channels/*/messages", RestEffect::Delay(std::time::Duration::from_millis(700))));
    sandbox.post(general, stage.at.ada, &format!("{} MA pay", stage.mention())).await.unwrap();
    sandbox.event(SOON, |event| event.name.as_deref() == Some("MESSAGE_CREATE")).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let (_sandbox, answer) = tokio::join!(stage.over_keeping(), sandbox.next_message(general, SOON));
    assert!(answer.unwrap().content.contains("$21.50"));
}

#[tokio::test]
async fn a_wrong_token_ends_at_once_without_an_identify() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let stage = Stage::with_token(sandbox, "wrong", &[]);
    let (sandbox, ended) = stage.ended_keeping().await;
    assert!(matches!(ended, Ended::BadToken) && ended.code() == 2);
    assert!(ended.to_string().contains("developer portal") && !ended.to_string().contains("wrong"));
    assert_eq!(sandbox.requests().len(), 1, "a refused token is tried again");
    assert_eq!(sandbox.identifies(), 0);
}

#[tokio::test]
async fn a_missing_token_is_said() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let (sandbox, ended) = Stage::with_token(sandbox, "", &[]).ended_keeping().await;
    assert!(matches!(ended, Ended::NoToken(_)) && ended.code() == 2 && ended.to_string().contains("DISCORD_TOKEN"));
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn a_refused_intent_says_which_switch_to_turn() {
    let options = Options { allowed_intents: 0, ..Options::default() };
    let stage = Stage::begin(options, &[("MABEL_DISCORD__MESSAGE_CONTENT", "true")]).await;
    let ended = stage.ended().await;
    assert!(matches!(ended, Ended::IntentRefused) && ended.code() == 2);
    assert!(ended.to_string().contains("Message Content Intent") && ended.to_string().contains("discord.message_content"));
}

#[tokio::test]
async fn a_token_refused_by_the_gateway_ends_with_the_same_words() {
    let stage = Stage::set().await;
    stage.sandbox.gateway_fault(&GatewayFault::Close(4004));
    assert!(matches!(stage.ended().await, Ended::BadToken));
}

#[tokio::test]
async fn an_intent_that_discord_does_not_know_asks_for_an_update() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    sandbox.gateway_fault(&GatewayFault::SendAway(Some(4013)));
    let ended = Stage::in_sandbox(sandbox, &[]).ended().await;
    assert!(matches!(ended, Ended::IntentUnknown) && ended.code() == 2 && ended.to_string().contains("update Mabel"), "{ended}");
}

#[tokio::test]
async fn a_token_that_is_revoked_while_she_runs_ends_her() {
    let stage = Stage::set().await;
    let refused = RestEffect::Status { status: 401, body: json!({ "message": "401: Unauthorized", "code": 0 }) };
    stage.sandbox.fault(RestFault::next("POST", "/channels/*/messages", refused));
    stage.sandbox.post(stage.at.general, stage.at.ada, &format!("{} MA pay", stage.mention())).await.unwrap();
    let (sandbox, ended) = stage.ended_keeping().await;
    assert!(matches!(ended, Ended::BadToken));
    assert_eq!(sandbox.requests().iter().filter(|request| request.status == 401).count(), 1);
}

#[tokio::test]
async fn without_identifies_left_she_does_not_spend_the_token() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let limit = json!({ "total": 1000, "remaining": 0, "reset_after": 600_000, "max_concurrency": 1 });
    let body = json!({ "url": sandbox.gateway_url(), "shards": 1, "session_start_limit": limit });
    sandbox.fault(RestFault::next("GET", "/gateway/bot", RestEffect::Status { status: 200, body }));
    let (sandbox, ended) = Stage::in_sandbox(sandbox, &[]).ended_keeping().await;
    assert!(matches!(ended, Ended::NoStartsLeft { minutes: 10 }) && ended.code() == 1, "{ended}");
    assert_eq!(sandbox.identifies(), 0);
}

#[tokio::test]
async fn a_base_that_says_no_more_than_it_must_is_enough() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let body = json!({ "url": sandbox.gateway_url() });
    sandbox.fault(RestFault::next("GET", "/gateway/bot", RestEffect::Status { status: 200, body }));
    let unknown = json!({ "message": "404: Not Found", "code": 0 });
    sandbox.fault(RestFault::next("GET", "/oauth2/applications/@me", RestEffect::Status { status: 404, body: unknown }));
    let stage = Stage::in_sandbox(sandbox, &[]);
    stage.sandbox.connected(SOON).await.unwrap();
    stage.asked("MA pay").await;
    stage.leave().await;
}

#[tokio::test]
async fn a_start_without_a_network_waits_for_it() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    sandbox.fault(RestFault::next("GET", "/users/@me", RestEffect::Cut { carried_out: false }).times(2));
    sandbox.fault(RestFault::next("GET", "/gateway/bot", RestEffect::Status { status: 503, body: json!("down") }));
    // Serenity would turn to the real Discord when this one fails.
    sandbox.fault(RestFault::next("GET", "/gateway", RestEffect::Status { status: 503, body: json!("down") }));
    let stage = Stage::in_sandbox(sandbox, &[]);
    stage.sandbox.connected(SOON).await.unwrap();
    stage.asked("MA pay").await;
    stage.leave().await;
}

#[tokio::test]
async fn she_can_be_stopped_while_she_waits_for_a_network() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    sandbox.fault(RestFault::next("GET", "/users/@me", RestEffect::Cut { carried_out: false }).times(100));
    let stage = Stage::in_sandbox(sandbox, &[]);
    stage.sandbox.request(SOON, |request| request.status == 0).await.unwrap();
    stage.leave().await;
}
