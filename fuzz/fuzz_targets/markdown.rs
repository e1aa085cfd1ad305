//! Text that is made safe to stand in a message: it keeps its length, pings nobody and opens no link.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mabel::discord::markdown::{cut, escape, link, one_line, quiet_link};

fuzz_target!(|text: &str| {
    let escaped = escape(text);
    for ping in ["@everyone", "@here"] {
        assert!(!escaped.contains(ping), "{ping} in {escaped:?}");
    }
    for most in [0, 1, 10, 100] {
        assert!(cut(&escaped, most).chars().count() <= most);
    }
    assert!(!one_line(text).contains('\n'));
    let (title, url) = text.split_once(' ').unwrap_or((text, text));
    for made in [link(title, url), quiet_link(title, url)] {
        assert!(!made.contains("javascript:") || !made.contains("]("), "{made:?}");
    }
});
