//! Who waits for what: each question from when it was due to the request that answers it.
//!
//! Pure: it is told what was asked and what was seen, with times, and knows no sandbox.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::mix::Way;
use crate::sandbox::{Id, RecordedRequest};

/// Who waits longer than that waits in vain.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// How many answers are remembered, to know when one comes a second time.
const REMEMBERED: usize = 50_000;
/// How many answers can be edited or pressed; the oldest go.
const AT_HAND: usize = 256;

/// What answers a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Awaited {
    /// The first response to an interaction.
    Response(Id),
    /// A reply to a message.
    Reply(Id),
    /// A change of the bot's message.
    Change(Id),
}

/// A question that was asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) way: Way,
    pub(super) person: Id,
    /// When it should have been put; it may have been later.
    pub(super) due: SystemTime,
    /// Whether it counts; the first ones warm up.
    pub(super) counts: bool,
}

/// What a request of the bot tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) at: SystemTime,
    pub(super) status: u16,
    pub(super) answers: Option<Awaited>,
    /// The message that came of it, where the request tells.
    pub(super) message: Option<Id>,
}

impl Seen {
    /// What of a request matters: what it answers, or that it was refused.
    pub(super) fn of(request: &RecordedRequest) -> Option<Self> {
        let id = |text: &str| text.parse::<Id>().ok();
        let of = |value: &Value| value.as_str().and_then(id);
        let parts: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
        let (answers, message) = match (request.method.as_str(), parts.as_slice()) {
            ("POST", ["interactions", interaction, _, "callback"]) => (id(interaction).map(Awaited::Response), None),
            ("POST", ["channels", _, "messages"]) => {
                (of(&request.body["message_reference"]["message_id"]).map(Awaited::Reply), of(&request.answer["id"]))
            }
            ("PATCH", ["channels", _, "messages", message]) => (id(message).map(Awaited::Change), id(message)),
            _ => (None, None),
        };
        let seen = Self { at: request.at, status: request.status, answers, message };
        (answers.is_some() || !seen.is_success()).then_some(seen)
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// A question by message that was answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Editable {
    pub(super) question: Id,
    pub(super) answer: Id,
    pub(super) person: Id,
}

/// An answer that may have buttons.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pressable {
    /// The interaction it answered, or the message itself.
    pub(super) answer: Answer,
    pub(super) person: Id,
}

/// Where an answer stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Of(Id),
    Message(Id),
}

/// What came of the questions that count.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) asked: u64,
    pub(super) lost: u64,
    pub(super) doubled: u64,
    /// Requests that were refused, by status; 0 for a connection that broke.
    pub(super) refused: BTreeMap<u16, u64>,
    /// From when a question was due to its answer.
    pub(super) times: BTreeMap<Way, Vec<Duration>>,
    /// By how much questions were put late: the generator's own fault.
    pub(super) late: Vec<Duration>,
}

impl Tally {
    pub(super) fn answered(&self) -> u64 {
        self.times.values().map(|times| times.len() as u64).sum()
    }
}

/// Who waits, who was answered, and what came of it.
#[derive(Debug, Default)]
pub(super) struct Book {
    open: HashMap<Awaited, Asked>,
    answered: HashMap<Awaited, Option<Id>>,
    in_order: VecDeque<Awaited>,
    /// Those that were given up; an answer that comes all the same is late, and no second one.
    given_up: HashSet<Awaited>,
    pub(super) editable: VecDeque<Editable>,
    pub(super) pressable: VecDeque<Pressable>,
    pub(super) tally: Tally,
}

impl Book {
    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.open.len()
    }

    /// A question was put at `now`.
    pub(super) fn ask(&mut self, awaits: Awaited, asked: Asked, now: SystemTime) {
        if asked.counts {
            self.tally.asked += 1;
            self.tally.late.push(now.duration_since(asked.due).unwrap_or_default());
        }
        self.open.insert(awaits, asked);
    }

    /// A request came.
    pub(super) fn see(&mut self, seen: Seen) {
        if !seen.is_success() {
            *self.tally.refused.entry(seen.status).or_default() += 1;
            return;
        }
        let Some(answers) = seen.answers else { return };
        let Some(asked) = self.open.remove(&answers) else { return self.see_again(answers, seen.message) };
        if asked.counts {
            self.tally.times.entry(asked.way).or_default().push(seen.at.duration_since(asked.due).unwrap_or_default());
        }
        self.remember(answers, seen.message);
        self.put_at_hand(answers, asked.person, seen.message);
    }

    /// An answer to what nobody waits for. The same message once more is no second one: its nonce was held to.
    fn see_again(&mut self, answers: Awaited, message: Option<Id>) {
        if self.given_up.remove(&answers) {
            return;
        }
        let doubled = match answers {
            Awaited::Change(_) => true,
            _ => self.answered.get(&answers).is_some_and(|first| *first != message),
        };
        self.tally.doubled += u64::from(doubled);
    }

    fn remember(&mut self, answers: Awaited, message: Option<Id>) {
        self.answered.insert(answers, message);
        self.in_order.push_back(answers);
        if self.in_order.len() > REMEMBERED
            && let Some(oldest) = self.in_order.pop_front()
        {
            self.answered.remove(&oldest);
        }
    }

    fn put_at_hand(&mut self, answers: Awaited, person: Id, message: Option<Id>) {
        let answer = match (answers, message) {
            (Awaited::Response(interaction), _) => Answer::Of(interaction),
            (Awaited::Reply(question), Some(answer)) => {
                push(&mut self.editable, Editable { question, answer, person });
                Answer::Message(answer)
            }
            _ => return,
        };
        push(&mut self.pressable, Pressable { answer, person });
    }

    /// Gives up on who waits too long.
    pub(super) fn give_up(&mut self, now: SystemTime) {
        let lost = |asked: &Asked| now.duration_since(asked.due).unwrap_or_default() > PATIENCE;
        for (awaited, asked) in self.open.extract_if(|_, asked| lost(asked)) {
            self.tally.lost += u64::from(asked.counts);
            self.given_up.insert(awaited);
        }
    }
}

