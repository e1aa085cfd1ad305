//! Pictures: when one comes along, when it is shown, kept, changed and taken away, and what happens where none may stand.

use mabel::sandbox::{Message, RecordedRequest, RestEffect, RestFault, permissions};
use serde_json::json;

use crate::stage::{SOON, Stage, button, labels, seen};

/// What fault orders call that path.
const ANY_CALLBACK: &str = "/interactions/*/*/callback";
const CALLBACK: &str = "/interactions/{interaction_id}/{interaction_token}/callback";

/// Whether a message shows one picture, in its embed, that is described in both places.
fn pictured(message: &Message) -> bool {
    let [file] = message.attachments.as_slice() else {
        assert!(message.attachments.is_empty() && !seen(message).contains("attachment://"), "{message:?}");
        return false;
    };
    let image = &message.embeds[0]["image"];
    assert_eq!((&file["filename"], &file["content_type"]), (&json!("picture.png"), &json!("image/png")));
    assert_eq!(image["url"], "attachment://picture.png");
    assert!(file["description"].as_str().unwrap().starts_with("Map of the states by median hourly pay."));
    assert_eq!(image["description"], file["description"]);
    assert!(file["size"].as_u64().unwrap() < 60_000);
    true
}

fn offers(message: &Message) -> bool {
    labels(message).iter().any(|label| label == "Show picture")
}

/// The file of a message, as whoever sees the message gets it.
async fn fetched(message: &Message) -> Vec<u8> {
    let file = reqwest::get(message.attachments[0]["url"].as_str().unwrap()).await.unwrap();
    file.bytes().await.unwrap().to_vec()
}

/// The requests that carried a file.
fn uploads(stage: &Stage) -> Vec<RecordedRequest> {
    stage.sandbox.requests().into_iter().filter(|request| !request.files.is_empty()).collect()
}

#[tokio::test]
async fn the_answer_to_a_command_brings_its_picture() {
    let stage = Stage::set().await;
    for options in [json!({ "state": "TX" }), json!({ "state": "TX", "private": true })] {
        let answer = stage.used(stage.at.ada, "pay", options).await;
        assert!(pictured(&answer) && !offers(&answer));
        assert!(fetched(&answer).await.starts_with(b"\x89PNG"));
    }
    let sent = uploads(&stage).remove(0);
    assert_eq!((sent.route, sent.files[0].field.as_str()), (CALLBACK, "files[0]"));
    assert_eq!(sent.body["data"]["attachments"][0]["id"], "0");
    stage.over().await;
}

#[tokio::test]
async fn in_a_channel_the_asker_has_it_shown_and_others_see_it_alone() {
    let stage = Stage::set().await;
    let (_, answer) = stage.asked("MA pay in Texas").await;
    assert!(!pictured(&answer) && offers(&answer));
    let others = stage.pressed(stage.at.ben, &answer, "Show picture").await;
    assert!(others.is_ephemeral() && pictured(&others) && !offers(&others));
    assert!(!pictured(&stage.message(answer.id).unwrap()));
    let own = stage.pressed(stage.at.ada, &answer, "Show picture").await;
    assert!(own.id == answer.id && pictured(&own) && !offers(&own) && own.content == answer.content);
    stage.over().await;
}

#[tokio::test]
async fn who_asks_alone_gets_it_at_once() {
    let stage = Stage::set().await;
    stage.sandbox.post(stage.at.ada_direct, stage.at.ada, "MA pay in Texas").await.unwrap();
    assert!(pictured(&stage.sandbox.next_message(stage.at.ada_direct, SOON).await.unwrap()));
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, "MA pay in Texas").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Ask Mabel about this", question.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    assert!(private.is_ephemeral() && pictured(&private));
    // Posted in the channel, it is one press away again; the private answer keeps it.
    let pressed = stage.sandbox.press(stage.at.ben, private.id, &button(&private, "Post it")).await.unwrap();
    let posted = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    assert!(!pictured(&posted) && offers(&posted));
    let after = pressed.response_when(SOON, |response| response.text().contains("Posted")).await.unwrap();
    assert!(pictured(&after.message.unwrap()));
    stage.over().await;
}

