//! Buttons: choices of the asker and of others, after a restart, and from other versions.

use mabel::sandbox::ResponseKind;
use serde_json::json;

use crate::stage::{SOON, Stage, button, labels};

#[tokio::test]
async fn a_choice_of_the_asker_takes_the_place_of_the_choices() {
    let stage = Stage::set().await;
    let (_, asked_back) = stage.asked("how much").await;
    assert!(asked_back.content.starts_with("How much of what?") && labels(&asked_back).len() == 2, "{}", asked_back.content);
    let pressed = stage.sandbox.press(stage.at.ada, asked_back.id, &button(&asked_back, "1.")).await.unwrap();
    let response = pressed.response(SOON).await.unwrap();
    assert_eq!(response.kind, ResponseKind::Update);
    assert!(response.text().contains("$21.50"));
    assert!(stage.message(asked_back.id).unwrap().content.contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn a_choice_of_somebody_else_is_answered_to_them_alone() {
    let stage = Stage::set().await;
    let (_, asked_back) = stage.asked("how much").await;
    let pressed = stage.sandbox.press(stage.at.ben, asked_back.id, &button(&asked_back, "1.")).await.unwrap();
    let response = pressed.response(SOON).await.unwrap();
    assert_eq!((response.kind, response.ephemeral), (ResponseKind::Message, true));
    assert!(stage.message(asked_back.id).unwrap().content.starts_with("How much of what?"), "the question back has gone");
    stage.over().await;
}

#[tokio::test]
async fn the_asker_of_a_command_is_known_too() {
    let stage = Stage::set().await;
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", json!({ "question": "how much" })).await.unwrap();
    let message = asked.response(SOON).await.unwrap().message.unwrap();
    let by_other = stage.sandbox.press(stage.at.ben, message.id, &button(&message, "1.")).await.unwrap();
    assert_eq!(by_other.response(SOON).await.unwrap().kind, ResponseKind::Message);
    let by_asker = stage.sandbox.press(stage.at.ada, message.id, &button(&message, "1.")).await.unwrap();
    assert_eq!(by_asker.response(SOON).await.unwrap().kind, ResponseKind::Update);
    stage.over().await;
}

#[tokio::test]
async fn a_related_answer_is_read_in_private() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("can MAs give shots").await;
    let pressed = stage.sandbox.press(stage.at.ada, answer.id, &button(&answer, "earn")).await.unwrap();
    let response = pressed.response(SOON).await.unwrap();
    assert!(response.ephemeral && response.text().contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn a_button_works_after_a_restart() {
    let stage = Stage::set().await;
    let (_, asked_back) = stage.asked("how much").await;
    let stage = stage.restart().await;
    let pressed = stage.sandbox.press(stage.at.ada, asked_back.id, &button(&asked_back, "1.")).await.unwrap();
    assert!(pressed.response(SOON).await.unwrap().text().contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn a_choice_from_a_menu_can_still_be_posted() {
    let stage = Stage::set().await;
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, "how much").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Answer this", question.id).await.unwrap();
    let asked_back = used.response(SOON).await.unwrap().message.unwrap();
    assert!(!labels(&asked_back).iter().any(|label| label == "Post it here"));
    let pressed = stage.sandbox.press(stage.at.ben, asked_back.id, &button(&asked_back, "1.")).await.unwrap();
    let answer = pressed.response(SOON).await.unwrap().message.unwrap();
    stage.sandbox.press(stage.at.ben, answer.id, &button(&answer, "Post it here")).await.unwrap();
    assert!(stage.sandbox.next_message(stage.at.general, SOON).await.unwrap().content.contains("$21.50"));
    stage.over().await;
}

#[tokio::test]
async fn a_button_of_another_version_is_answered_with_a_word() {
    let stage = Stage::set().await;
    for custom_id in ["0:entry:pay.national", "whatever", "1:c:no.more:"] {
        // As an older Mabel posted it.
        let button = json!({ "type": 2, "style": 1, "label": "Pay", "custom_id": custom_id });
        let body = json!({ "content": "Old", "components": [{ "type": 1, "components": [button] }], "allowed_mentions": { "parse": [], "replied_user": false } });
        let address = format!("{}/api/v10/channels/{}/messages", stage.sandbox.base_url(), stage.at.general);
        let authorization = format!("Bot {}", stage.sandbox.token());
        reqwest::Client::new().post(address).header("Authorization", authorization).json(&body).send().await.unwrap();
        let old = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
        let pressed = stage.sandbox.press(stage.at.ada, old.id, custom_id).await.unwrap();
        let response = pressed.response(SOON).await.unwrap();
        assert!(response.ephemeral && response.text().contains("Please ask again"), "{custom_id}: {}", response.text());
    }
    stage.over().await;
}
