//! Modals and the selects that list what is there: what the bot may send, what a person can fill in, what comes back.

use serde_json::{Value, json};

use super::interactions::{registered, says};
use super::support::{Scene, letters, scene};

const SOON: std::time::Duration = super::support::SOON;

#[tokio::test]
async fn a_modal_is_opened_filled_in_and_answered() {
    let scene = registered().await;
    let asked = scene.asked().await;
    let modal = |title: &str| {
        json!({"type": 9, "data": {"custom_id": "m", "title": title, "components": [
            {"type": 1, "components": [{"type": 4, "custom_id": "text", "label": "Text", "style": 2, "max_length": 10}]},
            {"type": 18, "label": "More", "component": {"type": 4, "custom_id": "more", "style": 1, "required": false}},
        ]}})
    };
    assert_eq!(scene.callback(&asked, modal(&letters(46))).await.problems("data.title"), ["BASE_TYPE_BAD_LENGTH"]);
    assert_eq!(scene.callback(&asked, modal("Tell us")).await.status, 204);
    assert_eq!(asked.response(SOON).await.unwrap().modal.unwrap()["title"], "Tell us");
    for wrong in [json!({}), json!({"text": letters(11)})] {
        assert!(scene.sandbox.submit_modal(&asked, wrong).await.is_err());
    }
    let submitted = scene.sandbox.submit_modal(&asked, json!({"text": "hello"})).await.unwrap();
    let data = &submitted.payload()["data"];
    assert_eq!(data["components"][0]["components"][0]["value"], "hello");
    assert_eq!(data["components"][1]["component"]["custom_id"], "more");
    assert_eq!(scene.callback(&submitted, modal("Again")).await.code(), 50035, "a modal cannot open a modal");
    assert_eq!(scene.callback(&submitted, says("thanks")).await.status, 204);
}

/// A modal of one label around each of these.
fn labelled(inputs: &[Value]) -> Value {
    let labels: Vec<Value> = inputs.iter().map(|input| json!({"type": 18, "label": "Label", "component": input})).collect();
    json!({"type": 9, "data": {"custom_id": "m", "title": "Choose", "components": labels}})
}

