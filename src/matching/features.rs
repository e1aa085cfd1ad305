//! What the model sees of a question: a sparse vector of words, word pairs, letter groups and facets.
//!
//! A feature is known by the hash of its kind and name. The names of all features would take more memory than the model
//! itself, and only an explanation needs some: it spells them from the question again.

use std::collections::HashMap;
use std::hash::Hasher;

use rustc_hash::{FxBuildHasher, FxHasher};

use crate::text::vectors::{self, Direction};
use crate::understand::Term;

/// What the model sees of a question or a wording.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector {
    /// Features with their values, by feature.
    pub features: Vec<(u32, f32)>,
    /// Where its words point together.
    pub direction: Direction,
}

/// What is noted of a wording until all of them are known.
#[derive(Debug)]
pub struct Noted {
    features: Vec<u32>,
    direction: Direction,
}

/// A kind of feature. Each kind is scaled to its own length, so that a long word's many letter groups do not drown the words,
/// and weighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Stem,
    Pair,
    Letters,
    Facet,
}

/// Letter groups are of these lengths.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=5;

impl Kind {
    const ALL: [Self; 4] = [Self::Stem, Self::Pair, Self::Letters, Self::Facet];

    /// The length that the features of this kind have together. Set on a public yardstick (see `benches/banking77.rs`) and
    /// on the tuning questions.
    fn weight(self) -> f32 {
        match self {
            Self::Stem => 1.0,
            Self::Pair | Self::Letters => 0.7,
            Self::Facet => 0.5,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Stem => "word",
            Self::Pair => "pair",
            Self::Letters => "letters",
            Self::Facet => "facet",
        }
    }
}

/// Every feature that the wordings hold, with how rare it is.
#[derive(Debug, Default)]
pub struct Features {
    ids: HashMap<u64, u32, FxBuildHasher>,
    kinds: Vec<Kind>,
    rarity: Vec<f32>,
    rarest: f32,
}

/// Counts the features of the wordings, one wording after the other.
#[derive(Debug, Default)]
pub struct Counting {
    features: Features,
    counts: Vec<u32>,
    wordings: u32,
}

impl Counting {
    /// Notes the features of a wording.
    #[must_use]
    pub fn note(&mut self, terms: &[Term]) -> Noted {
        self.wordings += 1;
        let mut noted = Vec::new();
        each(terms, |kind, parts| {
            let next = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
            let id = *self.features.ids.entry(hash(kind, parts)).or_insert(next);
            if id == next {
                self.features.kinds.push(kind);
                self.counts.push(0);
            }
            noted.push(id);
        });
        noted.sort_unstable();
        noted.dedup();
        for id in &noted {
            self.counts[*id as usize] += 1;
        }
        Noted { features: noted, direction: direction(terms) }
    }

    /// The features with their rarity, once all wordings are noted.
    #[must_use]
    pub fn finish(self) -> Features {
        #[expect(clippy::cast_precision_loss, reason = "counts of wordings stay far below 2^24")]
        let rarity = |count: u32| ((1.0 + self.wordings as f32) / (1.0 + count as f32)).ln();
        let mut features = self.features;
        features.rarity = self.counts.into_iter().map(rarity).collect();
        features.rarest = rarity(1);
        features.ids.shrink_to_fit();
        features.kinds.shrink_to_fit();
        features
    }
}

