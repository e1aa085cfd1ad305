//! A store that never stands in the way: what it stands around may be slow, locked, full or gone.
//!
//! ```text
//! links, votes, gaps ─▶ queue ─▶ one task ─▶ the store        settings, own answers ─▶ the store, and told whether it worked
//! reads ─▶ the queue, what is known ─▶ the store, within a short time
//! ```
//!
//! What nobody waits for is queued and written in order; while the store is gone it waits, within a bound. What a person changes and
//! wants to know is kept, is written at once. Reads see what is queued, wait for a moment only, and after a failure leave the store
//! alone for a while; settings and own answers are then what they last were.

mod known;
mod queue;
mod standing;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::future::Future;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use jiff::civil::Date;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::{Gap, GapCount, OwnAnswer, ReplyLink, Settings, Store, StoreError, Swept, Tally, Vote};
use crate::knowledge::EntryId;
use known::Known;
use queue::{Pending, Queue, Write};
pub use standing::{Pauses, StoreHealth};
use standing::{Standing, Use};

/// How many links are written together at most.
const MOST_LINKS: usize = 256;

/// How patient a store is, and how much it remembers.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many writes wait at most, some 300 bytes each.
    pub most_queued: usize,
    /// An answer waits no longer for the store.
    pub read: Duration,
    /// A person who changes settings waits no longer; Discord gives three seconds.
    pub change: Duration,
    /// A queued write may take this long.
    pub write: Duration,
    /// Links that come within this time are written together.
    pub gather: Duration,
    /// Sweeps and lists may, which no answer waits for.
    pub long: Duration,
    /// Between two looks at a store that nobody uses.
    pub look: Duration,
    /// What a server has set is not read again within this time; another process may have changed it since.
    pub fresh: Duration,
    /// How long a store that failed is left alone.
    pub pauses: Pauses,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            most_queued: 8192,
            read: Duration::from_millis(300),
            change: Duration::from_secs(2),
            write: Duration::from_secs(5),
            gather: Duration::from_millis(100),
            long: Duration::from_secs(60),
            look: Duration::from_secs(15),
            fresh: Duration::from_secs(30),
            pauses: Pauses { first: Duration::from_millis(100), longest: Duration::from_secs(5) },
        }
    }
}

/// A store that never stands in the way.
pub struct Steady {
    shared: Arc<Shared>,
    settings: Known<Option<Settings>>,
    own_answers: Known<Vec<OwnAnswer>>,
    worker: JoinHandle<()>,
}

/// What the worker shares with who asks.
struct Shared {
    store: Arc<dyn Store>,
    limits: Limits,
    queue: Queue,
    standing: Standing,
    /// Servers that Mabel was removed from, once they were read: all others come back at each start, and that need not be written.
    left: Mutex<Option<HashSet<u64>>>,
}

impl Steady {
    /// Stands around a store; must be called where tasks can be spawned.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, limits: Limits) -> Self {
        let (queue, standing) = (Queue::new(limits.most_queued), Standing::new(limits.pauses));
        let shared = Arc::new(Shared { store, limits, queue, standing, left: Mutex::default() });
        let worker = tokio::spawn(Arc::clone(&shared).work());
        Self { shared, settings: Known::new(), own_answers: Known::new(), worker }
    }

    /// How the store stands.
    #[must_use]
    pub fn health(&self) -> StoreHealth {
        self.shared.standing.health(self.shared.queue.len(), Instant::now())
    }

    /// Waits until everything queued is written, no longer than `limit`; gives how many writes are lost. Nothing is written afterwards.
    pub async fn finish(&self, limit: Duration) -> usize {
        // Whether in time or not, what counts is what is left.
        let _ = timeout(limit, self.shared.queue.emptied()).await;
        self.worker.abort();
        self.shared.queue.len()
    }
}

impl Drop for Steady {
    fn drop(&mut self) {
        self.worker.abort();
    }
}

impl Shared {
    /// Writes what is queued, one after another, for ever.
    async fn work(self: Arc<Self>) {
        loop {
            tokio::time::sleep(self.standing.pause(Instant::now())).await;
            if self.left().is_none() {
                let read = self.look(self.limits.write, self.store.guilds_left()).await;
                *self.left() = read.ok().map(|left| left.into_keys().collect());
            }
            let Ok((number, write)) = timeout(self.limits.look, self.queue.next()).await else {
                // Nobody would notice a store that is gone, or back, otherwise. What is wrong is noted.
                let _ = self.look(self.limits.read, self.store.healthy()).await;
                continue;
            };
            if matches!(write, Write::KeepLink(_)) {
                self.keep_links().await;
            } else {
                self.settle(number, write).await;
            }
        }
    }

