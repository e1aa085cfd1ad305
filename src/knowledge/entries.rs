//! What a question can be taken for: entries, asides and guards, and the words all of them are read with.

use jiff::civil::Date;

use super::{AsOf, CaveatId, Confidence, EntryId, FacetId, GuardId, PictureId, Place, SourceId, TableId, TopicId, Translated, Values};

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
    /// Facets it looks across all values of: only a value that the question itself names counts.
    pub across: Vec<FacetId>,
    /// Facets of which a question must name two values or more: the entry sets them side by side.
    pub compares: Vec<FacetId>,
    /// The table whose rows refine the answer.
    pub table: Option<TableId>,
    /// Template of the lead.
    pub answer: String,
    /// Template of what stands below it.
    pub detail: Option<String>,
    /// Template of the lead where rows were found, instead of the table's.
    pub with_rows: Option<String>,
    /// The picture beside it.
    pub picture: Option<PictureId>,
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
    /// The entry that answers the same question more closely, once what it needs is known.
    pub closer: Option<EntryId>,
    /// Entries worth reading next.
    pub related: Vec<EntryId>,
    /// What held before.
    pub history: Vec<Past>,
    /// Where it is defined.
    pub place: Place,
}

impl Entry {
    /// Whether it can be answered with nothing named.
    #[must_use]
    pub fn stands_alone(&self) -> bool {
        self.needs.is_empty() && self.compares.is_empty()
    }

    /// Whether it is answered only where the facet is named.
    #[must_use]
    pub fn asks_for(&self, facet: &FacetId) -> bool {
        self.needs.contains(facet) || self.compares.contains(facet)
    }
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
    pub text: Translated,
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
    pub text: Translated,
    /// Patterns on the folded text, as they are written; the lists they use are in [`super::Knowledge::lists`].
    pub patterns: Vec<String>,
    /// A match here lets the question pass.
    pub unless: Vec<String>,
    /// Whether its patterns give way where everything else says that an entry is meant; never for danger.
    pub yields: bool,
    /// Patterns, only the surest: they are looked for even in talk that was not put to Mabel.
    pub unasked: Vec<String>,
    /// Questions it must stop.
    pub examples: Vec<String>,
    /// Questions in other languages that it must stop. Matching does not learn from them: what it knows is English.
    pub foreign_examples: Vec<String>,
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
    /// What the knowledge is about, as terms: `ma`, `{credential}`. Talk that was not put to Mabel is answered only where it names one.
    pub subject: Vec<String>,
}
