//! Guilds, roles and members. <https://docs.discord.com/developers/resources/guild>

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Channel, World, permissions};
use crate::sandbox::id::{Id, timestamp};

/// A server.
#[derive(Clone, Debug)]
pub struct Guild {
    /// The guild's id, which is also the id of its `@everyone` role.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Who owns it, and so may do everything.
    pub owner_id: Id,
    /// Its roles, `@everyone` first.
    pub roles: Vec<Role>,
    /// Its members and their roles.
    pub members: BTreeMap<Id, Vec<Id>>,
    /// Its preferred language.
    pub locale: String,
    /// Whether the bot is a member; if not, no event comes from here and only user-installed commands work.
    pub has_bot: bool,
}

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    /// The role's id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What its members may do.
    pub permissions: u64,
    /// Whether everybody may ping it.
    pub mentionable: bool,
}

impl Role {
    pub(crate) fn json(&self, position: usize) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "description": null,
            "permissions": self.permissions.to_string(),
            "position": position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "hoist": false,
            "managed": false,
            "mentionable": self.mentionable,
            "icon": null,
            "unicode_emoji": null,
            "flags": 0,
        })
    }
}

impl Guild {
    /// What a member may do in the guild as a whole, channels aside.
    #[must_use]
    pub fn permissions_of(&self, user: Id) -> u64 {
        if user == self.owner_id {
            return permissions::ALL;
        }
        let own = self.members.get(&user).map_or(&[][..], Vec::as_slice);
        let bits =
            self.roles.iter().filter(|role| role.id == self.id || own.contains(&role.id)).fold(0, |bits, role| bits | role.permissions);
        if bits & permissions::ADMINISTRATOR == 0 { bits } else { permissions::ALL }
    }

    fn roles_json(&self) -> Vec<Value> {
        self.roles.iter().enumerate().map(|(position, role)| role.json(position)).collect()
    }

    /// The guild object of REST.
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id, "name": self.name, "icon": null, "description": null, "home_header": null, "splash": null,
            "discovery_splash": null, "features": [], "banner": null, "owner_id": self.owner_id, "application_id": null,
            "region": "us-east", "afk_channel_id": null, "afk_timeout": 300, "system_channel_id": null,
            "system_channel_flags": 0, "widget_enabled": false, "widget_channel_id": null, "verification_level": 0,
            "roles": self.roles_json(), "default_message_notifications": 1, "mfa_level": 0, "explicit_content_filter": 0,
            "max_presences": null, "max_members": 500_000, "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25, "vanity_url_code": null, "premium_tier": 0, "premium_subscription_count": 0,
            "preferred_locale": self.locale, "rules_channel_id": null, "safety_alerts_channel_id": null,
            "public_updates_channel_id": null, "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0,
            "emojis": [], "stickers": [], "incidents_data": null,
        })
    }

    pub(crate) fn overview(&self) -> Value {
        json!({
            "id": self.id, "name": self.name, "owner_id": self.owner_id, "locale": self.locale, "has_bot": self.has_bot,
            "roles": self.roles_json(), "members": self.members,
        })
    }
}

impl World {
    /// The `GUILD_CREATE` payload: the guild and all in it.
    pub(crate) fn guild_create_json(&self, guild: &Guild) -> Value {
        let all = || self.channels.values().filter(|channel| channel.guild_id == Some(guild.id));
        let mut value = guild.json();
        value["joined_at"] = json!(timestamp(guild.id.created_at()));
        value["large"] = json!(false);
        value["unavailable"] = json!(false);
        value["member_count"] = json!(guild.members.len());
        value["members"] = guild.members.keys().map(|user| self.member_json(guild, *user)).collect();
        value["channels"] = all().filter(|channel| !channel.is_thread()).map(|channel| self.channel_json(channel)).collect();
        value["threads"] = all().filter(|channel| channel.is_thread()).map(|channel| self.channel_json(channel)).collect();
        for empty in ["voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"] {
            value[empty] = json!([]);
        }
        value
    }

    /// A member without the user, as messages carry it.
    pub(crate) fn partial_member_json(guild: &Guild, user: Id) -> Value {
        json!({
            "roles": guild.members.get(&user).cloned().unwrap_or_default(),
            "joined_at": timestamp(guild.id.created_at()),
            "premium_since": null, "nick": null, "pending": false, "avatar": null, "banner": null,
            "communication_disabled_until": null, "flags": 0, "mute": false, "deaf": false,
        })
    }

    /// A member with the user.
    pub(crate) fn member_json(&self, guild: &Guild, user: Id) -> Value {
        let mut value = Self::partial_member_json(guild, user);
        value["user"] = self.user_json(user);
        value
    }

    /// What a user may do in a channel: their roles, less what the channel takes from the bot. In a DM, everything a DM allows.
    pub(crate) fn permissions_in(&self, user: Id, channel: &Channel) -> u64 {
        let guild = channel.guild_id.and_then(|id| self.guilds.get(&id));
        let bits = guild.map_or(permissions::EVERYONE | permissions::MENTION_EVERYONE, |guild| guild.permissions_of(user));
        if user == self.application_id { bits & !self.denied_to_bot(channel) } else { bits }
    }
}
