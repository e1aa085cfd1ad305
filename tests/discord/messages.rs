//! Mentions, replies and direct messages; their edits and deletions.

use std::time::Duration;

use mabel::sandbox::{GatewayFault, Options, RateLimitScope, RestEffect, RestFault};
use serde_json::json;

use crate::stage::{A_WHILE, SOON, Stage, button, labels, seen};

const MESSAGES: &str = "/channels/{channel_id}/messages";

#[tokio::test]
async fn a_mention_is_answered_by_a_reply() {
    let stage = Stage::set().await;
    let (question, answer) = stage.asked("can MAs give shots?").await;
    assert_eq!(answer.reference.map(|reference| reference.message_id), Some(question.id));
    assert!(answer.content.starts_with("Often") && !seen(&answer).contains("can MAs give shots"));
    let sent = stage.requests("POST", MESSAGES).remove(0).body;
    assert_eq!(sent["message_reference"]["fail_if_not_exists"], false);
    assert_eq!(sent["enforce_nonce"], true);
    stage.over().await;
}

#[tokio::test]
async fn a_bare_mention_is_asked_what_it_wants() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("").await;
    assert_eq!(answer.content, "What would you like to know?");
    stage.over().await;
}

#[tokio::test]
async fn a_thread_and_a_direct_message_are_answered_in_place() {
    let stage = Stage::set().await;
    let thread = stage.sandbox.open_thread(stage.at.general, stage.at.ada, "Shots", "hello");
    stage.sandbox.post(thread, stage.at.ada, &format!("{} MA pay", stage.mention())).await.unwrap();
    assert!(stage.sandbox.next_message(thread, SOON).await.unwrap().content.contains("$21.50"));
    stage.sandbox.post(stage.at.ada_direct, stage.at.ada, "MA pay").await.unwrap();
    assert!(stage.sandbox.next_message(stage.at.ada_direct, SOON).await.unwrap().content.contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn a_post_of_a_forum_is_answered_in_place() {
    let stage = Stage::set().await;
    let question = stage.sandbox.post(stage.at.post, stage.at.ben, &format!("{} MA pay", stage.mention())).await.unwrap();
    let answer = stage.sandbox.next_message(stage.at.post, SOON).await.unwrap();
    assert_eq!(answer.reference.map(|reference| reference.message_id), Some(question.id));
    // A new post that asks in its first message.
    let opened = stage.sandbox.open_thread(stage.at.forum, stage.at.ada, "Pay", "hello");
    stage.sandbox.edit(stage.at.ada, opened, &format!("{} can MAs give shots", stage.mention())).await.unwrap();
    assert!(stage.sandbox.next_message(opened, SOON).await.unwrap().content.starts_with("Often"));
    stage.over().await;
}

#[tokio::test]
async fn typing_shows_only_where_the_answer_takes_its_time() {
    let stage = Stage::set().await;
    stage.asked("MA pay").await;
    assert!(stage.requests("POST", "/channels/{channel_id}/typing").is_empty());
    let slow = RestEffect::RateLimited { scope: RateLimitScope::Shared, retry_after: Duration::from_secs(2) };
    stage.sandbox.fault(RestFault::next("POST", "/channels/*/messages", slow));
    stage.asked("MA pay").await;
    assert_eq!(stage.requests("POST", "/channels/{channel_id}/typing").len(), 1);
    assert_eq!(stage.leave().await.map(|refused| refused.status), Some(429));
}

#[tokio::test]
async fn a_reply_to_an_answer_follows_up_on_it_with_or_without_a_ping() {
    let stage = Stage::set_with(Options::default(), &[("MABEL_DISCORD__MESSAGE_CONTENT", "true")]).await;
    let (_, answer) = stage.asked("MA pay in Texas").await;
    assert!(answer.content.contains("$19.25"), "{}", answer.content);
    for ping in [true, false] {
        stage.sandbox.reply(stage.at.general, stage.at.ben, answer.id, "and in Ohio?", ping).await.unwrap();
        let next = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
        assert!(next.content.contains("In Ohio the median is $18.75"), "{}", next.content);
    }
    stage.over().await;
}

#[tokio::test]
async fn a_question_back_leaves_the_conversation_where_it_was() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("MA pay in Texas").await;
    stage.sandbox.reply(stage.at.general, stage.at.ben, answer.id, "how much", true).await.unwrap();
    let asked_back = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    assert!(asked_back.content.contains("Which of these do you mean?"), "{}", asked_back.content);
    stage.linked(asked_back.id, "pay.by-state").await;
    stage.sandbox.reply(stage.at.general, stage.at.ben, asked_back.id, "and in Ohio?", true).await.unwrap();
    let next = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    assert!(next.content.contains("In Ohio the median is $18.75"), "{}", next.content);
    stage.over().await;
}

#[tokio::test]
async fn what_an_answer_was_about_is_known_to_who_follows_up_on_it() {
    let stage = Stage::set().await;
    let (_, by_mention) = stage.asked("can MAs give shots").await;
    let question = json!({ "question": "MA pay in Texas" });
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", question).await.unwrap();
    let by_command = asked.response(SOON).await.unwrap().message.unwrap();
    let (_, asked_back) = stage.asked("how much").await;
    stage.sandbox.press(stage.at.ada, asked_back.id, &button(&asked_back, "1.")).await.unwrap().response(SOON).await.unwrap();
    for (answer, entry) in [(by_mention.id, "scope.injections"), (by_command.id, "pay.by-state"), (asked_back.id, "pay.national")] {
        // Links are kept after the answer is out.
        stage.linked(answer, entry).await;
    }
    stage.over().await;
}

#[tokio::test]
async fn a_reply_that_cannot_be_read_is_left_alone() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("MA pay in Texas").await;
    stage.sandbox.reply(stage.at.general, stage.at.ben, answer.id, "and in Ohio?", false).await.unwrap();
    stage.sandbox.reply(stage.at.general, stage.at.ben, answer.id, "and in Ohio?", true).await.unwrap();
    let follow_up = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    assert!(follow_up.content.contains("In Ohio"), "a reply with a ping can be read: {}", follow_up.content);
    let (_, next) = stage.asked("can MAs give shots").await;
    assert!(next.content.starts_with("Often"), "{}", next.content);
    assert_eq!(stage.answers_in(stage.at.general), 3);
    stage.over().await;
}

