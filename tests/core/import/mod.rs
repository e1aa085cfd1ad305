//! A new release comes in whole or not at all, and leaves the file as an editor wrote it.

use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use mabel::import::Month;
use mabel::import::oews::COLUMNS;
use mabel::import::plan::{Fate, Order, Plan};
use mabel::knowledge::files::File;
use mabel::knowledge::{Cell, Fault, Knowledge, files, load};

use crate::program::{copy, err, mabel, out};

const SOURCE: &str = r#"
[[source]]
id = "bls-oews-2026"
title = "Occupational Employment and Wage Statistics, May 2026"
publisher = "US Bureau of Labor Statistics"
url = "https://www.bls.gov/oes/tables.htm"
as_of = 2027-05-15
kind = "statistics"
trust = "high"
"#;

/// The shipped knowledge, with a source for the next release.
static SHIPPED: LazyLock<(Knowledge, Vec<File>)> = LazyLock::new(|| {
    let mut files = files::shipped();
    files.push(("sources/next.toml".to_owned(), SOURCE.to_owned()));
    (load::load(&files).unwrap().0, files)
});

fn shipped() -> (&'static Knowledge, Vec<File>) {
    (&SHIPPED.0, SHIPPED.1.clone())
}

/// The figures that ship, as a file of that release with every figure times `factor`.
fn release(month: &str, factor: f64) -> String {
    let (knowledge, _) = shipped();
    let mut text = format!("state,release,{},url\n", COLUMNS.map(|column| column.header).join(","));
    let states = &knowledge.facet("state").unwrap().values;
    let mut row = |name: &str, table: &str, key: &str| {
        let table = &knowledge.tables[table];
        let row = table.rows.iter().find(|row| row.keys[0].as_str() == key).unwrap();
        write!(text, "{name},{month}").unwrap();
        for column in COLUMNS {
            let Some(Cell::Number(figure)) = table.cell(row, column.name) else { panic!("{name} lacks {}", column.name) };
            write!(text, ",{:.*}", column.decimals, figure * factor).unwrap();
        }
        text.push_str(",https://example.org/\n");
    };
    row("United States", "pay_history", "2025");
    for state in states {
        row(&state.name, "pay_by_state", state.id.as_str());
    }
    text
}

fn order(text: &str) -> Order<'_> {
    Order { file: "new.csv", text, table: "pay_by_state", history: "pay_history", source: None, drop_missing: false }
}

fn plan(text: &str) -> Result<Plan, Vec<Fault>> {
    let (knowledge, files) = shipped();
    Plan::new(&order(text), knowledge, &files).map_err(|faults| faults.0)
}

#[track_caller]
fn refused(text: &str, line: usize, what: &str, mend: &str) {
    let Err(faults) = plan(text) else { panic!("a release was taken that lacks: {what}") };
    let Some(fault) = faults.iter().find(|fault| fault.what.contains(what)) else { panic!("no fault says {what:?}: {faults:#?}") };
    assert_eq!((fault.place.file.as_str(), fault.place.line), ("new.csv", line), "{fault}");
    assert!(fault.mend.contains(mend), "{fault}");
}

/// The release with one text put for another, once.
fn with(old: &str, new: &str) -> String {
    let text = release("May 2026", 1.03);
    assert!(text.contains(old), "{old:?} is not there");
    text.replacen(old, new, 1)
}

#[test]
fn the_release_that_is_there_changes_nothing() {
    let plan = plan(&release("May 2025", 1.0)).unwrap();
    assert!(plan.is_empty() && plan.rows.is_empty() && plan.nation.is_none() && plan.left_behind.is_empty());
    assert_eq!(plan.unchanged, 51);
}

