//! Draws pictures of every kind, and says how long it takes and how large they are.
//!
//!     cargo run --release --no-default-features --features pictures --example pictures -- [FOLDER]
//!
//! With FOLDER the pictures are written there. Each is drawn 200 times; the first drawing, which reads the fonts, is told apart.
//! An answer only says that it has a picture; whoever shows one has it described and drawn.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use mabel::answer::{Question, View};
use mabel::engine::Engine;
use mabel::picture;

/// What to ask for each picture, and what its file is called.
const QUESTIONS: [(&str, &str); 9] = [
    ("pay-of-a-state", "how much do MAs make in Ohio"),
    ("pay-of-a-place-with-an-offer", "is $24 an hour a good offer for an MA in Austin, TX?"),
    ("pay-of-two-states", "compare MA pay in Texas and Washington"),
    ("pay-nation", "what is the national median pay of medical assistants"),
    ("pay-map", "which states pay medical assistants the most"),
    ("rules-injections", "can medical assistants give injections in Georgia?"),
    ("rules-vaccines", "can an MA give vaccines?"),
    ("rules-x-rays", "can an MA take x-rays in California?"),
    ("rules-blood", "can an MA draw blood?"),
];

const ROUNDS: usize = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).map(PathBuf::from);
    let (engine, _) = Engine::shipped()?;
    let view = View::on(jiff::civil::date(2026, 11, 21));
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:30} {:>9} {:>7} {:>9} {:>9} {:>9} {:>9}", "", "size", "KB", "described", "first", "fastest", "median")?;
    for (name, question) in QUESTIONS {
        let reply = engine.answer(&Question::new(question), &view);
        let picture = engine.picture(&reply, view.today).ok_or_else(|| format!("{question}: no picture"))?;
        let described = fastest(|| drop(engine.picture(&reply, view.today)));
        let start = Instant::now();
        let png = picture::draw(&picture)?;
        let first = start.elapsed();
        let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let start = Instant::now();
            picture::draw(&picture)?;
            times.push(start.elapsed());
        }
        times.sort();
        let (width, height) = png.size();
        let kilobytes = f64::from(u32::try_from(png.bytes().len())?) / 1000.0;
        let (fastest, median) = (times[0], times[ROUNDS / 2]);
        writeln!(out, "{name:30} {width}x{height:4} {kilobytes:>7.1} {described:>9.1?} {first:>9.1?} {fastest:>9.1?} {median:>9.1?}")?;
        if let Some(folder) = &folder {
            std::fs::create_dir_all(folder)?;
            std::fs::write(folder.join(name).with_extension("png"), png.bytes())?;
            std::fs::write(folder.join(name).with_extension("txt"), format!("{}\n\n{}\n", picture.title, picture.alt))?;
        }
    }
    Ok(())
}

/// The shortest of many rounds.
fn fastest(mut round: impl FnMut()) -> Duration {
    let mut fastest = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        round();
        fastest = fastest.min(start.elapsed());
    }
    fastest
}
