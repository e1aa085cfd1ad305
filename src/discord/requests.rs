//! Every request Mabel makes, by name.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ApplicationId, ChannelId, CommandId, GuildId, InteractionId, MessageId, RoleId};

use super::payload::{Body, CHANNELS_TO_WRITE_IN, Callback};
use super::send::{Patience, Sender, with_body, with_file, without_body};
use super::send_error::SendError;

/// Who Mabel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    /// The bot's user id.
    pub(super) user: u64,
    /// The application's id.
    pub(super) application: u64,
}

/// What to connect to: <https://docs.discord.com/developers/events/gateway#get-gateway-bot>.
#[derive(Debug, Deserialize)]
pub(super) struct GatewayInfo {
    /// The gateway's address.
    pub(super) url: String,
    /// How many shards Discord wants.
    #[serde(default)]
    pub(super) shards: u32,
    /// How often Mabel may still identify; a rate-limit proxy may leave it out.
    pub(super) session_start_limit: Option<StartLimit>,
}

fn one() -> u32 {
    1
}

/// How often Mabel may still identify. Beyond it Discord ends all sessions and resets the token.
#[derive(Debug, Deserialize)]
pub(super) struct StartLimit {
    /// Identifies left.
    pub(super) remaining: u64,
    /// Milliseconds until there are more.
    #[serde(default)]
    pub(super) reset_after: u64,
    /// How many may identify within five seconds.
    #[serde(default = "one")]
    pub(super) max_concurrency: u32,
}

/// A message's id, of a message object.
#[derive(Deserialize)]
struct Made {
    id: MessageId,
}

/// What of a channel counts.
#[derive(Deserialize)]
struct ChannelInfo {
    #[serde(rename = "type")]
    kind: u8,
    parent_id: Option<ChannelId>,
}

/// A channel of a list.
#[derive(Deserialize)]
struct Channel {
    id: ChannelId,
    #[serde(rename = "type")]
    kind: u8,
}

/// A role of a list.
#[derive(Deserialize)]
struct Role {
    id: RoleId,
}

/// Threads of announcements, public and private ones.
/// <https://docs.discord.com/developers/resources/channel#channel-object-channel-types>
const THREADS: [u8; 3] = [10, 11, 12];

/// What comes of answering an interaction.
#[derive(Deserialize)]
struct Answered {
    resource: Option<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    message: Option<Made>,
}

impl Sender {
    /// Who this token belongs to.
    pub(super) async fn identity(&self) -> Result<Identity, SendError> {
        let user: Made = self.fetch("own user", without_body(Route::UserMe, LightMethod::Get), Patience::START).await?;
        let route = Route::Oauth2ApplicationCurrent;
        let application = self.fetch::<Made>("own application", without_body(route, LightMethod::Get), Patience::START).await;
        let application = match application {
            Ok(application) => application.id,
            // For all but the oldest bots the application has the id of its user.
            Err(SendError::Gone { .. } | SendError::Unreadable) => user.id,
            Err(error) => return Err(error),
        };
        Ok(Identity { user: user.id.get(), application: application.get() })
    }

    /// What to connect to.
    pub(super) async fn gateway(&self) -> Result<GatewayInfo, SendError> {
        self.fetch("gateway", without_body(Route::GatewayBot, LightMethod::Get), Patience::START).await
    }

    /// The same while she runs: what was said before will do if there is no answer at once.
    pub(super) async fn gateway_again(&self) -> Result<GatewayInfo, SendError> {
        self.fetch("gateway", without_body(Route::GatewayBot, LightMethod::Get), Patience::PASSING).await
    }

    /// Posts a message and tells its id.
    pub(super) async fn post(&self, channel: u64, body: &Body) -> Result<u64, SendError> {
        let route = Route::ChannelMessages { channel_id: ChannelId::new(channel) };
        let request = with_file(route, LightMethod::Post, body, body.file.as_ref())?;
        Ok(self.fetch::<Made>("message", request, Patience::MESSAGE).await?.id.get())
    }

    /// Puts a message in the place of another.
    pub(super) async fn edit(&self, channel: u64, message: u64, body: &Body) -> Result<(), SendError> {
        let route = Route::ChannelMessage { channel_id: ChannelId::new(channel), message_id: MessageId::new(message) };
        let request = with_file(route, LightMethod::Patch, body, body.file.as_ref())?;
        self.perform("edit", request, Patience::MESSAGE).await.map(|_| ())
    }

    /// Deletes a message of Mabel's own.
    pub(super) async fn delete(&self, channel: u64, message: u64) -> Result<(), SendError> {
        let route = Route::ChannelMessage { channel_id: ChannelId::new(channel), message_id: MessageId::new(message) };
        self.perform("deletion", without_body(route, LightMethod::Delete), Patience::MESSAGE).await.map(|_| ())
    }

