//! A PostgreSQL server for tests, where there is one.

use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// Names a PostgreSQL database that tests may make schemas in.
pub const SERVER: &str = "MABEL_TEST_POSTGRES_URL";

/// Says why a test proves nothing here.
pub fn skipped(why: &str) {
    // Not by a macro: what those write is kept from whoever runs the tests when they pass.
    std::io::stderr().write_all(format!("SKIPPED: {why}\n").as_bytes()).unwrap();
}

/// A schema of its own on the server for tests.
pub struct Schema {
    pub server: String,
    pub name: String,
}

impl Schema {
    /// A new one; none where there is no server.
    pub async fn new() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var(SERVER) else {
            skipped(&format!("{SERVER} is not set"));
            return None;
        };
        let name = format!("mabel_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let schema = Self { server, name };
        schema.execute(&format!("CREATE SCHEMA {}", schema.name)).await;
        Some(schema)
    }

    /// Does something as the owner of the database.
    pub async fn execute(&self, statement: &str) {
        let mut connection = PgConnection::connect(&self.server).await.unwrap();
        connection.execute(AssertSqlSafe(statement.to_owned())).await.unwrap();
        connection.close().await.unwrap();
    }

    /// The address of the schema, as the program takes it. Its connections carry its name.
    pub fn address(&self) -> String {
        let sign = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{sign}options[search_path]={name}&application_name={name}", self.server, name = self.name)
    }

    pub async fn drop(self) {
        self.execute(&format!("DROP SCHEMA {} CASCADE", self.name)).await;
    }
}
