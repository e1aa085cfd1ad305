//! A map that never grows beyond a bound: what came first goes first.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// A map of at most so many keys.
#[derive(Debug)]
pub(super) struct Bounded<K, V> {
    values: HashMap<K, V>,
    order: VecDeque<K>,
    most: usize,
}

impl<K: Copy + Eq + Hash, V> Bounded<K, V> {
    /// An empty map of at most `most` keys.
    pub(super) fn new(most: usize) -> Self {
        Self { values: HashMap::new(), order: VecDeque::new(), most }
    }

    /// The value of `key`, if it is there.
    pub(super) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        self.values.get_mut(&key)
    }

    /// Puts `key` in, in the place of what it held.
    pub(super) fn put(&mut self, key: K, value: V) {
        match self.values.get_mut(&key) {
            Some(held) => *held = value,
            None => {
                self.insert_new(key, value);
            }
        }
    }

    /// Puts `key` in if it is new, and says whether it was.
    pub(super) fn insert_new(&mut self, key: K, value: V) -> bool {
        if self.values.contains_key(&key) {
            return false;
        }
        if self.order.len() >= self.most
            && let Some(first) = self.order.pop_front()
        {
            self.values.remove(&first);
        }
        self.order.push_back(key);
        self.values.insert(key, value);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_new_once_and_the_first_goes_first() {
        let mut seen = Bounded::new(2);
        assert!(seen.insert_new(1, ()));
        assert!(!seen.insert_new(1, ()));
        assert!(seen.insert_new(2, ()) && seen.insert_new(3, ()));
        assert!(seen.get_mut(1).is_none() && seen.get_mut(2).is_some() && seen.get_mut(3).is_some());
    }
}
