//! Messages and how they are shown. <https://docs.discord.com/developers/resources/message#message-object>

use std::time::SystemTime;

use serde_json::{Value, json};

use super::World;
use crate::sandbox::id::{Id, timestamp};

/// Message flags. <https://docs.discord.com/developers/resources/message#message-object-message-flags>
pub mod flags {
    /// Embeds are hidden.
    pub const SUPPRESS_EMBEDS: u64 = 1 << 2;
    /// Only the user of the interaction sees it.
    pub const EPHEMERAL: u64 = 1 << 6;
    /// "… is thinking": a deferred response that has not come yet.
    pub const LOADING: u64 = 1 << 7;
    /// Sent without a push notification.
    pub const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    /// Laid out with components alone.
    pub const COMPONENTS_V2: u64 = 1 << 15;
}

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    /// The message's id.
    pub id: Id,
    /// Where it stands.
    pub channel_id: Id,
    /// The guild of that channel.
    pub guild_id: Option<Id>,
    /// Who wrote it.
    pub author_id: Id,
    /// Its text.
    pub content: String,
    /// Its embeds, as sent.
    pub embeds: Vec<Value>,
    /// Its components, as sent, each with the `id` Discord gives it.
    pub components: Vec<Value>,
    /// Its files: objects with `id`, `filename`, `size`, …
    pub attachments: Vec<Value>,
    /// Bits of [`flags`].
    pub flags: u64,
    /// 0 plain, 19 reply, 20 slash command, 23 context menu.
    pub kind: u8,
    /// The users who were pinged.
    pub mentions: Vec<Id>,
    /// The roles that were pinged.
    pub mention_roles: Vec<Id>,
    /// Whether everyone was pinged.
    pub mention_everyone: bool,
    /// Whether the text names the bot: this, not the ping of a reply, shows it the content.
    pub names_bot: bool,
    /// What it replies to.
    pub reference: Option<Reference>,
    /// The interaction it answers.
    pub interaction_id: Option<Id>,
    /// What the message object tells of that interaction.
    pub interaction_metadata: Option<Value>,
    /// The nonce it was sent with.
    pub nonce: Option<Value>,
    /// When it was last edited.
    pub edited_at: Option<SystemTime>,
    /// The one person who sees it, when it is ephemeral.
    pub visible_to: Option<Id>,
    /// Reactions: emoji and who.
    pub reactions: Vec<(String, Id)>,
}

/// A reply's link to what it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The message replied to.
    pub message_id: Id,
    /// Its channel.
    pub channel_id: Id,
    /// Whether its author was pinged.
    pub pings: bool,
}

impl Message {
    pub(crate) fn new(id: Id, channel_id: Id, guild_id: Option<Id>, author_id: Id) -> Self {
        Self {
            id,
            channel_id,
            guild_id,
            author_id,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            kind: 0,
            mentions: Vec::new(),
            mention_roles: Vec::new(),
            mention_everyone: false,
            names_bot: false,
            reference: None,
            interaction_id: None,
            interaction_metadata: None,
            nonce: None,
            edited_at: None,
            visible_to: None,
            reactions: Vec::new(),
        }
    }

    /// Whether only one person sees it.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        self.flags & flags::EPHEMERAL != 0
    }

    /// Whether it still says "… is thinking".
    #[must_use]
    pub fn is_loading(&self) -> bool {
        self.flags & flags::LOADING != 0
    }

    /// Whether anybody was pinged by it.
    #[must_use]
    pub fn pings_anybody(&self) -> bool {
        self.mention_everyone || !self.mentions.is_empty() || !self.mention_roles.is_empty()
    }

    /// All its components that carry a `custom_id` or `url`, containers opened.
    #[must_use]
    pub fn controls(&self) -> Vec<&Value> {
        fn walk<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
            if value.get("custom_id").or_else(|| value.get("url")).is_some() {
                found.push(value);
            }
            for key in ["components", "accessory", "component"] {
                match value.get(key) {
                    Some(Value::Array(inner)) => inner.iter().for_each(|one| walk(one, found)),
                    Some(inner) => walk(inner, found),
                    None => {}
                }
            }
        }
        let mut found = Vec::new();
        self.components.iter().for_each(|component| walk(component, &mut found));
        found
    }

    /// The component with this `custom_id`.
    #[must_use]
    pub fn control(&self, custom_id: &str) -> Option<&Value> {
        self.controls().into_iter().find(|control| control["custom_id"] == custom_id)
    }

    /// Everything a reader sees, as plain text: content, embeds, and the labels of components.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts = vec![self.content.clone()];
        for embed in &self.embeds {
            let fields = embed["fields"].as_array().map_or(&[][..], Vec::as_slice);
            let texts = [&embed["author"]["name"], &embed["title"], &embed["description"]];
            let texts = texts.into_iter().chain(fields.iter().flat_map(|field| [&field["name"], &field["value"]]));
            parts.extend(texts.chain([&embed["footer"]["text"]]).filter_map(Value::as_str).map(str::to_owned));
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n")
    }
}

