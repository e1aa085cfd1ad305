//! Where training begins: not at nought, but with each feature speaking for the targets whose wordings hold it.
//!
//! It is the first step of a descent over all wordings at once, for which every target is as likely as it has wordings. That step costs
//! next to nothing, for no wording has to be scored, and saves one of three passes that do.

use super::direction;
use super::examples::{Examples, Reader};
use super::features::Features;
use super::model::Model;

/// The size of this step for features.
const STEP: f32 = 0.4;
/// Its size for coordinates: every wording has all of them, so much more comes together.
const COORDINATE_STEP: f32 = 0.03;

/// Moves the weights of a model that has learned nothing yet.
pub(super) fn begin(model: &mut Model, examples: &Examples, features: &Features) {
    let targets = model.bias.len();
    // How many wordings each target has, and how much of each feature and coordinate all wordings hold.
    let mut sizes = vec![0.0_f32; targets];
    let mut squares = vec![1.0_f32; features.len()];
    let mut everywhere = direction::NONE;
    let mut reader = Reader::new(examples, features);
    for index in 0..examples.len() {
        let target = examples.target(index);
        sizes[usize::from(target)] += 1.0;
        for (feature, value) in reader.read(index) {
            squares[*feature as usize] += value * value;
            if let Some(at) = model.rows.at(*feature as usize, target) {
                model.weights[at] += value;
            }
        }
        let direction = examples.direction(index);
        model.pointers.step(&[(target, -COORDINATE_STEP)], &direction);
        for (sum, coordinate) in everywhere.iter_mut().zip(&direction) {
            *sum += coordinate;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of wordings stay far below 2^24")]
    let all = examples.len() as f32;
    for (feature, square) in squares.iter().enumerate() {
        let weights = &mut model.weights[model.rows.of_feature(feature)];
        // A feature of every target says something only where it is held more often than elsewhere.
        let share = if weights.len() == targets { weights.iter().sum::<f32>() / all } else { 0.0 };
        for (weight, size) in weights.iter_mut().zip(&sizes) {
            *weight = (*weight - share * size) * STEP / square.sqrt();
        }
    }
    for (target, size) in (0..).zip(&sizes) {
        model.pointers.step(&[(target, COORDINATE_STEP * size / all)], &everywhere);
    }
}
