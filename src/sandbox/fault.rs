//! Faults a tester can order: of single REST requests, and of the gateway.
//!
//! Owns their description and which request a REST fault strikes. Carrying them out is up to `rest` and `gateway`.

use std::time::Duration;

use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

/// A fault of REST: which requests, how many of them, and what happens.
#[derive(Clone, Debug, Deserialize)]
pub struct RestFault {
    /// The method, or every method when left out.
    #[serde(default)]
    pub method: Option<String>,
    /// The path without `/api/v10`; `*` stands for one segment, a last `**` for all that follow.
    pub path: String,
    /// How many requests it strikes.
    #[serde(default = "once")]
    pub times: u32,
    /// What happens to them.
    pub effect: RestEffect,
}

/// What a REST fault does.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestEffect {
    /// Answers with this status and body, and does nothing.
    Status {
        /// The HTTP status, such as 503.
        status: u16,
        /// The body; plain text when it is a string, as of a proxy in front of Discord.
        #[serde(default)]
        body: Value,
    },
    /// Answers 429.
    RateLimited {
        /// Whose limit it is.
        scope: RateLimitScope,
        /// How long to wait.
        #[serde(rename = "retry_after", deserialize_with = "seconds")]
        retry_after: Duration,
    },
    /// Waits in real time before the request is carried out.
    Delay(#[serde(deserialize_with = "seconds")] Duration),
    /// Cuts the connection: before anything is done, or after, in the middle of the answer.
    Cut {
        /// Whether the request is carried out first, so that only the answer is lost.
        carried_out: bool,
    },
}

/// Whose limit a 429 speaks of. <https://docs.discord.com/developers/topics/rate-limits#header-format>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateLimitScope {
    /// The bot's, on this route.
    User,
    /// The bot's, on all routes.
    Global,
    /// Everybody's, on this resource.
    Shared,
}

impl RateLimitScope {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Global => "global",
            Self::Shared => "shared",
        }
    }
}

/// A fault of the gateway; it strikes all connections there are, or sets how it behaves from now on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayFault {
    /// Drops the TCP connections without a close frame.
    Cut,
    /// Keeps the sockets open and neither reads nor writes again.
    HalfOpen,
    /// Sends op 7: reconnect and resume.
    Reconnect,
    /// Sends op 9. Not resumable means the session is gone.
    InvalidSession {
        /// Whether the client may resume.
        resumable: bool,
    },
    /// Closes with this code.
    Close(u16),
    /// From now on heartbeats are acknowledged, or not.
    Acknowledge(bool),
    /// From now on events come late by this much.
    DelayEvents(#[serde(deserialize_with = "seconds")] Duration),
    /// From now on new connections are refused, or not.
    Refuse(bool),
    /// From now on who identifies or resumes is sent away with this code, or nobody.
    SendAway(Option<u16>),
    /// Forgets all sessions: nothing more comes to them, and a resume is answered with op 9 `false`.
    ForgetSessions,
    /// Sends this text as it is, whatever it is.
    Text(String),
    /// Sends these bytes as they are: Discord sends such frames only to who asked for compression.
    Bytes(Vec<u8>),
    /// Sends an event that is in its place in the sequence, and of a kind or content of its own.
    Event {
        /// Its name, such as `MESSAGE_CREATE`.
        name: String,
        /// What it says.
        data: Value,
    },
}

impl RestFault {
    /// A fault of the next request that fits.
    #[must_use]
    pub fn next(method: &str, path: &str, effect: RestEffect) -> Self {
        Self { method: Some(method.to_owned()), path: path.to_owned(), times: 1, effect }
    }

    /// The same for several requests.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    fn strikes(&self, method: &str, segments: &[String]) -> bool {
        self.method.as_deref().is_none_or(|own| own.eq_ignore_ascii_case(method)) && fits(&self.path, segments)
    }
}

/// Takes the effect of the first fault that strikes this request, and counts it down.
pub(crate) fn take(faults: &mut Vec<RestFault>, method: &str, segments: &[String]) -> Option<RestEffect> {
    let index = faults.iter().position(|fault| fault.strikes(method, segments))?;
    let fault = faults.get_mut(index)?;
    let effect = fault.effect.clone();
    fault.times = fault.times.saturating_sub(1);
    if fault.times == 0 {
        faults.remove(index);
    }
    Some(effect)
}

fn fits(pattern: &str, segments: &[String]) -> bool {
    let wanted: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    let (wanted, open) = match wanted.split_last() {
        Some((&"**", before)) => (before.to_vec(), true),
        _ => (wanted, false),
    };
    let long_enough = if open { segments.len() >= wanted.len() } else { segments.len() == wanted.len() };
    long_enough && wanted.iter().zip(segments).all(|(want, have)| *want == "*" || want == have)
}

/// The body of a 429.
pub(crate) fn rate_limited_body(retry_after: Duration, scope: RateLimitScope) -> Value {
    json!({
        "message": "You are being rate limited.",
        "retry_after": retry_after.as_secs_f64(),
        "global": scope == RateLimitScope::Global,
    })
}

fn once() -> u32 {
    1
}

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    Duration::try_from_secs_f64(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_pattern_takes_one_or_all_segments() {
        let path = |text: &str| text.split('/').map(str::to_owned).collect::<Vec<_>>();
        assert!(fits("/channels/*/messages", &path("channels/1/messages")));
        assert!(!fits("/channels/*/messages", &path("channels/1/messages/2")));
        assert!(fits("/channels/**", &path("channels/1/messages/2")));
        assert!(fits("**", &path("users/@me")));
    }
}
