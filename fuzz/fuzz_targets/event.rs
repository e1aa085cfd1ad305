//! What the gateway sends: JSON of any shape is understood as the kind it is or given back as it was, and an event that can be read
//! with its components can be read without them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mabel::discord::without_components;
use serde_json::{Value, json};
use serenity::model::event::Event;

const KINDS: [&str; 8] = [
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "INTERACTION_CREATE",
    "GUILD_CREATE",
    "GUILD_DELETE",
    "READY",
];

fuzz_target!(|text: &str| {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return };
    for kind in KINDS {
        let whole = serde_json::from_value::<Event>(json!({ "t": kind, "d": value })).ok();
        match without_components(kind, value.clone()) {
            Ok(event) => assert_eq!(event.name().as_deref(), Some(kind)),
            Err(back) => {
                assert_eq!(back, value);
                let is_read = whole.is_some_and(|event| !matches!(event, Event::Unknown(_)));
                // What was filled in into a modal is nothing but components.
                assert!(!is_read || kind == "INTERACTION_CREATE", "{kind} is read with its components only");
            }
        }
    }
});
