//! Registered commands. <https://docs.discord.com/developers/interactions/application-commands>

use serde_json::Value;

use super::World;
use crate::sandbox::id::Id;

/// A registered command.
#[derive(Clone, Debug)]
pub struct Command {
    /// The command's id.
    pub id: Id,
    /// 1 slash command, 2 user menu, 3 message menu.
    pub kind: u8,
    /// Its name.
    pub name: String,
    /// The guild it is registered in; none for a global one.
    pub guild_id: Option<Id>,
    /// The command object, as `GET` returns it with localizations.
    pub json: Value,
}

impl World {
    /// The commands of one scope: global, or of a guild.
    pub(crate) fn commands_of(&self, guild: Option<Id>) -> impl Iterator<Item = &Command> {
        self.commands.values().filter(move |command| command.guild_id == guild)
    }

    /// The command a person in this guild gets by that name: the guild's own before the global one.
    pub(crate) fn find_command(&self, kind: u8, name: &str, guild: Option<Id>) -> Option<&Command> {
        let named = |scope: Option<Id>| self.commands_of(scope).find(|command| command.kind == kind && command.name == name);
        guild.and_then(|guild| named(Some(guild))).or_else(|| named(None))
    }
}
