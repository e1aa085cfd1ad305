//! The gateway: the handshake, who gets which event, resuming, and every way of being cut off.

use std::time::Duration;

use mabel::sandbox::{GatewayFault, Options, intents, kinds, permissions};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::support::{Line, QUIET, SOON, Scene, identify, resume, scene, scene_with};

const TALK: u64 = intents::GUILDS | intents::GUILD_MESSAGES | intents::DIRECT_MESSAGES;

#[tokio::test]
async fn identifying_gives_ready_and_the_guilds() {
    let scene = scene().await;
    let (mut line, ready) = Line::identified(&scene, TALK).await;
    let guild = scene.places.guild.to_string();
    assert_eq!(ready["guilds"], json!([{"id": guild, "unavailable": true}]), "the guild without the bot is not there");
    assert_eq!(ready["user"]["id"], scene.places.application.to_string());
    assert_eq!(ready["shard"], json!([0, 1]));
    let created = line.event_payload("GUILD_CREATE").await;
    assert_eq!((&created["s"], &created["d"]["id"]), (&json!(2), &json!(guild)));
    assert_eq!(created["d"]["threads"][0]["id"], scene.places.post.to_string());
    let (mut quiet, _) = Line::identified(&scene, intents::DIRECT_MESSAGES).await;
    assert!(quiet.names().await.is_empty(), "without the intent no guild is created");
    line.send(&json!({"op": 1, "d": 2})).await;
    assert_eq!(line.next().await["op"], 11, "a heartbeat is acknowledged");
    assert_eq!(scene.sandbox.identifies(), 2);
}

#[tokio::test]
async fn each_breach_has_its_close_code() {
    let scene = scene_with(Options { allowed_intents: intents::GUILD_MEMBERS, ..Options::default() }).await;
    let token = scene.sandbox.token();
    let mut sharded = identify(token, 1);
    sharded["d"]["shard"] = json!([2, 2]);
    let mut bare = identify(token, 1);
    bare["d"]["properties"] = Value::Null;
    let mut big = json!({"op": 1, "d": "x".repeat(4096)}).to_string();
    big.truncate(5000);
    let breaches = [
        (json!({"op": 99}).to_string(), 4001),
        ("not json".to_owned(), 4002),
        (bare.to_string(), 4002),
        (big, 4002),
        (json!({"op": 3, "d": {}}).to_string(), 4003),
        (identify("wrong", 1).to_string(), 4004),
        (resume("wrong", &json!("x"), 0).to_string(), 4004),
        (sharded.to_string(), 4010),
        (identify(token, 1 << 40).to_string(), 4013),
        (identify(token, intents::MESSAGE_CONTENT).to_string(), 4014),
    ];
    for (text, code) in breaches {
        let mut line = Line::open(&scene.sandbox.gateway_url()).await;
        line.send_text(text.clone()).await;
        assert_eq!(line.closed().await, Some(code), "{text}");
    }
    let (mut twice, _) = Line::identified(&scene, 1).await;
    twice.send(&identify(token, 1)).await;
    assert_eq!(twice.closed().await, Some(4005));
    let mut old = Line::open(&format!("{}/?v=5", scene.sandbox.gateway_url())).await;
    assert_eq!(old.closed().await, Some(4012));
}

#[tokio::test]
async fn sharding_is_required_when_ordered() {
    let scene = scene_with(Options { shards: 2, ..Options::default() }).await;
    let mut line = Line::open(&scene.sandbox.gateway_url()).await;
    line.send(&identify(scene.sandbox.token(), 1)).await;
    assert_eq!(line.closed().await, Some(4011));
    assert_eq!(scene.rest.get("/gateway/bot").await.body["shards"], 2);
}

#[tokio::test]
async fn more_than_120_payloads_in_a_minute_are_too_many() {
    let scene = scene().await;
    let (mut line, _) = Line::identified(&scene, 0).await;
    for _ in 0..119 {
        line.send(&json!({"op": 1, "d": null})).await;
    }
    scene.clock.advance(Duration::from_secs(61));
    for _ in 0..121 {
        line.send(&json!({"op": 1, "d": null})).await;
    }
    assert_eq!(line.closed().await, Some(4008));
}