impl Features {
    /// How many features there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rarity.len()
    }

    /// Whether no wording held any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rarity.is_empty()
    }

    /// How rare a term's word is among the wordings; none if no wording holds it.
    #[must_use]
    pub fn rarity(&self, term: &Term) -> Option<f32> {
        self.ids.get(&hash(Kind::Stem, &[&term.stem])).map(|id| self.rarity[*id as usize])
    }

    /// The rarity of a word that a single wording holds.
    #[must_use]
    pub fn rarest(&self) -> f32 {
        self.rarest
    }

    /// The vector of a question. What no wording holds is left out.
    #[must_use]
    pub fn vector(&self, terms: &[Term]) -> Vector {
        let mut known = Vec::with_capacity(terms.len() * 16);
        each(terms, |kind, parts| known.extend(self.ids.get(&hash(kind, parts))));
        known.sort_unstable();
        known.dedup();
        self.weigh(&Noted { features: known, direction: direction(terms) })
    }

    /// The vector of what was noted, each kind of feature scaled to its weight.
    #[must_use]
    pub fn weigh(&self, noted: &Noted) -> Vector {
        let present = &noted.features;
        // A feature of every wording still counts a little, hence the one.
        let value = |id: u32| self.rarity[id as usize] + 1.0;
        let kind = |id: u32| self.kinds[id as usize] as usize;
        let mut squares = [0.0_f32; Kind::ALL.len()];
        for id in present {
            squares[kind(*id)] += value(*id) * value(*id);
        }
        let mut scales = squares;
        for (scale, kind) in scales.iter_mut().zip(Kind::ALL) {
            *scale = kind.weight() / scale.sqrt();
        }
        let features = present.iter().map(|id| (*id, value(*id) * scales[kind(*id)])).collect();
        Vector { features, direction: noted.direction }
    }

    /// The features of a question as a reader of an explanation sees them.
    #[must_use]
    pub fn names(&self, terms: &[Term]) -> HashMap<u32, String> {
        let mut names = HashMap::new();
        each(terms, |kind, parts| {
            if let Some(id) = self.ids.get(&hash(kind, parts)) {
                names.insert(*id, format!("{} {}", kind.name(), parts.join(" ")));
            }
        });
        names
    }
}

/// Where terms point together. What stands for a facet has no vector.
fn direction(terms: &[Term]) -> Direction {
    vectors::direction(terms.iter().map(|term| term.stem.as_str()))
}

fn hash(kind: Kind, parts: &[&str]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u8(kind as u8);
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write_u8(b' ');
    }
    hasher.finish()
}

/// Calls `note` with every feature of the terms: its kind and the parts of its name.
fn each(terms: &[Term], mut note: impl FnMut(Kind, &[&str])) {
    let mut marked = String::new();
    let mut before = "^";
    for term in terms {
        note(Kind::Stem, &[&term.stem]);
        note(Kind::Pair, &[before, &term.stem]);
        before = &term.stem;
        for facet in &term.facets {
            note(Kind::Facet, &[facet]);
        }
        if !term.is_stand_in() {
            marked.clear();
            marked.push('<');
            marked.push_str(&term.word);
            marked.push('>');
            letter_groups(&marked, |group| note(Kind::Letters, &[group]));
        }
    }
}

/// The letter groups of a word with its edges marked: `<vi`, `vit`, … of `<vitals>`.
fn letter_groups(marked: &str, mut note: impl FnMut(&str)) {
    let ends: Vec<usize> = marked.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect();
    for (index, start) in marked.char_indices().map(|(at, _)| at).enumerate() {
        for length in LETTERS {
            let Some(end) = ends.get(index + length - 1) else { break };
            note(&marked[start..*end]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(words: &[&str]) -> Vec<Term> {
        words.iter().map(|word| Term { word: (*word).to_owned(), stem: (*word).to_owned(), facets: Vec::new(), in_name: false }).collect()
    }

    #[test]
    fn what_no_wording_holds_is_left_out() {
        let mut counting = Counting::default();
        let noted = counting.note(&terms(&["draw", "blood"]));
        let features = counting.finish();
        assert_eq!(features.len(), noted.features.len());
        assert_eq!(features.vector(&terms(&["qqq"])).features, []);
        assert!(features.rarity(&terms(&["blood"])[0]).is_some());
        assert!(features.rarity(&terms(&["qqq"])[0]).is_none());
    }

    #[test]
    fn every_kind_has_the_length_of_its_weight() {
        let mut counting = Counting::default();
        let wording = terms(&["draw", "blood"]);
        let noted = counting.note(&wording);
        let features = counting.finish();
        let length: f32 = features.weigh(&noted).features.iter().map(|(_, value)| value * value).sum();
        let expected: f32 = [Kind::Stem, Kind::Pair, Kind::Letters].iter().map(|kind| kind.weight() * kind.weight()).sum();
        assert!((length - expected).abs() < 1e-4, "{length} is not {expected}");
    }

    #[test]
    fn features_are_named_by_what_was_asked() {
        let mut counting = Counting::default();
        let wording = terms(&["draw", "blood"]);
        let _ = counting.note(&wording);
        let mut names: Vec<String> = counting.finish().names(&wording).into_values().filter(|name| !name.starts_with("letters")).collect();
        names.sort();
        assert_eq!(names, ["pair ^ draw", "pair draw blood", "word blood", "word draw"]);
    }
}
