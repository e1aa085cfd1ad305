//! People and the bot. <https://docs.discord.com/developers/resources/user#user-object>

use serde_json::{Value, json};

use super::World;
use crate::sandbox::id::Id;

/// A person, or the bot.
#[derive(Clone, Debug)]
pub struct User {
    /// The user's id.
    pub id: Id,
    /// The unique name.
    pub name: String,
    /// The name others see.
    pub display_name: String,
    /// Whether this is a bot.
    pub bot: bool,
    /// The language of the user's client.
    pub locale: String,
    /// Whether the bot may write to this person; if not it gets 403 with code 50007.
    pub accepts_direct_messages: bool,
    /// Whether this person has installed the application for themselves.
    pub has_installed: bool,
}

impl User {
    pub(crate) fn person(id: Id, name: &str, display_name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            display_name: display_name.to_owned(),
            bot: false,
            locale: "en-US".to_owned(),
            accepts_direct_messages: true,
            has_installed: false,
        }
    }

    pub(crate) fn bot(id: Id) -> Self {
        Self { bot: true, ..Self::person(id, "mabel", "Mabel") }
    }

    /// The user object.
    pub(crate) fn json(&self) -> Value {
        let mut value = json!({
            "id": self.id,
            "username": self.name,
            "discriminator": "0",
            "global_name": if self.bot { Value::Null } else { json!(self.display_name) },
            "avatar": null,
            "banner": null,
            "accent_color": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "primary_guild": null,
            "public_flags": 0,
            "flags": 0,
        });
        if self.bot {
            value["bot"] = json!(true);
        }
        value
    }

    /// The user object as its owner sees it: `GET /users/@me` and READY.
    pub(crate) fn own_json(&self) -> Value {
        let mut value = self.json();
        value["verified"] = json!(true);
        value["mfa_enabled"] = json!(false);
        value["email"] = Value::Null;
        value["locale"] = json!(self.locale);
        value["premium_type"] = json!(0);
        value
    }
}

impl World {
    /// The user object of an id, also when the user has gone.
    pub(crate) fn user_json(&self, id: Id) -> Value {
        self.users.get(&id).map_or_else(|| User::person(id, "deleted_user", "Deleted User").json(), User::json)
    }

    pub(crate) fn user_overview(&self, user: &User) -> Value {
        let mut value = user.json();
        value["display_name"] = json!(user.display_name);
        value["locale"] = json!(user.locale);
        value["accepts_direct_messages"] = json!(user.accepts_direct_messages);
        value["has_installed"] = json!(user.has_installed);
        value["dm_channel_id"] = json!(self.direct_channel(user.id));
        value
    }
}
