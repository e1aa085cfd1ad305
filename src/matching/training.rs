//! Teaches a [`Model`] the wordings, in memory and always with the same result.
//!
//! Gradient descent, one wording after the other, each feature with steps of its own size (`AdaGrad`).

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::beginning;
use super::decision::softmax;
use super::direction::Pointers;
use super::examples::{Examples, Reader};
use super::features::Features;
use super::model::Model;
use super::rows::Rows;
use super::wide::Wide;
use crate::text::vectors::{DIMENSIONS, Direction};

/// The size of the steps in each pass over the wordings.
const STEPS: [f32; 2] = [2.4, 1.7];
/// Targets less likely than this are left as they are in a step: nearly all of them, after the first pass.
const NEGLIGIBLE: f32 = 1e-2;
/// How much of a wording's share is taken from the other targets evenly, so that weights stay bounded.
const SMOOTHING: f32 = 0.02;
/// A wording whose target was this likely is not looked at again.
const LEARNED: f32 = 0.9;
/// In the first pass, another target this likely for a wording is its rival.
const RIVAL: f32 = 0.1;

/// A model of the wordings.
#[must_use]
pub(super) fn train(examples: &Examples, features: &Features, targets: usize) -> Model {
    let mut pairs: Vec<(u16, u32)> = (0..).zip(0..examples.len()).map(|(index, at)| (examples.target(at), index)).collect();
    let rows = Rows::of(pairs.clone(), examples, features.len(), targets);
    let mut model =
        Model { bias: vec![0.0; targets], weights: vec![0.0; rows.len()], rows, pointers: Pointers::new(targets), wide: Wide::default() };
    beginning::begin(&mut model, examples, features);
    let mut training = Training::new(model, examples, features);
    training.first_pass(&mut pairs);
    let rows = Rows::of(pairs, examples, features.len(), targets);
    rows.spread(&training.model.rows, &mut training.model.weights);
    training.model.rows = rows;
    for pass in 1..STEPS.len() {
        training.pass(pass);
    }
    training.model
}

/// A model in the making.
struct Training<'set> {
    model: Model,
    examples: &'set Examples,
    reader: Reader<'set>,
    /// How far each feature has moved: one seen often takes smaller steps.
    squares: Vec<f32>,
    /// The same of each coordinate.
    coordinate_squares: Direction,
    /// Where the wordings of a batch point, and what that says of every target: all targets for the first wording, then for the next.
    directions: Vec<Direction>,
    pointing: Vec<f32>,
    errors: Vec<f32>,
    /// The targets that a step moves, with their errors.
    moved: Vec<(u16, f32)>,
    /// How likely its target was for each wording when it was last looked at.
    likely: Vec<f32>,
}

impl<'set> Training<'set> {
    fn new(model: Model, examples: &'set Examples, features: &'set Features) -> Self {
        Self {
            model,
            examples,
            reader: Reader::new(examples, features),
            squares: vec![1.0; features.len()],
            coordinate_squares: [1.0; DIMENSIONS],
            directions: Vec::new(),
            pointing: Vec::new(),
            errors: Vec::new(),
            moved: Vec::new(),
            likely: vec![0.0; examples.len()],
        }
    }

    /// Looks at every wording, and adds each to the targets it was easily taken for.
    fn first_pass(&mut self, pairs: &mut Vec<(u16, u32)>) {
        self.learn(&order(self.examples, 0), STEPS[0], |moved, index| {
            pairs.extend(moved.iter().filter(|(_, error)| *error > RIVAL).map(|(rival, _)| (*rival, index)));
        });
    }

    fn pass(&mut self, pass: usize) {
        let mut order = order(self.examples, pass);
        order.retain(|(_, index)| self.likely[*index as usize] < LEARNED);
        self.learn(&order, STEPS[pass], |_, _| {});
    }

