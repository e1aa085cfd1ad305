//! REST apart from limits: who may, what is there, who is pinged, and faults on order.

use std::sync::Arc;
use std::time::{Duration, Instant};

use mabel::sandbox::{Options, RateLimitScope, RestEffect, RestFault, intents, permissions};
use reqwest::Method;
use serde_json::{Value, json};

use super::support::{SOON, Scene, scene, scene_with};

#[tokio::test]
async fn only_the_bot_token_is_let_in() {
    let Scene { mut rest, places, .. } = scene().await;
    for token in [None, Some("wrong".to_owned())] {
        rest.token = token;
        let answer = rest.get("/users/@me").await;
        assert_eq!((answer.status, &answer.body), (401, &json!({"message": "401: Unauthorized", "code": 0})));
        assert_eq!(rest.post(&format!("/channels/{}/messages", places.general), json!({"content": "x"})).await.status, 401);
    }
    assert_eq!(rest.get("/gateway").await.status, 200, "the gateway's address is public");
}

#[tokio::test]
async fn the_bot_finds_itself_its_application_and_its_gateway() {
    let Scene { sandbox, rest, places, .. } = scene().await;
    assert_eq!(rest.get("/users/@me").await.id(), places.application.to_string());
    assert_eq!(rest.get("/applications/@me").await.id(), places.application.to_string());
    assert_eq!(rest.get("/oauth2/applications/@me").await.id(), places.application.to_string());
    assert_eq!(rest.get("/gateway").await.body["url"], sandbox.gateway_url());
    let bot = rest.get("/gateway/bot").await.body;
    assert_eq!((&bot["shards"], &bot["session_start_limit"]["remaining"]), (&json!(1), &json!(1000)));
    assert_eq!(rest.get(&format!("/guilds/{}", places.guild)).await.body["roles"][0]["colors"]["primary_color"], 0);
}

#[tokio::test]
async fn what_is_not_there_has_its_own_code() {
    let Scene { rest, places, .. } = scene().await;
    let message = |channel: &dyn std::fmt::Display| format!("/channels/{channel}/messages/1");
    for (path, status, code) in [
        ("/nothing/here".to_owned(), 404, 0),
        ("/channels/1".to_owned(), 404, 10003),
        (message(&1), 404, 10003),
        (message(&places.general), 404, 10008),
        ("/guilds/1".to_owned(), 404, 10004),
        ("/users/1".to_owned(), 404, 10013),
        (message(&places.foreign_channel), 403, 50001),
        (message(&places.private_channel), 403, 50001),
    ] {
        let answer = rest.get(&path).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{path}: {}", answer.body);
    }
    let forum = rest.post(&format!("/channels/{}/messages", places.forum), json!({"content": "x"})).await;
    assert_eq!((forum.status, forum.code()), (400, 50008));
}

#[tokio::test]
async fn a_message_is_sent_read_edited_and_deleted() {
    let Scene { sandbox, rest, places, .. } = scene().await;
    let path = format!("/channels/{}/messages", places.general);
    let sent = rest.post(&path, json!({"content": "one"})).await;
    let one = format!("{path}/{}", sent.id());
    assert_eq!(rest.get(&one).await.body["content"], "one");
    let edited = rest.patch(&one, json!({"content": "two"})).await;
    assert!(edited.body["edited_timestamp"].is_string());
    rest.post(&path, json!({"content": "three"})).await;
    let listed = rest.get(&format!("{path}?limit=1")).await.body;
    assert_eq!(listed[0]["content"], "three", "the newest comes first");
    let before = rest.get(&format!("{path}?before={}", listed[0]["id"].as_str().unwrap())).await.body;
    assert_eq!(before[0]["content"], "two");
    assert_eq!(rest.delete(&one).await.status, 204);
    assert_eq!(rest.get(&one).await.code(), 10008);
    let others = sandbox.post(places.general, places.ada, "mine").await.unwrap();
    assert_eq!(rest.patch(&format!("{path}/{}", others.id), json!({"content": "x"})).await.code(), 50005);
    assert_eq!(rest.delete(&format!("{path}/{}", others.id)).await.code(), 50013, "deleting what others wrote takes Manage Messages");
}

