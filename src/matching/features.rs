//! What the model sees of a question: a sparse vector of words, word pairs, letter groups and facets.
//!
//! A feature is known by the hash of its kind and name. The names of all features would take more memory than the model
//! itself, and only an explanation needs some: it spells them from the question again.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxBuildHasher, FxHasher};

use super::examples::Examples;
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

/// A kind of feature. Each kind is scaled to its own length, so that a long word's many letter groups do not drown the words,
/// and weighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Stem,
    Pair,
    Letters,
    Facet,
}

/// Letter groups are of these lengths.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=4;

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
    /// In how many wordings each feature was met, and in which one last.
    counts: Vec<(u32, u32)>,
    /// The terms met so far by their hash, with their numbers.
    terms: HashMap<u64, u32, FxBuildHasher>,
    examples: Examples,
}

impl Counting {
    /// Notes a wording of a target.
    pub fn note(&mut self, target: u16, terms: &[Term]) {
        let mut before = "^";
        let mut noted = Vec::with_capacity(terms.len());
        let mut key = FxHasher::default();
        for term in terms {
            term.stem.hash(&mut key);
            let number = self.number(term);
            let pair = self.features.number(Kind::Pair, &[before, &term.stem]);
            noted.push((number, pair));
            before = &term.stem;
        }
        self.examples.add(target, key.finish(), &noted);
        self.counts.resize(self.features.kinds.len(), (0, 0));
        let latest = u32::try_from(self.examples.len()).unwrap_or(u32::MAX);
        for feature in self.examples.features(self.examples.len() - 1) {
            let (count, wording) = &mut self.counts[feature as usize];
            *count += u32::from(*wording != latest);
            *wording = latest;
        }
    }

    /// The number of a term among those of all wordings.
    fn number(&mut self, term: &Term) -> u32 {
        let mut hasher = FxHasher::default();
        term.hash(&mut hasher);
        *self.terms.entry(hasher.finish()).or_insert_with(|| {
            let mut features = Vec::new();
            each_of_term(term, |kind, parts| features.push(self.features.number(kind, parts)));
            self.examples.add_term(features, vectors::row(&term.stem))
        })
    }

    /// The features with their rarity, and what was noted, once that is all wordings.
    #[must_use]
    pub fn finish(self) -> (Features, Examples) {
        #[expect(clippy::cast_precision_loss, reason = "counts of wordings stay far below 2^24")]
        let rarity = |count: u32| ((1.0 + self.examples.len() as f32) / (1.0 + count as f32)).ln();
        let mut features = self.features;
        features.rarity = self.counts.into_iter().map(|(count, _)| rarity(count)).collect();
        features.rarest = rarity(1);
        features.ids.shrink_to_fit();
        features.kinds.shrink_to_fit();
        (features, self.examples)
    }
}

impl Features {
    /// The number of a feature, which is new if it was never met.
    fn number(&mut self, kind: Kind, parts: &[&str]) -> u32 {
        let next = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
        let number = *self.ids.entry(hash(kind, parts)).or_insert(next);
        if number == next {
            self.kinds.push(kind);
        }
        number
    }

    /// Feeds a hash with the kind and the rarity of every feature.
    pub fn hash_all(&self, hasher: &mut impl Hasher) {
        self.kinds.hash(hasher);
        for rarity in &self.rarity {
            rarity.to_bits().hash(hasher);
        }
    }

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
        let mut features = Vec::new();
        self.weigh(&known, &mut features);
        // What stands for a facet has no vector.
        Vector { features, direction: vectors::direction(terms.iter().filter_map(|term| vectors::row(&term.stem))) }
    }

    /// Writes features into `weighed`, each kind of them scaled to its weight.
    pub fn weigh(&self, present: &[u32], weighed: &mut Vec<(u32, f32)>) {
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
        weighed.clear();
        weighed.extend(present.iter().map(|id| (*id, value(*id) * scales[kind(*id)])));
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
    let mut before = "^";
    for term in terms {
        note(Kind::Pair, &[before, &term.stem]);
        before = &term.stem;
        each_of_term(term, &mut note);
    }
}

/// Calls `note` with every feature that a term has by itself.
fn each_of_term(term: &Term, mut note: impl FnMut(Kind, &[&str])) {
    note(Kind::Stem, &[&term.stem]);
    for facet in &term.facets {
        note(Kind::Facet, &[facet]);
    }
    if !term.is_stand_in() {
        letter_groups(&format!("<{}>", term.word), |group| note(Kind::Letters, &[group]));
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
    use super::super::examples::Reader;
    use super::*;

    fn terms(words: &[&str]) -> Vec<Term> {
        words.iter().map(|word| Term { word: (*word).to_owned(), stem: (*word).to_owned(), facets: Vec::new(), in_name: false }).collect()
    }

    fn of_one_wording(wording: &[Term]) -> (Features, Examples) {
        let mut counting = Counting::default();
        counting.note(0, wording);
        counting.finish()
    }

    #[test]
    fn what_no_wording_holds_is_left_out() {
        let (features, examples) = of_one_wording(&terms(&["draw", "blood"]));
        assert_eq!(features.len(), examples.features(0).count());
        assert_eq!(features.vector(&terms(&["qqq"])).features, []);
        assert!(features.rarity(&terms(&["blood"])[0]).is_some());
        assert!(features.rarity(&terms(&["qqq"])[0]).is_none());
    }

    #[test]
    fn every_kind_has_the_length_of_its_weight() {
        let wording = terms(&["draw", "blood"]);
        let features = of_one_wording(&wording).0;
        let length: f32 = features.vector(&wording).features.iter().map(|(_, value)| value * value).sum();
        let expected: f32 = [Kind::Stem, Kind::Pair, Kind::Letters].iter().map(|kind| kind.weight() * kind.weight()).sum();
        assert!((length - expected).abs() < 1e-4, "{length} is not {expected}");
    }

    #[test]
    fn a_wording_asked_again_has_the_vector_it_was_learned_with() {
        let wording = terms(&["draw", "blood", "draw", "blood"]);
        let (features, examples) = of_one_wording(&wording);
        let mut learned = Reader::new(&examples, &features).read(0).to_vec();
        learned.sort_unstable_by_key(|(feature, _)| *feature);
        let asked = features.vector(&wording);
        let close = |(left, right): (&(u32, f32), &(u32, f32))| left.0 == right.0 && (left.1 - right.1).abs() < 1e-6;
        assert!(learned.len() == asked.features.len() && learned.iter().zip(&asked.features).all(close));
        assert_eq!(examples.direction(0).map(f32::to_bits), asked.direction.map(f32::to_bits));
    }

    #[test]
    fn features_are_named_by_what_was_asked() {
        let wording = terms(&["draw", "blood"]);
        let names = of_one_wording(&wording).0.names(&wording);
        let mut names: Vec<String> = names.into_values().filter(|name| !name.starts_with("letters")).collect();
        names.sort();
        assert_eq!(names, ["pair ^ draw", "pair draw blood", "word blood", "word draw"]);
    }
}
