//! What is wrong with a knowledge file, said so that an editor can mend it.
//!
//! Loading and checking never stop at the first fault: they collect all of them. A fault names the file, the line, what is
//! wrong and how to put it right.

use std::fmt;

/// How much a [`Fault`] weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; `mabel check` still succeeds.
    Warning,
    /// The knowledge cannot be used as it is.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A place in a knowledge file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path relative to the knowledge folder, with forward slashes.
    pub file: String,
    /// Line, counted from 1; 0 stands for the whole file.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 { formatter.write_str(&self.file) } else { write!(formatter, "{}:{}", self.file, self.line) }
    }
}

/// One thing wrong with the knowledge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it is.
    pub place: Place,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, naming the key or id concerned.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

impl Fault {
    /// A fault that makes the knowledge unusable.
    pub fn error(place: Place, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { place, severity: Severity::Error, what: what.into(), mend: mend.into() }
    }

    /// A fault worth a look.
    pub fn warning(place: Place, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { place, severity: Severity::Warning, what: what.into(), mend: mend.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}: {}\n  mend: {}", self.place, self.severity, self.what, self.mend)
    }
}

/// Every fault found; never empty when it is returned as an error.
#[derive(Clone, Debug, Default, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Whether one of the faults makes the knowledge unusable.
    #[must_use]
    pub fn any_error(&self) -> bool {
        self.0.iter().any(|fault| fault.severity == Severity::Error)
    }
}
