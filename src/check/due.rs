//! What is due for review on a day, by topic and by table: the editors' list of work.

use jiff::civil::Date;

use crate::knowledge::{Knowledge, Place};

/// What of one topic or table is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Whether it is a topic's entries or a table's rows.
    pub kind: Kind,
    /// The topic or table.
    pub id: String,
    /// How many it has in all.
    pub of: usize,
    /// What is due, the longest overdue first.
    pub items: Vec<Item>,
}

/// What a [`Group`] is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Entries of a topic.
    Topic,
    /// Rows of a table.
    Table,
}

/// An entry or a row that is due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// When it was to be looked at again.
    pub review_by: Date,
    /// Where it is defined.
    pub place: Place,
    /// The entry's id, or the row's keys.
    pub id: String,
}

/// Topics and tables with something due on that day, topics first.
#[must_use]
pub fn due(knowledge: &Knowledge, today: Date) -> Vec<Group> {
    let topics = knowledge.topics.iter().map(|topic| {
        let entries: Vec<_> = knowledge.entries.iter().filter(|entry| entry.topic == topic.id).collect();
        let items = entries.iter().map(|entry| Item { review_by: entry.review_by, place: entry.place.clone(), id: entry.id.to_string() });
        Group { kind: Kind::Topic, id: topic.id.to_string(), of: entries.len(), items: late(items, today) }
    });
    let tables = knowledge.tables.values().map(|table| {
        let items = table.rows.iter().filter_map(|row| {
            let keys = row.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            Some(Item { review_by: row.review_by?, place: row.place.clone(), id: keys })
        });
        Group { kind: Kind::Table, id: table.id.to_string(), of: table.rows.len(), items: late(items, today) }
    });
    topics.chain(tables).filter(|group| !group.items.is_empty()).collect()
}

fn late(items: impl Iterator<Item = Item>, today: Date) -> Vec<Item> {
    let mut late: Vec<Item> = items.filter(|item| item.review_by < today).collect();
    late.sort();
    late
}