impl World {
    /// Whether the bot sees what stands in a message without the Message Content intent.
    /// <https://docs.discord.com/developers/events/gateway#message-content-intent>
    pub(crate) fn shows_content_to_bot(&self, message: &Message) -> bool {
        let replies_to_bot =
            message.reference.filter(|reference| reference.pings).and_then(|reference| self.messages.get(&reference.message_id));
        message.author_id == self.application_id
            || self.channels.get(&message.channel_id).is_some_and(super::Channel::is_bot_direct)
            || message.names_bot
            || replies_to_bot.is_some_and(|target| target.author_id == self.application_id && target.interaction_id.is_none())
    }

    /// The message object. `withheld`: what the Message Content intent covers is emptied where its rules say so.
    pub(crate) fn message_json(&self, message: &Message, withheld: bool) -> Value {
        self.message_at_depth(message, withheld, 0)
    }

    fn message_at_depth(&self, message: &Message, withheld: bool, depth: u8) -> Value {
        let hidden = withheld && !self.shows_content_to_bot(message);
        let shown = |items: &Vec<Value>| if hidden { json!([]) } else { json!(items) };
        let mut value = json!({
            "type": message.kind,
            "content": if hidden { "" } else { message.content.as_str() },
            "mentions": message.mentions.iter().map(|user| self.user_json(*user)).collect::<Vec<_>>(),
            "mention_roles": message.mention_roles,
            "attachments": shown(&message.attachments),
            "embeds": shown(&message.embeds),
            "timestamp": timestamp(message.id.created_at()),
            "edited_timestamp": message.edited_at.map(timestamp),
            "flags": message.flags,
            "components": shown(&message.components),
            "id": message.id,
            "channel_id": message.channel_id,
            "author": self.user_json(message.author_id),
            "pinned": false,
            "mention_everyone": message.mention_everyone,
            "tts": false,
        });
        if let Some(nonce) = &message.nonce {
            value["nonce"] = nonce.clone();
        }
        if !message.reactions.is_empty() {
            value["reactions"] = self.reactions_json(message);
        }
        self.add_interaction(message, &mut value);
        if let Some(reference) = message.reference {
            value["message_reference"] = json!({
                "type": 0, "message_id": reference.message_id, "channel_id": reference.channel_id, "guild_id": message.guild_id,
            });
            if depth == 0 {
                let target = self.messages.get(&reference.message_id);
                value["referenced_message"] = target.map_or(Value::Null, |target| self.message_at_depth(target, withheld, 1));
            }
        }
        value
    }

    fn add_interaction(&self, message: &Message, value: &mut Value) {
        if message.interaction_id.is_none() {
            return;
        }
        value["webhook_id"] = json!(self.application_id);
        value["application_id"] = json!(self.application_id);
        if let Some(metadata) = &message.interaction_metadata {
            value["interaction_metadata"] = metadata.clone();
        }
        let interaction = message.interaction_id.and_then(|id| self.interactions.get(&id));
        if let Some(interaction) = interaction.filter(|interaction| interaction.kind == 2) {
            value["interaction"] = json!({
                "id": interaction.id, "type": interaction.kind, "name": interaction.full_name(), "user": self.user_json(interaction.user_id),
            });
        }
    }

    fn reactions_json(&self, message: &Message) -> Value {
        let mut names: Vec<&str> = message.reactions.iter().map(|(name, _)| name.as_str()).collect();
        names.dedup();
        let one = |name: &&str| {
            let users: Vec<Id> = message.reactions.iter().filter(|(other, _)| other == name).map(|(_, user)| *user).collect();
            json!({
                "count": users.len(), "count_details": {"burst": 0, "normal": users.len()}, "burst_colors": [], "me_burst": false,
                "me": users.contains(&self.application_id), "emoji": {"id": null, "name": name},
            })
        };
        names.iter().map(one).collect()
    }

    /// The payload of `MESSAGE_CREATE` and `MESSAGE_UPDATE`: the message, its guild and its author's membership.
    pub(crate) fn message_event_json(&self, message: &Message, withheld: bool) -> Value {
        let mut value = self.message_json(message, withheld);
        if let Some(guild) = message.guild_id.and_then(|id| self.guilds.get(&id)) {
            value["guild_id"] = json!(guild.id);
            if message.interaction_id.is_none() {
                value["member"] = Self::partial_member_json(guild, message.author_id);
            }
        }
        value["channel_type"] = json!(self.channels.get(&message.channel_id).map_or(0, |channel| channel.kind));
        value
    }

    pub(crate) fn message_overview(&self, message: &Message) -> Value {
        let mut value = self.message_json(message, false);
        value["guild_id"] = json!(message.guild_id);
        value["visible_to"] = json!(message.visible_to);
        value["interaction_id"] = json!(message.interaction_id);
        value
    }
}
