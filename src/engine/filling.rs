//! From a filled-in form to the entry it asks for.
//!
//! What is typed into a field binds nobody: it may be the id a suggestion brought, a name, a phrase of somebody's own ("giving shots"),
//! or a cry for help. Each is taken for what it is; nothing is guessed.

use std::collections::BTreeMap;

use super::Engine;
use crate::answer::compose::Composer;
use crate::answer::{Earlier, Question, Reply};
use crate::knowledge::{AnsweredBy, Entry, EntryId, Facet, FacetId, Field, Form, Takes, TopicId, ValueId, Values};

/// What stands in the fields of a form, by their names.
pub type Filled<'typed> = BTreeMap<&'typed str, &'typed str>;

/// Why a filled-in form asks for nothing.
#[derive(Debug, PartialEq)]
pub enum Unfilled {
    /// A guard stops what was typed; this is what it says.
    Stopped(Box<Reply>),
    /// A field holds what there is not.
    Unknown {
        /// The field's name.
        field: String,
        /// Names that it may have been meant for, the likeliest first.
        near: Vec<String>,
    },
    /// A second thing is given to compare with, and no first.
    Alone {
        /// The field's name.
        field: String,
        /// The fields of which one is wanted.
        wants: Vec<String>,
    },
    /// Nothing answers what is filled in.
    Nothing,
}

/// How many names are told that may have been meant.
const MOST_NEAR: usize = 3;

impl Engine {
    /// The entry that a filled-in form asks for, and its facets.
    ///
    /// # Errors
    /// Why it asks for nothing.
    pub fn fill(&self, form: &Form, filled: &Filled<'_>) -> Result<Earlier, Unfilled> {
        let mut facets = Values::new();
        let mut chosen = None;
        let mut given: Vec<&str> = Vec::new();
        for field in &form.fields {
            let Some(typed) = filled.get(field.name.as_str()).copied().filter(|typed| !typed.trim().is_empty()) else { continue };
            given.push(&field.name);
            match &field.takes {
                Takes::Value(facet) => add(&mut facets, facet, self.value(field, &[facet], typed)?.1),
                Takes::Entry(topic) => chosen = Some(self.chosen(field, topic, typed)?),
                Takes::Another(of) => {
                    let beside = facets_of(form, of, filled);
                    if beside.is_empty() {
                        return Err(Unfilled::Alone { field: field.name.to_string(), wants: of.clone() });
                    }
                    let (facet, value) = self.value(field, &beside, typed)?;
                    // A thing set beside itself is that thing alone.
                    if facets.get(&facet).is_some_and(|values| values.contains(&value)) {
                        given.pop();
                    }
                    add(&mut facets, &facet, value);
                }
            }
        }
        let entry = chosen.or_else(|| self.answering(form, &given, &facets)).ok_or(Unfilled::Nothing)?;
        for (facet, values) in self.implied(&facets) {
            facets.entry(facet).or_insert(values);
        }
        Ok(Earlier { entry, facets })
    }

    /// Values given beside a question.
    ///
    /// # Errors
    /// A field that holds what there is not.
    pub fn fill_beside(&self, filled: &Filled<'_>) -> Result<Values, Unfilled> {
        let mut facets = Values::new();
        for field in &self.knowledge.beside_question {
            if let (Takes::Value(facet), Some(typed)) = (&field.takes, filled.get(field.name.as_str()).filter(|typed| !typed.is_empty())) {
                add(&mut facets, facet, self.value(field, &[facet], typed)?.1);
            }
        }
        Ok(facets)
    }

    /// What a field suggests while somebody types in it: the value to send and what is shown.
    #[must_use]
    pub fn suggest_for(&self, form: &Form, field: &Field, filled: &Filled<'_>, typed: &str, most: usize) -> Vec<(ValueId, String)> {
        match &field.takes {
            Takes::Value(facet) => self.suggest_values(facet, typed, most),
            Takes::Entry(topic) => {
                let choices = self.suggest(typed, Some(topic), most).into_iter();
                choices.map(|choice| (ValueId::from(choice.entry.as_str()), choice.label)).collect()
            }
            Takes::Another(of) => {
                let beside = facets_of(form, of, filled);
                let all: Vec<&FacetId> = of.iter().filter_map(|name| facet_of(form, name)).collect();
                let facets = if beside.is_empty() { all } else { beside };
                // What is given already is nothing to compare it with.
                let given: Vec<&str> = filled.values().copied().collect();
                let values = facets.into_iter().flat_map(|facet| self.suggest_values(facet, typed, most));
                values.filter(|(id, _)| !given.contains(&id.as_str())).take(most).collect()
            }
        }
    }

