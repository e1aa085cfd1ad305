//! Every request of a busy hour against Discord's own description of its interface, where that is at hand.

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use mabel::sandbox::{Options, RecordedRequest, Sandbox};
use serde_json::{Value, json};

use crate::stage::{SOON, Stage, button};

/// Discord's description, beside the package.
const DESCRIPTION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/discord/openapi.json");

#[tokio::test]
async fn every_request_is_as_discord_describes_it() {
    let Ok(text) = fs::read_to_string(Path::new(DESCRIPTION)) else {
        println!("skipped: {DESCRIPTION} is not there");
        return;
    };
    let description: Value = serde_json::from_str(&text).unwrap();
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let guild = sandbox.places().guild.to_string();
    let stage = Stage::in_sandbox(sandbox, &[("MABEL_OPERATOR__GUILDS", &guild)]);
    stage.sandbox.connected(SOON).await.unwrap();
    stage.sandbox.request(SOON, |request| request.method == "POST" && request.route.ends_with("/commands")).await.unwrap();
    busy_hour(&stage).await;
    moderating(&stage).await;
    let requests = stage.over_keeping().await.requests();
    let mut checked = 0;
    for request in &requests {
        checked += usize::from(check(&description, request));
    }
    assert!(checked >= 10, "only {checked} bodies were checked");
}

/// Everything Mabel does, once.
async fn busy_hour(stage: &Stage) {
    let (sandbox, at) = (&stage.sandbox, stage.at);
    let (question, _) = stage.asked("can MAs give shots").await;
    sandbox.edit(at.ada, question.id, &format!("{} my chest hurts", stage.mention())).await.unwrap();
    sandbox.request(SOON, |request| request.method == "PATCH").await.unwrap();
    sandbox.delete(at.ada, question.id).await.unwrap();
    sandbox.request(SOON, |request| request.method == "DELETE").await.unwrap();
    let (_, asked_back) = stage.asked("how much").await;
    for person in [at.ben, at.ada] {
        let pressed = sandbox.press(person, asked_back.id, &button(&asked_back, "1.")).await.unwrap();
        pressed.response(SOON).await.unwrap();
    }
    let (_, national) = stage.asked("can MAs give shots").await;
    for label in ["Sources", "Not helpful", "More", "Where do you work?"] {
        stage.pressed(at.ada, &national, label).await;
    }
    let asking = stage.message(national.id).unwrap();
    let closer = stage.chose(at.ada, &asking, "Where do you work?", "Texas").await;
    stage.chose(at.ben, &closer, "Related questions", "earn").await;
    sandbox.press(at.ada, closer.id, &button(&closer, "Delete")).await.unwrap();
    stage.gone(closer.id).await;
    for (command, options) in [
        ("scope", json!({ "task": "injection" })),
        ("pay", json!({ "state": "TX", "compare-with": "OH" })),
        ("topics", json!({})),
        ("sources", json!({})),
        ("about", json!({})),
        ("help", json!({})),
        ("privacy", json!({ "private": true })),
    ] {
        stage.used(at.ada, command, options).await;
    }
    sandbox.autocomplete(at.ada, at.general, "ask", json!({ "question": "pay" }), "question", SOON).await.unwrap();
    let asked = sandbox.slash(at.ada, at.general, "ask", json!({ "question": "MA pay", "private": true })).await.unwrap();
    asked.response(SOON).await.unwrap();
    let talk = sandbox.post(at.general, at.ben, "can MAs give shots").await.unwrap();
    let used = sandbox.message_menu(at.ada, "Ask Mabel about this", talk.id).await.unwrap();
    let private = used.response(SOON).await.unwrap().message.unwrap();
    let pressed = sandbox.press(at.ada, private.id, &button(&private, "Post it")).await.unwrap();
    pressed.response_when(SOON, |response| response.text().contains("Posted")).await.unwrap();
}

/// Everything moderators and curators do, once.
async fn moderating(stage: &Stage) {
    let (sandbox, at) = (&stage.sandbox, stage.at);
    for setting in ["Default state", "Who sees answers", "Plain text", "Language", "Pause between questions"] {
        stage.opened(setting).await;
    }
    let page = stage.opened("Answer channels").await;
    stage.chose_ids(&page, &[at.general]).await;
    let page = stage.opened("Topics of channels").await;
    stage.chose_ids(&page, &[at.general]).await;
    let page = stage.opened("Curators").await;
    stage.chose_ids(&page, &[at.moderator_role]).await;
    for set in ["Answer channels", "Curators"] {
        stage.opened(set).await;
    }
    stage.used(at.moderator, "settings", json!({ "export": {} })).await;
    let import = sandbox.slash(at.moderator, at.general, "settings", json!({ "import": {} })).await.unwrap();
    import.response(SOON).await.unwrap();
    let add = sandbox.slash(at.moderator, at.general, "own", json!({ "add": {} })).await.unwrap();
    add.response(SOON).await.unwrap();
    let fields = json!({ "question": "Where do I park?", "wordings": "", "answer": "Lot B." });
    let added = sandbox.submit_modal(&add, fields).await.unwrap();
    added.response(SOON).await.unwrap();
    stage.used(at.moderator, "own", json!({ "list": {} })).await;
    let options = json!({ "remove": { "answer": "park" } });
    let offered = sandbox.autocomplete(at.moderator, at.general, "own", options, "answer", SOON).await.unwrap();
    stage.used(at.moderator, "own", json!({ "edit": { "answer": "none" } })).await;
    stage.used(at.moderator, "own", json!({ "remove": { "answer": offered[0]["value"] } })).await;
    stage.asked("where do i park?").await;
    let gaps = stage.used(at.moderator, "gaps", json!({})).await;
    stage.pressed(at.moderator, &gaps, "Votes on answers").await;
}

/// Holds a request's body to its schema; false if it has none.
fn check(description: &Value, request: &RecordedRequest) -> bool {
    let operation = description["paths"]
        .as_object()
        .unwrap()
        .iter()
        .find(|(path, item)| same_path(path, request.route) && item.get(request.method.to_lowercase()).is_some())
        .map(|(_, item)| &item[request.method.to_lowercase()]);
    let operation = operation.unwrap_or_else(|| panic!("{} {} is not described", request.method, request.route));
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    if schema.is_null() || request.body.is_null() {
        return false;
    }
    let whole = json!({ "$ref": "#/wanted", "wanted": schema, "components": description["components"] });
    let validator: Validator = jsonschema::options().should_validate_formats(false).build(&whole).unwrap();
    let faults: Vec<String> = validator.iter_errors(&request.body).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{} {}\n{}\n{}", request.method, request.route, request.body, faults.join("\n"));
    true
}

/// Whether two documented paths are one, whatever their parameters are called.
fn same_path(left: &str, right: &str) -> bool {
    let bare =
        |path: &str| path.split('/').map(|part| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() }).collect::<Vec<_>>();
    bare(left) == bare(right)
}
