//! Text of the knowledge, made safe to stand in a message.
//!
//! Editors write plain text; what data and templates bring in may hold anything. Everything Discord would read as layout, a mention
//! or a link is escaped; lines that begin with `- ` stay lists. Discord's rule: a backslash before a mark shows the mark.
//! <https://docs.discord.com/developers/reference#message-formatting>

/// `text` as a message that shows the same characters.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            escaped.push('\n');
        }
        escape_line(line, &mut escaped);
    }
    escaped
}

fn escape_line(line: &str, escaped: &mut String) {
    let letters: Vec<char> = line.chars().filter(|letter| !letter.is_control() || *letter == '\t').collect();
    let mut at_start = true;
    for (at, letter) in letters.iter().copied().enumerate() {
        let next = letters.get(at + 1).copied();
        let starts_layout = at_start && (matches!(letter, '#' | '>') || (letter == '-' && next == Some('#')));
        let is_link = letter == '/' && next == Some('/') && at > 0 && letters[at - 1] == ':';
        if starts_layout || is_link || matches!(letter, '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '<') {
            escaped.push('\\');
        }
        escaped.push(letter);
        if letter == '@' && is_ping(&letters[at + 1..].iter().copied()) {
            escaped.push(NO_SPACE);
        }
        at_start = at_start && letter.is_whitespace();
    }
}

/// What somebody of the server has written, as a message that shows the same characters, with its links as they are: to be clicked, and
/// never under another name. None unfolds into a preview.
#[must_use]
pub fn as_written(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, from) = rest.split_at(start);
        let end = from.find(|letter: char| letter.is_whitespace() || "<>\"|`".contains(letter)).unwrap_or(from.len());
        // A mark at its end belongs to the sentence, and is escaped with what stands behind it.
        let bare = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '*', '_', '~', '\'']);
        written.push_str(&escape_inside(before));
        match address(bare) {
            Some(address) if !bare.ends_with("//") => written.extend(["<", &address, ">"]),
            _ => written.push_str(&escape_inside(bare)),
        }
        rest = &from[bare.len()..];
    }
    written.push_str(&escape_inside(rest));
    written
}

/// A part of a text, escaped with the line break at its end.
fn escape_inside(part: &str) -> String {
    let end = if part.ends_with('\n') { "\n" } else { "" };
    format!("{}{end}", escape(part))
}

/// No backslash helps against these behind an "@"; a space of no width does, and in an address its code.
const PINGS_OF_ALL: [&str; 2] = ["everyone", "here"];
const NO_SPACE: char = '\u{200b}';

/// Whether an "@" with that behind it pings all.
fn is_ping(behind: &(impl Iterator<Item = char> + Clone)) -> bool {
    PINGS_OF_ALL.iter().any(|name| behind.clone().take(name.len()).eq(name.chars()))
}

/// `text` on one line, spaces between words only.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `most` characters of `text`; what is cut ends in "…", between words where there are any.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    let at_word = kept.rfind(char::is_whitespace).filter(|at| *at > kept.len() / 2);
    let kept = at_word.and_then(|at| kept.get(..at)).unwrap_or(&kept).trim_end();
    // A backslash left at the end would belong to a mark that was cut off.
    let slashes = kept.chars().rev().take_while(|letter| *letter == '\\').count();
    let kept = if slashes % 2 == 1 { kept.strip_suffix('\\').unwrap_or(kept) } else { kept };
    if most == 0 { String::new() } else { format!("{kept}…") }
}

/// A link that says `title`, or the bare title where `url` is no address of the web.
#[must_use]
pub fn link(title: &str, url: &str) -> String {
    let title = escape(&one_line(title));
    match address(url).filter(|_| !title.is_empty()) {
        Some(address) => format!("[{title}]({address})"),
        None => title,
    }
}

/// The same link, which does not unfold into a preview.
#[must_use]
pub fn quiet_link(title: &str, url: &str) -> String {
    let title = escape(&one_line(title));
    match address(url).filter(|_| !title.is_empty()) {
        Some(address) => format!("[{title}](<{address}>)"),
        None => title,
    }
}

/// An address of the web as it can stand in a link.
fn address(url: &str) -> Option<String> {
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return None;
    }
    let mut address = String::with_capacity(url.len());
    let mut letters = url.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '@' if is_ping(&letters) => address.push_str("%40"),
            '(' => address.push_str("%28"),
            ')' => address.push_str("%29"),
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            '\\' => address.push_str("%5C"),
            _ if letter.is_whitespace() || letter.is_control() => address.push_str("%20"),
            _ => address.push(letter),
        }
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn layout_mentions_and_links_become_plain_text() {
        for (text, escaped) in [
            ("Yes, with *care*.", r"Yes, with \*care\*."),
            ("injection_im ~ `x` ||y||", r"injection\_im \~ \`x\` \|\|y\|\|"),
            ("# Big", r"\# Big"),
            ("  > quoted", r"  \> quoted"),
            ("-# small", r"\-# small"),
            ("- one\n- two", "- one\n- two"),
            ("a > b, #1", "a > b, #1"),
            ("<@1> <#2> <:a:3> a@b.org", r"\<@1> \<#2> \<:a:3> a@b.org"),
            ("@everyone @here", "@\u{200b}everyone @\u{200b}here"),
            ("see https://example.org/a", r"see https:\//example.org/a"),
            ("[x](y)", r"\[x\](y)"),
            (r"a\b", r"a\\b"),
        ] {
            assert_eq!(escape(text), escaped, "{text:?}");
        }
    }

    #[test]
    fn what_somebody_wrote_keeps_its_links_as_they_are() {
        for (text, written) in [
            ("See https://example.org/a_b?x=1.", "See <https://example.org/a_b?x=1>."),
            ("[free](https://evil.example) *now*", r"\[free\](<https://evil.example>) \*now\*"),
            ("http://a.org, http://b.org\nx", "<http://a.org>, <http://b.org>\nx"),
            ("https:// <https://a.org>", r"https:\// \<<https://a.org>\>"),
            ("https://a.org/@everyone @here", "<https://a.org/%40everyone> @\u{200b}here"),
            ("https://a.org:\u{c}//b.org", r"<https://a.org>:\//b.org"),
            ("no link", "no link"),
        ] {
            assert_eq!(as_written(text), written, "{text:?}");
        }
    }

    #[test]
    fn a_cut_falls_between_words_and_off_escapes() {
        assert_eq!(cut("one two three", 13), "one two three");
        assert_eq!(cut("one two three", 12), "one two…");
        assert_eq!(cut("abcdefgh", 5), "abcd…");
        assert_eq!(cut(r"abc\*def", 5), "abc…");
        assert_eq!(cut(r"ab\\cdef", 5), r"ab\\…");
    }

    #[test]
    fn a_link_leads_to_the_web_or_nowhere() {
        assert_eq!(link("A [b]", "https://e.org/a_(b) c"), r"[A \[b\]](https://e.org/a_%28b%29%20c)");
        assert_eq!(link("Title", "javascript:alert(1)"), "Title");
        assert_eq!(quiet_link("A [b]", "https://e.org/a_(b)"), r"[A \[b\]](<https://e.org/a_%28b%29>)");
        assert_eq!(quiet_link("Title](", "mailto:x"), r"Title\](");
        assert_eq!(link("A", "https://e.org/@here/@b"), "[A](https://e.org/%40here/@b)", "it would ping all who are there");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_cut_text_is_never_longer(text in "\\PC{0,200}", most in 0_usize..100) {
            prop_assert!(cut(&escape(&text), most).chars().count() <= most);
        }
    }
}
