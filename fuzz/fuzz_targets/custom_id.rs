//! What comes back with a press: any text is read or refused, and what was read can be written, fits, and reads as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mabel::discord::custom_id::{decode, encode};
use mabel::discord::payload::CUSTOM_ID;

fuzz_target!(|text: &str| {
    let Ok(press) = decode(text) else { return };
    let Some(written) = encode(&press) else {
        assert!(text.len() > CUSTOM_ID, "{press:?} fitted once");
        return;
    };
    assert!(written.len() <= CUSTOM_ID, "{written:?} is too long");
    let again = decode(&written).expect("what was written is read back");
    if text.len() <= CUSTOM_ID {
        // It fitted once: nothing may be left out.
        assert_eq!(press, again, "{written:?} is another press");
    } else {
        // Facets that do not fit are left out whole; the rest must survive, and be written the same way.
        assert_eq!(std::mem::discriminant(&press), std::mem::discriminant(&again), "{written:?} is another press");
        assert_eq!(encode(&again).as_deref(), Some(&*written));
    }
});
