//! Forms lead to the entry that is meant, whatever stands in their fields, and what is suggested there is what a person would pick.

use std::time::{Duration, Instant};

use mabel::answer::{Outcome, View};
use mabel::engine::filling::{Filled, Unfilled};
use mabel::knowledge::{FacetId, TopicId};

use crate::support::{TODAY, engine};

/// What a form is answered with: the entry and the lead.
#[track_caller]
fn filled(form: &str, fields: &[(&str, &str)]) -> (String, String) {
    let asked = engine().fill(engine().knowledge().form(form).unwrap(), &fields.iter().copied().collect()).unwrap();
    let reply = engine().answer_entry(&asked.entry, &asked.facets, &View::on(TODAY)).unwrap();
    assert_eq!(reply.outcome, Outcome::Answer);
    (asked.entry.to_string(), reply.lead.to_string())
}

fn unfilled(form: &str, fields: &[(&str, &str)]) -> Unfilled {
    let filled: Filled<'_> = fields.iter().copied().collect();
    engine().fill(engine().knowledge().form(form).unwrap(), &filled).unwrap_err()
}

#[test]
fn a_form_is_answered_by_the_entry_it_names_for_the_values_given() {
    for (form, fields, entry, says) in [
        ("scope", &[("task", "injection"), ("state", "CA")][..], "scope.injections", &["California: allowed, with conditions"][..]),
        ("scope", &[("task", "iv_start_infusion"), ("state", "Texas")], "scope.iv", &["Texas: it depends"]),
        ("scope", &[("task", "vaccine")], "scope.vaccines", &[]),
        ("scope", &[("task", "ear_lavage"), ("state", "OH")], "scope.task", &["Ohio"]),
        ("pay", &[("state", "OH")], "pay.by-state", &["Ohio: the median", "$20.58"]),
        ("pay", &[("state", "OH"), ("compare-with", "TX")], "pay.by-state", &["Ohio $20.58", "Texas", "Difference"]),
        (
            "pay",
            &[("metro", "akron-oh"), ("percentile", "p90")],
            "pay.by-metro",
            &["90th percentile", "Akron, OH", "one in ten earned more"],
        ),
        (
            "pay",
            &[("metro", "akron-oh"), ("percentile", "p10"), ("compare-with", "denver-aurora-centennial-co")],
            "pay.by-metro",
            &["10th percentile", "Akron, OH", "Denver", "the nation $17.33"],
        ),
        ("pay", &[("industry", "hospitals")], "pay.by-setting", &["Hospitals"]),
        ("pay", &[("role", "cna")], "pay.by-role", &["CNA"]),
        ("pay", &[("role", "cna"), ("percentile", "p25")], "pay.by-role", &["25th percentile", "medical assistants $18.50"]),
        ("pay", &[("percentile", "90")], "pay.national", &["$28.52"]),
        ("pay", &[], "pay.national", &["$21.97"]),
        ("certification", &[("name", "cma")], "certification.about", &["Certified Medical Assistant"]),
        ("certification", &[("name", "cma"), ("compare-with", "rma")], "certification.compare", &["CMA (AAMA)", "RMA (AMT)"]),
        ("duties", &[("area", "duties.ekg")], "duties.ekg", &[]),
        ("compare", &[("role", "cna")], "comparison.cna", &["CNA"]),
        ("compare", &[("role", "rn")], "comparison.rn", &[]),
        ("compare", &[("role", "cna"), ("with", "lpn")], "comparison.pair", &["CNAs", "LPN"]),
        ("compare", &[("role", "cna"), ("with", "cna")], "comparison.cna", &["CNA"]),
    ] {
        let (answered, lead) = filled(form, fields);
        assert_eq!(answered, entry, "/{form} {fields:?}");
        for words in says {
            assert!(lead.contains(words), "/{form} {fields:?} lacks {words:?}: {lead}");
        }
    }
}

#[test]
fn what_people_type_instead_of_picking_is_understood() {
    assert_eq!(filled("scope", &[("task", "giving shots"), ("state", "in cali")]).0, "scope.injections");
    assert_eq!(filled("pay", &[("metro", "akron")]).0, "pay.by-metro");
    // In a field for states "ok" is Oklahoma, whatever it is in a sentence.
    assert!(filled("pay", &[("state", "ok")]).1.starts_with("Oklahoma"));
    assert_eq!(filled("compare", &[("role", "licensed practical nurse")]).0, "comparison.lpn");
}

