//! Rules on how entries are asked for.

use std::collections::HashMap;

use super::Subject;
use crate::knowledge::{Entry, FacetId, Fault, Place};
use crate::matching::Target;
use crate::matching::decision::Decision;

/// The fewest wordings of an entry.
const FEWEST: usize = 8;

/// Every entry has enough wordings.
pub(super) fn enough(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for entry in subject.engine.knowledge().entries.iter().filter(|entry| entry.ask.len() < FEWEST) {
        let what = format!("entry {}: {} wordings", entry.id, entry.ask.len());
        faults.push(Fault::warning(entry.place.clone(), what, format!("add more ways people ask it, {FEWEST} or more")));
    }
}

/// A wording with its owner and place.
struct Wording<'engine> {
    text: &'engine str,
    owner: &'engine str,
    target: Target,
    place: &'engine Place,
    /// The entry whose heading it is: what such an entry needs is named beside its heading, not in it ("in my state").
    heading_of: Option<&'engine Entry>,
}

impl Wording<'_> {
    /// Facets to take as named: all that the entry needs, and two values of what it compares.
    fn granted(&self) -> impl Iterator<Item = &FacetId> {
        self.heading_of.into_iter().flat_map(|entry| entry.needs.iter().chain(&entry.compares).chain(&entry.compares))
    }
}

fn wordings<'engine>(subject: &Subject<'engine>) -> Vec<Wording<'engine>> {
    let knowledge = subject.engine.knowledge();
    let entries = knowledge.entries.iter().enumerate().flat_map(|(index, entry)| {
        let wording = move |text: &'engine String, heading_of| Wording {
            text,
            owner: entry.id.as_str(),
            target: Target::Entry(index),
            place: &entry.place,
            heading_of,
        };
        entry.ask.iter().map(move |text| wording(text, None)).chain([wording(&entry.question, Some(entry))])
    });
    let asides = knowledge.asides.iter().enumerate().flat_map(|(index, aside)| {
        let wording =
            move |text| Wording { text, owner: aside.id.as_str(), target: Target::Aside(index), place: &aside.place, heading_of: None };
        aside.ask.iter().map(move |text: &String| wording(text.as_str()))
    });
    entries.chain(asides).collect()
}

/// No wording is claimed twice, once words that mean the same are made one.
pub(super) fn one_owner(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let mut owners: HashMap<String, (&str, Target)> = HashMap::new();
    for Wording { text, owner: id, target, place, .. } in wordings(subject) {
        match owners.get(&subject.engine.wording_key(text)) {
            Some((other, owner)) if *owner != target => {
                let what = format!("{id}: \"{text}\" is claimed by {other} too");
                faults.push(Fault::error(place.clone(), what, "leave it to one of the two, or tell them apart by another word"));
            }
            Some(_) => {}
            None => {
                owners.insert(subject.engine.wording_key(text), (id, target));
            }
        }
    }
}

/// A wording that leads elsewhere, or nowhere for sure.
pub(super) fn finds_itself(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let knowledge = subject.engine.knowledge();
    for wording in wordings(subject) {
        let found = match subject.engine.finds(wording.text, wording.granted()) {
            Decision::Sure { target: found, .. } if found == wording.target => continue,
            Decision::Sure { target: Target::Entry(other), .. } => format!("finds {} instead", knowledge.entries[other].id),
            Decision::Sure { target: Target::Aside(other), .. } => format!("finds the aside {} instead", knowledge.asides[other].id),
            Decision::Stopped { guard, .. } if Target::Guard(guard) == wording.target => continue,
            Decision::Sure { target: Target::Guard(other), .. } | Decision::Stopped { guard: other, .. } => {
                format!("reads like what guard {} stops", knowledge.guards[other].id)
            }
            Decision::Close { .. } => "is not clear enough: it would be asked back".to_owned(),
            Decision::Neither { .. } => "finds nothing".to_owned(),
        };
        faults.push(Fault::warning(
            wording.place.clone(),
            format!("{}: \"{}\" {found}", wording.owner, wording.text),
            "word it more like what the entry is about, or give it to the entry it finds",
        ));
    }
}
