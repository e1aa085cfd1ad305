//! Questions that lean on what the conversation was about: "and in Texas?", "what about a PA?", "how much is it?".

use std::collections::BTreeSet;

use super::Engine;
use crate::answer::compose::Composer;
use crate::answer::{Earlier, Outcome, Question, Reply, View};
use crate::knowledge::{Entry, FacetId, ValueId, Values};
use crate::matching::Target;
use crate::matching::decision::Decision;
use crate::understand::Query;

/// What offers entries of so many topics asks what a question is about at all: no topic says which of them is meant.
const OF_EVERYTHING: usize = 4;
/// An answer that is right less often than this, and has nothing to do with the conversation, is asked back. Of 397 turns of 130
/// conversations it stops 19 wrong answers and 7 right ones.
const STRAYING: f64 = 0.81;
/// How much likelier, in log odds, what is near to the conversation is meant.
const NEAR: f32 = 2.0;
/// The most entries that are offered as what the conversation may be about.
const MOST_OFFERED: usize = 4;

impl Engine {
    /// The reply to a question that leans on an earlier one. None if it stands on its own.
    pub(super) fn follow_up(&self, query: &Query, earlier: &Earlier, view: &View) -> Option<Reply> {
        let before = self.knowledge.entry(earlier.entry.as_str())?;
        let within = query.in_conversation(&earlier.facets);
        if query.only_names()
            && let Some(reply) = self.same_of_another(query, before, &within.all_values(), earlier, view)
        {
            return Some(reply);
        }
        // "how do I renew it?": the question itself, with what it leaves open filled in.
        let decision = self.index.decide(&within, &self.knowledge, &self.understanding);
        let Decision::Sure { target: Target::Entry(entry), .. } = decision else { return None };
        let entry = &self.knowledge.entries[entry];
        // Half a question is no whole one for what is lent to it: "since when" after injections in Ohio.
        if query.is_half() && !is_near(before, entry) {
            return None;
        }
        let mut asked = within;
        asked.named.retain(|facet, values| query.names(facet.as_str()) || can_be_lent(facet, values, entry));
        Some(self.reply(&asked, &decision, view))
    }

    /// What was asked, asked of another thing: by the same entry if it knows such things, else by the one of its topic that does. `known`
    /// is what the question names and what the conversation was about.
    fn same_of_another(&self, query: &Query, entry: &Entry, known: &Values, earlier: &Earlier, view: &View) -> Option<Reply> {
        // A task that it knows nothing of is another question: "can I draw blood in Texas?" after pay in Ohio.
        let answers_for = |facet: &FacetId| self.knowledge.can_use(entry, facet);
        let is_of_use = |facet: &FacetId| answers_for(facet) || self.knowledge.facet(facet.as_str()).is_some_and(|facet| facet.stand_in);
        if query.named.keys().any(answers_for) && query.named.keys().all(is_of_use) {
            let mut facets = known.clone();
            // "and an RN?" after a comparison: one more to set beside the others.
            for facet in entry.compares.iter().filter(|facet| query.named.get(*facet).is_some_and(|named| named.len() == 1)) {
                let others = earlier.facets.get(facet).into_iter().flatten().filter(|value| !query.named[facet].contains(value));
                facets.entry(facet.clone()).or_default().extend(others.cloned());
            }
            return Some(self.compose(entry, &facets, 1.0, view));
        }
        // "and in Texas?" after the figure of the nation.
        let sibling = self.sibling(entry, &query.named, known)?;
        let mut facets = known.clone();
        facets.retain(|facet, values| query.named.contains_key(facet) || can_be_lent(facet, values, sibling));
        Some(self.compose(sibling, &facets, 1.0, view))
    }

