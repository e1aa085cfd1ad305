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
pub(in crate::discord) const MOST: usize = 50;
/// The most other ways to ask one.
pub(in crate::discord) const MOST_WORDINGS: usize = 20;
/// The most characters of an answer: as many as the detail of an answer of the knowledge.
pub(super) const ANSWER: usize = DETAIL;
/// The most characters of a question, and of each other way to ask it.
pub(super) const QUESTION: usize = 200;
/// As many characters of a wording are shown in what is said of it.
const SHOWN: usize = 120;
/// As many warnings are told.
const MOST_WARNINGS: usize = 5;

/// What a curator wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::discord) struct Draft {
    /// The question.
    pub(in crate::discord) question: String,
    /// Other ways to ask it.
    pub(in crate::discord) ask: Vec<String>,
    /// The answer.
    pub(in crate::discord) answer: String,
}

/// A part of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::discord) enum Part {
    /// The question.
    Question,
    /// Another way to ask it.
    Ask,
    /// The answer.
    Answer,
}

/// Why a draft cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::discord) enum Flaw {
    /// Nothing stands there.
    Empty(Part),
    /// It has `length` characters, and `most` are allowed.
    TooLong {
        /// Where.
        part: Part,
        /// So many are allowed.
        most: usize,
        /// So many there are.
        length: usize,
    },
    /// It would ping people, roles or everyone, if Mabel let it.
    Pings(Part),
    /// There are too many other ways to ask it.
    TooManyWordings,
    /// That wording holds no word to go by.
    SaysNothing(String),
    /// A guard stops every wording.
    AlwaysStopped,
}

impl Part {
    /// What the field of the form is called.
    fn named(self, texts: Texts) -> String {
        match self {
            Self::Question => texts.own_question(),
            Self::Ask => texts.own_wordings(),
            Self::Answer => texts.own_answer(),
        }
    }
}

impl Flaw {
    /// It in words.
    pub(super) fn said(&self, texts: Texts) -> String {
        match self {
            Self::Empty(part) => texts.own_empty(&part.named(texts)),
            Self::TooLong { part, most, length } => texts.own_too_long(&part.named(texts), *most, *length),
            Self::Pings(part) => texts.own_pings(&part.named(texts)),
            Self::TooManyWordings => texts.own_too_many_wordings(MOST_WORDINGS),
            Self::SaysNothing(wording) => texts.own_says_nothing(&shown(wording)),
            Self::AlwaysStopped => texts.own_always_stopped(),
        }
    }
}

impl Draft {
    /// What was written, without empty wordings and the white space around.
    pub(in crate::discord) fn new<'text>(question: &str, ask: impl IntoIterator<Item = &'text str>, answer: &str) -> Self {
        let ask = ask.into_iter().map(one_line).filter(|line| !line.is_empty()).collect();
        Self { question: one_line(question), ask, answer: answer.trim().to_owned() }
    }

    /// The question and all other ways to ask it.
    fn wordings(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.question).chain(&self.ask)
    }

    /// Why it cannot be taken; empty if it can.
    pub(in crate::discord) fn flaws(&self, engine: &Engine) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let parts = [(Part::Question, &self.question, QUESTION), (Part::Answer, &self.answer, ANSWER)];
        let ask = self.ask.iter().map(|wording| (Part::Ask, wording, QUESTION));
        for (part, text, most) in parts.into_iter().chain(ask) {
            let length = text.chars().count();
            if length == 0 {
                flaws.push(Flaw::Empty(part));
            } else if length > most {
                flaws.push(Flaw::TooLong { part, most, length });
            }
            if pings(text) {
                flaws.push(Flaw::Pings(part));
            }
        }
        if self.ask.len() > MOST_WORDINGS {
            flaws.push(Flaw::TooManyWordings);
        }
        flaws.dedup();
        if flaws.is_empty() {
            flaws.extend(self.wordings().filter(|wording| !engine.reads(wording)).cloned().map(Flaw::SaysNothing));
            if flaws.is_empty() && self.wordings().all(|wording| engine.is_stopped(wording)) {
                flaws.push(Flaw::AlwaysStopped);
            }
        }
        flaws.truncate(MOST_WARNINGS);
        flaws
    }

    /// What a curator should know of it. `others` are the server's other own answers.
    pub(super) fn warnings(&self, engine: &Engine, others: &OwnAnswers, view: &View, texts: Texts) -> Vec<String> {
        let warnings = self.wordings().filter_map(|wording| {
            if engine.is_stopped(wording) {
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

/// Whether a text would ping people, roles or everyone, if Mabel let it.
fn pings(text: &str) -> bool {
    ["@everyone", "@here", "<@"].iter().any(|ping| text.contains(ping))
}

fn shown(text: &str) -> String {
    escape(&cut(text, SHOWN))
}
