//! What outlives a single question: which message of Mabel answers what, and how answers were received.
//!
//! The store holds ids of messages and channels, what an answer was about, and counts of votes; never who asked or voted, and never what
//! was written. It knows
//! ids of the knowledge and nothing of Discord beyond numbers. [`Memory`] forgets everything at the end of the process; durable
//! stores take the same trait and pass the same tests.

mod memory;

pub use memory::{Memory, Tally};

use async_trait::async_trait;
use jiff::civil::Date;

use crate::answer::Earlier;
use crate::knowledge::EntryId;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[error("the store failed: {0}")]
pub struct StoreError(pub String);

/// Which message of Mabel answers what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyLink {
    /// What is answered: the id of a message, or of the interaction where a command was used.
    pub question: u64,
    /// The channel of both.
    pub channel: u64,
    /// The message that answers.
    pub answer: u64,
    /// How the answer came to stand there.
    pub origin: Origin,
    /// What the answer was about, for a question that follows up on it; none where no entry answered.
    pub about: Option<Earlier>,
}

/// How an answer came to stand in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The message asked Mabel: its edits change the answer.
    Asked,
    /// Somebody else had the message answered: its edits are not Mabel's business, its deletion is.
    Posted,
    /// A command was used; there is no message of the asker.
    Command,
}

/// A vote on an answer: all that is kept of it. That nobody votes twice is seen to by who takes the vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The entry that answered.
    pub entry: EntryId,
    /// Whether it helped.
    pub helpful: bool,
    /// The day of the vote.
    pub day: Date,
}

/// What outlives a single question.
#[async_trait]
pub trait Store: Send + Sync {
    /// Keeps a link, in the place of an earlier one for the same question.
    async fn keep_link(&self, link: ReplyLink) -> Result<(), StoreError>;

    /// The link of that question.
    async fn link(&self, question: u64) -> Result<Option<ReplyLink>, StoreError>;

    /// The link whose answer is that message.
    async fn link_of_answer(&self, answer: u64) -> Result<Option<ReplyLink>, StoreError>;

    /// Drops the link of that question.
    async fn drop_link(&self, question: u64) -> Result<(), StoreError>;

    /// Counts a vote.
    async fn keep_vote(&self, vote: Vote) -> Result<(), StoreError>;
}
