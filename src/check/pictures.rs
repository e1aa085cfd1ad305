//! Rules on pictures.

use std::collections::BTreeSet;

use super::Subject;
use super::texts::failed;
use crate::answer::picture::LONGEST_ALT;
use crate::knowledge::pictures::{Sketch, SketchKind};
use crate::knowledge::{Entry, Fault, Knowledge, Values};

/// Every picture of every entry that names it: its templates render, and its words fit. One fault a picture is enough.
pub(super) fn pictures(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let knowledge = subject.engine.knowledge();
    let mut failing = BTreeSet::new();
    let mut tried = BTreeSet::new();
    for entry in &knowledge.entries {
        let Some(sketch) = entry.picture.as_ref().and_then(|picture| knowledge.pictures.get(picture)) else { continue };
        for facets in questions(knowledge, entry, sketch) {
            // Bars depend on what is named alone: what one entry has tried, others need not.
            let new = matches!(sketch.kind, SketchKind::Map(_)) || tried.insert((&sketch.id, facets.clone()));
            if !new || failing.contains(&sketch.id) {
                continue;
            }
            let what = format!("entry {}: the picture {}", entry.id, sketch.id);
            match subject.engine.try_picture(entry, &facets, &subject.view()) {
                Err(error) => faults.push(failed(&sketch.place, &what, &error)),
                Ok(Some(picture)) if picture.alt.ends_with('…') => {
                    let what = format!("{what}: `alt` is longer than {LONGEST_ALT} characters");
                    faults.push(Fault::error(sketch.place.clone(), what, "say it in fewer words"));
                }
                Ok(_) => continue,
            }
            failing.insert(&sketch.id);
        }
    }
}

/// What a question may name that changes the picture: nothing, one of the entry's own values, one row.
fn questions(knowledge: &Knowledge, entry: &Entry, sketch: &Sketch) -> Vec<Values> {
    let mut questions = vec![Values::new()];
    match &sketch.kind {
        SketchKind::Map(_) => {
            let own = entry.facets.iter().flat_map(|(facet, values)| values.iter().map(move |value| (facet.clone(), vec![value.clone()])));
            questions.extend(own.map(|named| Values::from([named])));
        }
        SketchKind::Bars(bars) => {
            for table in bars.tables.iter().filter_map(|table| knowledge.tables.get(table)) {
                questions.extend(table.rows.iter().map(|row| table.values(row)));
            }
        }
    }
    questions
}
