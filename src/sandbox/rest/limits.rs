//! Rate limits: buckets by route and top-level id, and the one for everything.
//! <https://docs.discord.com/developers/topics/rate-limits>
//!
//! The numbers are those seen of late; Discord says not to rely on any, and bots must read the headers.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use super::routes::Route;
use crate::sandbox::fault::RateLimitScope;

/// How many requests a bot makes in a second, interactions and webhooks not counted.
const GLOBAL: u32 = 50;

/// A bucket as the headers show it.
#[derive(Clone, Debug)]
pub(crate) struct Bucket {
    pub(crate) name: String,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) resets_at: SystemTime,
    pub(crate) resets_after: Duration,
}

/// What taking a request out of its bucket gave.
pub(crate) struct Taken {
    pub(crate) bucket: Bucket,
    /// Set when a limit is used up: whose, and how long to wait.
    pub(crate) refused: Option<(RateLimitScope, Duration)>,
}

/// All windows that are open.
#[derive(Debug, Default)]
pub(crate) struct RateLimits {
    windows: BTreeMap<String, Window>,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    used: u32,
    ends: SystemTime,
}

/// How many requests a route takes in how many seconds.
fn numbers(template: &str) -> (u32, u64) {
    match template {
        "/channels/{channel_id}/messages" | "/channels/{channel_id}/messages/{message_id}" | "/channels/{channel_id}/typing" => (5, 5),
        "/webhooks/{application_id}/{interaction_token}" | "/webhooks/{application_id}/{interaction_token}/messages/{message_id}" => (5, 2),
        "/applications/{application_id}/commands" | "/applications/{application_id}/guilds/{guild_id}/commands" => (5, 20),
        _ => (50, 1),
    }
}

impl RateLimits {
    /// Counts a request.
    pub(crate) fn take(&mut self, route: &Route, now: SystemTime) -> Taken {
        let (limit, seconds) = numbers(route.template);
        let key = format!("{} {}", route.bucket(), route.major);
        let own = self.count(&key, limit, Duration::from_secs(seconds), now);
        let global = if route.counts_globally() {
            self.count("", GLOBAL, Duration::from_secs(1), now)
        } else {
            Ok(own.unwrap_or_else(|window| window))
        };
        let window = own.unwrap_or_else(|window| window);
        let left = |window: Window| window.ends.duration_since(now).unwrap_or_default();
        let refused = match (own, global) {
            (Err(window), _) => Some((RateLimitScope::User, left(window))),
            (_, Err(window)) => Some((RateLimitScope::Global, left(window))),
            _ => None,
        };
        let bucket = Bucket {
            name: bucket_name(&route.bucket()),
            limit,
            remaining: limit.saturating_sub(window.used),
            resets_at: window.ends,
            resets_after: left(window),
        };
        Taken { bucket, refused }
    }

    /// Uses a window; `Err` when it is full.
    fn count(&mut self, key: &str, limit: u32, length: Duration, now: SystemTime) -> Result<Window, Window> {
        if self.windows.len() > 10_000 {
            self.windows.retain(|_, window| window.ends > now);
        }
        let window = self.windows.entry(key.to_owned()).or_insert(Window { used: 0, ends: now + length });
        if window.ends <= now {
            *window = Window { used: 0, ends: now + length };
        }
        if window.used >= limit {
            return Err(*window);
        }
        window.used += 1;
        Ok(*window)
    }
}

/// An opaque name, as Discord gives: FNV-1a of the route.
fn bucket_name(route: &str) -> String {
    let hash = route.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
