//! `guards.toml`: patterns with named lists filled in, each of them tried as a regular expression.

use std::collections::BTreeMap;

use super::facets::plain;
use super::{id, long_ago, required};
use crate::knowledge::reading::Fields;
use crate::knowledge::{Guard, GuardId, GuardOutcome, Knowledge, SourceId};

/// Reads the guards.
pub(super) fn read(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    let lists: BTreeMap<String, String> = fields
        .text_lists("lists")
        .into_iter()
        .map(|(name, mut words)| {
            // The longest wording first: an alternation takes the first branch that fits.
            words.sort_by_key(|word| std::cmp::Reverse(word.value.len()));
            let branches = words.iter().map(|word| word.value.as_str()).collect::<Vec<_>>();
            (name, format!("(?:{})", branches.join("|")))
        })
        .collect();
    for value in fields.tables("guard") {
        let Some(mut guard) = Fields::open_value(fields.document(), value, "guard") else { continue };
        let id = GuardId::from(id(&mut guard).as_str());
        let outcome = required(&mut guard, "outcome", &[("safety", GuardOutcome::Safety), ("no_match", GuardOutcome::NoMatch)]);
        let patterns = patterns(&mut guard, "patterns", &lists);
        if patterns.is_empty() {
            guard.fault("patterns", "`patterns` is empty", "add at least one pattern");
        }
        let unless = self::patterns(&mut guard, "unless", &lists);
        let unasked = self::patterns(&mut guard, "unasked", &lists);
        knowledge.guards.push(Guard {
            id,
            outcome: outcome.unwrap_or(GuardOutcome::Safety),
            text: guard.translated("text"),
            patterns,
            unless,
            unasked,
            examples: plain(guard.texts("examples")),
            foreign_examples: plain(guard.texts("foreign_examples")),
            passes: plain(guard.texts("passes")),
            source: guard.optional_text("source").map(|source| SourceId::from(source.as_str())),
            as_of: guard.as_of("as_of").unwrap_or_else(long_ago),
            place: guard.place(),
        });
        if !guard.has("as_of") {
            guard.fault("as_of", "`as_of` is missing", "add when the text was last true");
        }
        guard.finish();
    }
}

fn patterns(guard: &mut Fields<'_, '_, '_>, key: &'static str, lists: &BTreeMap<String, String>) -> Vec<String> {
    let mut filled = Vec::new();
    for pattern in guard.texts(key) {
        let mut text = pattern.value.clone();
        for (name, branches) in lists {
            text = text.replace(&format!("<{name}>"), branches);
        }
        if let Some(unknown) = unfilled(&text) {
            let known = lists.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            guard.fault(
                key,
                format!("`{}` uses a list <{unknown}> that does not exist", pattern.value),
                format!("add it to [lists], or use one of: {known}"),
            );
            continue;
        }
        match regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(&text) {
            Ok(_) => filled.push(text),
            Err(error) => guard.fault(
                key,
                format!("`{}` is no regular expression: {error}", pattern.value),
                "see https://docs.rs/regex for what is understood",
            ),
        }
    }
    filled
}

/// A list left over in a pattern: `<name>`, but not the `(?P<name>` of a group.
fn unfilled(pattern: &str) -> Option<&str> {
    let (before, rest) = pattern.split_once('<')?;
    let (name, after) = rest.split_once('>')?;
    if before.ends_with("(?P") || before.ends_with("(?") || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        return unfilled(after);
    }
    Some(name)
}
