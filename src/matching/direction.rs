//! What the model learns of where wordings point: words that no wording of a target holds speak for it by being used like its own.
//!
//! A softmax regression over the coordinates of [`vectors::direction`](crate::text::vectors::direction), one weight for each of
//! them and each target. Without the feature `vectors` there are no coordinates, and all of this is nothing.

use super::wide::{ABREAST, Block, Wide};
use crate::text::vectors::{DIMENSIONS, Direction};

/// Nowhere.
pub const NONE: Direction = [0.0; DIMENSIONS];

/// What each coordinate says of each target.
#[derive(Debug, Default)]
pub struct Pointers {
    /// Those of the first targets, of the next, and so on; the last has room for some that are none.
    weights: Vec<Block>,
}

impl Pointers {
    /// Nothing learned yet.
    #[must_use]
    #[cfg_attr(feature = "vectors", expect(clippy::large_stack_arrays, reason = "40 KB, once"))]
    pub fn new(targets: usize) -> Self {
        Self { weights: vec![[[0.0; ABREAST]; DIMENSIONS]; targets.div_ceil(ABREAST)] }
    }

    /// Adds to the score of every target what each direction says of it: to those of the first direction, then to those of the next.
    pub(super) fn add_to(&self, scores: &mut [f32], directions: &[Direction], wide: Wide) {
        wide.add_products(scores, &self.weights, directions);
    }

    /// What a direction says of a target.
    #[must_use]
    pub fn of(&self, target: usize, direction: &Direction) -> f32 {
        self.weights[target / ABREAST].iter().zip(direction).map(|(row, coordinate)| row[target % ABREAST] * coordinate).sum()
    }

    /// How many numbers there are for so many targets.
    #[must_use]
    pub fn room(targets: usize) -> usize {
        targets.div_ceil(ABREAST) * ABREAST * DIMENSIONS
    }

    /// All numbers, always in the same order.
    pub fn numbers(&self) -> impl Iterator<Item = f32> {
        self.weights.iter().flatten().flatten().copied()
    }

    /// All numbers, in the order of [`Pointers::numbers`].
    pub fn numbers_mut(&mut self) -> impl Iterator<Item = &mut f32> {
        self.weights.iter_mut().flatten().flatten()
    }

    /// Moves the weights of targets by their errors.
    pub fn step(&mut self, moved: &[(u16, f32)], rates: &Direction) {
        for (target, error) in moved {
            let target = usize::from(*target);
            for (row, rate) in self.weights[target / ABREAST].iter_mut().zip(rates) {
                row[target % ABREAST] -= rate * error;
            }
        }
    }
}
