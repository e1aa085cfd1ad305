//! Several rounds side by side: sums, medians, and Mabel against a bot that does nothing but reply.

use std::io::{self, Write};

use serde::Serialize;

use super::figures::Figures;

/// Mabel may use so many times the processor time of the floor for an answer.
const CPU: f64 = 1.5;
/// And take so many times as long, all but one in a hundred.
const P99: f64 = 2.0;
/// And hold so many bytes of memory, and so many more for each guild.
const MEMORY: (f64, f64) = (40e6, 2e3);

/// What several rounds showed.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The rounds, in order.
    pub rounds: Vec<Figures>,
    /// A line for each bot and number of guilds.
    pub lines: Vec<Line>,
    /// What Mabel is held to, where a floor was measured beside her.
    pub bars: Vec<Bar>,
}

/// All rounds of one bot with one number of guilds: counts added up, of figures the median.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Line {
    /// The bot.
    pub bot: String,
    /// The guilds.
    pub guilds: usize,
    /// Questions asked.
    pub asked: u64,
    /// Not answered.
    pub lost: u64,
    /// Answered more than once.
    pub doubled: u64,
    /// Requests refused.
    pub refused: u64,
    /// Answers a second.
    pub a_second: Option<f64>,
    /// Milliseconds to an answer that half, all but one in a hundred, all but one in a thousand did not exceed.
    pub p50: Option<f64>,
    #[expect(missing_docs, reason = "see p50")]
    pub p99: Option<f64>,
    #[expect(missing_docs, reason = "see p50")]
    pub p99_9: Option<f64>,
    /// Milliseconds by which questions were put late, all but one in a hundred.
    pub late: Option<f64>,
    /// Microseconds on the processor for an answer.
    pub cpu: Option<f64>,
    /// Bytes of memory before the first question, and with the last.
    pub idle: Option<f64>,
    #[expect(missing_docs, reason = "see idle")]
    pub memory: Option<f64>,
}

/// What Mabel is held to.
#[derive(Clone, Debug, Serialize)]
pub struct Bar {
    /// In how many guilds.
    pub guilds: usize,
    /// What is measured.
    pub what: &'static str,
    /// What was measured.
    pub is: f64,
    /// What it may be at most.
    pub at_most: f64,
}

impl Bar {
    /// Whether it is kept to.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.is <= self.at_most
    }
}

impl Report {
    /// The report of these rounds. `floor` names the bot that the first is held against.
    #[must_use]
    pub fn of(rounds: Vec<Figures>, floor: Option<&str>) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        for round in &rounds {
            if !lines.iter().any(|line| line.bot == round.bot && line.guilds == round.guilds) {
                let same: Vec<&Figures> = rounds.iter().filter(|other| other.bot == round.bot && other.guilds == round.guilds).collect();
                lines.push(line(round, &same));
            }
        }
        let bars = floor.map_or_else(Vec::new, |floor| {
            let (under, above): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.bot == floor);
            let same = |line: &Line| under.iter().copied().find(|floor| floor.guilds == line.guilds);
            above.into_iter().filter_map(|line| Some(bars(line, same(line)?))).flatten().collect()
        });
        Self { rounds, lines, bars }
    }

    /// Whether every question was answered once, nothing was refused, and every bar holds.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.lines.iter().all(|line| line.lost + line.doubled + line.refused == 0) && self.bars.iter().all(Bar::holds)
    }

    /// The report as a table.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "{:>7}  {:<10} {:>9} {:>6} {:>7} {:>7} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
            "guilds",
            "bot",
            "asked",
            "lost",
            "doubled",
            "refused",
            "per s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "late ms",
            "CPU µs",
            "idle MB",
            "RAM MB"
        )?;
        for line in &self.lines {
            let megabytes = |bytes: Option<f64>| shown(bytes.map(|bytes| bytes / 1e6), 1);
            writeln!(
                out,
                "{:>7}  {:<10} {:>9} {:>6} {:>7} {:>7} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
                line.guilds,
                line.bot,
                line.asked,
                line.lost,
                line.doubled,
                line.refused,
                shown(line.a_second, 0),
                shown(line.p50, 2),
                shown(line.p99, 2),
                shown(line.p99_9, 2),
                shown(line.late, 2),
                shown(line.cpu, 0),
                megabytes(line.idle),
                megabytes(line.memory),
            )?;
        }
        for round in &self.rounds {
            if let Some(memory) = round.memory.as_ref().filter(|memory| memory.tenths.len() == 10 && self.rounds.len() == 1) {
                let tenths: Vec<String> = memory.tenths.iter().map(|bytes| shown(Some(in_figures(*bytes) / 1e6), 1)).collect();
                writeln!(out, "\nRAM in MB when each tenth was answered: {}", tenths.join(" "))?;
            }
        }
        for bar in &self.bars {
            let verdict = if bar.holds() { "holds" } else { "MISSED" };
            writeln!(out, "{:>7}  {:<32} {:>8.2}, at most {:<6.2} {verdict}", bar.guilds, bar.what, bar.is, bar.at_most)?;
        }
        Ok(())
    }
}

