//! Who asks too much is told to wait, once; what was answered a moment ago is pointed to.

use mabel::discord::CurrentEngine;
use mabel::sandbox::{Message, Options};
use serde_json::json;

use crate::stage::{A_WHILE, SOON, Stage, button, drawn, engine_where, labels};

async fn limited(variable: &str, value: &str) -> Stage {
    Stage::set_with(Options::default(), &[(variable, value)]).await
}

async fn ask(stage: &Stage, question: &str) -> Message {
    stage.used(stage.at.ada, "ask", json!({ "question": question })).await
}

#[tokio::test]
async fn a_command_too_many_gets_a_private_note_with_the_wait_and_typing_never_counts() {
    let stage = limited("MABEL_LIMITS__PER_USER", "2").await;
    for _ in 0..6 {
        let typing = stage.sandbox.autocomplete(stage.at.ada, stage.at.general, "ask", json!({ "question": "pay" }), "question", SOON);
        assert!(!typing.await.unwrap().is_empty());
    }
    for question in ["MA pay", "can MAs give shots"] {
        assert!(!ask(&stage, question).await.is_ephemeral());
    }
    let note = ask(&stage, "MA pay").await;
    insta::assert_snapshot!("a_limit_note", drawn(&note));
    stage.sandbox.change_user(stage.at.ada, |user| user.locale = "es-ES".to_owned());
    insta::assert_snapshot!("a_limit_note_in_spanish", drawn(&stage.used(stage.at.ada, "help", json!({})).await));
    let other = stage.used(stage.at.ben, "ask", json!({ "question": "MA pay" })).await;
    assert!(other.content.contains("$21.50"), "another person is not concerned: {}", other.content);
    stage.over().await;
}

#[tokio::test]
async fn a_mention_too_many_gets_one_short_reply_and_then_silence() {
    let stage = limited("MABEL_LIMITS__PER_USER", "1").await;
    stage.asked("MA pay").await;
    let (question, told) = stage.asked("MA pay").await;
    assert!(told.content.starts_with("That is a lot at once. Please give me "), "{}", told.content);
    assert_eq!(told.reference.map(|reference| reference.message_id), Some(question.id));
    let answers = stage.answers_in(stage.at.general);
    for _ in 0..3 {
        stage.sandbox.post(stage.at.general, stage.at.ada, &format!("{} MA pay", stage.mention())).await.unwrap();
    }
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(stage.answers_in(stage.at.general), answers, "she goes on telling");
    stage.over().await;
}

#[tokio::test]
async fn words_of_safety_are_never_held_back() {
    let stage = limited("MABEL_LIMITS__PER_USER", "1").await;
    stage.asked("MA pay").await;
    for _ in 0..3 {
        assert!(stage.asked("my chest hurts").await.1.content.contains("call 911"));
        assert!(ask(&stage, "my chest hurts").await.content.contains("call 911"));
        let written = stage.used(stage.at.ada, "scope", json!({ "task": "help, my chest hurts" })).await;
        assert!(written.content.contains("call 911"), "{}", written.content);
    }
    stage.over().await;
}

#[tokio::test]
async fn four_presses_weigh_as_much_as_a_question_and_an_answer_can_always_be_deleted() {
    let stage = limited("MABEL_LIMITS__PER_USER", "2").await;
    let answer = ask(&stage, "can MAs give shots").await;
    for _ in 0..4 {
        assert!(stage.pressed(stage.at.ada, &answer, "Sources").await.content.starts_with("**Sources for:**"));
    }
    let note = stage.pressed(stage.at.ada, &answer, "Sources").await;
    assert!(note.is_ephemeral() && note.content.starts_with("That is a lot at once."), "{}", note.content);
    stage.sandbox.press(stage.at.ada, answer.id, &button(&answer, "Delete")).await.unwrap();
    stage.gone(answer.id).await;
    stage.over().await;
}

