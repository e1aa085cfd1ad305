//! What is due, at the end of a check.

use std::io;

use jiff::civil::Date;

use super::super::output::{BOLD, YELLOW};
use crate::check::due::{Group, Item, Kind};

/// The most rows of a table that are named.
const MOST_ROWS: usize = 6;

/// The list of work, topics first.
pub(super) fn write(out: &mut dyn io::Write, groups: &[Group], today: Date) -> io::Result<()> {
    let count = |kind: Kind| groups.iter().filter(|group| group.kind == kind).map(|group| group.items.len()).sum::<usize>();
    if groups.is_empty() {
        return Ok(());
    }
    let (entries, rows) = (count(Kind::Topic), count(Kind::Table));
    writeln!(out, "\n{YELLOW}Due for review{YELLOW:#} on {today}: {entries} entries and {rows} rows")?;
    for group in groups {
        let (kind, items, most) = match group.kind {
            Kind::Topic => ("topic", "entries", usize::MAX),
            Kind::Table => ("table", "rows", MOST_ROWS),
        };
        writeln!(out, "  {kind} {BOLD}{}{BOLD:#}: {} of {} {items}", group.id, group.items.len(), group.of)?;
        for Item { review_by, place, id } in group.items.iter().take(most) {
            writeln!(out, "    {review_by} {id} ({place})")?;
        }
        if group.items.len() > most {
            writeln!(out, "    and {} more", group.items.len() - most)?;
        }
    }
    writeln!(out)
}
