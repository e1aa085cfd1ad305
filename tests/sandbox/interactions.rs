//! Interactions: what a person can do, what the bot may answer, and when.

use std::time::Duration;

use mabel::sandbox::{InteractionHandle, ResponseKind, SandboxError, permissions};
use serde_json::{Value, json};

use super::support::{Answer, Line, Scene, letters, scene};

const SOON: Duration = super::support::SOON;

/// A scene whose bot has registered commands.
pub async fn registered() -> Scene {
    let scene = scene().await;
    let commands = json!([
        {"name": "ask", "description": "Ask.", "options": [
            {"name": "question", "description": "x", "type": 3, "required": true, "autocomplete": true, "max_length": 200},
            {"name": "private", "description": "x", "type": 5},
            {"name": "who", "description": "x", "type": 6},
        ]},
        {"name": "settings", "description": "x", "default_member_permissions": "32", "contexts": [0], "options": [
            {"name": "show", "description": "x", "type": 1},
            {"name": "set", "description": "x", "type": 1, "options": [
                {"name": "tone", "description": "x", "type": 3, "choices": [{"name": "Kind", "value": "kind"}]},
            ]},
        ]},
        {"name": "Answer this", "type": 3},
        {"name": "here", "description": "x", "integration_types": [0]},
    ]);
    let answer = scene.rest.put(&format!("/applications/{}/commands", scene.places.application), commands).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    scene
}

impl Scene {
    pub async fn asked(&self) -> InteractionHandle {
        self.sandbox.slash(self.places.ada, self.places.general, "ask", json!({"question": "?"})).await.unwrap()
    }

    pub async fn callback(&self, asked: &InteractionHandle, body: Value) -> Answer {
        self.rest.post(&format!("/interactions/{}/{}/callback", asked.id, asked.token()), body).await
    }

    fn webhook(&self, asked: &InteractionHandle) -> String {
        format!("/webhooks/{}/{}", self.places.application, asked.token())
    }

    fn original(&self, asked: &InteractionHandle) -> String {
        format!("{}/messages/@original", self.webhook(asked))
    }
}

pub fn says(content: &str) -> Value {
    json!({"type": 4, "data": {"content": content}})
}

#[tokio::test]
async fn a_slash_command_reaches_the_bot_with_all_it_carries() {
    let scene = registered().await;
    let places = scene.places;
    let (mut line, _) = Line::identified(&scene, 0).await;
    let options = json!({"question": "can I?", "who": places.ben.to_string()});
    scene.sandbox.slash(places.moderator, places.general, "ask", options).await.unwrap();
    let event = line.event("INTERACTION_CREATE").await;
    assert_eq!((&event["type"], &event["data"]["name"], &event["version"]), (&json!(2), &json!("ask"), &json!(1)));
    assert_eq!(event["data"]["options"][0], json!({"name": "question", "type": 3, "value": "can I?"}));
    assert_eq!(event["data"]["resolved"]["users"][places.ben.to_string()]["username"], "ben");
    assert_eq!(event["member"]["user"]["id"], places.moderator.to_string());
    let bits: u64 = event["member"]["permissions"].as_str().unwrap().parse().unwrap();
    assert_ne!(bits & permissions::MANAGE_GUILD, 0);
    assert!(event["app_permissions"].is_string());
    assert_eq!(event["authorizing_integration_owners"], json!({"0": places.guild.to_string()}));
    assert_eq!((&event["context"], &event["locale"], &event["guild_locale"]), (&json!(0), &json!("en-US"), &json!("en-US")));
    assert_eq!(event["channel"]["id"], places.general.to_string());
    scene.sandbox.slash(places.ada, places.ada_direct, "ask", json!({"question": "?"})).await.unwrap();
    let direct = line.event("INTERACTION_CREATE").await;
    assert_eq!((&direct["context"], &direct["user"]["id"]), (&json!(1), &json!(places.ada.to_string())));
    assert!(direct.get("member").is_none() && direct.get("guild_id").is_none());
}

