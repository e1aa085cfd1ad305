//! What can go wrong on the way to Discord, in the classes that Mabel treats alike.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use serde::Deserialize;

/// Why a request was not fulfilled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// 401: the token is void.
    #[error("the token was refused")]
    Unauthorized,
    /// 403: Mabel may not do this here, or the person takes no direct messages.
    #[error("not allowed (code {code})")]
    Forbidden {
        /// Discord's code.
        code: u64,
    },
    /// 404: the message, channel or interaction is no more.
    #[error("gone (code {code})")]
    Gone {
        /// Discord's code.
        code: u64,
    },
    /// The interaction was answered before.
    #[error("answered before")]
    Acknowledged,
    /// Any other refusal: the request itself is wrong.
    #[error("refused with status {status}, code {code}")]
    Rejected {
        /// HTTP status.
        status: u16,
        /// Discord's code.
        code: u64,
    },
    /// 429, for longer than the request is worth waiting for.
    #[error("rate limited")]
    RateLimited,
    /// 5xx, again and again.
    #[error("server error {0}")]
    ServerError(u16),
    /// No connection.
    #[error("not reachable")]
    Unreachable,
    /// No answer in time.
    #[error("no answer in time")]
    TooLate,
    /// The answer is not what it should be.
    #[error("unreadable answer")]
    Unreadable,
}

/// What a failed try means for the next.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is no next.
    Final(SendError),
    /// Try again, after that pause where Discord names one.
    Again {
        /// The pause.
        after: Option<Duration>,
        /// The error, if no try is left.
        why: SendError,
    },
}

/// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>
const ALREADY_ACKNOWLEDGED: u64 = 40060;
/// An interaction's token that has run out; it comes with 401, and says nothing about the bot's token.
const INVALID_WEBHOOK_TOKEN: u64 = 50027;

/// A reply where Mabel may not read what was written before; it comes with 400, and is a matter of permissions all the same.
pub(super) const NO_HISTORY: u64 = 160_002;

#[derive(Default, Deserialize)]
struct Answer {
    #[serde(default)]
    code: u64,
    #[serde(default)]
    retry_after: Option<f64>,
}

impl SendError {
    /// The class of an answer that is neither success, 429 nor a server error.
    pub(super) async fn from_answer(status: StatusCode, response: Response) -> Self {
        let code = response.json::<Answer>().await.unwrap_or_default().code;
        Self::from_code(status.as_u16(), code)
    }

    fn from_code(status: u16, code: u64) -> Self {
        match (status, code) {
            (_, ALREADY_ACKNOWLEDGED) => Self::Acknowledged,
            (_, INVALID_WEBHOOK_TOKEN) | (404, _) => Self::Gone { code },
            (401, _) => Self::Unauthorized,
            (403, _) | (_, NO_HISTORY) => Self::Forbidden { code },
            _ => Self::Rejected { status, code },
        }
    }
}

/// The class of an error of serenity's own.
pub(super) fn failure_of(error: &serenity::Error) -> Failure {
    match error {
        serenity::Error::Http(serenity::http::HttpError::Request(_)) => Failure::Again { after: None, why: SendError::Unreachable },
        _ => Failure::Final(SendError::Unreadable),
    }
}

/// Whether a 429 is for the bot as a whole.
pub(super) fn is_global(headers: &HeaderMap) -> bool {
    headers.contains_key("x-ratelimit-global") || headers.get("x-ratelimit-scope").is_some_and(|scope| scope == "global")
}

/// How long a 429 says to wait: the header, else the body, else a second.
pub(super) async fn retry_after(response: Response) -> Duration {
    let header = response.headers().get("retry-after").and_then(|value| value.to_str().ok()).and_then(|text| text.parse::<f64>().ok());
    let seconds = match header {
        Some(seconds) => Some(seconds),
        None => response.json::<Answer>().await.unwrap_or_default().retry_after,
    };
    Duration::try_from_secs_f64(seconds.unwrap_or(1.0).clamp(0.05, 86_400.0)).unwrap_or(Duration::from_secs(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_fall_into_their_classes() {
        for (status, code, class) in [
            (400, 50035, SendError::Rejected { status: 400, code: 50035 }),
            (400, 40060, SendError::Acknowledged),
            (401, 0, SendError::Unauthorized),
            (401, 50027, SendError::Gone { code: 50027 }),
            (403, 50007, SendError::Forbidden { code: 50007 }),
            (400, 160_002, SendError::Forbidden { code: 160_002 }),
            (404, 10062, SendError::Gone { code: 10062 }),
        ] {
            assert_eq!(SendError::from_code(status, code), class);
        }
    }
}
