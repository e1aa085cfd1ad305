//! Sums over rows of numbers, as wide as the processor can: most of what training and scoring do.
//!
//! The order of the sums is written out and nothing is fused, so the result is the same to the last bit on every processor.

use pulp::{Arch, NullaryFnOnce};

use crate::text::vectors::{DIMENSIONS, Direction};

/// How many numbers are added up side by side.
const LANES: usize = 8;
/// How many targets stand side by side in a [`Block`]: their sums fill the registers of common processors.
pub(super) const ABREAST: usize = 64;
/// The weights of [`ABREAST`] targets, coordinate by coordinate.
pub(super) type Block = [[f32; ABREAST]; DIMENSIONS];

/// What the processor can do.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wide(Arch);

impl Wide {
    /// Adds to each score the product of its column with a direction. `scores` holds those of all targets for the first direction, then
    /// for the next: a block that was fetched serves all of them.
    pub(super) fn add_products(self, scores: &mut [f32], blocks: &[Block], directions: &[Direction]) {
        self.0.dispatch(Products { scores, blocks, directions });
    }

    /// Adds `value` times each weight to the score in its place.
    pub(super) fn add_scaled(self, scores: &mut [f32], weights: &[f32], value: f32) {
        self.0.dispatch(|| {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += weight * value;
            }
        });
    }

    /// Makes powers of e of numbers that are nought or less, and says what they sum up to.
    pub(super) fn exponentials(self, numbers: &mut [f32]) -> f32 {
        self.0.dispatch(|| {
            for number in numbers.iter_mut() {
                *number = exponential(*number);
            }
            let mut lanes = [0.0_f32; LANES];
            let (eights, rest) = numbers.as_chunks::<LANES>();
            for eight in eights {
                for (lane, number) in lanes.iter_mut().zip(eight) {
                    *lane += number;
                }
            }
            lanes.iter().sum::<f32>() + rest.iter().sum::<f32>()
        })
    }
}

/// What [`Wide::add_products`] does. Its own type, so that it can be told to be built for the processor wherever it is called from: as a
/// closure the compiler may leave it outside, where it is as slow as without all this.
struct Products<'sum> {
    scores: &'sum mut [f32],
    blocks: &'sum [Block],
    directions: &'sum [Direction],
}

impl NullaryFnOnce for Products<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "outside its caller it is not built for the processor")]
    #[inline(always)]
    fn call(self) {
        let targets = self.scores.len() / self.directions.len().max(1);
        for (at, block) in self.blocks.iter().enumerate() {
            let columns = at * ABREAST..targets.min((at + 1) * ABREAST);
            for (scores, direction) in self.scores.chunks_exact_mut(targets).zip(self.directions) {
                let mut sums = [0.0_f32; ABREAST];
                for (row, coordinate) in block.iter().zip(direction) {
                    for (sum, weight) in sums.iter_mut().zip(row) {
                        *sum += weight * coordinate;
                    }
                }
                for (score, sum) in scores[columns.clone()].iter_mut().zip(&sums) {
                    *score += sum;
                }
            }
        }
    }
}

/// `e^x` for an `x` of nought or less, to five digits. It has no branch, so eight are made at once, and calls no library, which would
/// bring last digits of its own. Below -87 it stays the smallest number there is.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of at most 127 away from 127")]
fn exponential(x: f32) -> f32 {
    use std::f32::consts::{LN_2, LOG2_E};
    let x = x.max(-87.0);
    let twos = (x * LOG2_E).round_ties_even();
    // What is left is at most half of ln 2, where few terms of the series are enough.
    let rest = x - twos * LN_2;
    let series = 1.0 + rest * (1.0 + rest * (1.0 / 2.0 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0 + rest / 720.0)))));
    series * f32::from_bits(((twos as i32 + 127) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_those_of_the_library_to_five_digits() {
        let numbers: Vec<f32> = (0..=850_u16).map(|tenths| f32::from(tenths) / -10.0).collect();
        let mut powers = numbers.clone();
        let sum = Wide::default().exponentials(&mut powers);
        for (number, power) in numbers.iter().zip(&powers) {
            assert!((power / number.exp() - 1.0).abs() < 1e-5, "e^{number} is not {power}");
        }
        assert!((sum / powers.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }

    #[test]
    fn the_impossible_is_as_good_as_nothing() {
        let mut numbers = [f32::NEG_INFINITY, -1e9, 0.0];
        assert!((Wide::default().exponentials(&mut numbers) - 1.0).abs() < 1e-6);
        assert!(numbers[0] < 1e-37 && numbers[1] < 1e-37, "{numbers:?}");
    }

    #[test]
    #[cfg_attr(feature = "vectors", expect(clippy::large_stack_arrays, reason = "80 KB, once"))]
    fn each_target_gets_the_product_of_its_own_column() {
        let mut blocks = vec![[[0.0; ABREAST]; DIMENSIONS]; 2];
        for (coordinate, row) in blocks[1].iter_mut().enumerate() {
            row[1] = if coordinate < 3 { 2.0 } else { 0.0 };
        }
        let mut scores = vec![1.0; 2 * (ABREAST + 2)];
        Wide::default().add_products(&mut scores, &blocks, &[[0.5; DIMENSIONS], [1.0; DIMENSIONS]]);
        for (scores, times) in scores.chunks(ABREAST + 2).zip([0.5, 1.0]) {
            let expected = if DIMENSIONS == 0 { 1.0 } else { 6.0 * times + 1.0 };
            assert!((scores[ABREAST + 1] - expected).abs() < 1e-6);
            assert!(scores.iter().take(ABREAST + 1).all(|score| (score - 1.0).abs() < 1e-6));
        }
    }
}
