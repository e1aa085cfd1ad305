//! `guards.toml`: lists and patterns, each of them tried as a regular expression.

use super::facets::plain;
use super::{id, long_ago, required};
use crate::knowledge::patterns::{Lists, Unreadable};
use crate::knowledge::reading::{Document, Fields, Placed};
use crate::knowledge::{Fault, Guard, GuardId, GuardOutcome, Knowledge, SourceId};

/// Reads the guards.
pub(super) fn read(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    let lists = lists(fields);
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
            yields: guard.flag("yields", false),
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
    knowledge.lists = lists;
}

/// The lists. Each wording is tried by itself, so that a fault is told where it stands.
fn lists(fields: &mut Fields<'_, '_, '_>) -> Lists {
    let written = fields.text_lists("lists");
    let texts = |words: &[Placed<String>]| words.iter().map(|word| word.value.clone()).collect();
    let lists = Lists::new(written.iter().map(|(name, words)| (name.clone(), texts(words))).collect());
    for word in written.values().flatten() {
        is_readable(fields.document(), &lists, word);
    }
    lists
}

fn patterns(guard: &mut Fields<'_, '_, '_>, key: &'static str, lists: &Lists) -> Vec<String> {
    let mut patterns = guard.texts(key);
    patterns.retain(|pattern| is_readable(guard.document(), lists, pattern));
    plain(patterns)
}

/// Whether a pattern can be read; tells of it if not.
fn is_readable(document: &mut Document<'_>, lists: &Lists, written: &Placed<String>) -> bool {
    let (what, mend) = match lists.prove(&written.value) {
        Ok(()) => return true,
        Err(Unreadable::NoExpression(error)) => (
            format!("`{}` is no regular expression: {error}", written.value),
            "see https://docs.rs/regex for what is understood".to_owned(),
        ),
        Err(error) => {
            let known = lists.names().collect::<Vec<_>>().join(", ");
            (format!("`{}`: {error}", written.value), format!("add it to [lists], or use one of: {known}"))
        }
    };
    document.report(Fault::error(written.place.clone(), what, mend));
    false
}
