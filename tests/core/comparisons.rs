//! Two values of a facet side by side: two jobs, two credentials, two states, two places; and a job that is named but not compared.

use mabel::answer::{Outcome, Question, View, plain};
use mabel::check::{Subject, check};
use mabel::engine::Engine;
use mabel::knowledge::{files, load};

use crate::support::{TODAY, ask, engine, read};

fn entry(question: &str) -> String {
    let reply = ask(question);
    assert_eq!(reply.outcome, Outcome::Answer, "{question}: {}", reply.lead);
    reply.entry.map(|entry| entry.to_string()).unwrap_or_default()
}

#[track_caller]
fn says(question: &str, words: &[&str]) {
    let text = read(question);
    for words in words {
        assert!(text.contains(words), "{question}: lacks {words:?} in\n{text}");
    }
}

#[test]
fn two_jobs_are_set_side_by_side_and_not_beside_the_trade_alone() {
    for (question, pay) in [
        ("cna vs lpn", ["$20.32", "$30.96"]),
        ("difference between a phlebotomist and an emt", ["$21.75", "$21.38"]),
        ("rn or pa, who earns more", ["$46.90", "$65.33"]),
        ("whats the diff between an lvn and an rn", ["$30.96", "$46.90"]),
        ("is a paramedic paid more than an lpn", ["$29.13", "$30.96"]),
        ("dental assistant or pharmacy technician", ["$23.11", "$22.00"]),
        ("should i become a dental hygienist or a nurse", ["$47.16", "$46.90"]),
    ] {
        assert_eq!(entry(question), "comparison.pair", "{question}");
        says(question, &pay);
        says(question, &["$21.97", "Training", "License", "Where they work"]);
    }
}

#[test]
fn whichever_job_comes_first_the_better_paid_is_named() {
    for question in ["cna vs lpn", "lpn vs cna"] {
        says(question, &["LPNs and LVNs earn more: the median is $30.96 an hour for LPNs and LVNs, $20.32 an hour for CNAs"]);
    }
}

#[test]
fn the_trade_with_two_others_lists_both_beside_it() {
    for question in ["should i be an ma or a cna or an lpn", "ma vs cna vs lpn", "difference between ma, lpn and cna"] {
        says(question, &["$30.96", "$20.32", "Medical assistants, beside them: $21.97", "MAs $45,690"]);
    }
}

#[test]
fn one_other_job_keeps_its_own_entry() {
    for (question, own) in
        [("ma vs cna", "comparison.cna"), ("do nurses earn more than MAs", "comparison.nurse"), ("ma or pa", "comparison.pa")]
    {
        assert_eq!(entry(question), own, "{question}");
    }
    // A wide value beside one of its own is one job.
    assert_ne!(entry("is an ma the same as a nurse (rn)"), "comparison.pair");
}

#[test]
fn one_job_more_joins_a_comparison() {
    let first = ask("cna vs lpn");
    let then = engine().answer(&Question { earlier: first.about(), ..Question::new("and an rn?") }, &View::on(TODAY));
    let text = plain::text(&then);
    for pay in ["$46.90", "$30.96", "$20.32"] {
        assert!(text.contains(pay), "{text}");
    }
}

#[test]
fn a_job_without_a_row_is_named_as_not_checked() {
    says("cna vs er technician", &["$20.32", "Not checked here: emergency room technician"]);
    says("ekg technician vs dialysis technician", &["No pay line was found for EKG technicians"]);
}

#[test]
fn two_credentials_states_or_places_are_answered_together() {
    says("rma vs ccma", &["RMA (AMT)", "CCMA (NHA)"]);
    says("medca vs ccma", &["CCMA (NHA)", "not checked: MedCA"]);
    says("is pay better in texas or oklahoma", &["Texas $", "Oklahoma $", "Difference"]);
    says("compare ma salary houston and dallas", &["Houston", "Dallas"]);
    says("ny vs nj certification rules", &["New York", "New Jersey"]);
    assert_eq!(entry("can i work as an ma in texas and oklahoma"), "workplace.two-states");
    assert_eq!(entry("telehealth for a patient in another state as an ma"), "scope.two-states");
}

