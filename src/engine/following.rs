//! Questions that lean on what the conversation was about: "and in Texas?", "what about a PA?", "how much is it?".

use std::collections::BTreeSet;

use super::Engine;
use crate::answer::{Earlier, Reply, View};
use crate::knowledge::{Entry, FacetId, ValueId, Values};
use crate::matching::Target;
use crate::matching::decision::Decision;
use crate::understand::Query;

/// What offers entries of so many topics asks what a question is about at all: no topic says which of them is meant.
const OF_EVERYTHING: usize = 4;

impl Engine {
    /// The reply to a question that leans on an earlier one. None if it stands on its own.
    pub(super) fn follow_up(&self, query: &Query, earlier: &Earlier, view: &View) -> Option<Reply> {
        let within = query.in_conversation(&earlier.facets);
        if query.only_names()
            && let Some(reply) = self.same_of_another(query, &within.all_values(), earlier, view)
        {
            return Some(reply);
        }
        // "how do I renew it?": the question itself, with what it leaves open filled in.
        let decision = self.index.decide(&within, &self.knowledge, &self.understanding);
        let Decision::Sure { target: Target::Entry(entry), .. } = decision else { return None };
        // "which states …?" looks across all of them, whatever one the conversation was about.
        let across = &self.knowledge.entries[entry].across;
        let mut asked = within;
        asked.named.retain(|facet, _| query.names(facet.as_str()) || !across.contains(facet));
        Some(self.reply(&asked, &decision, view))
    }

    /// What was asked, asked of another thing: by the same entry if it knows such things, else by the one of its topic that does. `known`
    /// is what the question names and what the conversation was about.
    fn same_of_another(&self, query: &Query, known: &Values, earlier: &Earlier, view: &View) -> Option<Reply> {
        let entry = self.knowledge.entry(earlier.entry.as_str())?;
        let keys = self.knowledge.keys_of(entry);
        // A task that it knows nothing of is another question: "can I draw blood in Texas?" after pay in Ohio.
        let answers_for = |facet: &FacetId| keys.contains(facet) || entry.asks_for(facet);
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
        self.sibling(entry, &query.named, known).map(|sibling| self.compose(sibling, known, 1.0, view))
    }

    /// The entry of the same topic that is about the things named: one of those worth reading next, else of those next to them.
    fn sibling(&self, entry: &Entry, named: &Values, known: &Values) -> Option<&Entry> {
        let is_about = |other: &&Entry| {
            let fixes =
                |facet, values: &[ValueId]| other.facets.get(facet).is_some_and(|own| values.iter().all(|value| own.contains(value)));
            other.topic == entry.topic
                && other.compares.is_empty()
                && other.needs.iter().all(|facet| known.contains_key(facet))
                && named.iter().all(|(facet, values)| other.needs.contains(facet) || fixes(facet, values))
        };
        let next_to = |entry: &Entry| entry.related.iter().filter_map(|id| self.knowledge.entry(id.as_str())).collect::<Vec<_>>();
        let next = next_to(entry);
        next.iter().copied().find(is_about).or_else(|| next.iter().flat_map(|next| next_to(next)).find(is_about))
    }

    /// A question back, where the topic of the conversation says which is meant: "how much is it?" after school is not asked of pay.
    pub(super) fn by_conversation(&self, reply: Reply, earlier: &Earlier, view: &View) -> Reply {
        let topics: BTreeSet<_> =
            reply.choices.iter().filter_map(|choice| self.knowledge.entry(choice.entry.as_str())).map(|entry| &entry.topic).collect();
        match self.knowledge.entry(earlier.entry.as_str()) {
            Some(entry) if topics.len() < OF_EVERYTHING => self.within_topic(reply, &entry.topic, &earlier.facets, view),
            _ => reply,
        }
    }
}
