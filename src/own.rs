//! Answers of a place's own, beside the knowledge: what they are, and whether a question means one of them.
//!
//! The model is trained on the knowledge alone and stays so. Own answers are few, so a question is simply compared with every wording of
//! every one of them: by the share of words they have in common, the rare ones counting more. Rarity comes from the knowledge; a word that
//! it does not know counts most, and such words ("orientation", the name of a building) are what own answers live by.
//!
//! Whoever asks the engine brings the own answers along in the [`View`](crate::answer::View); none is kept here, and none is seen by
//! another place. When an own answer speaks instead of the knowledge is the engine's business.

use std::hash::{Hash, Hasher};

use jiff::civil::Date;

use rustc_hash::FxHasher;

use crate::knowledge::Values;
use crate::understand::{Query, Term};

/// An answer of a place's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAnswer {
    /// Its number in that place.
    pub id: u64,
    /// The question it answers.
    pub question: String,
    /// Other ways people ask it.
    pub ask: Vec<String>,
    /// What it says, as plain text.
    pub answer: String,
    /// The day it was last changed.
    pub changed: Date,
}

/// Marks a reply as an own answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnMark {
    /// Its number.
    pub id: u64,
    /// The day it was last changed.
    pub changed: Date,
}

/// A question and an own answer are this much alike at least where it speaks in place of a decline or a question back.
///
/// The bars were set on `tests/questions/own.toml`, 30 own answers of a school, a clinic and a study group: of 104 questions that mean one
/// of them 87 find it and 1 finds another, 8 are stopped by a guard, and of the 643 labelled questions of others none is taken.
pub const LIKE: f32 = 0.5;
/// This much alike, an own answer speaks even where the knowledge has a sure answer, which is then offered below it.
pub const MUCH_ALIKE: f32 = 0.7;
/// This much alike, an own answer speaks even to talk that was not put to Mabel. Of 1,670 lines of such talk 3 are: those that ask what
/// an own answer answers.
pub const UNASKED: f32 = 0.8;
/// Other own answers this close to the best leave it open which one is meant.
const MARGIN: f32 = 1.02;
/// How much it counts that all of the wording stands in the question, against that all of the question stands in the wording.
const OF_WORDING: f32 = 0.5;
/// Even the commonest word counts this much.
const LEAST: f32 = 0.3;

/// The own answers of a place, ready to be matched.
#[derive(Debug, Default)]
pub struct OwnAnswers {
    known: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    answer: OwnAnswer,
    wordings: Vec<Wording>,
}

/// A wording, or a question, as it is compared: what it names, and its words with what each counts, as hashes in their order.
#[derive(Debug)]
struct Wording {
    words: Vec<(u64, f32)>,
    named: Values,
}

/// An own answer that a question may mean.
#[derive(Clone, Copy, Debug)]
pub struct Found<'own> {
    /// The answer.
    pub answer: &'own OwnAnswer,
    /// How much one of its wordings is like the question, 0 to 1; 1 where both have the same words.
    pub likeness: f32,
}

impl OwnAnswers {
    /// Takes up own answers. `read` reads a wording as a question is read, `rarity` says how rare a term is.
    pub(crate) fn new(answers: Vec<OwnAnswer>, read: impl Fn(&str) -> Query, rarity: impl Fn(&Term) -> f32) -> Self {
        let known = answers.into_iter().map(|answer| {
            let wordings = answer.ask.iter().chain([&answer.question]).map(|wording| Wording::new(&read(wording), &rarity)).collect();
            Known { answer, wordings }
        });
        Self { known: known.collect() }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &OwnAnswer> {
        self.known.iter().map(|known| &known.answer)
    }

    /// The own answer that a question is most like; none where two are alike.
    pub(crate) fn nearest(&self, query: &Query, rarity: impl Fn(&Term) -> f32) -> Option<Found<'_>> {
        let asked = Wording::new(query, &rarity);
        let mut found: Vec<Found<'_>> =
            self.known.iter().map(|known| Found { answer: &known.answer, likeness: known.like(&asked) }).collect();
        found.sort_by(|left, right| right.likeness.total_cmp(&left.likeness));
        let best = *found.first()?;
        let second = found.get(1).map_or(0.0, |second| second.likeness);
        (best.likeness >= MARGIN * second).then_some(best)
    }
}

impl Known {
    fn like(&self, asked: &Wording) -> f32 {
        self.wordings.iter().map(|wording| wording.like(asked)).fold(0.0, f32::max)
    }
}

impl Wording {
    fn new(query: &Query, rarity: &impl Fn(&Term) -> f32) -> Self {
        let hash = |term: &Term| {
            let mut hasher = FxHasher::default();
            term.stem.hash(&mut hasher);
            hasher.finish()
        };
        let mut words: Vec<(u64, f32)> = query.terms.iter().map(|term| (hash(term), rarity(term).max(LEAST))).collect();
        words.sort_by_key(|(word, _)| *word);
        words.dedup_by_key(|(word, _)| *word);
        Self { words, named: query.all_values() }
    }

    /// How much a question is like this wording: 1 where both have the same words, 0 where they name different things.
    fn like(&self, asked: &Self) -> f32 {
        let apart =
            |(facet, values): (_, &Vec<_>)| asked.named.get(facet).is_some_and(|named| !named.iter().any(|one| values.contains(one)));
        if self.named.iter().any(apart) {
            return 0.0;
        }
        let square = |(_, weight): &(u64, f32)| weight * weight;
        let is_asked = |(word, _): &&(u64, f32)| asked.words.binary_search_by_key(word, |(word, _)| *word).is_ok();
        let shared: f32 = self.words.iter().filter(is_asked).map(square).sum();
        let share = |of: &Self| {
            let whole: f32 = of.words.iter().map(square).sum();
            if whole > 0.0 { shared / whole } else { 0.0 }
        };
        share(self).powf(OF_WORDING) * share(asked).powf(1.0 - OF_WORDING)
    }
}
