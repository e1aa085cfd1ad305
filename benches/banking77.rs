//! Measures the engine on a public yardstick that has nothing to do with its knowledge.
//!
//! BANKING77 (Casanueva et al., 2020, CC BY 4.0): one category is one entry, its training rows are the entry's wordings.
//!
//!     cargo run --release --no-default-features --example banking77 -- FOLDER
//!
//! FOLDER holds `train.csv`, `train_10.csv` and `test.csv` with the columns `text` and `category`. Prints the share of
//! test rows whose best candidate is right, as they are and with one letter edited in 30 % of the longer words.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use mabel::answer::Question;
use mabel::engine::Engine;
use mabel::knowledge::load;
use mabel::matching::Target;

type Rows = Vec<(String, String)>;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder with train.csv, train_10.csv and test.csv")?;
    let folder = Path::new(&folder);
    let test = rows(&folder.join("test.csv"))?;
    let mut random = Random(77);
    let typos: Rows = test.iter().map(|(text, category)| (with_typos(text, &mut random), category.clone())).collect();
    let mut out = std::io::stdout().lock();
    for (name, file) in [("10-shot", "train_10.csv"), ("all rows", "train.csv")] {
        let train = rows(&folder.join(file))?;
        let start = Instant::now();
        let engine = engine(&train)?;
        let trained = start.elapsed();
        let start = Instant::now();
        let clean = accuracy(&engine, &test);
        let per_question = start.elapsed() / u32::try_from(test.len())?;
        let typed = accuracy(&engine, &typos);
        std::io::Write::write_fmt(
            &mut out,
            format_args!(
                "{name:9} {} wordings: {clean:.3} clean, {typed:.3} with typos; trained in {trained:.2?}, {per_question:.1?} a question with reasons\n",
                train.len()
            ),
        )?;
    }
    Ok(())
}

fn rows(file: &Path) -> Result<Rows, Box<dyn Error>> {
    let mut rows = Rows::new();
    for row in csv::Reader::from_path(file).map_err(|error| format!("{}: {error}", file.display()))?.records() {
        let row = row?;
        rows.push((row.get(0).unwrap_or_default().to_owned(), row.get(1).unwrap_or_default().to_owned()));
    }
    Ok(rows)
}

/// An engine whose entries are the categories.
fn engine(train: &Rows) -> Result<Engine, Box<dyn Error>> {
    let mut wordings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (text, category) in train {
        wordings.entry(category).or_default().push(text);
    }
    let mut entries = String::new();
    for (category, asked) in wordings {
        let id: String = category.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
        // A JSON text is a TOML text too.
        let asked: Vec<String> = asked.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        let question = &asked[0];
        let asked = asked.join(", ");
        write!(
            entries,
            "[[entry]]\nid = \"bank.{id}\"\ntopic = \"bank\"\nquestion = {question}\nask = [{asked}]\nanswer = \"-\"\nsources = [\"s\"]\nas_of = 2020-01-01\nreview_by = 2030-01-01\n"
        )?;
    }
    let files = [
        ("knowledge.toml", "[knowledge]\nname = \"-\"\nversion = \"1\"\ndisclaimer = \"-\"\n[texts]\ndecline = \"-\"\nask_back = \"-\"\nempty = \"-\"\nstale = \"-\"\nsuperseded = \"-\"\nno_figure = \"-\"\n".to_owned()),
        ("topics.toml", "[[topic]]\nid = \"bank\"\ntitle = \"-\"\ndescription = \"-\"\ncolour = \"#000000\"\n".to_owned()),
        ("sources.toml", "[[source]]\nid = \"s\"\ntitle = \"-\"\npublisher = \"-\"\nas_of = \"2020\"\nkind = \"secondary\"\ntrust = \"low\"\n".to_owned()),
        ("entries/bank.toml", entries),
    ]
    .map(|(path, text)| (path.to_owned(), text));
    Ok(Engine::new(load::load(&files)?.0)?)
}

#[expect(clippy::cast_precision_loss, reason = "counts of test rows")]
fn accuracy(engine: &Engine, test: &Rows) -> f64 {
    let right = test.iter().filter(|(text, category)| {
        let why = engine.explain(&Question::new(text.as_str()), 1);
        let best = why.explanation.as_ref().and_then(|explanation| explanation.candidates.first());
        best.is_some_and(|best| match best.target {
            Target::Entry(entry) => {
                let id = engine.knowledge().entries[entry].id.as_str();
                id.strip_prefix("bank.").is_some_and(|id| id == category.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_"))
            }
            Target::Aside(_) | Target::Guard(_) => false,
        })
    });
    right.count() as f64 / test.len() as f64
}

/// One letter dropped, doubled, swapped or replaced in 30 % of the words longer than three letters.
fn with_typos(text: &str, random: &mut Random) -> String {
    let words = text.split(' ').map(|word| {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() <= 3 || random.below(10) >= 3 {
            return word.to_owned();
        }
        let at = random.below(letters.len() - 1);
        match random.below(4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            2 => letters.swap(at, at + 1),
            _ => letters[at] = char::from(b'a' + u8::try_from(random.below(26)).unwrap_or_default()),
        }
        letters.into_iter().collect()
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
