//! Text that is made safe to stand in a message: it shows the same characters, keeps its length, pings nobody, and its links lead where
//! they say.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mabel::discord::markdown::{as_written, cut, escape, link, one_line, quiet_link};
use mabel_fuzz::{is_tame, unescaped};

fuzz_target!(|text: &str| {
    let escaped = escape(text);
    assert!(is_tame(&escaped), "{escaped:?} pings");
    shows_the_same(text, &escaped);
    is_plain(&escaped);
    for most in [0, 1, 10, 100] {
        cuts(&escaped, most);
    }
    let line = one_line(text);
    assert!(!line.contains(|letter: char| letter.is_whitespace() && letter != ' ') && !line.contains("  "), "{line:?}");
    assert_eq!(line.trim(), line);
    let (title, url) = text.split_once('\n').unwrap_or((text, text));
    links(&link(title, url), title, ("](", ")"));
    links(&quiet_link(title, url), title, ("](<", ">)"));
    keeps_links(text);
});

/// The characters of a text, whatever is done to it so that they can be shown.
fn characters(text: &str) -> String {
    text.chars().filter(|letter| *letter != '\u{200b}').collect()
}

fn shows_the_same(text: &str, escaped: &str) {
    let lines: Vec<String> =
        text.lines().map(|line| line.chars().filter(|letter| !letter.is_control() || *letter == '\t').collect()).collect();
    assert_eq!(characters(&unescaped(escaped).0), characters(&lines.join("\n")), "{escaped:?}");
}

/// Nothing is left that Discord reads as layout, mention or link.
fn is_plain(escaped: &str) {
    let (_, raw) = unescaped(escaped);
    is_bare(&raw);
}

fn is_bare(raw: &str) {
    assert!(!raw.contains(['*', '_', '~', '`', '|', '[', ']', '<']) && !raw.contains("://"), "{raw:?}");
    for line in raw.lines().map(str::trim_start) {
        assert!(!line.starts_with(['#', '>']) && !line.starts_with("-#"), "{raw:?}");
    }
}

fn cuts(escaped: &str, most: usize) {
    let kept = cut(escaped, most);
    assert!(kept.chars().count() <= most, "{kept:?} is longer than {most}");
    assert_eq!(cut(&kept, most), kept);
    let start = if kept == escaped { &kept } else { kept.strip_suffix('…').unwrap_or_default() };
    assert!(escaped.starts_with(start), "{kept:?} is no start of {escaped:?}");
    assert!(start.chars().rev().take_while(|letter| *letter == '\\').count() % 2 == 0, "{kept:?} ends within an escape");
    is_plain(&kept);
    assert!(is_tame(&kept), "{kept:?} pings");
}

/// A link is its title alone, or the title in brackets and an address of the web with nothing in it that ends it early.
fn links(made: &str, title: &str, (between, end): (&str, &str)) {
    assert!(is_tame(made), "{made:?} pings");
    let title = escape(&one_line(title));
    if made == title {
        return;
    }
    let address = made.strip_prefix('[').and_then(|rest| rest.strip_prefix(&*title)).and_then(|rest| rest.strip_prefix(between));
    let address = address.and_then(|rest| rest.strip_suffix(end)).expect("a title and an address");
    is_address(address);
    is_plain(&title);
}

fn is_address(address: &str) {
    assert!(address.starts_with("https://") || address.starts_with("http://"), "{address:?}");
    let ends = |letter: char| letter.is_whitespace() || letter.is_control() || "()<>\\".contains(letter);
    assert!(!address.contains(ends), "{address:?}");
}

/// What somebody wrote is plain but for its links, which stand as they are and show no other name.
fn keeps_links(text: &str) {
    let written = as_written(text);
    assert!(is_tame(&written), "{written:?} pings");
    let (_, raw) = unescaped(&written);
    let mut rest = raw.as_str();
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once('<') {
        let (address, after) = after.split_once('>').expect("an address ends");
        is_address(address);
        plain.push_str(before);
        // What stands around a link does not stand together.
        plain.push('.');
        rest = after;
    }
    plain.push_str(rest);
    is_bare(&plain);
}
