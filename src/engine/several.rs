//! Messages that ask more than one thing: what of them an answer leaves unanswered.

use super::Engine;
use crate::answer::{Choice, Outcome, Question, Reply};
use crate::knowledge::Entry;
use crate::matching::Target;
use crate::matching::decision::{Decision, reliability};
use crate::text::asking;
use crate::understand::Query;

/// A question that is less likely to be understood is not offered: what leans on the words before it ("and does it apply to me?") is
/// mistaken more often than what stands alone.
const LIKELY: f32 = 0.8;

/// A message of more questions tells a story, and what of it is left open is not one of them. Each costs as much as a question.
const MOST_PARTS: usize = 3;

/// A part of a message, and the entry that answers it.
struct Asked<'engine> {
    entry: &'engine Entry,
    query: Query,
    is_likely: bool,
}

impl Engine {
    /// The reply, with the other question of the message where it answers one of two.
    pub(super) fn with_other_question(&self, reply: Reply, question: &Question, whole: &Query) -> Reply {
        let other = if reply.outcome == Outcome::Answer { self.other_question(&reply, question, whole) } else { None };
        let mut related = reply.related;
        related.retain(|choice| other.as_ref().is_none_or(|other| other.entry != choice.entry));
        Reply { other, related, ..reply }
    }

    fn other_question(&self, reply: &Reply, question: &Question, whole: &Query) -> Option<Choice> {
        let answered = reply.entry.as_ref()?;
        let parts = asking::questions(&question.text);
        if parts.len() > MOST_PARTS {
            return None;
        }
        let asked: Vec<Asked> = parts.iter().filter_map(|part| self.asked(part, question, whole)).collect();
        // Where none of them alone leads to that answer, they are one question told in two.
        asked.iter().find(|asked| asked.entry.id == *answered)?;
        let other = asked.iter().find(|asked| asked.is_likely && asked.entry.id != *answered)?;
        Some(self.suggestion(other.entry, &other.query.all_values()))
    }

    /// What a part of a message asks. What it leaves open is taken from the whole: "do MAs need a license in Texas and what do they make?"
    fn asked(&self, part: &str, question: &Question, whole: &Query) -> Option<Asked<'_>> {
        let alone = self.understanding.read_question(part, question, whole);
        let query = alone.in_conversation(&whole.named);
        // What the conversation lends makes no whole question of half a one.
        let decided = if alone.is_half() { &alone } else { &query };
        match self.index.decide(decided, &self.knowledge, &self.understanding) {
            Decision::Sure { target: Target::Entry(entry), confidence } => {
                // "What do they make" of a message about Texas is asked of Texas.
                let entry = self.closer(&self.knowledge.entries[entry], |facet| query.named.contains_key(facet));
                Some(Asked { entry, query, is_likely: reliability(confidence) >= LIKELY })
            }
            _ => None,
        }
    }
}