    /// Writes, and takes it out of the queue unless it is to be tried again. Says whether the store can be used.
    async fn settle(&self, number: u64, write: Write) -> bool {
        match self.write(self.limits.write, write.to(&*self.store)).await {
            Ok(()) => {}
            Err(StoreError::Unavailable(_)) => return false,
            Err(error) => {
                tracing::warn!(%error, "a write was refused");
                self.standing.dropped();
            }
        }
        self.queue.done(&[number]);
        true
    }

    /// Keeps the links that come within a moment at once: each by itself takes a busy store many times the work.
    async fn keep_links(&self) {
        tokio::time::sleep(self.limits.gather).await;
        let (numbers, links): (Vec<u64>, Vec<ReplyLink>) = self.queue.links(MOST_LINKS).into_iter().unzip();
        match self.write(self.limits.write, self.store.keep_links(links.clone())).await {
            Ok(()) => self.queue.done(&numbers),
            Err(StoreError::Unavailable(_)) => {}
            // One that is refused is no reason to lose the others.
            Err(_) => {
                for (number, link) in numbers.into_iter().zip(links) {
                    if !self.settle(number, Write::KeepLink(link)).await {
                        return;
                    }
                }
            }
        }
    }

    fn left(&self) -> MutexGuard<'_, Option<HashSet<u64>>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, write: Write) {
        if self.queue.push(write) {
            self.standing.dropped();
        }
    }

    /// Writes within a time, and notes how it went.
    async fn write<T>(&self, limit: Duration, writing: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        let result = within(limit, writing).await;
        self.standing.note(Use::Writing, &result, Instant::now());
        result
    }

    /// Reads within a time, and notes how it went. Where nothing waits to be written, a store that can be read is well.
    async fn look<T>(&self, limit: Duration, reading: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        let result = within(limit, reading).await;
        let of = if result.is_ok() && self.queue.len() == 0 { Use::Writing } else { Use::Reading };
        self.standing.note(of, &result, Instant::now());
        result
    }

    /// Waits a moment for what is queued to be written: who asks for a list means what was just kept, too.
    async fn catch_up(&self) {
        // Where that takes longer, the list is of what is written so far.
        let _ = timeout(self.limits.read, self.queue.emptied()).await;
    }

    /// Reads what an answer may wait for: a moment, and not at all after a failure.
    async fn read<T>(&self, reading: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        if !self.standing.is_worth_asking(Instant::now()) {
            return Err(StoreError::Unavailable("it failed a moment ago".to_owned()));
        }
        self.look(self.limits.read, reading).await
    }

    /// What a server has, fresh from the store or as it was last known.
    async fn known<T: Clone>(
        &self,
        known: &Known<T>,
        guild: u64,
        reading: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let last = known.get(guild);
        if let Some(last) = last.as_ref().filter(|last| last.is_fresh(self.limits.fresh)) {
            return Ok(last.value.clone());
        }
        match self.read(reading).await {
            Ok(value) => {
                known.put_read(guild, last.as_ref(), value.clone());
                Ok(value)
            }
            Err(error) => last.map(|last| last.value).ok_or(error),
        }
    }
}

/// What comes of using a store, if it comes within that time.
async fn within<T>(limit: Duration, using: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let late = |_| Err(StoreError::Unavailable(format!("it did not answer within {} ms", limit.as_millis())));
    timeout(limit, using).await.unwrap_or_else(late)
}

#[async_trait]
impl Store for Steady {
    async fn keep_links(&self, links: Vec<ReplyLink>) -> Result<(), StoreError> {
        links.into_iter().map(Write::KeepLink).for_each(|write| self.shared.push(write));
        Ok(())
    }

    async fn link(&self, question: u64) -> Result<Option<ReplyLink>, StoreError> {
        match self.shared.queue.link(question) {
            Pending::Kept(link) => Ok(Some(link)),
            Pending::Dropped => Ok(None),
            Pending::Nothing => self.shared.read(self.shared.store.link(question)).await,
        }
    }

    async fn link_of_answer(&self, answer: u64) -> Result<Option<ReplyLink>, StoreError> {
        if let Some(link) = self.shared.queue.link_of_answer(answer) {
            return Ok(Some(link));
        }
        let changing = self.shared.queue.questions();
        let link = self.shared.read(self.shared.store.link_of_answer(answer)).await?;
        Ok(link.filter(|link| !changing.contains(&link.question)))
    }

    async fn drop_link(&self, question: u64) -> Result<(), StoreError> {
        self.shared.push(Write::DropLink(question));
        Ok(())
    }