    /// Learns wordings in an order. `note` is told of each, and of the targets it has moved with their errors.
    fn learn(&mut self, order: &[Place], step: f32, mut note: impl FnMut(&[(u16, f32)], u32)) {
        for batch in batches(order) {
            self.point(batch);
            for (place, (_, index)) in batch.iter().enumerate() {
                self.step(place, *index as usize, step);
                note(&self.moved, *index);
            }
        }
    }

    /// Scores the wordings of a batch by where they point, all of them by the weights there are before the first is learned: fetching
    /// these weights takes longer than the sums, and what a few steps change of them is little.
    fn point(&mut self, batch: &[Place]) {
        self.directions.clear();
        self.directions.extend(batch.iter().map(|(_, index)| self.examples.direction(*index as usize)));
        self.pointing.clear();
        self.pointing.resize(batch.len() * self.model.bias.len(), 0.0);
        self.model.pointers.add_to(&mut self.pointing, &self.directions, self.model.wide);
    }

    /// Moves the weights so that the target becomes more likely for its wording, which has that place in the batch.
    fn step(&mut self, place: usize, index: usize, step: f32) {
        let target = usize::from(self.examples.target(index));
        let features = self.reader.read(index);
        let targets = self.model.bias.len();
        self.errors.clear();
        self.errors.extend(self.model.bias.iter().zip(&self.pointing[place * targets..]).map(|(bias, pointing)| bias + pointing));
        self.model.add_features(features, &mut self.errors);
        softmax(&mut self.errors);
        self.likely[index] = self.errors[target];
        let size = note_errors(&mut self.errors, &mut self.moved, target);
        let (model, errors) = (&mut self.model, &self.errors);
        let mut rates = self.directions[place];
        for (rate, square) in rates.iter_mut().zip(&mut self.coordinate_squares) {
            *square += size * *rate * *rate;
            *rate *= step / square.sqrt();
        }
        model.pointers.step(&self.moved, &rates);
        for (feature, value) in features {
            let square = &mut self.squares[*feature as usize];
            *square += size * value * value;
            let rate = step * value / square.sqrt();
            let row = model.rows.of_feature(*feature as usize);
            if row.len() == errors.len() {
                // Nearly all targets stay as they are.
                for (target, error) in &self.moved {
                    model.weights[row.start + usize::from(*target)] -= rate * error;
                }
            } else {
                for (target, weight) in model.rows.targets(row.clone()).iter().zip(&mut model.weights[row]) {
                    *weight -= rate * errors[usize::from(*target)];
                }
            }
        }
        for (target, error) in &self.moved {
            model.bias[usize::from(*target)] -= 0.02 * step * error;
        }
    }
}

/// Makes errors of the probabilities, notes those that move anything, and says how large they are together.
fn note_errors(errors: &mut [f32], moved: &mut Vec<(u16, f32)>, target: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred targets")]
    let even = SMOOTHING / errors.len() as f32;
    errors[target] -= 1.0 - SMOOTHING;
    moved.clear();
    let mut size = 0.0;
    for (target, error) in (0..).zip(errors.iter_mut()) {
        *error -= even;
        if error.abs() < NEGLIGIBLE {
            *error = 0.0;
        } else {
            size += *error * *error;
            moved.push((target, *error));
        }
    }
    size
}

/// A wording in the order of a pass: the number that gives it its place, and its index.
type Place = (u64, u32);

/// The wordings in an order that mixes targets, another one in each pass. It hangs on each wording alone: if one is added, all others keep
/// their order, and what is answered changes only where the new one has a say.
fn order(examples: &Examples, pass: usize) -> Vec<Place> {
    let place = |index: u32| (FxBuildHasher.hash_one((examples.key(index as usize), pass)), index);
    let mut order: Vec<Place> = (0..).take(examples.len()).map(place).collect();
    order.sort_unstable();
    order
}

