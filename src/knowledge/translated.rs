//! Texts in more than one language.
//!
//! The knowledge is written in English and matched in English; what surrounds an answer, above all the words of the guards, can stand
//! beside it in other languages. Which languages a reader is offered besides is not known here.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A language, by its two letters of ISO 639: "en", "es".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 2]);

impl Language {
    /// The language that the knowledge is written in.
    pub const ENGLISH: Self = Self(*b"en");

    /// The language of that code; none if it is no two small letters.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_lowercase).then_some(Self(letters))
    }

    /// Its code.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// A text of the knowledge and its translations. Where no language is asked for it reads as it was written.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Translated(Arc<Wordings>);

#[derive(Default, PartialEq, Eq)]
struct Wordings {
    own: String,
    others: BTreeMap<Language, String>,
}

impl Translated {
    /// A text with its translations.
    #[must_use]
    pub fn new(own: String, others: BTreeMap<Language, String>) -> Self {
        Self(Arc::new(Wordings { own, others }))
    }

    /// The text as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.own
    }

    /// The text in a language; as it was written where there is none in it.
    #[must_use]
    pub fn within(&self, language: Language) -> &str {
        self.0.others.get(&language).unwrap_or(&self.0.own)
    }

    /// Whether there is a text in that language.
    #[must_use]
    pub fn is_in(&self, language: Language) -> bool {
        language == Language::ENGLISH || self.0.others.contains_key(&language)
    }

    /// The languages it was translated into, with the texts.
    pub fn translations(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0.others.iter().map(|(language, text)| (*language, text.as_str()))
    }
}

impl From<String> for Translated {
    fn from(own: String) -> Self {
        Self::new(own, BTreeMap::new())
    }
}

impl From<&str> for Translated {
    fn from(own: &str) -> Self {
        Self::from(own.to_owned())
    }
}

impl Deref for Translated {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<str> for Translated {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Translated {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Translated {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self)
    }
}

impl fmt::Debug for Translated {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_two_small_letters() {
        assert_eq!(Language::of("es").map(|language| language.code().to_owned()).as_deref(), Some("es"));
        for none in ["", "e", "ES", "esp", "e1", "é"] {
            assert_eq!(Language::of(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_not_translated_reads_as_it_was_written() {
        let (spanish, french) = (Language::of("es").unwrap(), Language::of("fr").unwrap());
        let text = Translated::new("Pay".to_owned(), BTreeMap::from([(spanish, "Sueldo".to_owned())]));
        assert_eq!((text.within(spanish), text.within(french), text.as_str()), ("Sueldo", "Pay", "Pay"));
        assert!(text.is_in(spanish) && text.is_in(Language::ENGLISH) && !text.is_in(french));
    }
}
