//! How good the answers are: labelled questions, a judge, and the figures.
//!
//! A set is a file of JSON lines, one labelled question each (see `CONTRIBUTING.md`). The judge looks at what a reader
//! sees, never at scores. `mabel eval` prints the figures; the tests hold them above a floor.

pub mod judge;
pub mod report;

use serde::Deserialize;

use judge::{Fault, Patterns};

/// What kind of question it is, and so what is wanted of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// About the trade: answer it.
    Answer,
    /// Somebody's own or a patient's medical question: a guard speaks.
    Safety,
    /// Not hers to answer: decline.
    OutOfScope,
    /// Could mean several things: ask back.
    Ambiguous,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Answer, Self::Safety, Self::OutOfScope, Self::Ambiguous];

    /// As it is written in a set.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Safety => "safety",
            Self::OutOfScope => "out_of_scope",
            Self::Ambiguous => "ambiguous",
        }
    }
}

/// A question with what a good answer to it holds. Keys not named here are the set's own affair.
#[derive(Clone, Debug, Deserialize)]
pub struct Labelled {
    /// Its id in the set.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// What is wanted.
    pub kind: Kind,
    /// The best topic of an answer.
    pub topic: Option<String>,
    /// Topics that are as good.
    #[serde(default)]
    pub accept_topics: Vec<String>,
    /// The state that is named or implied.
    pub state: Option<String>,
    /// Regular expressions that the text must hold.
    #[serde(default)]
    pub must: Vec<String>,
    /// Regular expressions that the text must not hold.
    #[serde(default)]
    pub must_not: Vec<String>,
    /// Outcomes that are as good as the wanted one.
    #[serde(default)]
    pub also: Vec<String>,
}

/// A labelled question, ready to be judged by.
#[derive(Debug)]
pub struct Row {
    /// The question and its labels.
    pub labelled: Labelled,
    patterns: Patterns,
}

/// Reads a set of labelled questions; empty lines are passed over.
///
/// # Errors
/// Every line that is no labelled question, with its number.
pub fn read(set: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    for (line, text) in (1..).zip(set.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let row = serde_json::from_str::<Labelled>(text)
            .map_err(|error| error.to_string())
            .and_then(|labelled| Ok(Row { patterns: Patterns::new(&labelled)?, labelled }));
        match row {
            Ok(row) => rows.push(row),
            Err(what) => faults.push(Fault { line, what }),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}