#[tokio::test]
async fn identifying_too_fast_is_an_invalid_session() {
    let scene = scene_with(Options { enforce_rate_limits: true, ..Options::default() }).await;
    let (_first, _) = Line::identified(&scene, 0).await;
    let mut second = Line::open(&scene.sandbox.gateway_url()).await;
    second.send(&identify(scene.sandbox.token(), 0)).await;
    assert_eq!(second.next().await, json!({"t": null, "s": null, "op": 9, "d": false}));
    scene.clock.advance(Duration::from_secs(5));
    second.send(&identify(scene.sandbox.token(), 0)).await;
    second.event("READY").await;
}

#[tokio::test]
async fn as_many_identify_side_by_side_as_there_are_remainders() {
    let scene = scene_with(Options { enforce_rate_limits: true, max_concurrency: 2, ..Options::default() }).await;
    let limit = scene.rest.get("/gateway/bot").await.body["session_start_limit"].clone();
    assert_eq!(limit["max_concurrency"], 2);
    for (shard, op) in [(0, 0), (1, 0), (2, 9)] {
        let mut line = Line::open(&scene.sandbox.gateway_url()).await;
        let mut payload = identify(scene.sandbox.token(), 0);
        payload["d"]["shard"] = json!([shard, 4]);
        line.send(&payload).await;
        assert_eq!(line.next().await["op"], op, "shard {shard}");
    }
}

#[tokio::test]
async fn a_client_that_does_not_beat_is_dropped() {
    let scene = scene_with(Options { heartbeat_interval: Duration::from_millis(20), ..Options::default() }).await;
    let (mut line, _) = Line::identified(&scene, 0).await;
    assert_eq!(line.closed().await, Some(4009));
}

#[tokio::test]
async fn events_go_to_those_who_asked_for_them() {
    let scene = scene().await;
    let Scene { sandbox, places, .. } = &scene;
    let (mut guild, _) = Line::identified(&scene, intents::GUILD_MESSAGES | intents::GUILD_MESSAGE_TYPING).await;
    let (mut direct, _) = Line::identified(&scene, intents::DIRECT_MESSAGES).await;
    let (mut nothing, _) = Line::identified(&scene, 0).await;
    sandbox.type_in(places.general, places.ada).await.unwrap();
    let message = sandbox.post(places.general, places.ada, "one").await.unwrap();
    sandbox.edit(places.ada, message.id, "two").await.unwrap();
    sandbox.delete(places.moderator, message.id).await.unwrap();
    sandbox.post(places.ada_direct, places.ada, "hello").await.unwrap();
    sandbox.post(places.foreign_channel, places.ada, "not for you").await.unwrap();
    assert_eq!(guild.names().await, ["TYPING_START", "MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"]);
    assert_eq!(direct.names().await, ["MESSAGE_CREATE"]);
    assert!(nothing.names().await.is_empty());
    sandbox.deny_bot(places.general, permissions::VIEW_CHANNEL);
    sandbox.post(places.general, places.ada, "hidden").await.unwrap();
    assert!(guild.names().await.is_empty(), "what the bot may not see it does not hear");
}

#[tokio::test]
async fn channels_and_guilds_come_and_go() {
    let scene = scene().await;
    let Scene { sandbox, places, .. } = &scene;
    let (mut line, _) = Line::identified(&scene, intents::GUILDS).await;
    line.event("GUILD_CREATE").await;
    let (guild, _) = sandbox.add_guild("Second");
    let channel = sandbox.add_channel(guild, kinds::TEXT, "talk");
    sandbox.delete_channel(channel);
    let thread = sandbox.open_thread(places.forum, places.ben, "A post", "text");
    sandbox.lock_thread(thread, true);
    sandbox.delete_channel(thread);
    sandbox.remove_bot(guild);
    let expected = ["GUILD_CREATE", "CHANNEL_CREATE", "CHANNEL_DELETE", "THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE", "GUILD_DELETE"];
    assert_eq!(line.names().await, expected);
}

