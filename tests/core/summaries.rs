//! The picture over all states: counted from the rows, never mixed up, never rounded to yes.

use std::collections::BTreeMap;

use mabel::answer::{Earlier, Outcome, Question, Reply, View};
use mabel::knowledge::{EntryId, FacetId, ValueId, Values};

use crate::support::{TODAY, ask, engine};

/// The verdicts of the shipped rules on a task, counted, and how many states have none.
fn counted(task: &str) -> (BTreeMap<String, usize>, usize) {
    let knowledge = engine().knowledge();
    let table = &knowledge.tables["scope_rules"];
    let mut counts = BTreeMap::new();
    for row in table.rows.iter().filter(|row| row.keys[1].as_str() == task) {
        let Some(mabel::knowledge::Cell::Text(verdict)) = table.cell(row, "verdict") else { panic!("{row:?} has no verdict") };
        *counts.entry(verdict.clone()).or_default() += 1;
    }
    let held: usize = counts.values().sum();
    (counts, knowledge.facet("state").unwrap().values.len() - held)
}

fn detail(reply: &Reply) -> &str {
    reply.detail.as_deref().unwrap_or_default()
}

fn state(id: &str) -> Values {
    Values::from([(FacetId::from("state"), vec![ValueId::from(id)])])
}

#[test]
fn a_task_without_a_state_is_counted_from_its_rows() {
    for (question, task) in [
        ("can MAs start IVs", "iv_start_infusion"),
        ("can an MA draw blood", "venipuncture"),
        ("can MAs give vaccines", "vaccine"),
        ("can MAs take x-rays", "xray_limited_radiography"),
    ] {
        let reply = ask(question);
        let (counts, without) = counted(task);
        for (verdict, says) in [
            ("allowed", "\n- Yes: "),
            ("allowed_with_conditions", "\n- Yes, with conditions: "),
            ("not_allowed", "\n- No: "),
            ("silent", "\n- No state rule found (provider and employer decide; not a yes): "),
            ("unknown", "\n- Not settled: "),
        ] {
            match counts.get(verdict) {
                Some(count) => assert!(detail(&reply).contains(&format!("{says}{count} (")), "{question}: {verdict} {count}: {reply:#?}"),
                None => assert!(!detail(&reply).contains(says), "{question}: {verdict}: {reply:#?}"),
            }
        }
        assert_eq!(detail(&reply).contains(&format!("- Not checked, so not a yes: {without}.")), without > 0, "{question}: {reply:#?}");
    }
}

#[test]
fn each_task_of_a_wide_word_is_counted_on_its_own() {
    let reply = ask("can MAs give injections");
    let text = detail(&reply);
    assert!(text.starts_with("Intramuscular (IM) injections, state by state (51 with D.C.):"), "{text}");
    assert!(text.contains("Subcutaneous (SC) injections: the same states say the same."), "{text}");
    let (counts, _) = counted("injection_id");
    assert!(text.contains(&format!("Intradermal (ID) injections: yes with conditions {}", counts["allowed_with_conditions"])), "{text}");
    let narrow = ask("can MAs give intradermal injections");
    assert!(detail(&narrow).starts_with("Intradermal (ID) injections, state by state"), "{narrow:#?}");
    assert!(!detail(&narrow).contains("Intramuscular"), "{narrow:#?}");
}

#[test]
fn what_is_not_checked_anywhere_is_no_yes() {
    let reply = ask("can an MA give oxygen");
    assert!(detail(&reply).starts_with("Giving oxygen, state by state (51 with D.C.): not checked, so not a yes."), "{reply:#?}");
    let listed = ask("how many states let MAs give oxygen");
    assert!(!listed.lead.to_lowercase().starts_with("yes"), "{listed:#?}");
}

#[test]
fn a_state_that_is_named_gets_its_row_and_no_count() {
    for question in ["can MAs start IVs in Texas", "can MAs give injections in TX or OK", "can MAs draw blood in Wyoming"] {
        let reply = ask(question);
        assert!(!detail(&reply).contains("state by state"), "{question}: {reply:#?}");
    }
}

#[test]
fn which_and_how_many_states_are_counted_first() {
    for question in [
        "which states forbid MAs to give vaccines",
        "how many states let MAs give injections",
        "which states allow medical assistants to draw blood",
        "list of states where MAs can start IVs",
        "in how many states can a medical assistant do botox",
    ] {
        let reply = ask(question);
        assert_eq!(reply.entry, Some(EntryId::from("scope.states-by-task")), "{question}: {reply:#?}");
        assert!(reply.lead.contains("of the 50 states and D.C."), "{question}: {reply:#?}");
    }
    let (counts, without) = counted("iv_start_infusion");
    let lead = ask("list of states where MAs can start IVs").lead;
    assert!(lead.contains(&format!("{} say no", counts["not_allowed"])), "{lead}");
    assert!(lead.contains(&format!("The other {without} were not checked, which is not a yes.")), "{lead}");
}

#[test]
fn which_states_looks_across_all_of_them_wherever_one_is_at_home() {
    let question = "how many states let MAs give injections";
    let plain = ask(question);
    let at_home = View { defaults: state("TX"), ..View::on(TODAY) };
    assert_eq!(engine().answer(&Question::new(question), &at_home).lead, plain.lead);
    let earlier = Earlier { entry: EntryId::from("scope.state-profile"), facets: state("TX") };
    let later = Question { earlier: Some(earlier), ..Question::new(question) };
    assert_eq!(engine().answer(&later, &View::on(TODAY)).lead, plain.lead);
    // A task asked about at home is answered for home.
    assert!(engine().answer(&Question::new("can MAs give injections"), &at_home).lead.starts_with("Texas: "));
}

#[test]
fn strict_and_permissive_states_are_told_with_the_limits_of_the_table() {
    for question in ["strictest states for medical assistants", "most permissive states for MAs", "which state lets MAs do the most"] {
        let reply = ask(question);
        assert_eq!((reply.outcome, reply.entry.as_ref().map(EntryId::as_str)), (Outcome::Answer, Some("scope.which-states")), "{question}");
        assert!(reply.lead.contains("A fair ranking is not possible"), "{question}: {reply:#?}");
    }
}

#[test]
fn a_state_alone_gets_its_profile_whole() {
    let reply = ask("what can an MA do in Ohio");
    for part in
        ["- With conditions: ", "- Not allowed: ", "- Never, in any state: ", "State credential: ", "- Supervision: ", "- Regulator: "]
    {
        assert!(detail(&reply).contains(part), "{part}: {reply:#?}");
    }
    assert!(detail(&ask("hawaii MA rules")).contains("by a weak source only: taking x-rays"));
}

#[test]
fn two_states_and_two_tasks_are_each_answered_and_not_mixed_up() {
    let lead = ask("can an MA in Texas or Ohio give injections or draw blood").lead;
    for part in [
        "- Texas, intramuscular",
        "- Ohio, intramuscular",
        "- Texas, drawing blood (venipuncture): not checked",
        "- Ohio, drawing blood (venipuncture): not checked",
    ] {
        assert!(lead.contains(part), "{part}: {lead}");
    }
    let lead = ask("can an MA in Florida do injections and IVs").lead;
    let ivs = lead.lines().find(|line| line.contains("starting an IV")).unwrap();
    assert!(ivs.starts_with("- Florida") && ivs.contains(": not for medical assistants"), "{lead}");
}

#[test]
fn a_no_with_a_limit_says_the_limit() {
    let lead = ask("can an MA in South Carolina start an IV").lead;
    assert!(lead.starts_with("South Carolina: not allowed.") && lead.contains("PA and APRN delegation only"), "{lead}");
}
