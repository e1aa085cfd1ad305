//! Which tile is in which class.

use std::collections::BTreeMap;

use minijinja::Value;

use super::super::compose::Composer;
use super::super::functions::join_and;
use super::{Class, Drawing, Drawn, Map, MapTile, Meaning, SHADES};
use crate::knowledge::pictures::{ClassSketch, Classes, MapSketch, NamedClass, Sketch};
use crate::knowledge::{Cell, Entry, Facet, FacetId, FacetValue, Knowledge, Row, Table, ValueId, Values};

/// The rows of each tile's value.
type RowsByValue<'table> = BTreeMap<&'table ValueId, Vec<&'table Row>>;

/// The values that a map holds still, by key: all keys of its table but the facet it shows.
type Fixed<'table> = BTreeMap<&'table FacetId, Vec<ValueId>>;

/// Classes with the values in each.
type Classed<'knowledge> = Vec<(Class, Vec<&'knowledge FacetValue>)>;

/// What a map is drawn on.
pub(super) struct Ground<'knowledge> {
    table: &'knowledge Table,
    facet: &'knowledge Facet,
    fixed: Fixed<'knowledge>,
    rows: RowsByValue<'knowledge>,
    /// What the tiles stand for.
    tiles: Vec<&'knowledge FacetValue>,
    /// How many rows a tile has of which everything is known.
    each: usize,
}

/// What a tile is, as the choices of its rows have it.
#[derive(Clone, Copy, PartialEq)]
enum Chosen {
    /// Of that class.
    Class(usize),
    /// Its rows differ.
    Mixed,
    /// Nothing is known.
    Missing,
}

impl Ground<'_> {
    /// The tile by a column of choices, in classes by the values that each is for.
    fn chosen(&self, value: &FacetValue, column: &str, named: &[NamedClass]) -> Chosen {
        let class = |row: &&Row| match self.table.cell(row, column) {
            Some(Cell::Text(text)) => named.iter().position(|(values, ..)| values.contains(text)),
            _ => None,
        };
        let rows = self.rows.get(&value.id).map_or(&[][..], Vec::as_slice);
        match rows.first().and_then(class) {
            None => Chosen::Missing,
            Some(first) if rows.len() == self.each && rows.iter().all(|row| class(row) == Some(first)) => Chosen::Class(first),
            Some(_) => Chosen::Mixed,
        }
    }
}

