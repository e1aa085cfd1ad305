//! What Mabel says on her own account in Discord: labels, headings, short notes.
//!
//! Answers come from the knowledge; these few lines do not. They stand in one place so that a catalogue of languages can take it.

/// Heading over the sources of an answer.
pub const SOURCES: &str = "Sources";
/// The button that posts a private answer for all to see.
pub const POST_IT: &str = "Post it here";
/// The answer was posted.
pub const POSTED: &str = "Posted as a reply to the message.";
/// Somebody had the message answered before.
pub const POSTED_BEFORE: &str = "That message has an answer of mine already.";
/// The answer could not be posted.
pub const CANNOT_POST: &str = "I may not write in this channel, so only you can see this answer.";
/// The answer could not be posted, and it may work later.
pub const POST_FAILED: &str = "Discord did not take the answer. Please try again in a minute.";
/// A button that this version cannot read.
pub const OLD_BUTTON: &str = "This button is from an older version of me. Please ask again.";
/// A button whose entry has gone.
pub const GONE: &str = "My knowledge has changed since then, and this answer is no longer in it. Please ask again.";
/// The menu was used on a message without text.
pub const NO_TEXT: &str = "There is no text in that message that I could answer.";
/// The menu was used on Mabel's own message.
pub const OWN_MESSAGE: &str = "That message is my own.";
/// A command or an interaction that this version does not know.
pub const UNKNOWN_COMMAND: &str = "I do not know this command. It may have changed; please try again in a minute.";
/// An interaction that could not be read.
pub const UNREADABLE: &str = "There is something in this message that I cannot read.";
/// Something went wrong here.
pub const BROKEN: &str = "Something went wrong on my side. Please try again.";
/// A reply without a word in it.
pub const NOTHING: &str = "I have nothing to say to that.";

/// The option of a facet names a value that there is not.
#[must_use]
pub fn unknown_value(facet: &str) -> String {
    format!("I do not know that {facet}. Please pick one from the list that opens while you type.")
}
