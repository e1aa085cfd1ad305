//! What Mabel does not use, or not yet: subcommands, options of every type, modals, selects, pictures, the newer layout. The bot is
//! played by the test, over a raw gateway line and raw REST: the page takes whatever a bot registers and sends.

use mabel::sandbox::{ManualClock, Options, Places, Sandbox};
use reqwest::Method;
use serde_json::{Value, json};

use crate::driver::{Browser, DARK, ENTER};
use crate::line::Line;

/// A sandbox with its page, and raw REST to it.
struct Scene {
    sandbox: Sandbox,
    places: Places,
    web: reqwest::Client,
}

impl Scene {
    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let address = format!("{}/api/v10{path}", self.sandbox.base_url());
        self.web.request(method, address).header("authorization", format!("Bot {}", self.sandbox.token()))
    }

    /// What is answered to it, as a status and a text.
    async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, String) {
        let answer = self.request(method, path).json(body).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Posts a message to the general channel.
    async fn post(&self, message: &Value) {
        let (status, text) = self.send(Method::POST, &format!("/channels/{}/messages", self.places.general), message).await;
        assert_eq!(status, 200, "{text}");
    }
}

/// A page and a line to it on which the test plays the bot, with one command registered.
async fn played(command: Value) -> (Scene, Line) {
    let clock = ManualClock::new().clock();
    let sandbox = Sandbox::start(Options { page: true, clock, ..Options::default() }).await.unwrap();
    let scene = Scene { places: sandbox.places(), sandbox, web: reqwest::Client::new() };
    scene.send(Method::PUT, &format!("/applications/{}/commands", scene.places.application), &json!([command])).await;
    let (line, _) = Line::of_bot(&scene.sandbox, 0).await;
    (scene, line)
}

/// Answers the interaction of an event.
async fn answer(scene: &Scene, event: &Value, body: Value) {
    let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
    let (status, text) = scene.send(Method::POST, &format!("/interactions/{}/{}/callback", text("id"), text("token")), &body).await;
    assert!(status < 300, "{status} {text}");
}

#[tokio::test]
async fn subcommands_and_options_of_every_type_are_given() {
    let options = json!([
        {"type": 3, "name": "text", "description": "x", "required": true},
        {"type": 4, "name": "whole", "description": "x", "required": true, "min_value": 1, "max_value": 9},
        {"type": 5, "name": "flag", "description": "x", "required": true},
        {"type": 6, "name": "person", "description": "x", "required": true},
        {"type": 3, "name": "size", "description": "x", "required": true, "choices": [{"name": "Small", "value": "s"}, {"name": "Big", "value": "b"}]},
        {"type": 10, "name": "number", "description": "x"},
    ]);
    let sub = json!({"type": 1, "name": "thing", "description": "Makes a thing", "options": options});
    let command =
        json!({"name": "make", "description": "x", "options": [{"type": 2, "name": "new", "description": "x", "options": [sub]}]});
    let (scene, mut line) = played(command).await;
    let Some(browser) = Browser::open(&scene.sandbox.base_url(), DARK).await else { return };
    browser.keys("/thing").await;
    browser.reads(".listbox [role=option]", "/make new thing").await;
    browser.keys(ENTER).await;
    browser.until("document.activeElement.closest('.command')").await;
    browser.keys("a text").await;
    browser.audit("a form with every type").await;
    browser.value("document.querySelectorAll('.command input')[1].focus()").await;
    browser.keys("7").await;
    browser.choose(".option:nth-child(4) select", "Ben").await;
    browser.choose(".option:nth-child(5) select", "Big").await;
    browser.press(".chip", "+ number").await;
    browser.keys("2.5").await;
    browser.keys(ENTER).await;
    let event = line.event("INTERACTION_CREATE").await;
    let given = &event["data"]["options"][0]["options"][0]["options"];
    let values: Vec<&Value> = given.as_array().unwrap().iter().map(|option| &option["value"]).collect();
    let ben = json!(scene.places.ben.to_string());
    assert_eq!(values, [&json!("a text"), &json!(7), &json!(true), &ben, &json!("b"), &json!(2.5)]);
    answer(&scene, &event, json!({"type": 4, "data": {"content": "made"}})).await;
    browser.reads(".message .content", "made").await;
    browser.close().await;
}