#[tokio::test]
async fn what_a_client_would_not_send_is_an_error_for_the_tester() {
    let scene = registered().await;
    let places = scene.places;
    let ada = places.ada;
    for (user, channel, name, options) in [
        (ada, places.general, "unknown", json!({})),
        (ada, places.general, "ask", json!({})),
        (ada, places.general, "ask", json!({"question": 5})),
        (ada, places.general, "ask", json!({"question": letters(201)})),
        (ada, places.general, "ask", json!({"question": "?", "other": 1})),
        (ada, places.general, "ask", json!({"question": "?", "who": "1"})),
        (ada, places.general, "settings", json!({"show": {}})),
        (places.moderator, places.general, "settings", json!({})),
        (places.moderator, places.general, "settings", json!({"set": {"tone": "rude"}})),
        (places.moderator, places.ben_direct, "ask", json!({"question": "?"})),
        (ada, places.foreign_channel, "ask", json!({"question": "?"})),
    ] {
        let tried = scene.sandbox.slash(user, channel, name, options.clone()).await;
        assert!(tried.is_err(), "/{name} {options}");
    }
    assert!(scene.sandbox.slash(places.moderator, places.general, "settings", json!({"set": {"tone": "kind"}})).await.is_ok());
    assert!(scene.sandbox.slash(places.owner, places.general, "settings", json!({"show": {}})).await.is_ok());
}

#[tokio::test]
async fn an_answer_is_seen_by_the_tester_and_in_the_channel() {
    let scene = registered().await;
    let asked = scene.asked().await;
    assert!(asked.peek().is_none());
    assert_eq!(scene.callback(&asked, says("yes")).await.status, 204);
    let response = asked.response(SOON).await.unwrap();
    assert_eq!((response.kind, response.ephemeral, response.text().as_str()), (ResponseKind::Message, false, "yes"));
    let path = format!("/channels/{}/messages/{}", scene.places.general, response.message.unwrap().id);
    let seen = scene.rest.get(&path).await.body;
    assert_eq!((&seen["type"], &seen["interaction_metadata"]["type"]), (&json!(20), &json!(2)));
    assert_eq!(seen["webhook_id"], scene.places.application.to_string());
}

#[tokio::test]
async fn a_message_names_the_subcommand_that_was_used() {
    let scene = registered().await;
    let asked = scene.sandbox.slash(scene.places.moderator, scene.places.general, "settings", json!({"show": {}})).await.unwrap();
    assert_eq!(scene.callback(&asked, says("all of them")).await.status, 204);
    let seen = scene.rest.get(&scene.original(&asked)).await.body;
    assert_eq!((&seen["interaction"]["name"], &seen["interaction_metadata"]["name"]), (&json!("settings show"), &json!("settings show")));
}

#[tokio::test]
async fn a_callback_can_give_the_response_back() {
    let scene = registered().await;
    let asked = scene.asked().await;
    let path = format!("/interactions/{}/{}/callback?with_response=true", asked.id, asked.token());
    let answer = scene.rest.post(&path, says("yes")).await;
    assert_eq!((answer.status, &answer.body["resource"]["message"]["content"]), (200, &json!("yes")));
    assert_eq!(answer.body["interaction"]["response_message_id"], answer.body["resource"]["message"]["id"]);
}

#[tokio::test]
async fn the_first_response_has_three_seconds_and_the_token_fifteen_minutes() {
    let scene = registered().await;
    let late = scene.asked().await;
    scene.clock.advance(Duration::from_millis(3001));
    let answer = scene.callback(&late, says("x")).await;
    assert_eq!((answer.status, answer.code()), (404, 10062));
    assert_eq!(scene.rest.post(&scene.webhook(&late), json!({"content": "x"})).await.code(), 10015);
    let asked = scene.asked().await;
    scene.clock.advance(Duration::from_millis(2999));
    assert_eq!(scene.callback(&asked, says("x")).await.status, 204);
    scene.clock.advance(Duration::from_secs(14 * 60));
    assert_eq!(scene.rest.patch(&scene.original(&asked), json!({"content": "y"})).await.status, 200);
    scene.clock.advance(Duration::from_secs(60));
    let answer = scene.rest.patch(&scene.original(&asked), json!({"content": "z"})).await;
    assert_eq!((answer.status, answer.code()), (401, 50027));
}