#[tokio::test]
async fn content_is_withheld_without_its_intent_except_where_discord_shows_it() {
    let scene = scene().await;
    let Scene { sandbox, places, rest, .. } = &scene;
    let (mut without, _) = Line::identified(&scene, TALK).await;
    let (mut with, _) = Line::identified(&scene, TALK | intents::MESSAGE_CONTENT).await;
    let path = format!("/channels/{}/messages", places.general);
    rest.post(&path, json!({"content": "by the bot"})).await;
    let own = sandbox.next_message(places.general, SOON).await.unwrap().id;
    let ada = places.ada;
    sandbox.post(places.general, ada, "plain").await.unwrap();
    sandbox.post(places.general, ada, &format!("<@{}> named", places.application)).await.unwrap();
    sandbox.reply(places.general, ada, own, "reply with ping", true).await.unwrap();
    sandbox.reply(places.general, ada, own, "reply without ping", false).await.unwrap();
    sandbox.post(places.ada_direct, ada, "direct").await.unwrap();
    let named = format!("<@{}> named", places.application);
    let all = ["by the bot", "plain", &named, "reply with ping", "reply without ping", "direct"];
    let shown = ["by the bot", "", &named, "reply with ping", "", "direct"];
    for (line, expected) in [(&mut with, all), (&mut without, shown)] {
        for text in expected {
            assert_eq!(line.event("MESSAGE_CREATE").await["content"], text);
        }
    }
}

#[tokio::test]
async fn a_reply_to_an_interactions_answer_shows_no_content() {
    let scene = scene().await;
    let Scene { sandbox, places, rest, .. } = &scene;
    rest.put(&format!("/applications/{}/commands", places.application), json!([{"name": "ask", "description": "x"}])).await;
    let asked = sandbox.slash(places.ada, places.general, "ask", Value::Null).await.unwrap();
    rest.post(&format!("/interactions/{}/{}/callback", asked.id, asked.token()), json!({"type": 4, "data": {"content": "x"}})).await;
    let answer = asked.response(SOON).await.unwrap().message.unwrap();
    let (mut line, _) = Line::identified(&scene, TALK).await;
    sandbox.reply(places.general, places.ada, answer.id, "and?", true).await.unwrap();
    let event = line.event("MESSAGE_CREATE").await;
    assert_eq!(event["content"], "");
    assert_eq!(event["mentions"][0]["id"], places.application.to_string(), "the ping is seen all the same");
}

#[tokio::test]
async fn a_resume_replays_what_was_missed() {
    let scene = scene().await;
    let Scene { sandbox, places, .. } = &scene;
    let (mut line, ready) = Line::identified(&scene, TALK).await;
    let last = line.event_payload("GUILD_CREATE").await["s"].as_u64().unwrap();
    sandbox.gateway_fault(&GatewayFault::Cut);
    assert_eq!(line.closed().await, None, "the line breaks without a close frame");
    for text in ["one", "two"] {
        sandbox.post(places.ada_direct, places.ada, text).await.unwrap();
    }
    let address = ready["resume_gateway_url"].as_str().unwrap();
    let mut again = Line::open(address).await;
    again.send(&resume(sandbox.token(), &ready["session_id"], last)).await;
    for (number, text) in [(1, "one"), (2, "two")] {
        let event = again.event_payload("MESSAGE_CREATE").await;
        assert_eq!((&event["s"], &event["d"]["content"]), (&json!(last + number), &json!(text)));
    }
    again.event("RESUMED").await;
    sandbox.post(places.ada_direct, places.ada, "three").await.unwrap();
    assert_eq!(again.event("MESSAGE_CREATE").await["content"], "three");
    assert_eq!((sandbox.identifies(), sandbox.connections_opened()), (1, 2));
}

