//! What comes back with a press: any text is read or refused, and what was read can be written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mabel::discord::custom_id::{decode, encode};

fuzz_target!(|text: &str| {
    let Ok(press) = decode(text) else { return };
    // Facets that do not fit are left out whole; the rest must survive.
    if let Some(written) = encode(&press) {
        assert!(written.chars().count() <= 100, "{written:?} is too long");
        assert!(decode(&written).is_ok(), "{written:?} cannot be read back");
    }
});
