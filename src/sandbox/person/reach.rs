//! Which commands a person can reach where, and as whose installation.
//! <https://docs.discord.com/developers/interactions/application-commands#contexts>

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::sandbox::error::SandboxError;
use crate::sandbox::id::Id;
use crate::sandbox::remote::Remote;
use crate::sandbox::world::{Channel, Command, World, permissions};

/// How an interaction came about.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    /// 0 guild, 1 DM with the bot, 2 other private channel.
    pub(crate) context: u8,
    /// `authorizing_integration_owners`.
    pub(crate) owners: Value,
    pub(crate) user_install_only: bool,
    pub(crate) forced_ephemeral: bool,
}

impl Remote {
    /// The commands of every kind that a person finds in a channel: what is not for them, or not for such a channel, is not shown.
    ///
    /// # Errors
    ///
    /// When there is no such person or channel, or the person is not in it.
    pub fn offered(&self, user: Id, channel: Id) -> Result<Vec<Id>, SandboxError> {
        self.world(|world| {
            let place = present(world, user, channel)?;
            let commands =
                [None, place.guild_id].into_iter().collect::<BTreeSet<_>>().into_iter().flat_map(|scope| world.commands_of(scope));
            let wins = |command: &&Command| {
                world.find_command(command.kind, &command.name, place.guild_id).is_some_and(|first| first.id == command.id)
            };
            Ok(commands.filter(wins).filter(|command| reach(world, user, place, Some(command)).is_ok()).map(|command| command.id).collect())
        })
    }
}

/// The channel, if the person is in it.
pub(crate) fn present(world: &World, user: Id, channel: Id) -> Result<&Channel, SandboxError> {
    world.user(user).ok_or_else(|| SandboxError::unknown("user", user))?;
    let place = world.channel(channel).ok_or_else(|| SandboxError::unknown("channel", channel))?;
    let inside = match place.guild_id.and_then(|guild| world.guild(guild)) {
        Some(guild) => guild.members.contains_key(&user),
        None => place.recipients.contains(&user),
    };
    if inside { Ok(place) } else { Err(SandboxError::not_possible(format!("user {user} is not in channel {channel}"))) }
}

/// How a person in a channel reaches the application at all; for a command, whether they see it.
pub(crate) fn reach(world: &World, user: Id, channel: &Channel, command: Option<&Command>) -> Result<Reach, SandboxError> {
    let has_installed = world.user(user).is_some_and(|user| user.has_installed);
    let context = match (channel.guild_id, channel.has_bot) {
        (Some(_), _) => 0,
        (None, true) => 1,
        (None, false) => 2,
    };
    let supports = |kind: u64| command.is_none_or(|command| lists(&command.json["integration_types"], kind));
    let by_guild = channel.has_bot && supports(0);
    let by_user = has_installed && supports(1);
    if !by_guild && !by_user {
        return Err(SandboxError::not_possible(
            "the application is not installed here for this person, or the command not for this kind of installation",
        ));
    }
    if let Some(command) = command {
        visible(world, user, channel, command, context)?;
    }
    let mut owners = json!({});
    if by_guild {
        owners["0"] = channel.guild_id.map_or_else(|| json!("0"), |guild| json!(guild));
    }
    if by_user {
        owners["1"] = json!(user);
    }
    let may_show = world.permissions_in(user, channel) & permissions::USE_EXTERNAL_APPS != 0;
    Ok(Reach { context, owners, user_install_only: !by_guild, forced_ephemeral: !by_guild && !may_show })
}

/// Whether a list of numbers holds one; a missing list holds all.
fn lists(list: &Value, number: u64) -> bool {
    list.as_array().is_none_or(|list| list.iter().any(|one| one == number))
}

fn visible(world: &World, user: Id, channel: &Channel, command: &Command, context: u8) -> Result<(), SandboxError> {
    let hidden_in_direct = context != 0 && (command.json["dm_permission"] == false || command.guild_id.is_some());
    if !lists(&command.json["contexts"], context.into()) || hidden_in_direct {
        return Err(SandboxError::not_possible(format!("/{} is not offered in this kind of channel", command.name)));
    }
    let needed = command.json["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
    if let Some(needed) = needed.filter(|_| context == 0) {
        let has = world.permissions_in(user, channel);
        let enough = if needed == 0 { has & permissions::ADMINISTRATOR != 0 } else { has & needed == needed };
        if !enough {
            return Err(SandboxError::not_possible(format!(
                "/{} is hidden from this person: permissions {needed} are needed",
                command.name
            )));
        }
    }
    Ok(())
}