#[tokio::test]
async fn an_interaction_is_acknowledged_once() {
    let scene = registered().await;
    let asked = scene.asked().await;
    scene.callback(&asked, says("one")).await;
    let again = scene.callback(&asked, says("two")).await;
    assert_eq!((again.status, again.code()), (400, 40060));
    let strange = scene.rest.post(&format!("/interactions/{}/wrong/callback", asked.id), says("x")).await;
    assert_eq!(strange.code(), 10062);
    assert_eq!(scene.rest.post(&format!("/webhooks/{}/wrong", scene.places.application), json!({"content": "x"})).await.code(), 50027);
    assert_eq!(scene.rest.post("/webhooks/1/wrong", json!({"content": "x"})).await.code(), 10015);
}

#[tokio::test]
async fn a_response_is_held_to_the_limits_of_messages() {
    let scene = registered().await;
    let asked = scene.asked().await;
    let answer = scene.callback(&asked, says(&letters(2001))).await;
    assert_eq!(answer.problems("data.content"), ["BASE_TYPE_MAX_LENGTH"]);
    assert_eq!(scene.callback(&asked, json!({"type": 4, "data": {}})).await.code(), 50006);
    assert_eq!(scene.callback(&asked, json!({"type": 8, "data": {"choices": []}})).await.code(), 50035);
    assert_eq!(scene.callback(&asked, json!({"type": 7, "data": {"content": "x"}})).await.code(), 50035);
    assert_eq!(scene.callback(&asked, json!({"type": 5, "data": {"flags": 1 << 15}})).await.code(), 50035);
    assert_eq!(scene.callback(&asked, says("after all")).await.status, 204, "what was refused acknowledged nothing");
}

#[tokio::test]
async fn a_deferred_answer_is_filled_in_and_stays_as_private_as_it_began() {
    let scene = registered().await;
    let asked = scene.asked().await;
    scene.callback(&asked, json!({"type": 5, "data": {"flags": 64}})).await;
    let first = asked.response(SOON).await.unwrap();
    assert_eq!((first.kind, first.ephemeral), (ResponseKind::Deferred, true));
    assert!(first.message.unwrap().is_loading());
    scene.rest.patch(&scene.original(&asked), json!({"content": "there"})).await;
    let response = asked.finished(SOON).await.unwrap();
    assert_eq!((response.text().as_str(), response.message.unwrap().is_ephemeral()), ("there", true));
    let asked = scene.asked().await;
    scene.callback(&asked, json!({"type": 5})).await;
    let filled = scene.rest.post(&scene.webhook(&asked), json!({"content": "first", "flags": 64})).await.body;
    let later = scene.rest.post(&scene.webhook(&asked), json!({"content": "second", "flags": 64})).await.body;
    let response = asked.finished(SOON).await.unwrap();
    let original = response.message.unwrap();
    assert_eq!((original.id.to_string().as_str(), original.is_ephemeral()), (filled["id"].as_str().unwrap(), false));
    assert_eq!(response.followups.len(), 1);
    assert_eq!(later["flags"], 64);
}

#[tokio::test]
async fn private_answers_are_told_to_nobody_else() {
    let scene = registered().await;
    let (mut line, _) = Line::identified(&scene, mabel::sandbox::intents::GUILD_MESSAGES).await;
    let asked = scene.asked().await;
    scene
        .callback(
            &asked,
            json!({"type": 4, "data": {"content": "psst", "flags": 64, "components": [
        {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}]}}),
        )
        .await;
    let message = asked.response(SOON).await.unwrap().message.unwrap();
    assert_eq!(line.names().await, ["INTERACTION_CREATE"]);
    let path = format!("/channels/{}/messages/{}", scene.places.general, message.id);
    assert_eq!(scene.rest.get(&path).await.code(), 10008);
    assert!(scene.sandbox.press(scene.places.ben, message.id, "go").await.is_err(), "others do not see the button");
    assert!(scene.sandbox.press(scene.places.ada, message.id, "go").await.is_ok());
}

#[tokio::test]
async fn answers_and_followups_are_read_changed_and_deleted() {
    let scene = registered().await;
    let asked = scene.asked().await;
    let before = scene.rest.get(&scene.original(&asked)).await;
    assert_eq!(before.code(), 10015, "before the first response there is no webhook");
    scene.callback(&asked, says("one")).await;
    assert_eq!(scene.rest.get(&scene.original(&asked)).await.body["content"], "one");
    let followup = scene.rest.post(&scene.webhook(&asked), json!({"content": "two"})).await;
    assert_eq!(followup.body["message_reference"]["message_id"], asked.peek().unwrap().message.unwrap().id.to_string());
    let path = format!("{}/messages/{}", scene.webhook(&asked), followup.id());
    assert_eq!(scene.rest.patch(&path, json!({"content": "three"})).await.body["content"], "three");
    assert_eq!(scene.rest.delete(&path).await.status, 204);
    assert_eq!(scene.rest.get(&path).await.code(), 10008);
    assert_eq!(scene.rest.delete(&scene.original(&asked)).await.status, 204);
    assert_eq!(scene.rest.patch(&scene.original(&asked), json!({"content": "x"})).await.code(), 10008);
}

