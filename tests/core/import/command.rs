//! `mabel import oews` as editors run it, and the writing of files.

use std::path::Path;

use mabel::knowledge::files::{self, File};

use super::{SOURCE, release, swapped};
use crate::program::{copy, err, mabel, out};

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
    let (_kept, knowledge, file) =
        workplace(&release("pay_by_state", "May 2026", 1.03).replacen("\nTexas,May 2026,15.45,", "\nTexas,May 2026,5.45,", 1));
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
fn the_program_takes_the_areas_once_the_states_are_in_and_tells_what_is_left_to_do() {
    let (_kept, knowledge, file) = workplace(&release("pay_by_state", "May 2026", 1.03));
    let output = mabel(&["--knowledge", &knowledge, "import", "oews", &file, "--write"], b"");
    assert!(out(&output).contains("import their files too: pay_by_metro, pay_by_industry, pay_by_role"), "{}", out(&output));
    let areas: String = release("pay_by_metro", "May 2026", 1.0)
        .lines()
        .filter(|line| !line.starts_with("\"Akron, OH\""))
        .fold(String::new(), |text, line| text + &line.replace("14.79,17.04,17.79,20.76,21.32,", "*,17.04,17.79,20.76,#,") + "\n");
    std::fs::write(&file, areas).unwrap();
    let before = snapshot(&knowledge);
    let output = mabel(&["--knowledge", &knowledge, "import", "oews", &file, "--write"], b"");
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""));
    assert!(
        err(&output).contains("no row for akron-oh, which the table pay_by_metro holds\n  mend: complete the file"),
        "{}",
        err(&output)
    );
    assert_eq!(snapshot(&knowledge), before);
    let output = mabel(&["--knowledge", &knowledge, "import", "oews", &file, "--write", "--drop-missing"], b"");
    for part in [
        "pay_by_metro: May 2025 → May 2026",
        "akron-oh missing: hourly_p10 17.83",
        "albany-ga hourly_p10 14.79 → none, hourly_p90 21.32 → none\n",
        "bring them up to date by hand (3): puerto-rico; guam; us-virgin-islands",
        "at or above the highest wage printed (#), so no figure (1): albany-ga h_p90",
        "import their files too: pay_by_industry, pay_by_role",
        "Written: tables/pay_by_metro.toml.",
    ] {
        assert!(out(&output).contains(part), "lacks {part:?} in {}", out(&output));
    }
    assert!(!out(&output).contains("pay_history:"), "{}", out(&output));
    for (question, part) in [
        ("ma pay in akron ohio", "no May 2026 figure for medical assistants in Akron, OH"),
        ("ma pay in albany georgia", "(May 2026), 21% below the national median ($22.63; $47,061). BLS did not publish the whole spread."),
        ("ma pay in guam", "(May 2025), 27% below the national median ($21.97; $45,690)"),
    ] {
        let output = mabel(&["--knowledge", &knowledge, "ask", question], b"");
        assert!(out(&output).contains(part), "lacks {part:?} in {}", out(&output));
    }
}

#[test]
fn the_program_refuses_with_two_and_touches_nothing() {
    let (_kept, knowledge, file) = workplace(&swapped(&release("pay_by_state", "May 2026", 1.03), "\nAlaska,", "\nAlasca,"));
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
