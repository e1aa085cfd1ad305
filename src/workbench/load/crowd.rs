//! Those who ask: people in every guild, one after another, in the ways of a mix.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use serde_json::json;
use tokio::runtime::Handle;

use super::book::{Answer, Asked, Awaited, Book, Editable, Pressable};
use super::mix::{Turns, Way};
use super::{LoadError, Pace, Plan};
use crate::sandbox::{Id, Remote, World};

/// How many people there are; each is in many guilds.
const PEOPLE: usize = 64;
/// How many of them are in each guild.
const MEMBERS: usize = 3;
/// A number without a common factor with most numbers of guilds: neighbours in time are far apart.
const STRIDE: usize = 7919;
/// The style of buttons that take something away. <https://docs.discord.com/developers/components/reference#button-button-styles>
const DANGER: u8 = 4;
/// How often one who waits for room looks whether all is over.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// The book, between who asks and who watches.
#[derive(Debug, Default)]
pub(super) struct Desk {
    book: Mutex<Book>,
    /// Rung when somebody was answered.
    pub(super) room: Condvar,
    /// Set when nobody is to ask any more.
    pub(super) over: AtomicBool,
}

impl Desk {
    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The people and what they ask.
#[derive(Debug)]
pub(super) struct Crowd {
    remote: Remote,
    desk: Arc<Desk>,
    /// A channel of each guild.
    channels: Vec<Id>,
    people: Vec<Id>,
    /// A command that takes a text, and the option that takes it.
    command: (String, String),
    questions: Arc<[String]>,
    turns: Turns,
    asked: usize,
}

/// Makes guilds, and people in them; gives a channel of each guild and the people. The guild that is there from the start is the first.
pub(super) fn settle(remote: &Remote, guilds: usize) -> (Vec<Id>, Vec<Id>) {
    let people: Vec<Id> = (0..PEOPLE).map(|number| remote.add_user(&format!("person-{number}"))).collect();
    let first = (remote.places().guild, remote.places().general);
    let more = (1..guilds).map(|number| remote.add_guild(&format!("Guild {number}")));
    let channels = std::iter::once(first).chain(more).enumerate().map(|(number, (guild, channel))| {
        members(&people, number).for_each(|person| remote.join(guild, person, &[]));
        channel
    });
    (channels.collect(), people)
}

fn members(people: &[Id], guild: usize) -> impl Iterator<Item = Id> {
    people.iter().copied().cycle().skip(guild * MEMBERS % PEOPLE).take(MEMBERS)
}

/// The first command that asks for nothing but a text, and the option for it.
pub(super) fn command_for_a_text(world: &World) -> Option<(String, String)> {
    world.commands().filter(|command| command.kind == 1).find_map(|command| {
        let options = command.json["options"].as_array()?;
        let option = options.first().filter(|option| option["type"] == 3 && option["required"] == true)?;
        let alone = options.iter().skip(1).all(|option| option["required"] != true);
        alone.then(|| Some((command.name.clone(), option["name"].as_str()?.to_owned())))?
    })
}

impl Crowd {
    pub(super) fn new(
        remote: Remote,
        desk: Arc<Desk>,
        plan: &Plan,
        (channels, people): (Vec<Id>, Vec<Id>),
        command: (String, String),
    ) -> Self {
        Self { remote, desk, channels, people, command, questions: Arc::clone(&plan.questions), turns: plan.mix.turns(), asked: 0 }
    }

    /// Asks so many questions at that pace, from a thread of its own: it sleeps and wakes more exactly than a task does.
    pub(super) fn ask_all(&mut self, runtime: &Handle, pace: Pace, count: u64, counts: bool) -> Result<(), LoadError> {
        let begin = self.remote.now();
        for number in 0..count {
            let due = match pace {
                Pace::EverySecond(rate) => self.wait_until(begin, number, rate),
                Pace::AtOnce(most) => self.wait_for_room(most),
            };
            if self.desk.over.load(Ordering::Relaxed) {
                break;
            }
            self.ask(runtime, due, counts)?;
        }
        Ok(())
    }

    /// Sleeps until the question of that number is due; gives when that was.
    fn wait_until(&self, begin: SystemTime, number: u64, rate: u32) -> SystemTime {
        let due = begin + Duration::from_nanos(number.saturating_mul(1_000_000_000) / u64::from(rate.max(1)));
        if let Ok(left) = due.duration_since(self.remote.now()) {
            std::thread::sleep(left);
        }
        due
    }

    /// Waits until fewer than so many wait for an answer.
    fn wait_for_room(&self, most: usize) -> SystemTime {
        let mut book = self.desk.book();
        while book.waiting() >= most && !self.desk.over.load(Ordering::Relaxed) {
            book = self.desk.room.wait_timeout(book, LOOK_AGAIN).unwrap_or_else(PoisonError::into_inner).0;
        }
        self.remote.now()
    }

