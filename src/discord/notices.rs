//! What curators of the operator's own servers are told without asking: that changed knowledge cannot be used.
//!
//! It is said once a server, quietly, to the next curator who looks after something there: below the answer to their command, to them
//! alone. Who is told is not noted. The log and the health of the process say the same to the operator at once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serenity::model::application::CommandInteraction;

use super::bot::{Bot, Refused};
use super::payload::Body;
use super::permission::curates;
use super::servers::Scene;
use super::texts::Texts;

/// Which refusal was told last in each server; as many as the operator has named, at most.
#[derive(Debug, Default)]
pub(super) struct Notices(Mutex<HashMap<u64, u64>>);

impl Notices {
    /// Whether that refusal is news in a server; from now on it is not.
    fn is_news(&self, guild: u64, refused: Refused) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.insert(guild, refused.number) != Some(refused.number)
    }

    /// Takes it back: it was not told after all.
    fn take_back(&self, guild: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&guild);
    }
}

/// Tells whoever has just used a command of curators what they should know, if they are one.
pub(super) async fn tell(bot: &Bot, command: &CommandInteraction, scene: &Scene, texts: Texts) {
    let (Some(guild), Some(refused)) = (scene.place.guild, bot.engine.refused()) else { return };
    let concerns = bot.is_operators(guild) && curates(command.member.as_deref(), &scene.server.settings);
    if !concerns || !bot.notices.is_news(guild, refused) {
        return;
    }
    let body = Body::text(texts.knowledge_refused(refused.errors)).private();
    if bot.sender.follow_up(bot.own.application, &command.token, &body).await.is_err() {
        bot.notices.take_back(guild);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_news_once_a_server() {
        let notices = Notices::default();
        let (first, second) = (Refused { number: 1, errors: 3 }, Refused { number: 2, errors: 1 });
        assert!(notices.is_news(7, first) && !notices.is_news(7, first));
        assert!(notices.is_news(8, first), "another server has not heard of it");
        assert!(notices.is_news(7, second), "it is another one");
        notices.take_back(7);
        assert!(notices.is_news(7, second));
    }
}
