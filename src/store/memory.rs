//! A store that forgets everything at the end of the process.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::RangeInclusive;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use jiff::civil::Date;

use super::retention::{self, Swept, too_old};
use super::{Gap, GapCount, OwnAnswer, ReplyLink, Settings, Store, StoreError, Tally, Vote, week_of};
use crate::knowledge::EntryId;

/// How many links are kept; the oldest go first. Some 200 bytes each.
const MOST_LINKS: usize = 10_000;
/// How many gaps are counted; further ones are not.
const MOST_GAPS: usize = 10_000;

/// A store in memory, for tests, for the sandbox and for running without a database.
#[derive(Debug)]
pub struct Memory {
    kept: Mutex<Kept>,
}

/// Everything that is kept.
#[derive(Debug)]
struct Kept {
    links: Links,
    votes: BTreeMap<(Date, EntryId), Tally>,
    settings: HashMap<u64, Settings>,
    own_answers: BTreeMap<(u64, u64), OwnAnswer>,
    gaps: BTreeMap<(Date, String), u64>,
    commands: HashMap<u64, String>,
    left: BTreeMap<u64, Date>,
    /// Who holds what until when.
    leases: HashMap<String, (u64, Instant)>,
}

/// Links by question. Ids of Discord grow with time, so the smallest key is the oldest question.
#[derive(Debug)]
struct Links {
    by_question: BTreeMap<u64, ReplyLink>,
    question_of: HashMap<u64, u64>,
    most: usize,
}

