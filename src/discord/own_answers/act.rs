//! What can be done with a server's own answers by pressing and filling in, and how a `custom_id` says it.
//!
//! As with settings, every act carries the server it is for.

/// Something done with the own answers of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnAct {
    /// Show that page of the list.
    Page(usize),
    /// Take up what was filled in as a new one.
    Add,
    /// Take what was filled in in the place of that one.
    Change(u64),
    /// Remove that one.
    Remove(u64),
    /// Leave it after all.
    Keep,
}

impl OwnAct {
    /// The act as the end of a `custom_id`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Page(page) => format!("p:{page}"),
            Self::Add => "a".to_owned(),
            Self::Change(id) => format!("c:{id}"),
            Self::Remove(id) => format!("r:{id}"),
            Self::Keep => "k".to_owned(),
        }
    }

    /// The act of those parts of a `custom_id`.
    #[must_use]
    pub fn of_parts(parts: &[&str]) -> Option<Self> {
        match parts {
            ["p", page] => page.parse().ok().map(Self::Page),
            ["a"] => Some(Self::Add),
            ["c", id] => id.parse().ok().map(Self::Change),
            ["r", id] => id.parse().ok().map(Self::Remove),
            ["k"] => Some(Self::Keep),
            _ => None,
        }
    }
}