fn line(first: &Figures, rounds: &[&Figures]) -> Line {
    let sum = |count: fn(&Figures) -> u64| rounds.iter().map(|round| count(round)).sum();
    let middle = |figure: fn(&Figures) -> Option<f64>| median(rounds.iter().filter_map(|round| figure(round)).collect());
    Line {
        bot: first.bot.clone(),
        guilds: first.guilds,
        asked: sum(|round| round.asked),
        lost: sum(|round| round.lost),
        doubled: sum(|round| round.doubled),
        refused: sum(|round| round.refused.values().sum()),
        a_second: middle(|round| Some(in_figures(round.answered) / round.seconds)),
        p50: middle(|round| Some(round.milliseconds?.p50)),
        p99: middle(|round| Some(round.milliseconds?.p99)),
        p99_9: middle(|round| Some(round.milliseconds?.p99_9)),
        late: middle(|round| Some(round.late_milliseconds?.p99)),
        cpu: middle(|round| round.cpu_microseconds),
        idle: middle(|round| Some(in_figures(round.memory.as_ref()?.idle))),
        memory: middle(|round| Some(in_figures(*round.memory.as_ref()?.tenths.last()?))),
    }
}

fn bars(line: &Line, floor: &Line) -> Vec<Bar> {
    let bar = |what, is, at_most| Bar { guilds: line.guilds, what, is, at_most };
    let times = |ours: Option<f64>, theirs: Option<f64>| Some(ours? / theirs.filter(|theirs| *theirs > 0.0)?);
    let (base, each) = MEMORY;
    let most = base + each * in_figures(line.guilds as u64);
    [
        times(line.cpu, floor.cpu).map(|is| bar("CPU for an answer, times floor", is, CPU)),
        times(line.p99, floor.p99).map(|is| bar("p99, times floor", is, P99)),
        line.memory.map(|is| bar("RAM in MB", is / 1e6, most / 1e6)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts and bytes that fit")]
fn in_figures(number: u64) -> f64 {
    number as f64
}

/// The middle one, or between the two in the middle.
fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_by(f64::total_cmp);
    let half = figures.len() / 2;
    let upper = *figures.get(half)?;
    Some(if figures.len() % 2 == 1 { upper } else { f64::midpoint(*figures.get(half - 1)?, upper) })
}

fn shown(figure: Option<f64>, places: usize) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.places$}"))
}

#[cfg(test)]
mod tests {
    use super::super::figures::{Memory, Times};
    use super::*;

    fn round(bot: &str, p99: f64, cpu: f64, bytes: u64) -> Figures {
        let times = Times { p50: 1.0, p99, p99_9: 9.0, most: 10.0 };
        Figures {
            bot: bot.to_owned(),
            guilds: 1000,
            asked: 100,
            seconds: 10.0,
            answered: 100,
            lost: 0,
            doubled: 0,
            refused: [].into(),
            milliseconds: Some(times),
            by_way: [].into(),
            late_milliseconds: Some(times),
            cpu_microseconds: Some(cpu),
            memory: Some(Memory { idle: 1, tenths: vec![bytes; 10], most: bytes }),
        }
    }

    fn report(cpu: f64, bytes: u64) -> Report {
        let rounds = [cpu, 99_999.0, 1.0].map(|cpu| [round("mabel", 3.0, cpu, bytes), round("floor", 2.0, 200.0, 5_000_000)]);
        Report::of(rounds.concat(), Some("floor"))
    }

    #[test]
    fn counts_are_added_up_and_the_odd_round_out_does_not_count() {
        let report = report(290.0, 41_000_000);
        let mabel = &report.lines[0];
        assert_eq!((mabel.asked, mabel.cpu, mabel.a_second), (300, Some(290.0), Some(10.0)));
        assert_eq!(report.lines.len(), 2);
        assert!(report.is_well(), "{:?}", report.bars);
    }

    #[test]
    fn each_bar_can_be_missed() {
        for (cpu, bytes, missed) in [(301.0, 41_000_000, "CPU for an answer, times floor"), (290.0, 42_100_000, "RAM in MB")] {
            let report = report(cpu, bytes);
            let names: Vec<&str> = report.bars.iter().filter(|bar| !bar.holds()).map(|bar| bar.what).collect();
            assert_eq!(names, [missed]);
            let mut text = Vec::new();
            report.write(&mut text).unwrap();
            assert_eq!(String::from_utf8(text).unwrap().matches("MISSED").count(), 1);
        }
    }

    #[test]
    fn a_lost_question_is_not_well() {
        let report = Report::of(vec![Figures { lost: 1, ..round("mabel", 1.0, 1.0, 1) }], None);
        assert!(!report.is_well() && report.bars.is_empty());
    }
}
