//! Every id that is named must exist, and every row must be the only one of its keys.

use std::collections::{BTreeMap, BTreeSet};

use crate::knowledge::fault::{Fault, Place};
use crate::knowledge::pictures::{Sketch, SketchKind};
use crate::knowledge::reading::nearest;
use crate::knowledge::{AnsweredBy, CaveatId, Entry, FacetId, Field, Form, Knowledge, PictureId, SourceId, Table, Takes, TopicId, Values};

/// Reports every reference that leads nowhere.
pub(super) fn check(knowledge: &mut Knowledge, faults: &mut Vec<Fault>) {
    let mut names = Names::of(knowledge, faults);
    for facet in &knowledge.facets {
        for first in &facet.first {
            names.value(facet.id.as_str(), first.as_str(), &facet.place);
        }
        for value in &facet.values {
            names.facet_values(&value.implies, &value.place);
            for covered in &value.covers {
                names.value(facet.id.as_str(), covered.as_str(), &value.place);
            }
        }
    }
    for table in knowledge.tables.values() {
        names.table(table);
    }
    for sketch in knowledge.pictures.values() {
        names.sketch(sketch);
    }
    for entry in &knowledge.entries {
        names.entry(entry);
    }
    for aside in &knowledge.asides {
        for choice in &aside.choices {
            names.one("entry", choice.as_str(), &aside.place);
        }
    }
    for form in &knowledge.forms {
        names.form(form);
    }
    for field in &knowledge.beside_question {
        names.field(field);
    }
    for guard in &knowledge.guards {
        if let Some(source) = &guard.source {
            names.one("source", source.as_str(), &guard.place);
        }
    }
}

/// All names by what they name.
struct Names<'faults> {
    known: BTreeMap<&'static str, BTreeSet<String>>,
    values: BTreeMap<String, BTreeSet<String>>,
    faults: &'faults mut Vec<Fault>,
}

impl<'faults> Names<'faults> {
    fn of(knowledge: &Knowledge, faults: &'faults mut Vec<Fault>) -> Self {
        let set = |names: &mut dyn Iterator<Item = &str>| names.map(str::to_owned).collect::<BTreeSet<_>>();
        let known = BTreeMap::from([
            ("topic", set(&mut knowledge.topics.iter().map(|topic| topic.id.as_str()))),
            ("caveat", set(&mut knowledge.caveats.keys().map(CaveatId::as_str))),
            ("source", set(&mut knowledge.sources.keys().map(SourceId::as_str))),
            ("facet", set(&mut knowledge.facets.iter().map(|facet| facet.id.as_str()))),
            ("table", set(&mut knowledge.tables.keys().map(crate::knowledge::TableId::as_str))),
            ("picture", set(&mut knowledge.pictures.keys().map(PictureId::as_str))),
            ("entry", set(&mut knowledge.entries.iter().map(|entry| entry.id.as_str()))),
        ]);
        let values = knowledge
            .facets
            .iter()
            .map(|facet| (facet.id.to_string(), facet.values.iter().map(|value| value.id.to_string()).collect()))
            .collect();
        Self { known, values, faults }
    }

    fn one(&mut self, kind: &'static str, name: &str, place: &Place) -> bool {
        let Some(known) = self.known.get(kind) else { return false };
        if known.contains(name) {
            return true;
        }
        // An empty name has been reported as missing already.
        if !name.is_empty() {
            let mend = nearest(name, known.iter().map(String::as_str))
                .map_or_else(|| format!("define the {kind}, or take the name out"), |near| format!("did you mean `{near}`?"));
            self.faults.push(Fault::error(place.clone(), format!("there is no {kind} `{name}`"), mend));
        }
        false
    }

    fn value(&mut self, facet: &str, value: &str, place: &Place) {
        let Some(known) = self.values.get(facet) else { return };
        if !value.is_empty() && !known.contains(value) {
            let mend = nearest(value, known.iter().map(String::as_str))
                .map_or_else(|| format!("add it to the facet `{facet}`, or take it out"), |near| format!("did you mean `{near}`?"));
            self.faults.push(Fault::error(place.clone(), format!("the facet `{facet}` has no value `{value}`"), mend));
        }
    }

