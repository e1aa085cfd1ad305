//! The least that a bot can do: the same reply to everything, with serenity set up as Mabel's is.
//!
//! What Mabel uses beyond this is her own: reading the question, finding and writing the answer, settings, links, limits, figures. For
//! `mabel sandbox load --floor`, which says where its Discord is in `MABEL_DISCORD__API_BASE`.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, OnceLock};
use std::time::Duration;

use serde_json::{Value, json};
use serenity::async_trait;
use serenity::builder::CreateAllowedMentions;
use serenity::client::{ClientBuilder, Context, EventHandler};
use serenity::http::HttpBuilder;
use serenity::model::application::Interaction;
use serenity::model::channel::Message;
use serenity::model::event::MessageUpdateEvent;
use serenity::model::gateway::{GatewayIntents, Ready};
use serenity::model::id::{MessageId, UserId};

/// About as long as what Mabel says, with as many things to press.
static REPLY: LazyLock<Value> = LazyLock::new(|| {
    let button = |label: &str| json!({ "type": 2, "style": 2, "label": label, "custom_id": label });
    let row = |labels: [&str; 3]| json!({ "type": 1, "components": labels.map(button) });
    json!({
        "content": "**The same reply to everything.** ".repeat(6),
        "embeds": [{
            "description": "It stands for an answer in its usual length, with what limits it. ".repeat(9),
            "color": 3_108_775,
            "fields": [{ "name": "Sources", "value": "[A source with its publisher and date](https://example.org/source) ".repeat(4) }],
            "footer": { "text": "What stands below every answer, in small letters. ".repeat(3) },
        }],
        "components": [row(["One", "Two", "Three"]), row(["Four", "Five", "Six"])],
        "attachments": [],
        "allowed_mentions": { "parse": [], "replied_user": false },
    })
});

/// How many questions are remembered, so that their edits are followed.
const REMEMBERED: usize = 4096;

#[derive(Default)]
struct Floor {
    own: OnceLock<UserId>,
    answers: Mutex<HashMap<MessageId, MessageId>>,
}

#[async_trait]
impl EventHandler for Floor {
    async fn ready(&self, context: Context, ready: Ready) {
        self.own.get_or_init(|| ready.user.id);
        context.http.set_application_id(ready.application.id);
        let option = json!({ "type": 3, "name": "question", "description": "A question", "required": true });
        let command = json!({ "name": "ask", "type": 1, "description": "Asks", "options": [option] });
        context.http.create_global_commands(&json!([command])).await.unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let reply = json!({ "type": 4, "data": *REPLY });
        context.http.create_interaction_response(interaction.id(), interaction.token(), &reply, Vec::new()).await.unwrap();
    }

    async fn message(&self, context: Context, message: Message) {
        if message.author.bot || !message.mentions.iter().any(|user| Some(&user.id) == self.own.get()) {
            return;
        }
        let mut reply = REPLY.clone();
        reply["message_reference"] = json!({ "message_id": message.id, "fail_if_not_exists": false });
        let sent = context.http.send_message(message.channel_id, Vec::new(), &reply).await.unwrap();
        let mut answers = self.answers.lock().unwrap();
        if answers.len() >= REMEMBERED {
            answers.clear();
        }
        answers.insert(message.id, sent.id);
    }

    async fn message_update(&self, context: Context, _: Option<Message>, _: Option<Message>, event: MessageUpdateEvent) {
        let answer = self.answers.lock().unwrap().get(&event.id).copied();
        if let Some(answer) = answer {
            context.http.edit_message(event.channel_id, answer, &*REPLY, Vec::new()).await.unwrap();
        }
    }
}

#[tokio::main]
async fn main() {
    let (base, token) = (std::env::var("MABEL_DISCORD__API_BASE").unwrap(), std::env::var("DISCORD_TOKEN").unwrap());
    let web = reqwest::Client::builder().timeout(Duration::from_secs(10)).redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let http = HttpBuilder::new(token).client(web).default_allowed_mentions(CreateAllowedMentions::new());
    let http = http.proxy(base).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let mut client = ClientBuilder::new_with_http(http, intents).event_handler(Floor::default()).await.unwrap();
    client.start_autosharded().await.unwrap();
}