#[tokio::test]
async fn a_picture_goes_with_the_answer_it_belongs_to() {
    let stage = Stage::set().await;
    stage.sandbox.post(stage.at.ada_direct, stage.at.ada, "MA pay").await.unwrap();
    let national = stage.sandbox.next_message(stage.at.ada_direct, SOON).await.unwrap();
    assert!(!pictured(&national));
    let asking = stage.pressed(stage.at.ada, &national, "Where do you work?").await;
    let texas = stage.chose(stage.at.ada, &asking, "Where do you work?", "Texas").await;
    assert!(texas.id == national.id && pictured(&texas));
    assert!(texas.attachments[0]["description"].as_str().unwrap().ends_with("Outlined: Texas."));
    // An edit of the question puts another in its place, and then none.
    let question = stage.sandbox.post(stage.at.ada_direct, stage.at.ada, "MA pay in Texas").await.unwrap();
    let answer = stage.sandbox.next_message(stage.at.ada_direct, SOON).await.unwrap();
    let first = answer.attachments[0]["id"].clone();
    stage.sandbox.edit(stage.at.ada, question.id, "MA pay in Ohio").await.unwrap();
    let ohio = stage.message_when(answer.id, |message| message.content.contains("Ohio")).await;
    assert!(pictured(&ohio) && ohio.attachments[0]["id"] != first);
    assert!(ohio.attachments[0]["description"].as_str().unwrap().ends_with("Outlined: Ohio."));
    stage.sandbox.edit(stage.at.ada, question.id, "can MAs give shots").await.unwrap();
    let shots = stage.message_when(answer.id, |message| message.content.contains("Often")).await;
    assert!(!pictured(&shots));
    assert_eq!(stage.requests("PATCH", "/channels/{channel_id}/messages/{message_id}").pop().unwrap().body["attachments"], json!([]));
    stage.over().await;
}

#[tokio::test]
async fn without_the_permission_the_answer_comes_without_and_the_picture_is_told_in_words() {
    let stage = Stage::set().await;
    stage.sandbox.deny_bot(stage.at.general, permissions::ATTACH_FILES);
    let used = stage.used(stage.at.ada, "pay", json!({ "state": "TX" })).await;
    assert!(used.content.contains("$19.25") && !pictured(&used) && !offers(&used));
    let (_, answer) = stage.asked("MA pay in Texas").await;
    let told = stage.pressed(stage.at.ada, &answer, "Show picture").await;
    assert!(told.is_ephemeral() && told.content.contains("In words:\n\nMap of the states"), "{}", told.content);
    stage.over().await;
}

#[tokio::test]
async fn a_refused_picture_costs_no_answer() {
    let stage = Stage::set().await;
    let refused = RestEffect::Status { status: 403, body: json!({ "message": "Missing Permissions", "code": 50013 }) };
    stage.sandbox.fault(RestFault::next("POST", ANY_CALLBACK, refused));
    let answer = stage.used(stage.at.ada, "pay", json!({ "state": "TX" })).await;
    assert!(answer.content.contains("$19.25") && !pictured(&answer));
    assert_eq!(stage.requests("POST", CALLBACK).len(), 2);
    assert_eq!(stage.leave().await.map(|request| request.status), Some(403));
}

#[tokio::test]
async fn where_no_embed_may_stand_the_answer_comes_in_words_alone() {
    let stage = Stage::set().await;
    stage.sandbox.deny_bot(stage.at.ada_direct, permissions::EMBED_LINKS);
    stage.sandbox.post(stage.at.ada_direct, stage.at.ada, "MA pay in Texas").await.unwrap();
    let answer = stage.sandbox.next_message(stage.at.ada_direct, SOON).await.unwrap();
    assert!(!pictured(&answer) && answer.embeds.is_empty() && answer.content.contains("$19.25"), "{answer:?}");
    assert_eq!(stage.leave().await.map(|request| request.status), Some(403));
}

#[tokio::test]
async fn the_same_picture_is_the_same_file() {
    let stage = Stage::set().await;
    let mut files = Vec::new();
    for _ in 0..2 {
        let answer = stage.used(stage.at.ada, "pay", json!({ "state": "TX" })).await;
        files.push(fetched(&answer).await);
    }
    assert!(files[0] == files[1]);
    stage.over().await;
}
