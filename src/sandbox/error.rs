//! What can go wrong for whoever drives the sandbox. What goes wrong for the bot is an HTTP answer, not one of these.

use super::id::Id;

/// Why the sandbox could not do what a tester asked of it.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The port could not be opened.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Listen {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// No such user, channel, guild, message or command.
    #[error("there is no {kind} {id} in the sandbox")]
    Unknown {
        /// What was looked for.
        kind: &'static str,
        /// Its id or name.
        id: String,
    },
    /// A real Discord client would not have let this person do that.
    #[error("{0}")]
    NotPossible(String),
    /// Nothing of the kind happened in time.
    #[error("nothing came within {0:?}: {1}")]
    TimedOut(std::time::Duration, String),
}

impl SandboxError {
    pub(crate) fn unknown(kind: &'static str, id: Id) -> Self {
        Self::Unknown { kind, id: id.to_string() }
    }

    pub(crate) fn not_possible(why: impl Into<String>) -> Self {
        Self::NotPossible(why.into())
    }
}
