//! What an answer costs when there are many times the phrasings.

use std::error::Error;
use std::time::{Duration, Instant};

use mabel::answer::{Question, View};
use mabel::engine::Engine;
use mabel::knowledge::{files, load};

use super::{ROUNDS, median, phrasings, timed};

/// One word in so many of a made-up phrasing is one that nobody has used before: vocabularies grow with what is written.
const NEW_WORDS: usize = 40;
/// One word in so many comes from another phrasing.
const BORROWED_WORDS: usize = 4;

/// Prints the times with 1, 10, 100 … times the phrasings.
pub(crate) fn print(questions: &[Question], view: &View, most: usize) -> Result<(), Box<dyn Error>> {
    println!("\nphrasings                                    median   ratio   load and train");
    let mut once = Duration::ZERO;
    for factor in std::iter::successors(Some(1), |factor| Some(factor * 10)).take_while(|factor| *factor <= most) {
        let mut knowledge = load::load(&files::shipped())?.0;
        let words: Vec<String> = phrasings(&knowledge).iter().flat_map(|(_, phrasing)| phrasing.split(' ')).map(str::to_owned).collect();
        let mut random = Random(7);
        for entry in &mut knowledge.entries {
            let own = entry.ask.clone();
            for _ in 1..factor {
                entry.ask.extend(own.iter().map(|phrasing| made_up(phrasing, &words, &mut random)));
            }
        }
        let count = phrasings(&knowledge).len();
        let started = Instant::now();
        let engine = Engine::new(knowledge)?;
        let loaded = started.elapsed();
        let mut each: Vec<Duration> =
            questions.iter().map(|question| median((0..ROUNDS).map(|_| timed(|| engine.answer(question, view))))).collect();
        each.sort_unstable();
        let middle = each[each.len() / 2];
        once = if factor == 1 { middle } else { once };
        println!("{factor:>5} × {count:>10} {middle:>30.1?} {:>7.2} {loaded:>16.1?}", middle.as_secs_f64() / once.as_secs_f64());
    }
    Ok(())
}

/// A phrasing with some of its words exchanged.
fn made_up(phrasing: &str, words: &[String], random: &mut Random) -> String {
    let words = phrasing.split(' ').map(|word| {
        if word.contains('{') || random.below(BORROWED_WORDS) > 0 {
            word.to_owned()
        } else if random.below(NEW_WORDS / BORROWED_WORDS) > 0 {
            words[random.below(words.len())].replace(['{', '}'], "")
        } else {
            (0..3 + random.below(8)).map(|_| char::from(b"etaoinshrdlucmfwypvbgkqjxz"[random.below(26).min(random.below(26))])).collect()
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

/// A small generator, the same in every run (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap_or_default()
    }
}
