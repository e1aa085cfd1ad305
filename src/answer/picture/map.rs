//! Which tile is in which class.

use std::collections::BTreeMap;

use minijinja::Value;

use super::super::compose::Composer;
use super::super::functions::join_and;
use super::{Class, Drawing, Drawn, Map, MapTile, Meaning, SHADES};
use crate::knowledge::pictures::{ClassSketch, Classes, MapSketch, Sketch};
use crate::knowledge::{Cell, Entry, Facet, FacetId, FacetValue, Knowledge, Row, Table, ValueId, Values};

/// The rows of each tile's value.
type RowsByValue<'table> = BTreeMap<&'table ValueId, Vec<&'table Row>>;

/// The values that a map holds still, by key: all keys of its table but the facet it shows.
type Fixed<'table> = BTreeMap<&'table FacetId, Vec<ValueId>>;

/// Classes with the values in each.
type Classed<'knowledge> = Vec<(Class, Vec<&'knowledge FacetValue>)>;

impl Composer {
    /// The map of a sketch; none where the question leaves a key open, or too little is known.
    pub(super) fn map<'knowledge>(
        &self,
        knowledge: &'knowledge Knowledge,
        (sketch, map): (&Sketch, &MapSketch),
        entry: &Entry,
        facets: &Values,
    ) -> Result<Option<Drawn<'knowledge>>, minijinja::Error> {
        let Some((table, facet)) = knowledge.tables.get(&map.table).zip(knowledge.facet(map.facet.as_str())) else { return Ok(None) };
        let others = table.keys.iter().filter(|key| **key != map.facet);
        let Some(fixed) = others.map(|key| Some((key, self.covers().wanted(key, entry, facets)?))).collect::<Option<Fixed<'_>>>() else {
            return Ok(None);
        };
        let rows = rows_by_value(table, &facet.id, &fixed);
        let tiles: Vec<&FacetValue> = facet.values.iter().filter(|value| value.tile.is_some()).collect();
        if tiles.iter().filter(|value| rows.contains_key(&value.id)).count() < map.least {
            return Ok(None);
        }
        let each = fixed.values().map(Vec::len).product();
        let Some(classed) = self.classed(table, (sketch, map), &tiles, &rows, each)? else { return Ok(None) };
        let named = facets.get(&facet.id).map_or(&[][..], Vec::as_slice);
        let drawn = fixed.iter().map(|(key, values)| (key.to_string(), Value::from(self.together(key, values))));
        let outlined = tiles.iter().filter(|value| named.contains(&value.id)).map(|value| Value::from(value.name.as_str()));
        let seen = vec![("classes", seen(&classed)), ("drawn", Value::from_pairs(drawn)), ("outlined", outlined.collect())];
        Ok(Some(Drawn { drawing: Drawing::Map(finished(facet, classed, named)), seen, rows: rows.into_values().flatten().collect() }))
    }

    /// What several values of a facet are called together.
    fn together(&self, facet: &FacetId, values: &[ValueId]) -> String {
        if let Some(wide) = self.covers().wide(facet, values) {
            return self.templates().name(facet, wide).to_owned();
        }
        join_and(&values.iter().map(|value| self.templates().name(facet, value)).collect::<Vec<_>>())
    }

    /// Every tile in its class. None if a tile has several rows that the map has no class for.
    fn classed<'knowledge>(
        &self,
        table: &Table,
        (sketch, map): (&Sketch, &MapSketch),
        tiles: &[&'knowledge FacetValue],
        rows: &RowsByValue<'_>,
        each: usize,
    ) -> Result<Option<Classed<'knowledge>>, minijinja::Error> {
        match &map.classes {
            Classes::Quantiles { .. } if each > 1 => Ok(None),
            Classes::Quantiles { .. } => {
                let number = |value: &FacetValue| match table.cell(rows.get(&value.id)?.first()?, &map.value)? {
                    Cell::Number(number) => Some(*number),
                    _ => None,
                };
                self.shades(sketch, &map.missing, tiles.iter().map(|value| (*value, number(value))).collect()).map(Some)
            }
            Classes::Choices { named, mixed } => {
                let of_row = |row: &&Row| {
                    let Some(Cell::Text(text)) = table.cell(row, &map.value) else { return None };
                    named.iter().position(|(values, ..)| values.contains(text))
                };
                let mut classed: Classed<'knowledge> =
                    named.iter().map(|(_, tone, class)| (empty(class, Meaning::Tone(*tone)), Vec::new())).collect();
                classed.extend(mixed.iter().map(|mixed| (empty(mixed, Meaning::Mixed), Vec::new())));
                classed.push((empty(&map.missing, Meaning::Missing), Vec::new()));
                for value in tiles {
                    let own = rows.get(&value.id).map_or(&[][..], Vec::as_slice);
                    let first = own.first().and_then(of_row);
                    let class = match first {
                        None => classed.len() - 1,
                        Some(class) if own.len() == each && own.iter().all(|row| of_row(row) == first) => class,
                        Some(_) if mixed.is_some() => named.len(),
                        Some(_) => return Ok(None),
                    };
                    classed[class].1.push(value);
                }
                Ok(Some(classed))
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