#[test]
fn a_job_named_in_a_question_on_supervision_is_no_comparison() {
    for (question, own) in [
        ("can an LPN supervise an MA", "supervision.nurse-delegates"),
        ("can a nurse delegate to an MA", "supervision.nurse-delegates"),
        ("can a registered nurse be my boss as an ma", "supervision.nurse-delegates"),
        ("can rns assign tasks to mas", "supervision.nurse-delegates"),
        ("can a PA tell an MA to give a shot", "supervision.np-pa"),
        ("can an NP supervise an MA", "supervision.np-pa"),
        ("can MAs work under a PA without a doctor there", "supervision.np-pa"),
        ("can an MA supervise an LPN", "supervision.over-nurses"),
        ("can an MA be in charge of CNAs", "supervision.over-nurses"),
        ("can a cna supervise an ma", "supervision.who"),
        ("can a paramedic supervise an MA", "supervision.who"),
        ("who does an MA report to, the nurse or the doctor", "supervision.reporting"),
    ] {
        assert_eq!(entry(question), own, "{question}");
    }
}

#[test]
fn a_code_before_the_trade_is_the_state_and_after_an_article_the_job() {
    assert_eq!(entry("PA medical assistants pay"), "pay.by-state");
    assert_eq!(entry("can my pa give me orders"), "supervision.np-pa");
}

#[test]
fn a_comparison_passes_the_guard_of_other_trades_and_the_way_into_one_does_not() {
    assert_eq!(entry("should i become a paramedic or a nurse"), "comparison.pair");
    for question in ["can a cna become an lpn", "how do i become a paramedic", "lvn to rn bridge"] {
        assert_eq!(ask(question).outcome, Outcome::NoMatch, "{question}");
    }
}

#[test]
fn settings_are_known_by_what_people_call_them() {
    for question in ["surgery center ma pay", "asc pay for medical assistants", "what do mas make at an ambulatory surgery center"] {
        says(question, &["surgery centers included", "$23.35"]);
    }
}

/// What the check says of the shipped knowledge with another entry.
fn check_with(entry: &str) -> Vec<String> {
    let mut files = files::shipped();
    files.push(("entries/test.toml".to_owned(), entry.to_owned()));
    let engine = Engine::new(load::load(&files).unwrap().0).unwrap();
    let faults = check(&Subject { engine: &engine, today: TODAY });
    faults.iter().filter(|fault| fault.place.file == "entries/test.toml").map(ToString::to_string).collect()
}

const COMPARING: &str = r#"[[entry]]
id = "pay.test"
topic = "pay"
question = "Which zebra earns more stripes?"
ask = ["zebra {role} or zebra {role}", "zebra of one {role}"]
compares = ["role"]
table = "roles"
answer = "Name two."
with_rows = "{% for r in rows %}{{ r.plural }} {% endfor %}"
sources = ["bls-oews-2025"]
as_of = 2026-11-21
review_by = 2027-11-21
"#;

#[test]
fn a_heading_is_checked_as_if_what_its_entry_needs_were_named_and_a_wording_is_not() {
    let faults = check_with(COMPARING).join("\n");
    assert!(!faults.contains("Which zebra") && !faults.contains("zebra {role} or"), "{faults}");
    assert!(faults.contains("\"zebra of one {role}\""), "{faults}");
}

#[test]
fn an_entry_that_compares_is_rendered_for_any_two_rows() {
    let fails_for_two =
        COMPARING.replace("{% for r in rows %}{{ r.plural }} {% endfor %}", "{% if rows | length > 1 %}{{ nothing }}{% endif %}");
    let faults = check_with(&fails_for_two).join("\n");
    assert!(faults.contains("pay.test for cna lpn") && faults.contains("[pairs-render]"), "{faults}");
    assert!(!faults.contains("pay.test for cna:"), "{faults}");
}
