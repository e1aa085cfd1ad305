//! What Mabel knows: checked, immutable, and free of the trade.
//!
//! A [`Knowledge`] is read from a folder of TOML files ([`load`]) or from the copy carried in the binary ([`files`]). It is
//! either whole or not there at all: [`load::load`] returns every fault of every file, never half a knowledge base. Nothing
//! here knows how a question is understood or how an answer is shown.

pub mod dates;
pub mod fault;
pub mod files;
pub mod ids;
pub mod load;
mod reading;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use dates::AsOf;
pub use fault::{Fault, Faults, Place, Severity};
pub use ids::{CaveatId, EntryId, FacetId, GuardId, SourceId, TableId, TopicId, ValueId};

/// Facet values by facet: what a question names, or what an entry is about.
pub type Values = BTreeMap<FacetId, Vec<ValueId>>;

/// Everything Mabel knows.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// What the knowledge base is called, and what stands under each answer.
    pub about: About,
    /// What she says where no entry speaks.
    pub texts: Texts,
    /// Topics, in the order they are shown.
    pub topics: Vec<Topic>,
    /// Named caveats.
    pub caveats: BTreeMap<CaveatId, String>,
    /// Sources.
    pub sources: BTreeMap<SourceId, Source>,
    /// What a question can name.
    pub facets: Vec<Facet>,
    /// Tables of facts.
    pub tables: BTreeMap<TableId, Table>,
    /// What can be answered.
    pub entries: Vec<Entry>,
    /// What is heard but is no entry.
    pub asides: Vec<Aside>,
    /// What never reaches matching, in the order they are asked.
    pub guards: Vec<Guard>,
    /// Words that mean the same, shorthand, words to leave alone.
    pub vocabulary: Vocabulary,
}

impl Knowledge {
    /// The entry of that id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id.as_str() == id)
    }

    /// The facet of that id.
    #[must_use]
    pub fn facet(&self, id: &str) -> Option<&Facet> {
        self.facets.iter().find(|facet| facet.id.as_str() == id)
    }

    /// The topic of that id.
    #[must_use]
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id.as_str() == id)
    }
}

/// What the knowledge base is called, and what stands under each answer.
#[derive(Debug, Default)]
pub struct About {
    /// Name of the knowledge base.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The standing line under every answer.
    pub disclaimer: String,
}

/// What Mabel says where no entry speaks.
#[derive(Debug, Default)]
pub struct Texts {
    /// Nothing matched.
    pub decline: String,
    /// Two or more entries are close.
    pub ask_back: String,
    /// Nothing was asked.
    pub empty: String,
    /// The fact is past its review date.
    pub stale: String,
    /// A superseded figure was asked for; stands before what holds now.
    pub superseded: String,
    /// A year was asked for that the entry has no figure of.
    pub no_figure: String,
}

/// A topic.
#[derive(Debug)]
pub struct Topic {
    /// Its id.
    pub id: TopicId,
    /// As people read it.
    pub title: String,
    /// One line on what it holds.
    pub description: String,
    /// Colour as 0xRRGGBB.
    pub colour: u32,
}

/// What kind of publisher stands behind a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// A statute or regulation.
    Law,
    /// A board or agency.
    Regulator,
    /// A body that certifies.
    CredentialBody,
    /// Official statistics.
    Statistics,
    /// A professional association.
    ProfessionalBody,
    /// An employer.
    Employer,
    /// A school.
    School,
    /// Anybody who tells what others found.
    Secondary,
}

/// How far a source or a row can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Old, weak or unconfirmed.
    Low,
    /// A reputable secondary source, an opinion, or read between the lines.
    Medium,
    /// The primary text, or its publisher quoting it.
    High,
}

impl Confidence {
    /// The word for it in knowledge files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Where a fact is from.
#[derive(Clone, Debug)]
pub struct Source {
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
    /// What kind of publisher.
    pub kind: SourceKind,
    /// How far it can be relied on.
    pub trust: Confidence,
    /// Where it is defined.
    pub place: Place,
}

/// A kind of thing that a question can name: a state, a task, a credential.
#[derive(Debug)]
pub struct Facet {
    /// Its id.
    pub id: FacetId,
    /// What it is called.
    pub name: String,
    /// Words before an alias that counts only in context.
    pub introduced_by: Vec<String>,
    /// Words after such an alias.
    pub followed_by: Vec<String>,
    /// Whether aliases match in any grammatical form.
    pub stems: bool,
    /// Whether its values are all alike to the matcher: a wording for one serves every other.
    pub stand_in: bool,
    /// The values.
    pub values: Vec<FacetValue>,
    /// Where it is defined.
    pub place: Place,
}

impl Facet {
    /// The value of that id.
    #[must_use]
    pub fn value(&self, id: &str) -> Option<&FacetValue> {
        self.values.iter().find(|value| value.id.as_str() == id)
    }
}

/// One value of a facet.
#[derive(Debug)]
pub struct FacetValue {
    /// Its id.
    pub id: ValueId,
    /// As an answer says it.
    pub name: String,
    /// Wordings that always count.
    pub aliases: Vec<String>,
    /// Wordings that count only in context.
    pub in_context: Vec<String>,
    /// Values of other facets that it brings along.
    pub implies: Values,
    /// Narrower values of the same facet that it stands for.
    pub covers: Vec<ValueId>,
    /// Where it is defined.
    pub place: Place,
}

/// What a column of a table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// Whether a row may leave it out.
    pub optional: bool,
}

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A number.
    Number,
    /// A text.
    Text,
    /// A date.
    Date,
    /// One of these texts.
    Choice(Vec<String>),
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A date.
    Date(AsOf),
}

