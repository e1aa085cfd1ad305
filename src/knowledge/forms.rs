//! Questions that are asked by filling in fields: what a form asks for, and which entry answers it.
//!
//! A form says with structure what a question says in words: the state and the task are given, not found in a sentence. Discord shows
//! each as a command whose options are the fields. How a filled-in form finds its entry is the engine's business.

use super::{EntryId, FacetId, Place, TopicId, Translated};

/// A question that is asked by filling in fields.
#[derive(Debug)]
pub struct Form {
    /// What it is called; kept for ever once released. Translations are shown in its place and never count.
    pub name: Translated,
    /// One line on what it answers.
    pub description: Translated,
    /// What can be filled in, required fields first.
    pub fields: Vec<Field>,
    /// Which entry answers; the first answer whose fields are all filled in counts.
    pub answers: Vec<FormAnswer>,
    /// Where it is defined.
    pub place: Place,
}

impl Form {
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Something to fill in.
#[derive(Debug)]
pub struct Field {
    /// What it is called; kept for ever once released. Translations are shown in its place and never count.
    pub name: Translated,
    /// One line on what it takes.
    pub description: Translated,
    /// What it takes.
    pub takes: Takes,
    /// Whether it must be filled in.
    pub required: bool,
    /// Where it is defined.
    pub place: Place,
}

/// What a field takes.
#[derive(Debug)]
pub enum Takes {
    /// A value of that facet.
    Value(FacetId),
    /// An entry of that topic, which then answers.
    Entry(TopicId),
    /// A second value of the facet of whichever of these fields is filled in.
    Another(Vec<String>),
}

/// Which entry answers when certain fields are filled in.
#[derive(Debug)]
pub struct FormAnswer {
    /// Names of those fields.
    pub given: Vec<String>,
    /// Who answers.
    pub by: AnsweredBy,
    /// Where it is defined.
    pub place: Place,
}

/// Who answers a form.
#[derive(Debug)]
pub enum AnsweredBy {
    /// That entry.
    Entry(EntryId),
    /// The entry of the topic that is most closely about the value given; the next answer counts where there is none.
    About {
        /// The facet of the value.
        facet: FacetId,
        /// The topic.
        topic: TopicId,
    },
}

/// Names that belong to the interface itself, whatever the knowledge is about: no form may take one.
pub const RESERVED: [&str; 11] = ["about", "ask", "forget", "gaps", "help", "own", "privacy", "settings", "sources", "stats", "topics"];

/// Names of options that interfaces add of their own: no field may take one.
pub const RESERVED_FIELDS: [&str; 3] = ["entry", "private", "question"];

/// Whether a form or field can be shown under that name in another language: letters of any alphabet, none of them large.
#[must_use]
pub fn is_shown_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || "_-".contains(letter);
    (1..=32).contains(&name.chars().count()) && name.chars().all(fits) && name.to_lowercase() == name
}

/// Whether a form or field can be called so: what Discord takes for a command.
///
/// <https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming>
#[must_use]
pub fn is_name(name: &str) -> bool {
    (1..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte))
}
