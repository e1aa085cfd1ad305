//! Gateway intents, by name. <https://docs.discord.com/developers/events/gateway#list-of-intents>

/// Guilds, channels and threads.
pub const GUILDS: u64 = 1;
/// Members coming and going; privileged.
pub const GUILD_MEMBERS: u64 = 1 << 1;
/// Who is online; privileged.
pub const GUILD_PRESENCES: u64 = 1 << 8;
/// Messages in guilds.
pub const GUILD_MESSAGES: u64 = 1 << 9;
/// Reactions in guilds.
pub const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
/// Typing in guilds.
pub const GUILD_MESSAGE_TYPING: u64 = 1 << 11;
/// Messages in DMs.
pub const DIRECT_MESSAGES: u64 = 1 << 12;
/// Reactions in DMs.
pub const DIRECT_MESSAGE_REACTIONS: u64 = 1 << 13;
/// Typing in DMs.
pub const DIRECT_MESSAGE_TYPING: u64 = 1 << 14;
/// What stands in messages; privileged.
pub const MESSAGE_CONTENT: u64 = 1 << 15;

/// The intents that the developer portal has to allow.
pub const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;

/// All bits that mean something: 0–16, 20, 21, 24, 25.
pub(crate) const KNOWN: u64 = ((1 << 17) - 1) | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