/// Facts in rows, keyed by facets.
#[derive(Debug)]
pub struct Table {
    /// Its id.
    pub id: TableId,
    /// What it is called.
    pub title: String,
    /// The facets that key a row.
    pub keys: Vec<FacetId>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Template for rows found.
    pub answer: Option<String>,
    /// Template for a row that does not exist.
    pub missing: Option<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Where it is defined.
    pub place: Place,
}

/// One row of a table.
#[derive(Debug)]
pub struct Row {
    /// The values of the table's keys, in their order.
    pub keys: Vec<ValueId>,
    /// The cells, in the order of the table's columns; `None` where left out.
    pub cells: Vec<Option<Cell>>,
    /// Where the fact is from.
    pub source: SourceId,
    /// When it was true.
    pub as_of: AsOf,
    /// When to look again.
    pub review_by: Option<Date>,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// Where it is defined.
    pub place: Place,
}

/// Something that can be answered.
#[derive(Debug)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The topic it belongs to.
    pub topic: TopicId,
    /// As a careful person would ask it.
    pub question: String,
    /// As people do ask it.
    pub ask: Vec<String>,
    /// What it is about.
    pub facets: Values,
    /// Facets that a question must name.
    pub needs: Vec<FacetId>,
    /// The table whose rows refine the answer.
    pub table: Option<TableId>,
    /// Template of the lead.
    pub answer: String,
    /// Template of what stands below it.
    pub detail: Option<String>,
    /// Template of the lead where rows were found, instead of the table's.
    pub with_rows: Option<String>,
    /// Named caveats.
    pub caveats: Vec<CaveatId>,
    /// Sources, best first.
    pub sources: Vec<SourceId>,
    /// When it was true.
    pub as_of: AsOf,
    /// When to look again.
    pub review_by: Date,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// Entries worth reading next.
    pub related: Vec<EntryId>,
    /// What held before.
    pub history: Vec<Past>,
    /// Where it is defined.
    pub place: Place,
}

/// A superseded claim, told only when asked for its year.
#[derive(Debug)]
pub struct Past {
    /// When it held.
    pub as_of: AsOf,
    /// What was said.
    pub says: String,
    /// Who said it.
    pub source: SourceId,
}

/// Something heard that is no entry: too short to answer, small talk, or another trade's business.
#[derive(Debug)]
pub struct Aside {
    /// Its id.
    pub id: String,
    /// Whether it asks back or declines.
    pub outcome: AsideOutcome,
    /// How it is put.
    pub ask: Vec<String>,
    /// What Mabel says.
    pub text: String,
    /// Entries to choose from.
    pub choices: Vec<EntryId>,
    /// Where it is defined.
    pub place: Place,
}

/// What an [`Aside`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideOutcome {
    /// Asks back.
    Clarify,
    /// Declines.
    NoMatch,
}

/// Something that must never reach matching.
#[derive(Debug)]
pub struct Guard {
    /// Its id.
    pub id: GuardId,
    /// Whether it speaks for safety or merely declines.
    pub outcome: GuardOutcome,
    /// The fixed text.
    pub text: String,
    /// Regular expressions on the folded text, lists filled in.
    pub patterns: Vec<String>,
    /// A match here lets the question pass.
    pub unless: Vec<String>,
    /// Questions it must stop.
    pub examples: Vec<String>,
    /// Questions no guard may stop.
    pub passes: Vec<String>,
    /// Source of the text, such as the owner of a telephone number.
    pub source: Option<SourceId>,
    /// When the text was true.
    pub as_of: AsOf,
    /// Where it is defined.
    pub place: Place,
}

/// What a [`Guard`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuardOutcome {
    /// Points to the right help.
    Safety,
    /// Declines.
    NoMatch,
}

/// Words that mean the same, shorthand, words to leave alone.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Groups: the word all are read as, and the wordings read so.
    pub same: Vec<(String, Vec<String>)>,
    /// Chat shorthand and its long form.
    pub shorthand: Vec<(String, String)>,
    /// Words never "corrected".
    pub keep: Vec<String>,
    /// Words that carry nothing.
    pub ignore: Vec<String>,
}
