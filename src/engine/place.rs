//! What the place that a question is asked in brings along: where it is at home, its topic, its own answers.
//!
//! All of it comes in with the [`View`]. A guard speaks before any of it, and what a question names goes before what is taken for granted.

use super::Engine;
use crate::answer::{Choice, Outcome, Reply, View};
use crate::knowledge::{Entry, EntryId, FacetId, TopicId, Values};
use crate::matching::Target;
use crate::matching::decision::Decision;
use crate::own::{Found, LIKE, MUCH_ALIKE, OwnAnswer, OwnAnswers, OwnMark};
use crate::understand::{Query, Term};

/// Words that are all the same count as exactly so, whatever rounding made of it.
const SAME: f32 = 0.999;

impl Engine {
    /// Own answers of a place, ready for its [`View`].
    #[must_use]
    pub fn own_answers(&self, answers: Vec<OwnAnswer>) -> OwnAnswers {
        OwnAnswers::new(answers, |wording| self.read(wording), |term| self.rarity(term))
    }

    /// The own answer that a text is most like, and how much.
    #[must_use]
    pub fn nearest_own<'own>(&self, own: &'own OwnAnswers, text: &str) -> Option<Found<'own>> {
        own.nearest(&self.read(text), |term| self.rarity(term))
    }

    fn rarity(&self, term: &Term) -> f32 {
        self.index.rarity(term)
    }

    /// The own answer that a question may mean.
    pub(super) fn find_own<'view>(&self, query: &Query, view: &'view View) -> Option<Found<'view>> {
        view.own.as_ref()?.nearest(query, |term| self.rarity(term)).filter(|found| found.likeness >= LIKE)
    }

    /// Whether an own answer has the very words of the question.
    pub(super) fn is_same(found: &Found<'_>) -> bool {
        found.likeness >= SAME
    }

    /// The reply of an own answer where it goes before what was decided: never before a guard, before a sure answer only where it is much
    /// alike. What the knowledge would have said is offered below it.
    pub(super) fn own_reply(&self, found: Option<Found<'_>>, decision: &Decision, query: &Query) -> Option<Reply> {
        let found = found?;
        let sure = match decision {
            Decision::Sure { target: Target::Entry(entry), .. } => Some(*entry),
            _ => None,
        };
        if sure.is_some() && found.likeness < MUCH_ALIKE {
            return None;
        }
        let close = if let Decision::Close { entries, .. } = decision { entries.as_slice() } else { &[] };
        let facets = query.all_values();
        let related = sure.iter().chain(close).map(|entry| self.offered(&self.knowledge.entries[*entry], &facets)).collect();
        Some(Reply { confidence: f64::from(found.likeness), related, ..Self::own_as_reply(found.answer) })
    }

    /// An own answer as it is said.
    #[must_use]
    pub fn own_as_reply(own: &OwnAnswer) -> Reply {
        let mark = OwnMark { id: own.id, changed: own.changed };
        let question = Some(own.question.clone());
        Reply { question, confidence: 1.0, own: Some(mark), ..Reply::fixed(Outcome::Answer, own.answer.clone()) }
    }

    /// Whether a text holds anything that it could be matched by.
    #[must_use]
    pub fn reads(&self, text: &str) -> bool {
        !self.read(text).terms.is_empty()
    }

    fn offered(&self, entry: &Entry, facets: &Values) -> Choice {
        let facets = crate::answer::compose::of_use(&self.knowledge, entry, facets);
        Choice { label: entry.question.clone(), entry: entry.id.clone(), facets }
    }

    /// The entry that answers for the home of the place, where the question names nothing: "what do they earn" at home in Ohio is
    /// answered for Ohio.
    pub(super) fn at_home<'engine>(&'engine self, entry: &'engine Entry, named: &Values, view: &View) -> &'engine Entry {
        if named.is_empty() { self.closer(entry, |facet| view.defaults.contains_key(facet)) } else { entry }
    }

    /// The closer entry where all is known that it needs.
    pub(super) fn closer<'engine>(&'engine self, entry: &'engine Entry, is_known: impl Fn(&FacetId) -> bool) -> &'engine Entry {
        let closer = entry.closer.as_ref().and_then(|closer| self.knowledge.entry(closer.as_str()));
        closer.filter(|closer| closer.needs.iter().all(is_known)).unwrap_or(entry)
    }

    /// A question back, where the topic of the place says which is meant.
    pub(super) fn by_topic(&self, reply: Reply, view: &View) -> Reply {
        match &view.topic {
            Some(topic) => self.within_topic(reply, topic, &Values::new(), view),
            None => reply,
        }
    }

    /// A question back within a topic: its one choice of that topic answers, several come first. What a choice leaves open is taken from
    /// `besides`.
    pub(super) fn within_topic(&self, reply: Reply, topic: &TopicId, besides: &Values, view: &View) -> Reply {
        if reply.outcome != Outcome::Clarify {
            return reply;
        }
        let of_topic = |choice: &&Choice| self.knowledge.entry(choice.entry.as_str()).is_some_and(|entry| entry.topic == *topic);
        let meant: Vec<&Choice> = reply.choices.iter().filter(of_topic).collect();
        match meant.as_slice() {
            [] => reply,
            [only] => {
                let mut facets = besides.clone();
                facets.extend(only.facets.clone());
                self.answer_entry(&only.entry, &facets, view).unwrap_or(reply)
            }
            _ => {
                let mut choices = reply.choices.clone();
                choices.sort_by_key(|choice| !of_topic(&choice));
                Reply { choices, ..reply }
            }
        }
    }

    /// The answer of an entry that a button or a link brings back. What of its facets is the home of the place counts as taken for granted,
    /// as it did when the answer was first given.
    #[must_use]
    pub fn recall(&self, entry: &EntryId, facets: &Values, view: &View) -> Option<Reply> {
        let across = &self.knowledge.entry(entry.as_str())?.across;
        let mut named = facets.clone();
        named.retain(|facet, values| across.contains(facet) || view.defaults.get(facet) != Some(values));
        self.answer_entry(entry, &named, view)
    }
}
