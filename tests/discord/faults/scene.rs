//! A row as it runs: the program, its Discord, and people who ask.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use mabel::sandbox::{Clock, GatewayFault, Id, Options, RecordedEvent, Remote, Sandbox};
use sqlx::{Connection, SqliteConnection, query_scalar};
use tempfile::TempDir;

use super::asking::{Asking, Question};
use super::relay::Relay;
use super::tally::{Moment, Outcome, Why, answers, why};
use super::{Fault, Holds, Scale};
use crate::program::{KNOWLEDGE, Program};
use crate::server::Schema;

/// A start takes no longer, even on a busy machine.
const START: Duration = Duration::from_secs(60);
/// What is under way is answered by then: the longest pause that the rows make Discord ask for is shorter.
const SETTLED: Duration = Duration::from_secs(45);
/// An answer takes no longer: what was delivered before a process was killed may have been in its hands for so long.
pub const IN_HAND: Duration = Duration::from_millis(500);
/// Stopping takes less than this.
pub const STOP: Duration = Duration::from_secs(8);

/// How the program is started.
pub struct Launch {
    pub options: Options,
    pub variables: Vec<(&'static str, String)>,
    /// A line of a shell before the program takes its place.
    pub first: &'static str,
    /// By how many seconds Discord's clock is ahead of the computer's.
    clock_ahead: Arc<AtomicI64>,
}

impl Launch {
    fn new() -> Self {
        let clock_ahead = Arc::new(AtomicI64::new(0));
        let ahead = Arc::clone(&clock_ahead);
        let clock = Clock::from_fn(move || shifted(SystemTime::now(), ahead.load(Ordering::Relaxed)));
        let options = Options { record_limit: 1_000_000, clock, ..Options::default() };
        let names = ["MABEL_LIMITS__PER_USER", "MABEL_LIMITS__PER_CHANNEL", "MABEL_LIMITS__PER_GUILD", "MABEL_LIMITS__REPEAT_SECONDS"];
        let variables = names.map(|name| (name, "0".to_owned())).to_vec();
        Self { options, variables, first: ":", clock_ahead }
    }
}

/// A running row.
pub struct Scene {
    pub sandbox: Sandbox,
    pub program: Option<Program>,
    /// Holds her knowledge and her database.
    pub folder: TempDir,
    pub clock_ahead: Arc<AtomicI64>,
    /// The way to the database server, where it is on one.
    pub relay: Option<Relay>,
    schema: Option<Schema>,
    launch: Launch,
    /// The ends of processes that were ended on purpose.
    ends: Vec<(Option<i32>, String)>,
}

impl Scene {
    async fn set(launch: Launch, schema: Option<Schema>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relay = match &schema {
            Some(schema) => Some(Relay::open(&schema.address()).await),
            None => None,
        };
        copy(Path::new(KNOWLEDGE), &folder.path().join("knowledge"));
        let sandbox = Sandbox::start(launch.options.clone()).await.unwrap();
        let clock_ahead = Arc::clone(&launch.clock_ahead);
        let mut scene = Self { sandbox, program: None, folder, clock_ahead, relay, schema, launch, ends: Vec::new() };
        scene.start();
        scene
    }

    /// Her database.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("mabel.db")
    }

    /// Starts the program, with what it had before.
    pub fn start(&mut self) {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{}; exec \"$@\"", self.launch.first), "sh", env!("CARGO_BIN_EXE_mabel")]);
        command.arg("--knowledge").arg(self.folder.path().join("knowledge")).arg("run").env_clear();
        command.env("DISCORD_TOKEN", self.sandbox.token()).env("MABEL_DISCORD__API_BASE", self.sandbox.base_url());
        let file = || format!("sqlite://{}", self.database().display());
        command.env("MABEL_DATABASE__URL", self.relay.as_ref().map_or_else(file, |relay| relay.address.clone()));
        command.env("MABEL_LOG__LEVEL", "info").envs(self.launch.variables.iter().map(|(name, value)| (name, value)));
        self.program = Some(Program::start(command));
    }

    /// Waits until she is connected; what does not hold then shows by itself.
    pub async fn connected(&self) -> bool {
        self.sandbox.connected(START).await.is_ok()
    }

    /// Ends the program with a signal.
    pub async fn end(&mut self, signal: &str) {
        let program = self.program.take().unwrap();
        program.signal(signal);
        self.ends.push(program.ended_within(STOP).await.unwrap_or_else(|log| (Some(-1), log)));
    }

    /// Orders a fault of the gateway.
    pub fn gateway(&self, fault: &GatewayFault) {
        self.sandbox.gateway_fault(fault);
    }

    fn channels(&self) -> Vec<Id> {
        let at = self.sandbox.places();
        vec![at.general, at.clinic_questions]
    }

    /// When she last became ready, if that was after `time`.
    fn ready_since(&self, time: SystemTime) -> Option<SystemTime> {
        let ready = |event: &&RecordedEvent| event.name.as_deref() == Some("READY");
        self.sandbox.events().iter().rfind(ready).map(|event| event.at).filter(|at| *at > time)
    }
}

