//! Rules on what is rendered.

use super::Subject;
use crate::answer::Reply;
use crate::knowledge::{Entry, FacetId, Fault, Knowledge, Place, Row, Table, ValueId, Values};

/// The longest lead, in characters.
const LEAD: usize = 350;
/// The longest lead made of rows: conditions of law are not cut to fit.
const LEAD_OF_ROWS: usize = 1_000;
/// The longest detail, in characters.
pub const DETAIL: usize = 1_200;

/// Entries that can be rendered without a row, rendered so.
fn plain<'engine>(subject: &'engine Subject<'_>) -> impl Iterator<Item = (&'engine Entry, Result<Reply, minijinja::Error>)> {
    let entries = subject.engine.knowledge().entries.iter().filter(|entry| entry.stands_alone());
    entries.map(|entry| (entry, subject.engine.try_entry(entry, &Values::new(), &subject.view())))
}

/// Leads of entries without rows.
pub(super) fn lead_length(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for (entry, reply) in plain(subject) {
        match reply {
            Ok(reply) => too_long(faults, &entry.place, &format!("entry {}: the lead", entry.id), &reply.lead, LEAD),
            Err(error) => faults.push(failed(&entry.place, &format!("entry {}", entry.id), &error)),
        }
    }
}

/// Details of entries without rows.
pub(super) fn detail_length(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for (entry, reply) in plain(subject) {
        if let Ok(Reply { detail: Some(detail), .. }) = reply {
            too_long(faults, &entry.place, &format!("entry {}: the detail", entry.id), &detail, DETAIL);
        }
    }
}

