//! Several processes over one PostgreSQL and one rate-limit proxy, each restarted in its turn while people ask.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use mabel::sandbox::{Id, Options, Sandbox};

use super::Scale;
use super::asking::{Asking, Question};
use super::scene::{IN_HAND, STOP, settled};
use super::tally::{Moment, Outcome, Why};
use crate::program::{KNOWLEDGE, Program};
use crate::server::Schema;
use crate::stand_in::Proxy;

const PROCESSES: u64 = 4;
/// Each process has as many.
const SHARDS_EACH: u64 = 2;
const SHARDS: u64 = PROCESSES * SHARDS_EACH;
/// So many servers that every shard has some.
const GUILDS: u64 = 4 * SHARDS;
/// All shards identify within this time, in turns that Discord gives every five seconds.
const CONNECTED: Duration = Duration::from_secs(90);

/// The processes, their Discord, and what lies between them.
struct Fleet {
    sandbox: Sandbox,
    base: String,
    schema: Schema,
    running: BTreeMap<u64, Program>,
    /// The shard of each channel.
    shards: BTreeMap<Id, u64>,
    /// When shards may have been without a session.
    apart: Vec<(RangeInclusive<u64>, RangeInclusive<SystemTime>)>,
}

/// Restarts each process in turn while people ask; none where there is no PostgreSQL.
pub async fn rolling_restart(scale: Scale) -> Option<Outcome> {
    let schema = Schema::new().await?;
    let mut fleet = Fleet::start(schema).await;
    let name = format!("{PROCESSES} processes, {SHARDS} shards, restarted one after another");
    let mut outcome = Outcome { name, ..Outcome::default() };
    let asking = Asking::begin(&fleet.sandbox, fleet.shards.keys().copied().collect(), scale.every);
    tokio::time::sleep(scale.around).await;
    let mut longest = Duration::ZERO;
    for number in 0..PROCESSES {
        longest = longest.max(fleet.restart(number, &mut outcome).await);
        tokio::time::sleep(scale.around).await;
    }
    asking.stop();
    let questions = settled(&fleet.sandbox, &asking, |question| fleet.when(question)).await;
    outcome.again = Some(longest);
    outcome.count(&fleet.sandbox, &questions, |question| fleet.when(question));
    fleet.end(&mut outcome).await;
    for (why, count) in outcome.lost.iter().filter(|(why, _)| !matches!(why, Why::NoSession | Why::TooLate)) {
        outcome.broken.push(format!("{count} questions were not answered: {why:?}"));
    }
    if outcome.twice > 0 {
        outcome.broken.push(format!("{} questions were answered twice", outcome.twice));
    }
    Some(outcome)
}

impl Fleet {
    async fn start(schema: Schema) -> Self {
        let options = Options { max_concurrency: SHARDS, enforce_rate_limits: true, record_limit: 1_000_000, ..Options::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let (_, base) = Proxy::open(sandbox.base_url()).await;
        let mut shards = BTreeMap::new();
        for number in 0..GUILDS {
            let (guild, channel) = sandbox.add_guild(&format!("Clinic {number}"));
            sandbox.join(guild, sandbox.places().ada, &[]);
            shards.insert(channel, (guild.0 >> 22) % SHARDS);
        }
        let mut fleet = Self { sandbox, base, schema, running: BTreeMap::new(), shards, apart: Vec::new() };
        for number in 0..PROCESSES {
            fleet.begin(number);
        }
        assert!(fleet.connected().await, "not all shards connected");
        fleet
    }

    fn begin(&mut self, number: u64) {
        let ids = Self::shards_of(number);
        let mut command = Command::new(env!("CARGO_BIN_EXE_mabel"));
        command.args(["--knowledge", KNOWLEDGE, "run"]).env_clear();
        command.env("DISCORD_TOKEN", self.sandbox.token()).env("MABEL_DISCORD__API_BASE", &self.base);
        command.env("MABEL_DATABASE__URL", self.schema.address());
        command.env("MABEL_DISCORD__SHARDS__TOTAL", SHARDS.to_string());
        command.env("MABEL_DISCORD__SHARDS__IDS", format!("{}-{}", ids.start(), ids.end()));
        for limit in ["PER_USER", "PER_CHANNEL", "PER_GUILD", "REPEAT_SECONDS"] {
            command.env(format!("MABEL_LIMITS__{limit}"), "0");
        }
        self.running.insert(number, Program::start(command));
    }

    /// Stops one in order and starts it again; gives how long its shards were away.
    async fn restart(&mut self, number: u64, outcome: &mut Outcome) -> Duration {
        let (begin, time) = (Instant::now(), SystemTime::now());
        self.stop(number, outcome).await;
        self.begin(number);
        if !self.connected().await {
            outcome.broken.push(format!("process {number} did not come back"));
        }
        self.apart.push((Self::shards_of(number), time - IN_HAND..=SystemTime::now()));
        begin.elapsed()
    }

    async fn stop(&mut self, number: u64, outcome: &mut Outcome) {
        let program = self.running.remove(&number).unwrap();
        program.signal("TERM");
        let (code, log) = program.ended_within(STOP).await.unwrap_or_else(|log| (None, log));
        if code != Some(0) || log.contains("panicked") {
            outcome.broken.push(format!("process {number} ended with {code:?}:\n{log}"));
        }
    }

    /// Waits until every shard has a session that is connected.
    async fn connected(&self) -> bool {
        let begin = Instant::now();
        while begin.elapsed() < CONNECTED {
            let served = |shard| self.sandbox.sessions().iter().any(|session| session.connected && session.shard == (shard, SHARDS));
            if (0..SHARDS).all(served) {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }

    fn shards_of(number: u64) -> RangeInclusive<u64> {
        number * SHARDS_EACH..=number * SHARDS_EACH + SHARDS_EACH - 1
    }

    fn when(&self, question: &Question) -> Moment {
        // Direct messages come to shard 0.
        let shard = self.shards.get(&question.channel).copied().unwrap_or(0);
        let is_apart = self.apart.iter().any(|(shards, times)| shards.contains(&shard) && times.contains(&question.time));
        if is_apart { Moment::NoSession } else { Moment::Calm }
    }

    async fn end(mut self, outcome: &mut Outcome) {
        for number in 0..PROCESSES {
            self.stop(number, outcome).await;
        }
        self.schema.drop().await;
    }
}
