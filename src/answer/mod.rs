//! What Mabel says, free of any platform: the [`Reply`].
//!
//! A reply is data. How it looks on a terminal is [`plain`]'s business, how it looks in Discord is `discord::render`'s; both
//! show the same words. What was translated stands in it in every language, since only who shows it knows who reads it. Replies are
//! composed from entries, rows and templates in [`compose`].

pub mod compose;
mod functions;
mod held;
pub mod object;
pub mod picture;
pub mod plain;
pub mod rows;
mod seen;
pub mod templates;

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::knowledge::{AsOf, EntryId, FacetId, GuardId, SourceId, Span, TopicId, Translated, Values};
use crate::own::{OwnAnswers, OwnMark};

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was answered.
    Answer,
    /// Two or more answers are close: Mabel asks back.
    Clarify,
    /// It is not hers to answer.
    NoMatch,
    /// A guard spoke.
    Safety,
}

impl Outcome {
    /// The name in the command-line contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Clarify => "clarify",
            Self::NoMatch => "no_match",
            Self::Safety => "safety",
        }
    }
}

/// What Mabel says to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// What became of the question.
    pub outcome: Outcome,
    /// The topic of the entry that answers.
    pub topic: Option<TopicId>,
    /// The topic's title as people read it.
    pub topic_title: Option<Translated>,
    /// The topic's colour as 0xRRGGBB.
    pub colour: Option<u32>,
    /// The entry that answers.
    pub entry: Option<EntryId>,
    /// The entry's question, as a careful person would ask it.
    pub question: Option<String>,
    /// What the question named.
    pub facets: Values,
    /// What of it was taken for granted.
    pub assumed: Vec<Assumed>,
    /// How likely this is what was meant, 0 to 1.
    pub confidence: f64,
    /// The answer itself; its first sentence can stand alone.
    pub lead: Translated,
    /// What a reader may want below it.
    pub detail: Option<String>,
    /// Caveats, one sentence each.
    pub caveats: Vec<Translated>,
    /// Sources, best first, at most [`MOST_SOURCES`].
    pub sources: Vec<Citation>,
    /// When the facts were true.
    pub as_of: Option<Span>,
    /// Set when a fact is past its review date: the sentence that says so.
    pub stale: Option<Translated>,
    /// What to choose from when Mabel asks back.
    pub choices: Vec<Choice>,
    /// What the answer leaves open that a reader can still say.
    pub open: Option<Open>,
    /// Another question of the same message, which this does not answer.
    pub other: Option<Choice>,
    /// What to read next.
    pub related: Vec<Choice>,
    /// The guard that spoke.
    pub guard: Option<GuardId>,
    /// The standing line under every answer.
    pub disclaimer: Option<Translated>,
    /// Set when an answer of the place's own speaks instead of the knowledge.
    pub own: Option<OwnMark>,
    /// Whether there is something to show beside the answer, where people would rather look. [`Engine::picture`] describes it.
    ///
    /// [`Engine::picture`]: crate::engine::Engine::picture
    pub has_picture: bool,
}

/// The most sources a reply shows.
pub const MOST_SOURCES: usize = 3;

/// A source as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Its id.
    pub id: SourceId,
    /// Title of the page or document.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// A page a person can read, where there is one.
    pub url: Option<String>,
    /// When it was published or current.
    pub as_of: AsOf,
}

/// Something a reader can choose: an entry, with the facets named so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub label: String,
    /// The entry it leads to.
    pub entry: EntryId,
    /// The facets to answer it with.
    pub facets: Values,
}

/// A value that the question did not name, taken because the place it was asked in is at home there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumed {
    /// What the facet is called.
    pub facet: String,
    /// The value, as an answer says it.
    pub value: String,
}

/// Something an answer leaves open: with a value of that facet there is a closer one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The facet.
    pub facet: FacetId,
    /// How a reader is asked for it.
    pub prompt: Translated,
    /// The entry that answers with the value.
    pub entry: EntryId,
}

/// A question as it comes in.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// What was typed, as it was typed.
    pub text: String,
    /// Facets given beside the text, such as a command's option; they count as named.
    pub given: Values,
    /// What the conversation was about, for "and in Texas?".
    pub earlier: Option<Earlier>,
}

impl Question {
    /// A question of nothing but text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl Reply {
    /// What it is about. None where no entry answers.
    #[must_use]
    pub fn about(&self) -> Option<Earlier> {
        self.entry.clone().map(|entry| Earlier { entry, facets: self.facets.clone() })
    }

    /// What the conversation is about after it: what no entry answers leaves it where it was, and what was named for a question back is
    /// not forgotten.
    #[must_use]
    pub fn leaves(&self, earlier: Option<Earlier>) -> Option<Earlier> {
        self.about().or_else(|| {
            let Earlier { entry, mut facets } = earlier?;
            if self.outcome == Outcome::Clarify {
                facets.extend(self.facets.clone());
            }
            Some(Earlier { entry, facets })
        })
    }
}

/// What an earlier reply of the conversation was about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// The entry that answered.
    pub entry: EntryId,
    /// The facets it answered for.
    pub facets: Values,
}

/// For whom and when a question is answered.
#[derive(Clone, Debug)]
pub struct View {
    /// The day, for what is past its review date.
    pub today: Date,
    /// Facets taken for granted where the question names none, such as a server's home state.
    pub defaults: Values,
    /// The topic of the place, which a question that could mean several things is taken for.
    pub topic: Option<TopicId>,
    /// Answers of the place's own.
    pub own: Option<Arc<OwnAnswers>>,
}

impl View {
    /// A view on that day that takes nothing for granted.
    #[must_use]
    pub fn on(today: Date) -> Self {
        Self { today, defaults: Values::new(), topic: None, own: None }
    }

    /// The same view, taking nothing for granted about facets that are asked about in all their values.
    pub(crate) fn looking_across(&self, everywhere: &[FacetId]) -> Self {
        let mut view = self.clone();
        view.defaults.retain(|facet, _| !everywhere.contains(facet));
        view
    }
}
