//! A softmax regression over sparse vectors: what each feature says of each target.

use std::slice;

use super::direction::Pointers;
use super::features::Vector;
use super::rows::Rows;
use super::wide::Wide;

/// What each feature says of the targets it says anything of.
#[derive(Debug, Default)]
pub struct Model {
    pub(super) bias: Vec<f32>,
    /// Which target each weight is for.
    pub(super) rows: Rows,
    pub(super) weights: Vec<f32>,
    pub(super) pointers: Pointers,
    pub(super) wide: Wide,
}

impl Model {
    /// Writes the score of every target, in log odds, into `scores`.
    pub fn score(&self, vector: &Vector, scores: &mut Vec<f32>) {
        scores.clone_from(&self.bias);
        self.pointers.add_to(scores, slice::from_ref(&vector.direction), self.wide);
        self.add_features(&vector.features, scores);
    }

    /// Adds to the score of every target what features say of it.
    pub(super) fn add_features(&self, features: &[(u32, f32)], scores: &mut [f32]) {
        for (feature, value) in features {
            let row = self.rows.of_feature(*feature as usize);
            if row.len() == scores.len() {
                // A full row needs no look at whose weight is whose, which makes it many times as fast.
                self.wide.add_scaled(scores, &self.weights[row], *value);
            } else {
                for (target, weight) in self.rows.targets(row.clone()).iter().zip(&self.weights[row]) {
                    scores[usize::from(*target)] += weight * value;
                }
            }
        }
    }

    /// What the direction of `vector` adds to the score of `target`.
    #[must_use]
    pub fn pointing(&self, target: usize, vector: &Vector) -> f32 {
        self.pointers.of(target, &vector.direction)
    }

    /// What each feature of `vector` adds to the score of `target`.
    #[must_use]
    pub fn reasons(&self, target: usize, vector: &Vector) -> Vec<(u32, f32)> {
        let weight = |feature: u32| {
            let row = self.rows.of_feature(feature as usize);
            let found = self.rows.targets(row.clone()).iter().position(|other| usize::from(*other) == target);
            found.map_or(0.0, |at| self.weights[row.start + at])
        };
        vector.features.iter().map(|(feature, value)| (*feature, value * weight(*feature))).collect()
    }
}