#[tokio::test]
async fn interaction_answers_ping_users_unless_told_otherwise() {
    let scene = registered().await;
    let text = format!("<@{}> <@&{}>", scene.places.ben, scene.places.moderator_role);
    let asked = scene.asked().await;
    scene.callback(&asked, says(&text)).await;
    let message = asked.response(SOON).await.unwrap().message.unwrap();
    assert_eq!((message.mentions.as_slice(), message.mention_roles.len()), (&[scene.places.ben][..], 0));
    let asked = scene.asked().await;
    scene.callback(&asked, json!({"type": 4, "data": {"content": text, "allowed_mentions": {"parse": []}}})).await;
    assert!(!asked.response(SOON).await.unwrap().message.unwrap().pings_anybody());
}

#[tokio::test]
async fn autocomplete_gives_the_choices() {
    let scene = registered().await;
    let places = scene.places;
    let (mut line, _) = Line::identified(&scene, 0).await;
    let sandbox = scene.sandbox.remote();
    let typing =
        tokio::spawn(
            async move { sandbox.autocomplete(places.ada, places.general, "ask", json!({"question": "ca"}), "question", SOON).await },
        );
    let event = line.event("INTERACTION_CREATE").await;
    assert_eq!((&event["type"], &event["data"]["options"][0]["focused"]), (&json!(4), &json!(true)));
    let path = format!("/interactions/{}/{}/callback", event["id"].as_str().unwrap(), event["token"].as_str().unwrap());
    let choices = |count: usize, text: &str| json!({"type": 8, "data": {"choices": vec![json!({"name": text, "value": text}); count]}});
    for (body, place) in [
        (choices(26, "x"), "data.choices"),
        (choices(1, &letters(101)), "data.choices.0.name"),
        (choices(1, &letters(101)), "data.choices.0.value"),
        (choices(1, ""), "data.choices.0.name"),
        (json!({"type": 8, "data": {"choices": [{"name": "x", "value": 1}]}}), "data.choices.0.value"),
    ] {
        let answer = scene.rest.post(&path, body).await;
        assert!(!answer.problems(place).is_empty(), "{place}: {}", answer.body);
    }
    assert_eq!(scene.rest.post(&path, says("x")).await.code(), 50035, "an autocomplete takes no message");
    assert_eq!(scene.rest.post(&path, choices(25, "x")).await.status, 204);
    assert_eq!(typing.await.unwrap().unwrap().len(), 25);
    let silent =
        scene.sandbox.autocomplete(places.ada, places.general, "ask", json!({"question": ""}), "question", Duration::from_millis(20)).await;
    assert!(matches!(silent, Err(SandboxError::TimedOut(..))));
}

#[tokio::test]
async fn a_message_menu_carries_the_message_with_its_content() {
    let scene = registered().await;
    let (mut line, _) = Line::identified(&scene, 0).await;
    let message = scene.sandbox.post(scene.places.general, scene.places.ben, "can MAs give shots?").await.unwrap();
    let used = scene.sandbox.message_menu(scene.places.ada, "Answer this", message.id).await.unwrap();
    let data = line.event("INTERACTION_CREATE").await["data"].clone();
    let id = message.id.to_string();
    assert_eq!((&data["target_id"], &data["type"]), (&json!(id), &json!(3)));
    assert_eq!(data["resolved"]["messages"][&id]["content"], "can MAs give shots?");
    scene.callback(&used, says("yes")).await;
    assert_eq!(used.response(SOON).await.unwrap().message.unwrap().kind, 23);
}