#[tokio::test]
async fn a_session_that_is_gone_cannot_be_resumed() {
    let scene = scene().await;
    let Scene { sandbox, clock, .. } = &scene;
    let refused = async |session: Value, sequence: u64| {
        let mut line = Line::open(&sandbox.gateway_url()).await;
        line.send(&resume(sandbox.token(), &session, sequence)).await;
        assert_eq!(line.next().await, json!({"t": null, "s": null, "op": 9, "d": false}));
    };
    refused(json!("no such session"), 0).await;
    let (line, ready) = Line::identified(&scene, TALK).await;
    line.close(1000).await;
    refused(ready["session_id"].clone(), 2).await;
    let (line, ready) = Line::identified(&scene, TALK).await;
    line.close(4000).await;
    clock.advance(Duration::from_secs(600));
    refused(ready["session_id"].clone(), 2).await;
    let (mut line, ready) = Line::identified(&scene, TALK).await;
    sandbox.gateway_fault(&GatewayFault::InvalidSession { resumable: false });
    while line.next().await["op"] != 9 {}
    refused(ready["session_id"].clone(), 2).await;
    let (line, ready) = Line::identified(&scene, TALK).await;
    line.close(4000).await;
    let mut ahead = Line::open(&sandbox.gateway_url()).await;
    ahead.send(&resume(sandbox.token(), &ready["session_id"], 99)).await;
    assert_eq!(ahead.closed().await, Some(4007));
}

#[tokio::test]
async fn faults_of_the_gateway_are_carried_out() {
    let scene = scene().await;
    let Scene { sandbox, places, .. } = &scene;
    let (mut line, _) = Line::identified(&scene, intents::DIRECT_MESSAGES).await;
    sandbox.gateway_fault(&GatewayFault::Reconnect);
    assert_eq!(line.next().await["op"], 7);
    sandbox.gateway_fault(&GatewayFault::InvalidSession { resumable: true });
    assert_eq!(line.next().await, json!({"t": null, "s": null, "op": 9, "d": true}));
    sandbox.gateway_fault(&GatewayFault::Acknowledge(false));
    line.send(&json!({"op": 1, "d": 1})).await;
    assert!(line.is_quiet().await);
    sandbox.gateway_fault(&GatewayFault::Acknowledge(true));
    line.send(&json!({"op": 1, "d": 1})).await;
    assert_eq!(line.next().await["op"], 11);
    sandbox.gateway_fault(&GatewayFault::DelayEvents(QUIET * 2));
    sandbox.post(places.ada_direct, places.ada, "late").await.unwrap();
    assert!(line.is_quiet().await);
    assert_eq!(line.event("MESSAGE_CREATE").await["content"], "late");
    sandbox.clear_faults();
    sandbox.gateway_fault(&GatewayFault::Close(4000));
    assert_eq!(line.closed().await, Some(4000));
    sandbox.gateway_fault(&GatewayFault::Refuse(true));
    assert!(tokio_tungstenite::connect_async(sandbox.gateway_url()).await.is_err());
}

#[tokio::test]
async fn frames_and_events_of_any_kind_can_be_sent() {
    let scene = scene().await;
    let (mut line, _) = Line::identified(&scene, 0).await;
    scene.sandbox.gateway_fault(&GatewayFault::Text("[7]".to_owned()));
    assert_eq!(line.next().await, json!([7]));
    scene.sandbox.gateway_fault(&GatewayFault::Event { name: "NEW".to_owned(), data: json!([]) });
    assert_eq!(line.next().await, json!({ "t": "NEW", "s": 2, "op": 0, "d": [] }), "it has its place in the sequence");
    scene.sandbox.gateway_fault(&GatewayFault::Bytes(vec![1, 2]));
    assert_eq!(line.next_frame().await, Message::binary(vec![1, 2]));
}

#[tokio::test]
async fn who_is_sent_away_hears_the_code_until_that_is_over() {
    let scene = scene().await;
    let Scene { sandbox, .. } = &scene;
    let (line, ready) = Line::identified(&scene, 0).await;
    line.close(4000).await;
    sandbox.gateway_fault(&GatewayFault::SendAway(Some(4012)));
    for payload in [identify(sandbox.token(), 0), resume(sandbox.token(), &ready["session_id"], 1)] {
        let mut line = Line::open(&sandbox.gateway_url()).await;
        line.send(&payload).await;
        assert_eq!(line.closed().await, Some(4012));
    }
    sandbox.clear_faults();
    Line::identified(&scene, 0).await;
}

#[tokio::test]
async fn sessions_that_are_forgotten_hear_nothing_more() {
    let scene = scene().await;
    let Scene { sandbox, places, .. } = &scene;
    let (mut line, ready) = Line::identified(&scene, intents::DIRECT_MESSAGES).await;
    sandbox.gateway_fault(&GatewayFault::ForgetSessions);
    sandbox.post(places.ada_direct, places.ada, "unheard").await.unwrap();
    assert!(line.is_quiet().await);
    let mut again = Line::open(&sandbox.gateway_url()).await;
    again.send(&resume(sandbox.token(), &ready["session_id"], 1)).await;
    assert_eq!(again.next().await["op"], 9);
}

