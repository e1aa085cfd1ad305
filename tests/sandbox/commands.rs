//! Registering commands.

use serde_json::{Value, json};

use super::support::{Scene, letters, scene};

fn slash(options: &Value) -> Value {
    json!({"name": "ask", "description": "Ask.", "options": options})
}

fn option(change: &Value) -> Value {
    let mut option = json!({"name": "question", "description": "What.", "type": 3});
    for (key, value) in change.as_object().unwrap() {
        option[key] = value.clone();
    }
    slash(&json!([option]))
}

fn refused() -> Vec<(Value, &'static str, &'static str)> {
    let length = "BASE_TYPE_BAD_LENGTH";
    let plain = |name: &str, kind: u64| json!({"name": name, "description": "x", "type": kind});
    let choice = |name: &str, value: Value| json!({"choices": [{"name": name, "value": value}]});
    let many = |count: usize| -> Value { (0..count).map(|n| json!({"name": format!("o{n}"), "description": "x", "type": 3})).collect() };
    vec![
        (json!({"name": "ask", "description": ""}), "description", length),
        (json!({"name": "ask"}), "description", "BASE_TYPE_REQUIRED"),
        (json!({"name": "Ask", "description": "x"}), "name", "APPLICATION_COMMAND_INVALID_NAME"),
        (json!({"name": "ask me", "description": "x"}), "name", "APPLICATION_COMMAND_INVALID_NAME"),
        (json!({"name": "a".repeat(33), "description": "x"}), "name", length),
        (json!({"name": "ask", "description": letters(101)}), "description", length),
        (json!({"name": "Ask", "type": 3, "description": "x"}), "description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID"),
        (json!({"name": "Ask", "type": 3, "options": many(1)}), "options", "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID"),
        (json!({"name": "ask", "description": "x", "name_localizations": {"tlh": "x"}}), "name_localizations.tlh", "ENUM_TYPE_COERCE"),
        (
            json!({"name": "ask", "description": "x", "name_localizations": {"de": "Frage"}}),
            "name_localizations.de",
            "APPLICATION_COMMAND_INVALID_NAME",
        ),
        (json!({"name": "ask", "description": "x", "contexts": [7]}), "contexts.0", "BASE_TYPE_CHOICES"),
        (json!({"name": "ask", "description": "x", "type": 9}), "type", "BASE_TYPE_CHOICES"),
        (slash(&many(26)), "options", "BASE_TYPE_MAX_LENGTH"),
        (slash(&json!([plain("a", 3), plain("a", 3)])), "options.1.name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
        (
            slash(&json!([plain("a", 3), {"name": "b", "description": "x", "type": 3, "required": true}])),
            "options.1",
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (slash(&json!([plain("a", 1), plain("b", 3)])), "options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
        (slash(&json!([plain("a", 12)])), "options.0.type", "BASE_TYPE_CHOICES"),
        (
            slash(&json!([{"name": "a", "description": "x", "type": 1, "options": [plain("b", 1)]}])),
            "options.0.options",
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        ),
        (option(&json!({"description": letters(101)})), "options.0.description", length),
        (option(&json!({"name": "Über"})), "options.0.name", "APPLICATION_COMMAND_INVALID_NAME"),
        (option(&json!({"max_length": 6001})), "options.0.max_length", "NUMBER_TYPE_MAX"),
        (option(&json!({"min_length": 5, "max_length": 4})), "options.0.max_length", "APPLICATION_COMMAND_OPTION_LENGTHS_INVALID"),
        (option(&choice(&letters(101), json!("x"))), "options.0.choices.0.name", length),
        (option(&choice("x", json!(letters(101)))), "options.0.choices.0.value", length),
        (option(&choice("x", json!(7))), "options.0.choices.0.value", "STRING_TYPE_CONVERT"),
        (
            option(&json!({"choices": (0..26).map(|n| json!({"name": n.to_string(), "value": "x"})).collect::<Vec<_>>()})),
            "options.0.choices",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            option(&json!({"autocomplete": true, "choices": [{"name": "x", "value": "x"}]})),
            "options.0.choices",
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_WITH_CHOICES",
        ),
        (option(&json!({"type": 5, "autocomplete": true})), "options.0.choices", "APPLICATION_COMMAND_OPTION_CHOICES_NOT_ALLOWED"),
    ]
}

#[tokio::test]
async fn a_command_that_breaks_a_rule_is_refused_where_it_breaks_it() {
    let Scene { sandbox, places, rest, .. } = scene().await;
    let path = format!("/applications/{}/commands", places.application);
    for (body, place, code) in refused() {
        let answer = rest.post(&path, body.clone()).await;
        assert_eq!((answer.status, answer.code()), (400, 50035), "{body} gave {}", answer.body);
        assert!(answer.problems(place).iter().any(|found| found == code), "{code} at {place} was awaited: {}", answer.body);
        let answer = rest.put(&path, json!([body])).await;
        let place = format!("0.{place}");
        assert!(answer.problems(&place).iter().any(|found| found == code), "{code} at {place} was awaited: {}", answer.body);
    }
    assert_eq!(sandbox.world(|world| world.commands().count()), 0);
}

#[tokio::test]
async fn a_command_larger_than_eight_thousand_characters_is_refused() {
    let Scene { places, rest, .. } = scene().await;
    let path = format!("/applications/{}/commands", places.application);
    let choices: Vec<Value> = (0..25).map(|n| json!({"name": format!("{n:03}{}", letters(97)), "value": "x".repeat(100)})).collect();
    let big = |count: usize| -> Value {
        (0..count).map(|n| json!({"name": format!("o{n}"), "description": "x", "type": 3, "choices": choices})).collect()
    };
    assert_eq!(rest.post(&path, slash(&big(1))).await.status, 201);
    let answer = rest.post(&path, slash(&big(2))).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.body["errors"]["_errors"][0]["code"], "APPLICATION_COMMAND_TOO_LARGE");
}

#[tokio::test]
async fn an_overwrite_keeps_the_ids_of_what_keeps_its_name() {
    let Scene { places, rest, .. } = scene().await;
    for path in [
        format!("/applications/{}/commands", places.application),
        format!("/applications/{}/guilds/{}/commands", places.application, places.guild),
    ] {
        let first = rest.put(&path, json!([{"name": "ask", "description": "One."}, {"name": "old", "description": "x"}])).await.body;
        let second = rest.put(&path, json!([{"name": "ask", "description": "Two."}, {"name": "Ask", "type": 3}])).await.body;
        assert_eq!(first[0]["id"], second[0]["id"]);
        assert_ne!(first[0]["version"], second[0]["version"]);
        let listed = rest.get(&path).await.body;
        let names: Vec<&str> = listed.as_array().unwrap().iter().map(|command| command["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["ask", "Ask"]);
        assert_eq!(listed[0]["description"], "Two.");
        assert!(listed[0].get("name_localizations").is_none(), "translations are left out unless asked for");
    }
}

#[tokio::test]
async fn a_command_is_created_edited_and_deleted() {
    let Scene { places, rest, .. } = scene().await;
    let path = format!("/applications/{}/commands", places.application);
    let made = rest.post(&path, json!({"name": "ask", "description": "Ask.", "default_member_permissions": "32"})).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.body["integration_types"], json!([0, 1]));
    assert_eq!(rest.post(&path, json!({"name": "ask", "description": "Again."})).await.status, 200, "the same name is the same command");
    let one = format!("{path}/{}", made.id());
    let edited = rest.patch(&one, json!({"description": "Better."})).await;
    assert_eq!((edited.status, &edited.body["description"]), (200, &json!("Better.")));
    assert_eq!(rest.get(&one).await.body["name"], "ask");
    assert_eq!(rest.delete(&one).await.status, 204);
    assert_eq!(rest.get(&one).await.code(), 10063);
}

#[tokio::test]
async fn lists_that_are_too_long_or_name_a_thing_twice_are_refused() {
    let Scene { places, rest, .. } = scene().await;
    let path = format!("/applications/{}/commands", places.application);
    let slashes = |count: usize| -> Value { (0..count).map(|n| json!({"name": format!("c{n}"), "description": "x"})).collect() };
    let menus = |count: usize| -> Value { (0..count).map(|n| json!({"name": format!("M {n}"), "type": 3})).collect() };
    assert_eq!(rest.put(&path, slashes(101)).await.code(), 30032);
    assert_eq!(rest.put(&path, menus(16)).await.code(), 30032);
    assert_eq!(rest.put(&path, menus(15)).await.status, 200);
    let twice = rest.put(&path, json!([{"name": "a", "description": "x"}, {"name": "a", "description": "y"}])).await;
    assert_eq!(twice.problems("1"), ["APPLICATION_COMMANDS_DUPLICATE_NAME"]);
}

#[tokio::test]
async fn two_hundred_creates_a_day_are_enough() {
    let Scene { clock, places, rest, .. } = scene().await;
    let path = format!("/applications/{}/commands", places.application);
    let named = |start: usize| -> Value { (start..start + 100).map(|n| json!({"name": format!("c{n}"), "description": "x"})).collect() };
    assert_eq!(rest.put(&path, named(0)).await.status, 200);
    assert_eq!(rest.put(&path, named(0)).await.status, 200, "what was there before does not count");
    assert_eq!(rest.put(&path, named(100)).await.status, 200);
    assert_eq!(rest.put(&path, named(200)).await.code(), 30034);
    clock.advance(std::time::Duration::from_secs(86_401));
    assert_eq!(rest.put(&path, named(200)).await.status, 200);
}

#[tokio::test]
async fn another_application_and_a_strange_guild_are_refused() {
    let Scene { places, rest, .. } = scene().await;
    assert_eq!(rest.get("/applications/1/commands").await.code(), 10002);
    let path = format!("/applications/{}/guilds/{}/commands", places.application, places.foreign_guild);
    assert_eq!(rest.get(&path).await.code(), 50001);
}
