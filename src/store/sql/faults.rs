//! What the faults of databases mean: whether the same may work later, and what of them may be told.
//!
//! Told are the kind of a fault and its code. The text of a database may repeat what was to be kept, so it is told only where it
//! speaks of the database itself.

use std::borrow::Cow;
use std::io;

use sqlx::Error;
use sqlx::error::DatabaseError;

use crate::store::StoreError;

/// What a database says is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Another process holds it.
    Locked,
    /// No space is left.
    Full,
    /// It cannot be read or written.
    NotWritable,
    /// It is damaged, or no database.
    Damaged,
    /// The file cannot be opened.
    CannotOpen,
    /// The server is stopping, starting or out of means.
    Down,
    /// The login was refused.
    Login,
    /// A right is lacking.
    NoRights,
    /// Something else.
    Other,
}

/// Primary result codes of SQLite. <https://sqlite.org/rescode.html>
const OF_FILE: &[(u32, Kind)] = &[
    (5, Kind::Locked),
    (6, Kind::Locked),
    (7, Kind::Down),
    (8, Kind::NotWritable),
    (10, Kind::NotWritable),
    (11, Kind::Damaged),
    (13, Kind::Full),
    (14, Kind::CannotOpen),
    (26, Kind::Damaged),
];

/// Codes of PostgreSQL, by how they begin, the longer first. <https://www.postgresql.org/docs/current/errcodes-appendix.html>
const OF_SERVER: &[(&str, Kind)] = &[
    ("25006", Kind::NotWritable),
    ("28", Kind::Login),
    ("3D000", Kind::Login),
    // No schema that it may use.
    ("3F000", Kind::NoRights),
    ("42501", Kind::NoRights),
    ("53100", Kind::Full),
    ("55P03", Kind::Locked),
    ("08", Kind::Down),
    ("40", Kind::Down),
    ("53", Kind::Down),
    ("57", Kind::Down),
    ("58", Kind::Down),
];

/// What a code says is wrong. Codes of SQLite are numbers of up to four digits, those of PostgreSQL have five signs.
fn kind_of_code(code: &str) -> Kind {
    let found = match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => OF_FILE.iter().find(|(known, _)| *known == number & 0xff).map(|(_, kind)| *kind),
        _ => OF_SERVER.iter().find(|(known, _)| code.starts_with(known)).map(|(_, kind)| *kind),
    };
    found.unwrap_or(Kind::Other)
}

/// What a database says is wrong.
pub(super) fn kind(error: &dyn DatabaseError) -> Kind {
    error.code().map_or(Kind::Other, |code| kind_of_code(&code))
}

/// What may be told of a fault.
fn told(kind: Kind, code: &str) -> String {
    let what = match kind {
        Kind::Locked => "the database is locked",
        Kind::Full => "no space is left for the database",
        Kind::NotWritable => "the database cannot be written",
        Kind::Damaged => "the database is damaged",
        Kind::CannotOpen => "the database file cannot be opened",
        Kind::Down => "the database server is down",
        Kind::Login => "the database server refused the login",
        Kind::NoRights => "the database server refused the right",
        Kind::Other => "the database refused",
    };
    format!("{what} (code {code})")
}

/// A fault as the store tells it.
pub(super) fn of(error: Error) -> StoreError {
    match error {
        Error::Database(error) => {
            let kind = kind(&*error);
            let told = told(kind, &error.code().unwrap_or(Cow::Borrowed("none")));
            if kind == Kind::Other { StoreError::Refused(told) } else { StoreError::Unavailable(told) }
        }
        Error::ColumnDecode { .. } | Error::Decode(_) | Error::ColumnNotFound(_) => {
            StoreError::Unreadable("a row is not as it should be".to_owned())
        }
        Error::Encode(_) | Error::TypeNotFound { .. } | Error::InvalidArgument(_) => StoreError::Refused("a value does not fit".to_owned()),
        other => StoreError::Unavailable(of_any(&other)),
    }
}

/// What may be told of a fault that is no answer of a database.
pub(super) fn of_any(error: &Error) -> String {
    match error {
        Error::Io(error) => connection(error),
        Error::Tls(_) => "no encrypted connection could be made".to_owned(),
        Error::PoolTimedOut => "no connection to the database was free in time".to_owned(),
        _ => "the connection to the database failed".to_owned(),
    }
}

/// A broken connection, in words.
fn connection(error: &io::Error) -> String {
    format!("the connection to the database failed: {}", error.kind())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_whether_the_same_may_work_later() {
        for (code, wanted) in [
            ("5", Kind::Locked),
            ("517", Kind::Locked),
            ("13", Kind::Full),
            ("2570", Kind::NotWritable),
            ("26", Kind::Damaged),
            ("2067", Kind::Other),
            ("57P01", Kind::Down),
            ("53100", Kind::Full),
            ("42501", Kind::NoRights),
            ("28P01", Kind::Login),
            ("23505", Kind::Other),
        ] {
            assert_eq!(kind_of_code(code), wanted, "{code}");
        }
    }
}
