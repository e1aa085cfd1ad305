//! A softmax regression over sparse vectors, trained in memory and always with the same result.

use super::direction::Pointers;
use super::features::Vector;
use crate::text::vectors::{DIMENSIONS, Direction};

/// Passes over the wordings.
const PASSES: usize = 4;
/// The first step; it shrinks with the passes.
const STEP: f32 = 2.0;
/// Targets less likely than this are left as they are in a step: nearly all of them, after the first pass.
const NEGLIGIBLE: f32 = 3e-3;
/// How much a wording's share is taken from the other targets evenly, so that weights stay bounded.
const SMOOTHING: f32 = 0.02;
/// A feature of one target in so many is common: that a target's wordings never hold it says something too.
const COMMON: usize = 10;
/// After the first pass, another target this likely for a wording is its rival.
const RIVAL: f32 = 0.1;

/// What each feature says of the targets it says anything of.
///
/// Unless it is common, a feature has a weight for a target only if a wording of that target holds it, or a wording that is
/// easily taken for that target. A full table would be twenty times as large and tell no more: scores compete, so what speaks for one target
/// speaks against all others.
#[derive(Debug)]
pub struct Model {
    bias: Vec<f32>,
    /// Where the weights of each feature begin; one more than there are features.
    starts: Vec<u32>,
    /// The target of each weight, ascending within a feature.
    targets: Vec<u16>,
    weights: Vec<f32>,
    pointers: Pointers,
}

/// A wording to learn from: the target it means, and its vector.
pub type Example = (u16, Vector);

impl Model {
    /// Trains on `examples`, always with the same result.
    #[must_use]
    pub fn train(examples: &[Example], targets: usize, features: usize) -> Self {
        let mut rows: Vec<Vec<u16>> = vec![Vec::new(); features];
        for (target, vector) in examples {
            note(&mut rows, *target, vector);
        }
        for row in rows.iter_mut().filter(|row| row.len() * COMMON > targets) {
            *row = (0..u16::try_from(targets).unwrap_or(u16::MAX)).collect();
        }
        let mut training = Training::new(Self::untrained(&rows, targets), features);
        training.pass(examples, 0);
        training.model.note_rivals(examples, &mut rows);
        training.model = training.model.with_room_for(&rows);
        drop(rows);
        for pass in 1..PASSES {
            training.pass(examples, pass);
        }
        training.model
    }

    /// A model with room for the weights of these targets by feature, all of them nought.
    fn untrained(rows: &[Vec<u16>], targets: usize) -> Self {
        let mut starts = Vec::with_capacity(rows.len() + 1);
        starts.push(0);
        let mut end = 0;
        for row in rows {
            end += u32::try_from(row.len()).unwrap_or(u32::MAX);
            starts.push(end);
        }
        let (bias, pointers) = (vec![0.0; targets], Pointers::new(targets));
        Self { bias, starts, targets: rows.concat(), weights: vec![0.0; end as usize], pointers }
    }

    /// The same weights, with room for more.
    fn with_room_for(self, rows: &[Vec<u16>]) -> Self {
        let mut wider = Self::untrained(rows, self.bias.len());
        for feature in 0..rows.len() {
            let to = wider.row(feature);
            let mut at = to.start;
            for from in self.row(feature) {
                while at + 1 < to.end && wider.targets[at] != self.targets[from] {
                    at += 1;
                }
                wider.weights[at] = self.weights[from];
            }
        }
        Self { bias: self.bias, pointers: self.pointers, ..wider }
    }

    /// Notes the features of each wording for the targets it is easily taken for.
    fn note_rivals(&self, examples: &[Example], rows: &mut [Vec<u16>]) {
        let mut likely = Vec::new();
        for (_, vector) in examples {
            self.score(vector, &mut likely);
            super::decision::softmax(&mut likely);
            for (rival, _) in (0..).zip(&likely).filter(|(_, likely)| **likely > RIVAL) {
                note(rows, rival, vector);
            }
        }
    }

    /// The score of every target, in log odds.
    #[must_use]
    pub fn scores(&self, vector: &Vector) -> Vec<f32> {
        let mut scores = Vec::with_capacity(self.bias.len());
        self.score(vector, &mut scores);
        scores
    }

