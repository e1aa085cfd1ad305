//! Who is pinged by a message. <https://docs.discord.com/developers/resources/message#allowed-mentions-object>
//!
//! Owns the reading of mentions in text and of `allowed_mentions`. Mentions inside code never ping.

use serde_json::Value;

use crate::sandbox::id::Id;
use crate::sandbox::refusal::Problems;
use crate::sandbox::world::{World, permissions};

/// What a message may ping.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "the shape of `allowed_mentions`")]
pub(crate) struct Allowed {
    everyone: bool,
    all_users: bool,
    all_roles: bool,
    users: Vec<Id>,
    roles: Vec<Id>,
    replied_user: bool,
}

impl Allowed {
    /// The default of an ordinary message: everything, and the author of what is replied to.
    pub(crate) fn everything() -> Self {
        Self { everyone: true, all_users: true, all_roles: true, replied_user: true, ..Self::default() }
    }

    /// The default of an interaction's answer: users alone.
    pub(crate) fn users_alone() -> Self {
        Self { all_users: true, replied_user: true, ..Self::default() }
    }
}

/// Checks `allowed_mentions`; `None` when it was left out.
pub(crate) fn check(problems: &mut Problems, path: &str, value: &Value) -> Option<Allowed> {
    if value.is_null() {
        return None;
    }
    let mut allowed = Allowed { replied_user: value["replied_user"] == true, ..Allowed::default() };
    let parse = format!("{path}.parse");
    for (index, kind) in problems.list(&parse, &value["parse"], 0, 3).iter().enumerate() {
        match kind.as_str() {
            Some("everyone") => allowed.everyone = true,
            Some("users") => allowed.all_users = true,
            Some("roles") => allowed.all_roles = true,
            _ => problems.choices(&format!("{parse}.{index}"), "'users', 'roles', 'everyone'"),
        }
    }
    allowed.users = ids(problems, &format!("{path}.users"), &value["users"]);
    allowed.roles = ids(problems, &format!("{path}.roles"), &value["roles"]);
    for (kind, listed, parsed) in [("users", &allowed.users, allowed.all_users), ("roles", &allowed.roles, allowed.all_roles)] {
        if parsed && !listed.is_empty() {
            problems.add(
                path,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive."),
            );
        }
    }
    Some(allowed)
}

fn ids(problems: &mut Problems, path: &str, value: &Value) -> Vec<Id> {
    let list = problems.list(path, value, 0, 100);
    let mut found = Vec::new();
    for (index, item) in list.iter().enumerate() {
        match serde_json::from_value(item.clone()) {
            Ok(id) => found.push(id),
            Err(_) => problems.add(&format!("{path}.{index}"), "NUMBER_TYPE_COERCE", format!("Value {item} is not snowflake.")),
        }
    }
    found
}

/// Who was pinged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pings {
    pub(crate) users: Vec<Id>,
    pub(crate) roles: Vec<Id>,
    pub(crate) everyone: bool,
}

/// Works out the pings of a text that `author` writes, in reply to a message of `replied`.
pub(crate) fn pings(world: &World, guild: Option<Id>, author_bits: u64, text: &str, allowed: &Allowed, replied: Option<Id>) -> Pings {
    let named = Named::read(text);
    let may_ping_all = author_bits & permissions::MENTION_EVERYONE != 0;
    let mut pings = Pings { everyone: named.everyone && allowed.everyone && may_ping_all && guild.is_some(), ..Pings::default() };
    if let Some(replied) = replied.filter(|_| allowed.replied_user) {
        pings.users.push(replied);
    }
    for user in named.users {
        let permitted = allowed.all_users || allowed.users.contains(&user);
        if permitted && world.users.contains_key(&user) && !pings.users.contains(&user) {
            pings.users.push(user);
        }
    }
    let roles = guild.and_then(|id| world.guilds.get(&id)).map_or(&[][..], |guild| &guild.roles);
    for id in named.roles {
        let permitted = allowed.all_roles || allowed.roles.contains(&id);
        let pingable = roles.iter().any(|role| role.id == id && (role.mentionable || may_ping_all));
        if permitted && pingable && !pings.roles.contains(&id) {
            pings.roles.push(id);
        }
    }
    pings
}

/// Whether a text names this user.
pub(crate) fn names(text: &str, user: Id) -> bool {
    Named::read(text).users.contains(&user)
}

/// The mentions that stand in a text, code left out.
#[derive(Debug, Default)]
struct Named {
    users: Vec<Id>,
    roles: Vec<Id>,
    everyone: bool,
}

impl Named {
    fn read(text: &str) -> Self {
        let mut named = Self::default();
        let text = without_code(text);
        named.everyone = text.contains("@everyone") || text.contains("@here");
        for piece in text.split("<@").skip(1) {
            let Some((inside, _)) = piece.split_once('>') else {
                continue;
            };
            if let Some(role) = inside.strip_prefix('&') {
                named.roles.extend(role.parse::<Id>().ok());
            } else {
                named.users.extend(inside.strip_prefix('!').unwrap_or(inside).parse::<Id>().ok());
            }
        }
        named
    }
}

/// The text without what stands between backticks.
fn without_code(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once('`') {
        plain.push_str(before);
        let ticks = 1 + after.chars().take_while(|letter| *letter == '`').count();
        let fence = "`".repeat(ticks);
        let inside = after.trim_start_matches('`');
        if let Some((_, next)) = inside.split_once(fence.as_str()) {
            rest = next;
        } else {
            plain.push_str(&fence);
            rest = inside;
        }
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_in_code_are_not_mentions() {
        for (text, expected) in [
            ("hi <@1> and <@!2>", vec![Id(1), Id(2)]),
            ("`<@1>` <@2>", vec![Id(2)]),
            ("```\n<@1>\n``` <@2>", vec![Id(2)]),
            ("a lone ` tick <@3>", vec![Id(3)]),
            ("<@not a number>", vec![]),
        ] {
            assert_eq!(Named::read(text).users, expected, "{text}");
        }
    }
}
