//! The lists that `mabel check` makes for editors: links and who uses them, what is due.

use jiff::civil::date;
use mabel::check::due::{Kind, due};
use mabel::check::links::{Link, links};
use mabel::knowledge::{files, load};
use serde_json::Value;

use crate::program::{err, mabel, out};
use crate::support::engine;

fn link<'link>(links: &'link [Link], url: &str) -> &'link Link {
    links.iter().find(|link| link.url == url).unwrap_or_else(|| panic!("{url} is not listed"))
}

#[test]
fn every_source_with_a_page_is_listed_by_host() {
    let knowledge = engine().knowledge();
    let links = links(knowledge);
    for source in knowledge.sources.values() {
        if let Some(url) = &source.url {
            assert!(link(&links, url).sources.contains(&source.id.to_string()), "{}", source.id);
        }
    }
    assert!(links.is_sorted_by(|left, right| (&left.host, &left.url) < (&right.host, &right.url)));
    assert!(links.iter().all(|link| !link.host.is_empty() && !link.host.starts_with("www.")));
}

#[test]
fn a_link_names_the_entries_rows_and_guards_that_use_it() {
    let links = links(engine().knowledge());
    let wages = link(&links, "https://www.bls.gov/oes/tables.htm");
    assert_eq!(wages.host, "bls.gov");
    assert!(wages.entries.iter().any(|user| user.id == "pay.by-state" && user.place.file == "entries/pay.toml" && user.place.line > 0));
    assert!(wages.rows.iter().any(|user| user.id == "pay_by_state TX" && user.place.file == "tables/pay_by_state.toml"));
    assert!(wages.guards.is_empty());
    assert!(link(&links, "https://988lifeline.org/").guards.iter().any(|user| user.id == "crisis"));
}

#[test]
fn links_in_texts_are_found_without_the_point_that_ends_the_sentence() {
    let entry = r#"[[entry]]
id = "pay.test"
topic = "pay"
question = "Is this a test?"
ask = ["is this a test"]
answer = "See https://example.org/a?b=1, and (https://EXAMPLE.org/c)."
sources = ["bls-oews-2025", "bls-oews-2025"]
as_of = 2026-11-21
review_by = 2027-11-21
"#;
    let mut files = files::shipped();
    files.push(("entries/test.toml".to_owned(), entry.to_owned()));
    let links = links(&load::load(&files).unwrap().0);
    for url in ["https://example.org/a?b=1", "https://EXAMPLE.org/c", "https://www.bls.gov/oes/tables.htm"] {
        let uses = link(&links, url).entries.iter().filter(|user| user.id == "pay.test").count();
        assert_eq!(uses, 1, "{url}");
    }
    assert_eq!(link(&links, "https://EXAMPLE.org/c").host, "example.org");
}

#[test]
fn the_program_lists_links_for_people_and_for_programs() {
    let output = mabel(&["--knowledge", "knowledge", "check", "--links"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    for part in
        ["bls.gov (", "\n  https://www.bls.gov/oes/tables.htm\n    sources (", "rows (", "guards (2): crisis, crisis-figure", " links at "]
    {
        assert!(out(&output).contains(part), "lacks {part:?}");
    }
    let output = mabel(&["--knowledge", "knowledge", "check", "--links", "--json"], b"");
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    let all = object["links"].as_array().unwrap();
    assert!(all.len() > 250);
    let wages = all.iter().find(|link| link["url"] == "https://www.bls.gov/oes/tables.htm").unwrap();
    let rows = wages["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["id"] == "pay_by_state TX" && row["place"].as_str().unwrap().starts_with("tables/")));
    assert_eq!(mabel(&["check", "--json"], b"").status.code(), Some(2));
}

#[test]
fn what_is_due_is_grouped_and_counted() {
    let knowledge = engine().knowledge();
    assert_eq!(due(knowledge, date(2026, 11, 21)), []);
    let groups = due(knowledge, date(2099, 1, 1));
    let all = |kind: Kind| groups.iter().filter(|group| group.kind == kind).map(|group| group.items.len()).sum::<usize>();
    assert_eq!(all(Kind::Topic), knowledge.entries.len());
    let dated = knowledge.tables.values().flat_map(|table| &table.rows).filter(|row| row.review_by.is_some()).count();
    assert_eq!(all(Kind::Table), dated);
    let states = groups.iter().find(|group| group.id == "pay_by_state").unwrap();
    assert_eq!((states.kind, states.items.len(), states.of), (Kind::Table, 51, 51));
    for group in &groups {
        assert!(group.items.is_sorted_by_key(|item| item.review_by) && group.items.len() <= group.of, "{}", group.id);
    }
    let review_by = states.items[0].review_by;
    assert!(due(knowledge, review_by).iter().all(|group| group.id != "pay_by_state"), "due on the very day");
}

#[test]
fn a_check_ends_with_what_is_due() {
    let output = mabel(&["--knowledge", "knowledge", "check", "--as-of", "2099-01-01"], b"");
    let text = out(&output);
    let list = text.split_once("Due for review on 2099-01-01: ").expect("no list").1;
    for part in [" entries and ", "\n  topic scope: ", "\n    2027-", "\n  table pay_by_state: 51 of 51 rows\n", "and 45 more\n"] {
        assert!(list.contains(part), "lacks {part:?} in {list}");
    }
    for quiet in [&["check", "--as-of", "2099-01-01", "--quiet"][..], &["check", "--as-of", "2026-11-21"]] {
        assert!(!out(&mabel(quiet, b"")).contains("Due for review"), "{quiet:?}");
    }
}
