//! A message that asks two things is answered for one of them, and told of the other.

use mabel::answer::Choice;

use crate::support::{ask, read};

/// The entry that answers, and the one that the other question leads to.
fn answered_and_other(question: &str) -> (String, Option<String>) {
    let reply = ask(question);
    let entry = reply.entry.map(|entry| entry.to_string()).unwrap_or_default();
    (entry, reply.other.map(|other| other.entry.to_string()))
}

#[test]
fn the_question_that_is_not_answered_is_told() {
    for (question, answered, other) in [
        ("how much do MAs make in nevada and do i need a cert there", "certification.required", "pay.by-state"),
        ("what does NRCMA mean and is it NCCA accredited", "certification.accredited", "certification.about"),
        ("Who gives the CMAC? Is it NCCA accredited?", "certification.accredited", "certification.issuer"),
    ] {
        assert_eq!(answered_and_other(question), (answered.to_owned(), Some(other.to_owned())), "{question}");
    }
}

#[test]
fn the_other_question_keeps_what_the_message_named() {
    let Choice { label, facets, .. } = ask("can MAs give flu shots in Texas and how much do they earn").other.unwrap();
    assert_eq!(label, "How much do medical assistants earn in my state? (Texas)");
    assert!(facets.iter().any(|(facet, values)| facet.as_str() == "state" && values.iter().any(|value| value.as_str() == "TX")));
}

#[test]
fn a_reader_of_plain_text_is_told_what_to_ask() {
    let text = read("can MAs give flu shots in Texas and how much do they earn");
    assert!(text.contains("\n\nYou also asked: How much do medical assistants earn in my state? (Texas) Ask that by itself."), "{text}");
}

#[test]
fn one_question_has_no_other() {
    for question in [
        "how long is the CMA test and how many questions",
        "what is CCP with AMT and does it apply to me, certified in 2012",
        "who signs my charting and when",
        "can MAs do x-rays and IVs in Florida",
        "how much do MAs make in Texas and Florida?",
    ] {
        let (answered, other) = answered_and_other(question);
        assert_eq!(other, None, "{question} was answered by {answered}");
    }
}