#[tokio::test]
async fn an_enforced_nonce_sends_once() {
    let Scene { sandbox, rest, places, clock, .. } = scene().await;
    let path = format!("/channels/{}/messages", places.general);
    let body = json!({"content": "x", "nonce": "n-1", "enforce_nonce": true});
    let first = rest.post(&path, body.clone()).await;
    assert_eq!(rest.post(&path, body.clone()).await.id(), first.id());
    assert_ne!(rest.post(&path, json!({"content": "x", "nonce": "n-2", "enforce_nonce": true})).await.id(), first.id());
    assert_eq!(sandbox.world(|world| world.messages_in(places.general).count()), 2);
    clock.advance(Duration::from_secs(600));
    assert_ne!(rest.post(&path, body).await.id(), first.id(), "it is remembered for a few minutes only");
}

#[tokio::test]
async fn permissions_taken_away_are_missed() {
    let Scene { sandbox, rest, places, .. } = scene().await;
    let path = format!("/channels/{}/messages", places.general);
    let question = sandbox.post(places.general, places.ada, "?").await.unwrap().id;
    let plain = json!({"content": "x"});
    let embed = json!({"embeds": [{"title": "x"}]});
    let reply = json!({"content": "x", "message_reference": {"message_id": question}});
    for (denied, body, code) in [
        (permissions::VIEW_CHANNEL, &plain, 50001),
        (permissions::SEND_MESSAGES, &plain, 50013),
        (permissions::EMBED_LINKS, &embed, 50013),
        (permissions::READ_MESSAGE_HISTORY, &reply, 160_002),
    ] {
        sandbox.deny_bot(places.general, denied);
        assert_eq!(rest.post(&path, body.clone()).await.code(), code, "{body}");
    }
    sandbox.deny_bot(places.general, 0);
    assert_eq!(rest.post(&path, reply).await.status, 200);
    sandbox.deny_bot(places.forum, permissions::SEND_MESSAGES_IN_THREADS);
    let post = format!("/channels/{}/messages", places.post);
    assert_eq!(rest.post(&post, plain.clone()).await.code(), 50013, "a post inherits from its forum");
    sandbox.deny_bot(places.forum, 0);
    sandbox.lock_thread(places.post, true);
    assert_eq!(rest.post(&post, plain).await.code(), 50083);
}

#[tokio::test]
async fn closed_direct_messages_are_refused() {
    let Scene { sandbox, rest, places, .. } = scene().await;
    let opened = rest.post("/users/@me/channels", json!({"recipient_id": places.ada})).await;
    assert_eq!(opened.id(), places.ada_direct.to_string());
    let path = format!("/channels/{}/messages", places.ada_direct);
    assert_eq!(rest.post(&path, json!({"content": "hello"})).await.status, 200);
    sandbox.change_user(places.ada, |user| user.accepts_direct_messages = false);
    let answer = rest.post(&path, json!({"content": "hello"})).await;
    assert_eq!((answer.status, answer.code()), (403, 50007));
}