#[test]
fn a_new_release_changes_figures_and_head_and_nothing_else() {
    let plan = plan(&release("May 2026", 1.03)).unwrap();
    assert_eq!((plan.count(Fate::Changed), plan.count(Fate::Added), plan.count(Fate::Missing), plan.unchanged), (51, 0, 0, 0));
    let old = files::shipped().into_iter().find(|(name, _)| name == "tables/pay_by_state.toml").unwrap().1;
    let new = &plan.files.iter().find(|(name, _)| name == "tables/pay_by_state.toml").unwrap().1;
    assert_eq!(old.lines().count(), new.lines().count());
    let head = |text: &str| text.lines().take_while(|line| !line.starts_with("row = ")).collect::<Vec<_>>().join("\n");
    let expected = head(&old)
        .replace("May 2025", "May 2026")
        .replace("year=\"2025\"", "year=\"2026\"")
        .replace("bls-oews-2025", "bls-oews-2026")
        .replace("\"2025-05\"", "\"2026-05\"")
        .replace("2027-06-01", "2028-06-01");
    assert_eq!(head(new), expected);
    let texas = new.lines().find(|line| line.contains("\"TX\"")).unwrap();
    assert!(texas.starts_with("  { state = \"TX\", hourly_p10 = 15.45, ") && texas.ends_with(" },"), "{texas}");
    assert!(plan.left_behind.iter().any(|place| place.file == "entries/pay.toml" && place.line > 0));
}

#[test]
fn history_keeps_the_old_year_with_its_source_and_gains_the_new_one() {
    let plan = plan(&release("May 2026", 1.03)).unwrap();
    let (_, mut files) = shipped();
    for (name, text) in &mut files {
        if let Some((_, new)) = plan.files.iter().find(|(other, _)| other == name) {
            new.clone_into(text);
        }
    }
    let (knowledge, _) = load::load(&files).unwrap();
    let history = &knowledge.tables["pay_history"];
    let row = |year: &str| history.rows.iter().find(|row| row.keys[0].as_str() == year).unwrap();
    let (old, new) = (row("2025"), row("2026"));
    assert_eq!((old.source.as_str(), old.as_of.written().as_str()), ("bls-oews-2025", "2025-05"));
    assert_eq!((new.source.as_str(), new.as_of.written().as_str()), ("bls-oews-2026", "2026-05"));
    assert_eq!(history.cell(old, "annual_median"), Some(&Cell::Number(45_690.0)));
    assert_eq!(history.cell(old, "wage_rse"), Some(&Cell::Number(0.3)));
    assert_eq!(history.cell(new, "hourly_median"), Some(&Cell::Number(22.63)));
    assert_eq!(row("2012").source.as_str(), "rls-ooh-2012");
}

