//! Answer channels: where moderators want Mabel to answer what was not put to her.
//!
//! Only there, only what the engine finds clear (see [`Engine::overhear`](crate::engine::Engine::overhear)), and once a thread: a post in a
//! forum is a question with a talk below it, which is not hers. Most messages end at the first look, so the engine is asked before Discord
//! is asked where a thread belongs.

use super::bot::{Bot, Place};

/// Whether Mabel says something to a text that was not put to her.
pub(super) async fn speaks_up(bot: &Bot, place: Place, text: &str) -> bool {
    let server = bot.server(place.guild).await;
    if !bot.listens || server.settings.answer_channels.is_empty() {
        return false;
    }
    let here = server.here(place);
    if !matches!(bot.overhear(text, &here), Ok(Some(_))) {
        return false;
    }
    let scene = bot.scene(place).await;
    scene.is_answer_channel() && (scene.parent.is_none() || bot.servers.is_first_in(place.channel))
}