/// Every entry with a table, for every row of it and for one that is missing.
pub(super) fn rows_render(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let knowledge = subject.engine.knowledge();
    for entry in &knowledge.entries {
        let Some(table) = knowledge.table_of(entry) else { continue };
        let mut tried = false;
        for row in &table.rows {
            let facets = table.values(row);
            let elsewhere = entry.facets.iter().any(|(facet, own)| facets.get(facet).is_some_and(|values| !own.contains(&values[0])));
            if elsewhere {
                continue;
            }
            tried = true;
            let of = format!("entry {} for {}", entry.id, row.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
            match subject.engine.try_entry(entry, &facets, &subject.view()) {
                Ok(reply) => {
                    too_long(faults, &row.place, &format!("{of}: the lead"), &reply.lead, LEAD_OF_ROWS);
                    too_long(faults, &row.place, &format!("{of}: the detail"), reply.detail.as_deref().unwrap_or_default(), DETAIL);
                }
                Err(error) => {
                    faults.push(failed(&entry.place, &of, &error));
                    break;
                }
            }
        }
        if let Some(facets) = tried.then(|| missing(table, entry, knowledge)).flatten()
            && let Err(error) = subject.engine.try_entry(entry, &facets, &subject.view())
        {
            faults.push(failed(&entry.place, &format!("entry {} for a row that is missing", entry.id), &error));
        }
    }
}

/// Every entry whose table sums up over a key: with nothing named, and with each value of the other keys.
pub(super) fn summaries_render(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let knowledge = subject.engine.knowledge();
    for entry in &knowledge.entries {
        let Some(table) = knowledge.table_of(entry) else { continue };
        for open in table.summaries.keys().filter(|open| !entry.needs.contains(open) && !entry.facets.contains_key(*open)) {
            for facets in known(table, open, entry, knowledge) {
                let named: Vec<&str> = facets.values().flatten().map(ValueId::as_str).collect();
                let of = format!("entry {}, summary over {open} [{}]", entry.id, named.join(" "));
                match subject.engine.try_entry(entry, &facets, &subject.view()) {
                    Ok(reply) => {
                        too_long(faults, &entry.place, &format!("{of}: the lead"), &reply.lead, LEAD);
                        too_long(faults, &entry.place, &format!("{of}: the detail"), reply.detail.as_deref().unwrap_or_default(), DETAIL);
                    }
                    Err(error) => faults.push(failed(&entry.place, &of, &error)),
                }
            }
        }
    }
}

/// What a question can name of the keys of a table but `open`: each value alone, and nothing where the entry fills the key in.
fn known(table: &Table, open: &FacetId, entry: &Entry, knowledge: &Knowledge) -> Vec<Values> {
    let mut known = vec![Values::new()];
    for key in table.keys.iter().filter(|key| *key != open) {
        let own = entry.facets.get(key).cloned();
        let all = || knowledge.facet(key.as_str()).map(|facet| facet.values.iter().map(|value| value.id.clone()).collect::<Vec<_>>());
        let nothing = (own.is_some() && !entry.needs.contains(key)).then_some(None);
        let choices: Vec<Option<ValueId>> = nothing.into_iter().chain(own.or_else(all).unwrap_or_default().into_iter().map(Some)).collect();
        known = known
            .iter()
            .flat_map(|facets| {
                choices.iter().map(|choice| {
                    let mut facets = facets.clone();
                    facets.extend(choice.iter().map(|value| (key.clone(), vec![value.clone()])));
                    facets
                })
            })
            .collect();
    }
    known
}

/// Every entry that compares, for any two rows of its table that differ in what it compares alone.
pub(super) fn pairs_render(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let knowledge = subject.engine.knowledge();
    for entry in knowledge.entries.iter().filter(|entry| !entry.compares.is_empty()) {
        let Some(table) = knowledge.table_of(entry) else { continue };
        for facets in pairs(table, entry) {
            let named: Vec<String> = facets.values().flatten().map(ToString::to_string).collect();
            let of = format!("entry {} for {}", entry.id, named.join(" "));
            match subject.engine.try_entry(entry, &facets, &subject.view()) {
                Ok(reply) => {
                    too_long(faults, &entry.place, &format!("{of}: the lead"), &reply.lead, LEAD_OF_ROWS);
                    too_long(faults, &entry.place, &format!("{of}: the detail"), &reply.detail.unwrap_or_default(), DETAIL);
                }
                Err(error) => {
                    faults.push(failed(&entry.place, &of, &error));
                    break;
                }
            }
        }
    }
}

/// The keys of any two rows that differ in one facet alone, one that the entry compares.
fn pairs<'table>(table: &'table Table, entry: &'table Entry) -> impl Iterator<Item = Values> + 'table {
    let differing = |left: &'table Row, right: &'table Row| -> Vec<usize> {
        (0..table.keys.len()).filter(|index| left.keys[*index] != right.keys[*index]).collect()
    };
    let pairs = table.rows.iter().enumerate().flat_map(|(index, left)| table.rows[index + 1..].iter().map(move |right| (left, right)));
    pairs.filter(move |(left, right)| matches!(differing(left, right)[..], [only] if entry.compares.contains(&table.keys[only]))).map(
        |(left, right)| {
            let both = left.keys.iter().zip(&right.keys);
            let values = both.map(|(left, right)| if left == right { vec![left.clone()] } else { vec![left.clone(), right.clone()] });
            table.keys.iter().cloned().zip(values).collect()
        },
    )
}

/// Values of the table's keys that no row has.
fn missing(table: &Table, entry: &Entry, knowledge: &Knowledge) -> Option<Values> {
    let options = table.keys.iter().map(|key| {
        let all = knowledge.facet(key.as_str()).map(|facet| facet.values.iter().map(|value| value.id.clone()).collect::<Vec<_>>());
        entry.facets.get(key).cloned().or(all).unwrap_or_default()
    });
    let options: Vec<_> = options.collect();
    let mut combinations = vec![Vec::new()];
    for values in &options {
        combinations = combinations
            .iter()
            .flat_map(|keys: &Vec<_>| values.iter().map(move |value| keys.iter().cloned().chain([value.clone()]).collect()))
            .collect();
    }
    let absent = combinations.into_iter().find(|keys| !table.rows.iter().any(|row| row.keys == *keys))?;
    Some(table.keys.iter().cloned().zip(absent.into_iter().map(|value| vec![value])).collect())
}

/// Facts past their review date, one fault for an entry and one for a table.
pub(super) fn due(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let knowledge = subject.engine.knowledge();
    for entry in knowledge.entries.iter().filter(|entry| entry.review_by < subject.today) {
        let what = format!("entry {}: was to be looked at again by {}", entry.id, entry.review_by);
        faults.push(Fault::warning(entry.place.clone(), what, "check the fact against its source, then set as_of and review_by"));
    }
    for table in knowledge.tables.values() {
        let due = table.rows.iter().filter(|row| row.review_by.is_some_and(|review_by| review_by < subject.today)).count();
        if due > 0 {
            let what = format!("table {}: {due} of {} rows were to be looked at again by now", table.id, table.rows.len());
            faults.push(Fault::warning(table.place.clone(), what, "check the rows against their sources, then set as_of and review_by"));
        }
    }
}

fn too_long(faults: &mut Vec<Fault>, place: &Place, what: &str, text: &str, most: usize) {
    let length = text.chars().count();
    if length > most {
        let mend = "say less, or move some of it to `detail`";
        faults.push(Fault::error(place.clone(), format!("{what} is {length} characters long, {most} are allowed"), mend));
    }
}

/// A template that fails.
pub(super) fn failed(place: &Place, what: &str, error: &minijinja::Error) -> Fault {
    let reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    Fault::error(
        place.clone(),
        format!("{what}: the template fails: {reason}"),
        "use only what the template can see, see CONTRIBUTING.md; test with {% if … %} what may be left out",
    )
}
