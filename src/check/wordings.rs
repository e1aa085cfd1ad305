//! Rules on how entries are asked for.

use std::collections::HashMap;

use super::Subject;
use crate::knowledge::{Fault, Place};
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

/// Every wording with its owner and place.
fn wordings<'engine>(subject: &Subject<'engine>) -> Vec<(&'engine str, &'engine str, Target, &'engine Place)> {
    let knowledge = subject.engine.knowledge();
    let entries = knowledge.entries.iter().enumerate().flat_map(|(index, entry)| {
        entry
            .ask
            .iter()
            .chain([&entry.question])
            .map(move |wording| (wording.as_str(), entry.id.as_str(), Target::Entry(index), &entry.place))
    });
    let asides = knowledge.asides.iter().enumerate().flat_map(|(index, aside)| {
        aside.ask.iter().map(move |wording| (wording.as_str(), aside.id.as_str(), Target::Aside(index), &aside.place))
    });
    entries.chain(asides).collect()
}

/// No wording is claimed twice, once words that mean the same are made one.
pub(super) fn one_owner(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let mut owners: HashMap<String, (&str, Target)> = HashMap::new();
    for (wording, id, target, place) in wordings(subject) {
        match owners.get(&subject.engine.wording_key(wording)) {
            Some((other, owner)) if *owner != target => {
                let what = format!("{id}: \"{wording}\" is claimed by {other} too");
                faults.push(Fault::error(place.clone(), what, "leave it to one of the two, or tell them apart by another word"));
            }
            Some(_) => {}
            None => {
                owners.insert(subject.engine.wording_key(wording), (id, target));
            }
        }
    }
}

/// A wording that leads elsewhere is an error; one that is only close is a warning.
pub(super) fn finds_itself(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let knowledge = subject.engine.knowledge();
    for (wording, id, target, place) in wordings(subject) {
        let what = match subject.engine.finds(wording) {
            Decision::Sure { target: found, .. } if found == target => continue,
            Decision::Sure { target: Target::Entry(other), .. } => format!("\"{wording}\" finds {} instead", knowledge.entries[other].id),
            Decision::Sure { target: Target::Aside(other), .. } => {
                format!("\"{wording}\" finds the aside {} instead", knowledge.asides[other].id)
            }
            Decision::Sure { target: Target::Guard(other), .. } => {
                format!("\"{wording}\" reads like what guard {} stops", knowledge.guards[other].id)
            }
            Decision::Close { .. } => format!("\"{wording}\" is not clear enough: it would be asked back"),
            Decision::Neither { .. } => format!("\"{wording}\" finds nothing"),
        };
        faults.push(Fault::warning(
            place.clone(),
            format!("{id}: {what}"),
            "word it more like what the entry is about, or give it to the entry it finds",
        ));
    }
}
