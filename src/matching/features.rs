//! What the model sees of a question: a sparse vector of words, word pairs, letter groups and facets.

use std::collections::HashMap;

use crate::understand::Term;

/// A sparse vector: feature and value, by feature.
pub type Vector = Vec<(u32, f32)>;

/// The kinds of feature. Each kind is scaled to its own length, so that a long word's many letter groups do not drown the
/// words, and weighted.
const BLOCKS: [(Block, f32); 4] = [(Block::Stem, 1.0), (Block::Pair, 0.6), (Block::Letters, 0.5), (Block::Facet, 0.5)];

/// Letter groups are of these lengths.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=5;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Block {
    Stem,
    Pair,
    Letters,
    Facet,
}

/// Every feature that the wordings hold, with how rare it is.
#[derive(Debug, Default)]
pub struct Features {
    ids: HashMap<String, u32>,
    rarity: Vec<f32>,
    highest_rarity: f32,
    names: Vec<String>,
}

impl Features {
    /// Collects the features of all wordings.
    #[must_use]
    pub fn learn<'terms>(wordings: impl Iterator<Item = &'terms [Term]>) -> Self {
        let mut features = Self::default();
        let mut counts: Vec<u32> = Vec::new();
        let mut wordings_seen = 0_u32;
        for terms in wordings {
            wordings_seen += 1;
            let mut seen: Vec<u32> = Vec::new();
            each(terms, |_, name| {
                let id = features.ids.get(name).copied().unwrap_or_else(|| {
                    let next = u32::try_from(features.names.len()).unwrap_or(u32::MAX);
                    features.names.push(name.to_owned());
                    features.ids.insert(name.to_owned(), next);
                    next
                });
                seen.push(id);
            });
            seen.sort_unstable();
            seen.dedup();
            counts.resize(features.names.len(), 0);
            for id in seen {
                counts[id as usize] += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of wordings stay far below 2^24")]
        let rarity = |count: u32| ((1.0 + wordings_seen as f32) / (1.0 + count as f32)).ln() + 1.0;
        features.rarity = counts.iter().map(|count| rarity(*count)).collect();
        features.forget_single(&counts);
        features.highest_rarity = features.rarity.iter().copied().fold(1.0, f32::max);
        features
    }

    /// Letter groups and pairs of a single wording say little that its words do not, and are the most of all features:
    /// without them the public yardstick loses nothing.
    fn forget_single(&mut self, counts: &[u32]) {
        let single = [Block::Letters.prefix(), Block::Pair.prefix()];
        let mut kept = Self::default();
        for (id, name) in self.names.iter().enumerate() {
            if counts[id] > 1 || !single.iter().any(|prefix| name.starts_with(*prefix)) {
                kept.ids.insert(name.clone(), u32::try_from(kept.names.len()).unwrap_or(u32::MAX));
                kept.names.push(name.clone());
                kept.rarity.push(self.rarity[id]);
            }
        }
        *self = kept;
    }

    /// How many features there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether no wording held any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// A feature as a reader of an explanation sees it.
    #[must_use]
    pub fn name(&self, feature: u32) -> &str {
        self.names.get(feature as usize).map_or("", String::as_str)
    }

    /// The vector of a question; what no wording held is left out, but counts in the length of its block.
    #[must_use]
    pub fn vector(&self, terms: &[Term]) -> Vector {
        let mut blocks: [Vec<(u32, f32)>; BLOCKS.len()] = Default::default();
        let mut squares = [0.0_f32; BLOCKS.len()];
        let unknown = self.highest_rarity;
        each(terms, |block, name| {
            let index = BLOCKS.iter().position(|(other, _)| *other == block).unwrap_or_default();
            if let Some(id) = self.ids.get(name) {
                let value = self.rarity[*id as usize];
                squares[index] += value * value;
                blocks[index].push((*id, value));
            } else if block == Block::Stem {
                squares[index] += unknown * unknown;
            }
        });
        let mut vector = Vector::new();
        for ((mut block, square), (_, weight)) in blocks.into_iter().zip(squares).zip(BLOCKS) {
            if square > 0.0 {
                let scale = weight / square.sqrt();
                block.sort_unstable_by_key(|(id, _)| *id);
                block.dedup_by_key(|(id, _)| *id);
                vector.extend(block.into_iter().map(|(id, value)| (id, value * scale)));
            }
        }
        vector
    }
}

impl Block {
    /// What the names of its features begin with.
    fn prefix(self) -> &'static str {
        match self {
            Self::Stem => "word ",
            Self::Pair => "pair ",
            Self::Letters => "letters ",
            Self::Facet => "facet ",
        }
    }
}

/// Calls `note` with the name of every feature of the terms.
fn each(terms: &[Term], mut note: impl FnMut(Block, &str)) {
    // One buffer for all names: a question has a hundred of them.
    let mut buffer = String::new();
    let mut named = |block: Block, parts: &[&str]| {
        buffer.clear();
        buffer.push_str(block.prefix());
        for part in parts {
            buffer.push_str(part);
        }
        note(block, &buffer);
    };
    for (index, term) in terms.iter().enumerate() {
        named(Block::Stem, &[&term.stem]);
        let before = index.checked_sub(1).map_or("^", |before| terms[before].stem.as_str());
        named(Block::Pair, &[before, " ", &term.stem]);
        for facet in &term.facets {
            named(Block::Facet, &[facet]);
        }
        if !term.is_stand_in() {
            letter_groups(&term.word, |group| named(Block::Letters, &[group]));
        }
    }
}

/// The letter groups of a word with its edges marked: `<ma>`, `<vit`, `vita`, …
fn letter_groups(word: &str, mut note: impl FnMut(&str)) {
    let marked = format!("<{word}>");
    let starts: Vec<usize> = marked.char_indices().map(|(at, _)| at).chain([marked.len()]).collect();
    for length in LETTERS {
        for start in 0..starts.len().saturating_sub(length) {
            note(&marked[starts[start]..starts[start + length]]);
        }
    }
}
