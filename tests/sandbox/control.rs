//! The control API for other processes.

use serde_json::{Value, json};

use super::support::{Line, Scene, scene};

impl Scene {
    async fn control(&self, act: &str, body: Value) -> (u16, Value) {
        let answer = self.rest.client.post(format!("{}/sandbox/{act}", self.rest.base)).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn look(&self, path: &str) -> Value {
        self.rest.client.get(format!("{}/sandbox{path}", self.rest.base)).send().await.unwrap().json().await.unwrap()
    }
}

#[tokio::test]
async fn it_tells_what_it_is_and_what_is_in_it() {
    let scene = scene().await;
    let about = scene.look("").await;
    assert_eq!((about["base_url"].as_str(), about["token"].as_str()), (Some(scene.rest.base.as_str()), Some("sandbox-token")));
    assert_eq!(about["places"]["general"], scene.places.general.to_string());
    let state = scene.look("/state").await;
    assert_eq!(state["users"].as_array().unwrap().len(), 5);
    assert!(state["channels"].as_array().unwrap().iter().any(|channel| channel["name"] == "clinic-questions"));
}

#[tokio::test]
async fn a_person_is_played_by_name() {
    let scene = scene().await;
    let (status, posted) = scene.control("post", json!({"user": "ada", "channel": "general", "text": "hello"})).await;
    assert_eq!((status, &posted["content"]), (200, &json!("hello")));
    let (_, reply) =
        scene.control("post", json!({"user": "ben", "channel": "general", "text": "hi", "reply_to": posted["id"], "ping": false})).await;
    assert_eq!((&reply["type"], &reply["mentions"]), (&json!(19), &json!([])));
    let (_, edited) = scene.control("edit", json!({"user": "ada", "message": posted["id"], "text": "hello!"})).await;
    assert_eq!(edited["content"], "hello!");
    assert_eq!(scene.control("delete", json!({"user": "ada", "message": posted["id"]})).await.0, 200);
    assert_eq!(scene.control("post", json!({"user": "ada", "channel": "@ada", "text": "direct"})).await.0, 200);
    assert_eq!(scene.look("/state").await["messages"].as_array().unwrap().len(), 3, "the forum's, the reply, the direct one");
}

#[tokio::test]
async fn commands_and_buttons_are_answered_in_the_same_request() {
    let scene = scene().await;
    let places = scene.places;
    scene.rest.put(&format!("/applications/{}/commands", places.application), json!([{"name": "ask", "description": "x"}])).await;
    let (mut line, _) = Line::identified(&scene, 0).await;
    let rest = scene.rest.clone();
    let bot = tokio::spawn(async move {
        for body in [
            json!({"type": 4, "data": {"content": "yes", "components": [
                {"type": 1, "components": [{"type": 2, "style": 1, "label": "More", "custom_id": "more"}]}]}}),
            json!({"type": 7, "data": {"content": "more"}}),
        ] {
            let event = line.event("INTERACTION_CREATE").await;
            rest.post(&format!("/interactions/{}/{}/callback", event["id"].as_str().unwrap(), event["token"].as_str().unwrap()), body)
                .await;
        }
    });
    let (_, answer) = scene.control("slash", json!({"user": "ada", "channel": "general", "name": "ask"})).await;
    assert_eq!((&answer["acknowledged"]["kind"], &answer["message"]["content"]), (&json!(4), &json!("yes")));
    let (_, pressed) = scene.control("press", json!({"user": "ada", "message": answer["message"]["id"], "custom_id": "more"})).await;
    assert_eq!(pressed["message"]["content"], "more");
    bot.await.unwrap();
    let (_, silent) = scene.control("slash", json!({"user": "ada", "channel": "general", "name": "ask", "wait": 0.01})).await;
    assert_eq!(silent["acknowledged"], Value::Null);
}

#[tokio::test]
async fn only_what_is_for_a_person_and_a_place_is_offered() {
    let scene = scene().await;
    let commands = json!([
        {"name": "all", "description": "x"},
        {"name": "managers", "description": "x", "default_member_permissions": "32"},
        {"name": "servers", "description": "x", "contexts": [0]},
        {"name": "On a message", "type": 3},
    ]);
    let registered = scene.rest.put(&format!("/applications/{}/commands", scene.places.application), commands).await;
    let own = json!([{"name": "all", "description": "this server's"}]);
    let of_server = format!("/applications/{}/guilds/{}/commands", scene.places.application, scene.places.guild);
    let own = scene.rest.put(&of_server, own).await;
    let names = async |user: &str, channel: &str| {
        let (_, offered) = scene.control("offered", json!({"user": user, "channel": channel})).await;
        let all = registered.body.as_array().unwrap().iter().chain(own.body.as_array().unwrap());
        let found = all.filter(|command| offered["commands"].as_array().unwrap().contains(&command["id"]));
        found
            .map(|command| command["description"].as_str().filter(|text| text.len() > 1).or(command["name"].as_str()).unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("maud", "general").await, ["managers", "servers", "On a message", "this server's"]);
    assert_eq!(names("ada", "general").await, ["servers", "On a message", "this server's"]);
    assert_eq!(names("ada", "@ada").await, ["all", "managers", "On a message"]);
    assert_eq!(scene.control("offered", json!({"user": "maud", "channel": "elsewhere"})).await.0, 422);
}

#[tokio::test]
async fn what_cannot_be_done_is_said() {
    let scene = scene().await;
    let (status, body) = scene.control("slash", json!({"user": "ada", "channel": "general", "name": "ask"})).await;
    assert_eq!((status, body["error"].as_str()), (422, Some("there is no command ask in the sandbox")));
    assert_eq!(scene.control("post", json!({"user": "nobody", "channel": "general", "text": "x"})).await.0, 422);
    assert_eq!(scene.control("dance", json!({})).await.0, 404);
    assert_eq!(scene.control("fault", json!({"rest": {"path": "/x"}})).await.0, 422);
}

#[tokio::test]
async fn faults_are_ordered_and_taken_back() {
    let scene = scene().await;
    let fault = json!({"rest": {"path": "/users/@me", "times": 9, "effect": {"status": {"status": 500}}}});
    assert_eq!(scene.control("fault", fault).await.0, 200);
    assert_eq!(scene.rest.get("/users/@me").await.status, 500);
    assert_eq!(scene.control("fault", json!("clear")).await.0, 200);
    assert_eq!(scene.rest.get("/users/@me").await.status, 200);
    let (mut line, _) = Line::identified(&scene, 0).await;
    assert_eq!(scene.control("fault", json!({"gateway": {"close": 4000}})).await.0, 200);
    assert_eq!(line.closed().await, Some(4000));
    assert_eq!(scene.look("/requests?last=1").await[0]["path"], "/users/@me");
    assert!(scene.look("/events").await.as_array().unwrap().iter().any(|event| event["op"] == -4000));
}

#[tokio::test]
async fn a_page_can_wait_for_the_next_change() {
    let scene = scene().await;
    let revision = scene.look("/state").await["revision"].as_u64().unwrap();
    let path = format!("/state?after={revision}&wait=5");
    let (state, ()) = tokio::join!(scene.look(&path), async {
        scene.sandbox.post(scene.places.general, scene.places.ada, "now").await.unwrap();
    });
    assert!(state["revision"].as_u64().unwrap() > revision);
}

#[tokio::test]
async fn strange_pages_are_kept_out() {
    let scene = scene().await;
    let url = format!("{}/sandbox/state", scene.rest.base);
    for (name, value, status) in
        [("origin", "https://evil.example", 403), ("host", "evil.example", 403), ("origin", "http://localhost:8080", 200)]
    {
        assert_eq!(scene.rest.client.get(&url).header(name, value).send().await.unwrap().status(), status, "{name}: {value}");
    }
}
