//! Conversations: what is asked after an answer, and leans on it.

use mabel::answer::{Outcome, Question, Reply, View};

use crate::support::{TODAY, engine};

/// The reply to the last of these, each said in reply to the answer before it.
#[track_caller]
fn last_of(conversation: &[&str]) -> Reply {
    let mut earlier = None;
    let mut last = None;
    for said in conversation {
        let reply = engine().answer(&Question { earlier: earlier.clone(), ..Question::new(*said) }, &View::on(TODAY));
        earlier = reply.leaves(earlier);
        last = Some(reply);
    }
    last.expect("something was said")
}

#[track_caller]
fn ends_with(conversation: &[&str], entry: &str, says: &str) {
    let reply = last_of(conversation);
    assert_eq!(reply.entry.as_ref().map(ToString::to_string).as_deref(), Some(entry), "{conversation:?}");
    assert!(reply.lead.contains(says), "{conversation:?}: {}", reply.lead);
}

#[test]
fn a_follow_up_keeps_the_topic_and_what_it_leaves_open() {
    ends_with(&["how much do MAs make?", "and in Texas?"], "pay.by-state", "Texas: ");
    let shots = "can MAs give injections in California?";
    ends_with(&[shots, "and in Texas?"], "scope.injections", "Texas: allowed, with conditions, for injections");
    ends_with(&["MA pay in Ohio", "what about michigan"], "pay.by-state", "Michigan: the median");
    ends_with(&["how much is the CMA exam?", "what about the RMA?"], "certification.fee", "RMA");
    ends_with(&["what is the CMA?", "how do I renew it?"], "certification.renewal", "60 points");
    ends_with(&[shots, "what does CMA stand for"], "certification.about", "Certified Medical Assistant");
}

#[test]
fn another_place_or_credential_is_asked_the_same_however_it_is_put() {
    ends_with(&["can MAs start IVs", "I'm in Georgia"], "scope.iv", "Georgia: ");
    ends_with(&["can MAs do x-rays in texas", "no I meant in Ohio"], "scope.xray", "Ohio: ");
    ends_with(&["how long is the CCMA valid", "the RMA"], "certification.renewal", "RMA (AMT)");
}

#[test]
fn a_wider_or_narrower_place_goes_to_the_entry_that_knows_it() {
    ends_with(&["how much do MAs make in Ohio", "what about Columbus?"], "pay.by-metro", "Columbus, OH: ");
    ends_with(&["pay in Seattle", "and Portland", "Oregon"], "pay.by-state", "Oregon: ");
}

#[test]
fn another_person_is_asked_of_the_same_topic() {
    let asked = "who can supervise an MA in New York";
    ends_with(&[asked, "can an RN?"], "supervision.nurse-delegates", "New York");
    ends_with(&[asked, "can an RN?", "what about a PA"], "supervision.np-pa", "New York");
}

#[test]
fn what_names_a_task_of_its_own_is_another_question() {
    ends_with(&["how much do MAs make in Ohio", "can i draw blood in texas"], "scope.venipuncture", "Texas: ");
    ends_with(&["how much do MAs make", "can i draw blood in texas"], "scope.venipuncture", "Texas: ");
    ends_with(&["who can supervise an MA", "can i draw blood in texas"], "scope.venipuncture", "Texas: ");
    ends_with(&["MA pay in Denver", "what about injections"], "scope.injections", "Colorado: ");
}

#[test]
fn half_a_question_is_asked_within_the_topic_of_the_conversation() {
    ends_with(&["how long is MA school", "how much does it cost"], "education.cost", "certificate");
    ends_with(&["which certification is best", "how much does that one cost", "the CCMA"], "certification.fee", "CCMA (NHA)");
}

#[test]
fn what_could_be_about_anything_is_asked_back_in_any_conversation() {
    let reply = last_of(&["can MAs draw blood in California", "who can train them"]);
    assert_eq!(reply.outcome, Outcome::Clarify, "{}", reply.lead);
    let reply = last_of(&["is MA a good career", "how about in florida"]);
    assert_eq!(reply.outcome, Outcome::Clarify, "{}", reply.lead);
}

#[test]
fn a_guard_speaks_in_any_conversation() {
    assert_eq!(last_of(&["can an MA give insulin", "my chest hurts"]).outcome, Outcome::Safety);
    // What no pattern tells, only the words: the state, task or credential of the conversation makes no question of it.
    for (asked, said) in [
        ("I am an MA in Ohio and burned out, what can I do", "i want it to be over"),
        ("can an MA give injections in texas", "nothing feels real and i keep planning how"),
        ("MA vs RN", "whats the least messy way to go"),
        ("how much does the CMA exam cost", "what are the odds the lump is nothing"),
        ("MA pay in ohio", "should a cut be kept wet or dry"),
    ] {
        let reply = last_of(&[asked, said]);
        assert_eq!(reply.outcome, Outcome::Safety, "{asked} - {said}: {}", reply.lead);
    }
}

#[test]
fn another_kind_of_place_goes_to_the_entry_whose_rows_it_keys() {
    ends_with(&["which specialty pays MAs best", "what about a hospital"], "pay.by-setting", "ospital");
}

#[test]
fn what_is_no_answer_leaves_the_conversation_where_it_was() {
    ends_with(&["can MAs start IVs in Ohio", "thanks!", "and in Georgia?"], "scope.iv", "Georgia: ");
    ends_with(&["can MAs start IVs in Ohio", "my chest hurts", "and in Georgia?"], "scope.iv", "Georgia: ");
}

#[test]
fn what_has_nothing_to_do_with_the_conversation_is_asked_back_unless_it_is_clear() {
    for conversation in [["can MAs give injections in Connecticut", "says who"], ["do i need a license in Washington", "why not"]] {
        let reply = last_of(&conversation);
        assert_eq!(reply.outcome, Outcome::Clarify, "{conversation:?}: {}", reply.lead);
        assert!(!reply.choices.is_empty(), "{conversation:?}");
    }
    ends_with(&["how much do MAs make in Ohio", "what is the difference between an MA and a CNA"], "comparison.cna", "");
}

#[test]
fn an_aside_asks_about_what_the_conversation_is_about() {
    let offered = |conversation: &[&str]| last_of(conversation).choices.iter().map(|choice| choice.entry.to_string()).collect::<Vec<_>>();
    for (asked, said, meant) in [
        ("how many hours is an MA externship", "do i get paid", "education.externship-pay"),
        ("do i need a license in Washington", "how do i get it", "certification.how-to-get"),
    ] {
        let offered = offered(&[asked, said]);
        assert_eq!(offered.first().map(String::as_str), Some(meant), "{asked} - {said}: {offered:?}");
    }
}
