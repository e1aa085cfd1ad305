//! Events of the gateway, handed to who handles them.
//!
//! All come through serenity's raw handler, for one reason: there an event that serenity could not read arrives too. Mostly those are
//! components newer than serenity inside somebody else's message. Taking all components out of the event makes it readable, and
//! nothing Mabel needs stands in them.

use std::sync::Arc;
use std::time::Instant;

use serde_json::Value;
use serenity::async_trait;
use serenity::client::{Context, EventHandler, RawEventHandler};
use serenity::gateway::ShardStageUpdateEvent;
use serenity::model::event::Event;

use super::bot::{Bot, Place};
use super::counts::Held;
use super::session::Notes;
use super::timing::timed;
use super::{guilds, interactions, messages};

/// Hands the events of a session on.
pub(super) struct Events {
    pub(super) bot: Arc<Bot>,
    pub(super) notes: Arc<Notes>,
}

#[async_trait]
impl RawEventHandler for Events {
    async fn raw_event(&self, context: Context, event: Event) {
        let (pulse, shard, now) = (&self.bot.pulse, context.shard_id.0, Instant::now());
        pulse.event(shard, now);
        self.notes.hear(&event).await;
        match event {
            Event::Ready(_) => pulse.ready(shard, now),
            Event::Resumed(_) => pulse.resumed(shard, now),
            _ => {}
        }
        // The event alone is some kilobytes.
        Box::pin(timed(take(&self.bot, event))).await;
    }
}

#[async_trait]
impl EventHandler for Events {
    async fn shard_stage_update(&self, _: Context, event: ShardStageUpdateEvent) {
        tracing::info!(shard = event.shard_id.0, from = %event.old, to = %event.new, "gateway");
    }
}

/// Handles an event as soon as there is room for it.
async fn take(bot: &Bot, event: Event) {
    let event = match event {
        Event::Unknown(unknown) => {
            let count = bot.pulse.unknown();
            tracing::debug!(kind = unknown.kind, count, "an event was not understood");
            match without_components(&unknown.kind, unknown.value) {
                Ok(event) => event,
                Err(value) => return Box::pin(interactions::unreadable(bot, &value)).await,
            }
        }
        event => event,
    };
    let counts = bot.pulse.counts();
    let waiting = Held::new(&counts.waiting);
    // Closed only at the end of the process.
    let Ok(_permit) = bot.permits.acquire().await else { return };
    drop(waiting);
    let _working = Held::new(&counts.working);
    // One event in flight is some 20 KiB; on the heap it does not weigh on every caller's stack.
    Box::pin(handle(bot, event)).await;
}

async fn handle(bot: &Bot, event: Event) {
    match event {
        Event::MessageCreate(event) => messages::written(bot, &event.message).await,
        Event::MessageUpdate(event) => messages::edited(bot, &event).await,
        Event::MessageDelete(event) => messages::deleted(bot, Place::new(event.guild_id, event.channel_id), event.message_id.get()).await,
        Event::MessageDeleteBulk(event) => {
            let place = Place::new(event.guild_id, event.channel_id);
            for message in event.ids {
                messages::deleted(bot, place, message.get()).await;
            }
        }
        Event::Ready(event) => guilds::ready(bot, &event.ready).await,
        Event::GuildCreate(event) => guilds::joined(bot, event.guild.id).await,
        Event::GuildDelete(event) => guilds::left(bot, &event.guild).await,
        Event::InteractionCreate(event) => Box::pin(interactions::handle(bot, event.interaction)).await,
        _ => {}
    }
}

/// The event of that kind, read without the components in it.
///
/// # Errors
/// The value as it was, if that does not help.
pub fn without_components(kind: &str, mut value: Value) -> Result<Event, Value> {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(object) => {
                object.remove("components");
                object.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let original = value.clone();
    strip(&mut value);
    match serde_json::from_value(serde_json::json!({ "t": kind, "d": value })) {
        Ok(Event::Unknown(_)) | Err(_) => Err(original),
        Ok(event) => Ok(event),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn user() -> Value {
        json!({ "id": "1", "username": "somebody", "discriminator": "0", "avatar": null })
    }

    /// A message of another bot with a component that serenity does not know, inside a row.
    fn strange_message() -> Value {
        json!({
            "id": "100", "channel_id": "50", "author": user(), "content": "hello", "timestamp": "2026-01-01T00:00:00Z",
            "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
            "embeds": [], "pinned": false, "type": 0, "components": [{ "type": 1, "components": [{ "type": 99, "custom_id": "x" }] }],
        })
    }

    fn read(kind: &str, value: &Value) -> Event {
        serde_json::from_value(json!({ "t": kind, "d": value })).unwrap()
    }

    #[test]
    fn a_message_with_components_newer_than_serenity_is_still_heard() {
        let mut reply = strange_message();
        reply["referenced_message"] = strange_message();
        assert!(matches!(read("MESSAGE_CREATE", &reply), Event::Unknown(_)), "serenity reads it by now: the detour can go");
        let Ok(Event::MessageCreate(event)) = without_components("MESSAGE_CREATE", reply) else { panic!("not understood") };
        assert_eq!(event.message.content, "hello");
    }

    #[test]
    fn a_menu_used_on_such_a_message_is_still_answered() {
        let used = json!({
            "id": "200", "application_id": "7", "type": 2, "token": "t", "version": 1, "channel_id": "50", "user": user(), "locale": "en-US",
            "entitlements": [], "attachment_size_limit": 10, "authorizing_integration_owners": {}, "context": 1, "app_permissions": "0",
            "data": { "id": "8", "name": "Ask Mabel about this", "type": 3, "target_id": "100", "resolved": { "messages": { "100": strange_message() } } },
        });
        assert!(matches!(read("INTERACTION_CREATE", &used), Event::Unknown(_)), "serenity reads it by now: the detour can go");
        let Ok(Event::InteractionCreate(event)) = without_components("INTERACTION_CREATE", used) else { panic!("not understood") };
        assert_eq!(event.interaction.id().get(), 200);
    }

    #[test]
    fn what_stays_unreadable_is_given_back_as_it_was() {
        let value = json!({ "id": "200", "components": [1] });
        assert_eq!(without_components("INTERACTION_CREATE", value.clone()).unwrap_err(), value);
    }
}
