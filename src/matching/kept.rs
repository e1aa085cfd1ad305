//! A trained model as bytes, so that what was learned once need not be learned again at the next start.
//!
//! The bytes carry a number for all that the model was made of: the wordings as they are read, their vectors, and the code that learns
//! them. With another number they are another's, and whatever is wrong with them otherwise, they are no model: whoever asks for one
//! learns it anew then. Where they are kept is for a [`Keeper`] to know. All numbers are little-endian:
//!
//! ```text
//! number of the origin u64 │ features u32 │ targets u32 │ weights u32
//! start of each row u32 × (features + 1) │ target of each weight u16 │ weights f32 │ biases f32 │ pointers f32 │ checksum u64
//! ```

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::direction::Pointers;
use super::examples::Examples;
use super::features::Features;
use super::model::Model;
use super::rows::Rows;
use super::wide::Wide;

/// Keeps trained models from one start of the program to the next.
pub trait Keeper {
    /// What was kept under this number, if anything was.
    fn fetch(&self, origin: u64) -> Option<Vec<u8>>;
    /// Keeps these bytes. It may fail quietly: then the model is learned again.
    fn keep(&self, origin: u64, bytes: &[u8]);
}

/// The code that learns: a change of any of these may make another model of the same wordings.
const CODE: [&str; 9] = [
    include_str!("beginning.rs"),
    include_str!("decision.rs"),
    include_str!("direction.rs"),
    include_str!("examples.rs"),
    include_str!("features.rs"),
    include_str!("kept.rs"),
    include_str!("rows.rs"),
    include_str!("training.rs"),
    include_str!("wide.rs"),
];

/// The number of all that a model of these examples is made of.
#[must_use]
pub(super) fn origin(examples: &Examples, features: &Features, targets: usize) -> u64 {
    let mut hasher = FxHasher::default();
    (CODE, env!("CARGO_PKG_VERSION"), targets).hash(&mut hasher);
    examples.hash_all(&mut hasher);
    features.hash_all(&mut hasher);
    hasher.finish()
}

/// A model as bytes.
#[must_use]
pub(super) fn to_bytes(model: &Model, origin: u64) -> Vec<u8> {
    let (starts, targets) = model.rows.parts();
    let mut bytes = Vec::with_capacity(64 + 4 * (starts.len() + model.weights.len() + model.bias.len()) + 2 * targets.len());
    bytes.extend(origin.to_le_bytes());
    for length in [starts.len() - 1, model.bias.len(), targets.len()] {
        bytes.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    }
    bytes.extend(starts.iter().flat_map(|start| start.to_le_bytes()));
    bytes.extend(targets.iter().flat_map(|target| target.to_le_bytes()));
    bytes.extend(model.weights.iter().chain(&model.bias).flat_map(|weight| weight.to_le_bytes()));
    bytes.extend(model.pointers.numbers().flat_map(f32::to_le_bytes));
    bytes.extend(checksum(&bytes).to_le_bytes());
    bytes
}

/// The model that these bytes are; `None` if they are none, or one of another origin.
#[must_use]
pub(super) fn from_bytes(bytes: &[u8], origin: u64) -> Option<Model> {
    let (bytes, sum) = bytes.split_last_chunk()?;
    let (own, mut rest) = bytes.split_first_chunk()?;
    if u64::from_le_bytes(*own) != origin || u64::from_le_bytes(*sum) != checksum(bytes) {
        return None;
    }
    let [features, targets, weights] = *take(&mut rest, 3)? else { return None };
    let [features, targets, weights] = [features, targets, weights].map(|length| u32::from_le_bytes(length) as usize);
    let starts = take(&mut rest, features + 1)?.iter().copied().map(u32::from_le_bytes).collect();
    let of_weights = take(&mut rest, weights)?.iter().copied().map(u16::from_le_bytes).collect();
    let rows = Rows::from_parts(starts, of_weights, targets)?;
    let mut numbers = |count| Some(take(&mut rest, count)?.iter().copied().map(f32::from_le_bytes).collect::<Vec<f32>>());
    let (weights, bias) = (numbers(weights)?, numbers(targets)?);
    let mut pointers = Pointers::new(targets);
    for (number, kept) in pointers.numbers_mut().zip(numbers(Pointers::room(targets))?) {
        *number = kept;
    }
    rest.is_empty().then_some(Model { bias, rows, weights, pointers, wide: Wide::default() })
}

/// The next `count` groups of bytes, which are cut off `rest`.
fn take<'bytes, const SIZE: usize>(rest: &mut &'bytes [u8], count: usize) -> Option<&'bytes [[u8; SIZE]]> {
    let (taken, left) = rest.split_at_checked(count.checked_mul(SIZE)?)?;
    *rest = left;
    Some(taken.as_chunks().0)
}

fn checksum(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::super::features::Counting;
    use super::super::training;
    use super::*;
    use crate::understand::Term;

    fn learned(wordings: &[(u16, &str)]) -> (Model, u64) {
        let term = |word: &str| Term { word: word.to_owned(), stem: word.to_owned(), facets: Vec::new(), in_name: false };
        let mut counting = Counting::default();
        for (target, wording) in wordings {
            counting.note(*target, &wording.split(' ').map(term).collect::<Vec<_>>());
        }
        let (features, examples) = counting.finish();
        (training::train(&examples, &features, 3), origin(&examples, &features, 3))
    }

    fn shots() -> (Model, u64) {
        learned(&[(0, "give shots"), (1, "draw blood"), (2, "hello there"), (0, "give injections")])
    }

    #[test]
    fn a_model_comes_back_as_it_was() {
        let (model, origin) = shots();
        let bytes = to_bytes(&model, origin);
        let back = from_bytes(&bytes, origin).unwrap();
        assert_eq!(to_bytes(&back, origin), bytes);
        assert_eq!(format!("{back:?}"), format!("{model:?}"));
    }

    #[test]
    fn other_wordings_have_another_origin() {
        let (model, origin) = shots();
        let other = learned(&[(0, "give shots"), (1, "draw blood"), (2, "hello you"), (0, "give injections")]).1;
        assert_ne!(other, origin);
        assert_ne!(learned(&[(0, "give shots"), (1, "draw blood"), (1, "hello there"), (0, "give injections")]).1, origin);
        assert_eq!(shots().1, origin, "it is always the same of the same");
        assert!(from_bytes(&to_bytes(&model, origin), other).is_none());
    }

    #[test]
    fn what_was_cut_or_changed_anywhere_is_no_model() {
        let (model, origin) = shots();
        let bytes = to_bytes(&model, origin);
        for length in 0..bytes.len() {
            assert!(from_bytes(&bytes[..length], origin).is_none(), "cut at {length}");
            let mut changed = bytes.clone();
            changed[length] ^= 1;
            assert!(from_bytes(&changed, origin).is_none(), "changed at {length}");
        }
        // Nor is what has the right checksum over wrong rows.
        let mut wrong = bytes[..bytes.len() - 8].to_vec();
        wrong[20] = 9;
        wrong.extend(checksum(&wrong).to_le_bytes());
        assert!(from_bytes(&wrong, origin).is_none());
    }
}
