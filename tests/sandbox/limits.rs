//! What Discord refuses in messages, and where it says the fault is.

use serde_json::{Value, json};

use super::support::{Scene, letters, scene};

fn row(components: &Value) -> Value {
    json!({"content": "x", "components": [{"type": 1, "components": components}]})
}

fn button(id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "Go", "custom_id": id})
}

fn select(change: &Value) -> Value {
    let mut select = json!({"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a"}]});
    for (key, value) in change.as_object().unwrap() {
        select[key] = value.clone();
    }
    row(&json!([select]))
}

fn embed(embed: &Value) -> Value {
    json!({"embeds": [embed]})
}

fn options(count: usize) -> Value {
    (0..count).map(|number| json!({"label": "x", "value": number.to_string()})).collect()
}

/// The body, where the fault is, and its code.
fn refused() -> Vec<(Value, &'static str, &'static str)> {
    let long = "BASE_TYPE_MAX_LENGTH";
    let length = "BASE_TYPE_BAD_LENGTH";
    let required = "BASE_TYPE_REQUIRED";
    let first = "components.0.components.0";
    let field = |name: &str, value: &str| embed(&json!({"description": "x", "fields": [{"name": name, "value": value}]}));
    let at = |suffix: &'static str| -> &'static str { Box::leak(format!("{first}{suffix}").into_boxed_str()) };
    vec![
        (json!({"content": letters(2001)}), "content", long),
        (json!({"content": 5}), "content", "STRING_TYPE_CONVERT"),
        (json!({"content": "x", "nonce": letters(26)}), "nonce", long),
        (json!({"content": "x", "flags": 64}), "flags", "MESSAGE_INVALID_FLAGS"),
        // Embeds.
        (json!({"embeds": vec![json!({"title": "x"}); 11]}), "embeds", long),
        (embed(&json!({})), "embeds.0.description", required),
        (embed(&json!({"title": letters(257)})), "embeds.0.title", long),
        (embed(&json!({"description": letters(4097)})), "embeds.0.description", long),
        (embed(&json!({"footer": {"text": letters(2049)}})), "embeds.0.footer.text", length),
        (embed(&json!({"author": {"name": letters(257)}})), "embeds.0.author.name", length),
        (embed(&json!({"fields": vec![json!({"name": "x", "value": "x"}); 26]})), "embeds.0.fields", long),
        (field(&letters(257), "x"), "embeds.0.fields.0.name", long),
        (field("x", &letters(1025)), "embeds.0.fields.0.value", long),
        (field("x", ""), "embeds.0.fields.0.value", required),
        (embed(&json!({"title": "x", "url": "javascript:alert(1)"})), "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
        (embed(&json!({"title": "x", "color": 0x0100_0000})), "embeds.0.color", "NUMBER_TYPE_MAX"),
        (embed(&json!({"title": "x", "timestamp": "yesterday"})), "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"),
        (json!({"embeds": [{"description": letters(3001)}, {"description": letters(3000)}]}), "embeds", "MAX_EMBED_SIZE_EXCEEDED"),
        // Rows and buttons.
        (json!({"content": "x", "components": vec![json!({"type": 1, "components": [button("a")]}); 6]}), "components", long),
        (json!({"content": "x", "components": [button("a")]}), "components.0", "UNION_TYPE_CHOICES"),
        (row(&json!([])), "components.0.components", length),
        (row(&(0..6).map(|n| button(&n.to_string())).collect()), "components.0.components", length),
        (row(&json!([button("same"), button("same")])), "components.0.components.1.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"),
        (row(&json!([button(&letters(101))])), at(".custom_id"), length),
        (row(&json!([button("")])), at(".custom_id"), length),
        (row(&json!([{"type": 2, "style": 1, "label": "x"}])), at(".custom_id"), required),
        (row(&json!([{"type": 2, "style": 1, "custom_id": "x"}])), first, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
        (row(&json!([{"type": 2, "style": 1, "custom_id": "x", "label": letters(81)}])), at(".label"), long),
        (row(&json!([{"type": 2, "label": "x", "custom_id": "x"}])), at(".style"), required),
        (row(&json!([{"type": 2, "style": 9, "label": "x", "custom_id": "x"}])), at(".style"), "BASE_TYPE_CHOICES"),
        (row(&json!([{"type": 2, "style": 5, "label": "x"}])), at(".url"), required),
        (
            row(&json!([{"type": 2, "style": 5, "label": "x", "url": "https://a.b", "custom_id": "x"}])),
            first,
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
        ),
        (
            row(&json!([{"type": 2, "style": 1, "label": "x", "url": "https://a.b", "custom_id": "x"}])),
            first,
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
        ),
        (row(&json!([{"type": 2, "style": 5, "label": "x", "url": "not an address"}])), at(".url"), "URL_TYPE_INVALID_SCHEME"),
        // Selects.
        (row(&json!([button("a"), {"type": 5, "custom_id": "s"}])), "components.0.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
        (select(&json!({"options": options(26)})), at(".options"), length),
        (select(&json!({"options": []})), at(".options"), length),
        (select(&json!({"options": [{"label": letters(101), "value": "a"}]})), at(".options.0.label"), length),
        (select(&json!({"options": [{"label": "a", "value": letters(101)}]})), at(".options.0.value"), length),
        (select(&json!({"options": [{"label": "a", "value": "a", "description": letters(101)}]})), at(".options.0.description"), long),
        (
            select(&json!({"options": [{"label": "a", "value": "a"}, {"label": "b", "value": "a"}]})),
            at(".options.1.value"),
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        ),
        (select(&json!({"placeholder": letters(151)})), at(".placeholder"), long),
        (select(&json!({"max_values": 2})), at(".options"), "SELECT_COMPONENT_TOO_FEW_OPTIONS"),
        // Mentions.
        (json!({"content": "x", "allowed_mentions": {"parse": ["nobody"]}}), "allowed_mentions.parse.0", "BASE_TYPE_CHOICES"),
        (
            json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}),
            "allowed_mentions",
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
        (
            json!({"content": "x", "allowed_mentions": {"users": (0..101).map(|n| n.to_string()).collect::<Vec<_>>()}}),
            "allowed_mentions.users",
            long,
        ),
        // Replies.
        (json!({"content": "x", "message_reference": {"message_id": "1"}}), "message_reference", "REPLIES_UNKNOWN_MESSAGE"),
        // Components v2.
        (
            json!({"flags": 1 << 15, "content": "x", "components": [{"type": 10, "content": "x"}]}),
            "content",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        ),
        (json!({"flags": 1 << 15, "components": vec![json!({"type": 14}); 41]}), "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
        (
            json!({"flags": 1 << 15, "components": [{"type": 10, "content": letters(2001)}, {"type": 10, "content": letters(2000)}]}),
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
        ),
    ]
}

#[tokio::test]
async fn a_message_over_a_limit_is_refused_where_it_breaks_it() {
    let Scene { sandbox, places, rest, .. } = scene().await;
    let path = format!("/channels/{}/messages", places.general);
    for (body, place, code) in refused() {
        let answer = rest.post(&path, body.clone()).await;
        assert_eq!((answer.status, answer.code()), (400, 50035), "{body} gave {}", answer.body);
        assert!(answer.problems(place).iter().any(|found| found == code), "{code} at {place} was awaited: {}", answer.body);
    }
    assert_eq!(sandbox.world(|world| world.messages_in(places.general).count()), 0, "nothing is sent of what is refused");
}

#[tokio::test]
async fn a_message_at_its_limits_is_accepted() {
    let Scene { places, rest, .. } = scene().await;
    let path = format!("/channels/{}/messages", places.general);
    let full_row: Vec<Value> = (0..5).map(|number| button(&format!("{number}{}", letters(99)))).collect();
    let accepted = [
        json!({"content": letters(2000), "nonce": letters(25)}),
        json!({"content": format!("  {}  ", letters(2000))}),
        embed(&json!({"title": letters(256), "description": letters(4096), "footer": {"text": letters(1648)}})),
        embed(&json!({"fields": vec![json!({"name": "x", "value": "x"}); 25]})),
        json!({"embeds": vec![json!({"title": "x"}); 10]}),
        row(&json!(full_row)),
        select(&json!({"options": options(25), "placeholder": letters(150), "max_values": 25, "min_values": 0})),
        row(&json!([{"type": 2, "style": 5, "label": letters(80), "url": "https://example.org/"}])),
        json!({"flags": 1 << 15, "components": vec![json!({"type": 14}); 40]}),
        json!({"content": "x", "message_reference": {"message_id": "1", "fail_if_not_exists": false}}),
    ];
    for body in accepted {
        let answer = rest.post(&path, body.clone()).await;
        assert_eq!(answer.status, 200, "{body} gave {}", answer.body);
    }
}

#[tokio::test]
async fn an_empty_message_is_refused() {
    let Scene { places, rest, .. } = scene().await;
    let path = format!("/channels/{}/messages", places.general);
    for body in [json!({}), json!({"content": "   "}), json!({"content": "", "embeds": [], "components": []})] {
        let answer = rest.post(&path, body.clone()).await;
        assert_eq!((answer.status, answer.code()), (400, 50006), "{body}");
    }
    let sent = rest.post(&path, json!({"content": "x"})).await;
    let answer = rest.patch(&format!("{path}/{}", sent.id()), json!({"content": ""})).await;
    assert_eq!(answer.code(), 50006, "an edit may not leave nothing");
}

#[tokio::test]
async fn components_and_embeds_come_back_as_discord_keeps_them() {
    let Scene { places, rest, .. } = scene().await;
    let path = format!("/channels/{}/messages", places.general);
    let mut body = row(&json!([button("a"), button("b")]));
    body["embeds"] = json!([{"title": "  trimmed  ", "fields": [{"name": "n", "value": "v"}]}]);
    let sent = rest.post(&path, body).await.body;
    assert_eq!(sent["embeds"][0]["title"], "trimmed");
    assert_eq!(sent["embeds"][0]["type"], "rich");
    assert_eq!(sent["embeds"][0]["fields"][0]["inline"], false);
    assert_eq!(sent["components"][0]["id"], 1);
    assert_eq!(sent["components"][0]["components"][1]["id"], 3);
}
