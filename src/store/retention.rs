//! How long things are kept.

use jiff::civil::Date;

/// Days that a link between a question and its answer is kept: who edits a question later does not wait for an answer.
pub const LINKS: i32 = 7;
/// Days after which a server is forgotten that Mabel was removed from: time enough to undo a removal by mistake.
pub const GUILDS_LEFT: i32 = 30;
/// Days that gaps are kept.
pub const GAPS: i32 = 365;
/// Days that votes are kept.
pub const VOTES: i32 = 730;

/// What a sweep took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Links between questions and answers.
    pub links: u64,
    /// Servers that were forgotten.
    pub guilds: u64,
    /// Weekly counts of gaps.
    pub gaps: u64,
    /// Daily counts of votes.
    pub votes: u64,
}

/// The last day that is too old to be kept on `today`, where things are kept for so many days.
#[must_use]
pub fn too_old(today: Date, days: i32) -> Date {
    today.checked_sub(jiff::Span::new().days(days)).unwrap_or(Date::MIN)
}
