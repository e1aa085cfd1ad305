//! What Mabel says on her own account in Discord: names of commands, labels, headings, notes, pages.
//!
//! Answers come from the knowledge; these lines do not. They stand in one place so that a catalogue of languages can take it.

pub mod pictures;

use crate::knowledge::{Confidence, SourceKind};

/// Commands that are the same whatever the knowledge is about. Names never change once released.
pub mod commands {
    /// Asks a question.
    pub const ASK: (&str, &str) = ("ask", "Ask in your own words and get a short answer with its sources");
    /// Lists the topics.
    pub const TOPICS: (&str, &str) = ("topics", "What I can answer, by topic");
    /// Shows sources.
    pub const SOURCES: (&str, &str) = ("sources", "Where an answer comes from, with dates; without a question, an overview");
    /// Tells who Mabel is.
    pub const ABOUT: (&str, &str) = ("about", "What I am, what I know and as of when");
    /// Tells how to ask.
    pub const HELP: (&str, &str) = ("help", "How to ask me, and my commands");
    /// Tells what is kept.
    pub const PRIVACY: (&str, &str) = ("privacy", "What I read and what I keep");
    /// Answers a message, from its menu.
    pub const ANSWER_MESSAGE: &str = "Ask Mabel about this";
    /// The option that holds a question.
    pub const QUESTION: (&str, &str) = ("question", "Your question; pick one that is offered, or write your own");
    /// The option that names an answer.
    pub const ENTRY: (&str, &str) = ("entry", "The question whose sources you want to see");
    /// The option that makes an answer private.
    pub const PRIVATE: (&str, &str) = ("private", "Show the answer to you alone");
}

/// Heading over the sources of an answer.
pub const SOURCES: &str = "Sources";
/// The button that shows all sources.
pub const SHOW_SOURCES: &str = "Sources";
/// The button that shows the detail of an answer.
pub const MORE: &str = "More";
/// The button that posts a private answer for all to see.
pub const POST_IT: &str = "Post it";
/// The button of a vote for an answer.
pub const HELPFUL: &str = "Helpful";
/// The button of a vote against an answer.
pub const NOT_HELPFUL: &str = "Not helpful";
/// The button that deletes an answer.
pub const DELETE: &str = "Delete";
/// What stands on a select of related questions.
pub const RELATED: &str = "Related questions";
/// What stands on the select of topics.
pub const QUESTIONS_OF_TOPIC: &str = "See the questions of a topic";

/// The answer was posted.
pub const POSTED: &str = "Posted as a reply to the message.";
/// Somebody had the message answered before.
pub const POSTED_BEFORE: &str = "That message has an answer of mine already.";
/// The answer could not be posted.
pub const CANNOT_POST: &str = "I may not write in this channel, so only you can see this answer.";
/// The person may not write where they want the answer posted.
pub const MAY_NOT_POST: &str = "You may not write in this channel, so I did not post it. Only you can see this answer.";
/// The message to be answered has gone.
pub const MESSAGE_GONE: &str = "That message is no longer there, so I did not post it. Only you can see this answer.";
/// The answer could not be posted, and it may work later.
pub const POST_FAILED: &str = "Discord did not take the answer. Please try again in a minute.";
/// A vote for an answer was counted.
pub const VOTED_HELPFUL: &str = "Thank you. Your vote is counted, without your name.";
/// A vote against an answer was counted.
pub const VOTED_NOT_HELPFUL: &str =
    "Thank you for telling. Your vote is counted, without your name. Asking in other words may bring a better answer.";
/// Somebody votes on the same answer again.
pub const VOTED_BEFORE: &str = "Your vote on this answer is counted already; you can vote on it again tomorrow.";
/// A vote could not be kept.
pub const VOTE_LOST: &str = "I could not keep your vote just now. Please try again in a minute.";
/// Somebody may not delete an answer.
pub const NOT_YOURS: &str = "Only the person who asked and people who manage messages here can delete this.";
/// A button that this version cannot read.
pub const OLD_BUTTON: &str = "This button is from another version of me. Please ask again.";
/// A button whose entry has gone.
pub const GONE: &str = "My knowledge has changed since then, and this answer is no longer in it. Please ask again.";
/// The menu was used on a message without text.
pub const NO_TEXT: &str = "There is no text in that message that I could answer.";
/// The menu was used on Mabel's own message.
pub const OWN_MESSAGE: &str = "That message is my own. To go on from it, reply to it or press one of its buttons.";
/// A command or an interaction that this version does not know.
pub const UNKNOWN_COMMAND: &str = "I do not know this command. It may have changed; please try again in a minute.";
/// An interaction that could not be read.
pub const UNREADABLE: &str = "There is something in this message that I cannot read.";
/// Something went wrong here.
pub const BROKEN: &str = "Something went wrong on my side. Please try again.";
/// A reply without a word in it.
pub const NOTHING: &str = "I have nothing to say to that.";
/// Sources were asked for of what no entry answers.
pub const NO_SOURCES: &str =
    "I have no answer to that, so there are no sources to show. Please pick one of the questions that are offered while you type.";
/// A command with nothing in it that can be answered.
pub const NOTHING_GIVEN: &str = "Please fill in at least one of the options that open after the command.";

