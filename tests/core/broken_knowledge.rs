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
fn a_quote_left_open_is_told_before_what_it_swallows() {
    let faults = with("entries/pay.toml", |text| text.replacen("\"\"\"\n", "\n", 1));
    assert!(faults[0].what.contains("not valid TOML") && faults[0].mend.contains("leaves open"), "{faults:#?}");
}

#[test]
fn what_a_broken_file_would_have_defined_is_not_missed_elsewhere() {
    let faults = with("entries/pay.toml", |text| text.replacen("topic = ", "this is no TOML\ntopic = ", 1));
    assert!(!faults.is_empty() && faults.iter().all(|fault| fault.place.file == "entries/pay.toml"), "{faults:#?}");
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
fn a_list_of_a_guard_is_told_of_once_where_it_stands() {
    let faults = with("guards.toml", |text| {
        let list = text.replacen("[lists]\n", "[lists]\nbroken = [\"fine\", \"a)|(b\"]\n", 1);
        list.replacen("patterns = [", "patterns = ['<broken> x', 'y <broken>', ", 1)
    });
    expect(&faults, 7, "`a)|(b` is no regular expression", "docs.rs/regex");
    assert_eq!(faults.len(), 1, "{faults:#?}");
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

const MAP: &str = r#"
[[map]]
id = "test-map"
table = "scope_rules"
facet = "state"
value = "verdict"
classes = [
    { values = ["allowed", "allowed_with_conditions"], letter = "Y", label = "yes", tone = "yes" },
    { values = ["not_allowed", "silent", "unknown"], letter = "N", label = "no", tone = "no" },
]
missing = { letter = "?", label = "not checked" }
title = "Test"
alt = "Test"
note = "Test"
"#;

const BARS: &str = r#"
[[bars]]
id = "test-bars"
tables = ["pay_by_state"]
columns = ["hourly_p10", "hourly_p25", "hourly_median", "hourly_p75", "hourly_p90"]
spans = ["most", "half", "median"]
figure = "{{ figure }}"
beside = { table = "pay_history", row = { year = "2025" }, name = "Nation" }
missing = "Missing."
title = "Test"
alt = "Test"
note = "Test"
"#;

/// The shipped pictures and these.
fn drawing(text: &str) -> Vec<Fault> {
    with("pictures.toml", |shipped| format!("{shipped}{text}"))
}

#[test]
fn sound_pictures_load() {
    assert_eq!(drawing(MAP), []);
    assert_eq!(drawing(BARS), []);
}

#[test]
fn a_map_must_be_drawable_from_its_table() {
    let faulty = |old: &str, new: &str| drawing(&MAP.replacen(old, new, 1));
    let expect = |faults: Vec<Fault>, what: &str, mend: &str| {
        let fault = faults.iter().find(|fault| fault.what.contains(what)).unwrap_or_else(|| panic!("no fault says {what:?}: {faults:#?}"));
        assert!(fault.place.file == "pictures.toml" && fault.place.line > 0 && fault.mend.contains(mend), "{fault}");
    };
    expect(faulty("table = \"scope_rules\"", "table = \"scope_rule\""), "there is no table `scope_rule`", "scope_rules");
    expect(faulty("facet = \"state\"", "facet = \"place\""), "`place` is no key of the table scope_rules", "state, task");
    expect(faulty("facet = \"state\"", "facet = \"task\""), "no value of the facet `task` has a place on a map", "tile = [column, row]");
    expect(faulty("value = \"verdict\"", "value = \"verdikt\""), "has no column `verdikt`", "did you mean `verdict`?");
    expect(faulty("value = \"verdict\"", "value = \"condition\""), "holds no choices", "`figure`");
    expect(faulty(", \"silent\"", ""), "`silent` is in no class", "add it");
    expect(faulty("\"silent\"", "\"silent\", \"allowed\""), "`allowed` is in two classes", "take it out");
    expect(faulty("\"silent\"", "\"silent\", \"quiet\""), "cannot hold `quiet`", "use one of: allowed");
    expect(faulty("letter = \"N\"", "letter = \"Y\""), "the letter `Y` stands for two classes", "of its own");
    expect(faulty("letter = \"N\"", "letter = \"No\""), "`No` is more than one letter", "one letter or sign");
    expect(faulty("tone = \"no\"", "tone = \"bad\""), "`tone` cannot be \"bad\"", "yes, partly, no, open");
    expect(faulty("missing = {", "figure = \"{{ figure }}\"\nmissing = {"), "either `figure` or `classes`", "a column of numbers");
    expect(faulty("id = \"test-map\"", "id = \"pay-map\""), "the id is used already", "another id");
}

#[test]
fn bars_must_be_drawable_from_their_tables() {
    let faulty = |old: &str, new: &str| drawing(&BARS.replacen(old, new, 1));
    let says = |faults: Vec<Fault>, what: &str| assert!(faults.iter().any(|fault| fault.what.contains(what)), "{what:?}: {faults:#?}");
    says(faulty("\"hourly_p10\", ", ""), "`columns` has 4 items, not 5");
    says(faulty("\"hourly_p10\"", "\"hourly_p5\""), "the table pay_by_state has no column `hourly_p5`");
    says(faulty("\"hourly_p10\"", "\"note\""), "the table pay_history holds no numbers");
    says(faulty("\"2025\"", "\"2014\""), "the table pay_history has no row as `beside` names it");
    says(faulty("row = { year = \"2025\" }", "row = { year = [\"2025\", \"2024\"] }"), "has no row as `beside` names it");
    says(faulty("beside = {", "# beside = {"), "`beside` is missing");
    says(faulty("tables = [\"pay_by_state\"]", "tables = []"), "`tables` is empty");
}

#[test]
fn an_entry_names_a_picture_that_is_there_and_can_be_drawn_for_it() {
    let faults = adding("entries/test.toml", &format!("{ENTRY}picture = \"pay-mop\"\n"));
    expect(&faults, 1, "there is no picture `pay-mop`", "did you mean `pay-map`?");
    let faults = adding("entries/test.toml", &format!("{ENTRY}picture = \"rules-map\"\n"));
    expect(&faults, 1, "the picture `rules-map` needs a task", "facets = { task");
}

#[test]
fn a_tile_is_one_place_for_one_value() {
    let tile = |new: &str| with("facets/state.toml", |text| text.replacen("tile = [7, 7]", new, 1));
    let line = |faults: &[Fault]| faults.first().map_or(0, |fault| fault.place.line);
    for (wrong, what) in [
        ("tile = [7, 6]", "another value stands on this tile"),
        ("tile = [0, 7]", "is no place on a map"),
        ("tile = [7, 15]", "is no place on a map"),
        ("tile = [7]", "is no place on a map"),
        ("tile = \"7, 7\"", "`tile` must be a list of whole numbers, not text"),
    ] {
        let faults = tile(wrong);
        assert!(faults.iter().any(|fault| fault.what.contains(what)) && line(&faults) > 0, "{wrong}: {faults:#?}");
    }
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

#[test]
fn a_translation_of_what_is_not_translated_or_of_another_kind_is_told() {
    let faults = with("caveats.toml", |text| text.replacen("es.text = ", "es.txt = ", 1));
    expect(&faults, 6, "unknown key `es.txt`", "did you mean `text`?");
    let faults = with("caveats.toml", |text| text.replacen("es.text = ", "es.text = 3 # ", 1));
    expect(&faults, 6, "`es.text` must be text that is not empty", "write es.text = ");
    let faults = with("caveats.toml", |text| text.replacen("es.text = ", "es = ", 1));
    expect(&faults, 6, "unknown key `es`", "take it out");
    // The language that all is written in is none to translate into; where nothing is translated, no table has the name of a language.
    let faults = with("caveats.toml", |text| text.replacen("es.text = ", "en.text = ", 1));
    expect(&faults, 6, "unknown key `en`", "take it out");
    let faults = adding("entries/test.toml", &format!("{ENTRY}es.answer = \"Sí.\"\n"));
    expect(&faults, 10, "unknown key `es`", "take it out");
}

#[test]
fn a_name_shown_in_another_language_keeps_the_rules_of_names() {
    let faults = with("forms.toml", |text| text.replacen("es.name = \"alcance\"", "es.name = \"Mi alcance\"", 1));
    expect(&faults, 15, "`Mi alcance` cannot be a name", "small letters");
    let faults = with("forms.toml", |text| text.replacen("es.name = \"sueldo\"", "es.name = \"alcance\"", 1));
    assert!(faults.iter().any(|fault| fault.what.contains("another form is called so")), "{faults:#?}");
    let long = "es.description = \"".to_owned() + &"x".repeat(101) + "\" # ";
    let faults = with("forms.toml", |text| text.replacen("es.description = ", &long, 1));
    // Where the texts of that language begin.
    expect(&faults, 8, "`es.description` is 101 characters long, 100 are allowed", "say less");
}
