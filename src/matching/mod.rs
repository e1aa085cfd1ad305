//! Which entry a question means, if any: an [`Index`] trained on the wordings of the knowledge, scores that explain
//! themselves, and a decision in three zones.
//!
//! ```text
//! query ─▶ features ─▶ model (a weight for each feature and target) ─▶ facet agreement ─▶ decision
//! ```
//!
//! A *target* is an entry, an aside or a guard. The model is a softmax regression over sparse lexical features, trained when the
//! knowledge loads: on a public yardstick it beats every nearest-wording method, which let one lucky wording decide.

pub mod agreement;
pub mod decision;
pub mod explanation;
pub mod features;
pub mod model;

use std::collections::{HashMap, HashSet};

use crate::knowledge::{Knowledge, ValueId};
use crate::understand::{Query, Understanding};
use decision::Decision;
use explanation::{Candidate, Explanation};
use features::Features;
use model::Model;

/// What a question can be taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The entry of that index.
    Entry(usize),
    /// The aside of that index.
    Aside(usize),
    /// The guard of that index: its patterns let the question through, but it reads like the guard's examples.
    Guard(usize),
}

/// Everything that matching needs, made once from the knowledge.
#[derive(Debug)]
pub struct Index {
    targets: Vec<Target>,
    model: Model,
    features: Features,
    /// Stems of the wordings, with how rare each is.
    rarity: HashMap<String, f32>,
    /// The rarity of a word that no wording holds.
    unknown_rarity: f32,
    /// Wordings word for word, by their terms.
    exact: HashMap<String, usize>,
}

impl Index {
    /// Trains on every wording of the knowledge.
    #[must_use]
    pub fn new(knowledge: &Knowledge, understanding: &Understanding) -> Self {
        let targets: Vec<Target> = (0..knowledge.entries.len())
            .map(Target::Entry)
            .chain((0..knowledge.asides.len()).map(Target::Aside))
            .chain((0..knowledge.guards.len()).map(Target::Guard))
            .collect();
        let mut wordings: Vec<(usize, Query)> = Vec::new();
        for (index, target) in targets.iter().enumerate() {
            let asked: Vec<&String> = match target {
                Target::Entry(entry) => knowledge.entries[*entry].ask.iter().chain([&knowledge.entries[*entry].question]).collect(),
                Target::Aside(aside) => knowledge.asides[*aside].ask.iter().collect(),
                Target::Guard(guard) => knowledge.guards[*guard].examples.iter().collect(),
            };
            wordings.extend(asked.into_iter().map(|wording| (index, understanding.read_wording(wording))));
        }
        let (rarity, unknown_rarity) = rarities(&wordings);
        let exact = wordings.iter().map(|(target, query)| (key(query), *target)).collect();
        let features = Features::learn(wordings.iter().map(|(_, query)| query.terms.as_slice()));
        let examples: Vec<(usize, features::Vector)> =
            wordings.iter().map(|(target, query)| (*target, features.vector(&query.terms))).collect();
        let model = Model::train(&examples, targets.len(), features.len());
        Self { targets, model, features, rarity, unknown_rarity, exact }
    }

    /// Decides what a question means.
    #[must_use]
    pub fn decide(&self, query: &Query, knowledge: &Knowledge, understanding: &Understanding) -> Decision {
        let scores = self.scores(query, knowledge, understanding);
        decision::decide(&scores, self.familiarity(query), |index| self.targets[index])
    }

