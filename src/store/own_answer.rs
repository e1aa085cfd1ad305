//! Answers that a server has added for itself.

use jiff::civil::Date;

/// An answer of a server's own. Nothing tells who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAnswer {
    /// What it is called within the server; the id of the interaction that added it makes a good one.
    pub id: u64,
    /// The question, as it heads the answer.
    pub question: String,
    /// Other ways to ask it.
    pub ask: Vec<String>,
    /// The answer.
    pub answer: String,
    /// The day it was added, in UTC.
    pub created: Date,
    /// The day it was last changed, in UTC.
    pub changed: Date,
}
