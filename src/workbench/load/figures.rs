//! What one run showed, in numbers.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::book::Tally;
use super::mix::Way;

/// What one run of one bot showed.
#[derive(Clone, Debug, Serialize)]
pub struct Figures {
    /// What the bot is called.
    pub bot: String,
    /// In how many guilds it was.
    pub guilds: usize,
    /// Questions asked, presses and edits counted.
    pub asked: u64,
    /// How long that took.
    pub seconds: f64,
    /// Those that were answered in time.
    pub answered: u64,
    /// Those that were not.
    pub lost: u64,
    /// Answers beyond the first.
    pub doubled: u64,
    /// Requests of the bot that were refused, by status.
    pub refused: BTreeMap<u16, u64>,
    /// From when a question was due to its answer at Discord's side, in milliseconds; none without answers.
    pub milliseconds: Option<Times>,
    /// The same for each way of asking.
    pub by_way: BTreeMap<Way, Times>,
    /// By how much questions were put late, in milliseconds: what the generator itself adds to the times.
    pub late_milliseconds: Option<Times>,
    /// Time on the processor for each answer, in microseconds; none where the system does not tell.
    pub cpu_microseconds: Option<f64>,
    /// Memory held in RAM; none where the system does not tell.
    pub memory: Option<Memory>,
}

/// How long things took: the shortest time that so many percent did not exceed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Times {
    /// Half of them.
    pub p50: f64,
    /// All but one in a hundred.
    pub p99: f64,
    /// All but one in a thousand.
    pub p99_9: f64,
    /// All.
    pub most: f64,
}

/// Memory held in RAM, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Memory {
    /// Before the first question.
    pub idle: u64,
    /// When each tenth of the questions was answered.
    pub tenths: Vec<u64>,
    /// The most that was seen.
    pub most: u64,
}

impl Times {
    /// Those of these durations, in milliseconds; none of none.
    pub(super) fn of(times: impl IntoIterator<Item = Duration>) -> Option<Self> {
        let mut times: Vec<Duration> = times.into_iter().collect();
        times.sort_unstable();
        // The nearest rank: a time that was really seen.
        let at = |thousandths: usize| {
            let rank = (times.len() * thousandths).div_ceil(1000).max(1);
            times.get(rank - 1).map(|time| time.as_secs_f64() * 1000.0)
        };
        Some(Self { p50: at(500)?, p99: at(990)?, p99_9: at(999)?, most: at(1000)? })
    }
}

/// Memory, as it is looked at while questions are answered.
#[derive(Debug, Default)]
pub(super) struct Growth {
    count: u64,
    memory: Memory,
}

impl Growth {
    /// Begins at that memory, with so many questions to come.
    pub(super) fn begin(count: u64, idle: u64) -> Self {
        Self { count, memory: Memory { idle, tenths: Vec::new(), most: idle } }
    }

    /// That memory is held when so many were answered.
    pub(super) fn look(&mut self, answered: u64, bytes: u64) {
        let memory = &mut self.memory;
        memory.most = memory.most.max(bytes);
        while answered * 10 >= self.count.max(1) * (memory.tenths.len() as u64 + 1) && memory.tenths.len() < 10 {
            memory.tenths.push(bytes);
        }
    }

    pub(super) fn memory(self) -> Memory {
        self.memory
    }
}

impl Figures {
    #[expect(clippy::cast_precision_loss, reason = "counts of answers")]
    pub(super) fn of(
        (bot, guilds): (&str, usize),
        tally: Tally,
        elapsed: Duration,
        cpu_seconds: Option<f64>,
        memory: Option<Memory>,
    ) -> Self {
        let answered = tally.answered();
        Self {
            bot: bot.to_owned(),
            guilds,
            asked: tally.asked,
            seconds: elapsed.as_secs_f64(),
            answered,
            lost: tally.lost,
            doubled: tally.doubled,
            milliseconds: Times::of(tally.times.values().flatten().copied()),
            by_way: tally.times.into_iter().filter_map(|(way, times)| Some((way, Times::of(times)?))).collect(),
            refused: tally.refused,
            late_milliseconds: Times::of(tally.late),
            cpu_microseconds: cpu_seconds.filter(|_| answered > 0).map(|seconds| seconds * 1e6 / answered as f64),
            memory,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_seen() {
        let times = Times::of((1..=1000).rev().map(Duration::from_millis)).unwrap();
        assert_eq!(times, Times { p50: 500.0, p99: 990.0, p99_9: 999.0, most: 1000.0 });
        let one = Times::of([Duration::from_millis(7)]).unwrap();
        assert_eq!(one, Times { p50: 7.0, p99: 7.0, p99_9: 7.0, most: 7.0 });
        assert_eq!(Times::of([]), None);
    }

    #[test]
    fn memory_is_noted_at_each_tenth_once() {
        let mut growth = Growth::begin(100, 5);
        for (answered, bytes) in [(0, 6), (9, 7), (10, 8), (35, 9), (100, 4), (100, 3)] {
            growth.look(answered, bytes);
        }
        assert_eq!(growth.memory(), Memory { idle: 5, tenths: vec![8, 9, 9, 4, 4, 4, 4, 4, 4, 4], most: 9 });
    }
}
