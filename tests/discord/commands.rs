//! Commands: registering, `/ask`, autocomplete, "Answer this".

use mabel::discord::{Registered, register};
use mabel::sandbox::ResponseKind;
use serde_json::json;

use crate::stage::{SOON, Stage, button, engine, labels, seen, settings};

const COMMANDS: &str = "/applications/{application_id}/commands";

#[tokio::test]
async fn commands_are_registered_at_start_and_only_once() {
    let stage = Stage::set().await;
    assert_eq!(stage.requests("PUT", COMMANDS).len(), 1);
    let stage = stage.restart().await;
    assert_eq!(stage.requests("GET", COMMANDS).len(), 2);
    assert_eq!(stage.requests("PUT", COMMANDS).len(), 1, "an unchanged set is written again");
    stage.over().await;
}

#[tokio::test]
async fn registering_for_one_server_says_what_it_did() {
    let stage = Stage::set_with(mabel::sandbox::Options::default(), &[("MABEL_DISCORD__REGISTER_AT_START", "false")]).await;
    assert!(stage.requests("PUT", COMMANDS).is_empty());
    let settings = settings(&stage.sandbox, stage.sandbox.token(), &[]);
    let guild = Some(stage.at.guild.to_string().parse().unwrap());
    let engine = engine().get();
    for outcome in [Registered::Written(2), Registered::Unchanged] {
        assert_eq!(register(&settings.discord, engine.knowledge(), guild).await.unwrap(), outcome);
    }
    let question = json!({ "question": "can MAs give shots" });
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", question).await.unwrap();
    assert!(asked.response(SOON).await.unwrap().text().starts_with("Often"));
    stage.over().await;
}

#[tokio::test]
async fn ask_answers_for_all_with_sources() {
    let stage = Stage::set().await;
    let question = json!({ "question": "can MAs give shots" });
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", question).await.unwrap();
    let response = asked.response(SOON).await.unwrap();
    assert_eq!((response.kind, response.ephemeral), (ResponseKind::Message, false));
    let message = response.message.unwrap();
    assert!(message.content.starts_with(r"Often, \*if\* a provider delegates it"), "{}", message.content);
    let seen = seen(&message);
    for wanted in
        ["the order of a provider", "Rules differ by state.", "https://example.org/rules_%282026%29", "Board of Tests", "January 15, 2026"]
    {
        assert!(seen.contains(wanted), "{wanted:?} is not in {seen}");
    }
    assert!(!seen.contains("can MAs give shots"), "the question is echoed");
    stage.over().await;
}

#[tokio::test]
async fn ask_in_private_is_seen_by_the_asker_alone() {
    let stage = Stage::set().await;
    let question = json!({ "question": "can MAs give shots", "private": true });
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", question).await.unwrap();
    assert!(asked.response(SOON).await.unwrap().ephemeral);
    stage.over().await;
}

#[tokio::test]
async fn ask_takes_a_state_by_code_or_name_and_refuses_what_is_none() {
    let stage = Stage::set().await;
    for (state, answer) in [("TX", "In Texas the median is $19.25"), ("ohio", "In Ohio the median is $18.75")] {
        let options = json!({ "question": "what do medical assistants earn in my state", "state": state });
        let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", options).await.unwrap();
        assert!(asked.response(SOON).await.unwrap().text().contains(answer), "{state}");
    }
    let options = json!({ "question": "MA pay", "state": "Atlantis" });
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", options).await.unwrap();
    let response = asked.response(SOON).await.unwrap();
    assert!(response.ephemeral && response.text().contains("I do not know that state"), "{}", response.text());
    stage.over().await;
}

#[tokio::test]
async fn ask_works_in_direct_messages_and_where_only_the_user_installed_it() {
    let stage = Stage::set().await;
    stage.sandbox.change_user(stage.at.ada, |user| user.has_installed = true);
    for channel in [stage.at.ada_direct, stage.at.private_channel, stage.at.foreign_channel] {
        let asked = stage.sandbox.slash(stage.at.ada, channel, "ask", json!({ "question": "MA pay" })).await.unwrap();
        assert!(asked.response(SOON).await.unwrap().text().contains("$21.50"));
    }
    stage.over().await;
}

