//! Where a database is.

use std::path::PathBuf;

use super::Secret;

/// How the address of a file begins.
pub const FILE: &str = "sqlite://";
/// How the address of a server begins.
const SERVER: [&str; 2] = ["postgres://", "postgresql://"];
/// The address of no database at all.
const MEMORY: &str = "memory:";

/// Where what outlives a question is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// Nowhere: it is forgotten at the end of the process.
    Memory,
    /// In a file.
    File(PathBuf),
    /// On a server. The address may hold a password.
    Server(Secret),
}

impl Default for Database {
    fn default() -> Self {
        Self::File(PathBuf::from("mabel.db"))
    }
}

impl Database {
    /// Reads an address; none if it is no address of a database.
    #[must_use]
    pub fn read(address: &str) -> Option<Self> {
        if address == MEMORY {
            return Some(Self::Memory);
        }
        if let Some(path) = address.strip_prefix(FILE) {
            return (!path.is_empty() && !path.contains('?')).then(|| Self::File(PathBuf::from(path)));
        }
        let server = SERVER.iter().any(|scheme| address.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
        if server { Secret::new(address).map(Self::Server) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_a_file_a_server_or_memory() {
        assert_eq!(Database::read("sqlite://data/mabel.db"), Some(Database::File(PathBuf::from("data/mabel.db"))));
        assert_eq!(Database::read("sqlite:///var/lib/mabel.db"), Some(Database::File(PathBuf::from("/var/lib/mabel.db"))));
        assert_eq!(Database::read("memory:"), Some(Database::Memory));
        assert!(matches!(Database::read("postgres://a:b@host/name"), Some(Database::Server(_))));
        for wrong in ["", "sqlite://", "sqlite://a.db?mode=ro", "postgres://", "mysql://host/name", "mabel.db", "memory"] {
            assert_eq!(Database::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_address_of_a_server_is_never_printed() {
        let server = Database::read("postgres://mabel:hunter2@db.example.org/mabel").unwrap();
        assert!(!format!("{server:?}").contains("hunter2") && !format!("{server:?}").contains("example"));
    }
}
