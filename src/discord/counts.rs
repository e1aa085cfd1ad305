//! What is counted and timed while she answers, where it happens.
//!
//! Cells that count and nothing else: what they are called outside and what they mean to an operator stands in
//! [`crate::ops::metrics`]. No label ever holds an id of a person, server or channel, nor anything that was written: labels are kinds of
//! things, topics and entries of the knowledge, and numbers of shards.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;

use crate::answer::Reply;

/// Upper ends in seconds: from what the engine alone takes to the end of an interaction's three seconds, and on to a minute, after which
/// a message is given up.
const TIMES: [f64; 14] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 10.0, 60.0];

/// How a question ended.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Question {
    /// The outcome, as in `mabel ask --json`.
    pub outcome: &'static str,
    /// The topic of the answer; `none` where there is none.
    pub topic: String,
    /// `words`: in somebody's own; `picked`: by a form, a suggestion or a button; `overheard`: in a channel where she answers unasked.
    pub asked: &'static str,
}

/// What answered a question.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Use {
    /// The entry of the knowledge.
    pub entry: String,
}

/// How an answer went out.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Way {
    /// The kind of request that carried it.
    pub request: &'static str,
}

/// A try of a request to Discord.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Try {
    /// What was asked for.
    pub request: &'static str,
    /// The HTTP status, or `late`, or `unreachable`.
    pub status: String,
}

/// How a shard's session began.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Begun {
    /// The shard.
    pub shard: u32,
    /// `identified`: a new one; `resumed`: the old one went on.
    pub how: &'static str,
}

/// Makes the histograms of times.
#[derive(Clone, Debug)]
pub struct Times;

impl MetricConstructor<Histogram> for Times {
    fn new_metric(&self) -> Histogram {
        Histogram::new(TIMES)
    }
}

/// Everything that is counted.
#[derive(Debug)]
pub struct Counts {
    /// Questions by outcome and topic.
    pub questions: Family<Question, Counter>,
    /// Questions that each entry answered.
    pub uses: Family<Use, Counter>,
    /// Seconds from the arrival of an event to the first answer that Discord took.
    pub answers: Family<Way, Histogram, Times>,
    /// Requests to Discord.
    pub requests: Family<Try, Counter>,
    /// Sessions begun.
    pub sessions: Family<Begun, Counter>,
    /// Events that arrived.
    pub events: Counter,
    /// Events that could not be read.
    pub unreadable: Counter,
    /// Answers that reached nobody.
    pub lost: Counter,
    /// Events that wait for their turn.
    pub waiting: Gauge,
    /// Events that are worked on.
    pub working: Gauge,
    /// Sessions that Discord still lets begin before it resets the token.
    pub identifies_left: Gauge,
}

impl Default for Counts {
    fn default() -> Self {
        let answers = Family::new_with_constructor(Times);
        Self {
            questions: Family::default(),
            uses: Family::default(),
            answers,
            requests: Family::default(),
            sessions: Family::default(),
            events: Counter::default(),
            unreadable: Counter::default(),
            lost: Counter::default(),
            waiting: Gauge::default(),
            working: Gauge::default(),
            identifies_left: Gauge::default(),
        }
    }
}

impl Counts {
    /// Counts a reply to a question.
    pub(super) fn question(&self, reply: &Reply, asked: &'static str) {
        let topic = reply.topic.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
        self.questions.get_or_create(&Question { outcome: reply.outcome.as_str(), topic, asked }).inc();
        if let Some(entry) = &reply.entry {
            self.uses.get_or_create(&Use { entry: entry.to_string() }).inc();
        }
    }

    /// Counts a try of a request.
    pub(super) fn tried(&self, request: &'static str, status: &str) {
        self.requests.get_or_create(&Try { request, status: status.to_string() }).inc();
    }

    /// Counts a session that began.
    pub(super) fn begun(&self, shard: u32, how: &'static str) {
        self.sessions.get_or_create(&Begun { shard, how }).inc();
    }
}

/// Something that is held for as long as this lives, and counted meanwhile.
pub(super) struct Held(Gauge);

impl Held {
    /// Counts one more.
    pub(super) fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.dec();
    }
}
