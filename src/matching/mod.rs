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
mod beginning;
pub mod decision;
pub mod direction;
mod examples;
pub mod explanation;
pub mod features;
pub mod kept;
pub mod model;
pub mod overheard;
mod rows;
mod training;
mod wide;
mod yielding;

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use regex_automata::util::pool::Pool;
use rustc_hash::{FxBuildHasher, FxHasher};

use crate::knowledge::{AsideOutcome, FacetId, Knowledge, ValueId};
use crate::understand::{Query, Understanding};
use agreement::{Agreement, Stances};
use decision::{Decision, Signs};
use explanation::{Candidate, Explanation};
use features::{Counting, Features};
use kept::Keeper;
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
    /// The facets that key the table of each entry, so that no question looks tables up by their names.
    keys: Vec<Vec<FacetId>>,
    stances: Stances,
    model: Model,
    features: Features,
    /// Wordings word for word: the hash of their terms, and the target.
    exact: HashMap<u64, u16, FxBuildHasher>,
    /// Room for the scores of a question, used again for the next: what grows with the knowledge is not asked for with each question.
    rooms: Pool<Vec<f32>>,
}

impl Index {
    /// Trains on every wording of the knowledge, unless somebody kept what comes of it.
    #[must_use]
    pub fn new(knowledge: &Knowledge, understanding: &Understanding, keeper: Option<&dyn Keeper>) -> Self {
        let targets: Vec<Target> = (0..knowledge.entries.len())
            .map(Target::Entry)
            .chain((0..knowledge.asides.len()).map(Target::Aside))
            .chain((0..knowledge.guards.len()).map(Target::Guard))
            .collect();
        let keys: Vec<_> = knowledge.entries.iter().map(|entry| knowledge.keys_of(entry).to_vec()).collect();
        let stances = Stances::new(&knowledge.entries, &keys, knowledge.facets.iter().map(|facet| facet.id.clone()));
        let mut counting = Counting::default();
        let mut exact = HashMap::default();
        for (target, wordings) in (0..).zip(targets.iter().map(|target| wordings(*target, knowledge))) {
            for wording in wordings {
                let query = understanding.read_wording(wording);
                exact.insert(hash(&query), target);
                counting.note(target, &query.terms);
            }
        }
        let (features, examples) = counting.finish();
        let learn = || training::train(&examples, &features, targets.len());
        let model = keeper.map_or_else(learn, |keeper| {
            let origin = kept::origin(&examples, &features, targets.len());
            keeper.fetch(origin).and_then(|bytes| kept::from_bytes(&bytes, origin)).unwrap_or_else(|| {
                let model = learn();
                keeper.keep(origin, &kept::to_bytes(&model, origin));
                model
            })
        });
        Self { targets, keys, stances, model, features, exact, rooms: Pool::new(Vec::new) }
    }

    /// Decides what a question means.
    #[must_use]
    pub fn decide(&self, query: &Query, knowledge: &Knowledge, understanding: &Understanding) -> Decision {
        let mut scores = self.rooms.get();
        self.score(query, knowledge, understanding, &mut scores);
        self.decided(&mut scores, self.signs(query), knowledge)
    }

    /// How rare a term's word is among the wordings; as rare as can be if no wording holds it.
    #[must_use]
    pub fn rarity(&self, term: &crate::understand::Term) -> f32 {
        self.features.rarity(term).unwrap_or(self.features.rarest())
    }

    /// The decision with the reasons for it.
    #[must_use]
    pub fn explain(&self, query: &Query, knowledge: &Knowledge, understanding: &Understanding, most: usize) -> Explanation {
        let mut scores = Vec::new();
        self.score(query, knowledge, understanding, &mut scores);
        let signs = self.signs(query);
        let decision = self.decided(&mut scores.clone(), signs, knowledge);
        let mut probabilities = scores.clone();
        decision::softmax(&mut probabilities);
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
        Explanation { decision, familiarity: signs.familiarity, half: signs.half, unknown: self.unknown_words(query), candidates }
    }

    fn decided(&self, scores: &mut [f32], signs: Signs, knowledge: &Knowledge) -> Decision {
        decision::decide(scores, signs, |index| self.targets[index], |aside| asks_back(knowledge, aside))
    }

    /// How likely each target is meant: the entries in their order, then asides and guards.
    #[must_use]
    pub fn probabilities(&self, query: &Query, knowledge: &Knowledge, understanding: &Understanding) -> impl Deref<Target = Vec<f32>> {
        let mut room = self.rooms.get();
        self.score(query, knowledge, understanding, &mut room);
        decision::softmax(&mut room);
        room
    }

