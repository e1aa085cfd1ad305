//! From a token to a connected bot, and to an orderly end.

use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use serenity::gateway::GatewayError;
use tokio::time::timeout;

use crate::config::{self, Discord, TokenError};
use crate::knowledge::Knowledge;
use crate::store::Store;

use super::bot::{Bot, CurrentEngine, MOST_AT_ONCE};
use super::client;
use super::pulse::Pulse;
use super::register::{self, OneServer, Registered};
use super::requests::{GatewayInfo, Identity};
use super::send::Sender;
use super::send_error::SendError;
use super::shards::{Fall, Make, Shards};
use super::supervisor::{Supervisor, Verdict};
use super::turns::{self, Common, Turns};

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
    /// Where signs of life are noted.
    pub pulse: Arc<Pulse>,
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
    /// The settings ask for an intent that Discord does not know, or knows no more.
    #[error("Discord does not know an intent that this version of Mabel asks for: update Mabel")]
    IntentUnknown,
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
    /// What answers where Discord should be is neither Discord nor a proxy of it.
    #[error("what answers at {base} is not Discord's interface nor a rate-limit proxy of it: check `discord.api_base`")]
    NotDiscord {
        /// The base of the settings.
        base: String,
    },
    /// Another process serves a shard of this one.
    #[error("shard {shard} is served by another process: name each shard in the `discord.shards.ids` of one process only")]
    Served {
        /// The shard.
        shard: u32,
    },
    /// Another process has taken over a shard of this one, which could not tell for a while that it is there.
    #[error("another process has taken over shard {shard}")]
    TakenOver {
        /// The shard.
        shard: u32,
    },
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
            Self::NoStartsLeft { .. } | Self::Unreachable(_) | Self::TakenOver { .. } | Self::Lost(_) | Self::Gateway(_) => 1,
            Self::NoToken(_)
            | Self::BadToken
            | Self::IntentRefused
            | Self::IntentUnknown
            | Self::NoClient(_)
            | Self::NotDiscord { .. }
            | Self::Served { .. } => 2,
        }
    }
}

/// The time in which Discord takes one identify: <https://docs.discord.com/developers/events/gateway#rate-limiting>, and a little more.
const WINDOW: Duration = Duration::from_millis(5100);
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
    let sender = sender(settings, Arc::default())?;
    let identity = sender.identity().await.map_err(|error| at_start(settings, error))?;
    let one = guild.map(|id| OneServer { id, is_operators: settings.operator_guilds.contains(&id) });
    let registered = register::register(&sender, identity, knowledge, one.as_ref(), store).await.map_err(|error| match error {
        SendError::Unauthorized => Ended::BadToken,
        other => Ended::Unreachable(other),
    })?;
    for operators in settings.operator_guilds.iter().filter(|_| guild.is_none()) {
        if let Err(error) = register::register_for_operator(&sender, identity, knowledge, *operators).await {
            tracing::warn!(%error, "the commands of a server of the operator's were not registered; is Mabel in it?");
        }
    }
    Ok(registered)
}

fn sender(settings: &Discord, pulse: Arc<Pulse>) -> Result<Sender, Ended> {
    let token = settings.token()?;
    let web = client::web().map_err(|error| Ended::NoClient(error.to_string()))?;
    Ok(Sender::new(client::http(settings, &token, &web), web, pulse))
}

/// What it means that the first requests fail. Discord itself, even when it is down, answers them with its own errors or with none.
fn at_start(settings: &Discord, error: SendError) -> Ended {
    match (error, &settings.api_base) {
        (SendError::Unauthorized, _) => Ended::BadToken,
        (
            SendError::Unreadable | SendError::Gone { code: 0 } | SendError::Forbidden { code: 0 } | SendError::Rejected { code: 0, .. },
            Some(base),
        ) => Ended::NotDiscord { base: base.clone() },
        (other, _) => Ended::Unreachable(other),
    }
}

/// A bot that is about to connect.
struct Running {
    bot: Arc<Bot>,
    shards: Arc<Shards>,
}

