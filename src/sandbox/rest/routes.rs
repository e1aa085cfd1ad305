//! The table of routes. What is not in it is answered 404.

use crate::sandbox::id::Id;

/// A route that was found.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) action: Action,
    /// The path as documented.
    pub(crate) template: &'static str,
    /// The top-level id that splits the bucket.
    pub(crate) major: String,
    pub(crate) needs_token: bool,
    method: String,
}

/// What is asked, by the file that answers.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    About(About),
    Channel(ChannelAction),
    Messages(Id, MessageAction),
    Commands(Id, Option<Id>, CommandAction),
    Callback(Id, String),
    Webhook(Id, String, WebhookAction),
}

/// Questions about the application and its gateway.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About {
    Gateway,
    GatewayBot,
    Me,
    MyGuilds,
    Application,
    User(Id),
    Guild(Id),
    GuildChannels(Id),
    GuildRoles(Id),
    Member(Id, Id),
}

/// What is done with channels.
#[derive(Clone, Debug)]
pub(crate) enum ChannelAction {
    OpenDirect,
    Get(Id),
    Typing(Id),
    React(Id, Id, String),
    Unreact(Id, Id, String),
}

/// What is done with messages of a channel.
#[derive(Clone, Copy, Debug)]
pub(crate) enum MessageAction {
    Create,
    List,
    Get(Id),
    Edit(Id),
    Delete(Id),
    BulkDelete,
}

/// What is done with commands of a scope.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CommandAction {
    List,
    Create,
    Overwrite,
    Get(Id),
    Edit(Id),
    Delete(Id),
}

/// What is done with an interaction's answers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum WebhookAction {
    Followup,
    /// The first response: no id.
    Get(Option<Id>),
    Edit(Option<Id>),
    Delete(Option<Id>),
}

impl Route {
    /// Finds the route of a request.
    pub(crate) fn find(method: &str, segments: &[String]) -> Option<Self> {
        let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (template, action) = about(method, &parts)
            .or_else(|| channel(method, &parts))
            .or_else(|| message(method, &parts))
            .or_else(|| command(method, &parts))
            .or_else(|| interaction(method, &parts))?;
        let needs_token = !matches!(action, Action::Callback(..) | Action::Webhook(..) | Action::About(About::Gateway));
        let major = match parts.first() {
            Some(&("channels" | "guilds")) => segments.get(1).cloned(),
            Some(&("webhooks" | "interactions")) => segments.get(2).cloned(),
            Some(&"applications") if parts.get(2) == Some(&"guilds") => segments.get(3).cloned(),
            _ => None,
        };
        Some(Self { action, template, major: major.unwrap_or_default(), needs_token, method: method.to_owned() })
    }

    /// What shares a bucket: the same method on the same route.
    pub(crate) fn bucket(&self) -> String {
        format!("{} {}", self.method, self.template)
    }

    /// Whether the limit of 50 in a second counts it. <https://docs.discord.com/developers/topics/rate-limits#global-rate-limit>
    pub(crate) fn counts_globally(&self) -> bool {
        self.needs_token
    }
}

