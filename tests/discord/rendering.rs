//! What a reply looks like in Discord, to be read by people.

use mabel::answer::{Question, View};
use mabel::discord::render;

use crate::stage::{engine, today};

/// The message that answers a question, as it is sent.
fn rendered(question: &str) -> serde_json::Value {
    let reply = engine().get().answer(&Question::new(question), &View::on(today()));
    serde_json::to_value(render::message(&reply, None)).unwrap()
}

#[test]
fn an_answer_with_sources() {
    insta::assert_json_snapshot!(rendered("can MAs give shots"));
}

#[test]
fn an_answer_from_a_table() {
    insta::assert_json_snapshot!(rendered("MA pay in Texas"));
}

#[test]
fn a_question_back() {
    insta::assert_json_snapshot!(rendered("how much"));
}

#[test]
fn a_decline() {
    insta::assert_json_snapshot!(rendered("what is the weather like"));
}

#[test]
fn a_word_of_safety() {
    insta::assert_json_snapshot!(rendered("my chest hurts"));
}

#[test]
fn a_private_answer_that_can_be_posted() {
    let reply = engine().get().answer(&Question::new("MA pay"), &View::on(today()));
    insta::assert_json_snapshot!(serde_json::to_value(render::message(&reply, Some(1_318_500_000_000_000_000))).unwrap());
}
