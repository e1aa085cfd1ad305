//! What the tests share: the engine of the shipped knowledge, made once, and a fixed day.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use mabel::answer::{Question, Reply, View, plain};
use mabel::engine::Engine;

/// The day the tests live on, before any review date of the shipped knowledge.
pub(crate) const TODAY: Date = date(2026, 11, 21);

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::shipped().expect("the shipped knowledge loads").0);

/// The engine of the shipped knowledge.
pub(crate) fn engine() -> &'static Engine {
    &ENGINE
}

/// The reply to a question.
pub(crate) fn ask(question: &str) -> Reply {
    engine().answer(&Question::new(question), &View::on(TODAY))
}

/// The reply to a question as a reader sees it.
pub(crate) fn read(question: &str) -> String {
    plain::text(&ask(question))
}
