//! The one place where connections to Discord are built.
//!
//! Two of serenity's ways shape this file. Its own HTTP client has no timeout, so one is made here. And its `proxy` is silently
//! ignored while its rate limiter is on (serenity #1739): base and limiter are set as a pair, here and nowhere else, or a test that
//! forgot one would talk to the real Discord.

use std::time::Duration;

use serenity::builder::CreateAllowedMentions;
use serenity::gateway::{ActivityData, PresenceData};
use serenity::http::{Http, HttpBuilder};
use serenity::model::gateway::GatewayIntents;

use crate::config::{Discord, Secret};

/// No request takes longer.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// An HTTP client that gives up in time.
///
/// # Errors
/// When the system has no working TLS or name resolution to offer.
pub(super) fn web() -> Result<reqwest::Client, reqwest::Error> {
    let builder = reqwest::Client::builder().timeout(REQUEST_TIMEOUT).connect_timeout(CONNECT_TIMEOUT);
    // Discord redirects nothing; what is sent goes where the settings say and nowhere else.
    builder.redirect(reqwest::redirect::Policy::none()).build()
}

/// Serenity's access to the REST interface.
pub(super) fn http(settings: &Discord, token: &Secret, web: &reqwest::Client) -> Http {
    let builder = HttpBuilder::new(token.expose()).client(web.clone()).default_allowed_mentions(CreateAllowedMentions::new());
    match &settings.api_base {
        Some(base) => builder.proxy(base).ratelimiter_disabled(true).build(),
        None => builder.build(),
    }
}

/// The intents that the settings call for.
///
/// Interactions need none. Questions by mention, reply and direct message need the two message intents, and their content comes
/// without the privileged one: <https://docs.discord.com/developers/events/gateway#message-content-intent>. That of guilds tells when
/// Mabel is removed from a server, so that the server can be forgotten.
#[must_use]
pub fn intents(settings: &Discord) -> GatewayIntents {
    let mut intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    intents.set(GatewayIntents::MESSAGE_CONTENT, settings.message_content);
    intents
}

/// What Mabel is shown to be doing.
pub(super) fn presence(settings: &Discord) -> PresenceData {
    PresenceData { activity: settings.status.as_deref().map(ActivityData::custom), ..PresenceData::default() }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::config::Settings;

    fn settings(pairs: &[(&str, &str)]) -> Discord {
        let environment = pairs.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
        Settings::read(None, environment).unwrap().discord
    }

    #[test]
    fn a_base_of_ones_own_goes_with_the_limiter_off_and_the_other_way_round() {
        let token = Secret::new("token").unwrap();
        let own = http(&settings(&[("MABEL_DISCORD__API_BASE", "http://127.0.0.1:1")]), &token, &web().unwrap());
        assert!(own.proxy.is_some() && own.ratelimiter.is_none());
        let real = http(&settings(&[]), &token, &web().unwrap());
        assert!(real.proxy.is_none() && real.ratelimiter.is_some());
    }

    #[test]
    fn the_privileged_intent_is_asked_for_only_when_switched_on() {
        assert!(!intents(&settings(&[])).is_privileged());
        assert!(intents(&settings(&[("MABEL_DISCORD__MESSAGE_CONTENT", "true")])).contains(GatewayIntents::MESSAGE_CONTENT));
    }
}
