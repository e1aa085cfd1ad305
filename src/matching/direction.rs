//! What the model learns of where wordings point: words that no wording of a target holds speak for it by being used like its own.
//!
//! A softmax regression over the coordinates of [`vectors::direction`](crate::text::vectors::direction), one row of weights a
//! target. Without the feature `vectors` there are no coordinates, and all of this is nothing.

use crate::text::vectors::{DIMENSIONS, Direction};

/// Nowhere.
pub const NONE: Direction = [0.0; DIMENSIONS];

/// How many products are added up side by side: as many as fit the registers of common processors.
const LANES: usize = 8;
const _: () = assert!(DIMENSIONS.is_multiple_of(LANES), "coordinates beyond the last lane would not count");

/// What each coordinate says of each target.
#[derive(Debug)]
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
    pub fn add_to(&self, scores: &mut [f32], direction: &Direction) {
        for (score, weights) in scores.iter_mut().zip(&self.weights) {
            *score += product(weights, direction);
        }
    }

    /// What a direction says of a target.
    #[must_use]
    pub fn of(&self, target: usize, direction: &Direction) -> f32 {
        product(&self.weights[target], direction)
    }

    /// Moves the weights of every target that has an error.
    pub fn step(&mut self, errors: &[f32], rates: &Direction) {
        for (weights, error) in self.weights.iter_mut().zip(errors).filter(|(_, error)| error.abs() > 0.0) {
            for (weight, rate) in weights.iter_mut().zip(rates) {
                *weight -= rate * error;
            }
        }
    }
}

#[cfg_attr(not(feature = "vectors"), expect(clippy::trivially_copy_pass_by_ref, reason = "without the feature a direction is empty"))]
fn product(left: &Direction, right: &Direction) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    for (left, right) in left.chunks_exact(LANES).zip(right.chunks_exact(LANES)) {
        for ((lane, left), right) in lanes.iter_mut().zip(left).zip(right) {
            *lane += left * right;
        }
    }
    lanes.iter().sum()
}
