//! `mabel gaps` and `mabel forget`, and what `mabel run` says to a database it cannot use.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use mabel::knowledge::EntryId;
use mabel::store::{Gap, Settings, Store, Vote};

use crate::backends::InFile;

fn mabel(database: &str, arguments: &[&str]) -> Output {
    let knowledge = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/discord/knowledge");
    let mut command = Command::new(env!("CARGO_BIN_EXE_mabel"));
    command.args(["--knowledge", knowledge]).args(arguments).env_clear().env("MABEL_DATABASE__URL", database);
    command.current_dir(std::env::temp_dir()).output().unwrap()
}

fn address(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A database with gaps and votes of this week.
async fn with_gaps() -> InFile {
    let file = InFile::open().await;
    let day = jiff::Zoned::now().with_time_zone(jiff::tz::TimeZone::UTC).date();
    for words in ["color scrubs wear", "color scrubs wear", "color scrub wearing", "parking"] {
        file.keep_gap(Gap { words: words.to_owned(), day }).await.unwrap();
    }
    for (entry, helpful) in [("pay.national", true), ("scope.injections", false), ("pay.national", false), ("pay.national", true)] {
        file.keep_vote(Vote { entry: EntryId::from(entry), helpful, day }).await.unwrap();
    }
    file
}

#[tokio::test]
async fn gaps_are_listed_alike_ones_together_the_most_asked_first() {
    let file = with_gaps().await;
    let listed = mabel(&address(&file.path), &["gaps", "list"]);
    let lines: Vec<String> = out(&listed).lines().map(str::to_owned).collect();
    assert_eq!(listed.status.code(), Some(0), "{}", err(&listed));
    assert!(
        lines[0].starts_with("     3  color scrubs wear  last in the week of ") && lines[0].ends_with(", 1 wording alike"),
        "{lines:?}"
    );
    assert!(lines[1].starts_with("     1  parking  last in the week of "), "{lines:?}");
    let json: serde_json::Value = serde_json::from_slice(&mabel(&address(&file.path), &["gaps", "list", "--json"]).stdout).unwrap();
    assert_eq!((json[0]["count"].as_u64(), json[0]["others"][0].as_str()), (Some(3), Some("color scrub wearing")));
    let later = mabel(&address(&file.path), &["gaps", "list", "--since", "2999-01-01"]);
    assert_eq!((later.status.code(), out(&later).as_str()), (Some(1), "Nothing was left unanswered in that time.\n"));
}

#[tokio::test]
async fn a_gap_is_shown_by_its_words_and_exported_as_an_entry() {
    let file = with_gaps().await;
    let shown = mabel(&address(&file.path), &["gaps", "show", "scrubs"]);
    assert!(
        out(&shown).starts_with("color scrubs wear\n     3  in the week of ") && out(&shown).contains("also  color scrub wearing"),
        "{shown:?}"
    );
    assert_eq!(mabel(&address(&file.path), &["gaps", "show", "unicorns"]).status.code(), Some(1));
    let exported = mabel(&address(&file.path), &["gaps", "export", "--toml", "--least", "2"]);
    let table: toml::Table = out(&exported).parse().unwrap();
    assert_eq!(table["entry"].as_array().unwrap().len(), 1);
    assert_eq!(table["entry"][0]["id"].as_str(), Some("new.color-scrubs-wear"));
}

#[tokio::test]
async fn votes_are_listed_the_least_helpful_first() {
    let file = with_gaps().await;
    let listed = out(&mabel(&address(&file.path), &["gaps", "votes"]));
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines[1..], ["      0            1  scope.injections", "      2            1  pay.national"]);
}

#[tokio::test]
async fn a_server_is_forgotten_on_request() {
    let file = InFile::open().await;
    file.keep_settings(7, &Settings::default()).await.unwrap();
    let forgotten = mabel(&address(&file.path), &["forget", "--guild", "7"]);
    assert_eq!((forgotten.status.code(), out(&forgotten).as_str()), (Some(0), "Everything kept of that server is deleted.\n"));
    assert_eq!(file.settings(7).await.unwrap(), None);
    let again = mabel(&address(&file.path), &["forget", "--guild", "7"]);
    assert_eq!((again.status.code(), out(&again).as_str()), (Some(1), "Nothing is kept of that server.\n"));
}

#[test]
fn what_is_not_there_is_not_made_by_looking() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mabel.db");
    let listed = mabel(&address(&path), &["gaps", "list"]);
    assert_eq!(listed.status.code(), Some(2));
    assert!(err(&listed).contains("there is no database") && !path.exists(), "{}", err(&listed));
    let in_memory = mabel("memory:", &["gaps", "list"]);
    assert!(in_memory.status.code() == Some(2) && err(&in_memory).contains("known to the running bot alone"), "{}", err(&in_memory));
}

#[test]
fn a_database_that_cannot_be_used_is_told_in_one_line_and_ends_the_start_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mabel.db");
    fs::write(&path, "this is no database at all, whatever its name may say").unwrap();
    let missing = folder.path().join("nowhere/mabel.db");
    for (address, wanted) in [
        (address(&path), "is damaged or is no database"),
        (address(&missing), "there is no folder"),
        ("postgres://mabel:hunter2@host:notaport/x".to_owned(), "cannot be read as the address of a PostgreSQL database"),
    ] {
        let run = mabel(&address, &["run"]);
        assert_eq!(run.status.code(), Some(2), "{}", err(&run));
        assert_eq!(err(&run).lines().count(), 1, "{}", err(&run));
        assert!(err(&run).contains(wanted) && !err(&run).contains("hunter2"), "{}", err(&run));
    }
    let run = mabel(&address(&path), &["run", "--fresh-database"]);
    assert!(run.status.code() == Some(2) && err(&run).contains("no token"), "the database is no reason any more: {}", err(&run));
    assert!(err(&run).contains("mabel.db.corrupt-"), "{}", err(&run));
    let aside = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    assert!(aside.into_iter().any(|name| name.starts_with("mabel.db.corrupt-")));
}
