//! Knowledge files: any text in the place of one is loaded or refused, and each fault says where it is and how to mend it. What the check
//! finds nothing wrong with answers, within Discord's limits.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use mabel::answer::{Question, View};
use mabel::check::{self, Subject};
use mabel::engine::Engine;
use mabel::knowledge::files::{self, File};
use mabel::knowledge::{Fault, Severity, Values, load};
use mabel_fuzz::renders;

/// A small knowledge base that is whole.
static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/discord/knowledge");
    files::in_folder(&folder).expect("the folder is there").0
});

fuzz_target!(|text: &str| -> Corpus {
    // The first line, a comment, says which file it stands for.
    let name = text.lines().next().and_then(|line| line.strip_prefix("# "));
    let mut files = FILES.clone();
    let Some(file) = files.iter_mut().find(|(path, _)| Some(path.as_str()) == name) else { return Corpus::Reject };
    text.clone_into(&mut file.1);
    match load::load(&files) {
        Ok((knowledge, warnings)) => {
            explained(&warnings, &files);
            assert!(warnings.iter().all(|fault| fault.severity == Severity::Warning), "loaded in spite of an error");
            match Engine::new(knowledge) {
                Ok(engine) => answers(&engine, &files),
                Err(faults) => refused(&faults.0, &files),
            }
        }
        Err(faults) => refused(&faults.0, &files),
    }
    Corpus::Keep
});

fn refused(faults: &[Fault], files: &[File]) {
    assert!(faults.iter().any(|fault| fault.severity == Severity::Error), "refused without an error");
    explained(faults, files);
}

/// Each fault names a line that is there, and a mend.
fn explained(faults: &[Fault], files: &[File]) {
    for fault in faults {
        assert!(!fault.what.trim().is_empty() && !fault.mend.trim().is_empty(), "{fault}");
        let file = files.iter().find(|(path, _)| *path == fault.place.file);
        let lines = file.expect("a fault stands in a file").1.matches('\n').count() + 1;
        assert!(fault.place.line <= lines, "{fault}\nhas no such line");
    }
}

fn answers(engine: &Engine, files: &[File]) {
    let today = jiff::civil::date(2026, 11, 21);
    let view = View::on(today);
    let faults = check::check(&Subject { engine, today });
    explained(&faults, files);
    let is_sound = faults.iter().all(|fault| fault.severity == Severity::Warning);
    for entry in &engine.knowledge().entries {
        let reply = engine.try_entry(entry, &Values::new(), &view);
        assert!(reply.is_ok() || !is_sound || !entry.stands_alone(), "{} passes the check and fails: {reply:?}", entry.id);
        reply.iter().for_each(renders);
    }
    for question in ["can MAs give shots in Ohio", "how much", "my chest hurts"] {
        let reply = engine.answer(&Question::new(question), &view);
        assert!(!reply.lead.is_empty());
        renders(&reply);
    }
}
