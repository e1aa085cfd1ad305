//! The real client library runs against the sandbox as against Discord, and understands everything it is sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use mabel::sandbox::{GatewayFault, RestEffect, RestFault};
use serde_json::json;
use serenity::all::{
    AutocompleteChoice, Command, CommandType, Context, CreateActionRow, CreateAttachment, CreateAutocompleteResponse, CreateButton,
    CreateCommand, CreateCommandOption, CreateEmbed, CreateInteractionResponse, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage, CreateMessage, EditInteractionResponse, Event, EventHandler, GatewayIntents, HttpBuilder, HttpError,
    Interaction, Message, RawEventHandler, Ready, ResumedEvent,
};
use serenity::async_trait;

use super::support::{SOON, Scene, scene};

/// What the client saw.
#[derive(Default)]
struct Seen {
    unknown: Vec<String>,
    guilds: usize,
    resumed: usize,
    failed: Vec<String>,
}

/// A small bot that uses each kind of answer.
#[derive(Clone, Default)]
struct Bot(Arc<Mutex<Seen>>);

impl Bot {
    fn check<T>(&self, what: &str, result: serenity::Result<T>) -> Option<T> {
        result.map_err(|error| self.0.lock().unwrap().failed.push(format!("{what}: {error:?}"))).ok()
    }
}

fn commands() -> Vec<CreateCommand> {
    let question =
        CreateCommandOption::new(serenity::all::CommandOptionType::String, "question", "What?").required(true).set_autocomplete(true);
    vec![CreateCommand::new("ask").description("Ask.").add_option(question), CreateCommand::new("Answer this").kind(CommandType::Message)]
}

#[async_trait]
impl EventHandler for Bot {
    async fn ready(&self, context: Context, _ready: Ready) {
        self.check("register", Command::set_global_commands(&context.http, commands()).await);
    }

    async fn guild_create(&self, _context: Context, _guild: serenity::all::Guild, _new: Option<bool>) {
        self.0.lock().unwrap().guilds += 1;
    }

    async fn resume(&self, _context: Context, _event: ResumedEvent) {
        self.0.lock().unwrap().resumed += 1;
    }

    async fn message(&self, context: Context, message: Message) {
        if message.author.bot {
            return;
        }
        let file = CreateAttachment::bytes(b"a,b".as_slice(), "gaps.csv");
        let answer = CreateMessage::new().content(format!("you said: {}", message.content)).reference_message(&message).add_file(file);
        self.check("message", message.channel_id.send_message(&context.http, answer).await);
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let http = &context.http;
        match interaction {
            Interaction::Autocomplete(typed) => {
                let choices = CreateAutocompleteResponse::new().set_choices(vec![AutocompleteChoice::new("Can MAs give shots?", "shots")]);
                self.check("choices", typed.create_response(http, CreateInteractionResponse::Autocomplete(choices)).await);
            }
            Interaction::Command(asked) if asked.data.name == "ask" => {
                let buttons = CreateActionRow::Buttons(vec![CreateButton::new("more").label("More")]);
                let embed = CreateEmbed::new().title("Answer").field("Source", "x", true);
                let message = CreateInteractionResponseMessage::new().embed(embed).components(vec![buttons]).ephemeral(true);
                self.check("answer", asked.create_response(http, CreateInteractionResponse::Message(message)).await);
                self.check("read", asked.get_response(http).await);
                let twice = asked.create_response(http, CreateInteractionResponse::Acknowledge).await;
                assert!(twice.is_err(), "a second acknowledgement is refused");
                self.check("follow up", asked.create_followup(http, CreateInteractionResponseFollowup::new().content("and more")).await);
            }
            Interaction::Command(asked) => {
                self.check("defer", asked.defer(http).await);
                let text = asked.data.resolved.messages.values().next().map(|message| message.content.clone()).unwrap_or_default();
                self.check("fill in", asked.edit_response(http, EditInteractionResponse::new().content(text)).await);
            }
            Interaction::Component(pressed) => {
                let message = CreateInteractionResponseMessage::new().content("pressed").components(vec![]);
                self.check("update", pressed.create_response(http, CreateInteractionResponse::UpdateMessage(message)).await);
            }
            _ => {}
        }
    }
}

