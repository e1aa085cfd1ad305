//! The wordings as the model learns them. Words come again and again, so a wording is kept as the numbers of its words, and the features
//! of each word are kept once: thirteen thousand vectors would take more room than the model.

use std::hash::{Hash, Hasher};

use super::features::Features;
use crate::text::vectors::{self, Direction, Row};

/// What is noted of every wording: the target it means, its terms, and their pairs.
#[derive(Debug, Default)]
pub struct Examples {
    targets: Vec<u16>,
    /// A number for the words of each.
    keys: Vec<u64>,
    /// The terms of all wordings, each with the feature that stands for it and the term before it, and where those of each wording end.
    terms: Vec<(u32, u32)>,
    ends: Vec<u32>,
    /// The features of every term there is, and where those of each end.
    features: Vec<u32>,
    feature_ends: Vec<u32>,
    /// Where each term stands in the table of vectors.
    rows: Vec<Option<Row>>,
}

impl Examples {
    /// Notes a term that wordings hold, and returns its number.
    pub fn add_term(&mut self, features: impl IntoIterator<Item = u32>, row: Option<Row>) -> u32 {
        self.features.extend(features);
        self.feature_ends.push(number(self.features.len()));
        self.rows.push(row);
        number(self.rows.len() - 1)
    }

    /// Notes a wording: a number for its words, and for each term its own and the feature of the pair it ends.
    pub fn add(&mut self, target: u16, key: u64, terms: &[(u32, u32)]) {
        self.targets.push(target);
        self.keys.push(key);
        self.terms.extend_from_slice(terms);
        self.ends.push(number(self.terms.len()));
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.targets.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The target that a wording means.
    #[must_use]
    pub fn target(&self, index: usize) -> u16 {
        self.targets[index]
    }

    /// The number for the words of a wording: the same wherever it stands.
    #[must_use]
    pub fn key(&self, index: usize) -> u64 {
        self.keys[index]
    }

    /// Feeds a hash with everything noted, and the vectors of its words.
    pub fn hash_all(&self, hasher: &mut impl Hasher) {
        (&self.targets, &self.keys, &self.terms, &self.ends, &self.features, &self.feature_ends).hash(hasher);
        for row in &self.rows {
            vectors::hash(*row, hasher);
        }
    }

    /// The features of a wording; one that several of its terms have comes several times.
    pub fn features(&self, index: usize) -> impl Iterator<Item = u32> {
        let of_term = |term: u32| &self.features[span(&self.feature_ends, term as usize)];
        self.terms(index).iter().flat_map(move |(term, pair)| of_term(*term).iter().chain([pair])).copied()
    }

    /// Where the words of a wording point.
    #[must_use]
    pub fn direction(&self, index: usize) -> Direction {
        vectors::direction(self.terms(index).iter().filter_map(|(term, _)| self.rows[*term as usize]))
    }

    fn terms(&self, index: usize) -> &[(u32, u32)] {
        &self.terms[span(&self.ends, index)]
    }
}

/// Weighs the features of the wordings, one at a time, in the same place.
#[derive(Debug)]
pub(super) struct Reader<'set> {
    examples: &'set Examples,
    features: &'set Features,
    /// When each feature was last met, so that none is taken twice.
    met: Vec<u32>,
    reading: u32,
    present: Vec<u32>,
    weighed: Vec<(u32, f32)>,
}

impl<'set> Reader<'set> {
    /// A reader of wordings that hold these features.
    pub(super) fn new(examples: &'set Examples, features: &'set Features) -> Self {
        Self { examples, features, met: vec![0; features.len()], reading: 0, present: Vec::new(), weighed: Vec::new() }
    }

    /// The features of a wording with their values.
    pub(super) fn read(&mut self, index: usize) -> &[(u32, f32)] {
        self.reading += 1;
        self.present.clear();
        for feature in self.examples.features(index) {
            if std::mem::replace(&mut self.met[feature as usize], self.reading) != self.reading {
                self.present.push(feature);
            }
        }
        self.features.weigh(&self.present, &mut self.weighed);
        &self.weighed
    }
}

/// Lists here stay far below four thousand million.
fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn span(ends: &[u32], index: usize) -> std::ops::Range<usize> {
    let start = index.checked_sub(1).map_or(0, |before| ends[before]);
    start as usize..ends[index] as usize
}
