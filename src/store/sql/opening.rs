//! Opening a database: made if it is not there, looked over, brought up to date.
//!
//! What cannot be opened says why in one line that tells the way out and never the address, which may hold a password.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;
use std::{fs, io};

use jiff::civil::Date;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, Error, Executor, Row, SqlSafeStr};

use super::faults::{self, Kind};
use crate::config::{Database, Secret};

/// The steps that bring tables up to date, the oldest first: version, what it does, its statements.
const STEPS: [(i64, &str, &str); 2] =
    [(1, "first", include_str!("migrations/0001_first.sql")), (2, "lease", include_str!("migrations/0002_lease.sql"))];

/// Connections at once; statements take well under a millisecond.
const MOST_CONNECTIONS: u32 = 4;
/// How long a connection may take to be had.
const CONNECT: Duration = Duration::from_secs(3);
/// How a file is written, kept in the file itself. With the write-ahead log a reader never waits for the writer.
/// <https://sqlite.org/wal.html>
const OF_FILE: &str = "PRAGMA journal_mode = WAL";
/// How each connection writes: what was kept survives the end of the process; the last moments before a power cut may be lost, the file
/// stays whole. Another process is waited for.
const OF_CONNECTION: &str = "PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;";

/// Why a database cannot be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder of the file is not there.
    #[error("the database file {file} cannot be made: there is no folder {folder}; make it, or name another file in `database.url`")]
    NoFolder {
        /// The file.
        file: String,
        /// Its folder.
        folder: String,
    },
    /// The file or its folder cannot be written.
    #[error(
        "the database file {file} cannot be written: let Mabel write it and its folder {folder}, make sure there is space, or name another \
         file in `database.url`"
    )]
    NotWritable {
        /// The file.
        file: String,
        /// Its folder.
        folder: String,
    },
    /// The file is damaged.
    #[error(
        "the database file {file} is damaged or is no database: put a backup in its place, or start `mabel run --fresh-database`, which keeps \
         it aside and begins an empty one"
    )]
    Damaged {
        /// The file.
        file: String,
    },
    /// The tables are of a newer Mabel.
    #[error(
        "the database was used by a newer Mabel: its tables have version {has}, this program knows {knows} at most; run the newer program, or \
         put a backup from before in its place"
    )]
    Newer {
        /// The version of the tables.
        has: i64,
        /// The newest version known here.
        knows: i64,
    },
    /// The tables are not as this program made them.
    #[error("the tables of the database are not as Mabel made them (step {step}): put a backup in its place, or use an empty database")]
    Changed {
        /// The step that does not fit.
        step: i64,
    },
    /// The address is no good.
    #[error("`database.url` cannot be read as the address of a PostgreSQL database: write postgres://user:password@host/name")]
    Address,
    /// The server refused the login.
    #[error("the database server refused the login (code {code}): check user, password and name of the database in `database.url`")]
    Login {
        /// What PostgreSQL calls it.
        code: String,
    },
    /// The server does not let Mabel make or use her tables.
    #[error(
        "the database server does not let Mabel make or use her tables (code {code}): give her user the rights to use the schema and create in \
         it, GRANT USAGE, CREATE ON SCHEMA public TO …"
    )]
    NoRights {
        /// What PostgreSQL calls it.
        code: String,
    },
    /// The database is not there just now.
    #[error("the database cannot be reached just now: {0}")]
    Unreachable(String),
    /// Something else.
    #[error("the database cannot be used: {0}")]
    Other(String),
    /// Nothing is kept in memory for others to open.
    #[error("`database.url` is memory: what is kept there is known to the running bot alone")]
    Memory,
}

impl OpenError {
    /// Whether it may work later without anybody mending anything.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Unreachable(_))
    }
}

/// Opens a database and brings its tables up to date.
pub(super) async fn open(database: &Database) -> Result<AnyPool, OpenError> {
    install_default_drivers();
    match database {
        Database::Memory => Err(OpenError::Memory),
        Database::File(path) => open_file(path).await,
        Database::Server(address) => open_server(address).await,
    }
}

async fn open_file(path: &Path) -> Result<AnyPool, OpenError> {
    let fault = |error: &Error| of_file(error, path);
    // Made here and nowhere else: a file that is taken away while Mabel runs must not come back empty.
    let options = file_options(path, true).map_err(|error| fault(&error))?;
    let mut connection = AnyConnection::connect_with(&options).await.map_err(|error| fault(&error))?;
    look_over(&mut connection, path).await?;
    connection.execute(OF_FILE).await.map_err(|error| fault(&error))?;
    migrate(&mut connection, fault).await?;
    connection.close().await.map_err(|error| fault(&error))?;
    let options = file_options(path, false).map_err(|error| fault(&error))?;
    let pool = AnyPoolOptions::new()
        .max_connections(MOST_CONNECTIONS)
        .acquire_timeout(CONNECT)
        // A connection that is open goes on where a new one could not be made: on a full disk.
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(|connection, _| Box::pin(async move { connection.execute(OF_CONNECTION).await.map(drop) }));
    pool.connect_with(options).await.map_err(|error| fault(&error))
}