    fn score(&self, vector: &Vector, scores: &mut Vec<f32>) {
        scores.clone_from(&self.bias);
        self.pointers.add_to(scores, &vector.direction);
        for (feature, value) in &vector.features {
            let row = self.row(*feature as usize);
            if row.len() == scores.len() {
                // A full row needs no look at whose weight is whose, which makes it many times as fast.
                for (score, weight) in scores.iter_mut().zip(&self.weights[row]) {
                    *score += weight * value;
                }
            } else {
                for (target, weight) in self.targets[row.clone()].iter().zip(&self.weights[row]) {
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
            let row = self.row(feature as usize);
            let found = self.targets[row.clone()].iter().position(|other| usize::from(*other) == target);
            found.map_or(0.0, |at| self.weights[row.start + at])
        };
        vector.features.iter().map(|(feature, value)| (*feature, value * weight(*feature))).collect()
    }

    fn row(&self, feature: usize) -> std::ops::Range<usize> {
        self.starts[feature] as usize..self.starts[feature + 1] as usize
    }
}

/// Notes that the features of a wording need weights for a target.
fn note(rows: &mut [Vec<u16>], target: u16, vector: &Vector) {
    for (feature, _) in &vector.features {
        let row = &mut rows[*feature as usize];
        if let Err(at) = row.binary_search(&target) {
            row.insert(at, target);
        }
    }
}

/// A model in the making.
struct Training {
    model: Model,
    /// How far each feature has moved: one seen often takes smaller steps.
    squares: Vec<f32>,
    /// The same of each coordinate.
    coordinate_squares: Direction,
    errors: Vec<f32>,
    /// The targets that a step moves, with their errors.
    moved: Vec<(usize, f32)>,
}

impl Training {
    fn new(model: Model, features: usize) -> Self {
        Self { model, squares: vec![1.0; features], coordinate_squares: [1.0; DIMENSIONS], errors: Vec::new(), moved: Vec::new() }
    }

    fn pass(&mut self, examples: &[Example], pass: usize) {
        #[expect(clippy::cast_precision_loss, reason = "a handful of passes")]
        let step = STEP / (1.0 + 0.15 * pass as f32);
        for index in order(examples.len(), pass) {
            self.step(&examples[index], step);
        }
    }

    /// Moves the weights so that the target becomes more likely for its wording.
    fn step(&mut self, (target, vector): &Example, step: f32) {
        let (model, errors) = (&mut self.model, &mut self.errors);
        model.score(vector, errors);
        super::decision::softmax(errors);
        #[expect(clippy::cast_precision_loss, reason = "a few hundred targets")]
        let even = SMOOTHING / model.bias.len() as f32;
        errors[usize::from(*target)] -= 1.0 - SMOOTHING;
        let mut size = 0.0;
        for error in errors.iter_mut() {
            *error -= even;
            *error = if error.abs() < NEGLIGIBLE { 0.0 } else { *error };
            size += *error * *error;
        }
        self.moved.clear();
        self.moved.extend(errors.iter().copied().enumerate().filter(|(_, error)| *error != 0.0));
        let mut rates = vector.direction;
        for (rate, square) in rates.iter_mut().zip(&mut self.coordinate_squares) {
            *square += size * *rate * *rate;
            *rate *= step / square.sqrt();
        }
        model.pointers.step(errors, &rates);
        for (feature, value) in &vector.features {
            let square = &mut self.squares[*feature as usize];
            *square += size * value * value;
            let rate = step * value / square.sqrt();
            let row = model.row(*feature as usize);
            if row.len() == errors.len() {
                // Nearly all targets stay as they are.
                for (target, error) in &self.moved {
                    model.weights[row.start + target] -= rate * error;
                }
            } else {
                for (target, weight) in model.targets[row.clone()].iter().zip(&mut model.weights[row]) {
                    *weight -= rate * errors[usize::from(*target)];
                }
            }
        }
        for (bias, error) in model.bias.iter_mut().zip(errors) {
            *bias -= 0.02 * step * *error;
        }
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
    use crate::matching::direction;

    fn vector(features: &[(u32, f32)]) -> Vector {
        Vector { features: features.to_vec(), direction: direction::NONE }
    }

    #[test]
    fn a_model_tells_its_examples_apart() {
        let examples = vec![
            (0, vector(&[(0, 1.0), (2, 0.5)])),
            (1, vector(&[(1, 1.0), (2, 0.5)])),
            (0, vector(&[(0, 1.0)])),
            (1, vector(&[(1, 1.0)])),
        ];
        let model = Model::train(&examples, 2, 3);
        for (target, vector) in &examples {
            let scores = model.scores(vector);
            assert!(scores[usize::from(*target)] > scores[usize::from(1 - *target)], "{scores:?}");
        }
    }

    #[test]
    fn reasons_add_up_to_the_score() {
        let examples = vec![(0, vector(&[(0, 1.0), (2, 0.5)])), (1, vector(&[(1, 1.0), (2, 0.5)]))];
        let model = Model::train(&examples, 2, 3);
        let vector = vector(&[(0, 0.7), (2, 0.2)]);
        let sum: f32 = model.reasons(0, &vector).iter().map(|(_, weight)| weight).sum();
        assert!((model.scores(&vector)[0] - model.bias[0] - sum).abs() < 1e-5);
    }

    #[test]
    fn nothing_to_learn_is_no_fault() {
        assert_eq!(Model::train(&[], 0, 0).scores(&vector(&[])), Vec::<f32>::new());
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
