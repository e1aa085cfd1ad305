//! What Mabel says on her own account in Discord: names of commands, labels, headings, notes, pages.
//!
//! Answers come from the knowledge; these lines do not. Each is a message of `messages`, worded once a language in a file of
//! `catalogue/`, in [Fluent's syntax](https://projectfluent.org/fluent/guide/). The files are carried in the binary, so what one of them
//! lacks or has too much is found by the tests here, never by a reader. Dates in words are in `dates.rs`; who reads what in which
//! language is decided in `readers.rs`. Nothing here knows a limit of Discord or the markup of a page.

mod dates;
mod messages;
mod readers;

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};

use crate::knowledge::{Confidence, Language, SourceKind};

pub use readers::Readers;

/// The words of one language.
#[derive(Clone, Copy)]
pub struct Texts(&'static Wordings);

struct Wordings {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/discord/texts/catalogue");

static ENGLISH: LazyLock<Wordings> = LazyLock::new(|| Wordings::read(Language::ENGLISH, include_str!("catalogue/en.ftl")));

static OTHERS: LazyLock<Vec<Wordings>> = LazyLock::new(|| {
    let files = FILES.files().filter_map(|file| {
        let language = Language::of(file.path().file_stem()?.to_str()?)?;
        Some(Wordings::read(language, file.contents_utf8()?))
    });
    files.filter(|wordings| wordings.language != Language::ENGLISH).collect()
});

impl Wordings {
    /// Reads a file. What is wrong in it is left out; the tests see to it that nothing is.
    fn read(language: Language, file: &str) -> Self {
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(readable, _)| readable);
        let mut bundle = FluentBundle::new_concurrent(vec![language.code().parse().unwrap_or_default()]);
        // Marks of direction around what is filled in would count as characters and show in names of commands.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    fn format(&self, message: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(message)?.value()?;
        Some(self.bundle.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned())
    }
}

impl Texts {
    /// The words of a language; English where there are none of it.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self(OTHERS.iter().find(|wordings| wordings.language == language).unwrap_or(&ENGLISH))
    }

    /// English.
    #[must_use]
    pub fn english() -> Self {
        Self(&ENGLISH)
    }

    /// Every language but English.
    pub fn others() -> impl Iterator<Item = Self> {
        OTHERS.iter().map(Self)
    }

    /// The language.
    #[must_use]
    pub fn language(self) -> Language {
        self.0.language
    }

    fn say<const COUNT: usize>(self, message: &'static str, arguments: [(&'static str, FluentValue<'_>); COUNT]) -> String {
        let arguments = FluentArgs::from_iter(arguments);
        let said = self.0.format(message, &arguments).or_else(|| ENGLISH.format(message, &arguments));
        said.unwrap_or_else(|| message.to_owned())
    }

    /// One of several names: "Ohio, Texas or Utah".
    #[must_use]
    pub fn one_of(self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => self.or(&first.join(", "), last),
        }
    }

    /// What kind a source is.
    #[must_use]
    pub fn kind_of_source(self, kind: SourceKind) -> String {
        match kind {
            SourceKind::Law => self.law(),
            SourceKind::Regulator => self.regulator(),
            SourceKind::CredentialBody => self.credential_body(),
            SourceKind::Statistics => self.statistics(),
            SourceKind::ProfessionalBody => self.professional_body(),
            SourceKind::Employer => self.employer(),
            SourceKind::School => self.school(),
            SourceKind::Secondary => self.secondary_source(),
        }
    }

    /// How far a source can be relied on.
    #[must_use]
    pub fn trust(self, trust: Confidence) -> String {
        match trust {
            Confidence::High => self.reliable(),
            Confidence::Medium => self.fairly_reliable(),
            Confidence::Low => self.less_certain(),
        }
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Texts({:?})", self.0.language)
    }
}

#[cfg(test)]
mod tests;
