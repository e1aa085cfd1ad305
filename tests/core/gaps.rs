//! What is kept of questions that found no answer: nothing that could tell of a person, and enough to see what is missing.

use std::collections::BTreeMap;

use mabel::answer::{Outcome, Question, Reply};
use mabel::engine::Engine;

use crate::support::{ask, engine};

/// How samples of a kind fared.
#[derive(Debug, Default)]
struct Fared {
    all: usize,
    /// A guard spoke, so that nothing came to the filter.
    guarded: usize,
    /// The filter kept nothing.
    refused: usize,
    /// Words were kept, none of them personal.
    clean: usize,
    /// A personal word was kept.
    leaked: Vec<&'static str>,
}

/// What would be kept of a question if it found no answer.
fn kept(engine: &Engine, text: &str) -> Option<String> {
    engine.gap(&Question::new(text), &Reply::fixed(Outcome::NoMatch, engine.knowledge().texts.decline.clone()))
}

/// The samples: kind, text, words that must not be kept.
fn samples() -> impl Iterator<Item = (&'static str, &'static str, Vec<&'static str>)> {
    include_str!("../questions/personal.tsv").lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut fields = line.split('\t');
        let mut field = || fields.next().unwrap_or_else(|| panic!("a field is missing: {line}"));
        (field(), field(), field().split(',').collect())
    })
}

#[test]
fn next_to_nothing_personal_is_kept_of_a_question_that_tells_of_somebody() {
    let mut fared: BTreeMap<&str, Fared> = BTreeMap::new();
    for (kind, text, personal) in samples() {
        let fared = fared.entry(kind).or_default();
        fared.all += 1;
        if engine().stopped_by(&Question::new(text)).is_some() {
            fared.guarded += 1;
        }
        // Even where a guard speaks first, the filter must hold on its own.
        match kept(engine(), text) {
            None => fared.refused += 1,
            Some(words) if words.split(' ').any(|word| personal.contains(&word)) => fared.leaked.push(text),
            Some(_) => fared.clean += 1,
        }
    }
    for (kind, Fared { all, guarded, refused, clean, leaked }) in &fared {
        println!(
            "{kind:8} {all:3} samples: {refused:3} refused whole, {clean:2} kept without it, {} leaked {leaked:?}; {guarded} stopped by a guard",
            leaked.len()
        );
    }
    for (kind, Fared { all, refused, leaked, .. }) in &fared {
        assert!(*all >= 30, "{kind}: only {all} samples");
        // A name of nothing but ordinary words, or of a place that the knowledge knows, cannot be told from them.
        assert!(leaked.len() * 100 <= all * 8, "{kind}: {leaked:?}");
        assert!(*kind == "name" || leaked.is_empty(), "{kind}: {leaked:?}");
        assert!(refused * 100 >= all * 80, "{kind}: only {refused} of {all} are refused whole");
    }
}

/// How many of these texts leave words, and those that do not.
fn left<'text>(texts: impl IntoIterator<Item = &'text str>) -> (usize, usize, Vec<&'text str>) {
    let (mut all, mut lost) = (0, Vec::new());
    for text in texts {
        all += 1;
        if kept(engine(), text).is_none() {
            lost.push(text);
        }
    }
    (all - lost.len(), all, lost)
}

#[test]
fn most_questions_about_the_job_leave_words_if_they_find_no_answer() {
    let questions = include_str!("../questions/tuning.jsonl").lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let asked: Vec<String> = questions
        .filter(|question| question["kind"] == "answer")
        .map(|question| question["question"].as_str().unwrap().to_owned())
        .collect();
    let harmless = include_str!("../questions/harmless.txt").lines().filter(|line| !line.starts_with('#'));
    for (of, (left, all, lost)) in [("answered", left(asked.iter().map(String::as_str))), ("harmless", left(harmless))] {
        println!("{left} of {all} {of} questions leave words; not {lost:?}");
        assert!(left * 100 >= all * 85, "only {left} of {all} {of} questions");
    }
}

#[test]
fn only_what_nothing_else_spoke_to_is_a_gap() {
    let gap = |text: &str| {
        let question = Question::new(text);
        engine().gap(&question, &ask(text))
    };
    assert_eq!(gap("are the clinic curtains green upstairs").as_deref(), Some("clinic curtains green upstairs"));
    assert_eq!(gap("what do medical assistants earn in Texas"), None, "it is answered");
    assert_eq!(gap("my chest hurts, what should I do"), None, "a guard speaks");
    assert_eq!(gap("who won the baseball game"), None, "an aside speaks");
}