#[tokio::test]
async fn wordings_and_states_are_suggested_while_typing() {
    let stage = Stage::set().await;
    let typing = |options, focused| stage.sandbox.autocomplete(stage.at.ada, stage.at.general, "ask", options, focused, SOON);
    assert!(!typing(json!({ "question": "" }), "question").await.unwrap().is_empty(), "nothing useful to begin with");
    let choices = typing(json!({ "question": "inject" }), "question").await.unwrap();
    assert_eq!(choices[0]["name"], "Can a medical assistant give injections?");
    let states = typing(json!({ "question": "pay", "state": "te" }), "state").await.unwrap();
    assert_eq!(states, [json!({ "name": "Texas", "value": "TX" })]);
    stage.over().await;
}

#[tokio::test]
async fn a_picked_suggestion_is_answered_by_its_entry_and_a_vanished_one_with_a_word() {
    let stage = Stage::set().await;
    let typing = stage.sandbox.autocomplete(stage.at.ada, stage.at.general, "ask", json!({ "question": "inject" }), "question", SOON);
    let picked = typing.await.unwrap()[0]["value"].clone();
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", json!({ "question": picked })).await.unwrap();
    assert!(asked.response(SOON).await.unwrap().text().starts_with("Often"));
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", json!({ "question": "1:c:no.more:" })).await.unwrap();
    let response = asked.response(SOON).await.unwrap();
    assert!(response.ephemeral && response.text().contains("no longer in it"));
    stage.over().await;
}

#[tokio::test]
async fn answer_this_is_private_first_and_posted_as_a_reply_when_asked_to() {
    let stage = Stage::set().await;
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, "can MAs give shots").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Answer this", question.id).await.unwrap();
    let response = used.response(SOON).await.unwrap();
    assert!(response.ephemeral);
    let private = response.message.unwrap();
    assert!(private.content.starts_with("Often") && labels(&private).iter().any(|label| label == "Post it here"));
    let pressed = stage.sandbox.press(stage.at.ben, private.id, &button(&private, "Post it here")).await.unwrap();
    let posted = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    assert_eq!(posted.reference.map(|reference| reference.message_id), Some(question.id));
    assert!(posted.content.starts_with("Often") && !posted.is_ephemeral());
    pressed.response_when(SOON, |response| response.text().contains("Posted as a reply")).await.unwrap();
    assert!(!labels(&stage.message(private.id).unwrap()).iter().any(|label| label == "Post it here"));
    // Another person finds it answered; with the question the answer goes.
    let used = stage.sandbox.message_menu(stage.at.moderator, "Answer this", question.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    let pressed = stage.sandbox.press(stage.at.moderator, private.id, &button(&private, "Post it here")).await.unwrap();
    pressed.response_when(SOON, |response| response.text().contains("has an answer of mine already")).await.unwrap();
    stage.sandbox.delete(stage.at.ada, question.id).await.unwrap();
    stage.gone(posted.id).await;
    stage.over().await;
}

#[tokio::test]
async fn answer_this_needs_text_and_no_post_where_mabel_is_not() {
    let stage = Stage::set().await;
    stage.sandbox.change_user(stage.at.ada, |user| user.has_installed = true);
    let foreign = stage.sandbox.post(stage.at.foreign_channel, stage.at.ben, "can MAs give shots").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ada, "Answer this", foreign.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    assert!(!labels(&private).iter().any(|label| label == "Post it here"));
    let bare = stage.sandbox.post(stage.at.general, stage.at.ada, &stage.mention()).await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Answer this", bare.id).await.unwrap();
    assert!(used.response(SOON).await.unwrap().text().contains("no text"));
    stage.over().await;
}

#[tokio::test]
async fn an_interaction_delivered_twice_is_answered_once() {
    let stage = Stage::set().await;
    let asked = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", json!({ "question": "MA pay" })).await.unwrap();
    asked.response(SOON).await.unwrap();
    stage.sandbox.repeat_interaction(asked.id).unwrap();
    // The next one is answered after it.
    let next = stage.sandbox.slash(stage.at.ada, stage.at.general, "ask", json!({ "question": "MA pay" })).await.unwrap();
    next.response(SOON).await.unwrap();
    assert_eq!(stage.requests("POST", "/interactions/{interaction_id}/{interaction_token}/callback").len(), 2);
    stage.over().await;
}
