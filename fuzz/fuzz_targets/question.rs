//! Questions: any text gets a reply that keeps Discord's limits and repeats no ping, a guard that stops it speaks, and what is kept of it
//! tells of nobody. What stands behind an empty line is asked next, in the same conversation and in a server that is at home in Texas.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mabel::answer::{Earlier, Outcome, Question, Reply, View, plain};
use mabel::discord::payload::{CHOICE, CHOICES};
use mabel::engine::Engine;
use mabel::knowledge::{FacetId, ValueId};
use mabel_fuzz::renders;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::shipped().expect("the knowledge in the program is whole").0);

/// Longer conversations lean on one earlier reply, too.
const MOST_TURNS: usize = 3;

fuzz_target!(|text: &str| {
    let mut view = View::on(jiff::civil::date(2026, 11, 21));
    let mut earlier = None;
    for text in text.split("\n\n").take(MOST_TURNS) {
        let question = Question { earlier: earlier.take(), ..Question::new(text) };
        let reply = ENGINE.answer(&question, &view);
        is_fit(&question, &reply);
        earlier = reply.entry.map(|entry| Earlier { entry, facets: reply.facets });
        view.defaults = [(FacetId::from("state"), vec![ValueId::from("TX")])].into();
    }
    is_kept_bare(text);
    if let Some(reply) = ENGINE.overhear(text, &view) {
        assert!(matches!(reply.outcome, Outcome::Answer | Outcome::Safety), "{:?} to talk of others", reply.outcome);
        renders(&reply);
    }
    let suggested = ENGINE.suggest(text, None, CHOICES);
    assert!(suggested.len() <= CHOICES);
    assert!(suggested.iter().all(|choice| !choice.label.trim().is_empty()));
    let values = ENGINE.suggest_values(&FacetId::from("state"), text, CHOICES);
    assert!(values.len() <= CHOICES && values.iter().all(|(value, _)| value.as_str().len() <= CHOICE));
});

fn is_fit(question: &Question, reply: &Reply) {
    assert!(!reply.lead.as_str().trim().is_empty());
    assert!((0.0..=1.0).contains(&reply.confidence), "{}", reply.confidence);
    if let Some(guard) = ENGINE.stopped_by(question) {
        assert_eq!(reply.guard.as_ref(), Some(guard), "a guard stopped it and did not speak");
    }
    for id in reply.entry.iter().chain(reply.choices.iter().chain(&reply.related).map(|choice| &choice.entry)) {
        assert!(ENGINE.knowledge().entry(id.as_str()).is_some(), "{id} leads nowhere");
    }
    let said = plain::text(reply);
    assert!(!said.contains('\u{1b}') && !said.contains("<@") && !said.contains("@everyone"), "{said:?}");
    renders(reply);
}

/// What would be kept of the question, had it found no answer: some words in the order of the alphabet, without a number.
fn is_kept_bare(text: &str) {
    let declined = Reply::fixed(Outcome::NoMatch, ENGINE.knowledge().texts.decline.clone());
    let Some(words) = ENGINE.gap(&Question::new(text), &declined) else { return };
    assert!(words.chars().all(|letter| letter.is_alphabetic() || letter == ' '), "{words:?} is kept");
    let words: Vec<&str> = words.split(' ').collect();
    assert!(words.len() <= 12 && words.is_sorted() && words.iter().all(|word| !word.is_empty()), "{words:?}");
}
