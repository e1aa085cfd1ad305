//! Whatever has a name is asked about by it: every task, state and credential, in words that the wordings of the knowledge leave open.

use mabel::answer::Outcome;
use mabel::knowledge::{Facet, Knowledge};

use crate::support::{ask, engine};

fn facet(id: &str) -> &'static Facet {
    let knowledge: &Knowledge = engine().knowledge();
    knowledge.facets.iter().find(|facet| facet.id.as_str() == id).unwrap()
}

#[test]
fn an_ma_who_asks_whether_she_may_do_a_task_is_no_patient() {
    let ways = [
        "am i allowed to do {} as an MA in florida",
        "can i do {} if the doctor is in the building",
        "my boss asked me to do {}, is that ok as a medical assistant",
        "are we allowed to do {} without the doctor here in michigan",
    ];
    let (mut all, mut stopped) = (0, Vec::new());
    for value in &facet("task").values {
        for name in value.aliases.iter().chain([&value.name]) {
            let asked = ways.map(|way| way.replace("{}", name));
            all += asked.len();
            stopped.extend(asked.into_iter().filter(|question| ask(question).outcome == Outcome::Safety));
        }
    }
    assert!(all > 4_000, "{all} questions");
    assert!(stopped.len() * 100 <= all, "{} of {all}: {:#?}", stopped.len(), &stopped[..stopped.len().min(40)]);
}

#[test]
fn a_question_finds_its_entry_whatever_state_or_credential_it_names() {
    for (id, way, entry) in [
        ("state", "median wage in {}", "pay.by-state"),
        ("state", "what's the 90th percentile in {}", "pay.by-state"),
        ("state", "can MAs give injections in {}", "scope.injections"),
        ("state", "who can supervise MAs in {}", "supervision.who"),
        ("state", "MA laws in {}", "scope.state-profile"),
        ("credential", "what is the {}", "certification.about"),
        ("credential", "how much does the {} cost", "certification.fee"),
        ("credential", "how do i renew my {}", "certification.renewal"),
        ("credential", "pass rate for the {}", "certification.pass-rate"),
    ] {
        for value in &facet(id).values {
            let question = way.replace("{}", &value.name);
            let found = ask(&question).entry.map(|entry| entry.to_string());
            assert_eq!(found.as_deref(), Some(entry), "{question}");
        }
    }
}
