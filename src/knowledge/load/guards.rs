//! `guards.toml`: patterns with named lists filled in, each of them tried as a regular expression.

use std::collections::BTreeMap;

use super::facets::plain;
use super::{id, long_ago, required};
use crate::knowledge::reading::{Document, Fields, Placed};
use crate::knowledge::{Fault, Guard, GuardId, GuardOutcome, Knowledge, SourceId};

/// Reads the guards.
pub(super) fn read(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    let lists: BTreeMap<String, String> = fields
        .text_lists("lists")
        .into_iter()
        .map(|(name, mut words)| {
            // The longest wording first: an alternation takes the first branch that fits.
            words.sort_by_key(|word| std::cmp::Reverse(word.value.len()));
            words.retain(|word| is_regular(fields.document(), word, &word.value));
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
        let (mut text, mut bare) = (pattern.value.clone(), pattern.value.clone());
        for (name, branches) in lists {
            let name = format!("<{name}>");
            text = text.replace(&name, branches);
            // Each list is tried by itself, once, and not again with every pattern: they are long.
            bare = bare.replace(&name, "(?:)");
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
        if is_regular(guard.document(), &pattern, &bare) {
            filled.push(text);
        }
    }
    filled
}

/// Whether what was written can be read as a regular expression; tells of it if not.
fn is_regular(document: &mut Document<'_>, written: &Placed<String>, expression: &str) -> bool {
    let read = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(expression);
    if let Err(error) = &read {
        let what = format!("`{}` is no regular expression: {error}", written.value);
        document.report(Fault::error(written.place.clone(), what, "see https://docs.rs/regex for what is understood"));
    }
    read.is_ok()
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
