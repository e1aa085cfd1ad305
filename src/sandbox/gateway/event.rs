//! The events of the gateway: who may get them, and what they say.
//! <https://docs.discord.com/developers/events/gateway-events#receive-events>

use serde_json::{Value, json};

use super::intents;
use crate::sandbox::id::Id;
use crate::sandbox::world::{Channel, Guild, Message, World, permissions};

/// An event on its way to sessions.
#[derive(Clone, Debug)]
pub(crate) struct Dispatch {
    pub(crate) name: &'static str,
    pub(crate) data: Value,
    /// What sessions without the Message Content intent get instead.
    pub(crate) withheld: Option<Value>,
    /// Decides the shard; none is shard 0.
    pub(crate) guild: Option<Id>,
    /// A session needs one of these intents; 0 is for everybody.
    pub(crate) needs: u64,
}

/// Whether a channel is of a guild (first intent) or a DM (second).
fn either(channel: &Channel, guild: u64, direct: u64) -> u64 {
    if channel.guild_id.is_some() { guild } else { direct }
}

/// The channel, when the bot is in it and may see it.
fn seen(world: &World, channel: Id) -> Option<&Channel> {
    let channel = world.channels.get(&channel)?;
    let sees = world.permissions_in(world.application_id, channel) & permissions::VIEW_CHANNEL != 0;
    (channel.has_bot && sees).then_some(channel)
}

fn message(name: &'static str, world: &World, message: &Message) -> Option<Dispatch> {
    let channel = seen(world, message.channel_id).filter(|_| !message.is_ephemeral())?;
    Some(Dispatch {
        name,
        data: world.message_event_json(message, false),
        withheld: Some(world.message_event_json(message, true)),
        guild: channel.guild_id,
        needs: either(channel, intents::GUILD_MESSAGES, intents::DIRECT_MESSAGES),
    })
}

/// A message was written.
pub(crate) fn message_created(world: &World, written: &Message) -> Option<Dispatch> {
    message("MESSAGE_CREATE", world, written)
}

/// A message was changed.
pub(crate) fn message_updated(world: &World, changed: &Message) -> Option<Dispatch> {
    message("MESSAGE_UPDATE", world, changed)
}

/// A message was deleted.
pub(crate) fn message_deleted(world: &World, gone: &Message) -> Option<Dispatch> {
    let channel = seen(world, gone.channel_id).filter(|_| !gone.is_ephemeral())?;
    let mut data = json!({"id": gone.id, "channel_id": gone.channel_id});
    if let Some(guild) = channel.guild_id {
        data["guild_id"] = json!(guild);
    }
    let needs = either(channel, intents::GUILD_MESSAGES, intents::DIRECT_MESSAGES);
    Some(Dispatch { name: "MESSAGE_DELETE", data, withheld: None, guild: channel.guild_id, needs })
}

/// An interaction: to everybody, whatever they asked for.
pub(crate) fn interaction(payload: &Value, guild: Option<Id>) -> Dispatch {
    Dispatch { name: "INTERACTION_CREATE", data: payload.clone(), withheld: None, guild, needs: 0 }
}

/// Somebody types.
pub(crate) fn typing(world: &World, channel: Id, user: Id, seconds: u64) -> Option<Dispatch> {
    let channel = seen(world, channel)?;
    let mut data = json!({"channel_id": channel.id, "user_id": user, "timestamp": seconds});
    if let Some(guild) = channel.guild_id.and_then(|id| world.guilds.get(&id)) {
        data["guild_id"] = json!(guild.id);
        data["member"] = world.member_json(guild, user);
    }
    let needs = either(channel, intents::GUILD_MESSAGE_TYPING, intents::DIRECT_MESSAGE_TYPING);
    Some(Dispatch { name: "TYPING_START", data, withheld: None, guild: channel.guild_id, needs })
}

/// A reaction was added (`true`) or taken back.
pub(crate) fn reaction(world: &World, on: &Message, user: Id, emoji: &str, added: bool) -> Option<Dispatch> {
    let channel = seen(world, on.channel_id)?;
    let mut data = json!({
        "user_id": user, "channel_id": channel.id, "message_id": on.id, "emoji": {"id": null, "name": emoji}, "burst": false, "type": 0,
    });
    if let Some(guild) = channel.guild_id.and_then(|id| world.guilds.get(&id)) {
        data["guild_id"] = json!(guild.id);
        if added {
            data["member"] = world.member_json(guild, user);
        }
    }
    let name = if added { "MESSAGE_REACTION_ADD" } else { "MESSAGE_REACTION_REMOVE" };
    let needs = either(channel, intents::GUILD_MESSAGE_REACTIONS, intents::DIRECT_MESSAGE_REACTIONS);
    Some(Dispatch { name, data, withheld: None, guild: channel.guild_id, needs })
}

/// The bot is in a guild: at the start, or newly.
pub(crate) fn guild_created(world: &World, guild: &Guild) -> Dispatch {
    Dispatch { name: "GUILD_CREATE", data: world.guild_create_json(guild), withheld: None, guild: Some(guild.id), needs: intents::GUILDS }
}

/// The bot is no longer in a guild, or (`unavailable`) the guild is down.
pub(crate) fn guild_deleted(guild: Id, unavailable: bool) -> Dispatch {
    let data = if unavailable { json!({"id": guild, "unavailable": true}) } else { json!({"id": guild}) };
    Dispatch { name: "GUILD_DELETE", data, withheld: None, guild: Some(guild), needs: intents::GUILDS }
}

/// A channel or thread was made, changed or deleted; `what` is `CREATE`, `UPDATE` or `DELETE`.
pub(crate) fn channel(world: &World, channel: &Channel, what: ChannelChange) -> Option<Dispatch> {
    let guild = channel.guild_id.filter(|_| channel.has_bot)?;
    let (name, data) = match (channel.is_thread(), what) {
        (false, ChannelChange::Created) => ("CHANNEL_CREATE", world.channel_json(channel)),
        (false, ChannelChange::Updated) => ("CHANNEL_UPDATE", world.channel_json(channel)),
        (false, ChannelChange::Deleted) => ("CHANNEL_DELETE", world.channel_json(channel)),
        (true, ChannelChange::Created) => ("THREAD_CREATE", world.channel_json(channel)),
        (true, ChannelChange::Updated) => ("THREAD_UPDATE", world.channel_json(channel)),
        (true, ChannelChange::Deleted) => {
            ("THREAD_DELETE", json!({"id": channel.id, "guild_id": guild, "parent_id": channel.parent_id, "type": channel.kind}))
        }
    };
    Some(Dispatch { name, data, withheld: None, guild: Some(guild), needs: intents::GUILDS })
}

/// What happened to a channel.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ChannelChange {
    Created,
    Updated,
    Deleted,
}
