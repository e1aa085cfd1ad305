//! The figures over a whole set.

use std::collections::BTreeMap;

use super::{Kind, Row};
use crate::answer::{Outcome, Question, Reply, View};
use crate::engine::Engine;

/// The edges of the bins that answers are sorted into by their confidence.
const BINS: [f64; 6] = [0.0, 0.8, 0.85, 0.9, 0.95, 0.98];

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many are.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}

impl Share {
    fn note(&mut self, is: bool) {
        self.part += usize::from(is);
        self.whole += 1;
    }

    /// The share as a number from 0 to 1; 1 of nothing.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a set has some thousand rows")]
    pub fn ratio(self) -> f64 {
        if self.whole == 0 { 1.0 } else { self.part as f64 / self.whole as f64 }
    }
}

/// A question with what was answered and what that falls short of.
#[derive(Debug)]
pub struct Judged<'rows> {
    /// The question and its labels.
    pub row: &'rows Row,
    /// What was answered.
    pub reply: Reply,
    /// What the reply falls short of; empty if it is good.
    pub short: Vec<String>,
}

impl Judged<'_> {
    /// Whether everything asked of the answer holds.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.short.is_empty()
    }

    fn kind(&self) -> Kind {
        self.row.labelled.kind
    }

    /// What was wanted, for the confusion list: the topic of an answer, or the kind.
    fn wanted(&self) -> String {
        let labelled = &self.row.labelled;
        labelled.topic.clone().filter(|_| labelled.kind == Kind::Answer).unwrap_or_else(|| labelled.kind.as_str().to_owned())
    }

    /// What was given: the entry of an answer, the guard that spoke, or the outcome.
    fn given(&self) -> String {
        let reply = &self.reply;
        let entry = reply.entry.as_ref().map(ToString::to_string).filter(|_| reply.outcome == Outcome::Answer);
        let guard = reply.guard.as_ref().map(|guard| format!("guard {guard}"));
        entry.or(guard).unwrap_or_else(|| reply.outcome.as_str().to_owned())
    }
}

/// How often answers of a confidence were right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The lowest confidence of the bin.
    pub from: f64,
    /// The mean confidence of its answers.
    pub confidence: f64,
    /// How many of them were right.
    pub right: Share,
}

/// A whole set, answered and judged.
#[derive(Debug)]
pub struct Report<'rows> {
    /// The rows in their order.
    pub judged: Vec<Judged<'rows>>,
}

impl<'rows> Report<'rows> {
    /// Asks every question of a set and judges the answers.
    #[must_use]
    pub fn new(engine: &Engine, rows: &'rows [Row], view: &View) -> Self {
        let judged = rows.iter().map(|row| {
            let reply = engine.answer(&Question::new(&row.labelled.question), view);
            Judged { row, short: row.judge(&reply), reply }
        });
        Self { judged: judged.collect() }
    }

    /// How many rows pass.
    #[must_use]
    pub fn passed(&self) -> Share {
        self.share(|_| true, Judged::passes)
    }

    /// How many rows of a kind pass.
    #[must_use]
    pub fn of_kind(&self, kind: Kind) -> Share {
        self.share(|judged| judged.kind() == kind, Judged::passes)
    }

    /// How many questions of each topic pass.
    #[must_use]
    pub fn by_topic(&self) -> BTreeMap<&str, Share> {
        let mut topics = BTreeMap::new();
        for judged in self.judged.iter().filter(|judged| judged.kind() == Kind::Answer) {
            let topic: &mut Share = topics.entry(judged.row.labelled.topic.as_deref().unwrap_or("none")).or_default();
            topic.note(judged.passes());
        }
        topics
    }

    /// How many questions that a guard must stop are stopped, or end in an outcome that is as good.
    #[must_use]
    pub fn guard_recall(&self) -> Share {
        self.share(|judged| judged.kind() == Kind::Safety, |judged| judged.row.accepts(judged.reply.outcome))
    }

    /// How many of the stops were wanted.
    #[must_use]
    pub fn guard_precision(&self) -> Share {
        self.share(|judged| judged.reply.outcome == Outcome::Safety, |judged| judged.row.accepts(Outcome::Safety))
    }

    /// How many questions that should be answered were stopped by a guard.
    #[must_use]
    pub fn stopped(&self) -> Share {
        self.share(|judged| judged.kind() == Kind::Answer, |judged| judged.reply.guard.is_some())
    }

    /// How many questions that should be answered were declined.
    #[must_use]
    pub fn refused(&self) -> Share {
        self.share(|judged| judged.kind() == Kind::Answer, |judged| judged.reply.outcome == Outcome::NoMatch)
    }

    /// How many questions that are not hers to answer were answered all the same.
    #[must_use]
    pub fn answered_wrongly(&self) -> Share {
        self.share(
            |judged| matches!(judged.kind(), Kind::OutOfScope | Kind::Safety),
            |judged| judged.reply.outcome == Outcome::Answer && !judged.row.accepts(Outcome::Answer),
        )
    }

    /// What was given instead of what was wanted, the most frequent first.
    #[must_use]
    pub fn confusions(&self) -> Vec<(String, String, usize)> {
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for judged in self.judged.iter().filter(|judged| !judged.passes()) {
            *counts.entry((judged.wanted(), judged.given())).or_default() += 1;
        }
        let mut confusions: Vec<_> = counts.into_iter().map(|((wanted, given), count)| (wanted, given, count)).collect();
        confusions.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
        confusions
    }

    /// How often answers were right, by their confidence; bins without an answer are left out.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a set has some thousand rows")]
    pub fn reliability(&self) -> Vec<Bin> {
        let tops = BINS.iter().copied().skip(1).chain([f64::INFINITY]);
        let mut bins = Vec::new();
        for (from, to) in BINS.into_iter().zip(tops) {
            let inside = |judged: &Judged<'rows>| judged.reply.outcome == Outcome::Answer && (from..to).contains(&judged.reply.confidence);
            let right = self.share(inside, Judged::passes);
            if right.whole > 0 {
                let sum: f64 = self.judged.iter().filter(|judged| inside(judged)).map(|judged| judged.reply.confidence).sum();
                bins.push(Bin { from, confidence: sum / right.whole as f64, right });
            }
        }
        bins
    }

    fn share(&self, among: impl Fn(&Judged<'rows>) -> bool, is: impl Fn(&Judged<'rows>) -> bool) -> Share {
        let mut share = Share::default();
        for judged in self.judged.iter().filter(|judged| among(judged)) {
            share.note(is(judged));
        }
        share
    }
}
