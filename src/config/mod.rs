//! How Mabel is set up: typed [`Settings`] from one TOML file and the environment.
//!
//! One table, [`KEYS`], names every key with its kind, its default and what it is for. It drives the reading of the file, the names
//! of the environment variables, and the guess at what a misspelt key meant; a test holds `config.example.toml` to it. Like the
//! knowledge, settings are either whole or refused with every fault at once. Nothing here opens a connection, and the secrets,
//! the token and the address of a database, are kept in a type that cannot be printed.
//!
//! The environment speaks last: `discord.api_base` in the file is overruled by `MABEL_DISCORD__API_BASE`.

pub mod database;
mod keys;
mod reading;
mod secret;
mod shards;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

pub use database::Database;
pub use keys::{KEYS, Key, Kind, variable};
pub use secret::Secret;
pub use shards::Shards;

use crate::knowledge::{Fault, Faults, Place};
use reading::{Value, Values};

/// The file read when none is named, if it exists.
pub const USUAL_FILE: &str = "config.toml";

/// The environment variable that holds the token; no file and no command line may.
pub const TOKEN_VARIABLE: &str = "DISCORD_TOKEN";
/// The environment variable that names the folder of trained models; empty, none are kept. It is no setting of the bot's: every command
/// that answers goes by it.
pub const CACHE_VARIABLE: &str = "MABEL_CACHE";

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of knowledge; the knowledge carried in the binary if not set.
    pub knowledge: Option<PathBuf>,
    /// What concerns Discord.
    pub discord: Discord,
    /// Where what outlives a question is kept.
    pub database: Database,
    /// What concerns those who watch over her.
    pub ops: Ops,
    /// What concerns the log.
    pub log: Log,
}

/// What concerns Discord.
#[derive(Clone, Debug)]
pub struct Discord {
    /// Where the REST interface is, if not at Discord itself: a rate-limit proxy or a sandbox. No slash at its end.
    pub api_base: Option<String>,
    /// A file with the token in it, for service managers that hand secrets over as files.
    pub token_file: Option<PathBuf>,
    /// Whether to ask for the content of messages that are not addressed to Mabel.
    pub message_content: bool,
    /// Whether commands are registered at start when they have changed.
    pub register_at_start: bool,
    /// What Mabel is shown to be doing.
    pub status: Option<String>,
    /// The shards of this process; if not set, as many as Discord asks for, all of them.
    pub shards: Option<Shards>,
    /// How much is answered.
    pub limits: Limits,
    /// The operator's own servers.
    pub operator_guilds: BTreeSet<u64>,
    token: Option<Secret>,
}

/// What concerns those who watch over her.
#[derive(Clone, Debug)]
pub struct Ops {
    /// Where health and metrics are served; nowhere if not set.
    pub listen: Option<SocketAddr>,
}

/// How much is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Questions of one person a minute; 0 for no limit.
    pub per_user: u32,
    /// Questions in one channel a minute; 0 for no limit.
    pub per_channel: u32,
    /// Questions in one server a minute; 0 for no limit.
    pub per_guild: u32,
    /// For how many seconds an answer is not posted again in the same channel; 0 to post it always.
    pub repeat_seconds: u32,
}

/// What concerns the log.
#[derive(Clone, Debug)]
pub struct Log {
    /// The least severe level that is logged.
    pub level: String,
    /// How lines look.
    pub format: LogFormat,
}

/// How lines of the log look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Neither the variable nor the file is set.
    #[error("no token: set {TOKEN_VARIABLE}, or name a file that holds the token in `discord.token_file`")]
    Missing,
    /// The file cannot be read.
    #[error("the token file {file} cannot be read: {source}")]
    Unreadable {
        /// The file named in the settings.
        file: String,
        /// Why not.
        source: io::Error,
    },
    /// The file holds nothing.
    #[error("the token file {file} is empty")]
    Empty {
        /// The file named in the settings.
        file: String,
    },
}

