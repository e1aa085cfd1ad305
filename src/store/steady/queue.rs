//! What is to be written, in order, within a bound.
//!
//! A write stays in the queue until it is done, so that what was just queued can be read back from here.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use tokio::sync::Notify;

use crate::store::{Gap, ReplyLink, Store, StoreError, Vote};

/// Something to be written that nobody waits for.
#[derive(Clone, Debug)]
pub(super) enum Write {
    KeepLink(ReplyLink),
    DropLink(u64),
    Vote(Vote),
    Gap(Gap),
    CommandsHash { application: u64, hash: String },
    GuildLeft { guild: u64, day: Date },
    GuildBack(u64),
}

impl Write {
    /// Writes it. Where a store did it and could not say so in time, a count may be one too high: better than a lost one.
    pub(super) async fn to(self, store: &dyn Store) -> Result<(), StoreError> {
        match self {
            Self::KeepLink(link) => store.keep_link(link).await,
            Self::DropLink(question) => store.drop_link(question).await,
            Self::Vote(vote) => store.keep_vote(vote).await,
            Self::Gap(gap) => store.keep_gap(gap).await,
            Self::CommandsHash { application, hash } => store.keep_commands_hash(application, &hash).await,
            Self::GuildLeft { guild, day } => store.guild_left(guild, day).await,
            Self::GuildBack(guild) => store.guild_back(guild).await,
        }
    }

    /// The question whose link it is about.
    fn question(&self) -> Option<u64> {
        match self {
            Self::KeepLink(link) => Some(link.question),
            Self::DropLink(question) => Some(*question),
            _ => None,
        }
    }
}

/// What is about to become of a link.
#[derive(Debug)]
pub(super) enum Pending {
    Kept(ReplyLink),
    Dropped,
    Nothing,
}

/// Writes that wait for their turn, each with its number.
#[derive(Debug)]
pub(super) struct Queue {
    writes: Mutex<Numbered>,
    most: usize,
    changed: Notify,
    emptied: Notify,
}

#[derive(Debug, Default)]
struct Numbered {
    waiting: VecDeque<(u64, Write)>,
    last: u64,
}

impl Queue {
    /// An empty queue of at most `most` writes.
    pub(super) fn new(most: usize) -> Self {
        Self { writes: Mutex::default(), most, changed: Notify::new(), emptied: Notify::new() }
    }

    fn writes(&self) -> MutexGuard<'_, Numbered> {
        self.writes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a write, and says whether the oldest had to make room: new links matter more than old ones.
    pub(super) fn push(&self, write: Write) -> bool {
        let mut writes = self.writes();
        writes.last += 1;
        let number = writes.last;
        let full = writes.waiting.len() >= self.most;
        if full {
            writes.waiting.pop_front();
        }
        writes.waiting.push_back((number, write));
        drop(writes);
        self.changed.notify_one();
        full
    }

    /// The write whose turn it is, with its number; waits for one. Only one task may ask.
    pub(super) async fn next(&self) -> (u64, Write) {
        loop {
            if let Some(next) = self.writes().waiting.front().cloned() {
                return next;
            }
            self.changed.notified().await;
        }
    }

    /// Links that may be kept at once, with their numbers: those before any is dropped. Other writes in between have nothing to do with
    /// links.
    pub(super) fn links(&self, most: usize) -> Vec<(u64, ReplyLink)> {
        let writes = self.writes();
        let kept = writes.waiting.iter().take_while(|(_, write)| !matches!(write, Write::DropLink(_)));
        let links = kept.filter_map(|(number, write)| match write {
            Write::KeepLink(link) => Some((*number, link.clone())),
            _ => None,
        });
        links.take(most).collect()
    }

    /// Takes out the writes of those numbers, ascending, that are still there.
    pub(super) fn done(&self, numbers: &[u64]) {
        let mut writes = self.writes();
        writes.waiting.retain(|(number, _)| numbers.binary_search(number).is_err());
        if writes.waiting.is_empty() {
            self.emptied.notify_waiters();
        }
    }

    /// How many writes wait.
    pub(super) fn len(&self) -> usize {
        self.writes().waiting.len()
    }

    /// Done when no write waits.
    pub(super) async fn emptied(&self) {
        loop {
            let emptied = self.emptied.notified();
            tokio::pin!(emptied);
            // Enlisted before the look, so that an end right after it is not missed.
            emptied.as_mut().enable();
            if self.len() == 0 {
                return;
            }
            emptied.await;
        }
    }

    /// What is about to become of the link of a question.
    pub(super) fn link(&self, question: u64) -> Pending {
        let writes = self.writes();
        match writes.waiting.iter().rev().find(|(_, write)| write.question() == Some(question)) {
            Some((_, Write::KeepLink(link))) => Pending::Kept(link.clone()),
            Some(_) => Pending::Dropped,
            None => Pending::Nothing,
        }
    }

    /// The link with that answer, if it is about to be written and will stand.
    pub(super) fn link_of_answer(&self, answer: u64) -> Option<ReplyLink> {
        let writes = self.writes();
        let mut later = HashSet::new();
        for (_, write) in writes.waiting.iter().rev() {
            match write {
                Write::KeepLink(link) if link.answer == answer && !later.contains(&link.question) => return Some(link.clone()),
                _ => later.extend(write.question()),
            }
        }
        None
    }

    /// The questions whose links are about to change.
    pub(super) fn questions(&self) -> HashSet<u64> {
        self.writes().waiting.iter().filter_map(|(_, write)| write.question()).collect()
    }

    /// Takes out the links of a server.
    pub(super) fn forget(&self, guild: u64) {
        self.writes().waiting.retain(|(_, write)| !matches!(write, Write::KeepLink(link) if link.guild == Some(guild)));
    }
}