/// How to reach a file; `make`: whether to make it where it is not.
fn file_options(path: &Path, make: bool) -> Result<AnyConnectOptions, Error> {
    let absolute = std::path::absolute(path).map_err(Error::Io)?;
    // The driver for any database takes an address, in which `sqlx` marks every sign of a path that means something there but this one.
    let path = absolute.display().to_string().replace('%', "%25");
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(make);
    AnyConnectOptions::from_url(&options.to_url_lossy()).map(ConnectOptions::disable_statement_logging)
}

/// Whether the file is whole. <https://sqlite.org/pragma.html#pragma_quick_check>
async fn look_over(connection: &mut AnyConnection, path: &Path) -> Result<(), OpenError> {
    let row = connection.fetch_one("PRAGMA quick_check(1)").await.map_err(|error| of_file(&error, path))?;
    let found: String = row.try_get(0).map_err(|error| of_file(&error, path))?;
    if found == "ok" { Ok(()) } else { Err(OpenError::Damaged { file: path.display().to_string() }) }
}

async fn open_server(address: &Secret) -> Result<AnyPool, OpenError> {
    let options = AnyConnectOptions::from_str(address.expose()).map_err(|_| OpenError::Address)?.disable_statement_logging();
    let pool = AnyPoolOptions::new().max_connections(MOST_CONNECTIONS).acquire_timeout(CONNECT).connect_lazy_with(options.clone());
    // A connection of its own: a pool says only that none was free in time, not why.
    let connecting = tokio::time::timeout(CONNECT, AnyConnection::connect_with(&options));
    let late = |_| OpenError::Unreachable("it does not answer".to_owned());
    let mut connection = connecting.await.map_err(late)?.map_err(|error| of_server(&error))?;
    migrate(&mut connection, of_server).await?;
    connection.close().await.map_err(|error| of_server(&error))?;
    Ok(pool)
}

async fn migrate(connection: &mut AnyConnection, fault: impl Fn(&Error) -> OpenError) -> Result<(), OpenError> {
    let step = |(version, name, statements): (i64, &'static str, &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, statements.into_sql_str(), false)
    };
    let newest = STEPS.iter().map(|(version, ..)| *version).max().unwrap_or_default();
    Migrator::with_migrations(STEPS.map(step).to_vec()).run_direct(None, connection, false).await.map_err(|error| match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => fault(&error),
        MigrateError::VersionMissing(has) if has > newest => OpenError::Newer { has, knows: newest },
        MigrateError::VersionMissing(step) | MigrateError::VersionMismatch(step) | MigrateError::Dirty(step) => OpenError::Changed { step },
        other => OpenError::Other(other.to_string()),
    })
}

fn of_file(error: &Error, path: &Path) -> OpenError {
    let file = path.display().to_string();
    let folder = match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => folder.to_path_buf(),
        None => PathBuf::from("."),
    };
    let Error::Database(error) = error else { return OpenError::Other(format!("{file}: {}", faults::of_any(error))) };
    match faults::kind(&**error) {
        Kind::Locked => OpenError::Unreachable(format!("another process has locked {file}")),
        Kind::Damaged => OpenError::Damaged { file },
        Kind::CannotOpen if !folder.is_dir() => OpenError::NoFolder { file, folder: folder.display().to_string() },
        Kind::CannotOpen | Kind::NotWritable | Kind::Full => OpenError::NotWritable { file, folder: folder.display().to_string() },
        _ => OpenError::Other(format!("{file}: {}", error.message())),
    }
}

fn of_server(error: &Error) -> OpenError {
    match error {
        Error::Database(error) => {
            let code = error.code().unwrap_or_default().into_owned();
            match faults::kind(&**error) {
                Kind::Login => OpenError::Login { code },
                Kind::NoRights | Kind::NotWritable => OpenError::NoRights { code },
                Kind::Other => OpenError::Other(format!("the server refused (code {code})")),
                _ => OpenError::Unreachable(format!("the server cannot serve (code {code})")),
            }
        }
        Error::Configuration(_) => OpenError::Address,
        other => OpenError::Unreachable(faults::of_any(other)),
    }
}

/// Moves a damaged file aside, with what belongs to it; gives its new name. A file that is whole, or not there, is left alone.
///
/// # Errors
/// When the file cannot be moved.
pub async fn set_aside(path: &Path, today: Date) -> io::Result<Option<PathBuf>> {
    if !path.exists() || !matches!(open(&Database::File(path.to_path_buf())).await, Err(OpenError::Damaged { .. })) {
        return Ok(None);
    }
    let beside = |path: &Path, end: &str| PathBuf::from(format!("{}{end}", path.display()));
    let names = (0..).map(|number| if number == 0 { format!(".corrupt-{today}") } else { format!(".corrupt-{today}-{number}") });
    let free = names.map(|end| beside(path, &end)).find(|name| !name.exists());
    let Some(aside) = free else { return Ok(None) };
    fs::rename(path, &aside)?;
    for end in ["-wal", "-shm"] {
        match fs::rename(beside(path, end), beside(&aside, end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(Some(aside))
}
