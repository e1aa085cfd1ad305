//! What a person may do in a server, by what an interaction tells of them.
//!
//! Discord hides some commands from some people, but a button outlives the permission it was made under: so every act of a moderator is
//! checked here, when it happens. <https://docs.discord.com/developers/topics/permissions>

use serenity::model::guild::Member;
use serenity::model::permissions::Permissions;

use crate::store::Settings;

/// Whether somebody looks after the server.
pub(super) fn manages_server(member: Option<&Member>) -> bool {
    may(member, Permissions::MANAGE_GUILD)
}

/// Whether somebody looks after the messages of a channel.
pub(super) fn manages_messages(member: Option<&Member>) -> bool {
    may(member, Permissions::MANAGE_MESSAGES)
}

/// Whether somebody looks after the server's own answers.
pub(super) fn curates(member: Option<&Member>, settings: &Settings) -> bool {
    let role = |member: &Member| settings.curator_role.is_some_and(|role| member.roles.iter().any(|own| own.get() == role));
    manages_server(member) || member.is_some_and(role)
}

/// Whether somebody may do that; an administrator may do everything.
fn may(member: Option<&Member>, what: Permissions) -> bool {
    let permissions = member.and_then(|member| member.permissions).unwrap_or_default();
    permissions.intersects(what | Permissions::ADMINISTRATOR)
}
