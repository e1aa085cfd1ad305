//! Channels, threads and direct messages. <https://docs.discord.com/developers/resources/channel#channel-object>

use serde_json::{Value, json};

use super::World;
use crate::sandbox::id::{Id, timestamp};

/// The numbers of the kinds of channel that the sandbox has.
pub mod kinds {
    /// A text channel of a guild.
    pub const TEXT: u8 = 0;
    /// A conversation of two.
    pub const DIRECT: u8 = 1;
    /// A conversation of several, without a guild.
    pub const GROUP: u8 = 3;
    /// An announcement channel of a guild.
    pub const ANNOUNCEMENT: u8 = 5;
    /// A public thread, or a post in a forum.
    pub const THREAD: u8 = 11;
    /// A forum: it holds posts and no messages.
    pub const FORUM: u8 = 15;
}

/// A channel, thread or DM.
#[derive(Clone, Debug)]
pub struct Channel {
    /// The channel's id; a forum post has the id of its first message.
    pub id: Id,
    /// One of [`kinds`].
    pub kind: u8,
    /// The guild it is in, if any.
    pub guild_id: Option<Id>,
    /// Its name; empty for a DM.
    pub name: String,
    /// The channel a thread hangs on.
    pub parent_id: Option<Id>,
    /// Who talks in a DM, the bot not counted.
    pub recipients: Vec<Id>,
    /// Who opened a thread.
    pub owner_id: Option<Id>,
    /// Whether the bot is in it at all.
    pub has_bot: bool,
    /// Permission bits taken from the bot here.
    pub denied_to_bot: u64,
    /// Whether a thread is archived and locked.
    pub locked: bool,
}

impl Channel {
    pub(crate) fn in_guild(id: Id, guild: Id, kind: u8, name: &str) -> Self {
        Self {
            id,
            kind,
            guild_id: Some(guild),
            name: name.to_owned(),
            parent_id: None,
            recipients: Vec::new(),
            owner_id: None,
            has_bot: true,
            denied_to_bot: 0,
            locked: false,
        }
    }

    pub(crate) fn private(id: Id, recipients: Vec<Id>, has_bot: bool) -> Self {
        let kind = if recipients.len() > 2 { kinds::GROUP } else { kinds::DIRECT };
        Self { id, kind, guild_id: None, recipients, has_bot, ..Self::in_guild(id, id, kind, "") }
    }

    /// Whether this is a thread or a forum post.
    #[must_use]
    pub fn is_thread(&self) -> bool {
        self.kind == kinds::THREAD
    }

    /// Whether this is a DM with the bot.
    #[must_use]
    pub fn is_bot_direct(&self) -> bool {
        self.guild_id.is_none() && self.has_bot
    }

    /// Whether messages can be written here.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.kind != kinds::FORUM
    }

    fn thread_metadata(&self) -> Value {
        json!({
            "archived": self.locked, "archive_timestamp": timestamp(self.id.created_at()), "auto_archive_duration": 1440,
            "locked": self.locked, "create_timestamp": timestamp(self.id.created_at()),
        })
    }
}

impl World {
    /// The DM channel of the bot with a user.
    #[must_use]
    pub fn direct_channel(&self, user: Id) -> Option<Id> {
        self.channels.values().find(|channel| channel.is_bot_direct() && channel.recipients == [user]).map(|channel| channel.id)
    }

    /// What a channel takes from the bot; a thread inherits from its parent.
    pub(crate) fn denied_to_bot(&self, channel: &Channel) -> u64 {
        let parent = channel.parent_id.and_then(|id| self.channels.get(&id)).map_or(0, |parent| parent.denied_to_bot);
        channel.denied_to_bot | parent
    }

    /// The channel object.
    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        let last = self.messages_in(channel.id).next_back().map(|message| message.id);
        let Some(guild) = channel.guild_id else {
            let recipients: Vec<Value> = channel.recipients.iter().map(|user| self.user_json(*user)).collect();
            return json!({"id": channel.id, "type": channel.kind, "last_message_id": last, "flags": 0, "recipients": recipients});
        };
        let mut value = json!({
            "id": channel.id, "type": channel.kind, "guild_id": guild, "name": channel.name, "parent_id": channel.parent_id,
            "last_message_id": last, "rate_limit_per_user": 0, "flags": 0,
        });
        if channel.is_thread() {
            value["owner_id"] = json!(channel.owner_id);
            value["thread_metadata"] = channel.thread_metadata();
            value["message_count"] = json!(self.messages_in(channel.id).count());
            value["member_count"] = json!(1);
            value["total_message_sent"] = value["message_count"].clone();
        } else {
            value["position"] = json!(0);
            value["topic"] = Value::Null;
            value["nsfw"] = json!(false);
            value["permission_overwrites"] = self.overwrites_json(channel);
        }
        value
    }

    fn overwrites_json(&self, channel: &Channel) -> Value {
        if channel.denied_to_bot == 0 {
            return json!([]);
        }
        json!([{"id": self.application_id, "type": 1, "allow": "0", "deny": channel.denied_to_bot.to_string()}])
    }

    /// The channel as interactions carry it, with what the acting user may do there.
    pub(crate) fn partial_channel_json(&self, channel: &Channel, user: Id) -> Value {
        let mut value = self.channel_json(channel);
        value["permissions"] = json!(self.permissions_in(user, channel).to_string());
        value
    }

    pub(crate) fn channel_overview(&self, channel: &Channel) -> Value {
        let mut value = self.channel_json(channel);
        value["has_bot"] = json!(channel.has_bot);
        value["denied_to_bot"] = json!(self.denied_to_bot(channel).to_string());
        value
    }
}