/// Asks Discord who Mabel is and where to connect, registers what changed, and makes what keeps the shards.
///
/// Asking first costs three requests and saves identifies: a bad token or a lack of starts shows here, not in a loop of reconnects.
async fn begin(setup: &Setup) -> Result<Running, Ended> {
    let settings = &setup.settings;
    let sender = Arc::new(sender(settings, Arc::clone(&setup.pulse))?);
    let identity = sender.identity().await.map_err(|error| at_start(settings, error))?;
    let gateway = sender.gateway().await.map_err(|error| at_start(settings, error))?;
    let which = settings.shards.clone().unwrap_or_else(|| config::Shards::all(gateway.shards));
    if let Some(limit) = &gateway.session_start_limit {
        turns::enough(limit, u64::from(which.total)).map_err(|none| Ended::NoStartsLeft { minutes: none.minutes })?;
    }
    if settings.register_at_start {
        register_at_start(&sender, identity, setup).await?;
    }
    tracing::info!(shards = which.ids.len(), total = which.total, "starting");
    let (engine, store, pulse) = (setup.engine.clone(), Arc::clone(&setup.store), Arc::clone(&setup.pulse));
    let bot = Bot::new(engine, store, sender, identity, pulse, setup.today, settings);
    let bot = Arc::new(bot);
    let shards = Arc::new(shards(setup, &bot, gateway, which)?);
    Ok(Running { bot, shards })
}

fn shards(setup: &Setup, bot: &Arc<Bot>, gateway: GatewayInfo, which: config::Shards) -> Result<Shards, Ended> {
    let (settings, pulse) = (&setup.settings, &setup.pulse);
    let token = settings.token()?;
    let web = client::web().map_err(|error| Ended::NoClient(error.to_string()))?;
    // A number that no other process has: hashers are keyed by chance.
    let holder = RandomState::new().hash_one(bot.own.application) >> 1;
    let common = settings.shards.is_some().then(|| Common { store: Arc::clone(&setup.store), application: bot.own.application, holder });
    let turns = Turns::new(gateway, which.total, WINDOW, common.clone(), Arc::clone(&bot.sender), Arc::clone(pulse));
    let make = Make {
        http: Arc::new(client::http(settings, &token, &web)),
        token,
        intents: client::intents(settings),
        presence: client::presence(settings),
        bot: Arc::clone(bot),
    };
    Ok(Shards::new(make, which, turns, common, Arc::clone(pulse)))
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

impl Running {
    async fn until(self, stop: impl Future<Output = ()>) -> Ended {
        let shards = Arc::clone(&self.shards);
        let mut supervisor = match Supervisor::start(Arc::clone(&self.bot.pulse), move || shards.look()) {
            Ok(supervisor) => supervisor,
            Err(error) => return Ended::NoClient(error.to_string()),
        };
        let mut refused = self.bot.sender.refused();
        // A task of its own: what leads to the end is seen even while shards are being left.
        let shards = Arc::clone(&self.shards);
        let mut kept = tokio::spawn(async move { shards.keep().await });
        let ended = tokio::select! {
            fall = &mut kept => return fall.map_or_else(|error| Ended::Gateway(error.to_string()), of_fall),
            // The runtime cannot be trusted to leave in order then; the exit of the process closes what is open.
            verdict = supervisor.verdict() => return Ended::Lost(verdict),
            _ = refused.wait_for(|refused| *refused) => Ended::BadToken,
            () = stop => Ended::Stopped,
        };
        leave(&self.shards, &self.bot).await;
        kept.abort();
        ended
    }
}

/// Leaves the gateway, and lets replies that are under way be sent.
async fn leave(shards: &Shards, bot: &Bot) {
    if timeout(LEAVE, shards.leave()).await.is_err() {
        tracing::warn!("the gateway was not left in order");
    }
    if timeout(LAST_REPLIES, bot.permits.acquire_many(MOST_AT_ONCE)).await.is_err() {
        tracing::warn!("some replies were not sent in time");
    }
    bot.permits.close();
}

fn of_fall(fall: Fall) -> Ended {
    match fall {
        Fall::Gateway(serenity::Error::Gateway(GatewayError::InvalidAuthentication)) => Ended::BadToken,
        Fall::Gateway(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents)) => Ended::IntentRefused,
        Fall::Gateway(serenity::Error::Gateway(GatewayError::InvalidGatewayIntents)) => Ended::IntentUnknown,
        Fall::Gateway(error) => Ended::Gateway(error.to_string()),
        Fall::NoneLeft(none) => Ended::NoStartsLeft { minutes: none.minutes },
        Fall::Served(shard) => Ended::Served { shard },
        Fall::TakenOver(shard) => Ended::TakenOver { shard },
    }
}
