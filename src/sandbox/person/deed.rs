//! From what a person did to the payload the bot gets.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object>

use serde_json::{Value, json};

use super::reach::Reach;
use crate::sandbox::gateway::event;
use crate::sandbox::id::Id;
use crate::sandbox::state::State;
use crate::sandbox::world::{Interaction, World};

/// What a person did, before it is a payload.
pub(crate) struct Deed {
    pub(crate) kind: u8,
    pub(crate) command_kind: Option<u8>,
    pub(crate) name: String,
    pub(crate) user: Id,
    pub(crate) channel: Id,
    pub(crate) data: Value,
    pub(crate) message: Option<Id>,
    pub(crate) trigger: Option<Value>,
    pub(crate) reach: Reach,
}

/// Builds the payload, keeps the interaction and tells the bot.
pub(crate) fn send(state: &mut State, deed: Deed) -> Id {
    let id = state.world.new_id();
    let token = format!("sandbox-interaction-{id}-{:016x}", id.0.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let payload = payload(&state.world, &deed, id, &token);
    let guild = state.world.channel(deed.channel).and_then(|channel| channel.guild_id);
    let event = event::interaction(&payload, guild);
    let interaction = Interaction {
        id,
        token,
        kind: deed.kind,
        command_kind: deed.command_kind,
        name: deed.name,
        user_id: deed.user,
        channel_id: deed.channel,
        guild_id: guild,
        message_id: deed.message,
        user_install_only: deed.reach.user_install_only,
        forced_ephemeral: deed.reach.forced_ephemeral,
        payload,
        trigger: deed.trigger,
        acknowledged: None,
        original_id: None,
        followups: Vec::new(),
    };
    state.world.keep_interaction(interaction);
    state.tell(Some(event));
    id
}

fn payload(world: &World, deed: &Deed, id: Id, token: &str) -> Value {
    let user = world.user(deed.user);
    let mut payload = json!({
        "id": id, "application_id": world.application_id, "type": deed.kind, "data": deed.data, "token": token, "version": 1,
        "channel_id": deed.channel, "locale": user.map(|user| user.locale.as_str()), "entitlements": [],
        "entitlement_sku_ids": [], "context": deed.reach.context, "authorizing_integration_owners": deed.reach.owners,
        "attachment_size_limit": 10_485_760,
    });
    if let Some(channel) = world.channel(deed.channel) {
        payload["channel"] = world.partial_channel_json(channel, deed.user);
        payload["app_permissions"] = json!(world.permissions_in(world.application_id, channel).to_string());
        match channel.guild_id.and_then(|guild| world.guild(guild)) {
            Some(guild) => {
                payload["guild_id"] = json!(guild.id);
                payload["guild_locale"] = json!(guild.locale);
                payload["guild"] = json!({"id": guild.id, "locale": guild.locale, "features": []});
                payload["member"] = world.member_json(guild, deed.user);
                payload["member"]["permissions"] = json!(world.permissions_in(deed.user, channel).to_string());
            }
            None => payload["user"] = world.user_json(deed.user),
        }
    }
    if let Some(message) = deed.message.and_then(|message| world.message(message)) {
        payload["message"] = world.message_json(message, false);
    }
    payload
}
