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
    // Years and amounts are numbers that any template may use.
    let names_things = |facet: &&FacetId| !entry.facets.contains_key(*facet) && ![YEAR, AMOUNT].contains(&facet.as_str());
    for facet in named.keys().filter(names_things) {
        if keys.contains(facet) {
            note(Agreement::Keyed, facet);
        } else if !entry.asks_for(facet) {
            note(Agreement::Unused, facet);
        }
    }
}
