//! What the table of an entry holds for a question: the rows of the keys it names or, where it leaves one key open, a summary.
//!
//! Values are looked up as narrow ones: a wide value ("shots") stands for those it covers. Nothing here words an answer.

use std::collections::BTreeMap;

use super::rows::{Found, Summary, find, summarise};
use crate::knowledge::{Entry, Facet, FacetId, Knowledge, Row, Table, ValueId, Values};

/// What the table of an entry holds for a question.
#[derive(Debug)]
pub(super) enum Held<'table> {
    /// The question, with what the entry is about, names every key.
    Rows {
        /// The table.
        table: &'table Table,
        /// The rows found, and those that are missing.
        found: Found<'table>,
    },
    /// One key is left open, and the table has a summary over it.
    Summaries {
        /// The table.
        table: &'table Table,
        /// The key left open.
        open: &'table FacetId,
        /// One summary for each combination of the other keys.
        summaries: Vec<Summary>,
    },
}

impl<'table> Held<'table> {
    /// The rows that an answer rests on.
    pub(super) fn rows(&self) -> Vec<&'table Row> {
        match self {
            Self::Rows { found, .. } => found.groups.iter().map(|group| group.row).collect(),
            Self::Summaries { table, summaries, .. } => {
                summaries.iter().flat_map(|summary| &summary.rows).filter_map(|index| table.rows.get(*index)).collect()
            }
        }
    }

    /// Whether rows of exactly the keys asked for were found: then they speak, not the entry.
    pub(super) fn answers(&self) -> bool {
        matches!(self, Self::Rows { found, .. } if !found.groups.is_empty())
    }
}

/// Wide values and the narrower ones they stand for.
#[derive(Debug)]
pub(super) struct Covers(BTreeMap<(FacetId, ValueId), Vec<ValueId>>);

impl Covers {
    /// Learns them from the facets.
    pub(super) fn new(knowledge: &Knowledge) -> Self {
        let wide = |facet: &Facet| {
            let wide = facet.values.iter().filter(|value| !value.covers.is_empty());
            wide.map(|value| ((facet.id.clone(), value.id.clone()), value.covers.clone())).collect::<Vec<_>>()
        };
        Self(knowledge.facets.iter().flat_map(wide).collect())
    }

    /// Looks up what the table of an entry holds; none if the entry has no table, or the question leaves too much open.
    pub(super) fn look_up<'table>(&self, knowledge: &'table Knowledge, entry: &Entry, facets: &Values) -> Option<Held<'table>> {
        let table = knowledge.table_of(entry)?;
        let wanted: Vec<Option<Vec<ValueId>>> = table.keys.iter().map(|key| self.wanted(key, entry, facets)).collect();
        let open: Vec<usize> = (0..wanted.len()).filter(|index| wanted[*index].is_none()).collect();
        let asked: Vec<Vec<ValueId>> = wanted.into_iter().map(Option::unwrap_or_default).collect();
        match open.as_slice() {
            [] => Some(Held::Rows { table, found: find(table, &asked) }),
            [index] if table.summaries.contains_key(&table.keys[*index]) => {
                let open = &table.keys[*index];
                let all = narrow_values(knowledge.facet(open.as_str())?);
                Some(Held::Summaries { table, open, summaries: summarise(table, &asked, *index, &all) })
            }
            _ => None,
        }
    }

    /// The values to look rows up by for one key: those named that the entry is about, else those named, else the entry's own.
    pub(super) fn wanted(&self, key: &FacetId, entry: &Entry, facets: &Values) -> Option<Vec<ValueId>> {
        let own = entry.facets.get(key);
        let named = facets.get(key).map(|values| self.narrow(key, values));
        match (named, own) {
            (Some(named), Some(own)) => {
                let both: Vec<ValueId> = named.iter().filter(|value| own.contains(value)).cloned().collect();
                Some(if both.is_empty() { named } else { both })
            }
            (named, own) => named.or_else(|| own.map(|own| self.narrow(key, own))),
        }
    }

    /// The wide value that covers these values and no others.
    pub(super) fn wide(&self, facet: &FacetId, values: &[ValueId]) -> Option<&ValueId> {
        let same = |covered: &[ValueId]| covered.len() == values.len() && values.iter().all(|value| covered.contains(value));
        self.0.iter().find(|((of, _), covered)| of == facet && same(covered)).map(|((_, wide), _)| wide)
    }

    /// Wide values replaced by the narrower ones they cover.
    pub(super) fn narrow(&self, facet: &FacetId, values: &[ValueId]) -> Vec<ValueId> {
        let mut narrow = Vec::new();
        for value in values {
            let own = std::slice::from_ref(value);
            for value in self.0.get(&(facet.clone(), value.clone())).map_or(own, Vec::as_slice) {
                if !narrow.contains(value) {
                    narrow.push(value.clone());
                }
            }
        }
        narrow
    }
}

/// All values of a facet that rows can have: the wide ones are left out.
fn narrow_values(facet: &Facet) -> Vec<ValueId> {
    facet.values.iter().filter(|value| value.covers.is_empty()).map(|value| value.id.clone()).collect()
}