type Found = Option<(&'static str, Action)>;

fn id(text: &str) -> Option<Id> {
    text.parse().ok()
}

fn about(method: &str, parts: &[&str]) -> Found {
    let (template, what) = match (method, parts) {
        ("GET", ["gateway"]) => ("/gateway", About::Gateway),
        ("GET", ["gateway", "bot"]) => ("/gateway/bot", About::GatewayBot),
        ("GET", ["users", "@me"]) => ("/users/@me", About::Me),
        ("GET", ["users", "@me", "guilds"]) => ("/users/@me/guilds", About::MyGuilds),
        ("GET", ["applications", "@me"]) => ("/applications/@me", About::Application),
        ("GET", ["oauth2", "applications", "@me"]) => ("/oauth2/applications/@me", About::Application),
        ("GET", ["users", user]) => ("/users/{user_id}", About::User(id(user)?)),
        ("GET", ["guilds", guild]) => ("/guilds/{guild_id}", About::Guild(id(guild)?)),
        ("GET", ["guilds", guild, "channels"]) => ("/guilds/{guild_id}/channels", About::GuildChannels(id(guild)?)),
        ("GET", ["guilds", guild, "roles"]) => ("/guilds/{guild_id}/roles", About::GuildRoles(id(guild)?)),
        ("GET", ["guilds", guild, "members", user]) => ("/guilds/{guild_id}/members/{user_id}", About::Member(id(guild)?, id(user)?)),
        _ => return None,
    };
    Some((template, Action::About(what)))
}

fn channel(method: &str, parts: &[&str]) -> Found {
    let (template, action) = match (method, parts) {
        ("POST", ["users", "@me", "channels"]) => ("/users/@me/channels", ChannelAction::OpenDirect),
        ("GET", ["channels", channel]) => ("/channels/{channel_id}", ChannelAction::Get(id(channel)?)),
        ("POST", ["channels", channel, "typing"]) => ("/channels/{channel_id}/typing", ChannelAction::Typing(id(channel)?)),
        (method, ["channels", channel, "messages", message, "reactions", emoji, "@me"]) => {
            let (channel, message, emoji) = (id(channel)?, id(message)?, (*emoji).to_owned());
            let action = match method {
                "PUT" => ChannelAction::React(channel, message, emoji),
                "DELETE" => ChannelAction::Unreact(channel, message, emoji),
                _ => return None,
            };
            ("/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me", action)
        }
        _ => return None,
    };
    Some((template, Action::Channel(action)))
}

fn message(method: &str, parts: &[&str]) -> Found {
    let ["channels", channel, "messages", rest @ ..] = parts else {
        return None;
    };
    let (template, action) = match (method, rest) {
        ("POST", []) => ("/channels/{channel_id}/messages", MessageAction::Create),
        ("GET", []) => ("/channels/{channel_id}/messages", MessageAction::List),
        ("POST", ["bulk-delete"]) => ("/channels/{channel_id}/messages/bulk-delete", MessageAction::BulkDelete),
        (method, [message]) => {
            let message = id(message)?;
            let action = match method {
                "GET" => MessageAction::Get(message),
                "PATCH" => MessageAction::Edit(message),
                "DELETE" => MessageAction::Delete(message),
                _ => return None,
            };
            ("/channels/{channel_id}/messages/{message_id}", action)
        }
        _ => return None,
    };
    Some((template, Action::Messages(id(channel)?, action)))
}

fn command(method: &str, parts: &[&str]) -> Found {
    let (application, scope, rest) = match parts {
        ["applications", application, "commands", rest @ ..] => (id(application)?, None, rest),
        ["applications", application, "guilds", guild, "commands", rest @ ..] => (id(application)?, Some(id(guild)?), rest),
        _ => return None,
    };
    let action = match (method, rest) {
        ("GET", []) => CommandAction::List,
        ("POST", []) => CommandAction::Create,
        ("PUT", []) => CommandAction::Overwrite,
        ("GET", [command]) => CommandAction::Get(id(command)?),
        ("PATCH", [command]) => CommandAction::Edit(id(command)?),
        ("DELETE", [command]) => CommandAction::Delete(id(command)?),
        _ => return None,
    };
    let template = match (scope, rest) {
        (None, []) => "/applications/{application_id}/commands",
        (None, _) => "/applications/{application_id}/commands/{command_id}",
        (Some(_), []) => "/applications/{application_id}/guilds/{guild_id}/commands",
        (Some(_), _) => "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
    };
    Some((template, Action::Commands(application, scope, action)))
}

fn interaction(method: &str, parts: &[&str]) -> Found {
    if let ("POST", ["interactions", interaction, token, "callback"]) = (method, parts) {
        return Some((
            "/interactions/{interaction_id}/{interaction_token}/callback",
            Action::Callback(id(interaction)?, (*token).to_owned()),
        ));
    }
    let ["webhooks", application, token, rest @ ..] = parts else {
        return None;
    };
    let (template, action) = match (method, rest) {
        ("POST", []) => ("/webhooks/{application_id}/{interaction_token}", WebhookAction::Followup),
        (method, ["messages", message]) => {
            let message = if *message == "@original" { None } else { Some(id(message)?) };
            let action = match method {
                "GET" => WebhookAction::Get(message),
                "PATCH" => WebhookAction::Edit(message),
                "DELETE" => WebhookAction::Delete(message),
                _ => return None,
            };
            ("/webhooks/{application_id}/{interaction_token}/messages/{message_id}", action)
        }
        _ => return None,
    };
    Some((template, Action::Webhook(id(application)?, (*token).to_owned(), action)))
}
