//! What is offered while somebody types: questions, and values of facets.

use std::borrow::Cow;

use super::Engine;
use crate::answer::Choice;
use crate::knowledge::{Entry, FacetId, FacetValue, TopicId, ValueId, Values};
use crate::suggest::{Fit, Suggester};
use crate::understand::Query;

/// A candidate of less probability is not worth a line, unless it fits what was typed letter by letter.
const FAINT: f32 = 0.02;

impl Engine {
    /// Questions that what was typed may become, the likeliest first; while nothing is typed one of each topic, or the first ones of
    /// the topic asked for.
    #[must_use]
    pub fn suggest(&self, typed: &str, topic: Option<&TopicId>, most: usize) -> Vec<Choice> {
        let query = self.read(typed);
        let entries: Vec<&Entry> = match topic {
            _ if !query.text.tokens.is_empty() => self.ranked(typed, &query),
            Some(_) => self.knowledge.entries.iter().collect(),
            None => {
                let first = |topic: &TopicId| self.knowledge.entries.iter().find(|entry| entry.topic == *topic);
                self.knowledge.topics.iter().filter_map(|topic| first(&topic.id)).collect()
            }
        };
        let of_topic = entries.into_iter().filter(|entry| topic.is_none_or(|topic| entry.topic == *topic));
        of_topic.take(most).map(|entry| self.suggestion(entry, &query.all_values())).collect()
    }

    /// Knows what everything is called.
    pub(super) fn suggester(&self) -> &Suggester {
        self.suggester.get_or_init(|| Suggester::new(&self.knowledge))
    }

    /// Entries by how well they fit letter by letter, then by the model.
    fn ranked(&self, typed: &str, query: &Query) -> Vec<&Entry> {
        let likely = |query: &Query| self.index.probabilities(query, &self.knowledge, &self.understanding).clone();
        let mut probabilities = likely(query);
        // A word half typed tells the model little, and the word it leads to may be the wrong one: the better reading counts.
        if let Cow::Owned(finished) = self.understanding.finished(typed) {
            for (probability, other) in probabilities.iter_mut().zip(likely(&self.read(&finished))) {
                *probability = probability.max(other);
            }
        }
        // Entries are the first targets.
        let mut ranked: Vec<(Option<Fit>, f32, &Entry)> = self
            .knowledge
            .entries
            .iter()
            .zip(probabilities)
            .map(|(entry, probability)| (self.suggester().entry(&entry.id, typed), probability, entry))
            .filter(|(fit, probability, _)| fit.is_some() || *probability > FAINT)
            .collect();
        ranked.sort_by(|left, right| zone(left.0).cmp(&zone(right.0)).then(right.1.total_cmp(&left.1)));
        ranked.into_iter().map(|(_, _, entry)| entry).collect()
    }

    /// An entry as a suggestion: its question, and in brackets what of the typed it will be answered for.
    pub(super) fn suggestion(&self, entry: &Entry, named: &Values) -> Choice {
        let facets = crate::answer::compose::of_use(&self.knowledge, entry, named);
        let brackets: Vec<&str> = facets
            .iter()
            .filter_map(|(facet, values)| Some((self.knowledge.facet(facet.as_str())?, values)))
            .filter(|(facet, _)| facet.stand_in)
            .flat_map(|(facet, values)| values.iter().filter_map(|value| facet.value(value.as_str())))
            .map(|value| value.name.as_str())
            .collect();
        let label = if brackets.is_empty() { entry.question.clone() } else { format!("{} ({})", entry.question, brackets.join(", ")) };
        Choice { label, entry: entry.id.clone(), facets }
    }

    /// Values of a facet that may be meant, the likeliest first.
    #[must_use]
    pub fn suggest_values(&self, facet: &FacetId, typed: &str, most: usize) -> Vec<(ValueId, String)> {
        let Some(facet) = self.knowledge.facet(facet.as_str()) else { return Vec::new() };
        let named = |value: &FacetValue| (value.id.clone(), value.name.clone());
        self.suggester().values(facet, typed).into_iter().take(most).map(named).collect()
    }
}

/// Asked word for word; fitting letter by letter; fitting by sense alone. Inside each the model decides, which knows that "how much do
/// ma" is more likely on its way to "MAs make" than to "managers".
fn zone(fit: Option<Fit>) -> u8 {
    match fit {
        Some(Fit::Name | Fit::Alias) => 0,
        Some(Fit::Misspelt) | None => 2,
        Some(_) => 1,
    }
}
