//! From rows to values and back.

use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::faults;
use crate::knowledge::EntryId;
use crate::store::{GapCount, Origin, OwnAnswer, ReplyLink, StoreError, Tally};

/// A number as a database holds it: no database has unsigned ones, so the largest become negative.
pub(super) fn signed(number: u64) -> i64 {
    number.cast_signed()
}

/// How an origin is written.
const ORIGINS: [(Origin, &str); 3] = [(Origin::Asked, "asked"), (Origin::Posted, "posted"), (Origin::Command, "command")];

/// An origin as it is written.
pub(super) fn name_of(origin: Origin) -> &'static str {
    ORIGINS.iter().find(|(known, _)| *known == origin).map_or("asked", |(_, name)| name)
}

/// A value as JSON.
pub(super) fn to_json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Refused(error.to_string()))
}

/// A text.
pub(super) fn text(row: &AnyRow, column: &str) -> Result<String, StoreError> {
    row.try_get(column).map_err(faults::of)
}

fn number(row: &AnyRow, column: &str) -> Result<u64, StoreError> {
    row.try_get::<i64, _>(column).map(i64::cast_unsigned).map_err(faults::of)
}

fn day(row: &AnyRow, column: &str) -> Result<Date, StoreError> {
    text(row, column)?.parse().map_err(|_| StoreError::Unreadable(format!("{column} is no day")))
}

fn json<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Unreadable(format!("{what}: {error}")))
}

/// A row of `link`.
pub(super) fn link(row: &AnyRow) -> Result<ReplyLink, StoreError> {
    let name = text(row, "origin")?;
    let origin = ORIGINS.iter().find(|(_, known)| *known == name).map(|(origin, _)| *origin);
    let about: Option<String> = row.try_get("about").map_err(faults::of)?;
    Ok(ReplyLink {
        question: number(row, "question")?,
        guild: row.try_get::<Option<i64>, _>("guild").map_err(faults::of)?.map(i64::cast_unsigned),
        channel: number(row, "channel")?,
        answer: number(row, "answer")?,
        origin: origin.ok_or_else(|| StoreError::Unreadable("a link has an unknown origin".to_owned()))?,
        about: about.map(|about| json(&about, "what an answer is about")).transpose()?,
        day: day(row, "day")?,
    })
}

/// A row of sums over `vote`.
pub(super) fn tally(row: &AnyRow) -> Result<(EntryId, Tally), StoreError> {
    let tally = Tally { helpful: number(row, "helpful")?, not_helpful: number(row, "not_helpful")? };
    Ok((EntryId::from(text(row, "entry")?.as_str()), tally))
}

/// A row of `own_answer`.
pub(super) fn own_answer(row: &AnyRow) -> Result<OwnAnswer, StoreError> {
    Ok(OwnAnswer {
        id: number(row, "id")?,
        question: text(row, "question")?,
        ask: json(&text(row, "ask")?, "wordings of an own answer")?,
        answer: text(row, "answer")?,
        created: day(row, "created")?,
        changed: day(row, "changed")?,
    })
}

/// A row of `gap`.
pub(super) fn gap_count(row: &AnyRow) -> Result<GapCount, StoreError> {
    Ok(GapCount { week: day(row, "week")?, words: text(row, "words")?, count: number(row, "times")? })
}

/// The server of a row.
pub(super) fn guild(row: &AnyRow) -> Result<u64, StoreError> {
    number(row, "guild")
}

/// A row of `guild_left`.
pub(super) fn guild_left(row: &AnyRow) -> Result<(u64, Date), StoreError> {
    Ok((guild(row)?, day(row, "day")?))
}
