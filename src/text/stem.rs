//! Word stems, so that "certified", "certifies" and "certify" are one.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// The stem of a folded word.
#[must_use]
pub fn stem(word: &str) -> String {
    ENGLISH.stem(word).into_owned()
}
