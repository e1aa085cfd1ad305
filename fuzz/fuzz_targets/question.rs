//! Questions: any text gets a reply that keeps Discord's limits and repeats no ping; what is kept of it tells of nobody.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mabel::answer::{Question, View};
use mabel::discord::render::{self, Show};
use mabel::engine::Engine;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::shipped().expect("the knowledge in the program is whole").0);

fuzz_target!(|text: &str| {
    let question = Question::new(text);
    let reply = ENGINE.answer(&question, &View::on(jiff::civil::date(2026, 11, 21)));
    assert!(!reply.lead.is_empty());
    let body = render::message(&reply, &Show::PUBLIC);
    assert!(body.content.chars().count() <= 2000);
    for ping in ["@everyone", "@here", "<@"] {
        assert!(!body.content.contains(ping), "{ping} in {:?}", body.content);
    }
    if let Some(words) = ENGINE.gap(&question, &reply) {
        assert!(!words.chars().any(|letter| letter.is_numeric() || letter == '@'), "{words:?} is kept");
    }
});
