//! Measures how well she knows that a question is not hers, without questions from elsewhere: entries are left out and asked for.
//!
//!     cargo run --release --no-default-features --features vectors --example leave_out
//!
//! Every entry is left out once, with its fold or with its whole topic, and its wordings are asked of an index trained on the
//! rest: nothing there answers them, so each answer is a false one. One wording in ten of the entries that stay is held back
//! and asked beside them: each of those that is not answered was declined wrongly. Prints both shares at the thresholds in use,
//! and the share of held-back wordings that found their own entry.

use std::error::Error;

use mabel::knowledge::{Knowledge, files, load};
use mabel::matching::decision::Decision;
use mabel::matching::{Index, Target};
use mabel::understand::Understanding;

/// How many parts the entries are left out in.
const FOLDS: usize = 5;
/// One wording in so many of an entry that stays is held back.
const HELD_BACK: usize = 10;

/// What became of questions.
#[derive(Debug, Default)]
struct Tally {
    asked: usize,
    declined: usize,
    asked_back: usize,
    right: usize,
}

impl Tally {
    fn note(&mut self, decision: &Decision, wanted: Option<usize>) {
        self.asked += 1;
        match decision {
            // An aside or a guard does not answer either.
            Decision::Stopped { .. } | Decision::Neither { .. } | Decision::Sure { target: Target::Aside(_) | Target::Guard(_), .. } => {
                self.declined += 1;
            }
            Decision::Close { .. } => self.asked_back += 1,
            Decision::Sure { target: Target::Entry(entry), .. } => self.right += usize::from(Some(*entry) == wanted),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of wordings")]
    fn share(&self, part: usize) -> f64 {
        part as f64 / self.asked.max(1) as f64
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let topics = shipped()?.topics.len();
    let mut out = std::io::stdout().lock();
    measure(&mut out, "a fifth of the entries", FOLDS, |index, _, fold| index % FOLDS == fold)?;
    measure(&mut out, "a whole topic", topics, |_, topic, fold| topic == fold)?;
    Ok(())
}

fn shipped() -> Result<Knowledge, Box<dyn Error>> {
    Ok(load::load(&files::shipped())?.0)
}

/// Leaves out what `is_out` says of an entry's index, its topic's index and the fold, fold after fold.
fn measure(
    out: &mut impl std::io::Write,
    name: &str,
    folds: usize,
    is_out: impl Fn(usize, usize, usize) -> bool,
) -> Result<(), Box<dyn Error>> {
    let (mut theirs, mut hers) = (Tally::default(), Tally::default());
    for fold in 0..folds {
        let mut knowledge = shipped()?;
        let understanding = Understanding::new(&knowledge);
        let topics: Vec<_> = knowledge.topics.iter().map(|topic| topic.id.clone()).collect();
        let topic_of =
            |knowledge: &Knowledge, index: usize| topics.iter().position(|topic| *topic == knowledge.entries[index].topic).unwrap_or(0);
        let left_out: Vec<bool> = (0..knowledge.entries.len()).map(|index| is_out(index, topic_of(&knowledge, index), fold)).collect();
        let mut asked_of_rest = Vec::new();
        let mut entries = Vec::new();
        let mut asked_of_her = Vec::new();
        for (mut entry, left_out) in std::mem::take(&mut knowledge.entries).into_iter().zip(left_out) {
            if left_out {
                asked_of_rest.append(&mut entry.ask);
                continue;
            }
            let mut place = 0;
            entry.ask.retain(|wording| {
                place += 1;
                let keep = place % HELD_BACK != 0;
                if !keep {
                    asked_of_her.push((entries.len(), wording.clone()));
                }
                keep
            });
            entries.push(entry);
        }
        knowledge.entries = entries;
        let index = Index::new(&knowledge, &understanding, None);
        let decide = |wording: &str| index.decide(&understanding.read_wording(wording), &knowledge, &understanding);
        for wording in &asked_of_rest {
            theirs.note(&decide(wording), None);
        }
        for (entry, wording) in &asked_of_her {
            hers.note(&decide(wording), Some(*entry));
        }
    }
    writeln!(
        out,
        "{name:24} left out: of {} questions {:.3} declined, {:.3} asked back on; of {} of her own {:.3} declined, {:.3} asked back on, {:.3} answered right",
        theirs.asked,
        theirs.share(theirs.declined),
        theirs.share(theirs.asked_back),
        hers.asked,
        hers.share(hers.declined),
        hers.share(hers.asked_back),
        hers.share(hers.right),
    )?;
    Ok(())
}