#[tokio::test]
async fn modals_are_filled_in_and_selects_chosen_from() {
    let (scene, mut line) = played(json!({"name": "form", "description": "Opens a form"})).await;
    let Some(browser) = Browser::open(&scene.sandbox.base_url(), DARK).await else { return };
    browser.keys("/form").await;
    browser.keys(ENTER).await;
    browser.press(".command button", "Use").await;
    let event = line.event("INTERACTION_CREATE").await;
    let modal = json!({"custom_id": "m", "title": "A form", "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "short", "style": 1, "label": "Short"}]},
        {"type": 18, "label": "Long", "component": {"type": 4, "custom_id": "long", "style": 2, "required": false}},
    ]});
    answer(&scene, &event, json!({"type": 9, "data": modal})).await;
    browser.reads("dialog h2", "A form").await;
    browser.audit("a modal").await;
    browser.keys("filled in").await;
    browser.press("dialog button", "Submit").await;
    let event = line.event("INTERACTION_CREATE").await;
    assert_eq!((&event["type"], &event["data"]["components"][0]["components"][0]["value"]), (&json!(5), &json!("filled in")));
    let several = json!([{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}, {"label": "Three", "value": "3"}]);
    let rows = json!([
        {"type": 1, "components": [{"type": 3, "custom_id": "one", "placeholder": "Pick one", "options": several}]},
        {"type": 1, "components": [{"type": 3, "custom_id": "many", "placeholder": "Pick two", "options": several, "min_values": 2, "max_values": 2}]},
        {"type": 1, "components": [{"type": 2, "style": 5, "label": "Read", "url": "https://example.org/"}]},
    ]);
    answer(&scene, &event, json!({"type": 4, "data": {"content": "choose", "components": rows}})).await;
    browser.reads(".message .content", "choose").await;
    browser.choose(".message select", "Two").await;
    let event = line.event("INTERACTION_CREATE").await;
    assert_eq!(event["data"]["values"], json!(["2"]));
    answer(&scene, &event, json!({"type": 6})).await;
    browser.press(".several summary", "Pick two").await;
    browser.press(".several label", "One").await;
    browser.press(".several label", "Three").await;
    browser.audit("a message with selects").await;
    browser.press(".several button", "Choose these").await;
    let event = line.event("INTERACTION_CREATE").await;
    assert_eq!(event["data"]["values"], json!(["1", "3"]));
    answer(&scene, &event, json!({"type": 7, "data": {"content": "chosen", "components": []}})).await;
    browser.reads(".message .content", "chosen").await;
    browser.close().await;
}

#[tokio::test]
async fn modals_hold_selects_and_uploads_and_commands_take_files() {
    let file = json!({"type": 11, "name": "file", "description": "x", "required": true});
    let place = json!({"type": 7, "name": "place", "description": "x", "required": true, "channel_types": [15]});
    let (scene, mut line) = played(json!({"name": "import", "description": "x", "options": [file, place]})).await;
    let Some(browser) = Browser::open(&scene.sandbox.base_url(), DARK).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my settings.toml");
    std::fs::write(&path, "x = 1").unwrap();
    browser.keys("/import").await;
    browser.keys(ENTER).await;
    browser.gives(".command input[type=file]", &path).await;
    browser.press(".command button", "Use").await;
    let event = line.event("INTERACTION_CREATE").await;
    let id = event["data"]["options"][0]["value"].as_str().unwrap().to_owned();
    assert_eq!(event["data"]["resolved"]["attachments"][&id]["filename"], "my settings.toml");
    assert_eq!(event["data"]["options"][1]["value"], json!(scene.places.forum.to_string()), "the only forum there is");
    let words = json!([{"label": "One", "value": "1"}, {"label": "Two", "value": "2", "default": true}]);
    let everybody = json!([{"id": scene.places.ben, "type": "user"}]);
    let labelled = |label: &str, component: Value| json!({"type": 18, "label": label, "description": "Said more", "component": component});
    let modal = json!({"custom_id": "m", "title": "A form", "components": [
        {"type": 10, "content": "Read **this** first."},
        labelled("Words", json!({"type": 3, "custom_id": "words", "options": words})),
        labelled("People", json!({"type": 5, "custom_id": "people", "max_values": 3, "default_values": everybody})),
        labelled("Role", json!({"type": 6, "custom_id": "role", "required": false})),
        labelled("File", json!({"type": 19, "custom_id": "file"})),
    ]});
    answer(&scene, &event, json!({"type": 9, "data": modal})).await;
    browser.reads("dialog strong", "this").await;
    browser.audit("a modal with selects").await;
    browser.press("dialog fieldset label", "Ada").await;
    browser.gives("dialog input[type=file]", &path).await;
    browser.press("dialog button", "Submit").await;
    let data = line.event("INTERACTION_CREATE").await["data"].clone();
    let values: Vec<&Value> = (1..5).map(|index| &data["components"][index]["component"]["values"]).collect();
    let (ada, ben) = (json!(scene.places.ada), json!(scene.places.ben));
    assert_eq!(values[..3], [&json!(["2"]), &json!([ada, ben]), &json!([])]);
    assert_eq!(data["resolved"]["attachments"][values[3][0].as_str().unwrap()]["size"], 5);
    browser.until("!document.querySelector('dialog')").await;
    browser.close().await;
}

