//! What became of the questions, and why some stayed without an answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::time::Duration;

use mabel::sandbox::{Id, RecordedRequest, Remote};

use super::asking::Question;

/// Why a question stayed without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It was asked while she had no session, or was delivered to a process that was killed: Discord does not redeliver it.
    NoSession,
    /// It was a command, and its three seconds were over before an answer came through.
    TooLate,
    /// Discord refused the answer: a permission is missing.
    Refused,
    /// She tried, and gave up within the time an answer is worth.
    GivenUp,
    /// None of these: it is simply lost.
    Lost,
}

impl Why {
    /// Whether nothing can come of it any more.
    pub fn is_final(self) -> bool {
        matches!(self, Self::NoSession | Self::TooLate | Self::Refused)
    }

    fn name(self) -> &'static str {
        match self {
            Self::NoSession => "no session",
            Self::TooLate => "too late",
            Self::Refused => "refused",
            Self::GivenUp => "given up",
            Self::Lost => "LOST",
        }
    }
}

/// What was counted in a row.
#[derive(Default)]
pub struct Outcome {
    pub name: String,
    pub sent: usize,
    pub once: usize,
    pub twice: usize,
    pub lost: BTreeMap<Why, usize>,
    /// From what was done until a question asked afterwards was answered.
    pub again: Option<Duration>,
    /// The exit code and how long the end took, where it ended.
    pub ended: Option<(Option<i32>, Duration)>,
    /// What did not hold.
    pub broken: Vec<String>,
}

/// How often each question was answered.
pub fn answers(sandbox: &Remote, questions: &[Question]) -> HashMap<Id, usize> {
    let channels: BTreeSet<Id> = questions.iter().map(|question| question.channel).collect();
    let bot = sandbox.places().application;
    let mut answers = sandbox.world(|world| {
        let mut answers: HashMap<Id, usize> = HashMap::new();
        let own = channels.iter().flat_map(|channel| world.messages_in(*channel)).filter(|message| message.author_id == bot);
        for reference in own.filter_map(|message| message.reference) {
            *answers.entry(reference.message_id).or_default() += 1;
        }
        answers
    });
    for (id, command) in questions.iter().filter_map(|question| Some((question.id, question.command.as_ref()?))) {
        if let Some(response) = command.peek() {
            answers.insert(id, 1 + response.followups.len());
        }
    }
    answers
}

/// When a question was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Calm,
    /// While something was broken.
    Broken,
    /// While she may have been without a session.
    NoSession,
}

/// Why a question was not answered.
pub fn why(question: &Question, requests: &[RecordedRequest], asked: Moment) -> Why {
    let id = question.id.to_string();
    let tries = |request: &&RecordedRequest| {
        let replies = request.body["message_reference"]["message_id"] == id.as_str();
        replies || request.path.starts_with(&format!("/interactions/{id}/"))
    };
    let last = requests.iter().rfind(tries).map(|request| request.status);
    match last {
        Some(_) if question.command.is_some() => Why::TooLate,
        Some(400..=428 | 430..=499) => Why::Refused,
        Some(_) => Why::GivenUp,
        None if asked == Moment::NoSession => Why::NoSession,
        // She was stopped before the request went out.
        None if asked == Moment::Broken && question.command.is_some() => Why::TooLate,
        None => Why::Lost,
    }
}

impl Outcome {
    /// Counts.
    pub fn count(&mut self, sandbox: &Remote, questions: &[Question], asked: impl Fn(&Question) -> Moment) {
        let (answers, requests) = (answers(sandbox, questions), sandbox.requests());
        self.sent = questions.len();
        for question in questions {
            match answers.get(&question.id).copied().unwrap_or_default() {
                0 => *self.lost.entry(why(question, &requests, asked(question))).or_default() += 1,
                1 => self.once += 1,
                _ => self.twice += 1,
            }
        }
    }
}

/// The outcomes as a table in Markdown.
pub fn table(outcomes: &[Outcome]) -> String {
    let mut table = "| fault | questions | answered once | twice | lost | answers again, or ends |\n|---|---|---|---|---|---|\n".to_owned();
    for outcome in outcomes {
        let Outcome { name, sent, once, twice, lost, again, ended, broken } = outcome;
        let lost = lost.iter().map(|(why, count)| format!("{count} {}", why.name())).collect::<Vec<_>>().join(", ");
        let lost = if lost.is_empty() { "0".to_owned() } else { lost };
        let then = match (ended, again) {
            (Some((Some(code), after)), _) => format!("ends with {code} after {:.1} s", after.as_secs_f64()),
            (Some((None, after)), _) => format!("killed after {:.1} s", after.as_secs_f64()),
            (None, Some(again)) => format!("{:.1} s", again.as_secs_f64()),
            (None, None) => "never".to_owned(),
        };
        // Writing to text does not fail.
        let _ = writeln!(table, "| {name} | {sent} | {once} | {twice} | {lost} | {then} |");
        for fault in broken {
            let _ = writeln!(table, "  BROKEN: {fault}");
        }
    }
    table
}
