//! From a token to a connected bot, and to an orderly end.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use serenity::Client;
use serenity::gateway::GatewayError;
use tokio::time::timeout;

use crate::config::{Discord, TokenError};
use crate::knowledge::Knowledge;
use crate::store::Store;

use super::bot::{Bot, CurrentEngine, MOST_AT_ONCE};
use super::client;
use super::events::Events;
use super::pulse::Pulse;
use super::register::{self, Registered};
use super::requests::{GatewayInfo, Identity};
use super::send::Sender;
use super::send_error::SendError;
use super::supervisor::{Supervisor, Verdict};

/// What a bot is made of.
pub struct Setup {
    /// What is set about Discord.
    pub settings: Discord,
    /// Who answers.
    pub engine: CurrentEngine,
    /// What outlives a question.
    pub store: Arc<dyn Store>,
    /// Tells the day.
    pub today: fn() -> Date,
}

/// How a bot ended. What could not start for a reason that a restart does not mend is told apart from what a restart may mend.
#[derive(Debug, thiserror::Error)]
pub enum Ended {
    /// It was asked to.
    #[error("stopped")]
    Stopped,
    /// There is no token.
    #[error(transparent)]
    NoToken(#[from] TokenError),
    /// Discord does not know the token.
    #[error("Discord refused the token: check it against the Bot page of your application in the developer portal, and set it anew")]
    BadToken,
    /// The settings ask for an intent that is switched off.
    #[error(
        "Discord refused the Message Content intent: turn on \"Message Content Intent\" on the Bot page of your application in the developer \
         portal, or set discord.message_content = false"
    )]
    IntentRefused,
    /// The system offers no network access.
    #[error("no connection can be made on this system: {0}")]
    NoClient(String),
    /// Discord allows no more connections for now.
    #[error("Discord allows no more connections for the next {} minutes; more would reset the token", .minutes)]
    NoStartsLeft {
        /// Until when.
        minutes: u64,
    },
    /// Discord was not reachable at start.
    #[error("Discord could not be asked for its gateway: {0}")]
    Unreachable(SendError),
    /// The connection is past mending.
    #[error("{0}")]
    Lost(Verdict),
    /// The connection ended for another reason.
    #[error("the connection ended: {0}")]
    Gateway(String),
}

impl Ended {
    /// The exit code: 0 done, 1 ended and worth starting again, 2 cannot run until somebody mends something.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::Stopped => 0,
            Self::NoToken(_) | Self::BadToken | Self::IntentRefused | Self::NoClient(_) => 2,
            Self::NoStartsLeft { .. } | Self::Unreachable(_) | Self::Lost(_) | Self::Gateway(_) => 1,
        }
    }
}

/// How long replies that are under way may take at the end.
const LAST_REPLIES: Duration = Duration::from_secs(2);
/// How long leaving the gateway may take. Together with the replies it stays below six seconds.
const LEAVE: Duration = Duration::from_secs(3);

/// Runs a bot until `stop` is done or it cannot go on.
pub async fn run(setup: Setup, stop: impl Future<Output = ()>) -> Ended {
    tokio::pin!(stop);
    let begun = tokio::select! {
        begun = begin(&setup) => begun,
        () = &mut stop => return Ended::Stopped,
    };
    match begun {
        Ok(running) => running.until(stop).await,
        Err(ended) => ended,
    }
}

/// Registers the commands for one server or for all, if they changed; what is registered for all is noted in `store`, for the bot that runs.
///
/// # Errors
/// How the attempt ended.
pub async fn register(
    settings: &Discord,
    knowledge: &Knowledge,
    guild: Option<u64>,
    store: Option<&dyn Store>,
) -> Result<Registered, Ended> {
    let sender = sender(settings)?;
    let identity = sender.identity().await.map_err(at_start)?;
    register::register(&sender, identity, knowledge, guild, store).await.map_err(at_start)
}

fn sender(settings: &Discord) -> Result<Sender, Ended> {
    let token = settings.token()?;
    let web = client::web().map_err(|error| Ended::NoClient(error.to_string()))?;
    Ok(Sender::new(client::http(settings, &token, &web), web))
}

fn at_start(error: SendError) -> Ended {
    match error {
        SendError::Unauthorized => Ended::BadToken,
        other => Ended::Unreachable(other),
    }
}

/// A bot that is about to connect.
struct Running {
    bot: Arc<Bot>,
    client: Client,
    shards: u32,
}

