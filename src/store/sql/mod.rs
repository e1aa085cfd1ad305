//! The durable store: one set of tables and statements for SQLite and PostgreSQL.
//!
//! Both read `$1`, `ON CONFLICT` and the types used here, so `sqlx`'s driver for any database serves both and nothing is written twice.
//! What differs is how a database is opened and what its faults are called: [`opening`] and [`faults`]. A file is opened and brought up
//! to date before the first use; so is a server, which may not be there yet: then every use tries again.

mod faults;
mod opening;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::time::Duration;

use async_trait::async_trait;
use jiff::civil::Date;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Row, query};
use tokio::sync::OnceCell;

use super::retention::{self, Swept, too_old};
use super::{Gap, GapCount, OwnAnswer, ReplyLink, Settings, Store, StoreError, Tally, Vote, week_of};
use crate::config::Database;
use crate::knowledge::EntryId;
pub use opening::{OpenError, set_aside};
use rows::signed;

/// A statement with its values.
type Statement = Query<'static, Any, AnyArguments>;

/// How many links one statement keeps at most. For each number there is a statement, which connections remember.
const MOST_AT_ONCE: usize = 16;

/// A store in a database.
pub struct Sql {
    database: Database,
    pool: OnceCell<AnyPool>,
}

impl Sql {
    /// A store in that database, which is opened by [`Sql::open`] or at its first use.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database, pool: OnceCell::new() }
    }

    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// Why it cannot be used, and what to do about it.
    pub async fn open(&self) -> Result<(), OpenError> {
        self.pool.get_or_try_init(|| opening::open(&self.database)).await.map(drop)
    }

    /// Closes all connections; a file is then complete without those beside it.
    pub async fn close(&self) {
        if let Some(pool) = self.pool.get() {
            pool.close().await;
        }
    }

    async fn pool(&self) -> Result<&AnyPool, StoreError> {
        self.pool.get_or_try_init(|| opening::open(&self.database)).await.map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    /// Does something; gives how many rows it touched.
    async fn execute(&self, statement: Statement) -> Result<u64, StoreError> {
        let done = statement.execute(self.pool().await?).await.map_err(faults::of)?;
        Ok(done.rows_affected())
    }

    async fn one<T>(&self, statement: Statement, read: fn(&AnyRow) -> Result<T, StoreError>) -> Result<Option<T>, StoreError> {
        let row = statement.fetch_optional(self.pool().await?).await.map_err(faults::of)?;
        row.as_ref().map(read).transpose()
    }

    async fn all<T>(&self, statement: Statement, read: fn(&AnyRow) -> Result<T, StoreError>) -> Result<Vec<T>, StoreError> {
        let rows = statement.fetch_all(self.pool().await?).await.map_err(faults::of)?;
        rows.iter().map(read).collect()
    }
}

/// Keeps links of different questions.
fn keep(links: &[ReplyLink]) -> Result<Statement, StoreError> {
    const VALUES: usize = 7;
    let values = |row| (1..=VALUES).map(|value| format!("${}", row * VALUES + value)).collect::<Vec<_>>().join(", ");
    let rows: Vec<String> = (0..links.len()).map(|row| format!("({})", values(row))).collect();
    // Nothing but numbers of values is written into it.
    let mut statement = query(AssertSqlSafe(format!(
        "INSERT INTO link (question, guild, channel, answer, origin, about, day) VALUES {}
         ON CONFLICT (question) DO UPDATE SET guild = excluded.guild, channel = excluded.channel, answer = excluded.answer,
         origin = excluded.origin, about = excluded.about, day = excluded.day",
        rows.join(", ")
    )));
    for link in links {
        statement = statement
            .bind(signed(link.question))
            .bind(link.guild.map(signed))
            .bind(signed(link.channel))
            .bind(signed(link.answer))
            .bind(rows::name_of(link.origin))
            .bind(link.about.as_ref().map(rows::to_json).transpose()?)
            .bind(link.day.to_string());
    }
    Ok(statement)
}

/// Takes a lease, by the clock of the database, in milliseconds since 1970: several machines use it, and theirs may differ.
macro_rules! take_lease {
    ($now:literal) => {
        concat!(
            "INSERT INTO lease (name, holder, ends) VALUES ($1, $2, ",
            $now,
            " + $3) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, ends = excluded.ends
             WHERE lease.holder = excluded.holder OR lease.ends <= ",
            $now
        )
    };
}

/// What belongs to a server, one statement a table.
const FORGET: [&str; 4] = [
    "DELETE FROM link WHERE guild = $1",
    "DELETE FROM guild_settings WHERE guild = $1",
    "DELETE FROM own_answer WHERE guild = $1",
    "DELETE FROM guild_left WHERE guild = $1",
];

/// Forgets a server within a transaction; gives how many rows went.
async fn forget(connection: &mut AnyConnection, guild: i64) -> Result<u64, StoreError> {
    let mut gone = 0;
    for statement in FORGET {
        gone += query(statement).bind(guild).execute(&mut *connection).await.map_err(faults::of)?.rows_affected();
    }
    Ok(gone)
}

