//! What Mabel knows: checked, immutable, and free of the trade.
//!
//! A [`Knowledge`] is read from a folder of TOML files ([`load`]) or from the copy carried in the binary ([`files`]). It is
//! either whole or not there at all: [`load::load`] returns every fault of every file, never half a knowledge base. Nothing
//! here knows how a question is understood or how an answer is shown.

pub mod dates;
mod entries;
pub mod fault;
pub mod files;
pub mod forms;
pub mod ids;
pub mod load;
pub mod patterns;
pub mod pictures;
pub(crate) mod reading;
mod tables;
mod translated;

use std::collections::BTreeMap;

pub use dates::{AsOf, Span};
pub use entries::{Aside, AsideOutcome, Entry, Guard, GuardOutcome, Past, Vocabulary};
pub use fault::{Fault, Faults, Place, Severity};
pub use forms::{AnsweredBy, Field, Form, FormAnswer, Takes};
pub use ids::{CaveatId, EntryId, FacetId, GuardId, PictureId, SourceId, TableId, TopicId, ValueId};
pub use tables::{Cell, Column, ColumnKind, Row, Table};
pub use translated::{Language, Translated};

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
    pub caveats: BTreeMap<CaveatId, Translated>,
    /// Sources.
    pub sources: BTreeMap<SourceId, Source>,
    /// What a question can name.
    pub facets: Vec<Facet>,
    /// Tables of facts.
    pub tables: BTreeMap<TableId, Table>,
    /// What may be drawn beside an answer.
    pub pictures: BTreeMap<PictureId, pictures::Sketch>,
    /// What can be answered.
    pub entries: Vec<Entry>,
    /// What is heard but is no entry.
    pub asides: Vec<Aside>,
    /// What never reaches matching, in the order they are asked.
    pub guards: Vec<Guard>,
    /// The lists that patterns of guards use.
    pub lists: patterns::Lists,
    /// Words that mean the same, shorthand, words to leave alone.
    pub vocabulary: Vocabulary,
    /// Questions that are asked by filling in fields.
    pub forms: Vec<Form>,
    /// What can be given beside a question in somebody's own words.
    pub beside_question: Vec<Field>,
}

impl Knowledge {
    /// The entry of that id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id.as_str() == id)
    }

    /// The table that an entry answers from, if it has one.
    #[must_use]
    pub fn table_of(&self, entry: &Entry) -> Option<&Table> {
        self.tables.get(entry.table.as_ref()?)
    }

    /// The facets that key that table.
    #[must_use]
    pub fn keys_of(&self, entry: &Entry) -> &[FacetId] {
        self.table_of(entry).map_or(&[], |table| &table.keys)
    }

    /// Whether it makes a difference to an entry which value of a facet is meant.
    #[must_use]
    pub fn can_use(&self, entry: &Entry, facet: &FacetId) -> bool {
        entry.asks_for(facet) || self.keys_of(entry).contains(facet)
    }

    /// The facet of that id.
    #[must_use]
    pub fn facet(&self, id: &str) -> Option<&Facet> {
        self.facets.iter().find(|facet| facet.id.as_str() == id)
    }

    /// The form of that name.
    #[must_use]
    pub fn form(&self, name: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.name == name)
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
    pub name: Translated,
    /// Its version.
    pub version: String,
    /// The standing line under every answer.
    pub disclaimer: Translated,
}

/// What Mabel says where no entry speaks.
#[derive(Debug, Default)]
pub struct Texts {
    /// Nothing matched.
    pub decline: Translated,
    /// Two or more entries are close.
    pub ask_back: Translated,
    /// Nothing was asked.
    pub empty: Translated,
    /// The fact is past its review date.
    pub stale: Translated,
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
    pub title: Translated,
    /// One line on what it holds.
    pub description: Translated,
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
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the facet's file")]
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
    /// Whether its values are only given by forms, never looked for in what people write.
    pub given_only: bool,
    /// What is suggested first, before anything is typed.
    pub first: Vec<ValueId>,
    /// How a reader is asked for a value where an answer leaves it open: "Where do you work?"
    pub prompt: Option<Translated>,
    /// Whether a place may be at home in one value of it: that value is taken where a question names none.
    pub home: bool,
    /// Wordings that ask about all values: then none is taken for granted.
    pub everywhere: Vec<String>,
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

    /// The value that somebody means who types its id, its name or one of its aliases, whole and in any case. Where the facet is
    /// asked for, aliases that otherwise count only in context count too.
    #[must_use]
    pub fn meant(&self, typed: &str) -> Option<&FacetValue> {
        let same = |name: &str| name.to_lowercase() == typed.to_lowercase();
        let by_name = self.values.iter().find(|value| same(value.id.as_str()) || same(&value.name));
        let by = |aliases: fn(&FacetValue) -> &Vec<String>| self.values.iter().find(|value| aliases(value).iter().any(|alias| same(alias)));
        by_name.or_else(|| by(|value| &value.aliases)).or_else(|| by(|value| &value.in_context))
    }
}

/// One value of a facet.
#[derive(Debug)]
pub struct FacetValue {
    /// Its id.
    pub id: ValueId,
    /// As an answer says it.
    pub name: String,
    /// What the publisher of figures about it numbers it by; values whose figures are the same share one.
    pub code: Option<String>,
    /// Wordings that always count.
    pub aliases: Vec<String>,
    /// Wordings that count only in context.
    pub in_context: Vec<String>,
    /// Values of other facets that it brings along.
    pub implies: Values,
    /// Narrower values of the same facet that it stands for.
    pub covers: Vec<ValueId>,
    /// Its place on a map of tiles.
    pub tile: Option<Tile>,
    /// Where it is defined.
    pub place: Place,
}

/// A place on a map of tiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// Column, counted from 1 at the left.
    pub column: u8,
    /// Row, counted from 1 at the top.
    pub row: u8,
}

impl Tile {
    /// The most columns and the most rows of a map: more tiles would be too small to read.
    pub const MOST: u8 = 14;
}
