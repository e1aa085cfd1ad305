//! The gateway's troubles, over which no question may be lost or doubled.

use std::time::Duration;

use mabel::sandbox::{GatewayFault, Options};
use serde_json::json;

use crate::stage::{SOON, Stage, until};

#[tokio::test]
async fn after_a_cut_she_resumes_and_hears_what_was_said_meanwhile() {
    let stage = Stage::set().await;
    stage.asked("MA pay").await;
    for fault in [GatewayFault::Cut, GatewayFault::Reconnect, GatewayFault::Close(4000)] {
        let opened = stage.sandbox.connections_opened();
        stage.sandbox.gateway_fault(&fault);
        stage.sandbox.post(stage.at.general, stage.at.ada, &format!("{} can MAs give shots", stage.mention())).await.unwrap();
        assert!(stage.sandbox.next_message(stage.at.general, SOON).await.unwrap().content.starts_with("Often"), "{fault:?}");
        assert!(stage.sandbox.connections_opened() > opened);
    }
    assert_eq!(stage.sandbox.identifies(), 1, "a resume would have done");
    stage.over().await;
}

/// A connection that died without a word is noticed by its heartbeat alone, and a network that is gone lets no connection be made: serenity
/// gives the session up in both cases, though Discord keeps it and all that is said.
#[tokio::test]
async fn a_session_outlives_a_dead_connection_and_a_lost_network() {
    let stage = Stage::set_with(Options { heartbeat_interval: Duration::from_secs(2), ..Options::default() }, &[]).await;
    stage.asked("MA pay").await;
    let ask = async || {
        stage.sandbox.post(stage.at.general, stage.at.ada, &format!("{} can MAs give shots", stage.mention())).await.unwrap();
    };
    stage.sandbox.gateway_fault(&GatewayFault::HalfOpen);
    ask().await;
    assert!(stage.sandbox.next_message(stage.at.general, SOON * 3).await.unwrap().content.starts_with("Often"));
    stage.sandbox.gateway_fault(&GatewayFault::Refuse(true));
    stage.sandbox.gateway_fault(&GatewayFault::Cut);
    ask().await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    stage.sandbox.gateway_fault(&GatewayFault::Refuse(false));
    assert!(stage.sandbox.next_message(stage.at.general, SOON * 3).await.unwrap().content.starts_with("Often"));
    assert_eq!((stage.sandbox.identifies(), stage.answers_in(stage.at.general)), (1, 3));
    stage.over().await;
}

#[tokio::test]
async fn after_an_invalid_session_she_identifies_again_and_can_still_be_stopped() {
    let stage = Stage::set().await;
    stage.sandbox.gateway_fault(&GatewayFault::InvalidSession { resumable: false });
    until(|| stage.sandbox.identifies() == 2).await;
    stage.sandbox.connected(SOON).await.unwrap();
    stage.asked("MA pay").await;
    stage.over().await;
}

#[tokio::test]
async fn only_the_intents_that_the_settings_call_for_are_asked_for() {
    for (content, wanted) in [("false", 1 | (1 << 9) | (1 << 12)), ("true", 1 | (1 << 9) | (1 << 12) | (1 << 15))] {
        let stage = Stage::set_with(Options::default(), &[("MABEL_DISCORD__MESSAGE_CONTENT", content)]).await;
        assert_eq!(stage.sandbox.sessions()[0].intents, wanted);
        stage.over().await;
    }
}

#[tokio::test]
async fn the_status_of_the_settings_is_shown() {
    let stage = Stage::set_with(Options::default(), &[("MABEL_DISCORD__STATUS", "Ask me")]).await;
    let identify = stage.sandbox.event(SOON, |event| event.from_bot && event.op == 2).await.unwrap();
    assert_eq!(identify.data["presence"]["activities"][0]["state"], json!("Ask me"));
    stage.over().await;
}

#[tokio::test]
async fn a_late_event_is_still_answered() {
    let stage = Stage::set().await;
    stage.sandbox.gateway_fault(&GatewayFault::DelayEvents(Duration::from_millis(200)));
    stage.asked("MA pay").await;
    stage.over().await;
}

#[tokio::test]
async fn as_many_shards_are_started_as_discord_asks_for() {
    let stage = Stage::set_with(Options { shards: 2, ..Options::default() }, &[]).await;
    until(|| stage.sandbox.sessions().len() == 2).await;
    stage.asked("MA pay").await;
    stage.sandbox.post(stage.at.ada_direct, stage.at.ada, "MA pay").await.unwrap();
    stage.sandbox.next_message(stage.at.ada_direct, SOON).await.unwrap();
    stage.over().await;
}