/// Asks Discord who Mabel is and where to connect, registers what changed, and makes the client.
///
/// Asking first costs three requests and saves identifies: a bad token or a lack of starts shows here, not in a loop of reconnects.
async fn begin(setup: &Setup) -> Result<Running, Ended> {
    let settings = &setup.settings;
    let token = settings.token()?;
    let sender = Arc::new(sender(settings)?);
    let identity = sender.identity().await.map_err(at_start)?;
    let gateway = sender.gateway().await.map_err(at_start)?;
    let shards = gateway.shards.max(1);
    if let Some(limit) = gateway.session_start_limit.as_ref().filter(|limit| limit.remaining < u64::from(shards)) {
        return Err(Ended::NoStartsLeft { minutes: limit.reset_after.div_ceil(60_000) });
    }
    if settings.register_at_start {
        register_at_start(&sender, identity, setup).await?;
    }
    let pulse = Arc::new(Pulse::default());
    let web = client::web().map_err(|error| Ended::NoClient(error.to_string()))?;
    let http = client::http(settings, &token, &web);
    let (engine, store, listens) = (setup.engine.clone(), Arc::clone(&setup.store), settings.message_content);
    let bot = Arc::new(Bot::new(engine, store, sender, identity, pulse, listens, setup.today, &settings.limits));
    let client = connect(setup, http, &bot, gateway).await?;
    tracing::info!(shards, "starting");
    Ok(Running { bot, client, shards })
}

/// A failed registration does not keep Mabel from answering; only a refused token ends the start.
async fn register_at_start(sender: &Sender, identity: Identity, setup: &Setup) -> Result<(), Ended> {
    match register::register_if_new(sender, identity, setup.engine.get().knowledge(), &*setup.store).await {
        Ok(Registered::Unchanged) => tracing::info!("commands are registered already"),
        Ok(Registered::Written(count)) => tracing::info!(count, "commands registered"),
        Err(SendError::Unauthorized) => return Err(Ended::BadToken),
        Err(error) => tracing::error!(%error, "commands could not be registered; going on with those that are"),
    }
    Ok(())
}

async fn connect(setup: &Setup, http: serenity::http::Http, bot: &Arc<Bot>, gateway: GatewayInfo) -> Result<Client, Ended> {
    let events = || Events(Arc::clone(bot));
    let builder = client::gateway(&setup.settings, http).event_handler(events()).raw_event_handler(events());
    let client = builder.await.map_err(|error| Ended::Gateway(error.to_string()))?;
    // Serenity asks for the address by itself, and falls back to Discord's own when that fails: a sandbox must never turn into the real one.
    *client.ws_url.lock().await = gateway.url;
    Ok(client)
}

impl Running {
    async fn until(mut self, stop: impl Future<Output = ()>) -> Ended {
        let manager = Arc::clone(&self.client.shard_manager);
        let supervisor = Supervisor::start(Arc::clone(&manager), Arc::clone(&self.bot.pulse), self.shards);
        let mut supervisor = match supervisor {
            Ok(supervisor) => supervisor,
            Err(error) => return Ended::NoClient(error.to_string()),
        };
        let mut refused = self.bot.sender.refused();
        let ended = tokio::select! {
            ended = self.client.start_shards(self.shards) => return of_gateway(ended),
            // The runtime cannot be trusted to leave in order then; the exit of the process closes what is open.
            verdict = supervisor.verdict() => return Ended::Lost(verdict),
            _ = refused.wait_for(|refused| *refused) => Ended::BadToken,
            () = stop => Ended::Stopped,
        };
        leave(&manager, &self.bot).await;
        ended
    }
}

/// Leaves the gateway, so that Mabel shows as offline at once, and lets replies that are under way be sent.
async fn leave(manager: &serenity::gateway::ShardManager, bot: &Bot) {
    if timeout(LEAVE, manager.shutdown_all()).await.is_err() {
        tracing::warn!("the gateway was not left in order");
    }
    if timeout(LAST_REPLIES, bot.permits.acquire_many(MOST_AT_ONCE)).await.is_err() {
        tracing::warn!("some replies were not sent in time");
    }
    bot.permits.close();
}

fn of_gateway(ended: Result<(), serenity::Error>) -> Ended {
    match ended {
        Ok(()) => Ended::Gateway("the gateway client stopped".to_owned()),
        Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication)) => Ended::BadToken,
        Err(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents)) => Ended::IntentRefused,
        Err(error) => Ended::Gateway(error.to_string()),
    }
}
