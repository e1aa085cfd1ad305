//! A store that forgets everything at the end of the process.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{ReplyLink, Store, StoreError, Vote};
use crate::knowledge::EntryId;

/// How many links are kept; the oldest go first. Some 200 bytes each.
const MOST_LINKS: usize = 10_000;

/// A store in memory, for tests and for running without a database.
#[derive(Debug)]
pub struct Memory {
    links: Mutex<Links>,
    votes: Mutex<BTreeMap<EntryId, Tally>>,
}

/// How an answer was received. In memory days are not told apart: none outlives the process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Votes that it helped.
    pub helpful: u64,
    /// Votes that it did not.
    pub not_helpful: u64,
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
        Self { links: Mutex::new(links), votes: Mutex::default() }
    }

    /// How an answer was received so far.
    #[must_use]
    pub fn tally(&self, entry: &str) -> Tally {
        self.votes.lock().unwrap_or_else(PoisonError::into_inner).get(entry).copied().unwrap_or_default()
    }

    fn links(&self) -> MutexGuard<'_, Links> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl Links {
    fn remove(&mut self, question: u64) {
        if let Some(link) = self.by_question.remove(&question) {
            self.question_of.remove(&link.answer);
        }
    }
}

#[async_trait]
impl Store for Memory {
    async fn keep_link(&self, link: ReplyLink) -> Result<(), StoreError> {
        let mut links = self.links();
        links.remove(link.question);
        links.question_of.insert(link.answer, link.question);
        links.by_question.insert(link.question, link);
        while links.by_question.len() > links.most {
            let oldest = links.by_question.keys().next().copied();
            if let Some(oldest) = oldest {
                links.remove(oldest);
            }
        }
        Ok(())
    }

    async fn link(&self, question: u64) -> Result<Option<ReplyLink>, StoreError> {
        Ok(self.links().by_question.get(&question).cloned())
    }

    async fn link_of_answer(&self, answer: u64) -> Result<Option<ReplyLink>, StoreError> {
        let links = self.links();
        Ok(links.question_of.get(&answer).and_then(|question| links.by_question.get(question)).cloned())
    }

    async fn drop_link(&self, question: u64) -> Result<(), StoreError> {
        self.links().remove(question);
        Ok(())
    }

    async fn keep_vote(&self, vote: Vote) -> Result<(), StoreError> {
        let mut votes = self.votes.lock().unwrap_or_else(PoisonError::into_inner);
        let tally = votes.entry(vote.entry).or_default();
        let count = if vote.helpful { &mut tally.helpful } else { &mut tally.not_helpful };
        *count = count.saturating_add(1);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Origin;

    fn link(question: u64, answer: u64) -> ReplyLink {
        ReplyLink { question, channel: 1, answer, origin: Origin::Asked, about: None }
    }

    #[tokio::test]
    async fn a_link_is_found_from_both_ends_until_it_is_dropped() {
        let store = Memory::new();
        store.keep_link(link(10, 11)).await.unwrap();
        assert_eq!(store.link(10).await.unwrap(), Some(link(10, 11)));
        assert_eq!(store.link_of_answer(11).await.unwrap(), Some(link(10, 11)));
        store.drop_link(10).await.unwrap();
        assert_eq!(store.link(10).await.unwrap(), None);
        assert_eq!(store.link_of_answer(11).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_new_answer_takes_the_place_of_the_old_one() {
        let store = Memory::new();
        store.keep_link(link(10, 11)).await.unwrap();
        store.keep_link(link(10, 12)).await.unwrap();
        assert_eq!(store.link_of_answer(11).await.unwrap(), None);
        assert_eq!(store.link_of_answer(12).await.unwrap(), Some(link(10, 12)));
    }

    #[tokio::test]
    async fn the_oldest_questions_are_forgotten_first() {
        let store = Memory::holding(2);
        for question in [30, 10, 20] {
            store.keep_link(link(question, question + 1)).await.unwrap();
        }
        assert_eq!(store.link(10).await.unwrap(), None);
        assert_eq!(store.link_of_answer(11).await.unwrap(), None);
        assert!(store.link(20).await.unwrap().is_some() && store.link(30).await.unwrap().is_some());
    }
}
