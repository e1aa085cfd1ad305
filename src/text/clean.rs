//! Takes out what is markup rather than words: Discord mentions and emoji, links, code fences, terminal codes.

use std::sync::LazyLock;

use regex::Regex;

use super::MOST_CHARACTERS;

/// What is taken out, in this order, and what stands in its place.
static RULES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        // Terminal colour codes, pasted from a shell.
        (r"\x1b\[[0-9;?]*[A-Za-z]", " "),
        // Mentions of users, roles, channels and commands, custom emoji, timestamps: https://docs.discord.com/developers/reference#message-formatting
        (r"<(?:@[!&]?[0-9]+|#[0-9]+|/[^>]{1,100}:[0-9]+|a?:[A-Za-z0-9_]{1,40}:[0-9]+|t:-?[0-9]+(?::[tTdDfFR])?|id:[a-z]+)>", " "),
        // A masked link keeps its label.
        (r"\[([^\]\n]{1,200})\]\(<?https?://[^)\s]+>?\)", "$1"),
        (r"https?://\S+", " "),
        // Pings that are words in Discord.
        (r"@(?:everyone|here)\b", " "),
    ]
    .map(|(pattern, instead)| (compile(pattern), instead))
    .into()
});

static CODE: LazyLock<Regex> = LazyLock::new(|| compile(r"(?s)```.*?```|`[^`\n]*`"));

#[expect(clippy::expect_used, reason = "the patterns are constants, and a test compiles each of them")]
fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern is a regular expression")
}

/// The text without markup, at most [`MOST_CHARACTERS`] of it.
///
/// Code is taken out too, unless nothing else is left: then somebody has put the question itself in a code block.
#[must_use]
pub fn clean(raw: &str) -> String {
    let short = raw.char_indices().nth(MOST_CHARACTERS).map_or(raw, |(end, _)| &raw[..end]);
    let mut text = short.to_owned();
    if short.contains('`') {
        let without = CODE.replace_all(&text, " ");
        text = if without.chars().any(char::is_alphanumeric) { without.into_owned() } else { text.replace('`', " ") };
    }
    for (pattern, instead) in RULES.iter() {
        if pattern.is_match(&text) {
            text = pattern.replace_all(&text, *instead).into_owned();
        }
    }
    text.retain(|letter| !matches!(letter, '*' | '~' | '|' | '>' | '#' | '\\'));
    text.replace("__", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        for (raw, words) in [
            ("<@1098237465> can **MAs** give shots", "can MAs give shots"),
            ("<a:wave:123> hi <#42> at <t:1700000000:R>", "hi at"),
            ("see [this page](https://example.org) ok", "see this page ok"),
            ("||secret|| ~~old~~ __new__", "secret old new"),
            ("```\nwhat is a CMA\n```", "what is a CMA"),
            ("look: ```rust\nfn main() {}\n``` what is a CMA", "look: what is a CMA"),
            ("@everyone pay?", "pay?"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
        ] {
            let cleaned = clean(raw);
            assert_eq!(cleaned.split_whitespace().collect::<Vec<_>>().join(" "), words, "from {raw:?}");
        }
    }

    #[test]
    fn an_endless_text_is_cut() {
        assert!(clean(&"a".repeat(50_000)).chars().count() <= MOST_CHARACTERS);
    }
}