#[tokio::test]
async fn pings_follow_the_text_and_what_is_allowed() {
    let Scene { sandbox, rest, places, .. } = scene().await;
    let path = format!("/channels/{}/messages", places.general);
    let question = sandbox.post(places.general, places.ada, "?").await.unwrap().id;
    let (ada, ben, role) = (places.ada.to_string(), places.ben.to_string(), places.moderator_role.to_string());
    let text = format!("<@{ben}> <@&{role}> @everyone `<@{}>`", places.moderator);
    let reply = json!({"message_id": question});
    // allowed_mentions, reply, users pinged, roles pinged
    let cases: Vec<(Value, Value, Vec<&String>, Vec<&String>)> = vec![
        (Value::Null, Value::Null, vec![&ben], vec![&role]),
        (Value::Null, reply.clone(), vec![&ada, &ben], vec![&role]),
        (json!({"parse": []}), reply.clone(), vec![], vec![]),
        (json!({"parse": [], "replied_user": true}), reply.clone(), vec![&ada], vec![]),
        (json!({"parse": ["users"]}), reply, vec![&ben], vec![]),
        (json!({"users": [ada]}), Value::Null, vec![], vec![]),
        (json!({"users": [ben]}), Value::Null, vec![&ben], vec![]),
        (json!({"roles": [role]}), Value::Null, vec![], vec![&role]),
    ];
    for (allowed, reference, users, roles) in cases {
        let body = json!({"content": text, "allowed_mentions": allowed, "message_reference": reference});
        let sent = rest.post(&path, body).await.body;
        let found: Vec<String> = sent["mentions"].as_array().unwrap().iter().map(|user| user["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(found.iter().collect::<Vec<_>>(), users, "{allowed} {reference}");
        assert_eq!(sent["mention_roles"], json!(roles), "{allowed}");
        assert_eq!(sent["mention_everyone"], false, "the bot may not ping everyone");
    }
    let embed = rest.post(&path, json!({"embeds": [{"description": format!("<@{ben}>")}]})).await.body;
    assert_eq!(embed["mentions"], json!([]), "an embed never pings");
}

#[tokio::test]
async fn files_come_as_multipart() {
    let Scene { sandbox, rest, places, .. } = scene().await;
    let body = [
        "--B\r\ncontent-disposition: form-data; name=\"files[0]\"; filename=\"gaps.csv\"\r\ncontent-type: text/csv\r\n\r\na,b\r\n",
        "--B\r\ncontent-disposition: form-data; name=\"payload_json\"\r\n\r\n",
        "{\"content\":\"here\",\"attachments\":[{\"id\":0,\"description\":\"The gaps\"}]}\r\n--B--\r\n",
    ]
    .concat();
    let request = rest.client.post(format!("{}/api/v10/channels/{}/messages", rest.base, places.general));
    let request = request.header("authorization", "Bot sandbox-token").header("content-type", "multipart/form-data; boundary=B").body(body);
    let sent: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(sent["attachments"][0]["filename"], "gaps.csv");
    assert_eq!(sent["attachments"][0]["size"], 3);
    assert_eq!(sent["attachments"][0]["description"], "The gaps");
    let recorded = sandbox.requests().pop().unwrap();
    assert_eq!(
        (recorded.files[0].filename.as_str(), recorded.files[0].size, recorded.body["content"].as_str()),
        ("gaps.csv", 3, Some("here"))
    );
    let path = format!("/channels/{}/messages/{}", places.general, sent["id"].as_str().unwrap());
    let edited = rest.patch(&path, json!({"attachments": []})).await;
    assert_eq!(edited.body["attachments"], json!([]), "an edit lists the files it keeps");
}

#[tokio::test]
async fn a_body_that_is_not_json_is_refused() {
    let Scene { rest, places, .. } = scene().await;
    let request = rest.client.post(format!("{}/api/v10/channels/{}/messages", rest.base, places.general));
    let answer = request.header("authorization", "Bot sandbox-token").body("{").send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(answer.json::<Value>().await.unwrap()["code"], 50109);
}

#[tokio::test]
async fn every_answer_tells_of_its_bucket() {
    let Scene { rest, places, clock, .. } = scene().await;
    let path = format!("/channels/{}/messages", places.general);
    let first = rest.post(&path, json!({"content": "x"})).await;
    assert_eq!((first.header("x-ratelimit-limit"), first.header("x-ratelimit-remaining")), (Some("5"), Some("4")));
    assert_eq!(first.header("x-ratelimit-reset-after"), Some("5.000"));
    let second = rest.post(&path, json!({"content": ""})).await;
    assert_eq!((second.status, second.header("x-ratelimit-remaining")), (400, Some("3")), "refusals count too");
    assert_eq!(first.header("x-ratelimit-bucket"), second.header("x-ratelimit-bucket"));
    let other = rest.post(&format!("/channels/{}/messages", places.clinic_questions), json!({"content": "x"})).await;
    assert_eq!(other.header("x-ratelimit-remaining"), Some("4"), "each channel has its own");
    clock.advance(Duration::from_secs(5));
    assert_eq!(rest.post(&path, json!({"content": "x"})).await.header("x-ratelimit-remaining"), Some("4"));
}

#[tokio::test]
async fn limits_are_enforced_when_asked_for() {
    let Scene { rest, places, clock, .. } = scene_with(Options { enforce_rate_limits: true, ..Options::default() }).await;
    let path = format!("/channels/{}/messages", places.general);
    for _ in 0..5 {
        assert_eq!(rest.post(&path, json!({"content": "x"})).await.status, 200);
    }
    let refused = rest.post(&path, json!({"content": "x"})).await;
    assert_eq!((refused.status, refused.header("x-ratelimit-scope"), refused.header("retry-after")), (429, Some("user"), Some("5")));
    assert_eq!(refused.body["global"], false);
    clock.advance(Duration::from_secs(5));
    assert_eq!(rest.post(&path, json!({"content": "x"})).await.status, 200);
    clock.advance(Duration::from_secs(5));
    let mut last = rest.get("/users/@me").await;
    for _ in 0..30 {
        rest.get("/users/@me").await;
        last = rest.get("/gateway/bot").await;
    }
    assert_eq!((last.status, last.header("x-ratelimit-global"), &last.body["global"]), (429, Some("true"), &json!(true)));
}

#[tokio::test]
async fn faults_strike_the_requests_they_are_meant_for() {
    let Scene { sandbox, rest, places, .. } = scene().await;
    let path = format!("/channels/{}/messages", places.general);
    let messages = |effect| RestFault::next("POST", "/channels/*/messages", effect);
    sandbox.fault(messages(RestEffect::Status { status: 503, body: json!("upstream connect error") }).times(2));
    assert_eq!(rest.get("/users/@me").await.status, 200);
    for status in [503, 503, 200] {
        assert_eq!(rest.post(&path, json!({"content": "x"})).await.status, status);
    }
    for (scope, name) in [(RateLimitScope::User, "user"), (RateLimitScope::Global, "global"), (RateLimitScope::Shared, "shared")] {
        sandbox.fault(messages(RestEffect::RateLimited { scope, retry_after: Duration::from_millis(1500) }));
        let answer = rest.post(&path, json!({"content": "x"})).await;
        assert_eq!((answer.status, answer.header("x-ratelimit-scope"), answer.header("retry-after")), (429, Some(name), Some("2")));
        assert_eq!(answer.body["retry_after"], 1.5);
    }
    sandbox.fault(messages(RestEffect::Delay(Duration::from_millis(50))));
    let start = Instant::now();
    assert_eq!(rest.post(&path, json!({"content": "x"})).await.status, 200);
    assert!(start.elapsed() >= Duration::from_millis(50));
    sandbox.fault(messages(RestEffect::Delay(Duration::from_secs(60))));
    let body = json!({"content": "nobody waits for this"});
    tokio::time::timeout(Duration::from_millis(50), rest.post(&path, body.clone())).await.unwrap_err();
    let left = sandbox.request(SOON, |request| request.body == body).await.unwrap();
    assert_eq!(left.status, 0);
}

#[tokio::test]
async fn a_cut_request_is_carried_out_or_not_as_ordered() {
    let Scene { sandbox, rest, places, .. } = scene().await;
    let path = format!("/channels/{}/messages", places.general);
    let count = || sandbox.world(|world| world.messages_in(places.general).count());
    for (carried_out, sent) in [(false, 0), (true, 1)] {
        sandbox.fault(RestFault::next("POST", "/channels/*/messages", RestEffect::Cut { carried_out }));
        assert!(rest.try_send(Method::POST, &path, Some(&json!({"content": "x"}))).await.is_err());
        assert_eq!(count(), sent);
        assert_eq!(sandbox.requests().pop().unwrap().status, 0);
    }
}

#[tokio::test]
async fn requests_are_recorded_without_the_token() {
    let Scene { sandbox, rest, places, .. } = scene().await;
    rest.post(&format!("/channels/{}/messages", places.general), json!({"content": "x"})).await;
    let recorded = sandbox.requests().pop().unwrap();
    assert_eq!((recorded.method.as_str(), recorded.route, recorded.status), ("POST", "/channels/{channel_id}/messages", 200));
    assert_eq!(recorded.body, json!({"content": "x"}));
    assert!(recorded.headers.contains(&("authorization".to_owned(), "Bot".to_owned())));
    assert!(!serde_json::to_string(&recorded).unwrap().contains("sandbox-token"));
}

#[tokio::test]
async fn the_record_is_bounded() {
    let Scene { sandbox, rest, .. } = scene_with(Options { record_limit: 3, ..Options::default() }).await;
    for _ in 0..5 {
        rest.get("/users/@me").await;
    }
    assert_eq!(sandbox.requests().len(), 3);
}

#[tokio::test]
async fn content_is_withheld_where_the_portal_does_not_allow_it() {
    let Scene { sandbox, rest, places, .. } = scene_with(Options { allowed_intents: intents::GUILD_MEMBERS, ..Options::default() }).await;
    let message = sandbox.post(places.general, places.ada, "secret").await.unwrap();
    let read = rest.get(&format!("/channels/{}/messages/{}", places.general, message.id)).await;
    assert_eq!(read.body["content"], "");
}

#[tokio::test]
async fn a_stopped_sandbox_answers_no_more() {
    let Scene { sandbox, mut rest, .. } = scene().await;
    rest.get("/users/@me").await;
    rest.alive = None;
    Arc::into_inner(sandbox).unwrap().stop().await;
    assert!(rest.try_send(Method::GET, "/users/@me", None).await.is_err());
}

#[tokio::test]
async fn older_addresses_work_too() {
    let Scene { rest, .. } = scene().await;
    for prefix in ["/api/v10", "/api/v9", "/api"] {
        let request = rest.client.get(format!("{}{prefix}/users/@me", rest.base)).header("authorization", "Bot sandbox-token");
        assert_eq!(request.send().await.unwrap().status(), 200, "{prefix}");
    }
}