    /// Writes the score of every target into `scores`.
    fn score(&self, query: &Query, knowledge: &Knowledge, understanding: &Understanding, scores: &mut Vec<f32>) {
        self.model.score(&self.features.vector(&query.terms), scores);
        let beside = self.beside(query, knowledge, understanding);
        let asked = self.stances.asked(query);
        let looking = self.stances.add_to(scores, &asked);
        // Asides and guards stand behind the entries.
        for index in looking.chain(self.keys.len()..self.targets.len()) {
            beside.each(self.targets[index], |counts| scores[index] += counts.weight());
        }
        if let Some(target) = self.exact.get(&hash(query)) {
            scores[usize::from(*target)] += decision::EXACT;
        }
    }

    fn beside<'question>(
        &'question self,
        query: &'question Query,
        knowledge: &'question Knowledge,
        understanding: &Understanding,
    ) -> Beside<'question> {
        let (named, names_subject) = (things_named(query, understanding), understanding.names_subject(query));
        Beside { query, knowledge, keys: &self.keys, named, names_subject }
    }

    fn signs(&self, query: &Query) -> Signs {
        // What an entry is asked by, word for word, is no half question, however short.
        let asked = self.exact.get(&hash(query)).is_some_and(|target| matches!(self.targets[usize::from(*target)], Target::Entry(_)));
        Signs { familiarity: self.familiarity(query), half: query.is_half() && !asked }
    }

    /// The share of the question's words that the wordings know, weighted by rarity: 1 if all are known.
    fn familiarity(&self, query: &Query) -> f32 {
        let (mut known, mut all) = (0.0, 0.0);
        for term in &query.terms {
            if let Some(rarity) = self.features.rarity(term) {
                known += rarity;
                all += rarity;
            } else {
                // A facet's name is known even where no wording holds it.
                let rarity = self.features.rarest();
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
            .filter(|term| term.facets.is_empty() && self.features.rarity(term).is_none())
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
        let spelled = self.features.names(&query.terms);
        let mut reasons: Vec<(String, f32)> = self
            .model
            .reasons(index, vector)
            .into_iter()
            .filter_map(|(feature, weight)| Some((spelled.get(&feature)?.clone(), weight)))
            .chain([("words used like those of its wordings".to_owned(), self.model.pointing(index, vector))])
            .filter(|(_, weight)| *weight != 0.0)
            .collect();
        reasons.sort_by(|left, right| right.1.abs().total_cmp(&left.1.abs()));
        reasons.truncate(12);
        self.beside(query, knowledge, understanding).each(self.targets[index], |counts| reasons.push((counts.describe(), counts.weight())));
        if self.exact.get(&hash(query)).is_some_and(|target| usize::from(*target) == index) {
            reasons.push(("asked word for word".to_owned(), decision::EXACT));
        }
        reasons
    }
}

/// Whether an aside offers answers, instead of declining.
fn asks_back(knowledge: &Knowledge, aside: usize) -> bool {
    knowledge.asides[aside].outcome == AsideOutcome::Clarify
}

/// The wordings that mean a target.
fn wordings(target: Target, knowledge: &Knowledge) -> Vec<&String> {
    match target {
        Target::Entry(entry) => knowledge.entries[entry].ask.iter().chain([&knowledge.entries[entry].question]).collect(),
        Target::Aside(aside) => knowledge.asides[aside].ask.iter().collect(),
        Target::Guard(guard) => knowledge.guards[guard].examples.iter().collect(),
    }
}

/// What speaks for and against a target beside the words of the question.
struct Beside<'question> {
    query: &'question Query,
    knowledge: &'question Knowledge,
    keys: &'question [Vec<FacetId>],
    named: agreement::Named,
    names_subject: bool,
}

/// Something that counts beside the words.
enum Counts<'facets> {
    /// How entry and question stand to each other over a facet.
    Agreement(Agreement, &'facets FacetId),
    /// The target declines what is not about the subject, and the question names the subject.
    NamesSubject,
}

impl Beside<'_> {
    fn each(&self, target: Target, mut note: impl FnMut(Counts<'_>)) {
        match target {
            Target::Entry(entry) => {
                agreement::each(&self.knowledge.entries[entry], &self.keys[entry], self.query, &self.named, |agreement, facet| {
                    note(Counts::Agreement(agreement, facet));
                });
            }
            Target::Aside(aside) if self.names_subject && self.knowledge.asides[aside].outcome == AsideOutcome::NoMatch => {
                note(Counts::NamesSubject);
            }
            Target::Aside(_) | Target::Guard(_) => {}
        }
    }
}

impl Counts<'_> {
    fn weight(&self) -> f32 {
        match self {
            Self::Agreement(agreement, _) => agreement.weight(),
            Self::NamesSubject => decision::NAMES_SUBJECT,
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Agreement(agreement, facet) => agreement.describe(facet),
            Self::NamesSubject => "is not about the subject, which the question names".to_owned(),
        }
    }
}

/// The terms of a wording as one number, to find one asked word for word.
fn hash(query: &Query) -> u64 {
    let mut hasher = FxHasher::default();
    for term in &query.terms {
        term.stem.hash(&mut hasher);
    }
    hasher.finish()
}

/// The terms as one text, to compare wordings by.
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
