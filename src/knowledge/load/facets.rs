//! `facets/*.toml`.

use std::collections::BTreeSet;

use super::id;
use crate::knowledge::reading::{Fields, Placed};
use crate::knowledge::{Facet, FacetId, FacetValue, Knowledge, Tile, ValueId, Values};

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
        prompt: head.optional_translated("prompt").filter(|prompt| !prompt.is_empty()),
        home: head.flag("home", false),
        everywhere: plain(head.texts("everywhere")),
        values: Vec::new(),
        place: head.place(),
    };
    if knowledge.facet(facet.id.as_str()).is_some() {
        head.fault("id", "another file defines this facet", "put all values of a facet into one file");
    }
    head.finish();
    let mut seen = BTreeSet::new();
    let mut tiles = BTreeSet::new();
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
            tile: tile(&mut value, &mut tiles),
            place: value.place(),
        });
        value.finish();
    }
    knowledge.facets.push(facet);
}

/// The place of a value on a map of tiles, if given; no two values stand on the same one.
fn tile(value: &mut Fields<'_, '_, '_>, taken: &mut BTreeSet<Tile>) -> Option<Tile> {
    let [column, row] = value.wholes("tile")?.try_into().unwrap_or([0, 0]);
    let within = |at: usize| u8::try_from(at).ok().filter(|at| (1..=Tile::MOST).contains(at));
    let (Some(column), Some(row)) = (within(column), within(row)) else {
        let mend = format!("write tile = [column, row], each from 1 to {}", Tile::MOST);
        value.fault("tile", "`tile` is no place on a map", mend);
        return None;
    };
    let tile = Tile { column, row };
    if !taken.insert(tile) {
        value.fault("tile", "another value stands on this tile", "give one of the two another place");
    }
    Some(tile)
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
    // Collected in place they would keep the room of their places for as long as the knowledge is there.
    let mut plain = Vec::with_capacity(texts.len());
    plain.extend(texts.into_iter().map(|text| text.value));
    plain
}
