//! Word stems, so that "certified", "certifies" and "certify" are one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxBuildHasher;

static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// The stem of a folded word.
#[must_use]
pub fn stem(word: &str) -> String {
    ENGLISH.stem(word).into_owned()
}

/// Stems at hand for the words that come again and again: to look one up is a tenth of the work of finding it.
#[derive(Debug, Default)]
pub struct Stems(HashMap<Box<str>, Box<str>, FxBuildHasher>);

impl Stems {
    /// Has the stems of these folded words at hand.
    pub fn of<'word>(words: impl Iterator<Item = &'word str>) -> Self {
        Self(words.map(|word| (word.into(), stem(word).into_boxed_str())).collect())
    }

    /// The stem of a folded word, at hand or not.
    #[must_use]
    pub fn stem<'own>(&'own self, word: &'own str) -> Cow<'own, str> {
        self.0.get(word).map_or_else(|| ENGLISH.stem(word), |stem| Cow::Borrowed(stem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_the_same_whether_at_hand_or_not() {
        let stems = Stems::of(["certified", "injections"].into_iter());
        for word in ["certified", "injections", "certifies", "shots"] {
            assert_eq!(stems.stem(word), stem(word));
        }
    }
}
