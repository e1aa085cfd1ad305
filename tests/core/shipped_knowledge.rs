//! The knowledge that ships is whole, clean and as large as it claims to be.

use mabel::check::{Subject, check};
use mabel::knowledge::{Severity, files, load};

use crate::support::{TODAY, engine};

#[test]
fn it_has_no_error() {
    let (_, warnings) = load::load(&files::shipped()).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    let faults = check(&Subject { engine: engine(), today: TODAY });
    let errors: Vec<String> = faults.iter().filter(|fault| fault.severity == Severity::Error).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn every_topic_has_entries() {
    let knowledge = engine().knowledge();
    let topics: Vec<&str> = knowledge.topics.iter().map(|topic| topic.id.as_str()).collect();
    assert_eq!(
        topics,
        ["overview", "duties", "scope", "supervision", "certification", "education", "pay", "outlook", "comparison", "skills", "workplace"]
    );
    for topic in topics {
        let entries = knowledge.entries.iter().filter(|entry| entry.topic.as_str() == topic).count();
        assert!(entries >= 5, "{topic} has {entries} entries");
    }
    assert!(knowledge.entries.len() >= 80);
}

#[test]
fn the_tables_are_whole() {
    let knowledge = engine().knowledge();
    let rows = |table: &str| knowledge.tables[table].rows.len();
    assert_eq!(rows("pay_by_state"), 51);
    assert_eq!(rows("scope_states"), 51);
    assert!(rows("scope_rules") >= 485, "{}", rows("scope_rules"));
    for credential in ["cma", "rma", "ccma", "cmaa", "ncma"] {
        assert!(knowledge.tables["credentials"].rows.iter().any(|row| row.keys[0].as_str() == credential), "{credential}");
    }
}

#[test]
fn pay_by_state_has_every_percentile() {
    let table = &engine().knowledge().tables["pay_by_state"];
    for row in &table.rows {
        for column in ["hourly_p10", "hourly_p25", "hourly_median", "hourly_p75", "hourly_p90", "annual_p10", "annual_median", "annual_p90"]
        {
            assert!(table.cell(row, column).is_some(), "{} lacks {column}", row.keys[0]);
        }
    }
}

#[test]
fn every_state_has_a_rule_for_injections_and_vaccines() {
    let knowledge = engine().knowledge();
    let states = &knowledge.facet("state").unwrap().values;
    for state in states {
        for task in ["injection_im", "injection_sc", "injection_id", "vaccine"] {
            let row = knowledge.tables["scope_rules"].rows.iter().find(|row| row.keys[0] == state.id && row.keys[1].as_str() == task);
            assert!(row.is_some(), "{} {task}", state.id);
        }
    }
}
