//! Who reads what in which language.
//!
//! What one person alone sees is in the language of their Discord. What all see is in the language of the server: the language a person
//! has set is theirs, and their question should not tell it to others. A locale that there are no words for is read as English.
//! <https://docs.discord.com/developers/reference#locales>

use crate::knowledge::Language;

use super::Texts;

/// The words for what one event brings about.
#[derive(Clone, Copy, Debug)]
pub struct Readers {
    /// For what the person alone sees.
    pub person: Texts,
    /// For what all see.
    pub all: Texts,
}

impl Readers {
    /// The readers of somebody whose Discord is set to `person`, on a server that is set to `server`; outside of servers there is none,
    /// and the others are taken to read what the person reads.
    #[must_use]
    pub fn new(person: &str, server: Option<&str>) -> Self {
        let person = Texts::of_locale(person);
        Self { person, all: server.map_or(person, Texts::of_locale) }
    }

    /// The same readers on a server that has set a language of its own.
    #[must_use]
    pub fn on_server(self, locale: Option<&str>) -> Self {
        Self { all: locale.map_or(self.all, Texts::of_locale), ..self }
    }

    /// Readers of whom nothing is known.
    #[must_use]
    pub fn english() -> Self {
        Self { person: Texts::english(), all: Texts::english() }
    }

    /// Who reads a message: the person alone, or all.
    #[must_use]
    pub fn of(self, private: bool) -> Texts {
        if private { self.person } else { self.all }
    }
}

/// The locales of Discord: <https://docs.discord.com/developers/reference#locales>.
const LOCALES: [&str; 32] = [
    "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "nl",
    "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];

impl Texts {
    /// The locales of Discord that are read in this language.
    pub fn locales(self) -> impl Iterator<Item = &'static str> {
        LOCALES.into_iter().filter(move |locale| language_of(locale) == Some(self.language()))
    }

    /// The words for a locale of Discord: "es-419" is read in Spanish.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        language_of(locale).map_or_else(Self::english, Self::of)
    }
}

fn language_of(locale: &str) -> Option<Language> {
    locale.split('-').next().and_then(Language::of)
}
