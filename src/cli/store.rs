//! Opening the store that the settings name.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use jiff::civil::Date;
use tokio::runtime::Runtime;

use crate::config::Database;
use crate::store::{Memory, OpenError, Sql, Store, set_aside};

/// A store that was opened.
pub(super) struct Opened {
    /// What is kept where.
    pub(super) store: Arc<dyn Store>,
    database: Option<Arc<Sql>>,
}

impl Opened {
    fn database(database: Sql) -> Self {
        let database = Arc::new(database);
        Self { store: Arc::<Sql>::clone(&database), database: Some(database) }
    }

    /// Closes it in order.
    pub(super) async fn close(self) {
        if let Some(database) = self.database {
            database.close().await;
        }
    }
}

/// The store for a bot that is to run, made if it is not there. A server that cannot be reached now may be reached later.
///
/// # Errors
/// What somebody must mend first.
pub(super) async fn for_running(database: &Database) -> Result<Opened, OpenError> {
    if *database == Database::Memory {
        return Ok(Opened { store: Arc::new(Memory::new()), database: None });
    }
    let opened = Sql::new(database.clone());
    match opened.open().await {
        Err(error) if error.may_pass() => tracing::error!("{error}; going on without it until it can"),
        other => other?,
    }
    Ok(Opened::database(opened))
}

/// Moves a damaged file aside, so that an empty one takes its place.
///
/// # Errors
/// When there is no file that could be moved, or it cannot be.
pub(super) async fn begin_fresh(database: &Database, today: Date) -> anyhow::Result<()> {
    let Database::File(path) = database else { anyhow::bail!("--fresh-database is for a database in a file: see `database.url`") };
    let aside = set_aside(path, today).await.with_context(|| format!("cannot move {} aside", path.display()))?;
    if let Some(aside) = aside {
        tracing::warn!("the damaged database is kept as {}; an empty one takes its place", aside.display());
    }
    Ok(())
}

/// What is kept already, for a command that looks at it or changes it.
///
/// # Errors
/// When nothing is kept yet, or it cannot be opened.
pub(super) async fn existing(database: &Database) -> anyhow::Result<Opened> {
    if let Database::File(path) = database
        && !path.exists()
    {
        anyhow::bail!("there is no database {} yet; `mabel run` makes it, and `database.url` names another", shown(path));
    }
    let opened = Sql::new(database.clone());
    opened.open().await?;
    Ok(Opened::database(opened))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// A runtime for a command that does one thing.
///
/// # Errors
/// When the system gives none.
pub(super) fn runtime() -> anyhow::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("the system gives no threads")
}