impl Discord {
    /// The token: from [`TOKEN_VARIABLE`], else from the file named in the settings.
    ///
    /// It is read only here, so that `mabel check` needs no token and no token file.
    ///
    /// # Errors
    /// When there is none, or its file cannot be read.
    pub fn token(&self) -> Result<Secret, TokenError> {
        if let Some(token) = &self.token {
            return Ok(token.clone());
        }
        let path = self.token_file.as_ref().ok_or(TokenError::Missing)?;
        let file = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|source| TokenError::Unreadable { file: file.clone(), source })?;
        Secret::new(&text).ok_or(TokenError::Empty { file })
    }
}

impl Settings {
    /// Reads `file` (or [`USUAL_FILE`] where it exists and none is named), then the variables of `environment`.
    ///
    /// # Errors
    /// With every fault of the file and of the environment.
    pub fn read(file: Option<&Path>, environment: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Self, Faults> {
        let usual = Path::new(USUAL_FILE);
        let path = file.or_else(|| usual.exists().then_some(usual));
        let mut faults = Vec::new();
        let text = path.map_or_else(String::new, |path| {
            fs::read_to_string(path).unwrap_or_else(|error| {
                let place = Place { file: path.display().to_string(), line: 0 };
                faults.push(Fault::error(
                    place,
                    format!("cannot be read: {error}"),
                    "name another file with --config, or start from config.example.toml",
                ));
                String::new()
            })
        });
        let name = path.map_or_else(|| USUAL_FILE.to_owned(), |path| path.display().to_string());
        let folder = path.and_then(Path::parent).unwrap_or(Path::new(""));
        Self::from_text(&name, &text, folder, environment, faults)
    }

    /// Reads settings from the text of a file called `name`; relative paths in it start at `folder`.
    fn from_text(
        name: &str,
        text: &str,
        folder: &Path,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        mut faults: Vec<Fault>,
    ) -> Result<Self, Faults> {
        let mut values = Values::default();
        reading::from_toml(name, text, folder, &mut values, &mut faults);
        let token = reading::from_environment(environment, &mut values, &mut faults);
        let total = values.set("discord.shards.total").and_then(Value::count);
        let ids = values.get("discord.shards.ids").and_then(Value::text).filter(|text| !text.is_empty());
        let shards = Shards::read(total, ids).unwrap_or_else(|(key, what, mend)| {
            faults.push(Fault::error(values.place(key), format!("`{key}` {what}"), mend));
            None
        });
        if faults.is_empty() { Ok(Self::from_values(&values, token, shards)) } else { Err(Faults(faults)) }
    }

    fn from_values(values: &Values, token: Option<Secret>, shards: Option<Shards>) -> Self {
        let text = |name| values.get(name).and_then(Value::text).filter(|text| !text.is_empty()).map(str::to_owned);
        let path = |name| values.get(name).and_then(Value::text).filter(|text| !text.is_empty()).map(PathBuf::from);
        let flag = |name| values.get(name).is_some_and(|value| *value == Value::Flag(true));
        let count = |name| values.get(name).and_then(Value::count).unwrap_or_default();
        Self {
            knowledge: path("knowledge"),
            discord: Discord {
                api_base: text("discord.api_base").map(|base| base.trim_end_matches('/').to_owned()),
                token_file: path("discord.token_file"),
                message_content: flag("discord.message_content"),
                register_at_start: flag("discord.register_at_start"),
                status: text("discord.status"),
                shards,
                limits: Limits {
                    per_user: count("limits.per_user"),
                    per_channel: count("limits.per_channel"),
                    per_guild: count("limits.per_guild"),
                    repeat_seconds: count("limits.repeat_seconds"),
                },
                operator_guilds: text("operator.guilds").as_deref().and_then(reading::ids).unwrap_or_default(),
                token,
            },
            database: text("database.url").as_deref().and_then(Database::read).unwrap_or_default(),
            ops: Ops { listen: text("ops.listen").and_then(|address| address.parse().ok()) },
            log: Log {
                level: text("log.level").unwrap_or_else(|| "info".to_owned()),
                format: if text("log.format").as_deref() == Some("json") { LogFormat::Json } else { LogFormat::Text },
            },
        }
    }
}

#[cfg(test)]
mod tests;