impl Memory {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::holding(MOST_LINKS)
    }

    /// An empty store that keeps at most so many links.
    #[must_use]
    pub fn holding(most: usize) -> Self {
        let links = Links { by_question: BTreeMap::new(), question_of: HashMap::new(), most };
        Self {
            kept: Mutex::new(Kept {
                links,
                votes: BTreeMap::new(),
                settings: HashMap::new(),
                own_answers: BTreeMap::new(),
                gaps: BTreeMap::new(),
                commands: HashMap::new(),
                left: BTreeMap::new(),
                leases: HashMap::new(),
            }),
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl Links {
    fn insert(&mut self, link: ReplyLink) {
        self.remove(link.question);
        self.question_of.insert(link.answer, link.question);
        self.by_question.insert(link.question, link);
        while self.by_question.len() > self.most {
            let Some(oldest) = self.by_question.keys().next().copied() else { break };
            self.remove(oldest);
        }
    }

    fn remove(&mut self, question: u64) {
        if let Some(link) = self.by_question.remove(&question) {
            self.question_of.remove(&link.answer);
        }
    }

    /// Removes the links of which that is true; gives how many.
    fn remove_where(&mut self, is_meant: impl Fn(&ReplyLink) -> bool) -> u64 {
        let questions: Vec<u64> = self.by_question.values().filter(|link| is_meant(link)).map(|link| link.question).collect();
        for question in &questions {
            self.remove(*question);
        }
        questions.len() as u64
    }
}

impl Kept {
    fn forget(&mut self, guild: u64) -> bool {
        let links = self.links.remove_where(|link| link.guild == Some(guild));
        let settings = self.settings.remove(&guild).is_some();
        let left = self.left.remove(&guild).is_some();
        let before = self.own_answers.len();
        self.own_answers.retain(|(of, _), _| *of != guild);
        links > 0 || settings || left || self.own_answers.len() < before
    }
}

#[async_trait]
impl Store for Memory {
    async fn keep_links(&self, links: Vec<ReplyLink>) -> Result<(), StoreError> {
        let mut kept = self.kept();
        for link in links {
            kept.links.insert(link);
        }
        Ok(())
    }

    async fn link(&self, question: u64) -> Result<Option<ReplyLink>, StoreError> {
        Ok(self.kept().links.by_question.get(&question).cloned())
    }

    async fn link_of_answer(&self, answer: u64) -> Result<Option<ReplyLink>, StoreError> {
        let links = &self.kept().links;
        Ok(links.question_of.get(&answer).and_then(|question| links.by_question.get(question)).cloned())
    }

    async fn drop_link(&self, question: u64) -> Result<(), StoreError> {
        self.kept().links.remove(question);
        Ok(())
    }

    async fn keep_vote(&self, vote: Vote) -> Result<(), StoreError> {
        self.kept().votes.entry((vote.day, vote.entry)).or_default().count(vote.helpful);
        Ok(())
    }

    async fn votes(&self, days: RangeInclusive<Date>) -> Result<BTreeMap<EntryId, Tally>, StoreError> {
        let mut tallies = BTreeMap::<EntryId, Tally>::new();
        for ((day, entry), of_day) in &self.kept().votes {
            if days.contains(day) {
                let tally = tallies.entry(entry.clone()).or_default();
                tally.helpful = tally.helpful.saturating_add(of_day.helpful);
                tally.not_helpful = tally.not_helpful.saturating_add(of_day.not_helpful);
            }
        }
        Ok(tallies)
    }

    async fn settings(&self, guild: u64) -> Result<Option<Settings>, StoreError> {
        Ok(self.kept().settings.get(&guild).cloned())
    }

    async fn keep_settings(&self, guild: u64, settings: &Settings) -> Result<(), StoreError> {
        self.kept().settings.insert(guild, settings.clone());
        Ok(())
    }

    async fn own_answers(&self, guild: u64) -> Result<Vec<OwnAnswer>, StoreError> {
        let mut answers: Vec<OwnAnswer> =
            self.kept().own_answers.range((guild, 0)..=(guild, u64::MAX)).map(|(_, answer)| answer.clone()).collect();
        answers.sort_by_key(|answer| (answer.created, answer.id));
        Ok(answers)
    }

    async fn keep_own_answer(&self, guild: u64, answer: OwnAnswer) -> Result<(), StoreError> {
        self.kept().own_answers.insert((guild, answer.id), answer);
        Ok(())
    }

    async fn drop_own_answer(&self, guild: u64, id: u64) -> Result<bool, StoreError> {
        Ok(self.kept().own_answers.remove(&(guild, id)).is_some())
    }

    async fn keep_gap(&self, gap: Gap) -> Result<(), StoreError> {
        let gaps = &mut self.kept().gaps;
        let key = (gap.week(), gap.words);
        if gaps.len() < MOST_GAPS || gaps.contains_key(&key) {
            let count = gaps.entry(key).or_default();
            *count = count.saturating_add(1);
        }
        Ok(())
    }

    async fn gaps(&self, since: Date) -> Result<Vec<GapCount>, StoreError> {
        let since = (week_of(since), String::new());
        let counts = |((week, words), count): (&(Date, String), &u64)| GapCount { week: *week, words: words.clone(), count: *count };
        Ok(self.kept().gaps.range(since..).map(counts).collect())
    }

    async fn commands_hash(&self, application: u64) -> Result<Option<String>, StoreError> {
        Ok(self.kept().commands.get(&application).cloned())
    }

    async fn keep_commands_hash(&self, application: u64, hash: &str) -> Result<(), StoreError> {
        self.kept().commands.insert(application, hash.to_owned());
        Ok(())
    }

    async fn guilds(&self) -> Result<BTreeSet<u64>, StoreError> {
        let kept = self.kept();
        Ok(kept.settings.keys().chain(kept.own_answers.keys().map(|(guild, _)| guild)).copied().collect())
    }

    async fn guilds_left(&self) -> Result<BTreeMap<u64, Date>, StoreError> {
        Ok(self.kept().left.clone())
    }

    async fn guild_left(&self, guild: u64, day: Date) -> Result<(), StoreError> {
        self.kept().left.entry(guild).or_insert(day);
        Ok(())
    }

    async fn guild_back(&self, guild: u64) -> Result<(), StoreError> {
        self.kept().left.remove(&guild);
        Ok(())
    }

    async fn forget_guild(&self, guild: u64) -> Result<bool, StoreError> {
        Ok(self.kept().forget(guild))
    }

    async fn sweep(&self, today: Date) -> Result<Swept, StoreError> {
        let mut kept = self.kept();
        let last = |days| too_old(today, days);
        let links = kept.links.remove_where(|link| link.day <= last(retention::LINKS));
        let left: Vec<u64> = kept.left.iter().filter(|(_, day)| **day <= last(retention::GUILDS_LEFT)).map(|(guild, _)| *guild).collect();
        for guild in &left {
            kept.forget(*guild);
        }
        let (gaps, votes) = (kept.gaps.len(), kept.votes.len());
        kept.gaps.retain(|(week, _), _| *week > last(retention::GAPS));
        kept.votes.retain(|(day, _), _| *day > last(retention::VOTES));
        let gone = |before: usize, after: usize| before.saturating_sub(after) as u64;
        Ok(Swept { links, guilds: left.len() as u64, gaps: gone(gaps, kept.gaps.len()), votes: gone(votes, kept.votes.len()) })
    }

    async fn lease(&self, name: &str, holder: u64, length: Duration) -> Result<bool, StoreError> {
        let (now, mut kept) = (Instant::now(), self.kept());
        let taken = kept.leases.get(name).is_some_and(|(other, ends)| *other != holder && *ends > now);
        if !taken {
            kept.leases.insert(name.to_owned(), (holder, now + length));
        }
        Ok(!taken)
    }

    async fn end_lease(&self, name: &str, holder: u64) -> Result<(), StoreError> {
        let mut kept = self.kept();
        if kept.leases.get(name).is_some_and(|(other, _)| *other == holder) {
            kept.leases.remove(name);
        }
        Ok(())
    }

    async fn healthy(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::store::Origin;

    fn link(question: u64) -> ReplyLink {
        let (channel, answer, day) = (1, question + 1, date(2026, 11, 21));
        ReplyLink { question, guild: None, channel, answer, origin: Origin::Asked, about: None, day }
    }

    #[tokio::test]
    async fn the_oldest_questions_are_forgotten_first() {
        let store = Memory::holding(2);
        for question in [30, 10, 20] {
            store.keep_link(link(question)).await.unwrap();
        }
        assert_eq!(store.link(10).await.unwrap(), None);
        assert_eq!(store.link_of_answer(11).await.unwrap(), None);
        assert!(store.link(20).await.unwrap().is_some() && store.link(30).await.unwrap().is_some());
    }
}
