//! Channels in which Mabel answers what was not put to her.

use mabel::sandbox::{Id, Options};

use crate::stage::{A_WHILE, SOON, Stage, button, drawn, labels};

/// A bot that reads messages, and a server that wants answers in #clinic-questions and in the forum.
async fn listening() -> Stage {
    let stage = Stage::set_with(Options::default(), &[("MABEL_DISCORD__MESSAGE_CONTENT", "true")]).await;
    let page = stage.opened("Answer channels").await;
    stage.chose_ids(&page, &[stage.at.clinic_questions, stage.at.forum]).await;
    stage
}

/// Nothing is said to that.
async fn silent(stage: &Stage, channel: Id, text: &str) {
    let before = stage.answers_in(channel);
    stage.sandbox.post(channel, stage.at.ada, text).await.unwrap();
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(stage.answers_in(channel), before, "{text}");
}

#[tokio::test]
async fn a_clear_question_is_answered_there_and_says_why() {
    let stage = listening().await;
    let channel = stage.at.clinic_questions;
    let question = stage.sandbox.post(channel, stage.at.ada, "how much do MAs make?").await.unwrap();
    let answer = stage.sandbox.next_message(channel, SOON).await.unwrap();
    assert_eq!(answer.reference.map(|reference| reference.message_id), Some(question.id));
    insta::assert_snapshot!("an_answer_that_nobody_asked_for", drawn(&answer));
    // An edit is followed: another question, another answer; no question, none.
    stage.sandbox.edit(stage.at.ada, question.id, "can MAs give shots?").await.unwrap();
    stage.message_when(answer.id, |message| message.content.starts_with("Often")).await;
    stage.sandbox.edit(stage.at.ada, question.id, "never mind").await.unwrap();
    stage.gone(answer.id).await;
    stage.over().await;
}

#[tokio::test]
async fn talk_replies_and_other_channels_are_left_alone() {
    let stage = listening().await;
    let channel = stage.at.clinic_questions;
    for text in [
        "good morning",
        "how much",
        "anyone up for studying tonight?",
        "what do MAs",
        "my chest hurts",
        "did you give shots as an MA today?",
    ] {
        silent(&stage, channel, text).await;
    }
    silent(&stage, channel, &format!("<@{}> how much do MAs make?", stage.at.ben)).await;
    silent(&stage, stage.at.general, "how much do MAs make?").await;
    let talk = stage.sandbox.post(channel, stage.at.ben, "I gave ten shots today").await.unwrap();
    stage.sandbox.reply(channel, stage.at.ada, talk.id, "how much do MAs make?", true).await.unwrap();
    // An edit makes no new answer.
    let edited = stage.sandbox.post(channel, stage.at.ada, "hello").await.unwrap();
    stage.sandbox.edit(stage.at.ada, edited.id, "how much do MAs make?").await.unwrap();
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(stage.answers_in(channel), 0);
    stage.over().await;
}

#[tokio::test]
async fn the_asker_and_moderators_dismiss_such_an_answer() {
    let stage = listening().await;
    let channel = stage.at.clinic_questions;
    for person in [stage.at.ada, stage.at.moderator] {
        stage.sandbox.post(channel, stage.at.ada, "how much do MAs make?").await.unwrap();
        let answer = stage.sandbox.next_message(channel, SOON).await.unwrap();
        assert!(labels(&answer).iter().any(|label| label == "Not what I meant"));
        let refused = stage.pressed(stage.at.ben, &answer, "Not what I meant").await;
        assert!(refused.is_ephemeral() && refused.content.contains("Only the person who asked"), "{}", refused.content);
        stage.sandbox.press(person, answer.id, &button(&answer, "Not what I meant")).await.unwrap();
        stage.gone(answer.id).await;
    }
    stage.over().await;
}

#[tokio::test]
async fn a_post_in_a_forum_is_answered_once() {
    let stage = listening().await;
    let thread = stage.sandbox.open_thread(stage.at.forum, stage.at.ada, "Pay", "how much do MAs make?");
    stage.sandbox.post(thread, stage.at.ada, "how much do MAs make?").await.unwrap();
    stage.sandbox.next_message(thread, SOON).await.unwrap();
    silent(&stage, thread, "can MAs give shots?").await;
    // Asked, she answers.
    stage.sandbox.post(thread, stage.at.ada, &format!("{} can MAs give shots?", stage.mention())).await.unwrap();
    assert!(stage.sandbox.next_message(thread, SOON).await.unwrap().content.starts_with("Often"));
    stage.over().await;
}

#[tokio::test]
async fn somebody_in_danger_reads_the_number_in_an_answer_channel() {
    let stage = listening().await;
    stage.sandbox.post(stage.at.clinic_questions, stage.at.ada, "I want to end my life").await.unwrap();
    assert!(stage.sandbox.next_message(stage.at.clinic_questions, SOON).await.unwrap().content.contains("call 911"));
    silent(&stage, stage.at.general, "I want to end my life").await;
    stage.over().await;
}

#[tokio::test]
async fn without_the_intent_such_channels_rest_and_the_settings_say_so() {
    let stage = Stage::set().await;
    let page = stage.opened("Answer channels").await;
    let saved = stage.chose_ids(&page, &[stage.at.clinic_questions]).await;
    assert!(saved.content.contains("Whoever runs me has to set `discord.message_content`"), "{}", saved.content);
    silent(&stage, stage.at.clinic_questions, "how much do MAs make?").await;
    stage.over().await;
}
