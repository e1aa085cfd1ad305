//! A store that works, fails or hangs, as it is told.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use jiff::civil::Date;
use mabel::knowledge::EntryId;
use mabel::store::{Gap, GapCount, Memory, OwnAnswer, ReplyLink, Settings, Store, StoreError, Swept, Tally, Vote};

/// How a store behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Works,
    Fails,
    Refuses,
    Hangs,
}

/// A store in memory with a mood.
pub struct Wavering {
    pub inner: Arc<Memory>,
    mood: Mutex<Mood>,
    uses: Mutex<u64>,
}

impl Wavering {
    pub fn new(mood: Mood) -> Self {
        Self { inner: Arc::new(Memory::new()), mood: Mutex::new(mood), uses: Mutex::new(0) }
    }

    pub fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// How often it was used.
    pub fn uses(&self) -> u64 {
        *self.uses.lock().unwrap()
    }

    async fn pass(&self) -> Result<(), StoreError> {
        *self.uses.lock().unwrap() += 1;
        let mood = *self.mood.lock().unwrap();
        match mood {
            Mood::Works => Ok(()),
            Mood::Fails => Err(StoreError::Unavailable("no space is left for the database".to_owned())),
            Mood::Refuses => Err(StoreError::Refused("it does not fit".to_owned())),
            Mood::Hangs => std::future::pending().await,
        }
    }
}

/// The question of a link that is always refused.
pub const UNLUCKY: u64 = 113;

macro_rules! moody {
    ($($name:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        #[async_trait]
        impl Store for Wavering {
            async fn keep_links(&self, links: Vec<ReplyLink>) -> Result<(), StoreError> {
                self.pass().await?;
                if links.iter().any(|link| link.question == UNLUCKY) {
                    return Err(StoreError::Refused("it does not fit".to_owned()));
                }
                self.inner.keep_links(links).await
            }

            $(async fn $name(&self, $($argument: $type),*) -> Result<$result, StoreError> {
                self.pass().await?;
                self.inner.$name($($argument),*).await
            })*
        }
    };
}

moody! {
    link(question: u64) -> Option<ReplyLink>;
    link_of_answer(answer: u64) -> Option<ReplyLink>;
    drop_link(question: u64) -> ();
    keep_vote(vote: Vote) -> ();
    votes(days: RangeInclusive<Date>) -> BTreeMap<EntryId, Tally>;
    settings(guild: u64) -> Option<Settings>;
    keep_settings(guild: u64, settings: &Settings) -> ();
    own_answers(guild: u64) -> Vec<OwnAnswer>;
    keep_own_answer(guild: u64, answer: OwnAnswer) -> ();
    drop_own_answer(guild: u64, id: u64) -> bool;
    keep_gap(gap: Gap) -> ();
    gaps(since: Date) -> Vec<GapCount>;
    commands_hash(application: u64) -> Option<String>;
    keep_commands_hash(application: u64, hash: &str) -> ();
    guilds() -> BTreeSet<u64>;
    guilds_left() -> BTreeMap<u64, Date>;
    guild_left(guild: u64, day: Date) -> ();
    guild_back(guild: u64) -> ();
    forget_guild(guild: u64) -> bool;
    sweep(today: Date) -> Swept;
    lease(name: &str, holder: u64, length: Duration) -> bool;
    end_lease(name: &str, holder: u64) -> ();
    healthy() -> ();
}
