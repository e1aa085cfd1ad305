//! `facets/*.toml`.

use std::collections::BTreeSet;

use super::id;
use crate::knowledge::reading::{Fields, Placed};
use crate::knowledge::{Facet, FacetId, FacetValue, Knowledge, ValueId, Values};

/// Reads one facet with its values.
pub(super) fn read(fields: &mut Fields<'_, '_, '_>, knowledge: &mut Knowledge) {
    let Some(table) = fields.table("facet") else {
        fields.fault("facet", "the table [facet] is missing", "add [facet] with id and name");
        return;
    };
    let Some(mut head) = Fields::open_value(fields.document(), table, "facet") else { return };
    let mut facet = Facet {
        id: FacetId::from(id(&mut head).as_str()),
        name: head.text("name"),
        introduced_by: plain(head.texts("introduced_by")),
        followed_by: plain(head.texts("followed_by")),
        stems: head.flag("stems", false),
        stand_in: head.flag("stand_in", false),
        first: plain(head.texts("first")).iter().map(|first| ValueId::from(first.as_str())).collect(),
        given_only: head.flag("given_only", false),
        prompt: head.optional_text("prompt").filter(|prompt| !prompt.is_empty()),
        values: Vec::new(),
        place: head.place(),
    };
    if knowledge.facet(facet.id.as_str()).is_some() {
        head.fault("id", "another file defines this facet", "put all values of a facet into one file");
    }
    head.finish();
    let mut seen = BTreeSet::new();
    for value in fields.tables("value") {
        let Some(mut value) = Fields::open_value(fields.document(), value, "value") else { continue };
        let id = id(&mut value);
        if !seen.insert(id.clone()) {
            value.fault("id", "this facet has the value twice", "join the two");
        }
        facet.values.push(FacetValue {
            id: ValueId::from(id.as_str()),
            name: value.text("name"),
            code: value.optional_text("code"),
            aliases: plain(value.texts("aliases")),
            in_context: plain(value.texts("in_context")),
            implies: values(&mut value, "implies"),
            covers: value.texts("covers").into_iter().map(|covered| ValueId::from(covered.value.as_str())).collect(),
            place: value.place(),
        });
        value.finish();
    }
    knowledge.facets.push(facet);
}

/// Facet values by facet, under `key`.
pub(super) fn values(fields: &mut Fields<'_, '_, '_>, key: &'static str) -> Values {
    fields
        .text_lists(key)
        .into_iter()
        .map(|(facet, values)| {
            let values = values.iter().map(|value| ValueId::from(value.value.as_str())).collect();
            (FacetId::from(facet.as_str()), values)
        })
        .collect()
}

/// Texts without their places.
pub(super) fn plain(texts: Vec<Placed<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}
