//! Whether an own answer can be taken, and what a curator should know of it.
//!
//! The lengths are those of the knowledge. What is refused would never be seen, or would ping people; what is only told of is for the
//! curator to weigh: a guard that speaks first, a wording that another answer is asked by.

use crate::answer::{Outcome, Question, View};
use crate::check::DETAIL;
use crate::discord::markdown::{cut, escape, one_line};
use crate::discord::texts::Texts;
use crate::engine::Engine;
use crate::own::{MUCH_ALIKE, OwnAnswers};

/// The most own answers of a server.
pub(super) const MOST: usize = 50;
/// The most other ways to ask one.
const MOST_WORDINGS: usize = 20;
/// The most characters of an answer: as many as the detail of an answer of the knowledge.
pub(super) const ANSWER: usize = DETAIL;
/// The most characters of a question, and of each other way to ask it.
pub(super) const QUESTION: usize = 200;
/// As many characters of a wording are shown in what is said of it.
const SHOWN: usize = 120;
/// As many warnings are told.
const MOST_WARNINGS: usize = 5;

/// What a curator filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    /// The question.
    pub(super) question: String,
    /// Other ways to ask it.
    pub(super) ask: Vec<String>,
    /// The answer.
    pub(super) answer: String,
}

impl Draft {
    /// What was filled in, without empty lines and the white space around.
    pub(super) fn new(question: &str, ask: &str, answer: &str) -> Self {
        let ask = ask.lines().map(one_line).filter(|line| !line.is_empty()).collect();
        Self { question: one_line(question), ask, answer: answer.trim().to_owned() }
    }

    /// The question and all other ways to ask it.
    fn wordings(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.question).chain(&self.ask)
    }

    /// Why it cannot be taken, in words; empty if it can.
    pub(super) fn faults(&self, engine: &Engine, texts: Texts) -> Vec<String> {
        let mut faults = Vec::new();
        let fields = [(texts.own_question(), &self.question, QUESTION), (texts.own_answer(), &self.answer, ANSWER)];
        let ask = self.ask.iter().map(|wording| (texts.own_wordings(), wording, QUESTION));
        for (field, text, most) in fields.into_iter().chain(ask) {
            let length = text.chars().count();
            if length == 0 {
                faults.push(texts.own_empty(&field));
            } else if length > most {
                faults.push(texts.own_too_long(&field, most, length));
            }
            if pings(text) {
                faults.push(texts.own_pings(&field));
            }
        }
        if self.ask.len() > MOST_WORDINGS {
            faults.push(texts.own_too_many_wordings(MOST_WORDINGS));
        }
        faults.dedup();
        if faults.is_empty() {
            let silent = self.wordings().filter(|wording| !engine.reads(wording));
            faults.extend(silent.map(|wording| texts.own_says_nothing(&shown(wording))));
            if faults.is_empty() && self.wordings().all(|wording| is_stopped(engine, wording)) {
                faults.push(texts.own_always_stopped());
            }
        }
        faults.truncate(MOST_WARNINGS);
        faults
    }

    /// What a curator should know of it. `others` are the server's other own answers.
    pub(super) fn warnings(&self, engine: &Engine, others: &OwnAnswers, view: &View, texts: Texts) -> Vec<String> {
        let warnings = self.wordings().filter_map(|wording| {
            if is_stopped(engine, wording) {
                return Some(texts.own_stopped(&shown(wording)));
            }
            if let Some(like) = engine.nearest_own(others, wording).filter(|like| like.likeness >= MUCH_ALIKE) {
                return Some(texts.own_like_own(&shown(wording), &shown(&like.answer.question)));
            }
            let plain = View { own: None, ..view.clone() };
            let reply = engine.answer(&Question::new(wording.as_str()), &plain);
            let question = reply.question.filter(|_| reply.outcome == Outcome::Answer)?;
            Some(texts.own_like_mabels(&shown(wording), &shown(&question)))
        });
        warnings.take(MOST_WARNINGS).collect()
    }
}

fn is_stopped(engine: &Engine, wording: &str) -> bool {
    let reply = engine.answer(&Question::new(wording), &View::on(jiff::civil::Date::ZERO));
    reply.guard.is_some()
}

/// Whether a text would ping people, roles or everyone, if Mabel let it.
fn pings(text: &str) -> bool {
    ["@everyone", "@here", "<@"].iter().any(|ping| text.contains(ping))
}

fn shown(text: &str) -> String {
    escape(&cut(text, SHOWN))
}
