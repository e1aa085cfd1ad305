//! Knowledge files: any text in the place of one is loaded or refused, and each fault says where it is and how to mend it.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mabel::answer::{Question, View};
use mabel::engine::Engine;
use mabel::knowledge::files::{self, File};
use mabel::knowledge::{Fault, load};

/// A small knowledge base that is whole.
static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/discord/knowledge");
    files::in_folder(&folder).expect("the folder is there").0
});

fn explained(faults: &[Fault], text: &str) {
    for fault in faults {
        assert!(!fault.place.file.is_empty() && !fault.what.is_empty() && !fault.mend.is_empty(), "{fault}");
        assert!(fault.place.line <= text.lines().count().max(2000), "{fault} has no such line");
    }
}

fuzz_target!(|text: &str| {
    // Which file it stands for goes by its length, so that inputs are nothing but text.
    let mut files = FILES.clone();
    let at = text.len() % files.len();
    files[at].1 = text.to_owned();
    match load::load(&files) {
        Ok((knowledge, faults)) => {
            explained(&faults, text);
            if let Ok(engine) = Engine::new(knowledge) {
                let reply = engine.answer(&Question::new("can MAs give shots in Ohio"), &View::on(jiff::civil::date(2026, 11, 21)));
                assert!(!reply.lead.is_empty());
            }
        }
        Err(faults) => explained(&faults.0, text),
    }
});