impl Composer {
    /// The map of a sketch; none where there is no ground for one.
    pub(super) fn map<'knowledge>(
        &self,
        knowledge: &'knowledge Knowledge,
        (sketch, map): (&Sketch, &'knowledge MapSketch),
        entry: &Entry,
        facets: &Values,
    ) -> Result<Option<Drawn<'knowledge>>, minijinja::Error> {
        let Some(ground) = self.ground(knowledge, map, entry, facets) else { return Ok(None) };
        let classed = self.classed(&ground, sketch, map)?;
        let Ground { facet, fixed, rows, tiles, .. } = ground;
        let named = facets.get(&facet.id).map_or(&[][..], Vec::as_slice);
        let drawn = fixed.iter().map(|(key, values)| (key.to_string(), Value::from(self.together(key, values))));
        let outlined = tiles.iter().filter(|value| named.contains(&value.id)).map(|value| Value::from(value.name.as_str()));
        let seen = vec![("classes", seen(&classed)), ("drawn", Value::from_pairs(drawn)), ("outlined", outlined.collect())];
        Ok(Some(Drawn { drawing: Drawing::Map(finished(facet, classed, named)), seen, rows: rows.into_values().flatten().collect() }))
    }

    /// What the map of a sketch is drawn on; none where the question leaves a key open, too little is known, or a tile has several rows that
    /// the map has no class for.
    pub(super) fn ground<'knowledge>(
        &self,
        knowledge: &'knowledge Knowledge,
        map: &'knowledge MapSketch,
        entry: &Entry,
        facets: &Values,
    ) -> Option<Ground<'knowledge>> {
        let table = knowledge.tables.get(&map.table)?;
        let facet = knowledge.facet(map.facet.as_str())?;
        let others = table.keys.iter().filter(|key| **key != map.facet);
        let fixed = others.map(|key| Some((key, self.covers().wanted(key, entry, facets)?))).collect::<Option<Fixed<'_>>>()?;
        let each = fixed.values().map(Vec::len).product();
        let rows = rows_by_value(table, &facet.id, &fixed);
        let tiles: Vec<&FacetValue> = facet.values.iter().filter(|value| value.tile.is_some()).collect();
        let enough = tiles.iter().filter(|value| rows.contains_key(&value.id)).count() >= map.least;
        let ground = Ground { table, facet, fixed, rows, tiles, each };
        let has_classes = match &map.classes {
            Classes::Quantiles { .. } => each == 1,
            Classes::Choices { mixed: Some(_), .. } => true,
            Classes::Choices { mixed: None, named } => {
                ground.tiles.iter().all(|value| ground.chosen(value, &map.value, named) != Chosen::Mixed)
            }
        };
        (enough && has_classes).then_some(ground)
    }

    /// What several values of a facet are called together.
    fn together(&self, facet: &FacetId, values: &[ValueId]) -> String {
        if let Some(wide) = self.covers().wide(facet, values) {
            return self.templates().name(facet, wide).to_owned();
        }
        join_and(&values.iter().map(|value| self.templates().name(facet, value)).collect::<Vec<_>>())
    }

    /// Every tile in its class.
    fn classed<'knowledge>(
        &self,
        ground: &Ground<'knowledge>,
        sketch: &Sketch,
        map: &MapSketch,
    ) -> Result<Classed<'knowledge>, minijinja::Error> {
        match &map.classes {
            Classes::Quantiles { .. } => {
                let number = |value: &FacetValue| match ground.table.cell(ground.rows.get(&value.id)?.first()?, &map.value)? {
                    Cell::Number(number) => Some(*number),
                    _ => None,
                };
                self.shades(sketch, &map.missing, ground.tiles.iter().map(|value| (*value, number(value))).collect())
            }
            Classes::Choices { named, mixed } => {
                let mut classed: Classed<'knowledge> =
                    named.iter().map(|(_, tone, class)| (empty(class, Meaning::Tone(*tone)), Vec::new())).collect();
                classed.extend(mixed.iter().map(|mixed| (empty(mixed, Meaning::Mixed), Vec::new())));
                classed.push((empty(&map.missing, Meaning::Missing), Vec::new()));
                for value in &ground.tiles {
                    let class = match ground.chosen(value, &map.value, named) {
                        Chosen::Class(class) => class,
                        Chosen::Mixed => named.len(),
                        Chosen::Missing => classed.len() - 1,
                    };
                    classed[class].1.push(*value);
                }
                Ok(classed)
            }
        }
    }

    /// Numbers by quantiles, the highest first; equal numbers are in one class.
    fn shades<'knowledge>(
        &self,
        sketch: &Sketch,
        missing: &ClassSketch,
        tiles: Vec<(&'knowledge FacetValue, Option<f64>)>,
    ) -> Result<Classed<'knowledge>, minijinja::Error> {
        let numbers: Vec<f64> = tiles.iter().filter_map(|(_, number)| *number).collect();
        let mut shades: [Vec<(f64, &FacetValue)>; SHADES] = Default::default();
        let mut without = Vec::new();
        for (value, number) in tiles {
            match number {
                Some(number) => {
                    let lower = numbers.iter().filter(|other| **other < number).count();
                    shades[lower * SHADES / numbers.len()].push((number, value));
                }
                None => without.push(value),
            }
        }
        let mut classed = Classed::new();
        for (shade, members) in shades.into_iter().enumerate().rev().filter(|(_, members)| !members.is_empty()) {
            let lowest = members.iter().map(|(number, _)| *number).fold(f64::INFINITY, f64::min);
            let highest = members.iter().map(|(number, _)| *number).fold(f64::NEG_INFINITY, f64::max);
            let (lowest, highest) = (self.figure(sketch, lowest)?.text, self.figure(sketch, highest)?.text);
            let label = if lowest == highest { lowest } else { format!("{lowest}–{highest}") };
            let letter = ('A'..).nth(classed.len()).unwrap_or_default();
            let class = empty(&ClassSketch { letter, label }, Meaning::Shade(shade));
            classed.push((class, members.into_iter().map(|(_, value)| value).collect()));
        }
        classed.push((empty(missing, Meaning::Missing), without));
        Ok(classed)
    }
}

fn rows_by_value<'table>(table: &'table Table, shown: &FacetId, fixed: &Fixed<'_>) -> RowsByValue<'table> {
    let mut rows = RowsByValue::new();
    let Some(shown) = table.keys.iter().position(|key| key == shown) else { return rows };
    let wanted: Vec<(usize, &Vec<ValueId>)> = table.keys.iter().enumerate().filter_map(|(at, key)| Some((at, fixed.get(key)?))).collect();
    for row in &table.rows {
        if wanted.iter().all(|(at, wanted)| wanted.contains(&row.keys[*at])) {
            rows.entry(&row.keys[shown]).or_default().push(row);
        }
    }
    rows
}

/// A class that nothing is in so far.
fn empty(sketch: &ClassSketch, meaning: Meaning) -> Class {
    Class { letter: sketch.letter, label: sketch.label.clone(), count: 0, meaning }
}

/// The classes that have a tile, as a template sees them.
fn seen(classed: &Classed<'_>) -> Value {
    let filled = classed.iter().filter(|(_, values)| !values.is_empty());
    let class = |(class, values): &(Class, Vec<&FacetValue>)| {
        Value::from_pairs([
            ("letter", Value::from(class.letter.to_string())),
            ("label", Value::from(class.label.as_str())),
            ("names", values.iter().map(|value| Value::from(value.name.as_str())).collect()),
        ])
    };
    filled.map(class).collect()
}

/// The map of the classes that have a tile.
fn finished(facet: &Facet, classed: Classed<'_>, named: &[ValueId]) -> Map {
    let mut map = Map { tiles: Vec::with_capacity(facet.values.len()), classes: Vec::new() };
    for (class, values) in classed.into_iter().filter(|(_, values)| !values.is_empty()) {
        let index = map.classes.len();
        map.classes.push(Class { count: values.len(), ..class });
        map.tiles.extend(values.into_iter().filter_map(|value| {
            let (label, outlined) = (value.id.to_string(), named.contains(&value.id));
            Some(MapTile { label, at: value.tile?, class: index, outlined })
        }));
    }
    map.tiles.sort_by_key(|tile| (tile.at.row, tile.at.column));
    map
}
