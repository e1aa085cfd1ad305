//! `entries/*.toml`.

use super::facets::{plain, values};
use super::{CONFIDENCES, id, long_ago};
use crate::knowledge::reading::Fields;
use crate::knowledge::{AsOf, CaveatId, Confidence, Entry, EntryId, FacetId, Knowledge, Past, PictureId, SourceId, TableId, TopicId};

/// Reads the entries of one file.
pub(super) fn read(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    for value in fields.tables("entry") {
        let Some(mut entry) = Fields::open_value(fields.document(), value, "entry") else { continue };
        let read = read_entry(&mut entry);
        if let Some(earlier) = knowledge.entry(read.id.as_str()) {
            let what = format!("the id is used already at {}", earlier.place);
            entry.fault("id", what, "give one of the two entries another id");
        }
        entry.finish();
        knowledge.entries.push(read);
    }
}

fn read_entry(entry: &mut Fields<'_, '_, '_>) -> Entry {
    let id = id(entry);
    let ask = plain(entry.texts("ask"));
    let sources = plain(entry.texts("sources"));
    if sources.is_empty() {
        entry.fault("sources", "`sources` is empty", "name at least one source by its id");
    }
    let as_of = date(entry, "as_of");
    let review_by = date(entry, "review_by").first_day();
    Entry {
        id: EntryId::from(id.as_str()),
        topic: TopicId::from(entry.text("topic").as_str()),
        question: entry.text("question"),
        ask,
        facets: values(entry, "facets"),
        needs: facets(entry, "needs"),
        across: facets(entry, "across"),
        compares: facets(entry, "compares"),
        table: entry.optional_text("table").map(|table| TableId::from(table.as_str())),
        answer: entry.text("answer"),
        detail: entry.optional_text("detail").filter(|detail| !detail.is_empty()),
        with_rows: entry.optional_text("with_rows").filter(|template| !template.is_empty()),
        picture: entry.optional_text("picture").map(|picture| PictureId::from(picture.as_str())),
        caveats: plain(entry.texts("caveats")).iter().map(|caveat| CaveatId::from(caveat.as_str())).collect(),
        sources: sources.iter().map(|source| SourceId::from(source.as_str())).collect(),
        as_of,
        review_by,
        confidence: entry.choice("confidence", CONFIDENCES).unwrap_or(Confidence::High),
        closer: entry.optional_text("closer").map(|closer| EntryId::from(closer.as_str())),
        related: plain(entry.texts("related")).iter().map(|related| EntryId::from(related.as_str())).collect(),
        history: history(entry),
        place: entry.place(),
    }
}

fn facets(entry: &mut Fields<'_, '_, '_>, key: &'static str) -> Vec<FacetId> {
    plain(entry.texts(key)).iter().map(|facet| FacetId::from(facet.as_str())).collect()
}

fn history(entry: &mut Fields<'_, '_, '_>) -> Vec<Past> {
    let mut history = Vec::new();
    for value in entry.tables("history") {
        let Some(mut past) = Fields::open_value(entry.document(), value, "history") else { continue };
        let as_of = date(&mut past, "as_of");
        history.push(Past { as_of, says: past.text("says"), source: SourceId::from(past.text("source").as_str()) });
        past.finish();
    }
    history
}

fn date(fields: &mut Fields<'_, '_, '_>, key: &'static str) -> AsOf {
    let date = fields.as_of(key);
    if date.is_none() && !fields.has(key) {
        fields.fault(key, format!("`{key}` is missing"), format!("add {key} = 2026-11-21"));
    }
    date.unwrap_or_else(long_ago)
}