    /// Asks once, in the way whose turn it is; by command where there is nothing to edit or press.
    fn ask(&mut self, runtime: &Handle, due: SystemTime, counts: bool) -> Result<(), LoadError> {
        let way = self.turns.next();
        self.asked += 1;
        let desk = Arc::clone(&self.desk);
        // Held over the act: the answer may be there before the act has told what it awaits.
        let mut book = desk.book();
        let followed = match way {
            Way::Edit => self.edit(&mut book, runtime),
            Way::Button => self.press(&mut book, runtime),
            Way::Slash | Way::Mention => None,
        };
        let (way, person, awaits) = match (followed, way) {
            (Some((person, awaits)), way) => (way, person, awaits),
            (None, Way::Mention) => self.mention(runtime)?,
            (None, _) => self.slash(runtime)?,
        };
        book.ask(awaits, Asked { way, person, due, counts }, self.remote.now());
        Ok(())
    }

    fn slash(&self, runtime: &Handle) -> Result<(Way, Id, Awaited), LoadError> {
        let (channel, person) = self.place();
        let (command, option) = &self.command;
        let handle = runtime.block_on(self.remote.slash(person, channel, command, json!({ option: self.question() })))?;
        Ok((Way::Slash, person, Awaited::Response(handle.id)))
    }

    fn mention(&self, runtime: &Handle) -> Result<(Way, Id, Awaited), LoadError> {
        let (channel, person) = self.place();
        let text = format!("<@{}> {}", self.remote.places().application, self.question());
        let message = runtime.block_on(self.remote.post(channel, person, &text))?;
        Ok((Way::Mention, person, Awaited::Reply(message.id)))
    }

    /// Edits the question that was answered longest ago; none if there is none.
    fn edit(&self, book: &mut Book, runtime: &Handle) -> Option<(Id, Awaited)> {
        let Editable { question, answer, person } = book.editable.pop_front()?;
        let text = format!("<@{}> {}", self.remote.places().application, self.question());
        runtime.block_on(self.remote.edit(person, question, &text)).ok()?;
        Some((person, Awaited::Change(answer)))
    }

    /// Presses the first button that takes nothing away, under the oldest answer that has one.
    fn press(&self, book: &mut Book, runtime: &Handle) -> Option<(Id, Awaited)> {
        while let Some(Pressable { answer, person }) = book.pressable.pop_front() {
            let button = self.remote.world(|world| button_of(world, answer));
            let pressed = button.map(|(message, custom_id)| runtime.block_on(self.remote.press(person, message, &custom_id)));
            if let Some(Ok(handle)) = pressed {
                return Some((person, Awaited::Response(handle.id)));
            }
        }
        None
    }

    /// Where and by whom the next question is asked.
    fn place(&self) -> (Id, Id) {
        let guild = self.asked.wrapping_mul(STRIDE) % self.channels.len().max(1);
        let person = members(&self.people, guild).nth(self.asked % MEMBERS);
        (self.channels.get(guild).copied().unwrap_or_default(), person.unwrap_or_default())
    }

    fn question(&self) -> &str {
        self.questions.get(of_many(self.asked, self.questions.len())).map_or("?", String::as_str)
    }
}

/// Which of so many questions is asked at that turn: as people ask, the n-th an n-th as often as the first (Zipf's law), and the same in
/// every run. Asked in turn, the last pictures drawn would never be asked for again.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of questions")]
fn of_many(turn: usize, questions: usize) -> usize {
    // The fractions of the multiples of the golden ratio are spread evenly, and no two neighbours are near each other.
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let even = (turn as f64 * GOLDEN).fract();
    ((questions.max(1) + 1) as f64).powf(even) as usize - 1
}

/// The message of an answer, and the first button under it that takes nothing away.
fn button_of(world: &World, answer: Answer) -> Option<(Id, String)> {
    let message = match answer {
        Answer::Of(interaction) => world.interaction(interaction)?.original_id?,
        Answer::Message(message) => message,
    };
    let controls = world.message(message)?.controls();
    let button = controls.into_iter().find(|control| control["type"] == 2 && control["style"] != DANGER && control["disabled"] != true)?;
    Some((message, button["custom_id"].as_str()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_questions_are_asked_far_more_often_than_others_and_each_at_some_time() {
        let mut times = [0; 100];
        for turn in 0..100_000 {
            times[of_many(turn, 100)] += 1;
        }
        assert!(times.iter().all(|times| *times > 100), "{times:?}");
        assert!((14_000..16_500).contains(&times[0]) && (7_500..10_000).contains(&times[1]), "{times:?}");
        assert_eq!((of_many(7, 1), of_many(7, 0)), (0, 0));
    }

    #[test]
    fn the_same_people_are_in_a_guild_whenever_it_is_asked_in() {
        let people: Vec<Id> = (0..64).map(Id).collect();
        assert_eq!(members(&people, 21).collect::<Vec<_>>(), [Id(63), Id(0), Id(1)]);
        assert_eq!(members(&people, 21 + 64).collect::<Vec<_>>(), [Id(63), Id(0), Id(1)]);
    }
}
