//! Every picture can be drawn from the tables it names.

use std::collections::BTreeSet;

use crate::knowledge::pictures::{BarsSketch, Classes, MapSketch, Sketch, SketchKind};
use crate::knowledge::reading::nearest;
use crate::knowledge::{ColumnKind, Entry, Fault, Knowledge, Place, Table};

/// Reports what stands in the way of a picture. What is named but not there has been reported already.
pub(super) fn check(knowledge: &Knowledge, faults: &mut Vec<Fault>) {
    for sketch in knowledge.pictures.values() {
        let mut subject = Subject { sketch, faults };
        match &sketch.kind {
            SketchKind::Map(map) => subject.map(knowledge, map),
            SketchKind::Bars(bars) => subject.bars(knowledge, bars),
        }
    }
    for entry in &knowledge.entries {
        keys_of_entry(knowledge, entry, faults);
    }
}

/// A map needs a value for each key of its table beside the one that it shows: the entry must be about one or ask for it.
fn keys_of_entry(knowledge: &Knowledge, entry: &Entry, faults: &mut Vec<Fault>) {
    let Some(sketch) = entry.picture.as_ref().and_then(|picture| knowledge.pictures.get(picture)) else { return };
    let SketchKind::Map(map) = &sketch.kind else { return };
    let Some(table) = knowledge.tables.get(&map.table) else { return };
    for key in table.keys.iter().filter(|key| **key != map.facet) {
        if !entry.facets.contains_key(key) && !entry.needs.contains(key) {
            let what = format!("the picture `{}` needs a {key}, and the entry `{}` has none", sketch.id, entry.id);
            let mend = format!("give the entry facets = {{ {key} = [\"…\"] }} or needs = [\"{key}\"], or another picture");
            faults.push(Fault::error(entry.place.clone(), what, mend));
        }
    }
}

/// A picture with the faults found.
struct Subject<'check> {
    sketch: &'check Sketch,
    faults: &'check mut Vec<Fault>,
}

impl Subject<'_> {
    fn fault(&mut self, what: impl AsRef<str>, mend: impl Into<String>) {
        let Sketch { id, place, .. } = self.sketch;
        let place: Place = place.clone();
        self.faults.push(Fault::error(place, format!("picture {id}: {}", what.as_ref()), mend));
    }

    fn map(&mut self, knowledge: &Knowledge, map: &MapSketch) {
        let Some(table) = knowledge.tables.get(&map.table) else { return };
        if let Some(facet) = knowledge.facet(map.facet.as_str()) {
            if !table.keys.contains(&map.facet) {
                let keys: Vec<&str> = table.keys.iter().map(crate::knowledge::FacetId::as_str).collect();
                self.fault(format!("`{}` is no key of the table {}", map.facet, table.id), format!("use one of: {}", keys.join(", ")));
            }
            if facet.values.iter().all(|value| value.tile.is_none()) {
                let mend = "give its values tile = [column, row]";
                self.fault(format!("no value of the facet `{}` has a place on a map", facet.id), mend);
            }
        }
        match &map.classes {
            Classes::Quantiles { .. } => self.number(table, &map.value),
            Classes::Choices { named, .. } => {
                self.choices(table, &map.value, &named.iter().flat_map(|(values, ..)| values.as_slice()).collect::<Vec<_>>());
            }
        }
        self.letters(map);
    }

    /// Every choice of the column must be in one class.
    fn choices(&mut self, table: &Table, column: &str, named: &[&String]) {
        let Some(kind) = self.column(table, column) else { return };
        let ColumnKind::Choice(choices) = kind else {
            let mend = "name a column of choices, or use `figure` for one of numbers";
            self.fault(format!("the column `{column}` holds no choices to be put into classes"), mend);
            return;
        };
        for choice in choices {
            match named.iter().filter(|name| **name == choice).count() {
                1 => {}
                0 => self.fault(format!("`{choice}` is in no class"), "add it to the `values` of a class"),
                _ => self.fault(format!("`{choice}` is in two classes"), "take it out of one"),
            }
        }
        for name in named.iter().filter(|name| !choices.contains(name)) {
            let mend = nearest(name, choices.iter().map(String::as_str))
                .map_or_else(|| format!("use one of: {}", choices.join(", ")), |near| format!("did you mean `{near}`?"));
            self.fault(format!("the column `{column}` cannot hold `{name}`"), mend);
        }
    }

    /// No two classes may have the same letter.
    fn letters(&mut self, map: &MapSketch) {
        let mut seen = BTreeSet::from([map.missing.letter]);
        let Classes::Choices { named, mixed } = &map.classes else { return };
        for class in named.iter().map(|(_, _, class)| class).chain(mixed) {
            if !seen.insert(class.letter) {
                self.fault(format!("the letter `{}` stands for two classes", class.letter), "give each class a letter of its own");
            }
        }
    }

    fn bars(&mut self, knowledge: &Knowledge, bars: &BarsSketch) {
        for table in bars.tables.iter().chain([&bars.beside.table]).filter_map(|table| knowledge.tables.get(table)) {
            for column in &bars.columns {
                self.number(table, column);
            }
        }
        let Some(table) = knowledge.tables.get(&bars.beside.table) else { return };
        if table.the_row(&bars.beside.row).is_none() {
            let keys: Vec<&str> = table.keys.iter().map(crate::knowledge::FacetId::as_str).collect();
            let mend = format!("name one value for each key of the table: {}", keys.join(", "));
            self.fault(format!("the table {} has no row as `beside` names it", table.id), mend);
        }
    }

    fn number(&mut self, table: &Table, column: &str) {
        if self.column(table, column).is_some_and(|kind| *kind != ColumnKind::Number) {
            self.fault(format!("the column `{column}` of the table {} holds no numbers", table.id), "name a column of numbers");
        }
    }

    fn column<'table>(&mut self, table: &'table Table, name: &str) -> Option<&'table ColumnKind> {
        let column = table.columns.iter().find(|column| column.name == name);
        // An empty name has been reported as missing already.
        if column.is_none() && !name.is_empty() {
            let mend = nearest(name, table.columns.iter().map(|column| column.name.as_str()))
                .map_or_else(|| "name a column of the table".to_owned(), |near| format!("did you mean `{near}`?"));
            self.fault(format!("the table {} has no column `{name}`", table.id), mend);
        }
        column.map(|column| &column.kind)
    }
}