    /// The value that somebody means by what stands in a field, of the first of those facets that has one.
    fn value(&self, field: &Field, facets: &[&FacetId], typed: &str) -> Result<(FacetId, ValueId), Unfilled> {
        let known = |facet: &&&FacetId| self.knowledge.facet(facet.as_str());
        let facets: Vec<&Facet> = facets.iter().filter_map(|facet| known(&facet)).collect();
        let named = facets.iter().find_map(|facet| Some((facet.id.clone(), facet.meant(typed.trim())?.id.clone())));
        if let Some(found) = named {
            return Ok(found);
        }
        self.let_through(typed)?;
        let read = self.read(typed);
        let said = facets.iter().find_map(|facet| Some((facet.id.clone(), read.named.get(&facet.id)?.first()?.clone())));
        said.ok_or_else(|| {
            let near = facets.iter().flat_map(|facet| self.suggester().values(facet, typed)).take(MOST_NEAR);
            Unfilled::Unknown { field: field.name.to_string(), near: near.map(|value| value.name.clone()).collect() }
        })
    }

    /// The entry of a topic that somebody chose, by its id or by a question that clearly means one.
    fn chosen(&self, field: &Field, topic: &TopicId, typed: &str) -> Result<EntryId, Unfilled> {
        let of_topic = |entry: &&Entry| entry.topic == *topic;
        if let Some(entry) = self.knowledge.entry(typed.trim()).filter(of_topic) {
            return Ok(entry.id.clone());
        }
        self.let_through(typed)?;
        let near = self.suggest(typed, Some(topic), MOST_NEAR);
        match near.as_slice() {
            [only] => Ok(only.entry.clone()),
            _ => Err(Unfilled::Unknown { field: field.name.to_string(), near: near.into_iter().map(|choice| choice.label).collect() }),
        }
    }

    /// Guards come first, whatever the field was for.
    fn let_through(&self, typed: &str) -> Result<(), Unfilled> {
        let query = self.understanding.read(&Question::new(typed));
        match self.check(&query).stop {
            Some(stop) => Err(Unfilled::Stopped(Box::new(Composer::guarded(&self.knowledge, &self.knowledge.guards[stop.guard])))),
            None => Ok(()),
        }
    }

    fn answering(&self, form: &Form, given: &[&str], facets: &Values) -> Option<EntryId> {
        let has = |name: &String| given.contains(&name.as_str());
        form.answers.iter().filter(|answer| answer.given.iter().all(has)).find_map(|answer| match &answer.by {
            AnsweredBy::Entry(entry) => Some(entry.clone()),
            AnsweredBy::About { facet, topic } => self.about(topic, facet, facets.get(facet)?),
        })
    }

    /// The entry of a topic that is about those values and about the fewest others; the first in its file, where several are.
    fn about(&self, topic: &TopicId, facet: &FacetId, values: &[ValueId]) -> Option<EntryId> {
        let covered = self.understanding.covered(facet, values);
        let own = |entry: &Entry| entry.facets.get(facet).cloned().unwrap_or_default();
        let entries = self.knowledge.entries.iter().filter(|entry| entry.topic == *topic);
        let alone = entries.filter(|entry| values.len() > 1 || !entry.compares.contains(facet));
        let fitting = alone.filter(|entry| own(entry).iter().any(|value| covered.contains(value)));
        let nearest = fitting.min_by_key(|entry| (!own(entry).iter().any(|value| values.contains(value)), own(entry).len()));
        nearest.map(|entry| entry.id.clone())
    }

    /// What the values bring along for other facets: a city its state.
    fn implied(&self, facets: &Values) -> Values {
        let mut implied = Values::new();
        for (facet, values) in facets {
            let Some(facet) = self.knowledge.facet(facet.as_str()) else { continue };
            for (other, brought) in values.iter().filter_map(|value| facet.value(value.as_str())).flat_map(|value| &value.implies) {
                for value in brought {
                    add(&mut implied, other, value.clone());
                }
            }
        }
        implied
    }
}

fn add(facets: &mut Values, facet: &FacetId, value: ValueId) {
    let values = facets.entry(facet.clone()).or_default();
    if !values.contains(&value) {
        values.push(value);
    }
}

/// The facet of a field that takes a value.
fn facet_of<'form>(form: &'form Form, field: &str) -> Option<&'form FacetId> {
    match form.field(field).map(|field| &field.takes) {
        Some(Takes::Value(facet)) => Some(facet),
        _ => None,
    }
}

/// The facets of those of the fields that are filled in.
fn facets_of<'form>(form: &'form Form, fields: &[String], filled: &Filled<'_>) -> Vec<&'form FacetId> {
    fields.iter().filter(|name| filled.contains_key(name.as_str())).filter_map(|name| facet_of(form, name)).collect()
}
