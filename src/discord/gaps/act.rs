//! What can be turned to in what curators see of gaps and votes, and how a `custom_id` says it.

/// A page to turn to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapsAct {
    /// That page of what was not answered.
    Unanswered(usize),
    /// That page of the votes.
    Votes(usize),
}

impl GapsAct {
    /// The act as the end of a `custom_id`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Unanswered(page) => format!("u:{page}"),
            Self::Votes(page) => format!("v:{page}"),
        }
    }

    /// The act of those parts of a `custom_id`.
    #[must_use]
    pub fn of_parts(parts: &[&str]) -> Option<Self> {
        match parts {
            ["u", page] => page.parse().ok().map(Self::Unanswered),
            ["v", page] => page.parse().ok().map(Self::Votes),
            _ => None,
        }
    }
}
