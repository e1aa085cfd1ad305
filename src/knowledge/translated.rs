//! Texts in more than one language.
//!
//! The knowledge is written in English and matched in English; what surrounds an answer, above all the words of the guards, can stand
//! beside it in other languages. Which languages a reader is offered besides is not known here.

use std::fmt;

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