#[async_trait]
impl RawEventHandler for Bot {
    async fn raw_event(&self, _context: Context, event: Event) {
        if let Event::Unknown(unknown) = event {
            self.0.lock().unwrap().unknown.push(unknown.kind);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_real_client_connects_answers_is_cut_and_resumes() {
    let Scene { sandbox, places, .. } = scene().await;
    let http = HttpBuilder::new(sandbox.token()).proxy(sandbox.base_url()).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::non_privileged() | GatewayIntents::MESSAGE_CONTENT;
    let bot = Bot::default();
    let mut client =
        serenity::all::ClientBuilder::new_with_http(http, intents).event_handler(bot.clone()).raw_event_handler(bot.clone()).await.unwrap();
    let shards = Arc::clone(&client.shard_manager);
    let running = tokio::spawn(async move { client.start().await });
    sandbox.connected(SOON).await.unwrap();
    sandbox.wait_until(SOON, |world| world.commands().count() == 2).await.unwrap();
    talk(&sandbox, places).await;
    for fault in [GatewayFault::Reconnect, GatewayFault::Close(4000), GatewayFault::Cut] {
        let before = bot.0.lock().unwrap().resumed;
        sandbox.gateway_fault(&fault);
        sandbox.post(places.general, places.ada, "while away").await.unwrap();
        let answer = sandbox.next_message(places.general, SOON).await.unwrap();
        assert_eq!(answer.content, "you said: while away", "{fault:?}");
        // The answer can overtake the handler that counts.
        while bot.0.lock().unwrap().resumed == before {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    assert_eq!(sandbox.identifies(), 1, "all of it was resumed");
    shards.shutdown_all().await;
    running.await.unwrap().unwrap();
    assert!(sandbox.sessions().is_empty(), "a clean close ends the session");
    let seen = bot.0.lock().unwrap();
    assert_eq!((seen.unknown.as_slice(), seen.failed.as_slice()), (&[][..], &[][..]));
    assert_eq!(seen.guilds, 1);
}

/// Each kind of thing a person does.
async fn talk(sandbox: &mabel::sandbox::Remote, places: mabel::sandbox::Places) {
    let question = sandbox.post(places.general, places.ada, "hello").await.unwrap();
    let answer = sandbox.next_message(places.general, SOON).await.unwrap();
    assert_eq!((answer.content.as_str(), answer.reference.unwrap().message_id), ("you said: hello", question.id));
    assert_eq!(answer.attachments[0]["filename"], "gaps.csv");
    let choices = sandbox.autocomplete(places.ada, places.general, "ask", json!({"question": "sh"}), "question", SOON).await.unwrap();
    assert_eq!(choices[0]["value"], "shots");
    for channel in [places.general, places.post, places.ada_direct] {
        let asked = sandbox.slash(places.ada, channel, "ask", json!({"question": "shots"})).await.unwrap();
        let response = asked.response_when(SOON, |response| response.followups.len() == 1).await.unwrap();
        assert!(response.ephemeral && response.text().contains("Answer"));
        let pressed = sandbox.press(places.ada, response.message.unwrap().id, "more").await.unwrap();
        assert_eq!(pressed.response(SOON).await.unwrap().message.unwrap().content, "pressed");
    }
    let used = sandbox.message_menu(places.ben, "Answer this", question.id).await.unwrap();
    assert_eq!(used.finished(SOON).await.unwrap().text(), "hello");
    sandbox.react(places.ben, question.id, "👍").await.unwrap();
    sandbox.edit(places.ada, question.id, "hello again").await.unwrap();
    sandbox.type_in(places.general, places.ben).await.unwrap();
    sandbox.delete(places.ada, question.id).await.unwrap();
    let thread = sandbox.open_thread(places.forum, places.ben, "A post", "in a post");
    assert_eq!(sandbox.next_message(thread, SOON).await.unwrap().content, "you said: in a post");
}

#[tokio::test]
async fn the_real_client_reads_refusals() {
    let Scene { sandbox, places, .. } = scene().await;
    let http = HttpBuilder::new(sandbox.token()).proxy(sandbox.base_url()).ratelimiter_disabled(true).build();
    let channel = serenity::all::ChannelId::new(places.general.0);
    let refused = async |body: serde_json::Value| match http.send_message(channel, Vec::new(), &body).await {
        Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(answer))) => answer,
        other => panic!("a refusal was awaited, not {other:?}"),
    };
    let answer = refused(json!({"content": "x".repeat(2001)})).await;
    assert_eq!((answer.status_code.as_u16(), answer.error.code), (400, 50035));
    assert_eq!(answer.error.errors[0].path, "content");
    let effect = RestEffect::RateLimited { scope: mabel::sandbox::RateLimitScope::Global, retry_after: Duration::from_secs(1) };
    sandbox.fault(RestFault::next("POST", "/channels/*/messages", effect));
    let answer = refused(json!({"content": "x"})).await;
    assert_eq!(answer.status_code.as_u16(), 429);
    assert_eq!(answer.error.code, -1, "a 429 has no code, so the library cannot read it and loses retry_after");
}
