//! What outlives a single question.
//!
//! Held are: which message of Mabel answers what, counts of votes, what servers have set and added, words of questions that found no
//! answer, what was last registered with Discord, and which process serves which shard. Never held: who asked or voted, and what was written. The store knows ids of the
//! knowledge and nothing of Discord beyond numbers.
//!
//! [`Memory`] forgets everything at the end of the process, [`Sql`] keeps it in SQLite or PostgreSQL; both pass the same tests.
//! [`Steady`] stands around either, so that a store that is slow or gone costs a follow-up and never an answer.

mod gap;
mod link;
mod memory;
mod own_answer;
pub mod retention;
mod settings;
mod sql;
mod steady;
mod vote;

pub use gap::{Gap, GapCount, week_of};
pub use link::{Origin, ReplyLink};
pub use memory::Memory;
pub use own_answer::OwnAnswer;
pub use retention::Swept;
pub use settings::Settings;
pub use sql::{OpenError, Sql, set_aside};
pub use steady::{Limits, Pauses, Steady, StoreHealth};
pub use vote::{Tally, Vote, least_helpful_first};

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::time::Duration;

use async_trait::async_trait;
use jiff::civil::Date;

use crate::knowledge::EntryId;

/// Why the store could not do what was asked. None of these texts holds an address, a password or what is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached, is locked, full or too slow: the same may work later.
    #[error("the store cannot be used just now: {0}")]
    Unavailable(String),
    /// It refused, and will refuse the same again.
    #[error("the store refused: {0}")]
    Refused(String),
    /// What is kept there cannot be understood.
    #[error("the store holds what cannot be read: {0}")]
    Unreadable(String),
}

/// What outlives a single question.
///
/// Days are in UTC and given by the caller: but for leases a store has no clock.
#[async_trait]
pub trait Store: Send + Sync {
    /// Keeps links, all or none, each in the place of an earlier one for the same question.
    async fn keep_links(&self, links: Vec<ReplyLink>) -> Result<(), StoreError>;

    /// Keeps a link, in the place of an earlier one for the same question.
    async fn keep_link(&self, link: ReplyLink) -> Result<(), StoreError> {
        self.keep_links(vec![link]).await
    }

    /// The link of that question.
    async fn link(&self, question: u64) -> Result<Option<ReplyLink>, StoreError>;

    /// The link whose answer is that message.
    async fn link_of_answer(&self, answer: u64) -> Result<Option<ReplyLink>, StoreError>;

    /// Drops the link of that question.
    async fn drop_link(&self, question: u64) -> Result<(), StoreError>;

    /// Counts a vote.
    async fn keep_vote(&self, vote: Vote) -> Result<(), StoreError>;

    /// How the answers of each entry were received on those days; entries without a vote are left out.
    async fn votes(&self, days: RangeInclusive<Date>) -> Result<BTreeMap<EntryId, Tally>, StoreError>;

    /// What a server has set; none if it never set anything.
    async fn settings(&self, guild: u64) -> Result<Option<Settings>, StoreError>;

    /// Keeps what a server has set, in the place of what it had set before. Done means kept.
    async fn keep_settings(&self, guild: u64, settings: &Settings) -> Result<(), StoreError>;

    /// The answers that a server has added, the oldest first.
    async fn own_answers(&self, guild: u64) -> Result<Vec<OwnAnswer>, StoreError>;

    /// Keeps an answer of a server's own, in the place of an earlier one with the same id. Done means kept. How many a server may have is
    /// seen to by who takes it.
    async fn keep_own_answer(&self, guild: u64, answer: OwnAnswer) -> Result<(), StoreError>;

    /// Drops an answer of a server's own, and says whether it was there.
    async fn drop_own_answer(&self, guild: u64, id: u64) -> Result<bool, StoreError>;

    /// Counts a question that found no answer.
    async fn keep_gap(&self, gap: Gap) -> Result<(), StoreError>;

    /// The gaps of the week of that day and of all later ones, by week, then by words.
    async fn gaps(&self, since: Date) -> Result<Vec<GapCount>, StoreError>;

    /// The hash of the commands that were last registered for that application.
    async fn commands_hash(&self, application: u64) -> Result<Option<String>, StoreError>;

    /// Keeps the hash of the commands that were registered for that application.
    async fn keep_commands_hash(&self, application: u64, hash: &str) -> Result<(), StoreError>;

    /// The servers that have set or added anything.
    async fn guilds(&self) -> Result<BTreeSet<u64>, StoreError>;

    /// The servers that Mabel was removed from and that are not forgotten yet, with the day.
    async fn guilds_left(&self) -> Result<BTreeMap<u64, Date>, StoreError>;

    /// Notes that Mabel was removed from a server on that day. A day noted before stands.
    async fn guild_left(&self, guild: u64, day: Date) -> Result<(), StoreError>;

    /// Notes that Mabel is in that server: it will not be forgotten.
    async fn guild_back(&self, guild: u64) -> Result<(), StoreError>;

    /// Forgets everything that belongs to a server, at once, and says whether there was anything.
    async fn forget_guild(&self, guild: u64) -> Result<bool, StoreError>;

    /// Takes away what is older than it may be on that day, see [`retention`].
    async fn sweep(&self, today: Date) -> Result<Swept, StoreError>;

    /// Takes something that one process has at a time, or goes on having it: for `length` from now it is `holder`'s. False if another
    /// has it. The time is the store's own, the one clock that processes on several machines share.
    async fn lease(&self, name: &str, holder: u64, length: Duration) -> Result<bool, StoreError>;

    /// Gives it back, if `holder` has it.
    async fn end_lease(&self, name: &str, holder: u64) -> Result<(), StoreError>;

    /// Whether the store can be used.
    ///
    /// # Errors
    /// Why it cannot.
    async fn healthy(&self) -> Result<(), StoreError>;
}
