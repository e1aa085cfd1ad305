//! What the facets that a question names say for and against an entry.

use crate::knowledge::{Entry, FacetId, Knowledge, Values};
use crate::understand::{AMOUNT, Query, YEAR};

/// How entry and question stand to each other over one facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The entry needs a facet that the question does not name.
    Lacking,
    /// The entry needs a facet, and the question names it.
    Needed,
    /// The entry is about a value that the question names.
    Shared,
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
            Self::Lacking => f32::NEG_INFINITY,
            Self::Needed => 0.7,
            Self::Shared => 1.6,
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
            Self::Shared => format!("about the {facet} named"),
            Self::Conflict => format!("about another {facet}"),
            Self::Unnamed => format!("about one {facet}, none is named"),
            Self::Keyed => format!("knows rows by {facet}"),
            Self::Unused => format!("has nothing by {facet}"),
        }
    }
}

/// Calls `note` with every agreement of an entry and a question. `named` holds what the question names, narrower values
/// filled in.
pub fn each<'facets>(
    entry: &'facets Entry,
    knowledge: &Knowledge,
    query: &Query,
    named: &'facets Values,
    mut note: impl FnMut(Agreement, &'facets FacetId),
) {
    let keys = entry.table.as_ref().and_then(|table| knowledge.tables.get(table)).map_or(&[][..], |table| table.keys.as_slice());
    for facet in &entry.needs {
        note(if query.names(facet.as_str()) { Agreement::Needed } else { Agreement::Lacking }, facet);
    }
    for (facet, values) in &entry.facets {
        let agreement = match named.get(facet) {
            None => Agreement::Unnamed,
            // A wording that leaves the value open may be about this one.
            Some(named) if named.is_empty() => continue,
            Some(named) if named.iter().any(|value| values.contains(value)) => Agreement::Shared,
            Some(_) => Agreement::Conflict,
        };
        note(agreement, facet);
    }
    // Years and amounts are numbers that any template may use.
    let names_things = |facet: &&FacetId| !entry.facets.contains_key(*facet) && ![YEAR, AMOUNT].contains(&facet.as_str());
    for facet in named.keys().filter(names_things) {
        if keys.contains(facet) {
            note(Agreement::Keyed, facet);
        } else if !entry.needs.contains(facet) {
            note(Agreement::Unused, facet);
        }
    }
}
