//! Commands: registering, `/ask`, forms, pages, what is offered while typing, the menu of a message.

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
    for outcome in [Registered::Written(12), Registered::Unchanged] {
        assert_eq!(register(&settings.discord, engine.knowledge(), guild, None).await.unwrap(), outcome);
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
    for wanted in ["Rules differ by state.", "https://example.org/rules_%282026%29", "Board of Tests", "January 15, 2026"] {
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
    assert!(response.ephemeral && response.text().contains("I do not know what you wrote for `state`"), "{}", response.text());
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
    assert_eq!(states, [json!({ "name": "Texas", "value": "TX" }), json!({ "name": "Tennessee", "value": "tenne" })]);
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
async fn the_menu_answers_in_private_first_and_posts_as_a_reply_when_asked_to() {
    let stage = Stage::set().await;
    let question = stage.sandbox.post(stage.at.general, stage.at.ada, "can MAs give shots").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Ask Mabel about this", question.id).await.unwrap();
    let response = used.response(SOON).await.unwrap();
    assert!(response.ephemeral);
    let private = response.message.unwrap();
    assert!(private.content.starts_with("Often") && labels(&private).iter().any(|label| label == "Post it"));
    let pressed = stage.sandbox.press(stage.at.ben, private.id, &button(&private, "Post it")).await.unwrap();
    let posted = stage.sandbox.next_message(stage.at.general, SOON).await.unwrap();
    assert_eq!(posted.reference.map(|reference| reference.message_id), Some(question.id));
    assert!(posted.content.starts_with("Often") && !posted.is_ephemeral());
    pressed.response_when(SOON, |response| response.text().contains("Posted as a reply")).await.unwrap();
    assert!(!labels(&stage.message(private.id).unwrap()).iter().any(|label| label == "Post it"));
    // Another person finds it answered; with the question the answer goes.
    let used = stage.sandbox.message_menu(stage.at.moderator, "Ask Mabel about this", question.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    let pressed = stage.sandbox.press(stage.at.moderator, private.id, &button(&private, "Post it")).await.unwrap();
    pressed.response_when(SOON, |response| response.text().contains("has an answer of mine already")).await.unwrap();
    stage.sandbox.delete(stage.at.ada, question.id).await.unwrap();
    stage.gone(posted.id).await;
    stage.over().await;
}

#[tokio::test]
async fn the_menu_needs_text_and_no_post_where_mabel_is_not() {
    let stage = Stage::set().await;
    stage.sandbox.change_user(stage.at.ada, |user| user.has_installed = true);
    let foreign = stage.sandbox.post(stage.at.foreign_channel, stage.at.ben, "can MAs give shots").await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ada, "Ask Mabel about this", foreign.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    assert!(!labels(&private).iter().any(|label| label == "Post it"));
    let bare = stage.sandbox.post(stage.at.general, stage.at.ada, &stage.mention()).await.unwrap();
    let used = stage.sandbox.message_menu(stage.at.ben, "Ask Mabel about this", bare.id).await.unwrap();
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

#[tokio::test]
async fn a_form_is_answered_by_what_its_options_name() {
    let stage = Stage::set().await;
    for (command, options, answer) in [
        ("scope", json!({ "task": "injection", "state": "OH" }), "Ohio: no, for injections."),
        ("scope", json!({ "task": "shots" }), "Often"),
        ("pay", json!({ "state": "Texas" }), "In Texas the median is $19.25"),
        ("pay", json!({ "state": "TX", "compare-with": "OH" }), "In Texas the median is $19.25"),
        ("duties", json!({ "area": "scope.x-rays" }), "Only with a state permit."),
    ] {
        let message = stage.used(stage.at.ada, command, options.clone()).await;
        assert!(message.content.starts_with(answer) && !message.is_ephemeral(), "/{command} {options}: {}", message.content);
    }
    let private = stage.used(stage.at.ada, "pay", json!({ "state": "TX", "private": true })).await;
    assert!(private.is_ephemeral() && private.content.contains("$19.25"));
    stage.over().await;
}

#[tokio::test]
async fn what_a_form_cannot_use_is_told_in_private_and_a_guard_speaks_first() {
    let stage = Stage::set().await;
    for (command, options, says) in [
        ("pay", json!({ "state": "Atlantis" }), "I do not know what you wrote for `state`"),
        ("pay", json!({ "state": "Kans" }), "Did you mean Kansas or Arkansas?"),
        ("pay", json!({ "compare-with": "TX" }), "please fill in `state` as well as `compare-with`"),
        ("pay", json!({}), "fill in at least one"),
        ("duties", json!({ "area": "sleeping" }), "I do not know what you wrote for `area`"),
    ] {
        let message = stage.used(stage.at.ada, command, options.clone()).await;
        assert!(message.is_ephemeral() && message.content.contains(says), "/{command} {options}: {}", message.content);
    }
    let guarded = stage.used(stage.at.ada, "scope", json!({ "task": "help, my chest hurts" })).await;
    assert!(guarded.content.contains("call 911"), "{}", guarded.content);
    stage.over().await;
}

#[tokio::test]
async fn a_field_suggests_what_it_takes_given_what_is_filled_in() {
    let stage = Stage::set().await;
    let typing = |command, options, focused| stage.sandbox.autocomplete(stage.at.ada, stage.at.general, command, options, focused, SOON);
    let first = typing("pay", json!({ "state": "" }), "state").await.unwrap();
    assert_eq!((first.len(), &first[0]["value"]), (25, &json!("TX")));
    let others = typing("pay", json!({ "state": "TX", "compare-with": "" }), "compare-with").await.unwrap();
    assert!(!others.is_empty() && others.iter().all(|choice| choice["value"] != "TX"), "a state is compared with itself");
    let areas = typing("duties", json!({ "area": "x-r" }), "area").await.unwrap();
    assert_eq!(areas[0], json!({ "name": "Can a medical assistant take x-rays?", "value": "scope.x-rays" }));
    assert!(typing("pay", json!({ "state": "qqqq" }), "state").await.unwrap().is_empty());
    stage.over().await;
}

#[tokio::test]
async fn sources_are_shown_for_a_picked_question_and_for_one_in_somebodys_own_words() {
    let stage = Stage::set().await;
    let typing = stage.sandbox.autocomplete(stage.at.ada, stage.at.general, "sources", json!({ "entry": "inject" }), "entry", SOON);
    let picked = typing.await.unwrap()[0]["value"].clone();
    for entry in [picked, json!("can MAs give shots")] {
        let message = stage.used(stage.at.ada, "sources", json!({ "entry": entry })).await;
        assert!(message.content.contains("A paper on shots") && message.content.contains("regulator, reliable"), "{}", message.content);
    }
    let none = stage.used(stage.at.ada, "sources", json!({ "entry": "what is the weather like" })).await;
    assert!(none.is_ephemeral() && none.content.contains("no sources to show"), "{}", none.content);
    let guarded = stage.used(stage.at.ada, "sources", json!({ "entry": "my chest hurts" })).await;
    assert!(guarded.content.contains("call 911"));
    stage.over().await;
}

#[tokio::test]
async fn every_page_can_be_private() {
    let stage = Stage::set().await;
    for command in ["topics", "sources", "about", "help", "privacy"] {
        assert!(!stage.used(stage.at.ada, command, json!({})).await.is_ephemeral(), "{command}");
        assert!(stage.used(stage.at.ada, command, json!({ "private": true })).await.is_ephemeral(), "{command}");
    }
    stage.over().await;
}

#[tokio::test]
async fn a_command_that_is_no_more_and_a_locale_that_never_was_get_a_word() {
    let stage = Stage::set().await;
    let address = format!("{}/api/v10/applications/{}/commands", stage.sandbox.base_url(), stage.at.application);
    let old = json!({ "name": "old", "type": 1, "description": "From a former release" });
    let authorization = format!("Bot {}", stage.sandbox.token());
    reqwest::Client::new().post(address).header("Authorization", authorization).json(&old).send().await.unwrap();
    stage.sandbox.change_user(stage.at.ada, |user| user.locale = "tlh-Piqd".to_owned());
    let unknown = stage.used(stage.at.ada, "old", json!({})).await;
    assert!(unknown.is_ephemeral() && unknown.content.contains("I do not know this command"), "{}", unknown.content);
    assert!(stage.used(stage.at.ada, "pay", json!({ "state": "TX" })).await.content.contains("$19.25"));
    stage.over().await;
}
