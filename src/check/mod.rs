//! The editors' compiler: a table of rules over knowledge that loads.
//!
//! Loading finds what is not well formed; these rules find what is not good: texts that are too long, templates that fail
//! for some row, wordings that do not find their own entry, guards that let an example through. They need the engine, which
//! is why they stand here and not under `knowledge`.

pub mod due;
mod forms;
mod guards;
mod languages;
pub mod links;
mod pictures;
mod texts;
mod wordings;

pub use texts::DETAIL;

use jiff::civil::Date;

use crate::answer::View;
use crate::engine::Engine;
use crate::knowledge::files::File;
use crate::knowledge::{Fault, Faults, load};

/// What a rule looks at.
#[derive(Clone, Debug)]
pub struct Subject<'engine> {
    /// The knowledge and all that is made from it.
    pub engine: &'engine Engine,
    /// The day, for what is due for review.
    pub today: Date,
}

impl Subject<'_> {
    /// The view rules render with.
    #[must_use]
    pub fn view(&self) -> View {
        View::on(self.today)
    }
}

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name.
    pub id: &'static str,
    /// What it asks for.
    pub asks: &'static str,
    find: fn(&Subject<'_>, &mut Vec<Fault>),
}

/// The rule that time alone can break.
const DUE: Rule = Rule { id: "due", asks: "no fact is past its review date", find: texts::due };

/// Every rule, in the order they are run.
pub const RULES: &[Rule] = &[
    Rule { id: "lead-length", asks: "a lead is at most 350 characters long when rendered", find: texts::lead_length },
    Rule { id: "detail-length", asks: "a detail is at most 1,200 characters long when rendered", find: texts::detail_length },
    Rule {
        id: "rows-render",
        asks: "templates render for every row of their table, and for rows that are missing",
        find: texts::rows_render,
    },
    Rule {
        id: "pictures-render",
        asks: "the templates of pictures render, and their `alt` is at most 1,024 characters long",
        find: pictures::pictures,
    },
    Rule {
        id: "summaries-render",
        asks: "summaries render for every value that can be asked for, within the lengths of lead and detail",
        find: texts::summaries_render,
    },
    Rule { id: "pairs-render", asks: "an entry that compares renders for any two rows of its table", find: texts::pairs_render },
    Rule { id: "forms-answer", asks: "a form is answered whatever is filled in, by an entry that can use it", find: forms::answer },
    Rule { id: "translated", asks: "what is translated into a language is translated whole", find: languages::whole },
    DUE,
    Rule { id: "enough-wordings", asks: "an entry has at least eight wordings", find: wordings::enough },
    Rule { id: "one-owner", asks: "no two entries claim the same wording", find: wordings::one_owner },
    Rule { id: "finds-itself", asks: "every wording finds its own entry", find: wordings::finds_itself },
    Rule { id: "guard-patterns", asks: "a guard's patterns can be looked for", find: guards::patterns },
    Rule { id: "guard-examples", asks: "a guard stops its examples", find: guards::examples },
    Rule { id: "guard-passes", asks: "no guard stops a question that must pass", find: guards::passes },
];

/// Files of knowledge, loaded and held to every rule.
#[derive(Debug)]
pub struct Examined {
    /// What answers by them; none where they cannot be used.
    pub engine: Option<Engine>,
    /// Everything found, by place.
    pub faults: Vec<Fault>,
}

/// Loads files and runs every rule. `unread` are the faults of files that could not be read.
#[must_use]
pub fn examine(files: &[File], unread: Vec<Fault>, today: Date) -> Examined {
    let mut faults = unread;
    let loaded = load::load(files).and_then(|(knowledge, found)| {
        faults.extend(found);
        Engine::new(knowledge)
    });
    let engine = match loaded {
        Ok(engine) => {
            faults.extend(check(&Subject { engine: &engine, today }));
            Some(engine)
        }
        Err(Faults(found)) => {
            faults.extend(found);
            None
        }
    };
    Examined { engine, faults }
}

/// Runs every rule.
#[must_use]
pub fn check(subject: &Subject<'_>) -> Vec<Fault> {
    run(RULES, subject)
}

/// Says what time has done to the knowledge that the program carries. It was held to all other rules before it was built: running them
/// again takes seconds, and memory that stays, of whoever runs her.
#[must_use]
pub fn check_carried(subject: &Subject<'_>) -> Vec<Fault> {
    run(&[DUE], subject)
}

fn run(rules: &[Rule], subject: &Subject<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for rule in rules {
        let before = faults.len();
        (rule.find)(subject, &mut faults);
        for fault in &mut faults[before..] {
            fault.what = format!("{} [{}]", fault.what, rule.id);
        }
    }
    faults.sort_by(|left, right| left.place.cmp(&right.place));
    faults
}