    /// The decision with the reasons for it.
    #[must_use]
    pub fn explain(&self, query: &Query, knowledge: &Knowledge, understanding: &Understanding, most: usize) -> Explanation {
        let scores = self.scores(query, knowledge, understanding);
        let familiarity = self.familiarity(query);
        let decision = decision::decide(&scores, familiarity, |index| self.targets[index]);
        let probabilities = decision::softmax(&scores);
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|left, right| scores[*right].total_cmp(&scores[*left]));
        let vector = self.features.vector(&query.terms);
        let candidates = order
            .into_iter()
            .take(most)
            .map(|index| Candidate {
                target: self.targets[index],
                score: scores[index],
                probability: probabilities[index],
                reasons: self.reasons(index, &vector, query, knowledge, understanding),
            })
            .collect();
        Explanation { decision, familiarity, unknown: self.unknown_words(query), candidates }
    }

    fn scores(&self, query: &Query, knowledge: &Knowledge, understanding: &Understanding) -> Vec<f32> {
        let mut scores = self.model.scores(&self.features.vector(&query.terms));
        let named = things_named(query, understanding);
        for (score, target) in scores.iter_mut().zip(&self.targets) {
            let Target::Entry(entry) = target else { continue };
            agreement::each(&knowledge.entries[*entry], knowledge, query, &named, |agreement, _| *score += agreement.weight());
        }
        if let Some(target) = self.exact.get(&key(query)) {
            scores[*target] += decision::EXACT;
        }
        scores
    }

    /// The share of the question's words that the wordings know, weighted by rarity: 1 if all are known.
    fn familiarity(&self, query: &Query) -> f32 {
        let (mut known, mut all) = (0.0, 0.0);
        for term in &query.terms {
            if let Some(rarity) = self.rarity.get(&term.stem) {
                known += rarity;
                all += rarity;
            } else {
                // A facet's name is known even where no wording holds it.
                let rarity = self.unknown_rarity;
                known += if term.facets.is_empty() { 0.0 } else { rarity };
                all += rarity;
            }
        }
        if all > 0.0 { known / all } else { 0.0 }
    }

    fn unknown_words(&self, query: &Query) -> Vec<String> {
        query
            .terms
            .iter()
            .filter(|term| term.facets.is_empty() && !self.rarity.contains_key(&term.stem))
            .map(|term| term.word.clone())
            .collect()
    }

    fn reasons(
        &self,
        index: usize,
        vector: &features::Vector,
        query: &Query,
        knowledge: &Knowledge,
        understanding: &Understanding,
    ) -> Vec<(String, f32)> {
        let mut reasons: Vec<(String, f32)> = self
            .model
            .reasons(index, vector)
            .into_iter()
            .map(|(feature, weight)| (self.features.name(feature).to_owned(), weight))
            .collect();
        reasons.sort_by(|left, right| right.1.abs().total_cmp(&left.1.abs()));
        reasons.truncate(12);
        if let Target::Entry(entry) = self.targets[index] {
            let named = things_named(query, understanding);
            agreement::each(&knowledge.entries[entry], knowledge, query, &named, |agreement, facet| {
                reasons.push((agreement.describe(facet), agreement.weight()));
            });
        }
        if self.exact.get(&key(query)) == Some(&index) {
            reasons.push(("asked word for word".to_owned(), decision::EXACT));
        }
        reasons
    }
}

/// How rare each stem is among the wordings, and how rare one is that none of them holds.
fn rarities(wordings: &[(usize, Query)]) -> (HashMap<String, f32>, f32) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (_, query) in wordings {
        let stems: HashSet<&str> = query.terms.iter().map(|term| term.stem.as_str()).collect();
        for stem in stems {
            *counts.entry(stem.to_owned()).or_default() += 1;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of wordings stay far below 2^24")]
    let rarity = |count: usize| ((1.0 + wordings.len() as f32) / (1.0 + count as f32)).ln();
    (counts.into_iter().map(|(stem, count)| (stem, rarity(count))).collect(), rarity(1))
}

/// The terms as one text, to find a wording asked word for word.
#[must_use]
pub fn key(query: &Query) -> String {
    query.terms.iter().map(|term| term.stem.as_str()).collect::<Vec<_>>().join(" ")
}

/// What the question names, each value with the narrower ones it stands for. A wide value named beside one of its own is no
/// second thing: "a nurse (RN)".
fn things_named(query: &Query, understanding: &Understanding) -> agreement::Named {
    let things = |facet, values: &[ValueId]| -> Vec<Vec<ValueId>> {
        let with_narrower = values.iter().map(|value| understanding.covered(facet, std::slice::from_ref(value)));
        with_narrower.filter(|thing| !thing.iter().skip(1).any(|narrower| values.contains(narrower))).collect()
    };
    query.named.iter().map(|(facet, values)| (facet.clone(), things(facet, values))).collect()
}
