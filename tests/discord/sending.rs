//! What Discord refuses, delays or loses.

use std::time::Duration;

use mabel::sandbox::{RateLimitScope, RestEffect, RestFault, permissions};
use serde_json::json;

use crate::stage::{SOON, Stage};

const POST: &str = "/channels/*/messages";
const CALLBACK: &str = "/interactions/*/*/callback";

fn status(status: u16) -> RestEffect {
    RestEffect::Status { status, body: json!({ "message": "refused", "code": 0 }) }
}

#[tokio::test]
async fn a_rate_limit_is_waited_for_and_the_answer_comes_once() {
    let stage = Stage::set().await;
    for scope in [RateLimitScope::User, RateLimitScope::Shared, RateLimitScope::Global] {
        stage.sandbox.fault(RestFault::next("POST", POST, RestEffect::RateLimited { scope, retry_after: Duration::from_millis(300) }));
        let begin = std::time::Instant::now();
        stage.asked("MA pay").await;
        assert!(begin.elapsed() >= Duration::from_millis(300), "asked again too early");
    }
    assert_eq!(stage.answers_in(stage.at.general), 3);
    assert_eq!(stage.leave().await.map(|refused| refused.status), Some(429));
}

#[tokio::test]
async fn server_errors_and_broken_connections_are_tried_again_without_doubling() {
    let stage = Stage::set().await;
    let cut = |carried_out| RestEffect::Cut { carried_out };
    // 408 is what nirn-proxy says of a Discord that takes too long.
    for effect in [status(502), status(408), cut(false), cut(true)] {
        stage.sandbox.fault(RestFault::next("POST", POST, effect));
        stage.asked("MA pay").await;
    }
    stage.asked("can MAs give shots").await;
    assert_eq!(stage.answers_in(stage.at.general), 5);
    stage.leave().await;
}

#[tokio::test]
async fn an_interaction_whose_receipt_was_lost_counts_as_answered() {
    let stage = Stage::set().await;
    stage.sandbox.fault(RestFault::next("POST", CALLBACK, RestEffect::Cut { carried_out: true }));
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", json!({ "question": "MA pay" })).await.unwrap();
    assert!(asked.response(SOON).await.unwrap().text().contains("$21.50"));
    stage.sandbox.fault(RestFault::next("POST", CALLBACK, status(500)));
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", json!({ "question": "MA pay" })).await.unwrap();
    assert!(asked.response(SOON).await.unwrap().text().contains("$21.50"));
    stage.leave().await;
}

#[tokio::test]
async fn where_mabel_may_not_write_she_tries_without_an_embed_and_goes_on() {
    let stage = Stage::set().await;
    stage.sandbox.deny_bot(stage.at.clinic_questions, permissions::SEND_MESSAGES);
    stage.sandbox.post(stage.at.clinic_questions, stage.at.ada, &format!("{} MA pay", stage.mention())).await.unwrap();
    stage.sandbox.request(SOON, |request| request.status == 403).await.unwrap();
    stage.asked("MA pay").await;
    assert_eq!(stage.sandbox.requests().iter().filter(|request| request.status == 403).count(), 2);
    stage.leave().await;
}

#[tokio::test]
async fn where_embeds_may_not_stand_the_text_holds_everything() {
    let stage = Stage::set().await;
    stage.sandbox.deny_bot(stage.at.general, permissions::EMBED_LINKS);
    let (question, answer) = stage.asked("can MAs give shots").await;
    assert!(answer.embeds.is_empty() && answer.reference.map(|reference| reference.message_id) == Some(question.id));
    for part in ["Often", "Rules differ by state.", "(<https://example.org/rules_%282026%29>)", "-# General information"] {
        assert!(answer.content.contains(part), "{part:?} is not in {}", answer.content);
    }
    assert_eq!(stage.leave().await.map(|refused| refused.status), Some(403));
}

