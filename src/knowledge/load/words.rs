//! `vocabulary.toml` and `asides.toml`.

use super::facets::plain;
use super::{id, required};
use crate::knowledge::reading::Fields;
use crate::knowledge::{Aside, AsideOutcome, EntryId, Knowledge, Vocabulary};

/// Reads the vocabulary.
pub(super) fn vocabulary(fields: &mut Fields<'_, '_, '_>) -> Vocabulary {
    let mut vocabulary = Vocabulary {
        keep: plain(fields.texts("keep")),
        ignore: plain(fields.texts("ignore")),
        subject: plain(fields.texts("subject")),
        ..Vocabulary::default()
    };
    for value in fields.tables("same") {
        let Some(mut same) = Fields::open_value(fields.document(), value, "same") else { continue };
        let word = same.text("word");
        vocabulary.same.push((word, plain(same.texts("means"))));
        same.finish();
    }
    for (short, long) in fields.text_lists("shorthand") {
        match long.as_slice() {
            [long] => vocabulary.shorthand.push((short, long.value.clone())),
            _ => fields.fault("shorthand", format!("`{short}` must have one long form"), "write \"b4\" = \"before\""),
        }
    }
    vocabulary
}

/// Reads the asides.
pub(super) fn asides(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    for value in fields.tables("aside") {
        let Some(mut aside) = Fields::open_value(fields.document(), value, "aside") else { continue };
        let id = id(&mut aside);
        let outcome = required(&mut aside, "outcome", &[("clarify", AsideOutcome::Clarify), ("no_match", AsideOutcome::NoMatch)]);
        let choices: Vec<EntryId> = plain(aside.texts("choices")).iter().map(|choice| EntryId::from(choice.as_str())).collect();
        if outcome == Some(AsideOutcome::Clarify) && !(2..=5).contains(&choices.len()) {
            aside.fault("choices", "an aside that asks back needs 2 to 5 choices", "name entries to choose from");
        }
        knowledge.asides.push(Aside {
            id,
            outcome: outcome.unwrap_or(AsideOutcome::NoMatch),
            ask: plain(aside.texts("ask")),
            text: aside.translated("text"),
            choices,
            place: aside.place(),
        });
        aside.finish();
    }
}
