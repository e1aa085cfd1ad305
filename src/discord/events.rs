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
use serenity::gateway::ConnectionStage;
use serenity::gateway::ShardStageUpdateEvent;
use serenity::model::event::Event;

use super::bot::Bot;
use super::{interactions, messages};

/// Hands events on.
pub(super) struct Events(pub(super) Arc<Bot>);

#[async_trait]
impl RawEventHandler for Events {
    async fn raw_event(&self, _: Context, event: Event) {
        self.0.pulse.event();
        let event = match event {
            Event::Unknown(unknown) => {
                let count = self.0.pulse.unknown();
                tracing::debug!(kind = unknown.kind, count, "an event was not understood");
                match without_components(&unknown.kind, unknown.value) {
                    Ok(event) => event,
                    Err(value) => return interactions::unreadable(&self.0, &value).await,
                }
            }
            event => event,
        };
        // Closed only at the end of the process.
        let Ok(_permit) = self.0.permits.acquire().await else { return };
        handle(&self.0, event).await;
    }
}

#[async_trait]
impl EventHandler for Events {
    async fn shard_stage_update(&self, _: Context, event: ShardStageUpdateEvent) {
        if event.new == ConnectionStage::Identifying {
            self.0.pulse.identified(event.shard_id.0, Instant::now());
        }
        tracing::info!(shard = event.shard_id.0, from = %event.old, to = %event.new, "gateway");
    }
}

async fn handle(bot: &Bot, event: Event) {
    match event {
        Event::MessageCreate(event) => messages::written(bot, &event.message).await,
        Event::MessageUpdate(event) => messages::edited(bot, &event).await,
        Event::MessageDelete(event) => messages::deleted(bot, event.channel_id.get(), event.message_id.get()).await,
        Event::MessageDeleteBulk(event) => {
            for message in event.ids {
                messages::deleted(bot, event.channel_id.get(), message.get()).await;
            }
        }
        Event::InteractionCreate(event) => interactions::handle(bot, event.interaction).await,
        _ => {}
    }
}

/// The event of that kind, read without the components in it; the value given back if that does not help.
fn without_components(kind: &str, mut value: Value) -> Result<Event, Value> {
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
