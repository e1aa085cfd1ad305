//! Permission bits, by name. <https://docs.discord.com/developers/topics/permissions>

/// All permissions, bypasses channel overwrites.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Change the server's settings.
pub const MANAGE_GUILD: u64 = 1 << 5;
/// Add reactions.
pub const ADD_REACTIONS: u64 = 1 << 6;
/// See a channel.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Write in a channel, or open a post in a forum.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Delete what others wrote.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Show embeds.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Upload files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was written before; needed to reply.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Ping everyone and all roles.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// Use slash commands and menus.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// Write in threads.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
/// Let the answers of user-installed apps be seen by all.
pub const USE_EXTERNAL_APPS: u64 = 1 << 50;

/// What `@everyone` may do in a sandbox guild.
pub(crate) const EVERYONE: u64 = ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | SEND_MESSAGES_IN_THREADS
    | USE_EXTERNAL_APPS;

/// Every bit that exists.
pub(crate) const ALL: u64 = (1 << 53) - 1;
