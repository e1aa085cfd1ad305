//! What the place brings along in which a question is asked: its home, and its topic.

use mabel::answer::{Outcome, Question, Reply, View};
use mabel::knowledge::{FacetId, TopicId, ValueId, Values};

use crate::support::{TODAY, ask, engine};

fn at_home(state: &str) -> View {
    let defaults = Values::from([(FacetId::from("state"), vec![ValueId::from(state)])]);
    View { defaults, ..View::on(TODAY) }
}

fn ask_in_ohio(question: &str) -> Reply {
    engine().answer(&Question::new(question), &at_home("OH"))
}

fn assumed(reply: &Reply) -> Vec<(&str, &str)> {
    reply.assumed.iter().map(|assumed| (assumed.facet.as_str(), assumed.value.as_str())).collect()
}

#[test]
fn a_question_that_names_no_state_is_answered_for_the_home_and_says_so() {
    for (question, begins) in [
        ("can MAs give injections", "Ohio: "),
        ("how much do medical assistants make", "Ohio: "),
        ("MA pay", "Ohio: "),
        ("what do MAs earn a year", "Ohio: "),
    ] {
        let reply = ask_in_ohio(question);
        assert!(reply.lead.starts_with(begins), "{question}: {}", reply.lead);
        assert_eq!(assumed(&reply), [("state", "Ohio")], "{question}");
    }
}

#[test]
fn a_named_state_or_city_goes_before_the_home() {
    for question in [
        "can MAs give injections in Texas",
        "MA pay in Texas",
        "how much do MAs make in Houston",
        "can an MA in texas or oklahoma give shots",
    ] {
        let reply = ask_in_ohio(question);
        assert_eq!(reply.lead, ask(question).lead, "{question}");
        assert_eq!(assumed(&reply), [], "{question}");
    }
}

#[test]
fn a_question_about_all_states_is_not_narrowed_to_the_home() {
    for question in [
        "how much do MAs make nationally",
        "median pay for medical assistants in the us",
        "average MA salary in the U.S.",
        "can MAs give injections in every state",
        "which states let MAs give injections",
        "what is the MA salary across the country",
        "which states pay MAs the most",
        "how many states require certification for MAs",
        "MA pay by state",
    ] {
        let reply = ask_in_ohio(question);
        assert_eq!(reply.lead, ask(question).lead, "{question}");
        assert_eq!(assumed(&reply), [], "{question}");
    }
}

#[test]
fn what_has_nothing_to_do_with_a_state_says_nothing_of_one() {
    for question in [
        "what does a medical assistant do",
        "how much is the CMA exam",
        "what was the median pay in 2018",
        "how much do MAs make in hospitals",
    ] {
        let reply = ask_in_ohio(question);
        assert_eq!((&reply.lead, assumed(&reply)), (&ask(question).lead, vec![]), "{question}");
    }
}

#[test]
fn an_answer_that_comes_back_by_a_button_still_says_what_it_took_for_granted() {
    let first = ask_in_ohio("MA pay");
    let again = engine().recall(first.entry.as_ref().unwrap(), &first.facets, &at_home("OH")).unwrap();
    assert_eq!((&again.lead, assumed(&again)), (&first.lead, assumed(&first)));
    // The home has moved meanwhile: the answer stays what it was.
    let moved = engine().recall(first.entry.as_ref().unwrap(), &first.facets, &at_home("TX")).unwrap();
    assert_eq!((moved.lead, moved.assumed), (first.lead, Vec::new()));
}

#[test]
fn a_bare_question_is_taken_for_the_topic_of_the_place() {
    let asked = |topic: &str| engine().answer(&Question::new("how much?"), &View { topic: Some(TopicId::from(topic)), ..View::on(TODAY) });
    assert_eq!(ask("how much?").outcome, Outcome::Clarify);
    assert_eq!(asked("pay").topic, Some(TopicId::from("pay")));
    assert_eq!(asked("certification").topic, Some(TopicId::from("certification")));
    assert_eq!(asked("skills").outcome, Outcome::Clarify, "a topic that is none of the choices changes nothing");
    // A clear question is answered wherever it is asked.
    let clear = engine().answer(&Question::new("what is the CMA?"), &View { topic: Some(TopicId::from("pay")), ..View::on(TODAY) });
    assert_eq!(clear.topic, Some(TopicId::from("certification")));
}
