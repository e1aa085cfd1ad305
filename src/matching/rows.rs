//! Which targets each feature says something of.

use std::ops::Range;

use super::examples::Examples;

/// A feature of one target in so many is common: that a target's wordings never hold it says something too.
const COMMON: usize = 5;

/// The targets of each feature, ascending, one feature after the other.
///
/// Unless it is common, a feature has a weight for a target only if a wording of that target holds it, or a wording that is easily taken
/// for that target. A full table would be twenty times as large and tell no more: scores compete, so what speaks for one target speaks
/// against all others.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Where the row of each feature begins; one more than there are features.
    starts: Vec<u32>,
    targets: Vec<u16>,
}

impl Rows {
    /// The rows that wordings need: each pair is a target and a wording that means it or is easily taken for it.
    pub(super) fn of(mut pairs: Vec<(u16, u32)>, examples: &Examples, features: usize, targets: usize) -> Self {
        // Target by target, so that a row grows in order and what was last put into it tells what it has.
        pairs.sort_unstable();
        let mut lengths = vec![0_u32; features];
        each(&pairs, examples, features, |feature, _| lengths[feature] += 1);
        let all = u32::try_from(targets).unwrap_or(u32::MAX);
        let mut starts = Vec::with_capacity(features + 1);
        starts.push(0);
        let mut end = 0;
        for length in &mut lengths {
            *length = if *length as usize * COMMON > targets { all } else { *length };
            end += *length;
            starts.push(end);
        }
        let mut rows = Self { starts, targets: vec![0; end as usize] };
        // From here on, how much of each row is still to be filled.
        for (feature, length) in lengths.iter_mut().enumerate().filter(|(_, length)| **length == all) {
            for (target, place) in (0..).zip(&mut rows.targets[rows.starts[feature] as usize..][..targets]) {
                *place = target;
            }
            *length = 0;
        }
        each(&pairs, examples, features, |feature, target| {
            if lengths[feature] > 0 {
                rows.targets[(rows.starts[feature + 1] - lengths[feature]) as usize] = target;
                lengths[feature] -= 1;
            }
        });
        rows
    }

    /// Where each row begins and, last, where all end; and the target of each weight.
    pub(super) fn parts(&self) -> (&[u32], &[u16]) {
        (&self.starts, &self.targets)
    }

    /// Rows of such parts, if they are any: rows one after the other, each with targets there are, ascending.
    pub(super) fn from_parts(starts: Vec<u32>, targets: Vec<u16>, there_are: usize) -> Option<Self> {
        let ends = starts.first() == Some(&0) && starts.last().is_some_and(|end| *end as usize == targets.len());
        let rows = || starts.windows(2).map(|ends| targets.get(ends[0] as usize..ends[1] as usize));
        let sound =
            |row: &[u16]| row.is_sorted_by(|left, right| left < right) && row.last().is_none_or(|last| usize::from(*last) < there_are);
        (ends && rows().all(|row| row.is_some_and(sound))).then_some(Self { starts, targets })
    }

    /// How many weights there are.
    pub(super) fn len(&self) -> usize {
        self.targets.len()
    }

    /// Where the weights of a feature are.
    pub(super) fn of_feature(&self, feature: usize) -> Range<usize> {
        self.starts[feature] as usize..self.starts[feature + 1] as usize
    }

    /// Where the weight of a feature for a target is, if it has one.
    pub(super) fn at(&self, feature: usize, target: u16) -> Option<usize> {
        let row = self.of_feature(feature);
        self.targets[row.clone()].binary_search(&target).ok().map(|at| row.start + at)
    }

    /// The target of each weight.
    pub(super) fn targets(&self, row: Range<usize>) -> &[u16] {
        &self.targets[row]
    }

    /// Moves `weights` to where these rows have them; `before` are the rows they have now, none of which these lack. What is new is nought.
    pub(super) fn spread(&self, before: &Self, weights: &mut Vec<f32>) {
        weights.reserve_exact(self.len() - weights.len());
        weights.resize(self.len(), 0.0);
        // From the last to the first: every weight moves up or stays, so none is written over before it has moved.
        for feature in (1..self.starts.len()).rev().map(|end| end - 1) {
            let old = before.of_feature(feature);
            let mut from = old.end;
            for to in self.of_feature(feature).rev() {
                let stood = from > old.start && before.targets[from - 1] == self.targets[to];
                from -= usize::from(stood);
                weights[to] = if stood { weights[from] } else { 0.0 };
            }
        }
    }
}

/// Calls `note` once with each feature and target that belong together, the targets in order.
fn each(pairs: &[(u16, u32)], examples: &Examples, features: usize, mut note: impl FnMut(usize, u16)) {
    let mut latest = vec![None; features];
    for (target, example) in pairs {
        for feature in examples.features(*example as usize).map(|feature| feature as usize) {
            if latest[feature] != Some(*target) {
                latest[feature] = Some(*target);
                note(feature, *target);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(wordings: &[&[u32]]) -> Examples {
        let mut examples = Examples::default();
        for wording in wordings {
            let terms: Vec<(u32, u32)> = wording.iter().map(|feature| (examples.add_term([], None), *feature)).collect();
            examples.add(0, 0, &terms);
        }
        examples
    }

    #[test]
    fn a_feature_has_the_targets_whose_wordings_hold_it() {
        let rows = Rows::of(vec![(20, 1), (0, 0), (20, 0)], &examples(&[&[0], &[0, 2]]), 3, 40);
        assert_eq!([0, 1, 2].map(|feature| rows.targets(rows.of_feature(feature))), [&[0, 20][..], &[], &[20]]);
    }

    #[test]
    fn a_common_feature_has_all_targets() {
        let rows = Rows::of(vec![(0, 0), (1, 0)], &examples(&[&[0]]), 2, 5);
        assert_eq!([0, 1].map(|feature| rows.targets(rows.of_feature(feature))), [&[0, 1, 2, 3, 4][..], &[]]);
    }

    #[test]
    fn weights_keep_their_feature_and_target_when_rows_grow() {
        let examples = examples(&[&[0, 1], &[1, 2]]);
        let narrow = Rows::of(vec![(10, 0), (30, 1)], &examples, 3, 40);
        let wide = Rows::of(vec![(10, 0), (30, 1), (20, 0), (5, 1)], &examples, 3, 40);
        let mut weights = vec![1.0, 2.0, 3.0, 4.0];
        wide.spread(&narrow, &mut weights);
        assert_eq!(wide.targets, [10, 20, 5, 10, 20, 30, 5, 30]);
        assert_eq!(weights.iter().map(|weight| format!("{weight}")).collect::<Vec<_>>(), ["1", "0", "0", "2", "0", "3", "0", "4"]);
    }
}