    async fn keep_vote(&self, vote: Vote) -> Result<(), StoreError> {
        self.shared.push(Write::Vote(vote));
        Ok(())
    }

    async fn votes(&self, days: RangeInclusive<Date>) -> Result<BTreeMap<EntryId, Tally>, StoreError> {
        self.shared.catch_up().await;
        self.shared.look(self.shared.limits.change, self.shared.store.votes(days)).await
    }

    async fn settings(&self, guild: u64) -> Result<Option<Settings>, StoreError> {
        self.shared.known(&self.settings, guild, self.shared.store.settings(guild)).await
    }

    async fn keep_settings(&self, guild: u64, settings: &Settings) -> Result<(), StoreError> {
        let kept = self.shared.write(self.shared.limits.change, self.shared.store.keep_settings(guild, settings)).await;
        match &kept {
            Ok(()) => self.settings.put(guild, Some(settings.clone())),
            Err(_) => self.settings.doubt(guild),
        }
        kept
    }

    async fn own_answers(&self, guild: u64) -> Result<Vec<OwnAnswer>, StoreError> {
        self.shared.known(&self.own_answers, guild, self.shared.store.own_answers(guild)).await
    }

    async fn keep_own_answer(&self, guild: u64, answer: OwnAnswer) -> Result<(), StoreError> {
        let kept = self.shared.write(self.shared.limits.change, self.shared.store.keep_own_answer(guild, answer)).await;
        self.own_answers.doubt(guild);
        kept
    }

    async fn drop_own_answer(&self, guild: u64, id: u64) -> Result<bool, StoreError> {
        let dropped = self.shared.write(self.shared.limits.change, self.shared.store.drop_own_answer(guild, id)).await;
        self.own_answers.doubt(guild);
        dropped
    }

    async fn keep_gap(&self, gap: Gap) -> Result<(), StoreError> {
        self.shared.push(Write::Gap(gap));
        Ok(())
    }

    async fn gaps(&self, since: Date) -> Result<Vec<GapCount>, StoreError> {
        self.shared.catch_up().await;
        self.shared.look(self.shared.limits.change, self.shared.store.gaps(since)).await
    }

    async fn commands_hash(&self, application: u64) -> Result<Option<String>, StoreError> {
        self.shared.look(self.shared.limits.change, self.shared.store.commands_hash(application)).await
    }

    async fn keep_commands_hash(&self, application: u64, hash: &str) -> Result<(), StoreError> {
        self.shared.push(Write::CommandsHash { application, hash: hash.to_owned() });
        Ok(())
    }

    async fn guilds(&self) -> Result<BTreeSet<u64>, StoreError> {
        self.shared.look(self.shared.limits.long, self.shared.store.guilds()).await
    }

    async fn guilds_left(&self) -> Result<BTreeMap<u64, Date>, StoreError> {
        self.shared.look(self.shared.limits.long, self.shared.store.guilds_left()).await
    }

    async fn guild_left(&self, guild: u64, day: Date) -> Result<(), StoreError> {
        if let Some(left) = self.shared.left().as_mut() {
            left.insert(guild);
        }
        self.shared.push(Write::GuildLeft { guild, day });
        Ok(())
    }

    async fn guild_back(&self, guild: u64) -> Result<(), StoreError> {
        let had_left = self.shared.left().as_mut().is_none_or(|left| left.remove(&guild));
        if had_left {
            self.shared.push(Write::GuildBack(guild));
        }
        Ok(())
    }

    async fn forget_guild(&self, guild: u64) -> Result<bool, StoreError> {
        self.shared.queue.forget(guild);
        let forgotten = self.shared.write(self.shared.limits.change, self.shared.store.forget_guild(guild)).await;
        self.settings.forget(guild);
        self.own_answers.forget(guild);
        forgotten
    }

    async fn sweep(&self, today: Date) -> Result<Swept, StoreError> {
        self.shared.write(self.shared.limits.long, self.shared.store.sweep(today)).await
    }

    async fn lease(&self, name: &str, holder: u64, length: Duration) -> Result<bool, StoreError> {
        self.shared.write(self.shared.limits.change, self.shared.store.lease(name, holder, length)).await
    }

    async fn end_lease(&self, name: &str, holder: u64) -> Result<(), StoreError> {
        self.shared.write(self.shared.limits.change, self.shared.store.end_lease(name, holder)).await
    }

    async fn healthy(&self) -> Result<(), StoreError> {
        self.shared.look(self.shared.limits.read, self.shared.store.healthy()).await
    }
}
