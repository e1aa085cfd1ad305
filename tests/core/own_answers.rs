//! Answers of a place's own: found by who means them, and by nobody else.

use std::fs;
use std::sync::Arc;

use jiff::civil::date;
use mabel::answer::{Outcome, Question, Reply, View};
use mabel::own::{OwnAnswer, OwnAnswers};
use serde::Deserialize;

use crate::support::{TODAY, engine};

#[derive(Deserialize)]
struct Set {
    own: Vec<Own>,
}

#[derive(Deserialize)]
struct Own {
    question: String,
    ask: Vec<String>,
    means: Vec<String>,
}

fn path(name: &str) -> String {
    format!("{}/tests/questions/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn set() -> Vec<Own> {
    toml::from_str::<Set>(&fs::read_to_string(path("own.toml")).unwrap()).unwrap().own
}

fn own(id: u64, question: &str, ask: &[&str], answer: &str) -> OwnAnswer {
    let ask = ask.iter().map(|wording| (*wording).to_owned()).collect();
    OwnAnswer { id, question: question.to_owned(), ask, answer: answer.to_owned(), changed: date(2026, 11, 1) }
}

fn ready(answers: Vec<OwnAnswer>) -> Arc<OwnAnswers> {
    Arc::new(engine().own_answers(answers))
}

fn shipped_set() -> Arc<OwnAnswers> {
    let answers = (0..).zip(set()).map(|(id, own)| OwnAnswer {
        id,
        question: own.question,
        ask: own.ask,
        answer: "…".to_owned(),
        changed: date(2026, 11, 1),
    });
    ready(answers.collect())
}

fn ask(question: &str, own: &Arc<OwnAnswers>) -> Reply {
    engine().answer(&Question::new(question), &View { own: Some(Arc::clone(own)), ..View::on(TODAY) })
}

/// The questions of a set that are not for own answers.
fn others() -> Vec<String> {
    let labelled = ["tuning.jsonl", "heldout.jsonl"].map(|name| fs::read_to_string(path(name)).unwrap());
    let questions = labelled.iter().flat_map(|set| set.lines()).map(|line| {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        object["question"].as_str().unwrap().to_owned()
    });
    questions.collect()
}

#[test]
fn who_means_an_own_answer_gets_it_and_who_asks_mabel_gets_hers() {
    let known = shipped_set();
    let (mut right, mut wrong, mut all) = (0, Vec::new(), 0);
    for (id, own) in (0_u64..).zip(set()) {
        for question in own.means {
            all += 1;
            match ask(&question, &known).own {
                Some(mark) if mark.id == id => right += 1,
                Some(_) => wrong.push(question),
                None => {}
            }
        }
    }
    let others = others();
    let stolen: Vec<&String> = others.iter().filter(|question| ask(question, &known).own.is_some()).collect();
    println!("{right} of {all} found, {} answered by another, {} of {} others' questions taken", wrong.len(), stolen.len(), others.len());
    println!("by another: {wrong:#?}\ntaken: {stolen:#?}");
    assert!(right * 100 >= all * 80, "{right} of {all}");
    assert!(wrong.len() * 100 <= all * 2, "{wrong:#?}");
    assert!(stolen.len() * 200 <= others.len(), "{stolen:#?}");
}

#[test]
fn an_own_answer_is_said_as_it_stands_and_marked() {
    let known = ready(vec![own(7, "Where do I park?", &["student parking"], "Lot B, with a permit: https://example.org/park")]);
    let reply = ask("where do i park?", &known);
    assert_eq!((reply.outcome, reply.own.map(|mark| (mark.id, mark.changed))), (Outcome::Answer, Some((7, date(2026, 11, 1)))));
    assert_eq!(reply.lead, "Lot B, with a permit: https://example.org/park");
    assert!(reply.entry.is_none() && reply.sources.is_empty() && reply.disclaimer.is_none());
    assert!(ask("where do i park?", &ready(Vec::new())).own.is_none(), "it is seen elsewhere");
}

#[test]
fn what_the_knowledge_would_say_is_offered_below_an_own_answer_of_the_same_words() {
    let known = ready(vec![own(1, "Can a medical assistant give injections?", &[], "Not at our clinic.")]);
    let reply = ask("can a medical assistant give injections", &known);
    assert_eq!(reply.lead, "Not at our clinic.");
    assert_eq!(reply.related[0].entry.as_str(), "scope.injections");
    // Asked about something else, the knowledge answers.
    assert!(ask("can medical assistants draw blood", &known).own.is_none());
}

#[test]
fn an_own_answer_for_one_state_is_not_given_for_another() {
    let known = ready(vec![own(1, "Who is our contact in Ohio?", &[], "Ann.")]);
    assert_eq!(ask("who is our contact in ohio", &known).lead, "Ann.");
    assert!(ask("who is our contact in texas", &known).own.is_none());
}

#[test]
fn no_own_answer_goes_before_a_guard() {
    for question in [
        "my chest hurts, what should I do",
        "i want to kill myself",
        "what dose of ibuprofen should i take",
        "my friend is suicidal what do i do",
    ] {
        let known = ready(vec![own(1, question, &[], "Never mind.")]);
        assert!(ask(question, &known).own.is_none(), "{question}");
    }
}