#[tokio::test]
async fn where_she_may_not_read_what_was_written_she_answers_without_a_reference() {
    let stage = Stage::set().await;
    stage.sandbox.deny_bot(stage.at.general, permissions::READ_MESSAGE_HISTORY);
    let (_, answer) = stage.asked("MA pay").await;
    assert!(answer.reference.is_none() && answer.content.contains("$21.50") && answer.embeds.len() == 1);
    assert_eq!(stage.leave().await.map(|refused| refused.status), Some(400));
}

#[tokio::test]
async fn an_answer_to_a_message_that_has_gone_is_not_posted() {
    let stage = Stage::set().await;
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, "MA pay").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Ask Mabel about this", question.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    stage.sandbox.delete(stage.at.ada, question.id).await.unwrap();
    let pressed = stage.sandbox.press(stage.at.ben, private.id, &crate::stage::button(&private, "Post it")).await.unwrap();
    let response = pressed.response_when(SOON, |response| response.text().contains("no longer there")).await.unwrap();
    assert!(response.text().contains("$21.50"));
    assert_eq!(stage.leave().await.map(|refused| refused.status), Some(400));
}

#[tokio::test]
async fn closed_direct_messages_and_locked_threads_stop_nothing_else() {
    let stage = Stage::set().await;
    stage.sandbox.change_user(stage.at.ben, |user| user.accepts_direct_messages = false);
    stage.sandbox.post(stage.at.ben_direct, stage.at.ben, "MA pay").await.unwrap();
    stage.sandbox.request(SOON, |request| request.status == 403).await.unwrap();
    stage.asked("MA pay").await;
    assert_eq!(stage.answers_in(stage.at.ben_direct), 0);
    stage.leave().await;
}

#[tokio::test]
async fn an_answer_that_may_not_be_posted_stays_private_and_says_so() {
    let stage = Stage::set().await;
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, "MA pay").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Ask Mabel about this", question.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    // Neither with an embed nor without.
    for _ in 0..2 {
        let refused = RestEffect::Status { status: 403, body: json!({ "message": "Missing Permissions", "code": 50013 }) };
        stage.sandbox.fault(RestFault::next("POST", POST, refused));
    }
    let pressed = stage.sandbox.press(stage.at.ben, private.id, &crate::stage::button(&private, "Post it")).await.unwrap();
    let response = pressed.response_when(SOON, |response| response.text().contains("may not write")).await.unwrap();
    assert!(response.text().contains("$21.50"), "the answer has gone: {}", response.text());
    stage.leave().await;
}

#[tokio::test]
async fn an_edit_of_an_answer_that_has_gone_is_let_be() {
    let stage = Stage::set().await;
    let (question, _) = stage.asked("MA pay").await;
    stage.sandbox.fault(RestFault::next(
        "PATCH",
        "/channels/*/messages/*",
        RestEffect::Status { status: 404, body: json!({ "message": "Unknown Message", "code": 10008 }) },
    ));
    for text in ["can MAs give shots", "MA pay in Ohio"] {
        stage.sandbox.edit(stage.at.ada, question.id, &format!("{} {text}", stage.mention())).await.unwrap();
    }
    stage.asked("MA pay").await;
    assert_eq!(stage.answers_in(stage.at.general), 2);
    assert_eq!(stage.leave().await.map(|refused| refused.status), Some(404));
}

#[tokio::test]
async fn registering_that_fails_does_not_keep_her_from_answering() {
    let sandbox = mabel::sandbox::Sandbox::start(mabel::sandbox::Options::default()).await.unwrap();
    sandbox.fault(RestFault::next("GET", "/applications/*/commands", status(400)));
    let stage = Stage::in_sandbox(sandbox, &[]);
    stage.sandbox.connected(SOON).await.unwrap();
    stage.asked("MA pay").await;
    assert_eq!(stage.leave().await.map(|refused| refused.status), Some(400));
}