    /// The entry of the same topic that is about the things named: one of those worth reading next, of those next to them, else any that
    /// cannot answer without them.
    fn sibling(&self, entry: &Entry, named: &Values, known: &Values) -> Option<&Entry> {
        let tells_of = |other: &Entry, facet, values: &[ValueId]| match other.facets.get(facet) {
            Some(own) => values.iter().all(|value| own.contains(value)),
            None => self.knowledge.can_use(other, facet),
        };
        let is_about = |other: &&Entry| {
            other.topic == entry.topic
                && other.compares.is_empty()
                && other.needs.iter().all(|facet| known.contains_key(facet))
                && named.iter().all(|(facet, values)| tells_of(other, facet, values))
        };
        // Of a state there is something in every topic, which says nothing of what is meant.
        let is_telling = |facet: &FacetId| !self.knowledge.facet(facet.as_str()).is_some_and(|facet| facet.stand_in);
        let needs_them = |other: &&Entry| is_about(other) && named.keys().all(|facet| other.needs.contains(facet) && is_telling(facet));
        let next_to = |entry: &Entry| entry.related.iter().filter_map(|id| self.knowledge.entry(id.as_str())).collect::<Vec<_>>();
        let next = next_to(entry);
        let found = next.iter().copied().find(is_about).or_else(|| next.iter().flat_map(|next| next_to(next)).find(is_about));
        found.or_else(|| self.knowledge.entries.iter().find(needs_them))
    }

    /// A reply that stands by itself, made to fit the conversation: where it asks back and the conversation says which is meant, that
    /// answers ("how much is it?" after school is not asked of pay), and what an aside asks is asked about what the conversation is about.
    pub(super) fn by_conversation(&self, reply: Reply, question: &Question, query: &Query, earlier: &Earlier, view: &View) -> Reply {
        let Some(before) = self.knowledge.entry(earlier.entry.as_str()) else { return reply };
        let answers = |reply: &Reply| reply.entry.as_ref().and_then(|entry| self.knowledge.entry(entry.as_str()));
        let strays = reply.own.is_none() && reply.confidence < STRAYING && answers(&reply).is_some_and(|entry| !is_near(before, entry));
        if query.terms.is_empty() || !(strays || reply.outcome == Outcome::Clarify) {
            return reply;
        }
        let next = self.next_in(question, query, before);
        let topics: BTreeSet<_> =
            reply.choices.iter().filter_map(|choice| self.knowledge.entry(choice.entry.as_str())).map(|entry| &entry.topic).collect();
        let within = if topics.len() < OF_EVERYTHING {
            self.within_topic(reply.clone(), &before.topic, &earlier.facets, view)
        } else {
            reply.clone()
        };
        let is_close = reply.lead == self.knowledge.texts.ask_back;
        match answers(&within) {
            Some(meant) if !strays && next.iter().any(|next| next.id == meant.id) => within,
            None if is_close => within,
            _ if next.is_empty() => reply,
            _ => {
                let facets = query.in_conversation(&earlier.facets).all_values();
                Composer::ask_back(&self.knowledge, next.into_iter(), &facets, reply.confidence)
            }
        }
    }

    /// The entries that a question may mean in a conversation, likeliest first: by itself, and read on from what was asked before.
    fn next_in(&self, question: &Question, query: &Query, before: &Entry) -> Vec<&Entry> {
        let read_on = Question { text: format!("{} {}", before.question, question.text), given: question.given.clone(), earlier: None };
        let read_on = self.understanding.read(&read_on);
        let by_itself = self.index.probabilities(query, &self.knowledge, &self.understanding);
        let together = self.index.probabilities(&read_on, &self.knowledge, &self.understanding);
        let entries = self.knowledge.entries.iter().zip(by_itself.iter().zip(together.iter()));
        let others = entries.filter(|(entry, (by_itself, together))| entry.id != before.id && **by_itself > 0.0 && **together > 0.0);
        let likely = |(entry, (by_itself, together)): (_, (&f32, &f32))| {
            let near = if is_near(before, entry) { NEAR } else { 0.0 };
            (by_itself.ln() + together.ln() + near, entry)
        };
        let mut likely: Vec<(f32, &Entry)> = others.map(likely).collect();
        likely.sort_by(|left, right| right.0.total_cmp(&left.0));
        likely.into_iter().take(MOST_OFFERED).map(|(_, entry)| entry).collect()
    }
}

/// Whether a conversation about these values can tell an entry that facet: "which states …?" looks across all of them, and what an entry
/// is about by itself is no other thing for what was talked of before.
fn can_be_lent(facet: &FacetId, values: &[ValueId], entry: &Entry) -> bool {
    let is_its_own = |own: &Vec<ValueId>| values.iter().any(|value| own.contains(value));
    !entry.across.contains(facet) && entry.facets.get(facet).is_none_or(is_its_own)
}

/// Whether one of them is worth reading after the other, or both are of one topic.
fn is_near(before: &Entry, entry: &Entry) -> bool {
    before.topic == entry.topic || before.related.contains(&entry.id) || entry.related.contains(&before.id)
}
