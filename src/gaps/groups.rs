//! Gaps that are alike, put together: what editors look at first is what is asked most.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::text::stem::stem;

/// Two gaps are alike if they share this part of the word stems they have together.
const ALIKE: f64 = 0.5;

/// How often words came up in a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The week, by its Monday.
    pub week: Date,
    /// The words, a space between two.
    pub words: String,
    /// How often.
    pub count: u64,
}

/// Gaps that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The words that came up most.
    pub words: String,
    /// The others, those that came up most first.
    pub others: Vec<String>,
    /// How often all of them came up, by week.
    pub weeks: BTreeMap<Date, u64>,
    /// How often all of them came up.
    pub count: u64,
}

/// One gap over all weeks.
struct Gap {
    words: String,
    stems: BTreeSet<String>,
    weeks: BTreeMap<Date, u64>,
    count: u64,
}

/// Puts gaps together that are alike; the groups that came up most stand first. Only the `most` that came up most are looked at: the
/// time it takes grows with the square of their number.
#[must_use]
pub fn group(counted: impl IntoIterator<Item = Counted>, most: usize) -> Vec<Group> {
    let mut groups: Vec<(BTreeSet<String>, Group)> = Vec::new();
    for gap in by_count(counted).into_iter().take(most) {
        match groups.iter_mut().find(|(stems, _)| likeness(stems, &gap.stems) >= ALIKE) {
            Some((_, group)) => {
                group.count += gap.count;
                gap.weeks.into_iter().for_each(|(week, count)| *group.weeks.entry(week).or_default() += count);
                group.others.push(gap.words);
            }
            None => groups.push((gap.stems, Group { words: gap.words, others: Vec::new(), weeks: gap.weeks, count: gap.count })),
        }
    }
    let mut groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
    groups.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.words.cmp(&right.words)));
    groups
}

/// The gaps, those that came up most first.
fn by_count(counted: impl IntoIterator<Item = Counted>) -> Vec<Gap> {
    let mut gaps: BTreeMap<String, BTreeMap<Date, u64>> = BTreeMap::new();
    for Counted { week, words, count } in counted {
        *gaps.entry(words).or_default().entry(week).or_default() += count;
    }
    let gap = |(words, weeks): (String, BTreeMap<Date, u64>)| Gap {
        stems: words.split(' ').map(stem).collect(),
        count: weeks.values().sum(),
        words,
        weeks,
    };
    let mut gaps: Vec<Gap> = gaps.into_iter().map(gap).collect();
    gaps.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.words.cmp(&right.words)));
    gaps
}

/// The part of their stems that two gaps share, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a gap has a dozen words at most")]
fn likeness(left: &BTreeSet<String>, right: &BTreeSet<String>) -> f64 {
    let shared = left.intersection(right).count() as f64;
    shared / left.union(right).count().max(1) as f64
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn counted(week: Date, words: &str, count: u64) -> Counted {
        Counted { week, words: words.to_owned(), count }
    }

    #[test]
    fn gaps_that_share_most_of_their_stems_are_one_group() {
        let (first, second) = (date(2026, 11, 9), date(2026, 11, 16));
        let counts = [
            counted(first, "color scrubs wear", 2),
            counted(second, "color scrub wearing", 1),
            counted(second, "color scrubs wear", 4),
            counted(second, "parking", 5),
        ];
        let groups = group(counts.clone(), usize::MAX);
        let weeks = BTreeMap::from([(first, 2), (second, 5)]);
        let scrubs = Group { words: "color scrubs wear".to_owned(), others: vec!["color scrub wearing".to_owned()], weeks, count: 7 };
        let parking = Group { words: "parking".to_owned(), others: Vec::new(), weeks: BTreeMap::from([(second, 5)]), count: 5 };
        assert_eq!(groups, [scrubs, parking]);
        assert_eq!(group(counts, 1).iter().map(|group| group.count).collect::<Vec<_>>(), [6], "only what came up most");
    }

    #[test]
    fn the_order_of_the_counts_makes_no_difference() {
        let week = date(2026, 11, 16);
        let counts = [counted(week, "a b", 1), counted(week, "b c", 1), counted(week, "c d", 1), counted(week, "a b c", 1)];
        let mut turned = counts.clone();
        turned.reverse();
        assert_eq!(group(counts, usize::MAX), group(turned, usize::MAX));
    }
}
