//! A softmax regression over sparse vectors, trained in memory and always with the same result.

use super::features::Vector;

/// Passes over the wordings.
const PASSES: usize = 4;
/// The first step; it shrinks with the passes.
const STEP: f32 = 1.0;
/// Targets less likely than this are left as they are in a step: nearly all of them, after the first pass.
const NEGLIGIBLE: f32 = 3e-3;
/// How much a wording's share is taken from the other targets evenly, so that weights stay bounded.
const SMOOTHING: f32 = 0.02;
/// Weights smaller than this are forgotten after training: most of them, for most features say nothing of most targets.
const FORGOTTEN: f32 = 0.01;

/// What each feature says of the targets it says anything of.
#[derive(Debug)]
pub struct Model {
    bias: Vec<f32>,
    /// Where the weights of each feature begin; one more than there are features.
    starts: Vec<u32>,
    /// Target and weight, by feature.
    weights: Vec<(u16, f32)>,
}

impl Model {
    /// Trains on `examples`: the target and the vector of each wording. There may be at most 65,536 targets.
    #[must_use]
    pub fn train(examples: &[(usize, Vector)], targets: usize, features: usize) -> Self {
        let mut training =
            Training { targets, weights: vec![0.0; targets * features], bias: vec![0.0; targets], squares: vec![1e-2; features] };
        for pass in 0..PASSES {
            #[expect(clippy::cast_precision_loss, reason = "a handful of passes")]
            let step = STEP / (1.0 + 0.15 * pass as f32);
            for index in order(examples.len(), pass) {
                let (target, vector) = &examples[index];
                training.step(*target, vector, step);
            }
        }
        training.finish()
    }

    /// The score of every target, in log odds.
    #[must_use]
    pub fn scores(&self, vector: &Vector) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for (feature, value) in vector {
            for (target, weight) in self.of(*feature) {
                scores[usize::from(*target)] += weight * value;
            }
        }
        scores
    }

    /// What each feature of `vector` adds to the score of `target`.
    #[must_use]
    pub fn reasons(&self, target: usize, vector: &Vector) -> Vec<(u32, f32)> {
        let weight =
            |feature: u32| self.of(feature).iter().find(|(other, _)| usize::from(*other) == target).map_or(0.0, |(_, weight)| *weight);
        vector.iter().map(|(feature, value)| (*feature, value * weight(*feature))).collect()
    }

    fn of(&self, feature: u32) -> &[(u16, f32)] {
        let feature = feature as usize;
        &self.weights[self.starts[feature] as usize..self.starts[feature + 1] as usize]
    }
}

/// A model in the making, with a weight for every feature and target.
struct Training {
    targets: usize,
    /// By feature, then target: the scores of all targets are sums of rows.
    weights: Vec<f32>,
    bias: Vec<f32>,
    /// How far each feature has moved: one seen often takes smaller steps.
    squares: Vec<f32>,
}

impl Training {
    fn row(&self, feature: u32) -> std::ops::Range<usize> {
        let start = feature as usize * self.targets;
        start..start + self.targets
    }

    /// Moves the weights so that `target` becomes more likely for `vector`.
    fn step(&mut self, target: usize, vector: &Vector, step: f32) {
        let mut scores = self.bias.clone();
        for (feature, value) in vector {
            for (score, weight) in scores.iter_mut().zip(&self.weights[self.row(*feature)]) {
                *score += weight * value;
            }
        }
        let mut errors = super::decision::softmax(&scores);
        #[expect(clippy::cast_precision_loss, reason = "a few hundred targets")]
        let even = SMOOTHING / self.targets as f32;
        for (index, error) in errors.iter_mut().enumerate() {
            *error -= even + if index == target { 1.0 - SMOOTHING } else { 0.0 };
        }
        let moved: Vec<(usize, f32)> = errors.into_iter().enumerate().filter(|(_, error)| error.abs() > NEGLIGIBLE).collect();
        let size: f32 = moved.iter().map(|(_, error)| error * error).sum();
        for (feature, value) in vector {
            let square = &mut self.squares[*feature as usize];
            *square += size * value * value;
            let rate = step * value / square.sqrt();
            let row = self.row(*feature);
            let row = &mut self.weights[row];
            for (index, error) in &moved {
                row[*index] -= rate * error;
            }
        }
        for (index, error) in &moved {
            self.bias[*index] -= 0.02 * step * error;
        }
    }

    /// The weights that say anything.
    fn finish(self) -> Model {
        let mut model = Model { bias: self.bias, starts: vec![0], weights: Vec::new() };
        for row in self.weights.chunks_exact(self.targets.max(1)) {
            let kept = row.iter().enumerate().filter(|(_, weight)| weight.abs() > FORGOTTEN);
            model.weights.extend(kept.filter_map(|(target, weight)| Some((u16::try_from(target).ok()?, *weight))));
            model.starts.push(u32::try_from(model.weights.len()).unwrap_or(u32::MAX));
        }
        model.weights.shrink_to_fit();
        model
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
    fn reasons_add_up_to_the_score() {
        let examples = vec![(0, vec![(0, 1.0), (2, 0.5)]), (1, vec![(1, 1.0), (2, 0.5)])];
        let model = Model::train(&examples, 2, 3);
        let vector = vec![(0, 0.7), (2, 0.2)];
        let sum: f32 = model.reasons(0, &vector).iter().map(|(_, weight)| weight).sum();
        assert!((model.scores(&vector)[0] - model.bias[0] - sum).abs() < 1e-5);
    }

    #[test]
    fn nothing_to_learn_is_no_fault() {
        assert_eq!(Model::train(&[], 0, 0).scores(&Vec::new()), Vec::<f32>::new());
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
