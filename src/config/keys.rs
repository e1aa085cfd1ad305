//! The table of keys.

use super::shards;

/// A key of the configuration.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name, tables joined by dots.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What holds if it is not set, as written in TOML; empty for "nothing".
    pub default: &'static str,
    /// What it is for.
    pub help: &'static str,
}

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A text of at most so many characters.
    Short(usize),
    /// A file or a folder; relative to the folder of the configuration file.
    Path,
    /// The base of web addresses: `http://host:port`.
    Base,
    /// Where a database is; may hold a password, so what was written is never repeated.
    Database,
    /// Address and port to listen on: `127.0.0.1:9090`.
    Address,
    /// Numbers from 0 on, one by one or from-to: `0-3,7`.
    Spans,
    /// Ids of Discord's: `["1318500000000000000", "1318500000000000001"]`.
    Ids,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0 to this.
    Count(u32),
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// Every key there is.
pub const KEYS: &[Key] = &[
    Key {
        name: "knowledge",
        kind: Kind::Path,
        default: "",
        help: "Folder of the knowledge files; without it the knowledge built into Mabel is used.",
    },
    Key {
        name: "discord.api_base",
        kind: Kind::Base,
        default: "",
        help: "Where to reach Discord's REST interface, if not directly: a rate-limit proxy, or `mabel sandbox`.",
    },
    Key {
        name: "discord.token_file",
        kind: Kind::Path,
        default: "",
        help: "File that holds the bot's token; the variable DISCORD_TOKEN goes first.",
    },
    Key {
        name: "discord.message_content",
        kind: Kind::Flag,
        default: "false",
        help: "Ask Discord for the content of messages that do not mention Mabel; needs the Message Content intent in the developer portal.",
    },
    Key {
        name: "discord.register_at_start",
        kind: Kind::Flag,
        default: "true",
        help: "Register the commands at start if they have changed; otherwise run `mabel register`.",
    },
    Key {
        name: "discord.shards.total",
        kind: Kind::Count(shards::MOST),
        default: "",
        help: "How many shards there are, over all processes; without it as many as Discord asks for, all of them here.",
    },
    Key {
        name: "discord.shards.ids",
        kind: Kind::Spans,
        default: "",
        help: "The shards of this process, where several share the work over one PostgreSQL and one rate-limit proxy.",
    },
    Key { name: "discord.status", kind: Kind::Short(128), default: "", help: "A line shown under Mabel's name in the list of members." },
    Key {
        name: "limits.per_user",
        kind: Kind::Count(MOST_A_MINUTE),
        default: "12",
        help: "How many questions of one person are answered a minute; 0 for no limit. A button weighs a quarter of a question.",
    },
    Key {
        name: "limits.per_channel",
        kind: Kind::Count(MOST_A_MINUTE),
        default: "40",
        help: "How many questions are answered a minute in one channel; 0 for no limit.",
    },
    Key {
        name: "limits.per_guild",
        kind: Kind::Count(MOST_A_MINUTE),
        default: "200",
        help: "How many questions are answered a minute in one server; 0 for no limit.",
    },
    Key {
        name: "limits.repeat_seconds",
        kind: Kind::Count(3600),
        default: "60",
        help: "For how many seconds the same answer is not posted again in a channel, but pointed to; 0 to post it always.",
    },
    Key {
        name: "operator.guilds",
        kind: Kind::Ids,
        default: "",
        help: "Ids of your own servers: their curators see with /gaps what was asked and not answered, in all servers, and hear of knowledge files that cannot be used.",
    },
    Key {
        name: "database.url",
        kind: Kind::Database,
        default: "\"sqlite://mabel.db\"",
        help: "Where to keep what outlives a question: sqlite://FILE, postgres://USER:PASSWORD@HOST/NAME, or memory: to forget it all at the end.",
    },
    Key {
        name: "ops.listen",
        kind: Kind::Address,
        default: "",
        help: "Address and port for health and metrics: /livez, /readyz, /metrics. Nothing is opened without it; whoever reaches it may read it.",
    },
    Key {
        name: "log.level",
        kind: Kind::Choice(&["error", "warn", "info", "debug", "trace"]),
        default: "\"info\"",
        help: "The least severe level that is logged. No level logs what people write, who they are, or the token.",
    },
    Key {
        name: "log.format",
        kind: Kind::Choice(&["text", "json"]),
        default: "\"text\"",
        help: "How a line of the log looks: text for people, json for machines.",
    },
];

/// More questions a minute are no limit that anybody could want.
const MOST_A_MINUTE: u32 = 100_000;

/// The environment variable of a key: `discord.api_base` is `MABEL_DISCORD__API_BASE`.
#[must_use]
pub fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.replace('.', "__").to_uppercase())
}

/// How the variables of all keys begin.
pub(super) const PREFIX: &str = "MABEL_";

/// The key of that name.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// Whether keys live in a table of that name.
pub(super) fn is_table(name: &str) -> bool {
    KEYS.iter().any(|key| key.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

/// The known name that a misspelt one most likely stands for.
pub(super) fn nearest(wrong: &str) -> Option<&'static str> {
    KEYS.iter()
        .map(|key| (strsim::jaro_winkler(wrong, key.name), key.name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, name)| name)
}