#[tokio::test]
async fn a_channel_has_a_limit_of_its_own_whoever_asks() {
    let stage = limited("MABEL_LIMITS__PER_CHANNEL", "1").await;
    ask(&stage, "MA pay").await;
    let note = stage.used(stage.at.ben, "ask", json!({ "question": "MA pay" })).await;
    assert!(note.is_ephemeral() && note.content.starts_with("A lot is being asked here right now."), "{}", note.content);
    let elsewhere = stage.sandbox.slash(stage.at.ben, stage.at.clinic_questions, "ask", json!({ "question": "MA pay" })).await.unwrap();
    assert!(elsewhere.response(SOON).await.unwrap().text().contains("$21.50"));
    stage.over().await;
}

fn link(stage: &Stage, answer: &Message) -> String {
    format!("https://discord.com/channels/{}/{}/{}", stage.at.guild, stage.at.general, answer.id)
}

#[tokio::test]
async fn the_same_answer_is_pointed_to_while_it_stands_there() {
    let stage = limited("MABEL_LIMITS__REPEAT_SECONDS", "60").await;
    let (_, first) = stage.asked("can MAs give shots").await;
    stage.linked(first.id, "scope.injections").await;
    let (question, second) = stage.asked("may MAs give injections?").await;
    assert_eq!(second.content, format!("I answered that here a moment ago: {}", link(&stage, &first)));
    assert!(labels(&second).is_empty());
    let command = ask(&stage, "can MAs give shots").await;
    assert!(command.is_ephemeral() && command.content.contains(&link(&stage, &first)), "{}", command.content);
    // In private and for another state it is answered, and an edit of the second question is followed.
    let private = stage.used(stage.at.ada, "ask", json!({ "question": "can MAs give shots", "private": true })).await;
    assert!(private.content.starts_with("Often"));
    assert!(stage.asked("can MAs give shots in Texas").await.1.content.contains("Texas"));
    stage.sandbox.edit(stage.at.ada, question.id, &format!("{} MA pay", stage.mention())).await.unwrap();
    stage.message_when(second.id, |message| message.content.contains("$21.50")).await;
    stage.over().await;
}

#[tokio::test]
async fn an_answer_that_was_deleted_or_changed_is_given_anew() {
    let stage = limited("MABEL_LIMITS__REPEAT_SECONDS", "60").await;
    let (question, first) = stage.asked("can MAs give shots").await;
    stage.linked(first.id, "scope.injections").await;
    stage.sandbox.delete(stage.at.ada, question.id).await.unwrap();
    stage.gone(first.id).await;
    let (question, second) = stage.asked("can MAs give shots").await;
    assert!(second.content.starts_with("Often"), "{}", second.content);
    stage.linked(second.id, "scope.injections").await;
    stage.sandbox.edit(stage.at.ada, question.id, &format!("{} MA pay", stage.mention())).await.unwrap();
    stage.linked(second.id, "pay.national").await;
    assert!(stage.asked("can MAs give shots").await.1.content.starts_with("Often"));
    stage.over().await;
}

#[tokio::test]
async fn an_answer_that_the_knowledge_has_changed_is_given_anew_and_one_that_it_left_is_pointed_to() {
    let engine = CurrentEngine::new(engine_where("", ""));
    let stage = Stage::set_answering(engine.clone(), &[("MABEL_LIMITS__REPEAT_SECONDS", "60")]).await;
    let (_, shots) = stage.asked("can MAs give shots").await;
    stage.linked(shots.id, "scope.injections").await;
    let (_, pay) = stage.asked("MA pay").await;
    stage.linked(pay.id, "pay.national").await;
    engine.replace(engine_where("Often", "Mostly"));
    let (_, again) = stage.asked("can MAs give shots").await;
    assert!(again.content.starts_with("Mostly"), "{}", again.content);
    let unchanged = ask(&stage, "MA pay").await;
    assert!(unchanged.is_ephemeral() && unchanged.content.contains(&link(&stage, &pay)), "{}", unchanged.content);
    stage.over().await;
}