#[tokio::test]
async fn buttons_and_selects_answer_by_updating_or_anew() {
    let scene = registered().await;
    let (ada, general) = (scene.places.ada, scene.places.general);
    let components = json!([
        {"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}, {"type": 2, "style": 1, "label": "Off", "custom_id": "off", "disabled": true}]},
        {"type": 1, "components": [{"type": 3, "custom_id": "pick", "options": [{"label": "a", "value": "a"}, {"label": "b", "value": "b"}]}]},
    ]);
    scene.rest.post(&format!("/channels/{general}/messages"), json!({"content": "choose", "components": components})).await;
    let message = scene.sandbox.next_message(general, SOON).await.unwrap();
    for wrong in ["off", "pick", "nothing"] {
        assert!(scene.sandbox.press(ada, message.id, wrong).await.is_err(), "{wrong}");
    }
    for wrong in [&["c"][..], &[], &["a", "b"]] {
        assert!(scene.sandbox.select(ada, message.id, "pick", wrong).await.is_err(), "{wrong:?}");
    }
    let pressed = scene.sandbox.press(ada, message.id, "go").await.unwrap();
    assert_eq!(pressed.payload()["message"]["id"], message.id.to_string());
    scene.callback(&pressed, json!({"type": 7, "data": {"content": "gone", "components": []}})).await;
    let response = pressed.response(SOON).await.unwrap();
    assert_eq!((response.kind, response.text().as_str()), (ResponseKind::Update, "gone"));
    assert!(scene.sandbox.press(ada, message.id, "go").await.is_err(), "the button went with the update");
    scene.rest.patch(&format!("/channels/{general}/messages/{}", message.id), json!({"components": components})).await;
    let chosen = scene.sandbox.select(ada, message.id, "pick", &["b"]).await.unwrap();
    assert_eq!(chosen.payload()["data"]["values"], json!(["b"]));
    scene.callback(&chosen, json!({"type": 6})).await;
    scene.rest.patch(&scene.original(&chosen), json!({"content": "later"})).await;
    let response = chosen.response(SOON).await.unwrap();
    assert_eq!((response.kind, response.text().as_str()), (ResponseKind::DeferredUpdate, "later"));
    let pressed = scene.sandbox.press(ada, message.id, "go").await.unwrap();
    scene.callback(&pressed, says("new")).await;
    let answer = pressed.response(SOON).await.unwrap().message.unwrap();
    assert_eq!((answer.kind, answer.reference.unwrap().message_id), (19, message.id));
}

#[tokio::test]
async fn a_user_can_bring_the_application_along() {
    let scene = registered().await;
    let places = scene.places;
    let question = json!({"question": "?"});
    scene.sandbox.change_user(places.ada, |user| user.has_installed = true);
    let private = scene.sandbox.slash(places.ada, places.private_channel, "ask", question.clone()).await.unwrap();
    assert_eq!(
        (&private.payload()["context"], &private.payload()["authorizing_integration_owners"]),
        (&json!(2), &json!({"1": places.ada}))
    );
    assert!(scene.sandbox.slash(places.ada, places.foreign_channel, "here", json!({})).await.is_err(), "not for user installs");
    let (mut line, _) = Line::identified(&scene, mabel::sandbox::intents::GUILD_MESSAGES).await;
    let asked = scene.sandbox.slash(places.ada, places.foreign_channel, "ask", question.clone()).await.unwrap();
    scene.callback(&asked, says("here")).await;
    assert!(!asked.response(SOON).await.unwrap().ephemeral);
    assert_eq!(line.names().await, ["INTERACTION_CREATE"], "no events come from a server the bot is not in");
    for status in [200, 200, 200, 200, 200, 400] {
        assert_eq!(scene.rest.post(&scene.webhook(&asked), json!({"content": "x"})).await.status, status);
    }
    scene.sandbox.change_guild(places.foreign_guild, |guild| guild.roles[0].permissions &= !permissions::USE_EXTERNAL_APPS);
    let hushed = scene.sandbox.slash(places.ada, places.foreign_channel, "ask", question).await.unwrap();
    scene.callback(&hushed, says("psst")).await;
    assert!(hushed.response(SOON).await.unwrap().ephemeral, "without Use External Apps answers are private");
}

#[tokio::test]
async fn an_interaction_can_come_twice() {
    let scene = registered().await;
    let (mut line, _) = Line::identified(&scene, 0).await;
    let asked = scene.asked().await;
    scene.sandbox.repeat_interaction(asked.id).unwrap();
    assert_eq!(line.event("INTERACTION_CREATE").await, line.event("INTERACTION_CREATE").await);
}