#[tokio::test]
async fn selects_of_channels_and_roles_open_with_what_is_set_and_are_emptied() {
    let (scene, mut line) = played(json!({"name": "set", "description": "x"})).await;
    let Some(browser) = Browser::open(&scene.sandbox.base_url(), DARK).await else { return };
    let general = json!([{"id": scene.places.general, "type": "channel"}]);
    let select = |kind: u8, id: &str, more: Value| {
        let mut select = json!({"type": kind, "custom_id": id, "placeholder": id, "min_values": 0});
        select.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"type": 1, "components": [select]})
    };
    let rows = json!([
        select(8, "channel", json!({"channel_types": [0], "default_values": general})),
        select(8, "channels", json!({"channel_types": [0], "default_values": general, "max_values": 2})),
        select(6, "role", json!({})),
    ]);
    scene.post(&json!({"content": "x", "components": rows})).await;
    browser.reads(".message .content", "x").await;
    let shown = "document.querySelector('.message select').selectedOptions[0].innerText";
    assert_eq!(browser.value(shown).await, "#general");
    browser.choose(".message select", "channel").await;
    assert_eq!(line.event("INTERACTION_CREATE").await["data"]["values"], json!([]));
    browser.press(".several summary", "channels").await;
    browser.press(".several label", "#clinic-questions").await;
    browser.press(".several button", "Choose these").await;
    let both = json!([scene.places.general, scene.places.clinic_questions]);
    assert_eq!(line.event("INTERACTION_CREATE").await["data"]["values"], both);
    browser.choose(".row:last-of-type select", "Moderators").await;
    let data = line.event("INTERACTION_CREATE").await["data"].clone();
    assert_eq!(data["resolved"]["roles"][scene.places.moderator_role.to_string()]["name"], "Moderators");
    browser.audit("selects of channels and roles").await;
    browser.close().await;
}

#[tokio::test]
async fn embeds_and_the_newer_layout_are_shown_with_their_pictures() {
    let (scene, _line) = played(json!({"name": "x", "description": "x"})).await;
    let Some(browser) = Browser::open(&scene.sandbox.base_url(), DARK).await else { return };
    let pixel: &[u8] = include_bytes!("pixel.png");
    let embed = json!({
        "author": {"name": "The author"}, "title": "A title", "url": "https://example.org/", "description": "A **text**", "color": 255,
        "fields": [{"name": "Left", "value": "1", "inline": true}, {"name": "Right", "value": "2", "inline": true}],
        "image": {"url": "attachment://pixel.png"}, "footer": {"text": "The foot"}, "timestamp": "2026-01-01T00:00:00Z",
    });
    let payload = json!({"embeds": [embed], "attachments": [{"id": 0, "description": "A single pixel"}]});
    let mut body = format!("--b\r\ncontent-disposition: form-data; name=\"payload_json\"\r\n\r\n{payload}\r\n").into_bytes();
    body.extend_from_slice(
        b"--b\r\ncontent-disposition: form-data; name=\"files[0]\"; filename=\"pixel.png\"\r\ncontent-type: image/png\r\n\r\n",
    );
    body.extend_from_slice(pixel);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let request = scene.request(Method::POST, &format!("/channels/{}/messages", scene.places.general)).body(body);
    let sent = request.header("content-type", "multipart/form-data; boundary=b").send().await.unwrap();
    assert_eq!(sent.status(), 200, "{}", sent.text().await.unwrap());
    browser.until("document.querySelector('.embed img')?.naturalWidth === 1").await;
    assert_eq!(browser.value("document.querySelector('.embed img').alt").await, "A single pixel");
    for (selector, text) in
        [(".embed-author", "The author"), (".embed-title a", "A title"), (".embed strong", "text"), (".embed-footer", "The foot")]
    {
        browser.reads(selector, text).await;
    }
    let side_by_side = "(([left, right]) => left.offsetTop === right.offsetTop)([...document.querySelectorAll('.embed-field')])";
    assert_eq!(browser.value(side_by_side).await, true);
    let layout = json!([{"type": 17, "accent_color": 65280, "components": [
        {"type": 10, "content": "## Newer"}, {"type": 14},
        {"type": 9, "components": [{"type": 10, "content": "beside"}], "accessory": {"type": 2, "style": 2, "label": "Press", "custom_id": "p"}},
    ]}]);
    scene.post(&json!({"flags": 1 << 15, "components": layout})).await;
    browser.reads(".message .heading", "Newer").await;
    browser.reads(".section button", "Press").await;
    browser.audit("embeds and layout").await;
    browser.close().await;
}
