//! What the facets that a question names say for and against an entry.

use std::collections::BTreeMap;

use crate::knowledge::{Entry, FacetId, ValueId};
use crate::understand::{AMOUNT, Query, YEAR};

/// How entry and question stand to each other over one facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The entry needs a facet that the question does not name.
    Lacking,
    /// The entry needs a facet, and the question names it.
    Needed,
    /// The entry compares values of a facet, and the question names two or more.
    Compared,
    /// The entry compares values of a facet, and the question names one at most.
    Single,
    /// The entry is about all the values that the question names.
    Shared,
    /// The entry is about some of the values that the question names, not about all.
    Partly,
    /// The entry is about other values of a facet that the question names.
    Conflict,
    /// The entry is about a value, and the question names none of that facet.
    Unnamed,
    /// The question names a facet that keys the entry's table.
    Keyed,
    /// The question names a facet that the entry has nothing to do with.
    Unused,
}

impl Agreement {
    /// What it counts, in the model's own units (log odds).
    #[must_use]
    pub fn weight(self) -> f32 {
        match self {
            Self::Lacking | Self::Single => f32::NEG_INFINITY,
            Self::Needed => 0.7,
            Self::Compared => 1.0,
            Self::Shared => 1.6,
            Self::Partly => -1.0,
            Self::Conflict => -4.0,
            Self::Unnamed => -0.4,
            Self::Keyed => 0.9,
            Self::Unused => -0.5,
        }
    }

    /// The reason in words.
    #[must_use]
    pub fn describe(self, facet: &FacetId) -> String {
        match self {
            Self::Lacking => format!("needs a {facet}, none is named"),
            Self::Needed => format!("needs a {facet}, one is named"),
            Self::Compared => format!("compares by {facet}, two or more are named"),
            Self::Single => format!("compares by {facet}, two are not named"),
            Self::Shared => format!("about the {facet} named"),
            Self::Partly => format!("about one {facet} named, not about another"),
            Self::Conflict => format!("about another {facet}"),
            Self::Unnamed => format!("about one {facet}, none is named"),
            Self::Keyed => format!("knows rows by {facet}"),
            Self::Unused => format!("has nothing by {facet}"),
        }
    }
}

/// What a question names of each facet: for each thing named the value, with the narrower ones it stands for.
pub type Named = BTreeMap<FacetId, Vec<Vec<ValueId>>>;

/// Calls `note` with every agreement of an entry and a question. `keys` are the facets that key the entry's table.
pub fn each<'facets>(
    entry: &'facets Entry,
    keys: &[FacetId],
    query: &Query,
    named: &'facets Named,
    mut note: impl FnMut(Agreement, &'facets FacetId),
) {
    for facet in &entry.needs {
        note(if query.names(facet.as_str()) { Agreement::Needed } else { Agreement::Lacking }, facet);
    }
    for facet in &entry.compares {
        let open = query.open.iter().filter(|open| *open == facet).count();
        let things = named.get(facet).map_or(0, Vec::len) + open;
        note(if things > 1 { Agreement::Compared } else { Agreement::Single }, facet);
    }
    for (facet, values) in &entry.facets {
        let agreement = match named.get(facet) {
            None => Agreement::Unnamed,
            // A wording that leaves the value open may be about this one.
            Some(named) if named.is_empty() => continue,
            Some(named) => match named.iter().filter(|thing| thing.iter().any(|value| values.contains(value))).count() {
                0 => Agreement::Conflict,
                shared if shared == named.len() => Agreement::Shared,
                _ => Agreement::Partly,
            },
        };
        note(agreement, facet);
    }
    for facet in named.keys().filter(|facet| !entry.facets.contains_key(*facet)) {
        match without_values(facet, keys) {
            Some(Agreement::Unused) if entry.asks_for(facet) => {}
            agreement => agreement.into_iter().for_each(|agreement| note(agreement, facet)),
        }
    }
}

/// What an entry without values of a facet makes of it.
fn without_values(facet: &FacetId, keys: &[FacetId]) -> Option<Agreement> {
    // Years and amounts are numbers that any template may use.
    let is_number = [YEAR, AMOUNT].contains(&facet.as_str());
    (!is_number).then(|| if keys.contains(facet) { Agreement::Keyed } else { Agreement::Unused })
}

/// What all entries make of the facets that a question names, so far as it can be told before any question: most facets are named by few
/// questions, and most entries have no values of their own for most facets.
#[derive(Debug, Default)]
pub struct Stances {
    facets: Vec<FacetId>,
    /// The facets that each entry asks for or has values of, a bit for each.
    concern: Vec<u64>,
    /// The sum of each entry's agreements with a question that names nothing.
    silent: Vec<f32>,
    /// What naming each facet counts with each entry that it does not concern.
    beside: Vec<Vec<f32>>,
}