/// Runs a row; none where what it needs is not here.
pub async fn run(row: Fault, scale: Scale) -> Option<Outcome> {
    let mut launch = Launch::new();
    (row.prepare)(&mut launch);
    let schema = if row.needs_server { Some(Schema::new().await?) } else { None };
    let mut scene = Scene::set(launch, schema).await;
    let mut outcome = Outcome { name: row.name.clone(), ..Outcome::default() };
    if !scene.connected().await {
        scene.end("KILL").await;
        outcome.broken.push(format!("it did not start:\n{}", scene.ends[0].1));
        return Some(outcome);
    }
    let asking = Asking::begin(&scene.sandbox, scene.channels(), scale.every);
    tokio::time::sleep(scale.around).await;
    let (struck, time) = (Instant::now(), SystemTime::now());
    (row.strike)(&mut scene).await;
    let done = SystemTime::now();
    match row.holds {
        Holds::Ends { within, code } => ends(&mut scene, &mut outcome, struck, within * scale.slack, code).await,
        Holds::GoesOn { within, loses } => {
            goes_on(&scene, &mut outcome, &asking, within * scale.slack).await;
            tokio::time::sleep(scale.around).await;
            asking.stop();
            let (broken, apart) = (time - IN_HAND..=done, scene.ready_since(time).map(|ready| time - IN_HAND..=ready));
            let asked = |question: &Question| match &apart {
                Some(apart) if apart.contains(&question.time) => Moment::NoSession,
                _ if broken.contains(&question.time) => Moment::Broken,
                _ => Moment::Calm,
            };
            let questions = settled(&scene.sandbox, &asking, asked).await;
            outcome.count(&scene.sandbox, &questions, asked);
            scene.end("TERM").await;
            judge(&scene, &mut outcome, loses, scale);
            if !scene.ends.iter().any(|(_, log)| log.contains(row.says)) {
                outcome.broken.push(format!("its log should say {:?}", row.says));
            }
            if row.keeps_links {
                links_are_kept(&scene, &mut outcome, &questions).await;
            }
        }
    }
    asking.stop();
    if let Some(schema) = scene.schema.take() {
        schema.drop().await;
    }
    Some(outcome)
}

/// Waits until a question that was asked after what was done is answered.
async fn goes_on(scene: &Scene, outcome: &mut Outcome, asking: &Asking, within: Duration) {
    let done = Instant::now();
    while done.elapsed() < within {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let mut questions = asking.questions();
        questions.retain(|question| question.at >= done);
        if answers(&scene.sandbox, &questions).keys().any(|id| questions.iter().any(|question| question.id == *id)) {
            outcome.again = Some(done.elapsed());
            return;
        }
    }
    outcome.broken.push(format!("no answer came within {} s", within.as_secs_f64()));
}

/// Waits until all that was asked is answered, or can be no more.
pub async fn settled(sandbox: &Remote, asking: &Asking, asked: impl Fn(&Question) -> Moment) -> Vec<Question> {
    let (begin, questions) = (Instant::now(), asking.questions());
    let mut left = questions.clone();
    while begin.elapsed() < SETTLED && !left.is_empty() {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let answers = answers(sandbox, &left);
        left.retain(|question| !answers.contains_key(&question.id));
        if !left.is_empty() {
            let requests = sandbox.requests();
            left.retain(|question| !why(question, &requests, asked(question)).is_final());
        }
    }
    questions
}

fn judge(scene: &Scene, outcome: &mut Outcome, loses: &[Why], scale: Scale) {
    if outcome.twice > 0 {
        outcome.broken.push(format!("{} questions were answered twice", outcome.twice));
    }
    for (why, count) in &outcome.lost {
        if !loses.contains(why) && (*why != Why::TooLate || scale.slack == 1) {
            outcome.broken.push(format!("{count} questions were not answered: {why:?}"));
        }
    }
    for (code, log) in &scene.ends {
        if !matches!(code, Some(0) | None) {
            outcome.broken.push(format!("told to stop, it ended with {code:?}:\n{log}"));
        }
        if log.contains("panicked") {
            outcome.broken.push(format!("it panicked:\n{log}"));
        }
    }
    if !outcome.broken.is_empty() {
        let log = scene.ends.last().map(|(_, log)| log.as_str()).unwrap_or_default();
        outcome.broken.push(format!("its log:\n{log}"));
    }
}

async fn links_are_kept(scene: &Scene, outcome: &mut Outcome, questions: &[Question]) {
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", scene.database().display())).await.unwrap();
    let linked: i64 = query_scalar("SELECT COUNT(*) FROM link").fetch_one(&mut database).await.unwrap();
    let answered = answers(&scene.sandbox, questions).len();
    if usize::try_from(linked).unwrap() < answered {
        outcome.broken.push(format!("{answered} answers were given and {linked} are linked"));
    }
}

async fn ends(scene: &mut Scene, outcome: &mut Outcome, struck: Instant, within: Duration, wanted: i32) {
    let ended = scene.program.take().unwrap().ended_within(within).await;
    let after = struck.elapsed();
    match ended {
        Ok((code, _)) if code == Some(wanted) => outcome.ended = Some((code, after)),
        Ok((code, log)) => outcome.broken.push(format!("it should end with {wanted}, not {code:?}:\n{log}")),
        Err(log) => outcome.broken.push(format!("it should end with {wanted} within {} s:\n{log}", within.as_secs_f64())),
    }
}

fn shifted(time: SystemTime, seconds: i64) -> SystemTime {
    let by = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 { time - by } else { time + by }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for item in std::fs::read_dir(from).unwrap() {
        let path = item.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &to) } else { std::fs::write(&to, std::fs::read(&path).unwrap()).unwrap() }
    }
}