    /// Answers an interaction, and tells the id of the message that comes of it.
    ///
    /// An answer sent twice because the first one's receipt was lost is refused as acknowledged; that is success.
    pub(super) async fn respond(&self, interaction: u64, token: &str, callback: &Callback) -> Result<Option<u64>, SendError> {
        let route = Route::InteractionResponse { interaction_id: InteractionId::new(interaction), token };
        let mut request = with_file(route, LightMethod::Post, callback, callback.file())?;
        if callback.makes_message() {
            request = request.params(Some(vec![("with_response", "true".to_owned())]));
        }
        let what = if callback.suggests() { "suggestions" } else { "response" };
        match self.perform(what, request, Patience::INTERACTION).await {
            Ok(response) => {
                let answered = response.json::<Answered>().await.ok();
                Ok(answered.and_then(|answered| answered.resource?.message).map(|message| message.id.get()))
            }
            Err(SendError::Acknowledged) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Puts a message in the place of an interaction's first answer.
    pub(super) async fn edit_response(&self, application: u64, token: &str, body: &Body) -> Result<(), SendError> {
        let route = Route::WebhookOriginalInteractionResponse { application_id: ApplicationId::new(application), token };
        let request = with_file(route, LightMethod::Patch, body, body.file.as_ref())?;
        self.perform("response edit", request, Patience::MESSAGE).await.map(|_| ())
    }

    /// Deletes an interaction's first answer; after a press, the message that was pressed.
    pub(super) async fn delete_response(&self, application: u64, token: &str) -> Result<(), SendError> {
        let route = Route::WebhookOriginalInteractionResponse { application_id: ApplicationId::new(application), token };
        self.perform("response deletion", without_body(route, LightMethod::Delete), Patience::MESSAGE).await.map(|_| ())
    }

    /// Says something more after an interaction's first answer.
    pub(super) async fn follow_up(&self, application: u64, token: &str, body: &Body) -> Result<(), SendError> {
        let route = Route::WebhookFollowupMessages { application_id: ApplicationId::new(application), token };
        self.perform("follow-up", with_body(route, LightMethod::Post, body)?, Patience::MESSAGE).await.map(|_| ())
    }

    /// The channel that a thread belongs to; none if it is no thread.
    pub(super) async fn thread_parent(&self, channel: u64) -> Result<Option<u64>, SendError> {
        let request = without_body(Route::Channel { channel_id: ChannelId::new(channel) }, LightMethod::Get);
        match self.fetch::<ChannelInfo>("channel", request, Patience::PASSING).await {
            Ok(channel) => Ok(channel.parent_id.filter(|_| THREADS.contains(&channel.kind)).map(ChannelId::get)),
            // Asking again would not help.
            Err(SendError::Forbidden { .. } | SendError::Gone { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Shows for some seconds that Mabel is typing.
    pub(super) async fn typing(&self, channel: u64) -> Result<(), SendError> {
        let route = Route::ChannelTyping { channel_id: ChannelId::new(channel) };
        self.perform("typing", without_body(route, LightMethod::Post), Patience::PASSING).await.map(|_| ())
    }

    /// The channels of a server, threads left out, that messages can stand in.
    pub(super) async fn channels(&self, guild: u64) -> Result<HashSet<u64>, SendError> {
        let request = without_body(Route::GuildChannels { guild_id: GuildId::new(guild) }, LightMethod::Get);
        let channels: Vec<Channel> = self.fetch("channels", request, Patience::LOOK).await?;
        Ok(channels.into_iter().filter(|channel| CHANNELS_TO_WRITE_IN.contains(&channel.kind)).map(|channel| channel.id.get()).collect())
    }

    /// The roles of a server.
    pub(super) async fn roles(&self, guild: u64) -> Result<HashSet<u64>, SendError> {
        let request = without_body(Route::GuildRoles { guild_id: GuildId::new(guild) }, LightMethod::Get);
        let roles: Vec<Role> = self.fetch("roles", request, Patience::LOOK).await?;
        Ok(roles.into_iter().map(|role| role.id.get()).collect())
    }

    /// The commands that are registered, for one server or for all.
    pub(super) async fn commands(&self, application: u64, guild: Option<u64>) -> Result<Vec<Value>, SendError> {
        let request = without_body(commands_route(application, guild), LightMethod::Get);
        let request = request.params(Some(vec![("with_localizations", "true".to_owned())]));
        self.fetch("registered commands", request, Patience::REGISTER).await
    }

    /// Registers commands in the place of all that were registered.
    pub(super) async fn register(&self, application: u64, guild: Option<u64>, commands: &[Value]) -> Result<(), SendError> {
        let request = with_body(commands_route(application, guild), LightMethod::Put, &commands)?;
        self.perform("registration", request, Patience::REGISTER).await.map(|_| ())
    }

    /// Registers a command of one server, in the place of one of the same name, and leaves the others alone.
    pub(super) async fn register_one(&self, application: u64, guild: u64, command: &Value) -> Result<(), SendError> {
        let request = with_body(commands_route(application, Some(guild)), LightMethod::Post, command)?;
        self.perform("registration", request, Patience::REGISTER).await.map(|_| ())
    }

    /// Takes a command of one server away.
    pub(super) async fn drop_command(&self, application: u64, guild: u64, command: u64) -> Result<(), SendError> {
        let (application_id, guild_id) = (ApplicationId::new(application), GuildId::new(guild));
        let route = Route::GuildCommand { application_id, guild_id, command_id: CommandId::new(command) };
        self.perform("removal of a command", without_body(route, LightMethod::Delete), Patience::REGISTER).await.map(|_| ())
    }
}

fn commands_route(application: u64, guild: Option<u64>) -> Route<'static> {
    let application_id = ApplicationId::new(application);
    match guild {
        Some(guild) => Route::GuildCommands { application_id, guild_id: GuildId::new(guild) },
        None => Route::Commands { application_id },
    }
}
