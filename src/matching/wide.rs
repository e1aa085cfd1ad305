//! Sums over rows of numbers, as wide as the processor can: most of what training and scoring do.
//!
//! The order of the sums is written out and nothing is fused, so the result is the same to the last bit on every processor.

use pulp::Arch;

use crate::text::vectors::Direction;

/// How many products are added up side by side: as many as fit the registers of common processors.
const LANES: usize = 8;
const _: () = assert!(crate::text::vectors::DIMENSIONS.is_multiple_of(LANES), "coordinates beyond the last lane would not count");

/// What the processor can do.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wide(Arch);

impl Wide {
    /// Adds to each score the product of its row with `direction`.
    #[cfg_attr(not(feature = "vectors"), expect(clippy::trivially_copy_pass_by_ref, reason = "without the feature a direction is empty"))]
    pub(super) fn add_products(self, scores: &mut [f32], rows: &[Direction], direction: &Direction) {
        self.0.dispatch(|| {
            for (score, row) in scores.iter_mut().zip(rows) {
                let mut lanes = [0.0_f32; LANES];
                for (left, right) in row.chunks_exact(LANES).zip(direction.chunks_exact(LANES)) {
                    for ((lane, left), right) in lanes.iter_mut().zip(left).zip(right) {
                        *lane += left * right;
                    }
                }
                *score += lanes.iter().sum::<f32>();
            }
        });
    }

    /// Adds `value` times each weight to the score in its place.
    pub(super) fn add_scaled(self, scores: &mut [f32], weights: &[f32], value: f32) {
        self.0.dispatch(|| {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += weight * value;
            }
        });
    }
}