fn push<T>(queue: &mut VecDeque<T>, item: T) {
    queue.push_back(item);
    if queue.len() > AT_HAND {
        queue.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const START: SystemTime = SystemTime::UNIX_EPOCH;

    fn at(milliseconds: u64) -> SystemTime {
        START + Duration::from_millis(milliseconds)
    }

    fn asked(way: Way) -> Asked {
        Asked { way, person: Id(1), due: START, counts: true }
    }

    fn seen(answers: Awaited, message: u64, milliseconds: u64) -> Seen {
        Seen { at: at(milliseconds), status: 200, answers: Some(answers), message: Some(Id(message)) }
    }

    #[test]
    fn an_answer_is_timed_from_when_the_question_was_due() {
        let mut book = Book::default();
        book.ask(Awaited::Reply(Id(5)), asked(Way::Mention), at(40));
        book.see(seen(Awaited::Reply(Id(5)), 6, 50));
        assert_eq!(book.tally.times[&Way::Mention], [Duration::from_millis(50)]);
        assert_eq!((book.tally.late.as_slice(), book.waiting()), ([Duration::from_millis(40)].as_slice(), 0));
        assert_eq!((book.editable.len(), book.pressable.len()), (1, 1));
    }

    #[test]
    fn a_second_answer_is_told_from_the_same_one_sent_again() {
        let mut book = Book::default();
        book.ask(Awaited::Reply(Id(5)), asked(Way::Mention), START);
        for message in [6, 6, 7] {
            book.see(seen(Awaited::Reply(Id(5)), message, 1));
        }
        assert_eq!((book.tally.answered(), book.tally.doubled), (1, 1));
        book.see(seen(Awaited::Change(Id(6)), 6, 2));
        assert_eq!(book.tally.doubled, 2, "nobody asked for that change");
    }

    #[test]
    fn who_is_not_answered_in_time_is_lost_and_what_warms_up_does_not_count() {
        let mut book = Book::default();
        book.ask(Awaited::Response(Id(5)), asked(Way::Slash), START);
        book.ask(Awaited::Response(Id(6)), Asked { counts: false, ..asked(Way::Slash) }, START);
        book.give_up(START + PATIENCE);
        assert_eq!((book.waiting(), book.tally.lost), (2, 0));
        book.give_up(at(10_001));
        assert_eq!((book.waiting(), book.tally.lost, book.tally.asked), (0, 1, 1));
        book.ask(Awaited::Change(Id(7)), asked(Way::Edit), START);
        book.give_up(at(10_001));
        book.see(seen(Awaited::Change(Id(7)), 7, 10_002));
        assert_eq!((book.tally.lost, book.tally.doubled), (2, 0), "an answer that is late is no second one");
    }

    #[test]
    fn what_was_refused_is_counted_and_answers_nothing() {
        let mut book = Book::default();
        book.ask(Awaited::Response(Id(5)), asked(Way::Slash), START);
        book.see(Seen { status: 404, ..seen(Awaited::Response(Id(5)), 0, 1) });
        assert_eq!((book.waiting(), book.tally.refused.get(&404)), (1, Some(&1)));
    }

    #[test]
    fn a_request_tells_what_it_answers() {
        let request = |method: &str, path: &str, status| RecordedRequest {
            at: START,
            method: method.to_owned(),
            path: path.to_owned(),
            route: "",
            query: String::new(),
            headers: Vec::new(),
            body: json!({ "message_reference": { "message_id": "5" } }),
            files: Vec::new(),
            status,
            answer: json!({ "id": "6" }),
        };
        let told = |method, path, status| Seen::of(&request(method, path, status)).map(|seen| (seen.answers, seen.message));
        assert_eq!(told("POST", "/interactions/9/token/callback", 204), Some((Some(Awaited::Response(Id(9))), None)));
        assert_eq!(told("POST", "/channels/1/messages", 200), Some((Some(Awaited::Reply(Id(5))), Some(Id(6)))));
        assert_eq!(told("PATCH", "/channels/1/messages/6", 200), Some((Some(Awaited::Change(Id(6))), Some(Id(6)))));
        assert_eq!(told("GET", "/users/@me", 200), None);
        assert_eq!(told("GET", "/users/@me", 500), Some((None, None)));
    }
}
