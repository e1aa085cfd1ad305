//! Load: a bot in a process of its own, asked again and again, and what each answer took.
//!
//! ```text
//! crowd (a thread that keeps time) ─▶ loopback Discord ◀─ REST, gateway ─▶ program (the bot, its time and memory seen from outside)
//!     └──▶ book: who waits since when ◀── each request of the bot
//! ```
//!
//! At an even pace a question is due whether or not the one before was answered, and its time counts from when it was due: a bot that
//! stalls is charged for all who waited meanwhile. What is measured needs to answer one command that takes a text, mentions, edits and
//! buttons; nothing here knows which bot it is, so that a bare one can be measured beside Mabel.

mod book;
mod crowd;
mod figures;
mod mix;
mod program;
pub mod report;

use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant, SystemTime};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

pub use figures::{Figures, Memory, Times};
pub use mix::{Mix, Way};
pub use program::Program;

use crate::sandbox::{Clock, Options, Remote, Sandbox, SandboxError};
use book::Seen;
use crowd::{Crowd, Desk};
use figures::Growth;
use program::Running;

/// What a bot is put through.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In how many guilds it is; at least one.
    pub guilds: usize,
    /// How fast it is asked.
    pub pace: Pace,
    /// How many questions warm it up; they do not count.
    pub warm_up: u64,
    /// How many questions count.
    pub count: u64,
    /// In which ways.
    pub mix: Mix,
    /// What is asked, in turn.
    pub questions: Arc<[String]>,
}

/// How fast a bot is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// So many questions a second, answered or not.
    EverySecond(u32),
    /// As fast as it answers: so many questions wait at any time.
    AtOnce(usize),
}

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The sandbox could not be made or used.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// The bot's program does not run.
    #[error("cannot start {}", .program.display())]
    NotStarted {
        /// The program.
        program: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The bot ended.
    #[error("{name} ended while it was measured ({status})")]
    Ended {
        /// What it is called.
        name: String,
        /// How.
        status: ExitStatus,
    },
    /// The bot did not come up.
    #[error("{name} was not ready within {} seconds: it connects with all shards and registers a command that takes a text, or cannot be measured", READY.as_secs())]
    NotReady {
        /// What it is called.
        name: String,
    },
    /// Those who ask broke off.
    #[error("asking broke off: {0}")]
    BrokeOff(#[from] tokio::task::JoinError),
}

/// A shard has so many guilds. <https://docs.discord.com/developers/events/gateway#sharding>
const GUILDS_OF_SHARD: usize = 2500;
/// How long a bot may take until it is ready.
const READY: Duration = Duration::from_secs(180);
/// A bot has come to rest when it uses less of a processor than that for so long.
const REST: (f64, Duration) = (0.05, Duration::from_secs(1));
/// How often the bot is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// How many messages, interactions and requests the sandbox remembers: enough for edits and presses of answers at hand.
const REMEMBERED: usize = 5000;

/// Starts a bot in a Discord of its own, asks it as planned, and ends it.
///
/// # Errors
/// When it does not start, does not connect or does not stay.
pub async fn measure(plan: &Plan, program: &Program) -> Result<Figures, LoadError> {
    let sandbox = Sandbox::start(options(plan)).await?;
    let town = crowd::settle(&sandbox, plan.guilds);
    let mut bot = Running::start(program, &sandbox)?;
    let command = at_rest(&sandbox, &mut bot, plan, &program.name).await?;
    let desk = Arc::new(Desk::default());
    let watching = tokio::spawn(watch(sandbox.remote(), Arc::clone(&desk)));
    let crowd = Crowd::new(sandbox.remote(), Arc::clone(&desk), plan, town, command);
    let measured = Measuring { plan, desk: &desk, sandbox: &sandbox, bot: &mut bot }.measure(crowd, &program.name).await;
    watching.abort();
    drop(bot);
    sandbox.stop().await;
    measured
}

fn options(plan: &Plan) -> Options {
    let shards = u32::try_from(plan.guilds.div_ceil(GUILDS_OF_SHARD)).unwrap_or(u32::MAX);
    // Durations are taken between readings of it, so nothing may set it.
    let (begin, since) = (SystemTime::now(), Instant::now());
    let clock = Clock::from_fn(move || begin + since.elapsed());
    Options { shards, clock, record_limit: REMEMBERED, world_limit: REMEMBERED, ..Options::default() }
}

/// Notes what the bot sends.
async fn watch(remote: Remote, desk: Arc<Desk>) {
    let mut requests = remote.follow_requests();
    loop {
        let seen = requests.next(Seen::of).await;
        let mut book = desk.book();
        for seen in seen {
            book.see(seen);
        }
        desk.room.notify_all();
    }
}

/// Waits until a bot is connected with all its shards, has registered its commands and has nothing left to do at its start.
async fn at_rest(remote: &Remote, bot: &mut Running, plan: &Plan, name: &str) -> Result<(String, String), LoadError> {
    let begin = Instant::now();
    let (busy, window) = REST;
    let mut used = bot.process.cpu_seconds();
    loop {
        tokio::time::sleep(window).await;
        bot.check()?;
        let now = bot.process.cpu_seconds();
        let rests = used.zip(now).is_none_or(|(before, now)| now - before < busy * window.as_secs_f64());
        used = now;
        let connected = remote.sessions().iter().filter(|session| session.connected).count();
        if rests
            && connected >= plan.guilds.div_ceil(GUILDS_OF_SHARD)
            && let Some(command) = remote.world(crowd::command_for_a_text)
        {
            return Ok(command);
        }
        if begin.elapsed() > READY {
            return Err(LoadError::NotReady { name: name.to_owned() });
        }
    }
}

/// A bot that is ready to be asked.
struct Measuring<'run> {
    plan: &'run Plan,
    desk: &'run Arc<Desk>,
    sandbox: &'run Sandbox,
    bot: &'run mut Running,
}

