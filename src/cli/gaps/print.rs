//! How gaps and votes are printed, for people and for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::output::{BOLD, DIM};
use crate::gaps::Group;
use crate::knowledge::EntryId;
use crate::store::Tally;

/// A line a group.
pub(super) fn groups(out: &mut dyn Write, groups: &[Group]) -> io::Result<()> {
    if groups.is_empty() {
        return writeln!(out, "Nothing was left unanswered in that time.");
    }
    for group in groups {
        let last = group.weeks.keys().next_back().map(|week| format!("last in the week of {week}")).unwrap_or_default();
        let others = match group.others.len() {
            0 => String::new(),
            1 => ", 1 wording alike".to_owned(),
            count => format!(", {count} wordings alike"),
        };
        writeln!(out, "{:>6}  {BOLD}{}{BOLD:#}  {DIM}{last}{others}{DIM:#}", group.count, group.words)?;
    }
    Ok(())
}

/// One group: its weeks, then its wordings.
pub(super) fn group(out: &mut dyn Write, group: &Group) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", group.words)?;
    for (week, count) in &group.weeks {
        writeln!(out, "{count:>6}  in the week of {week}")?;
    }
    for words in &group.others {
        writeln!(out, "  {DIM}also{DIM:#}  {words}")?;
    }
    Ok(())
}

/// A line an entry.
pub(super) fn votes(out: &mut dyn Write, votes: &[(EntryId, Tally)]) -> io::Result<()> {
    if votes.is_empty() {
        return writeln!(out, "Nobody voted in that time.");
    }
    writeln!(out, "{DIM}helpful  not helpful{DIM:#}")?;
    for (entry, Tally { helpful, not_helpful }) in votes {
        writeln!(out, "{helpful:>7}  {not_helpful:>11}  {BOLD}{entry}{BOLD:#}")?;
    }
    Ok(())
}

/// The groups as JSON.
pub(super) fn groups_json(out: &mut dyn Write, groups: &[Group]) -> io::Result<()> {
    writeln!(out, "{}", Value::from(groups.iter().map(of_group).collect::<Vec<_>>()))
}

/// One group as JSON.
pub(super) fn group_json(out: &mut dyn Write, group: &Group) -> io::Result<()> {
    writeln!(out, "{}", of_group(group))
}

/// The votes as JSON.
pub(super) fn votes_json(out: &mut dyn Write, votes: &[(EntryId, Tally)]) -> io::Result<()> {
    let of_entry =
        |(entry, tally): &(EntryId, Tally)| json!({ "entry": entry, "helpful": tally.helpful, "not_helpful": tally.not_helpful });
    writeln!(out, "{}", Value::from(votes.iter().map(of_entry).collect::<Vec<_>>()))
}

fn of_group(group: &Group) -> Value {
    let weeks = group.weeks.iter().map(|(week, count)| json!({ "week": week.to_string(), "count": count })).collect::<Vec<_>>();
    json!({ "words": group.words, "count": group.count, "weeks": weeks, "others": group.others })
}
