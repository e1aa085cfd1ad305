//! Answers about the application, its gateway, people and guilds.

use serde_json::{Value, json};

use super::Outcome;
use super::answer::Answer;
use super::routes::About;
use crate::sandbox::id::Id;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::{Shared, State};
use crate::sandbox::world::{Guild, User, World, permissions};

pub(crate) fn answer(shared: &Shared, state: &State, what: About) -> Outcome {
    let world = &state.world;
    let body = match what {
        About::Gateway => json!({"url": format!("ws://{}", shared.address)}),
        About::GatewayBot => gateway_bot(shared, state),
        About::Me => world.user(world.application_id).map(User::own_json).ok_or_else(Refusal::unknown_user)?,
        About::MyGuilds => world.guilds.values().filter(|guild| guild.has_bot).map(|guild| partial_guild(world, guild)).collect(),
        About::Application => application(world),
        About::User(id) => world.user(id).map(User::json).ok_or_else(Refusal::unknown_user)?,
        About::Guild(id) => guild(world, id)?.json(),
        About::GuildChannels(id) => {
            let id = guild(world, id)?.id;
            let own = world.channels.values().filter(|channel| channel.guild_id == Some(id) && !channel.is_thread());
            own.map(|channel| world.channel_json(channel)).collect()
        }
        About::GuildRoles(id) => guild(world, id)?.json()["roles"].clone(),
        About::Member(id, user) => {
            let guild = guild(world, id)?;
            world.user(user).ok_or_else(Refusal::unknown_user)?;
            if !guild.members.contains_key(&user) {
                return Err(Refusal::unknown_member());
            }
            world.member_json(guild, user)
        }
    };
    Ok(Answer::ok(body))
}

/// The guild, if the bot is in it.
fn guild(world: &World, id: Id) -> Result<&Guild, Refusal> {
    world.guild(id).filter(|guild| guild.has_bot).ok_or_else(Refusal::unknown_guild)
}

fn partial_guild(world: &World, guild: &Guild) -> Value {
    let bits = guild.permissions_of(world.application_id) & permissions::ALL;
    json!({
        "id": guild.id, "name": guild.name, "icon": null, "banner": null, "owner": false, "permissions": bits.to_string(), "features": [],
    })
}

/// <https://docs.discord.com/developers/events/gateway#get-gateway-bot>
fn gateway_bot(shared: &Shared, state: &State) -> Value {
    let used = u64::try_from(state.gateway.identified.len()).unwrap_or(u64::MAX);
    json!({
        "url": format!("ws://{}", shared.address),
        "shards": shared.options.shards,
        "session_start_limit": {
            "total": 1000, "remaining": 1000_u64.saturating_sub(used), "reset_after": 86_400_000, "max_concurrency": shared.options.max_concurrency,
        },
    })
}

fn application(world: &World) -> Value {
    let owner = world.users.values().find(|user| !user.bot).map(User::json);
    json!({
        "id": world.application_id, "name": "Mabel", "icon": null, "description": "", "type": null, "summary": "",
        "bot": world.user_json(world.application_id), "bot_public": true, "bot_require_code_grant": false, "owner": owner, "team": null,
        "verify_key": "0".repeat(64), "flags": 0, "flags_new": "0", "tags": [], "rpc_origins": [], "redirect_uris": [],
        "interactions_endpoint_url": null, "role_connections_verification_url": null, "approximate_guild_count": world.guilds.len(),
        "approximate_user_install_count": world.users.values().filter(|user| user.has_installed).count(),
        "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "eligible_oauth2_scopes": [],
        "integration_types_config": if world.user_install { json!({"0": {}, "1": {}}) } else { json!({"0": {}}) },
    })
}
