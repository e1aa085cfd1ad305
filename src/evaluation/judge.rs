//! Whether an answer is what its labels want.

use std::fmt;

use fancy_regex::{Regex, RegexBuilder};

use super::{Kind, Labelled, Row};
use crate::answer::{Outcome, Reply, plain};

/// The facet that a set may name a value of.
const STATE: &str = "state";

/// A line of a set that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.what)
    }
}

/// What the text of an answer must and must not hold. The sets use look-around, hence the richer regular expressions.
#[derive(Debug)]
pub(super) struct Patterns {
    must: Vec<Regex>,
    must_not: Vec<Regex>,
}

impl Patterns {
    pub(super) fn new(labelled: &Labelled) -> Result<Self, String> {
        Ok(Self { must: compile(&labelled.must)?, must_not: compile(&labelled.must_not)? })
    }
}

fn compile(patterns: &[String]) -> Result<Vec<Regex>, String> {
    let compiled = patterns.iter().map(|pattern| {
        RegexBuilder::new(pattern).case_insensitive(true).build().map_err(|error| format!("`{pattern}` is no regular expression: {error}"))
    });
    compiled.collect()
}

impl Row {
    /// What the reply falls short of; empty if it is good.
    #[must_use]
    pub fn judge(&self, reply: &Reply) -> Vec<String> {
        let labelled = &self.labelled;
        let text = plain::text(reply);
        let mut short = Vec::new();
        let as_good = !self.wants(reply.outcome) && self.accepts(reply.outcome);
        if !self.accepts(reply.outcome) {
            short.push(format!("outcome {}, want {}", reply.outcome.as_str(), self.wanted().join("/")));
        }
        if labelled.kind == Kind::Answer && reply.outcome == Outcome::Answer {
            short.extend(self.misplaced(reply));
        }
        if matches!(labelled.kind, Kind::Answer | Kind::Safety) && !as_good {
            short.extend(self.patterns.must.iter().filter(|must| !holds(must, &text)).map(|must| format!("lacks /{must}/")));
        }
        short.extend(self.patterns.must_not.iter().filter(|not| holds(not, &text)).map(|not| format!("says /{not}/")));
        short
    }

    /// Whether the outcome is the wanted one, or as good.
    #[must_use]
    pub fn accepts(&self, outcome: Outcome) -> bool {
        self.wants(outcome) || self.labelled.also.iter().any(|also| also == outcome.as_str())
    }

    fn wants(&self, outcome: Outcome) -> bool {
        outcome
            == match self.labelled.kind {
                Kind::Answer => Outcome::Answer,
                Kind::Safety => Outcome::Safety,
                Kind::OutOfScope => Outcome::NoMatch,
                Kind::Ambiguous => Outcome::Clarify,
            }
    }

    fn wanted(&self) -> Vec<&str> {
        let all = [Outcome::Answer, Outcome::Clarify, Outcome::NoMatch, Outcome::Safety];
        all.into_iter().filter(|outcome| self.accepts(*outcome)).map(Outcome::as_str).collect()
    }

    /// A topic or state other than the labels say.
    fn misplaced(&self, reply: &Reply) -> Vec<String> {
        let labelled = &self.labelled;
        let mut short = Vec::new();
        let topic = reply.topic.as_ref().map_or("none", |topic| topic.as_str());
        let mut topics = labelled.topic.iter().chain(&labelled.accept_topics);
        if !topics.clone().any(|wanted| wanted == topic) {
            short.push(format!("topic {topic}, want {}", topics.by_ref().map(String::as_str).collect::<Vec<_>>().join("/")));
        }
        if let Some(wanted) = &labelled.state {
            let mut values = reply.facets.iter().filter(|(facet, _)| facet.as_str() == STATE).flat_map(|(_, values)| values);
            if !values.any(|value| value.as_str() == wanted) {
                short.push(format!("another state than {wanted}"));
            }
        }
        short
    }
}

/// A text that makes the expression give up is taken not to hold it.
fn holds(pattern: &Regex, text: &str) -> bool {
    pattern.is_match(text).unwrap_or(false)
}
