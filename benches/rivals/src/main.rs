//! Mabel's whole way from a question to a reply beside `tantivy` (BM25, stems, top ten) and a scan by string distance over the same
//! phrasings, one thread, in one run.
//!
//!     cd benches/rivals && cargo run --release                # add -- --growth 1000 for a thousand times the phrasings
//!
//! A machine has slow moments and fast ones, so everything is asked by turns and each question counts with the median of its rounds.
//! What to look at is the ratios.

mod growth;
mod rivals;

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use mabel::answer::{Question, View};
use mabel::engine::Engine;
use mabel::knowledge::Knowledge;
use rivals::{Distance, Search};

/// How often each question is asked.
const ROUNDS: usize = 21;
/// How often a dear rival is asked each question.
const FEW_ROUNDS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let most: usize = std::env::args().skip_while(|word| word != "--growth").nth(1).map_or(Ok(100), |most| most.parse())?;
    let started = Instant::now();
    let engine = Engine::shipped()?.0;
    let cold = started.elapsed();
    let at_rest = resident();
    let questions = questions();
    let view = View::on(jiff::civil::date(2026, 11, 21));
    for question in questions.iter().cycle().take(1_000) {
        black_box(engine.answer(question, &view));
    }
    println!("memory of the process: {at_rest} after loading, {} after 1,000 questions", resident());
    println!(
        "load and train: {cold:.1?} the first time, {:.1?} as the median of five\n",
        median((0..5).map(|_| timed(|| Engine::shipped().ok())))
    );

    beside_rivals(&engine, &questions, &view)?;
    long_questions(&engine, &questions, &view);
    growth::print(&questions, &view, most)
}

/// The questions of Mabel's tuning set.
fn questions() -> Vec<Question> {
    let lines = include_str!("../../../tests/questions/tuning.jsonl").lines();
    let rows = lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    rows.filter_map(|row| row.get("question").and_then(|question| question.as_str()).map(Question::new)).collect()
}

/// Every phrasing that leads anywhere, with the number of what it leads to.
fn phrasings(knowledge: &Knowledge) -> Vec<(u64, &str)> {
    let entries = knowledge.entries.iter().map(|entry| entry.ask.iter().chain([&entry.question]).collect::<Vec<_>>());
    let asides = knowledge.asides.iter().map(|aside| aside.ask.iter().collect());
    let guards = knowledge.guards.iter().map(|guard| guard.examples.iter().collect());
    let all = (0..).zip(entries.chain(asides).chain(guards));
    all.flat_map(|(target, wordings)| wordings.into_iter().map(move |wording| (target, wording.as_str()))).collect()
}

fn beside_rivals(engine: &Engine, questions: &[Question], view: &View) -> Result<(), Box<dyn Error>> {
    let phrasings = phrasings(engine.knowledge());
    let search = Search::new(&phrasings)?;
    let distance = Distance::new(&phrasings);
    let parsed: Vec<_> = questions.iter().map(|question| search.parse(&question.text)).collect();
    let mut samples = vec![[Vec::new(), Vec::new(), Vec::new(), Vec::new()]; questions.len()];
    for round in 0..ROUNDS {
        for ((question, parsed), samples) in questions.iter().zip(&parsed).zip(&mut samples) {
            samples[0].push(timed(|| engine.answer(question, view)));
            samples[1].push(timed(|| search.best(&**parsed)));
            samples[2].push(timed(|| search.best(&*search.parse(&question.text))));
            if round < FEW_ROUNDS {
                samples[3].push(timed(|| distance.best(&question.text)));
            }
        }
    }
    println!("{} questions over {} phrasings            median      p99   median as a ratio", questions.len(), phrasings.len());
    let mut whole = Duration::ZERO;
    for (rival, name) in
        ["Mabel, question to reply", "tantivy, search alone", "tantivy, with parsing", "string distance, best of all"].iter().enumerate()
    {
        let mut each: Vec<Duration> = samples.iter().map(|samples| median(samples[rival].iter().copied())).collect();
        each.sort_unstable();
        let (middle, high) = (each[each.len() / 2], each[each.len() * 99 / 100]);
        whole = if rival == 0 { middle } else { whole };
        println!("{name:40} {middle:>10.1?} {high:>8.1?}   {:.2}", middle.as_secs_f64() / whole.as_secs_f64());
    }
    Ok(())
}

/// The longest questions that Discord lets anybody send.
fn long_questions(engine: &Engine, questions: &[Question], view: &View) {
    println!("\n6,000 characters of");
    let together = questions.iter().map(|question| question.text.as_str()).collect::<Vec<_>>().join(" ");
    let pieces = [
        "can an MA give shots in texas ",
        "my ",
        "a",
        "qzxv wkjh ",
        "injectoin certifcaton ",
        "in or me ok hi ",
        "<@1>",
        "`",
        "[a](https://b) ",
        "? ",
    ];
    for (name, piece) in [("questions", together.as_str())].into_iter().chain(pieces.map(|piece| (piece, piece))) {
        let question = Question::new(piece.chars().cycle().take(6_000).collect::<String>());
        println!("{name:40?} {:>10.1?}", median((0..ROUNDS).map(|_| timed(|| engine.answer(&question, view)))));
    }
}

fn timed<T>(deed: impl FnOnce() -> T) -> Duration {
    let started = Instant::now();
    black_box(deed());
    started.elapsed()
}

fn median(samples: impl Iterator<Item = Duration>) -> Duration {
    let mut samples: Vec<Duration> = samples.collect();
    samples.sort_unstable();
    samples.get(samples.len() / 2).copied().unwrap_or_default()
}

/// What the process holds in memory now and held at most, where the system tells.
fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map_or("unknown", str::trim);
    format!("{} resident ({} of it its own, {} at most)", line("VmRSS:"), line("RssAnon:"), line("VmHWM:"))
}
