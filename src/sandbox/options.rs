//! What can be chosen when a sandbox starts. Owns the defaults; knows nothing of how they are used.

use std::time::Duration;

use super::clock::Clock;

/// How a sandbox starts.
#[derive(Clone, Debug)]
pub struct Options {
    /// The bot token that is accepted.
    pub token: String,
    /// The port to listen on; 0 lets the system choose.
    pub port: u16,
    /// Where the time is read.
    pub clock: Clock,
    /// Answer 429 when a bucket is empty. Off by default: the headers are always sent, nothing is refused.
    pub enforce_rate_limits: bool,
    /// Privileged intents the "developer portal" allows; asking for another closes the socket with 4014.
    pub allowed_intents: u64,
    /// How many clients may identify within five seconds, each of another remainder of the shard's number by it.
    pub max_concurrency: u64,
    /// How many shards a bot is told to start; where that is more than one, a session that is not sharded is closed with 4011, as Discord does
    /// above 2,500 guilds.
    pub shards: u32,
    /// Whether people can install the application for themselves (integration type 1).
    pub user_install: bool,
    /// What `hello` asks clients to beat at.
    pub heartbeat_interval: Duration,
    /// How many requests and gateway payloads are remembered, each.
    pub record_limit: usize,
    /// How many messages and interactions there are, each, before the oldest go.
    pub world_limit: usize,
    /// Serve the chat page at the base address.
    pub page: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            token: "sandbox-token".to_owned(),
            port: 0,
            clock: Clock::system(),
            enforce_rate_limits: false,
            allowed_intents: super::gateway::intents::PRIVILEGED,
            max_concurrency: 1,
            shards: 1,
            user_install: true,
            heartbeat_interval: Duration::from_millis(41_250),
            record_limit: 10_000,
            world_limit: usize::MAX,
            page: false,
        }
    }
}
