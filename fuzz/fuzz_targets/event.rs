//! What the gateway sends: JSON of any shape is understood or given back as it was.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mabel::discord::without_components;
use serde_json::Value;

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
        if let Err(back) = without_components(kind, value.clone()) {
            assert_eq!(back, value);
        }
    }
});