impl Measuring<'_> {
    async fn measure(mut self, crowd: Crowd, name: &str) -> Result<Figures, LoadError> {
        let idle = self.bot.process.resident_bytes();
        let crowd = self.asked_by(crowd, self.plan.warm_up, None).await?;
        let (begin, before) = (Instant::now(), self.bot.process.cpu_seconds());
        let mut growth = idle.map(|idle| Growth::begin(self.plan.count, idle));
        self.asked_by(crowd, self.plan.count, Some(&mut growth)).await?;
        let (elapsed, after) = (begin.elapsed(), self.bot.process.cpu_seconds());
        let tally = std::mem::take(&mut self.desk.book().tally);
        let used = before.zip(after).map(|(before, after)| after - before);
        Ok(Figures::of((name, self.plan.guilds), tally, elapsed, used, growth.map(Growth::memory)))
    }

    /// Lets the crowd ask so many questions, and waits until all are answered or given up. They count where growth is looked at.
    async fn asked_by(&mut self, crowd: Crowd, count: u64, growth: Option<&mut Option<Growth>>) -> Result<Crowd, LoadError> {
        let (pace, counts, runtime) = (self.plan.pace, growth.is_some(), Handle::current());
        let mut crowd = crowd;
        let asking = tokio::task::spawn_blocking(move || {
            let asked = crowd.ask_all(&runtime, pace, count, counts);
            (crowd, asked)
        });
        let looked = self.look_until(&asking, growth).await;
        self.desk.over.store(looked.is_err(), Ordering::Relaxed);
        let (crowd, asked) = asking.await?;
        looked.and(asked)?;
        Ok(crowd)
    }

    /// Looks at the bot until all was asked and answered.
    async fn look_until<T>(&mut self, asking: &JoinHandle<T>, mut growth: Option<&mut Option<Growth>>) -> Result<(), LoadError> {
        loop {
            tokio::time::sleep(LOOK).await;
            self.bot.check()?;
            let (waiting, answered) = {
                let mut book = self.desk.book();
                book.give_up(self.sandbox.now());
                (book.waiting(), book.tally.answered())
            };
            if let Some((growth, bytes)) = growth.as_deref_mut().and_then(Option::as_mut).zip(self.bot.process.resident_bytes()) {
                growth.look(answered, bytes);
            }
            if asking.is_finished() && waiting == 0 {
                return Ok(());
            }
        }
    }
}
