//! What the model learns of where wordings point: words that no wording of a target holds speak for it by being used like its own.
//!
//! A softmax regression over the coordinates of [`vectors::direction`](crate::text::vectors::direction), one row of weights a
//! target. Without the feature `vectors` there are no coordinates, and all of this is nothing.

use super::wide::Wide;
use crate::text::vectors::{DIMENSIONS, Direction};

/// Nowhere.
pub const NONE: Direction = [0.0; DIMENSIONS];

/// What each coordinate says of each target.
#[derive(Debug, Default)]
pub struct Pointers {
    weights: Vec<Direction>,
}

impl Pointers {
    /// Nothing learned yet.
    #[must_use]
    pub fn new(targets: usize) -> Self {
        Self { weights: vec![NONE; targets] }
    }

    /// Adds to the score of every target what a direction says of it.
    #[cfg_attr(not(feature = "vectors"), expect(clippy::trivially_copy_pass_by_ref, reason = "without the feature a direction is empty"))]
    pub(super) fn add_to(&self, scores: &mut [f32], direction: &Direction, wide: Wide) {
        wide.add_products(scores, &self.weights, direction);
    }

    /// What a direction says of a target.
    #[must_use]
    pub fn of(&self, target: usize, direction: &Direction) -> f32 {
        self.weights[target].iter().zip(direction).map(|(weight, coordinate)| weight * coordinate).sum()
    }

    /// Moves the weights of targets by their errors.
    pub fn step(&mut self, moved: &[(u16, f32)], rates: &Direction) {
        for (target, error) in moved {
            for (weight, rate) in self.weights[usize::from(*target)].iter_mut().zip(rates) {
                *weight -= rate * error;
            }
        }
    }
}