#[tokio::test]
async fn a_half_open_line_is_silent_until_it_is_taken_over() {
    let scene = scene().await;
    let Scene { sandbox, places, .. } = &scene;
    let (mut line, ready) = Line::identified(&scene, intents::DIRECT_MESSAGES).await;
    sandbox.gateway_fault(&GatewayFault::HalfOpen);
    sandbox.post(places.ada_direct, places.ada, "unheard").await.unwrap();
    line.send(&json!({"op": 1, "d": 1})).await;
    assert!(line.is_quiet().await);
    let mut again = Line::open(&sandbox.gateway_url()).await;
    again.send(&resume(sandbox.token(), &ready["session_id"], 1)).await;
    assert_eq!(again.event("MESSAGE_CREATE").await["content"], "unheard");
}

#[tokio::test]
async fn each_shard_hears_its_guilds_and_the_first_hears_direct_messages() {
    let scene = scene().await;
    let Scene { sandbox, places, .. } = &scene;
    let guilds: Vec<_> = (0..4).map(|number| sandbox.add_guild(&format!("Guild {number}"))).collect();
    let mut lines = Vec::new();
    for shard in 0..2_u64 {
        let mut line = Line::open(&sandbox.gateway_url()).await;
        let mut payload = identify(sandbox.token(), intents::GUILD_MESSAGES | intents::DIRECT_MESSAGES);
        payload["d"]["shard"] = json!([shard, 2]);
        line.send(&payload).await;
        line.event("READY").await;
        lines.push(line);
    }
    for (guild, channel) in &guilds {
        sandbox.join(*guild, places.ada, &[]);
        sandbox.post(*channel, places.ada, "x").await.unwrap();
    }
    sandbox.post(places.ada_direct, places.ada, "x").await.unwrap();
    let on = |shard: u64| guilds.iter().filter(|(guild, _)| (guild.0 >> 22) % 2 == shard).count();
    assert_eq!((on(0), on(1)), (2, 2), "guilds are spread");
    assert_eq!(lines[0].names().await.len(), on(0) + 1);
    assert_eq!(lines[1].names().await.len(), on(1));
}

#[tokio::test]
async fn an_event_can_come_twice() {
    let scene = scene().await;
    let Scene { sandbox, places, .. } = &scene;
    let (mut line, _) = Line::identified(&scene, intents::DIRECT_MESSAGES).await;
    let message = sandbox.post(places.ada_direct, places.ada, "twice").await.unwrap();
    sandbox.repeat_message(message.id).unwrap();
    let first = line.event_payload("MESSAGE_CREATE").await;
    let second = line.event_payload("MESSAGE_CREATE").await;
    assert_eq!(first["d"], second["d"]);
    assert_ne!(first["s"], second["s"]);
}

#[tokio::test]
async fn members_are_given_when_asked_for() {
    let scene = scene().await;
    let (mut line, _) = Line::identified(&scene, intents::GUILD_MEMBERS).await;
    let ask = |change: Value| json!({"op": 8, "d": {"guild_id": scene.places.guild, "limit": 0, "nonce": "n", "query": change}});
    line.send(&ask(json!("ad"))).await;
    let chunk = line.event("GUILD_MEMBERS_CHUNK").await;
    assert_eq!((chunk["members"].as_array().unwrap().len(), &chunk["nonce"]), (1, &json!("n")));
}

#[tokio::test]
async fn payloads_are_recorded_without_the_token() {
    let scene = scene().await;
    let (_line, _) = Line::identified(&scene, 0).await;
    let identify = scene.sandbox.event(SOON, |event| event.from_bot && event.op == 2).await.unwrap();
    assert_eq!(identify.data["token"], Value::Null);
    let ready = scene.sandbox.event(SOON, |event| event.name.as_deref() == Some("READY")).await.unwrap();
    assert_eq!(ready.sequence, Some(1));
}
