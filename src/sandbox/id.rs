//! Snowflakes: the ids of everything in the sandbox, carrying the time they were made.
//!
//! Owns the one id type and the source of new ids. Knows nothing of what an id stands for.
//! <https://docs.discord.com/developers/reference#snowflakes>

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The first second of 2015, where Discord's clock starts, in milliseconds since 1970.
const EPOCH_MILLISECONDS: u64 = 1_420_070_400_000;

/// A snowflake: written as a string in JSON, read from a string or a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

impl Id {
    /// When the thing with this id was made.
    #[must_use]
    pub fn created_at(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis((self.0 >> 22) + EPOCH_MILLISECONDS)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for Id {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl From<u64> for Id {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Text(String),
            Number(u64),
        }
        match Either::deserialize(deserializer)? {
            Either::Number(number) => Ok(Self(number)),
            Either::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

/// Makes ids: always rising, even when the clock stands still or goes back.
#[derive(Debug, Default)]
pub(crate) struct IdSource {
    last: u64,
}

impl IdSource {
    /// A new id for something made at `now`.
    pub(crate) fn next(&mut self, now: SystemTime) -> Id {
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let milliseconds = u64::try_from(since).unwrap_or(u64::MAX >> 22).saturating_sub(EPOCH_MILLISECONDS);
        self.last = (milliseconds << 22).max(self.last + 1);
        Id(self.last)
    }
}

/// A moment as Discord writes it: `2026-11-21T12:00:00.000000+00:00`.
pub(crate) fn timestamp(moment: SystemTime) -> String {
    jiff::Timestamp::try_from(moment).unwrap_or(jiff::Timestamp::UNIX_EPOCH).strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}
