//! What people see of Mabel in Discord, drawn as text to be read by people.

use serde_json::json;

use crate::stage::{SOON, Stage, drawn};

/// The answer to a question by mention.
async fn asked(question: &str) -> String {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked(question).await;
    stage.over().await;
    drawn(&answer)
}

/// The answer to a command.
async fn used(command: &str, options: serde_json::Value) -> String {
    let stage = Stage::set().await;
    let answer = stage.used(stage.at.ada, command, options).await;
    stage.over().await;
    drawn(&answer)
}

#[tokio::test]
async fn an_answer_with_sources() {
    insta::assert_snapshot!(asked("can MAs give shots").await);
}

/// Without pictures there is no button that shows one.
#[cfg(feature = "pictures")]
#[tokio::test]
async fn an_answer_from_a_table() {
    insta::assert_snapshot!(asked("MA pay in Texas").await);
}

#[tokio::test]
async fn an_answer_to_one_of_two_questions() {
    insta::assert_snapshot!(asked("can MAs give shots and how much do they earn").await);
}

#[tokio::test]
async fn a_question_back() {
    insta::assert_snapshot!(asked("how much").await);
}

#[tokio::test]
async fn a_decline() {
    insta::assert_snapshot!(asked("what is the weather like").await);
}

#[tokio::test]
async fn a_word_of_safety() {
    insta::assert_snapshot!(asked("my chest hurts").await);
}

#[tokio::test]
async fn an_answer_opened_by_more_and_asking_where() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("can MAs give shots").await;
    insta::assert_snapshot!("opened_by_more", drawn(&stage.pressed(stage.at.ada, &answer, "More").await));
    insta::assert_snapshot!("asking_where", drawn(&stage.pressed(stage.at.ada, &answer, "Where do you work?").await));
    let (_, another) = stage.asked("can MAs give shots").await;
    insta::assert_snapshot!("asking_somebody_else_where", drawn(&stage.pressed(stage.at.ben, &another, "Where do you work?").await));
    stage.over().await;
}

#[tokio::test]
async fn the_sources_of_an_answer() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("can MAs give shots").await;
    insta::assert_snapshot!(drawn(&stage.pressed(stage.at.ben, &answer, "Sources").await));
    stage.over().await;
}

#[tokio::test]
async fn a_private_answer_that_can_be_posted_and_the_post() {
    let stage = Stage::set().await;
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, "MA pay").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Ask Mabel about this", question.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    insta::assert_snapshot!("private_from_the_menu", drawn(&private));
    let pressed = stage.sandbox.press(stage.at.ben, private.id, &crate::stage::button(&private, "Post it")).await.unwrap();
    let posted = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    insta::assert_snapshot!("posted_from_the_menu", drawn(&posted));
    let after = pressed.response_when(SOON, |response| response.text().contains("Posted")).await.unwrap();
    insta::assert_snapshot!("private_after_posting", drawn(&after.message.unwrap()));
    stage.over().await;
}

#[tokio::test]
async fn every_page() {
    for page in ["topics", "sources", "about", "help", "privacy"] {
        let drawn = used(page, json!({})).await;
        // The program's version changes with each release.
        insta::assert_snapshot!(page, drawn.replace(env!("CARGO_PKG_VERSION"), "[version]"));
    }
}

#[tokio::test]
async fn the_questions_of_a_topic() {
    let stage = Stage::set().await;
    let topics = stage.used(stage.at.ada, "topics", json!({})).await;
    insta::assert_snapshot!(drawn(&stage.chose(stage.at.ada, &topics, "See the questions", "Scope").await));
    stage.over().await;
}

#[tokio::test]
async fn a_form_with_a_value_that_there_is_not() {
    insta::assert_snapshot!(used("pay", json!({ "state": "Kans" })).await);
}

#[tokio::test]
async fn a_form_for_a_place_that_was_not_checked() {
    insta::assert_snapshot!(used("scope", json!({ "task": "injection", "state": "Utah" })).await);
}
