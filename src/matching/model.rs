//! A softmax regression over sparse vectors, trained in memory and always with the same result.

use super::features::Vector;

/// Passes over the wordings.
const PASSES: usize = 4;
/// The first step; it shrinks with the passes.
const STEP: f32 = 1.0;
/// Targets less likely than this are left as they are in a step: nearly all of them, after the first pass.
const NEGLIGIBLE: f32 = 5e-4;
/// How much a wording's share is taken from the other targets evenly, so that weights stay bounded.
const SMOOTHING: f32 = 0.02;

/// A weight for each feature and target.
#[derive(Debug)]
pub struct Model {
    targets: usize,
    /// By feature, then target: the scores of all targets are sums of rows.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Model {
    /// Trains on `examples`: the target and the vector of each wording.
    #[must_use]
    pub fn train(examples: &[(usize, Vector)], targets: usize, features: usize) -> Self {
        let mut model = Self { targets, weights: vec![0.0; targets * features], bias: vec![0.0; targets] };
        let mut squares = vec![1e-2_f32; features];
        for pass in 0..PASSES {
            #[expect(clippy::cast_precision_loss, reason = "a handful of passes")]
            let step = STEP / (1.0 + 0.15 * pass as f32);
            for index in order(examples.len(), pass) {
                let (target, vector) = &examples[index];
                model.step(*target, vector, step, &mut squares);
            }
        }
        model
    }

    /// Moves the weights so that `target` becomes more likely for `vector`.
    fn step(&mut self, target: usize, vector: &Vector, step: f32, squares: &mut [f32]) {
        let mut errors = super::decision::softmax(&self.scores(vector));
        #[expect(clippy::cast_precision_loss, reason = "a few hundred targets")]
        let even = SMOOTHING / self.targets as f32;
        for (index, error) in errors.iter_mut().enumerate() {
            *error -= even + if index == target { 1.0 - SMOOTHING } else { 0.0 };
        }
        let moved: Vec<(usize, f32)> = errors.into_iter().enumerate().filter(|(_, error)| error.abs() > NEGLIGIBLE).collect();
        let size: f32 = moved.iter().map(|(_, error)| error * error).sum();
        for (feature, value) in vector {
            let feature = *feature as usize;
            // A feature seen often takes smaller steps.
            squares[feature] += size * value * value;
            let rate = step * value / squares[feature].sqrt();
            let row = &mut self.weights[feature * self.targets..(feature + 1) * self.targets];
            for (index, error) in &moved {
                row[*index] -= rate * error;
            }
        }
        for (index, error) in &moved {
            self.bias[*index] -= 0.02 * step * error;
        }
    }

    /// The score of every target, in log odds.
    #[must_use]
    pub fn scores(&self, vector: &Vector) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for (feature, value) in vector {
            let feature = *feature as usize;
            let row = &self.weights[feature * self.targets..(feature + 1) * self.targets];
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += weight * value;
            }
        }
        scores
    }

    /// What each feature of `vector` adds to the score of `target`.
    #[must_use]
    pub fn reasons(&self, target: usize, vector: &Vector) -> Vec<(u32, f32)> {
        vector.iter().map(|(feature, value)| (*feature, value * self.weights[*feature as usize * self.targets + target])).collect()
    }
}

/// The wordings in an order that mixes targets, the same in every run.
fn order(length: usize, pass: usize) -> impl Iterator<Item = usize> {
    // A step that shares no divisor with the length visits every index once.
    let mut stride = length * 5 / 8 + 1 + pass * 2;
    while length > 0 && greatest_common_divisor(stride, length) != 1 {
        stride += 1;
    }
    (0..length).map(move |index| (index * stride + pass) % length)
}

fn greatest_common_divisor(left: usize, right: usize) -> usize {
    if right == 0 { left } else { greatest_common_divisor(right, left % right) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_tells_its_examples_apart() {
        let examples = vec![(0, vec![(0, 1.0), (2, 0.5)]), (1, vec![(1, 1.0), (2, 0.5)]), (0, vec![(0, 1.0)]), (1, vec![(1, 1.0)])];
        let model = Model::train(&examples, 2, 3);
        for (target, vector) in &examples {
            let scores = model.scores(vector);
            assert!(scores[*target] > scores[1 - target], "{scores:?}");
        }
    }

    #[test]
    fn every_example_is_visited_once_a_pass() {
        for length in [1, 2, 7, 10, 96, 100] {
            for pass in 0..3 {
                let mut visited: Vec<usize> = order(length, pass).collect();
                visited.sort_unstable();
                assert_eq!(visited, (0..length).collect::<Vec<_>>());
            }
        }
    }
}
