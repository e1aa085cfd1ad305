//! Empty stores of every kind, each of its own.

use std::ops::Deref;
use std::path::PathBuf;

use mabel::config::{Database, Secret};
use mabel::store::Sql;
use tempfile::TempDir;

use crate::server::Schema;

/// A store in a file that goes with it.
pub struct InFile {
    pub store: Sql,
    pub path: PathBuf,
    _folder: TempDir,
}

impl InFile {
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mabel.db");
        let store = Sql::new(Database::File(path.clone()));
        store.open().await.unwrap();
        Self { store, path, _folder: folder }
    }

    pub async fn end(self) {
        self.store.close().await;
    }
}

impl Deref for InFile {
    type Target = Sql;

    fn deref(&self) -> &Sql {
        &self.store
    }
}

/// How the program is told of that schema.
pub fn database(schema: &Schema) -> Database {
    Database::Server(Secret::new(&schema.address()).unwrap())
}

/// A store on a server, in a schema that goes with it.
pub struct OnServer {
    pub store: Sql,
    pub schema: Schema,
}

impl OnServer {
    pub async fn open() -> Option<Self> {
        let schema = Schema::new().await?;
        let store = Sql::new(database(&schema));
        store.open().await.unwrap();
        Some(Self { store, schema })
    }

    pub async fn end(self) {
        self.store.close().await;
        self.schema.drop().await;
    }
}

impl Deref for OnServer {
    type Target = Sql;

    fn deref(&self) -> &Sql {
        &self.store
    }
}