#[test]
fn what_there_is_not_is_told_with_what_may_be_meant() {
    let Unfilled::Unknown { field, near } = unfilled("pay", &[("state", "Virg")]) else { panic!("understood") };
    assert_eq!((field.as_str(), near.as_slice()), ("state", &["Virginia".to_owned(), "West Virginia".to_owned()][..]));
    assert_eq!(unfilled("pay", &[("state", "Atlantis")]), Unfilled::Unknown { field: "state".to_owned(), near: vec![] });
    let wants = ["state", "metro", "industry", "role"].map(str::to_owned).to_vec();
    assert_eq!(unfilled("pay", &[("compare-with", "TX")]), Unfilled::Alone { field: "compare-with".to_owned(), wants });
}

#[test]
fn a_guard_speaks_before_any_field_is_read() {
    let Unfilled::Stopped(reply) = unfilled("scope", &[("task", "my chest hurts what should I do")]) else { panic!("not stopped") };
    assert_eq!(reply.outcome, Outcome::Safety);
    assert!(reply.lead.contains("911"));
}

#[test]
fn values_are_suggested_as_a_person_would_rank_them() {
    let first = |facet: &str, typed: &str| {
        let values = engine().suggest_values(&FacetId::from(facet), typed, 25);
        values.first().map(|(value, _)| value.to_string()).unwrap_or_default()
    };
    for (facet, typed, value) in [
        ("state", "oh", "OH"),
        ("state", "ma", "MA"),
        ("state", "new y", "NY"),
        ("state", "calif", "CA"),
        ("state", "masachusets", "MA"),
        ("task", "shot", "injection"),
        ("task", "draw bl", "venipuncture"),
        ("task", "flu", "vaccine"),
        ("place", "san fran", "san-francisco-oakland-fremont-ca"),
        ("place", "nyc", "new-york-newark-jersey-city-ny-nj"),
        ("place", "clevland", "cleveland-oh"),
        ("credential", "ccma", "ccma"),
        ("role", "nursing ass", "cna"),
        ("setting", "hosp", "hospitals"),
        ("percentile", "90", "p90"),
        ("state", "", "CA"),
    ] {
        assert_eq!(first(facet, typed), value, "{facet} {typed:?}");
    }
}

#[test]
fn questions_are_suggested_as_a_person_would_rank_them() {
    let first = |typed: &str| {
        let choices = engine().suggest(typed, None, 25);
        choices.first().map(|choice| (choice.entry.to_string(), choice.label.clone())).unwrap_or_default()
    };
    for (typed, entry) in [
        ("inject", "scope.injections"),
        ("can an ma give inj", "scope.injections"),
        ("how much do ma", "pay.national"),
        ("what do medical assistants d", "duties.overview"),
        ("pass rate", "certification.pass-rate"),
        ("can mas draw blood", "scope.venipuncture"),
    ] {
        assert_eq!(first(typed).0, entry, "{typed:?}");
    }
    assert_eq!(first("pay in ohio"), ("pay.by-state".to_owned(), "How much do medical assistants earn in my state? (Ohio)".to_owned()));
    let topics: Vec<String> = engine().suggest("", None, 25).into_iter().map(|choice| choice.entry.to_string()).collect();
    assert_eq!(topics.len(), engine().knowledge().topics.len(), "one of each topic: {topics:?}");
    let duties = engine().suggest("phone", Some(&TopicId::from("duties")), 25);
    assert!(duties.iter().all(|choice| choice.entry.as_str().starts_with("duties.")) && duties[0].entry.as_str() == "duties.phones");
}

#[test]
fn suggesting_takes_far_less_than_the_three_seconds_there_are() {
    let begin = Instant::now();
    for typed in ["", "a", "can", "can a medical assistant give", "qwertzuiop asdf", "x"] {
        assert!(engine().suggest(typed, None, 25).len() <= 25);
        for facet in &engine().knowledge().facets {
            assert!(engine().suggest_values(&facet.id, typed, 25).len() <= 25);
        }
    }
    assert!(begin.elapsed() < Duration::from_secs(3), "{:?}", begin.elapsed());
}