#[async_trait]
impl Store for Sql {
    async fn keep_links(&self, links: Vec<ReplyLink>) -> Result<(), StoreError> {
        // A statement may keep a question's link once.
        let links: Vec<ReplyLink> = links.into_iter().map(|link| (link.question, link)).collect::<BTreeMap<_, _>>().into_values().collect();
        if (1..=MOST_AT_ONCE).contains(&links.len()) {
            return self.execute(keep(&links)?).await.map(drop);
        }
        let mut transaction = self.pool().await?.begin().await.map_err(faults::of)?;
        for links in links.chunks(MOST_AT_ONCE) {
            keep(links)?.execute(&mut *transaction).await.map_err(faults::of)?;
        }
        transaction.commit().await.map_err(faults::of)
    }

    async fn link(&self, question: u64) -> Result<Option<ReplyLink>, StoreError> {
        let statement = query("SELECT question, guild, channel, answer, origin, about, day FROM link WHERE question = $1");
        self.one(statement.bind(signed(question)), rows::link).await
    }

    async fn link_of_answer(&self, answer: u64) -> Result<Option<ReplyLink>, StoreError> {
        let statement = query("SELECT question, guild, channel, answer, origin, about, day FROM link WHERE answer = $1");
        self.one(statement.bind(signed(answer)), rows::link).await
    }

    async fn drop_link(&self, question: u64) -> Result<(), StoreError> {
        self.execute(query("DELETE FROM link WHERE question = $1").bind(signed(question))).await.map(drop)
    }

    async fn keep_vote(&self, vote: Vote) -> Result<(), StoreError> {
        let statement = query(
            "INSERT INTO vote (day, entry, helpful, not_helpful) VALUES ($1, $2, $3, $4) ON CONFLICT (day, entry) DO UPDATE SET
             helpful = vote.helpful + excluded.helpful, not_helpful = vote.not_helpful + excluded.not_helpful",
        )
        .bind(vote.day.to_string())
        .bind(vote.entry.to_string())
        .bind(i64::from(vote.helpful))
        .bind(i64::from(!vote.helpful));
        self.execute(statement).await.map(drop)
    }

    async fn votes(&self, days: RangeInclusive<Date>) -> Result<BTreeMap<EntryId, Tally>, StoreError> {
        let statement = query(
            "SELECT entry, CAST(SUM(helpful) AS BIGINT) AS helpful, CAST(SUM(not_helpful) AS BIGINT) AS not_helpful
             FROM vote WHERE day >= $1 AND day <= $2 GROUP BY entry",
        )
        .bind(days.start().to_string())
        .bind(days.end().to_string());
        Ok(self.all(statement, rows::tally).await?.into_iter().collect())
    }

    async fn settings(&self, guild: u64) -> Result<Option<Settings>, StoreError> {
        let statement = query("SELECT settings FROM guild_settings WHERE guild = $1").bind(signed(guild));
        let kept = self.one(statement, |row| rows::text(row, "settings")).await?;
        kept.as_deref().map(Settings::from_kept).transpose()
    }

    async fn keep_settings(&self, guild: u64, settings: &Settings) -> Result<(), StoreError> {
        let statement = query(
            "INSERT INTO guild_settings (guild, settings) VALUES ($1, $2) ON CONFLICT (guild) DO UPDATE SET settings = excluded.settings",
        )
        .bind(signed(guild))
        .bind(settings.to_kept()?);
        self.execute(statement).await.map(drop)
    }

    async fn own_answers(&self, guild: u64) -> Result<Vec<OwnAnswer>, StoreError> {
        let statement = query("SELECT id, question, ask, answer, created, changed FROM own_answer WHERE guild = $1").bind(signed(guild));
        let mut answers = self.all(statement, rows::own_answer).await?;
        answers.sort_by_key(|answer| (answer.created, answer.id));
        Ok(answers)
    }

    async fn keep_own_answer(&self, guild: u64, answer: OwnAnswer) -> Result<(), StoreError> {
        let statement = query(
            "INSERT INTO own_answer (guild, id, question, ask, answer, created, changed) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (guild, id) DO UPDATE SET question = excluded.question, ask = excluded.ask, answer = excluded.answer,
             created = excluded.created, changed = excluded.changed",
        )
        .bind(signed(guild))
        .bind(signed(answer.id))
        .bind(answer.question)
        .bind(rows::to_json(&answer.ask)?)
        .bind(answer.answer)
        .bind(answer.created.to_string())
        .bind(answer.changed.to_string());
        self.execute(statement).await.map(drop)
    }

    async fn drop_own_answer(&self, guild: u64, id: u64) -> Result<bool, StoreError> {
        let statement = query("DELETE FROM own_answer WHERE guild = $1 AND id = $2").bind(signed(guild)).bind(signed(id));
        Ok(self.execute(statement).await? > 0)
    }

