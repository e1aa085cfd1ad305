//! Which message of Mabel answers what.

use jiff::civil::Date;

use crate::answer::Earlier;

/// Which message of Mabel answers what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyLink {
    /// What is answered: the id of a message, or of the interaction where a command was used.
    pub question: u64,
    /// The server of both, so that it can be forgotten; none in direct messages.
    pub guild: Option<u64>,
    /// The channel of both.
    pub channel: u64,
    /// The message that answers.
    pub answer: u64,
    /// How the answer came to stand there.
    pub origin: Origin,
    /// What the answer was about, for a question that follows up on it; none where no entry answered.
    pub about: Option<Earlier>,
    /// The day of the answer, or of its last change, in UTC: how long the link is kept counts from it.
    pub day: Date,
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