/// What a question names, as [`Stances`] look it up.
#[derive(Debug)]
pub struct Asked<'stances> {
    facets: u64,
    beside: Vec<&'stances [f32]>,
}

impl Stances {
    /// Those of entries; `keys` are the facets that key the table of each.
    #[must_use]
    pub fn new(entries: &[Entry], keys: &[Vec<FacetId>], facets: impl Iterator<Item = FacetId>) -> Self {
        let facets: Vec<FacetId> = facets.collect();
        let concerns = |entry: &Entry, facet| entry.asks_for(facet) || entry.facets.contains_key(facet);
        let concern = |entry| (0..).zip(&facets).filter(|(_, facet)| concerns(entry, facet)).fold(0, |all, (index, _)| all | bit(index));
        let beside = |facet| keys.iter().map(|keys| without_values(facet, keys).map_or(0.0, Agreement::weight)).collect();
        let silent = |entry| {
            let mut sum = 0.0;
            each(entry, &[], &Query::default(), &Named::new(), |agreement, _| sum += agreement.weight());
            sum
        };
        Self {
            concern: entries.iter().map(concern).collect(),
            silent: entries.iter().map(silent).collect(),
            beside: facets.iter().map(beside).collect(),
            facets,
        }
    }

    /// Looks up what a question names.
    #[must_use]
    pub fn asked(&self, query: &Query) -> Asked<'_> {
        let known = |facet: &FacetId| (0..).zip(&self.facets).zip(&self.beside).find(|((_, known), _)| *known == facet);
        let named = query.named.keys().filter_map(known);
        let bits = named.clone().chain(query.implied.keys().filter_map(known)).map(|((index, _), _)| bit(index));
        Asked { facets: bits.fold(0, |all, bit| all | bit), beside: named.map(|(_, beside)| beside.as_slice()).collect() }
    }

    /// Adds the agreements of every entry with a question to its score, but of those that have to look at what is named themselves: it
    /// tells which.
    pub fn add_to<'asked>(&'asked self, scores: &mut [f32], asked: &'asked Asked<'_>) -> impl Iterator<Item = usize> + 'asked {
        let looks = |concern: &u64| concern & asked.facets != 0;
        for told in [self.silent.as_slice()].into_iter().chain(asked.beside.iter().copied()) {
            for ((score, concern), told) in scores.iter_mut().zip(&self.concern).zip(told) {
                *score += if looks(concern) { 0.0 } else { *told };
            }
        }
        self.concern.iter().enumerate().filter(move |(_, concern)| looks(concern)).map(|(entry, _)| entry)
    }
}

/// The bit of a facet. Should there ever be more facets than bits, the last share one, and entries look more often than they need to.
fn bit(facet: u32) -> u64 {
    1 << facet.min(u64::BITS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Question;
    use crate::engine::Engine;
    use crate::understand::Understanding;

    #[test]
    fn what_is_told_beforehand_is_what_each_entry_would_make_of_the_question() {
        let (engine, _) = Engine::shipped().unwrap();
        let knowledge = engine.knowledge();
        let understanding = Understanding::new(knowledge);
        let keys = vec![vec![knowledge.facets[0].id.clone()]; knowledge.entries.len()];
        let stances = Stances::new(&knowledge.entries, &keys, knowledge.facets.iter().map(|facet| facet.id.clone()));
        for question in ["how do I start", "can an MA give injections in Texas or Ohio", "CMA or RMA in Dallas at $20 an hour since 2019"] {
            let query = understanding.read(&Question::new(question));
            let named: Named = query.named.iter().map(|(facet, values)| (facet.clone(), vec![values.clone()])).collect();
            let asked = stances.asked(&query);
            let mut told = vec![0.0; knowledge.entries.len()];
            let look: Vec<usize> = stances.add_to(&mut told, &asked).collect();
            for (index, entry) in knowledge.entries.iter().enumerate() {
                let mut sum = 0.0;
                each(entry, &keys[index], &query, &named, |agreement, _| sum += agreement.weight());
                let wanted = if look.contains(&index) { 0.0 } else { sum };
                assert!((told[index] - wanted).abs() < 1e-5 || told[index].to_bits() == wanted.to_bits(), "{question}: {}", entry.id);
            }
            assert!(look.len() * 2 < knowledge.entries.len(), "{question}: {} look themselves", look.len());
        }
    }
}
