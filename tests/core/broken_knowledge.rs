//! Faulty files: every fault is told, with file, line and mend, and nothing is half loaded.

use mabel::knowledge::{Fault, files, load};

/// The shipped files with one of them changed.
fn with(path: &str, change: impl Fn(&str) -> String) -> Vec<Fault> {
    let mut files = files::shipped();
    let (_, text) = files.iter_mut().find(|(name, _)| name == path).expect("the file ships");
    *text = change(text);
    load::load(&files).err().map(|faults| faults.0).unwrap_or_default()
}

/// A file added to the shipped ones.
fn adding(path: &str, text: &str) -> Vec<Fault> {
    let mut files = files::shipped();
    files.push((path.to_owned(), text.to_owned()));
    load::load(&files).err().map(|faults| faults.0).unwrap_or_default()
}

const ENTRY: &str = r#"[[entry]]
id = "pay.test"
topic = "pay"
question = "Is this a test?"
ask = ["is this a test"]
answer = "Yes."
sources = ["bls-oews-2025"]
as_of = 2026-11-21
review_by = 2027-11-21
"#;

#[track_caller]
fn expect(faults: &[Fault], line: usize, what: &str, mend: &str) {
    let found = faults.iter().find(|fault| fault.what.contains(what));
    let Some(fault) = found else { panic!("no fault says {what:?}: {faults:#?}") };
    assert_eq!(fault.place.line, line, "{fault}");
    assert!(fault.mend.contains(mend), "{fault}");
}

#[test]
fn a_sound_entry_loads() {
    assert_eq!(adding("entries/test.toml", ENTRY), []);
}

#[test]
fn every_fault_of_a_file_is_told_at_once() {
    let text = ENTRY
        .replace("answer = \"Yes.\"", "answer = 3")
        .replace("as_of = 2026-11-21", "as_of = \"last year\"")
        .replace("topic = \"pay\"", "topic = \"pai\"")
        .replace("sources = [\"bls-oews-2025\"]", "sources = [\"bls-oews-2052\"]")
        + "answr = \"Yes.\"\n";
    let faults = adding("entries/test.toml", &text);
    expect(&faults, 6, "`answer` must be text, not a number", "answer = ");
    expect(&faults, 8, "\"last year\" is not a date", "2026-11-21");
    expect(&faults, 10, "unknown key `answr`", "did you mean `answer`?");
    expect(&faults, 1, "there is no topic `pai`", "did you mean `pay`?");
    expect(&faults, 1, "there is no source `bls-oews-2052`", "did you mean `bls-oews-2025`?");
    assert_eq!(faults.len(), 6, "{faults:#?}");
}

#[test]
fn syntax_faults_name_their_line_and_hide_no_others() {
    let faults = adding("entries/test.toml", &format!("{ENTRY}related = [\"a\" \"b\"\n[[entry]]\nid = \"pay.other\"\n"));
    assert!(faults.iter().any(|fault| fault.what.contains("not valid TOML") && fault.place.line >= 10), "{faults:#?}");
    let faults = with("topics.toml", |text| text.replace("[[topic]]", "[[topic]"));
    assert!(faults.iter().any(|fault| fault.place.file == "topics.toml" && fault.place.line > 0), "{faults:#?}");
}

#[test]
fn what_an_entry_compares_must_be_a_facet_that_it_asks_for_nowhere_else() {
    let comparing = |more: &str| adding("entries/test.toml", &format!("{ENTRY}compares = [\"role\"]\n{more}"));
    assert_eq!(comparing(""), []);
    expect(&comparing("needs = [\"role\"]\n"), 1, "`role` stands in `compares` and in `needs`", "take `role` out of `needs`");
    expect(&comparing("facets = { role = [\"cna\"] }\n"), 1, "`role` stands in `compares` and in `facets`", "take `role` out of `facets`");
    let unknown = adding("entries/test.toml", &format!("{ENTRY}compares = [\"rolle\"]\n"));
    expect(&unknown, 1, "there is no facet `rolle`", "did you mean `role`?");
}

#[test]
fn ids_used_twice_are_told_with_both_places() {
    let faults = adding("entries/test.toml", &format!("{ENTRY}\n{ENTRY}"));
    expect(&faults, 12, "the id is used already at entries/test.toml:1", "another id");
}

#[test]
fn a_table_row_must_fit_its_columns_and_be_the_only_one() {
    let table = r#"[table]
id = "test"
title = "Test"
keys = ["state"]
columns = { verdict = ["yes", "no"], pay = "number" }
source = "bls-oews-2025"
as_of = "2025"
confidence = "high"

[[row]]
state = "TX"
verdict = "maybe"
pay = "19"

[[row]]
state = "TX"
verdict = "yes"
pay = 19
color = "red"

[[row]]
state = "XX"
verdict = "yes"
"#;
    let faults = adding("tables/test.toml", table);
    expect(&faults, 12, "column `verdict` cannot hold this", "use one of: yes, no");
    expect(&faults, 13, "column `pay` cannot hold this", "without quotes");
    expect(&faults, 15, "the row is there already", "keep one");
    expect(&faults, 19, "no column `color`", "verdict, pay");
    expect(&faults, 21, "`pay` is missing", "\"?\"");
    expect(&faults, 21, "no value `XX`", "state");
}

#[test]
fn a_guard_must_compile() {
    let faults = with("guards.toml", |text| text.replacen("patterns = [", "patterns = ['(unclosed', '<no_such_list>', ", 1));
    assert!(faults.iter().any(|fault| fault.what.contains("is no regular expression")), "{faults:#?}");
    assert!(faults.iter().any(|fault| fault.what.contains("<no_such_list>")), "{faults:#?}");
}

#[test]
fn a_file_in_no_known_folder_is_told() {
    let faults = adding("notes/test.toml", "a = 1\n");
    assert!(
        faults.iter().any(|fault| fault.what.contains("no such kind of knowledge file") && fault.mend.contains("entries/")),
        "{faults:#?}"
    );
}

#[test]
fn no_files_at_all_is_told() {
    let faults = load::load(&[]).unwrap_err();
    assert!(faults.to_string().contains("knowledge.toml"), "{faults}");
}

#[test]
fn a_template_that_is_no_template_is_told() {
    let mut files = files::shipped();
    files.push(("entries/test.toml".to_owned(), ENTRY.replace("Yes.", "{% if %}")));
    let (knowledge, _) = load::load(&files).unwrap();
    let faults = mabel::engine::Engine::new(knowledge).unwrap_err();
    assert!(faults.to_string().contains("pay.test answer: the template is faulty"), "{faults}");
}

#[test]
fn a_summary_is_over_a_key_of_its_table_and_compiles() {
    let table = "[table]\nid = \"test\"\ntitle = \"Test\"\nkeys = [\"state\"]\ncolumns = {}\n[table.summary]\n";
    assert_eq!(adding("tables/test.toml", &format!("{table}state = \"{{{{ summaries | length }}}}\"\n")), []);
    let faults = adding("tables/test.toml", &format!("{table}task = \"some\"\n"));
    expect(&faults, 7, "the table has no key `task`", "name the key that a question leaves open: state");
    let faults = adding("tables/test.toml", &format!("{table}state = 3\n"));
    expect(&faults, 7, "`state` must be a template", "write state = ");
}