#[tokio::test]
async fn the_selects_of_a_modal_give_what_was_chosen_and_what_it_stands_for() {
    let scene = registered().await;
    let places = scene.places;
    let asked = scene.asked().await;
    let options = json!([{"label": "One", "value": "1"}, {"label": "Two", "value": "2", "default": true}]);
    let modal = labelled(&[
        json!({"type": 3, "custom_id": "words", "options": options}),
        json!({"type": 5, "custom_id": "people", "max_values": 2}),
        json!({"type": 6, "custom_id": "role", "required": false}),
        json!({"type": 8, "custom_id": "channel", "channel_types": [0]}),
        json!({"type": 19, "custom_id": "file"}),
    ]);
    assert_eq!(scene.callback(&asked, modal).await.status, 204);
    let file = scene.sandbox.upload("a.toml", Some("application/toml"), &b"x = 1"[..]).unwrap();
    let (ada, ben) = (places.ada.to_string(), places.ben.to_string());
    let fields = json!({"people": [ada, ben], "channel": [places.general], "file": [file]});
    let wrong = |key: &str, value: Value| {
        let mut fields = fields.clone();
        fields[key] = value;
        fields
    };
    for fields in [
        wrong("words", json!(["3"])),
        wrong("people", json!([ada, ada])),
        wrong("people", json!([])),
        wrong("role", json!(["1"])),
        wrong("channel", json!([places.forum])),
        wrong("channel", json!([places.foreign_channel])),
        wrong("file", json!(["1"])),
        wrong("other", json!("x")),
    ] {
        assert!(scene.sandbox.submit_modal(&asked, fields.clone()).await.is_err(), "{fields}");
    }
    let submitted = scene.sandbox.submit_modal(&asked, fields).await.unwrap();
    let data = &submitted.payload()["data"];
    let chosen: Vec<&Value> = (0..5).map(|index| &data["components"][index]["component"]["values"]).collect();
    assert_eq!(chosen, [&json!(["2"]), &json!([ada, ben]), &json!([]), &json!([places.general]), &json!([file])]);
    assert_eq!(data["resolved"]["users"][&ben]["username"], "ben");
    assert_eq!(data["resolved"]["channels"][places.general.to_string()]["name"], "general");
    let given = &data["resolved"]["attachments"][file.to_string()];
    assert_eq!((&given["filename"], &given["size"], &given["ephemeral"]), (&json!("a.toml"), &json!(5), &json!(true)));
    let fetched = scene.rest.client.get(given["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(fetched.text().await.unwrap(), "x = 1");
}

#[tokio::test]
async fn a_modal_that_discord_would_not_show_is_refused() {
    let scene = registered().await;
    let first = "data.components.0.component";
    let select = |more: Value| {
        let mut select = json!({"type": 6, "custom_id": "x"});
        select.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        labelled(&[select])
    };
    for (modal, path, code) in [
        (select(json!({"disabled": true})), format!("{first}.disabled"), "COMPONENT_DISABLED_IN_MODAL"),
        (select(json!({"min_values": 0})), format!("{first}.min_values"), "SELECT_COMPONENT_REQUIRED"),
        (select(json!({"default_values": [{"id": "1", "type": "user"}]})), format!("{first}.default_values.0.type"), "BASE_TYPE_CHOICES"),
        (labelled(&[json!({"type": 2, "label": "x", "custom_id": "x", "style": 1})]), first.to_owned(), "UNION_TYPE_CHOICES"),
        (labelled(&[json!({"type": 3, "custom_id": "x"})]), format!("{first}.options"), "BASE_TYPE_REQUIRED"),
        (
            labelled(&vec![json!({"type": 4, "style": 1, "custom_id": "x"}); 2]),
            "data.components.1.component.custom_id".to_owned(),
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (
            json!({"type": 9, "data": {"custom_id": "m", "title": "x", "components": [{"type": 1, "components": [{"type": 6, "custom_id": "x", "label": "x"}]}]}}),
            "data.components.0.components.0".to_owned(),
            "UNION_TYPE_CHOICES",
        ),
    ] {
        let answer = scene.callback(&scene.asked().await, modal).await;
        assert_eq!(answer.problems(&path), [code], "{path}: {}", answer.body);
    }
    let fine = select(json!({"min_values": 0, "required": false, "default_values": []}));
    assert_eq!(scene.callback(&scene.asked().await, fine).await.status, 204);
}

#[tokio::test]
async fn selects_of_people_roles_and_channels_open_with_what_is_set_and_can_be_emptied() {
    let scene = registered().await;
    let places = scene.places;
    let asked = scene.asked().await;
    let select = json!({
        "type": 8, "custom_id": "channels", "channel_types": [0, 15], "min_values": 0, "max_values": 3,
        "default_values": [{"id": places.general, "type": "channel"}],
    });
    let role = json!({"type": 6, "custom_id": "role"});
    let rows: Vec<Value> = [select, role].into_iter().map(|select| json!({"type": 1, "components": [select]})).collect();
    let body = json!({"type": 4, "data": {"content": "x", "components": rows}});
    assert_eq!(scene.callback(&asked, body).await.status, 204);
    let message = asked.response(SOON).await.unwrap().message.unwrap().id;
    let (general, post) = (places.general.to_string(), places.post.to_string());
    let chosen = scene.sandbox.select(places.ada, message, "channels", &[&general]).await.unwrap().payload();
    assert_eq!(chosen["data"]["resolved"]["channels"][&general]["name"], "general");
    assert_eq!(scene.sandbox.select(places.ada, message, "channels", &[]).await.unwrap().payload()["data"]["values"], json!([]));
    assert!(scene.sandbox.select(places.ada, message, "channels", &[&post]).await.is_err(), "a post is none of the channel types");
    assert!(scene.sandbox.select(places.ada, message, "role", &[]).await.is_err());
    let moderators = places.moderator_role.to_string();
    let role = scene.sandbox.select(places.ada, message, "role", &[&moderators]).await.unwrap().payload();
    assert_eq!(role["data"]["resolved"]["roles"][&moderators]["name"], "Moderators");
}

#[tokio::test]
async fn a_file_is_given_with_a_command() {
    let scene = scene().await;
    let options = json!([{"type": 11, "name": "file", "description": "x", "required": true}]);
    let commands = json!([{"name": "import", "description": "x", "options": options}]);
    scene.rest.put(&format!("/applications/{}/commands", scene.places.application), commands).await;
    let (id, status) = scene.upload("my settings.toml", vec![b'#'; 100]).await;
    assert_eq!(status, 200);
    let given = scene.sandbox.slash(scene.places.ada, scene.places.general, "import", json!({"file": id})).await.unwrap().payload();
    let attachment = &given["data"]["resolved"]["attachments"][id.as_str().unwrap()];
    assert_eq!((&given["data"]["options"][0]["value"], &attachment["size"]), (&id, &json!(100)));
    assert!(attachment["url"].as_str().unwrap().ends_with("/my%20settings.toml"));
    assert!(scene.sandbox.slash(scene.places.ada, scene.places.general, "import", json!({"file": "1"})).await.is_err());
    for bytes in [Vec::new(), vec![0; 10 * 1024 * 1024 + 1]] {
        assert_eq!(scene.upload("x", bytes).await.1, 422);
    }
}

impl Scene {
    /// Uploads a file as another process does; gives its id and the status.
    async fn upload(&self, name: &str, bytes: Vec<u8>) -> (Value, u16) {
        let address = format!("{}/sandbox/upload", self.rest.base);
        let answer = self.rest.client.post(address).query(&[("filename", name)]).body(bytes).send().await.unwrap();
        let status = answer.status().as_u16();
        (answer.json::<Value>().await.unwrap()["id"].clone(), status)
    }
}