/// The order cut into batches of eight or so. Where one ends, too, hangs on the wording it ends with alone.
fn batches(order: &[Place]) -> impl Iterator<Item = &[Place]> {
    const MOST: usize = 32;
    order.chunk_by(|(place, _), _| place.trailing_zeros() < 3).flat_map(|batch| batch.chunks(MOST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::features::Counting;
    use crate::understand::Term;

    fn terms(words: &[&str]) -> Vec<Term> {
        words.iter().map(|word| Term { word: (*word).to_owned(), stem: (*word).to_owned(), facets: Vec::new(), in_name: false }).collect()
    }

    fn scores(model: &Model, vector: &crate::matching::features::Vector) -> Vec<f32> {
        let mut scores = Vec::new();
        model.score(vector, &mut scores);
        scores
    }

    const WORDINGS: [(u16, &[&str]); 4] =
        [(0, &["draw", "blood"]), (1, &["earn", "money"]), (0, &["draw", "urine"]), (1, &["earn", "well"])];

    fn trained() -> (Features, Model) {
        let mut counting = Counting::default();
        for (target, words) in WORDINGS {
            counting.note(target, &terms(words));
        }
        let (features, examples) = counting.finish();
        let model = train(&examples, &features, 2);
        (features, model)
    }

    #[test]
    fn a_model_tells_its_wordings_apart() {
        let (features, model) = trained();
        for (target, words) in WORDINGS {
            let scores = scores(&model, &features.vector(&terms(words)));
            assert!(scores[usize::from(target)] > scores[usize::from(1 - target)], "{words:?}: {scores:?}");
        }
    }

    #[test]
    fn reasons_add_up_to_the_score() {
        let (features, model) = trained();
        let vector = features.vector(&terms(&["draw", "money"]));
        let sum: f32 = model.reasons(0, &vector).iter().map(|(_, weight)| weight).sum();
        let score = model.bias[0] + model.pointing(0, &vector) + sum;
        assert!((scores(&model, &vector)[0] - score).abs() < 1e-5);
    }

    #[test]
    fn nothing_to_learn_is_no_fault() {
        let (features, examples) = Counting::default().finish();
        let model = train(&examples, &features, 0);
        assert_eq!(scores(&model, &features.vector(&[])), Vec::<f32>::new());
    }

    #[test]
    fn every_wording_is_visited_once_a_pass_in_an_order_that_others_do_not_change() {
        let examples = |words: &[&'static str]| {
            let mut counting = Counting::default();
            for word in words {
                counting.note(0, &terms(&[word]));
            }
            counting.finish().1
        };
        let few = examples(&["a", "b", "c", "d", "e"]);
        let more = examples(&["a", "b", "x", "c", "d", "e"]);
        let visited = |examples: &Examples, pass| order(examples, pass).into_iter().map(|(_, index)| index).collect::<Vec<u32>>();
        for pass in 0..3 {
            let mut few = visited(&few, pass);
            let beside_another: Vec<u32> =
                visited(&more, pass).into_iter().filter(|index| *index != 2).map(|index| index - u32::from(index > 2)).collect();
            assert_eq!(few, beside_another);
            few.sort_unstable();
            assert_eq!(few, [0, 1, 2, 3, 4]);
        }
    }

    #[test]
    fn batches_keep_the_order_and_end_where_others_do_not_change() {
        let places: Vec<Place> = (0..2000_u32).map(|index| (FxBuildHasher.hash_one(index), index)).collect();
        let cut: Vec<&[Place]> = batches(&places).collect();
        assert_eq!(cut.concat(), places);
        assert!(cut.iter().all(|batch| batch.len() <= 32) && (150..400).contains(&cut.len()), "{}", cut.len());
        let without_one = [&places[..1000], &places[1001..]].concat();
        let untouched = |batches: Vec<&[Place]>| batches.into_iter().rev().take(80).map(<[Place]>::to_vec).collect::<Vec<_>>();
        assert_eq!(untouched(batches(&without_one).collect()), untouched(cut));
    }
}