    async fn keep_gap(&self, gap: Gap) -> Result<(), StoreError> {
        let statement =
            query("INSERT INTO gap (week, words, times) VALUES ($1, $2, 1) ON CONFLICT (week, words) DO UPDATE SET times = gap.times + 1")
                .bind(gap.week().to_string())
                .bind(gap.words);
        self.execute(statement).await.map(drop)
    }

    async fn gaps(&self, since: Date) -> Result<Vec<GapCount>, StoreError> {
        let statement = query("SELECT week, words, times FROM gap WHERE week >= $1").bind(week_of(since).to_string());
        let mut counts = self.all(statement, rows::gap_count).await?;
        // Databases do not agree on the order of words.
        counts.sort();
        Ok(counts)
    }

    async fn commands_hash(&self, application: u64) -> Result<Option<String>, StoreError> {
        let statement = query("SELECT commands_hash FROM registered WHERE application = $1").bind(signed(application));
        self.one(statement, |row| rows::text(row, "commands_hash")).await
    }

    async fn keep_commands_hash(&self, application: u64, hash: &str) -> Result<(), StoreError> {
        let statement = query(
            "INSERT INTO registered (application, commands_hash) VALUES ($1, $2)
             ON CONFLICT (application) DO UPDATE SET commands_hash = excluded.commands_hash",
        )
        .bind(signed(application))
        .bind(hash.to_owned());
        self.execute(statement).await.map(drop)
    }

    async fn guilds(&self) -> Result<BTreeSet<u64>, StoreError> {
        let statement = query("SELECT guild FROM guild_settings UNION SELECT guild FROM own_answer");
        Ok(self.all(statement, rows::guild).await?.into_iter().collect())
    }

    async fn guilds_left(&self) -> Result<BTreeMap<u64, Date>, StoreError> {
        Ok(self.all(query("SELECT guild, day FROM guild_left"), rows::guild_left).await?.into_iter().collect())
    }

    async fn guild_left(&self, guild: u64, day: Date) -> Result<(), StoreError> {
        let statement = query("INSERT INTO guild_left (guild, day) VALUES ($1, $2) ON CONFLICT (guild) DO NOTHING");
        self.execute(statement.bind(signed(guild)).bind(day.to_string())).await.map(drop)
    }

    async fn guild_back(&self, guild: u64) -> Result<(), StoreError> {
        self.execute(query("DELETE FROM guild_left WHERE guild = $1").bind(signed(guild))).await.map(drop)
    }

    async fn forget_guild(&self, guild: u64) -> Result<bool, StoreError> {
        let mut transaction = self.pool().await?.begin().await.map_err(faults::of)?;
        let gone = forget(&mut transaction, signed(guild)).await?;
        transaction.commit().await.map_err(faults::of)?;
        Ok(gone > 0)
    }

    async fn sweep(&self, today: Date) -> Result<Swept, StoreError> {
        let last = |days| too_old(today, days).to_string();
        let mut transaction = self.pool().await?.begin().await.map_err(faults::of)?;
        let mut swept = Swept::default();
        for (count, statement, days) in [
            (&mut swept.links, "DELETE FROM link WHERE day <= $1", retention::LINKS),
            (&mut swept.gaps, "DELETE FROM gap WHERE week <= $1", retention::GAPS),
            (&mut swept.votes, "DELETE FROM vote WHERE day <= $1", retention::VOTES),
        ] {
            *count = query(statement).bind(last(days)).execute(&mut *transaction).await.map_err(faults::of)?.rows_affected();
        }
        let left = query("SELECT guild FROM guild_left WHERE day <= $1").bind(last(retention::GUILDS_LEFT));
        for row in left.fetch_all(&mut *transaction).await.map_err(faults::of)? {
            forget(&mut transaction, row.try_get("guild").map_err(faults::of)?).await?;
            swept.guilds += 1;
        }
        transaction.commit().await.map_err(faults::of)?;
        Ok(swept)
    }

    async fn lease(&self, name: &str, holder: u64, length: Duration) -> Result<bool, StoreError> {
        let statement = match self.database {
            Database::Server(_) => take_lease!("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"),
            Database::File(_) | Database::Memory => take_lease!("CAST(unixepoch('subsec') * 1000 AS INTEGER)"),
        };
        let milliseconds = i64::try_from(length.as_millis()).unwrap_or(i64::MAX);
        let statement = query(statement).bind(name.to_owned()).bind(signed(holder)).bind(milliseconds);
        Ok(self.execute(statement).await? > 0)
    }

    async fn end_lease(&self, name: &str, holder: u64) -> Result<(), StoreError> {
        let statement = query("DELETE FROM lease WHERE name = $1 AND holder = $2").bind(name.to_owned()).bind(signed(holder));
        self.execute(statement).await.map(drop)
    }

    async fn healthy(&self) -> Result<(), StoreError> {
        if let Database::File(path) = &self.database
            && self.pool.initialized()
            && !path.exists()
        {
            let file = path.display();
            return Err(StoreError::Unavailable(format!("the database file {file} has gone; what is kept now is lost with the process")));
        }
        self.one(query("SELECT application FROM registered LIMIT 1"), |_| Ok(())).await.map(drop)
    }
}