#[test]
fn a_corrected_figure_of_the_same_release_changes_one_line() {
    let text = release("May 2025", 1.0).replacen("Texas,May 2025,15.00", "Texas,May 2025,15.10", 1);
    let plan = plan(&text).unwrap();
    assert_eq!((plan.rows.len(), plan.rows[0].key.as_str(), plan.rows[0].changes.len()), (1, "TX", 1));
    let [(name, new)] = plan.files.as_slice() else { panic!("{:?}", plan.files) };
    let old = files::shipped().into_iter().find(|(other, _)| other == name).unwrap().1;
    let differing: Vec<(&str, &str)> = old.lines().zip(new.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(differing.len(), 1, "{differing:#?}");
    assert_eq!(differing[0].1, differing[0].0.replace("hourly_p10 = 15.00", "hourly_p10 = 15.10"));
}

#[test]
fn a_row_that_is_gone_is_dropped_only_when_told_and_comes_back_in_its_place() {
    let whole = release("May 2026", 1.03);
    let text: String = whole.lines().filter(|line| !line.starts_with("Arkansas")).fold(String::new(), |text, line| text + line + "\n");
    refused(&text, 0, "no row for AR", "--drop-missing");
    let (knowledge, files) = shipped();
    let plan = Plan::new(&Order { drop_missing: true, ..order(&text) }, knowledge, &files).unwrap();
    assert_eq!((plan.count(Fate::Missing), plan.count(Fate::Changed)), (1, 50));
    let files: Vec<File> =
        files.into_iter().map(|file| plan.files.iter().find(|(name, _)| *name == file.0).cloned().unwrap_or(file)).collect();
    let (knowledge, _) = load::load(&files).unwrap();
    assert_eq!(knowledge.tables["pay_by_state"].rows.len(), 50);
    let plan = Plan::new(&order(&whole), &knowledge, &files).unwrap();
    assert_eq!((plan.count(Fate::Added), plan.unchanged, plan.files.len()), (1, 50, 1));
    let lines: Vec<&str> = plan.files[0].1.lines().filter(|line| line.starts_with("  { state")).collect();
    assert!(lines[3].starts_with("  { state = \"AR\", hourly_p10 = "), "{}", lines[3]);
    assert!(lines.len() == 51 && lines.iter().all(|line| line.ends_with(" },")));
}

#[test]
fn territories_are_left_out_and_named() {
    let guam = "Guam,May 2026,15,16,17,18,19,18,31000,32000,33000,34000,35000,34000,100,\n";
    assert_eq!(plan(&(release("May 2026", 1.03) + guam)).unwrap().left_out, ["Guam"]);
}

#[test]
fn a_wrong_header_is_refused() {
    refused(&with("h_median", "h_mediam"), 1, "unknown column `h_mediam`", "did you mean `h_median`?");
    refused(&with("h_median", "h_mediam"), 1, "the header lacks h_median", "begin the file with the line state,release,");
    refused(&with("h_median", "h_mean"), 1, "`h_mean` stands twice", "keep one");
    refused("", 1, "the header lacks state", "begin the file");
}

#[test]
fn rows_that_cannot_be_are_refused_with_their_line() {
    refused(&with("\nAlaska,", "\nAlasca,"), 4, "there is no state `Alasca`", "did you mean `Alaska`?");
    refused(&with("\nAlaska,", "\nAlabama,"), 4, "Alabama stands on line 3 already", "keep one");
    refused(&with("\nAlaska,May 2026", "\nAlaska,Mai 2026"), 4, "`Mai 2026` is no month", "May 2025");
    refused(&with("\nAlaska,May 2026", "\nAlaska,May 2024"), 4, "May 2024, but the rows above are of May 2026", "one release");
    refused(&with("\nAlaska,May 2026", "\nAlaska,May 2026,7"), 4, "17 cells, the header has 16", "comma");
    refused(&with("\nUnited States", "\nGuam"), 0, "no row for United States", "add the national row");
}

#[test]
fn figures_that_cannot_be_are_refused_with_their_line() {
    for wrong in ["15,45", "#", "15.455", "NaN", "1e3", "-15.45", "0.00", "15."] {
        let quoted = format!("\nTexas,May 2026,\"{wrong}\",");
        refused(&with("\nTexas,May 2026,15.45,", &quoted), 46, &format!("Texas: h_p10: `{wrong}` is not a number"), "bare figure");
    }
    refused(&with("\nTexas,May 2026,15.45,", "\nTexas,May 2026,25.45,"), 46, "Texas: h_p10 is above h_p25", "exchanged");
    let text = with("\nTexas,May 2026,15.45,18.09,19.57,", "\nTexas,May 2026,15.45,18.09,,");
    refused(&text, 46, "TX: h_median is empty, and the table pay_by_state must have it", "fill the cell");
}

#[test]
fn every_fault_of_a_release_is_told_at_once() {
    let text = with("\nAlaska,", "\nAlasca,").replacen("\nTexas,May 2026,15.45,", "\nTexas,May 2026,x,", 1);
    assert_eq!(plan(&text).unwrap_err().len(), 2);
}

#[test]
fn an_older_release_is_refused() {
    refused(&release("May 2024", 1.0), 2, "May 2024 is older than May 2025", "by hand");
}

#[test]
fn a_release_without_a_source_is_refused() {
    refused(&release("May 2027", 1.0), 0, "there is no source `bls-oews-2027`", "--source");
    let (knowledge, files) = shipped();
    let text = release("May 2027", 1.0);
    let faults = Plan::new(&Order { source: Some("bls-oews-2026"), ..order(&text) }, knowledge, &files).unwrap_err().0;
    assert!(faults.iter().any(|fault| fault.what.contains("the facet `year` has no value `2027`")), "{faults:#?}");
}

#[test]
fn a_table_that_cannot_take_figures_is_refused() {
    let (knowledge, files) = shipped();
    let text = release("May 2026", 1.0);
    for (table, what) in [("pay_by_stat", "there is no table"), ("scope_rules", "has 2 keys"), ("scope_states", "has no column")] {
        let faults = Plan::new(&Order { table, ..order(&text) }, knowledge, &files).unwrap_err().0;
        assert!(faults[0].what.contains(what), "{table}: {faults:#?}");
    }
}

#[test]
fn a_month_is_read_and_written() {
    let may = Month::parse("May 2025").unwrap();
    assert_eq!((may.to_string(), may.written()), ("May 2025".to_owned(), "2025-05".to_owned()));
    assert!(["May", "2025", "May 25", "may 2025", "May 2025 p"].iter().all(|text| Month::parse(text).is_none()));
}

/// A copy of the shipped knowledge with the next source, and a release beside it.
fn workplace(text: &str) -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let (knowledge, file) = (folder.path().join("knowledge"), folder.path().join("new.csv"));
    copy(Path::new("knowledge"), &knowledge);
    std::fs::write(knowledge.join("sources/next.toml"), SOURCE).unwrap();
    std::fs::write(&file, text).unwrap();
    let named = |path: &Path| path.to_str().unwrap().to_owned();
    (folder, named(&knowledge), named(&file))
}