/// An option holds what there is not; `near` are names it may have been meant for.
#[must_use]
pub fn unknown_value(option: &str, near: &[String]) -> String {
    match near {
        [] => format!("I do not know what you wrote for `{option}`. Please pick one from the list that opens while you type."),
        near => format!(
            "I do not know what you wrote for `{option}`. Did you mean {}? Please pick one from the list that opens while you type.",
            one_of(near)
        ),
    }
}

/// A second thing is given, and no first.
#[must_use]
pub fn nothing_to_compare(option: &str, wants: &[String]) -> String {
    let wants: Vec<String> = wants.iter().map(|option| format!("`{option}`")).collect();
    format!("To compare, please fill in {} as well as `{option}`.", one_of(&wants))
}

fn one_of(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// What stands on one of several selects for a question: what it asks, and the first and last of what it offers.
#[must_use]
pub fn part_of(prompt: &str, first: &str, last: &str) -> String {
    if first == last { format!("{prompt} {first}") } else { format!("{prompt} {first} to {last}") }
}

/// Above the topics.
#[must_use]
pub fn topics(name: &str) -> String {
    format!("**{name}: what I can answer**")
}

/// One topic.
#[must_use]
pub fn topic(title: &str, description: &str, answers: usize) -> String {
    format!("- **{title}** ({}): {description}", counted(answers, "answer"))
}

/// Above the questions of a topic.
#[must_use]
pub fn questions(title: &str, questions: usize) -> String {
    format!("**{title}**: I have answers to {}. Choose one.", counted(questions, "question"))
}

/// Above the sources of an answer.
#[must_use]
pub fn sources_of(question: &str) -> String {
    format!("**Sources for:** {question}")
}

/// When an answer is to be looked at again.
#[must_use]
pub fn review(day: &str) -> String {
    format!("To be checked again by {day}.")
}

/// The line under a source: what kind it is, how far it can be relied on, and its date.
#[must_use]
pub fn about_source(kind: SourceKind, trust: Confidence, date: &str) -> String {
    let trust = match trust {
        Confidence::High => "reliable",
        Confidence::Medium => "fairly reliable",
        Confidence::Low => "less certain",
    };
    format!("{}, {trust}, {date}", kind_of_source(kind))
}

/// What kind a source is.
#[must_use]
pub fn kind_of_source(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Law => "law",
        SourceKind::Regulator => "regulator",
        SourceKind::CredentialBody => "credential body",
        SourceKind::Statistics => "official statistics",
        SourceKind::ProfessionalBody => "professional body",
        SourceKind::Employer => "employer",
        SourceKind::School => "school",
        SourceKind::Secondary => "secondary source",
    }
}

/// The overview of all sources, by how many there are of each kind.
#[must_use]
pub fn all_sources(count: usize, kinds: &[(SourceKind, usize)]) -> String {
    let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("- {}: {count}", kind_of_source(*kind))).collect();
    format!(
        "**Where my answers come from**\n\nEvery answer names its sources and their dates. I know {} in all:\n{}\n\nTo see the sources of one \
         answer, press **Sources** under it, or use `/sources` and pick its question.",
        counted(count, "source"),
        kinds.join("\n"),
    )
}

/// Who Mabel is. `facts` are rows of tables.
#[must_use]
pub fn about(knowledge: &str, version: &str, program: &str, entries: usize, facts: usize, sources: usize) -> String {
    format!(
        "**I am Mabel.** I answer questions from files that people wrote and checked, with the source and the date of every answer. I make \
         nothing up: unsure, I ask back; what I do not know, I say so.\n\n- What I know: {knowledge}, version {version}\n- {}, {} in tables, \
         {}\n- Program version {program}",
        counted(entries, "answer"),
        counted(facts, "fact"),
        counted(sources, "source"),
    )
}

/// How to ask. `commands` are names and what they do.
#[must_use]
pub fn help(commands: &[(&str, &str)]) -> String {
    let commands: Vec<String> = commands.iter().map(|(name, does)| format!("- `/{name}`: {does}")).collect();
    format!(
        "**How to ask me**\n\n- Mention me with your question, reply to one of my answers to go on from it, or write to me directly.\n- Open \
         the menu of a message, then Apps, then **{}**. Only you see the answer until you post it.\n- Edit your question and I change my answer; \
         delete it and mine goes too.\n\n**Commands**, each with `private` to show the answer to you alone\n{}",
        self::commands::ANSWER_MESSAGE,
        commands.join("\n"),
    )
}

/// What is read and what is kept.
pub const PRIVACY: &str = "**What I read:** the text of a question that is put to me: a command, a message picked in the menu, a message that \
    mentions me or replies to me, a direct message. No other messages.\n\n**What I keep:** for 7 days, which answer belongs to which question \
    (numbers of messages, never their text), so that I can follow your edits and deletions. Votes as a count for an answer and a day, without \
    your name. Of a question I cannot answer, single words in alphabetical order, so that people see what is missing, and nothing at all if it \
    seems to tell of a person. What a server has set, until 30 days after I leave it. No names, no questions.\n\n**What I send elsewhere:** nothing.\n\nPlease never write what could identify a patient. Delete your \
    question, or press **Delete** under an answer, and the answer goes.";

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
