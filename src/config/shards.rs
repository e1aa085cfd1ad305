//! Which shards of the gateway a process serves.

use std::ops::RangeInclusive;

/// Servers by the thousand for each of them: no bot is near it.
pub(super) const MOST: u32 = 10_000;

/// The shards a process serves, out of all there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shards {
    /// How many there are over all processes.
    pub total: u32,
    /// Those of this process, in order, each once, each below `total`; never empty.
    pub ids: Vec<u32>,
}

/// What is wrong with shards that were set: the key, what, and how to mend it.
pub(super) type Wrong = (&'static str, String, String);

impl Shards {
    /// All of so many.
    #[must_use]
    pub fn all(total: u32) -> Self {
        let total = total.max(1);
        Self { total, ids: (0..total).collect() }
    }

    /// Reads what was set; none if nothing was. All shards are meant where none are named.
    pub(super) fn read(total: Option<u32>, ids: Option<&str>) -> Result<Option<Self>, Wrong> {
        let total = match (total, ids) {
            (None, None) => return Ok(None),
            (None, Some(_)) => {
                let mend = "say with `discord.shards.total` how many there are over all processes".to_owned();
                return Err(("discord.shards.ids", "needs to be told how many shards there are".to_owned(), mend));
            }
            (Some(0), _) => {
                let mend = format!("write how many there are over all processes, from 1 to {MOST}, or take it out");
                return Err(("discord.shards.total", "cannot be 0".to_owned(), mend));
            }
            (Some(total), _) => total,
        };
        let Some(ids) = ids else { return Ok(Some(Self::all(total))) };
        let mut named = Vec::new();
        for span in spans(ids).unwrap_or_default() {
            if *span.end() >= total {
                let what = format!("names shard {}, but there are {total}", span.end());
                let mend = format!("name shards from 0 to {}, or raise `discord.shards.total` in all processes", total - 1);
                return Err(("discord.shards.ids", what, mend));
            }
            named.extend(span);
        }
        named.sort_unstable();
        named.dedup();
        Ok(Some(Self { total, ids: named }))
    }
}

/// The spans of a text such as `0-3,7`; none if it is no such text.
pub(super) fn spans(text: &str) -> Option<Vec<RangeInclusive<u32>>> {
    let span = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        (first <= last).then_some(first..=last)
    };
    text.split(',').map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(total: u32, ids: &str) -> Vec<u32> {
        Shards::read(Some(total), Some(ids)).unwrap().unwrap().ids
    }

    #[test]
    fn shards_are_named_one_by_one_or_from_to() {
        assert_eq!(read(16, "0-3"), [0, 1, 2, 3]);
        assert_eq!(read(16, "15, 3-4,4"), [3, 4, 15]);
        assert_eq!(Shards::read(Some(3), None).unwrap(), Some(Shards::all(3)));
        assert_eq!(Shards::read(None, None).unwrap(), None);
    }

    #[test]
    fn what_names_no_shard_is_no_text_of_them() {
        for wrong in ["", "a", "3-1", "-1", "0-", "1,,2", "0-4294967296"] {
            assert_eq!(spans(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn shards_that_there_are_not_are_refused_without_counting_to_them() {
        let (key, what, mend) = Shards::read(Some(4), Some("0-4294967295")).unwrap_err();
        assert_eq!((key, what.as_str()), ("discord.shards.ids", "names shard 4294967295, but there are 4"));
        assert!(mend.contains("from 0 to 3"));
        assert_eq!(Shards::read(None, Some("0")).unwrap_err().0, "discord.shards.ids");
        assert_eq!(Shards::read(Some(0), None).unwrap_err().0, "discord.shards.total");
    }
}