#[tokio::test]
async fn everyone_roles_and_talk_among_others_do_not_wake_her() {
    let stage = Stage::set_with(Options::default(), &[("MABEL_DISCORD__MESSAGE_CONTENT", "true")]).await;
    let role = format!("<@&{}> MA pay", stage.at.moderator_role);
    for text in ["@everyone MA pay", "@here MA pay", role.as_str(), "MA pay"] {
        stage.sandbox.post(stage.at.general, stage.at.moderator, text).await.unwrap();
    }
    let talk = stage.sandbox.post(stage.at.general, stage.at.ada, "hello Ben").await.unwrap();
    stage.sandbox.reply(stage.at.general, stage.at.ben, talk.id, "MA pay", true).await.unwrap();
    let (_, answer) = stage.asked("MA pay").await;
    assert_eq!(stage.answers_in(stage.at.general), 1);
    assert!(answer.content.contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn bots_are_not_heard() {
    let stage = Stage::set().await;
    let robot = stage.sandbox.add_user("robot");
    stage.sandbox.change_user(robot, |user| user.bot = true);
    stage.sandbox.join(stage.at.guild, robot, &[]);
    stage.sandbox.post(stage.at.general, robot, &format!("{} MA pay", stage.mention())).await.unwrap();
    stage.asked("can MAs give shots").await;
    assert_eq!(stage.answers_in(stage.at.general), 1);
    stage.over().await;
}

#[tokio::test]
async fn an_edited_question_edits_its_answer() {
    let stage = Stage::set().await;
    let (question, answer) = stage.asked("MA pay").await;
    stage.sandbox.edit(stage.at.ada, question.id, &format!("{} can MAs give shots", stage.mention())).await.unwrap();
    let changed = stage.message_when(answer.id, |message| message.content.starts_with("Often")).await;
    assert!(seen(&changed).contains("rules_%282026%29") && !seen(&changed).contains("wages"));
    assert_eq!(stage.answers_in(stage.at.general), 1);
    stage.over().await;
}

#[tokio::test]
async fn an_edit_into_a_guarded_question_leaves_nothing_of_the_old_answer() {
    let stage = Stage::set().await;
    let (question, answer) = stage.asked("can MAs give shots").await;
    stage.sandbox.edit(stage.at.ada, question.id, &format!("{} my chest hurts", stage.mention())).await.unwrap();
    let changed = stage.message_when(answer.id, |message| message.content.contains("call 911")).await;
    assert!(labels(&changed) == ["Delete"] && !seen(&changed).contains("provider"), "{}", seen(&changed));
    stage.over().await;
}

#[tokio::test]
async fn an_edit_that_takes_the_mention_away_takes_the_answer_away_and_one_that_puts_it_back_brings_another() {
    let stage = Stage::set().await;
    let (question, answer) = stage.asked("MA pay").await;
    stage.sandbox.edit(stage.at.ada, question.id, "never mind").await.unwrap();
    stage.gone(answer.id).await;
    stage.sandbox.edit(stage.at.ada, question.id, &format!("{} can MAs give shots", stage.mention())).await.unwrap();
    let another = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    assert!(another.content.starts_with("Often"));
    stage.over().await;
}

#[tokio::test]
async fn an_edit_that_adds_the_mention_asks() {
    let stage = Stage::set().await;
    let message = stage.sandbox.post(stage.at.general, stage.at.ada, "MA pay").await.unwrap();
    stage.sandbox.edit(stage.at.ada, message.id, &format!("{} MA pay", stage.mention())).await.unwrap();
    assert!(stage.sandbox.next_message(stage.at.general, SOON).await.unwrap().content.contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn a_deleted_question_takes_its_answer_along() {
    let stage = Stage::set().await;
    let (question, answer) = stage.asked("MA pay").await;
    stage.sandbox.delete(stage.at.ada, question.id).await.unwrap();
    stage.gone(answer.id).await;
    stage.over().await;
}

#[tokio::test]
async fn an_answer_that_a_moderator_deleted_stays_deleted() {
    let stage = Stage::set().await;
    let (question, answer) = stage.asked("MA pay").await;
    stage.sandbox.delete(stage.at.moderator, answer.id).await.unwrap();
    stage.sandbox.edit(stage.at.ada, question.id, &format!("{} can MAs give shots", stage.mention())).await.unwrap();
    let (_, next) = stage.asked("MA pay in Ohio").await;
    assert!(next.content.contains("Ohio"));
    assert_eq!(stage.answers_in(stage.at.general), 1);
    stage.over().await;
}

#[tokio::test]
async fn an_edit_while_the_answer_is_on_its_way_is_neither_lost_nor_doubled() {
    let stage = Stage::set().await;
    stage.sandbox.fault(RestFault::next("POST", "/channels/*/messages", RestEffect::Delay(A_WHILE)));
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, &format!("{} MA pay", stage.mention())).await.unwrap();
    stage.sandbox.edit(stage.at.ada, question.id, &format!("{} can MAs give shots", stage.mention())).await.unwrap();
    let answer = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    stage.message_when(answer.id, |message| message.content.starts_with("Often")).await;
    assert_eq!(stage.answers_in(stage.at.general), 1);
    stage.over().await;
}

#[tokio::test]
async fn a_question_deleted_while_the_answer_is_on_its_way_leaves_no_answer() {
    let stage = Stage::set().await;
    stage.sandbox.fault(RestFault::next("POST", "/channels/*/messages", RestEffect::Delay(A_WHILE)));
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, &format!("{} MA pay", stage.mention())).await.unwrap();
    stage.sandbox.delete(stage.at.ada, question.id).await.unwrap();
    let answer = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    stage.gone(answer.id).await;
    stage.over().await;
}

#[tokio::test]
async fn a_message_delivered_twice_is_answered_once() {
    let stage = Stage::set().await;
    let (question, _) = stage.asked("MA pay").await;
    stage.sandbox.repeat_message(question.id).unwrap();
    stage.sandbox.gateway_fault(&GatewayFault::Cut);
    stage.sandbox.connected(SOON).await.unwrap();
    stage.sandbox.repeat_message(question.id).unwrap();
    stage.asked("can MAs give shots").await;
    assert_eq!(stage.answers_in(stage.at.general), 2);
    stage.over().await;
}
