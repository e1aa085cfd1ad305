//! Rules on forms.

use std::collections::BTreeMap;

use super::Subject;
use crate::engine::filling::Filled;
use crate::knowledge::{EntryId, FacetId, Fault, Field, Form, Knowledge, Takes};

/// Every form, for every value of every field, leads to an entry that is given what it needs.
pub(super) fn answer(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let knowledge = subject.engine.knowledge();
    for form in &knowledge.forms {
        let required: BTreeMap<&str, &str> = form
            .fields
            .iter()
            .filter(|field| field.required)
            .filter_map(|field| Some((field.name.as_str(), *values(knowledge, form, field).first()?)))
            .collect();
        for field in &form.fields {
            for value in values(knowledge, form, field) {
                let mut filled = required.clone();
                if let Takes::Another(of) = &field.takes
                    && let Some(first) = of.first()
                    && let Some(other) = form.field(first).and_then(|field| values(knowledge, form, field).last().copied())
                {
                    if other == value {
                        continue;
                    }
                    filled.insert(first, other);
                }
                filled.insert(&field.name, value);
                try_out(subject, form, &filled, faults);
            }
        }
    }
}

/// Ids of what a field takes.
fn values<'knowledge>(knowledge: &'knowledge Knowledge, form: &'knowledge Form, field: &'knowledge Field) -> Vec<&'knowledge str> {
    match &field.takes {
        Takes::Value(facet) => {
            let facet = knowledge.facet(facet.as_str());
            facet.into_iter().flat_map(|facet| &facet.values).map(|value| value.id.as_str()).collect()
        }
        Takes::Entry(topic) => {
            let entries = knowledge.entries.iter().filter(|entry| entry.topic == *topic);
            entries.map(|entry| EntryId::as_str(&entry.id)).collect()
        }
        Takes::Another(of) => of.first().and_then(|name| form.field(name)).map(|field| values(knowledge, form, field)).unwrap_or_default(),
    }
}

fn try_out(subject: &Subject<'_>, form: &Form, filled: &Filled<'_>, faults: &mut Vec<Fault>) {
    let with = filled.iter().map(|(field, value)| format!("{field} = {value}")).collect::<Vec<_>>().join(", ");
    let mut report = |what: String, mend: &str| faults.push(Fault::error(form.place.clone(), format!("form {}: {what}", form.name), mend));
    let Ok(asked) = subject.engine.fill(form, filled) else {
        return report(format!("nothing answers it for {with}"), "add an [[form.answer]] for it");
    };
    let Some(entry) = subject.engine.knowledge().entry(asked.entry.as_str()) else { return };
    let given = |facet: &FacetId| asked.facets.get(facet).map_or(0, Vec::len);
    if let Some(lacking) = entry.needs.iter().find(|facet| given(facet) == 0) {
        return report(format!("{} needs a {lacking} and is given none for {with}", entry.id), "let another entry answer then");
    }
    if let Some(lacking) = entry.compares.iter().find(|facet| given(facet) < 2) {
        return report(format!("{} compares two of {lacking} and is given one for {with}", entry.id), "let another entry answer then");
    }
    if let Err(error) = subject.engine.try_entry(entry, &asked.facets, &subject.view()) {
        let reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        report(format!("the template of {} fails for {with}: {reason}", entry.id), "test with {% if … %} what may be left out");
    }
}