    fn facet_values(&mut self, values: &Values, place: &Place) {
        for (facet, values) in values {
            if self.one("facet", facet.as_str(), place) {
                for value in values {
                    self.value(facet.as_str(), value.as_str(), place);
                }
            }
        }
    }

    fn table(&mut self, table: &Table) {
        for key in &table.keys {
            self.one("facet", key.as_str(), &table.place);
        }
        let mut seen = BTreeMap::new();
        for row in &table.rows {
            for (facet, value) in table.keys.iter().zip(&row.keys) {
                self.value(facet.as_str(), value.as_str(), &row.place);
            }
            self.one("source", row.source.as_str(), &row.place);
            if let Some(earlier) = seen.insert(row.keys.clone(), row.place.clone()) {
                let what = format!("table {}: the row is there already at {earlier}", table.id);
                self.faults.push(Fault::error(row.place.clone(), what, "keep one of the two rows"));
            }
        }
    }

    fn sketch(&mut self, sketch: &Sketch) {
        let place = &sketch.place;
        match &sketch.kind {
            SketchKind::Map(map) => {
                self.one("table", map.table.as_str(), place);
                self.one("facet", map.facet.as_str(), place);
            }
            SketchKind::Bars(bars) => {
                for table in bars.tables.iter().chain([&bars.beside.table]) {
                    self.one("table", table.as_str(), place);
                }
                self.facet_values(&bars.beside.row, place);
            }
        }
    }

    fn form(&mut self, form: &Form) {
        for field in &form.fields {
            self.field(field);
        }
        for answer in &form.answers {
            match &answer.by {
                AnsweredBy::Entry(entry) => self.one("entry", entry.as_str(), &answer.place),
                AnsweredBy::About { facet, topic } => {
                    self.one("facet", facet.as_str(), &answer.place) && self.one("topic", topic.as_str(), &answer.place)
                }
            };
        }
    }

    fn field(&mut self, field: &Field) {
        match &field.takes {
            Takes::Value(facet) => self.one("facet", facet.as_str(), &field.place),
            Takes::Entry(topic) => self.one("topic", topic.as_str(), &field.place),
            Takes::Another(_) => true,
        };
    }

    fn entry(&mut self, entry: &Entry) {
        let place = &entry.place;
        self.one("topic", entry.topic.as_str(), place);
        self.facet_values(&entry.facets, place);
        for facet in entry.needs.iter().chain(&entry.across).chain(&entry.compares).map(FacetId::as_str) {
            self.one("facet", facet, place);
        }
        for facet in &entry.compares {
            self.only_compares(entry, facet);
        }
        if let Some(table) = &entry.table {
            self.one("table", table.as_str(), place);
        }
        if let Some(picture) = &entry.picture {
            self.one("picture", picture.as_str(), place);
        }
        for caveat in &entry.caveats {
            self.one("caveat", caveat.as_str(), place);
        }
        for source in entry.sources.iter().chain(entry.history.iter().map(|past| &past.source)) {
            self.one("source", source.as_str(), place);
        }
        for other in entry.related.iter().chain(&entry.closer) {
            self.one("entry", other.as_str(), place);
        }
        let prefix = TopicId::from(entry.id.as_str().split('.').next().unwrap_or_default());
        if prefix != entry.topic && !entry.topic.as_str().is_empty() {
            let what = format!("the id `{}` does not begin with its topic `{}`", entry.id, entry.topic);
            self.faults.push(Fault::error(place.clone(), what, format!("name it `{}.…`", entry.topic)));
        }
    }

    /// An entry that sets values of a facet side by side asks for no single one of them.
    fn only_compares(&mut self, entry: &Entry, facet: &FacetId) {
        let both = [(entry.needs.contains(facet), "needs"), (entry.facets.contains_key(facet), "facets")];
        for (_, key) in both.iter().filter(|(named, _)| *named) {
            let what = format!("entry {}: `{facet}` stands in `compares` and in `{key}`", entry.id);
            let mend = format!("`compares` asks for two values or more: take `{facet}` out of `{key}`");
            self.faults.push(Fault::error(entry.place.clone(), what, mend));
        }
    }
}