fn snapshot(folder: &str) -> Vec<File> {
    let mut names: Vec<File> = files::in_folder(Path::new(folder)).unwrap().0;
    for item in std::fs::read_dir(Path::new(folder).join("tables")).unwrap() {
        names.push((item.unwrap().file_name().to_string_lossy().into_owned(), String::new()));
    }
    names.sort();
    names
}

#[test]
fn the_program_shows_first_and_writes_when_told() {
    let (_kept, knowledge, file) = workplace(&release("May 2026", 1.03).replacen("\nTexas,May 2026,15.45,", "\nTexas,May 2026,5.45,", 1));
    let before = snapshot(&knowledge);
    let output = mabel(&["--knowledge", &knowledge, "import", "oews", &file], b"");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    for part in [
        "pay_by_state: May 2025 → May 2026",
        "hourly_median 19.00 → 19.57",
        "51 rows changed, 0 added, 0 missing, 0 unchanged",
        "2026 added: hourly_p10 17.33 → 17.85",
        "Look twice, these moved by more than 25 %: TX hourly_p10\n",
        "still say May 2025",
        "Nothing was changed.",
    ] {
        assert!(out(&output).contains(part), "lacks {part:?} in {}", out(&output));
    }
    assert_eq!(snapshot(&knowledge), before);
    let output = mabel(&["--knowledge", &knowledge, "import", "oews", &file, "--write"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("Written: tables/pay_by_state.toml, tables/pay_history.toml."), "{}", out(&output));
    let output = mabel(&["--knowledge", &knowledge, "ask", "ma pay in texas"], b"");
    assert!(out(&output).contains("$19.57 an hour") && out(&output).contains("(May 2026)"), "{}", out(&output));
    let output = mabel(&["--knowledge", &knowledge, "import", "oews", &file, "--write"], b"");
    assert!(out(&output).contains("Nothing to change."), "{}", out(&output));
}

#[test]
fn the_program_refuses_with_two_and_touches_nothing() {
    let (_kept, knowledge, file) = workplace(&with("\nAlaska,", "\nAlasca,"));
    let before = snapshot(&knowledge);
    let output = mabel(&["--knowledge", &knowledge, "import", "oews", &file, "--write"], b"");
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""));
    assert!(err(&output).contains("new.csv:4: error: there is no state `Alasca`\n  mend: did you mean `Alaska`?"), "{}", err(&output));
    assert_eq!(snapshot(&knowledge), before);
    let output = mabel(&["--knowledge", &knowledge, "import", "oews", "no/such.csv"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no/such.csv: error: cannot be read"), "{}", err(&output));
}

#[test]
fn files_are_replaced_all_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("a.toml"), "old").unwrap();
    let texts = |second: &str| vec![("a.toml".to_owned(), "new".to_owned()), (second.to_owned(), "new".to_owned())];
    files::replace(folder.path(), &texts("gone.toml")).unwrap_err();
    // A folder stands where the second file should: its new text cannot be put there, and the first is as it was.
    std::fs::create_dir(path("b.toml")).unwrap();
    files::replace(folder.path(), &texts("b.toml")).unwrap_err();
    assert_eq!(std::fs::read_to_string(path("a.toml")).unwrap(), "old");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    std::fs::remove_dir(path("b.toml")).unwrap();
    std::fs::write(path("b.toml"), "old").unwrap();
    files::replace(folder.path(), &texts("b.toml")).unwrap();
    assert_eq!(std::fs::read_to_string(path("b.toml")).unwrap(), "new");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}
