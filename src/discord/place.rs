//! Where something is said.

use serenity::model::id::{ChannelId, GuildId};

/// A channel, and the server it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// The server; none for direct messages and private channels.
    pub(super) guild: Option<u64>,
    /// The channel.
    pub(super) channel: u64,
}

impl Place {
    /// The place that an event tells.
    pub(super) fn new(guild: Option<GuildId>, channel: ChannelId) -> Self {
        Self { guild: guild.map(GuildId::get), channel: channel.get() }
    }

    /// The id of the server, or of the channel where there is none.
    pub(super) fn whole(self) -> u64 {
        self.guild.unwrap_or(self.channel)
    }
}
