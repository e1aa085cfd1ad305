//! A sandbox with a bot in it.

use std::ffi::OsString;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use mabel::config::Settings;
use mabel::discord::{CurrentEngine, Ended};
use mabel::engine::Engine;
use mabel::knowledge::{files, load};
use mabel::sandbox::{Id, Message, Options, Places, RecordedRequest, Sandbox};
use mabel::store::{Memory, Store, Tally};
use serde_json::Value;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::running::Running;

/// Nothing takes longer, even on a slow machine.
pub const SOON: Duration = Duration::from_secs(10);

/// Long enough for what must not happen to happen.
pub const A_WHILE: Duration = Duration::from_millis(250);

static ENGINE: LazyLock<CurrentEngine> = LazyLock::new(|| CurrentEngine::new(engine_where("", "")));

/// An engine of the tests' knowledge with the first `old` in each of its files changed to `new`.
pub fn engine_where(old: &str, new: &str) -> Engine {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/discord/knowledge");
    let (mut files, faults) = files::in_folder(&folder).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    assert!(files.iter().any(|(_, text)| text.contains(old)), "no file holds {old:?}");
    for (_, text) in files.iter_mut().filter(|_| !old.is_empty()) {
        *text = text.replacen(old, new, 1);
    }
    let (knowledge, _) = load::load(&files).unwrap();
    Engine::new(knowledge).unwrap()
}

pub fn today() -> Date {
    date(2026, 11, 21)
}

/// The engine that all bots of the tests share.
pub fn engine() -> CurrentEngine {
    ENGINE.clone()
}

/// A busy test asks more than people do: without limits, unless the test is about them.
const NO_LIMITS: [(&str, &str); 4] = [
    ("MABEL_LIMITS__PER_USER", "0"),
    ("MABEL_LIMITS__PER_CHANNEL", "0"),
    ("MABEL_LIMITS__PER_GUILD", "0"),
    ("MABEL_LIMITS__REPEAT_SECONDS", "0"),
];

/// The settings for a bot in that sandbox, with those variables set besides.
pub fn settings(sandbox: &Sandbox, token: &str, variables: &[(&str, &str)]) -> Settings {
    let base = sandbox.base_url();
    let own = [("MABEL_DISCORD__API_BASE", base.as_str()), ("DISCORD_TOKEN", token)];
    let all = own.iter().chain(&NO_LIMITS).chain(variables).map(|(name, value)| (OsString::from(name), OsString::from(value)));
    Settings::read(None, all).unwrap()
}

/// A sandbox with a bot in it.
pub struct Stage {
    pub sandbox: Sandbox,
    pub at: Places,
    pub store: Arc<dyn Store>,
    stop: oneshot::Sender<()>,
    bot: JoinHandle<Ended>,
}

impl Stage {
    /// The usual sandbox, the usual settings, the bot connected.
    pub async fn set() -> Self {
        Self::set_with(Options::default(), &[]).await
    }

    /// A sandbox and settings of one's own, the bot connected.
    pub async fn set_with(options: Options, variables: &[(&str, &str)]) -> Self {
        let stage = Self::begin(options, variables).await;
        stage.sandbox.connected(SOON).await.unwrap();
        stage
    }

    /// The same, not waiting for the bot.
    pub async fn begin(options: Options, variables: &[(&str, &str)]) -> Self {
        Self::in_sandbox(Sandbox::start(options).await.unwrap(), variables)
    }

    /// A bot in a sandbox that was prepared.
    pub fn in_sandbox(sandbox: Sandbox, variables: &[(&str, &str)]) -> Self {
        let token = sandbox.token().to_owned();
        Self::with_token(sandbox, &token, variables)
    }

    /// A bot with a token of one's own.
    pub fn with_token(sandbox: Sandbox, token: &str, variables: &[(&str, &str)]) -> Self {
        Self::assembled(sandbox, token, variables, Arc::new(Memory::new()))
    }

    fn assembled(sandbox: Sandbox, token: &str, variables: &[(&str, &str)], store: Arc<dyn Store>) -> Self {
        let (stop, bot) = start(settings(&sandbox, token, variables), &store, engine());
        Self { at: sandbox.places(), sandbox, store, stop, bot }
    }

    /// The usual sandbox with a store of one's own, the bot connected.
    pub async fn set_over(store: Arc<dyn Store>) -> Self {
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let token = sandbox.token().to_owned();
        let stage = Self::assembled(sandbox, &token, &[], store);
        stage.sandbox.connected(SOON).await.unwrap();
        stage
    }

    /// The usual sandbox with an engine of one's own and those settings, the bot connected.
    pub async fn set_answering(engine: CurrentEngine, variables: &[(&str, &str)]) -> Self {
        Self::in_sandbox_answering(Sandbox::start(Options::default()).await.unwrap(), engine, variables).await
    }

    /// The same in a sandbox that was prepared.
    pub async fn in_sandbox_answering(sandbox: Sandbox, engine: CurrentEngine, variables: &[(&str, &str)]) -> Self {
        let store: Arc<dyn Store> = Arc::new(Memory::new());
        let (stop, bot) = start(settings(&sandbox, sandbox.token(), variables), &store, engine);
        let stage = Self { at: sandbox.places(), sandbox, store, stop, bot };
        stage.sandbox.connected(SOON).await.unwrap();
        stage
    }

    /// Stops the bot and starts another one, as a restart does.
    pub async fn restart(self) -> Self {
        self.restart_over(Arc::new(Memory::new())).await
    }

    /// The same with that store.
    pub async fn restart_over(self, store: Arc<dyn Store>) -> Self {
        let Self { sandbox, at, stop, bot, .. } = self;
        stop.send(()).unwrap();
        assert!(matches!(bot.await.unwrap(), Ended::Stopped));
        let identifies = sandbox.identifies();
        let (stop, bot) = start(settings(&sandbox, sandbox.token(), &[]), &store, engine());
        let again = Self { sandbox, at, store, stop, bot };
        until(|| again.sandbox.identifies() > identifies).await;
        again.sandbox.connected(SOON).await.unwrap();
        again
    }

    /// How the bot ended by itself.
    pub async fn ended(self) -> Ended {
        self.ended_keeping().await.1
    }

    /// The same, with the sandbox to look at afterwards.
    pub async fn ended_keeping(self) -> (Sandbox, Ended) {
        let ended = tokio::time::timeout(SOON, self.bot).await.unwrap().unwrap();
        (self.sandbox, ended)
    }

    /// Ends the run, and holds it to what always holds.
    pub async fn over(self) {
        let refused = self.leave().await;
        assert!(refused.is_none(), "{refused:?}");
    }

    /// The same for a run in which Discord was made to refuse something: gives the first refusal.
    pub async fn leave(self) -> Option<RecordedRequest> {
        let sandbox = self.over_keeping().await;
        sandbox.requests().into_iter().find(|request| request.status >= 400)
    }

    /// The same, with the sandbox to look at afterwards.
    pub async fn over_keeping(self) -> Sandbox {
        self.stop.send(()).unwrap();
        let ended = tokio::select! {
            ended = self.bot => ended.unwrap(),
            () = talk(&self.sandbox) => unreachable!(),
            () = tokio::time::sleep(Duration::from_secs(6)) => panic!("stopping takes less than six seconds"),
        };
        assert!(matches!(ended, Ended::Stopped), "{ended}");
        nobody_was_pinged(&self.sandbox);
        self.sandbox
    }

    /// The mention that wakes the bot.
    pub fn mention(&self) -> String {
        format!("<@{}>", self.at.application)
    }

    /// Ada asks by mention in #general; gives her message and the answer.
    pub async fn asked(&self, text: &str) -> (Message, Message) {
        let question = self.sandbox.post(self.at.general, self.at.ada, &format!("{} {text}", self.mention())).await.unwrap();
        let answer = self.sandbox.next_message(self.at.general, SOON).await.unwrap();
        (question, answer)
    }

    /// Somebody uses a command in #general; gives the message that answers.
    pub async fn used(&self, person: Id, command: &str, options: Value) -> Message {
        let used = self.sandbox.slash(person, self.at.general, command, options).await.unwrap();
        used.response(SOON).await.unwrap().message.unwrap()
    }

    /// Somebody presses a button; gives the message that comes of it, new or changed.
    pub async fn pressed(&self, person: Id, message: &Message, label: &str) -> Message {
        let pressed = self.sandbox.press(person, message.id, &button(message, label)).await.unwrap();
        pressed.response(SOON).await.unwrap().message.unwrap()
    }

    /// Somebody chooses in a select; gives the message that comes of it, new or changed.
    pub async fn chose(&self, person: Id, message: &Message, says: &str, label: &str) -> Message {
        let (select, value) = choice(message, says, label);
        let chosen = self.sandbox.select(person, message.id, &select, &[&value]).await.unwrap();
        chosen.response(SOON).await.unwrap().message.unwrap()
    }

    /// The moderator opens a setting; gives the message that shows it.
    pub async fn opened(&self, setting: &str) -> Message {
        let all = self.used(self.at.moderator, "settings", serde_json::json!({ "show": {} })).await;
        self.chose(self.at.moderator, &all, "Change a setting", setting).await
    }

    /// The moderator chooses ids in the one select of a setting that lists channels or roles; gives the message as it is then.
    pub async fn chose_ids(&self, message: &Message, ids: &[Id]) -> Message {
        let select = message.controls().into_iter().find(|control| control["placeholder"].is_string()).unwrap();
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let custom_id = select["custom_id"].as_str().unwrap();
        let chosen = self.sandbox.select(self.at.moderator, message.id, custom_id, &ids).await.unwrap();
        chosen.response(SOON).await.unwrap().message.unwrap()
    }

    /// Posts as Mabel, with one button that brings back `custom_id`: what another version or another server may have posted.
    pub async fn posted_with(&self, custom_id: &str) -> Message {
        let button = serde_json::json!({ "type": 2, "style": 1, "label": "Press", "custom_id": custom_id });
        let body = serde_json::json!({
            "content": "Old", "components": [{ "type": 1, "components": [button] }], "allowed_mentions": { "parse": [], "replied_user": false },
        });
        let address = format!("{}/api/v10/channels/{}/messages", self.sandbox.base_url(), self.at.general);
        let authorization = format!("Bot {}", self.sandbox.token());
        reqwest::Client::new().post(address).header("Authorization", authorization).json(&body).send().await.unwrap();
        self.sandbox.next_message(self.at.general, SOON).await.unwrap()
    }

    /// What a message says, ids of channels and roles by their names.
    pub fn named(&self, text: &str) -> String {
        let at = self.at;
        let names = [
            (format!("<#{}>", at.general), "#general"),
            (format!("<#{}>", at.clinic_questions), "#clinic-questions"),
            (format!("<#{}>", at.forum), "#ask-the-forum"),
            (format!("<@&{}>", at.moderator_role), "@Moderators"),
        ];
        names.iter().fold(text.to_owned(), |text, (id, name)| text.replace(id, name))
    }

    /// How an answer was received so far.
    pub async fn tally(&self, entry: &str) -> Tally {
        self.store.votes(today()..=today()).await.unwrap().remove(entry).unwrap_or_default()
    }

    /// The message as it is now.
    pub fn message(&self, id: Id) -> Option<Message> {
        self.sandbox.world(|world| world.message(id).cloned())
    }

    /// Waits until the message is as wanted.
    pub async fn message_when(&self, id: Id, wanted: impl Fn(&Message) -> bool) -> Message {
        self.sandbox.wait_until(SOON, |world| world.message(id).is_some_and(&wanted)).await.unwrap();
        self.message(id).unwrap()
    }

    /// Waits until the message has gone.
    pub async fn gone(&self, id: Id) {
        self.sandbox.wait_until(SOON, |world| world.message(id).is_none()).await.unwrap();
    }

    /// Waits until the store knows that this message was answered by that entry.
    pub async fn linked(&self, answer: Id, entry: &str) {
        let answer: u64 = answer.to_string().parse().unwrap();
        let begin = Instant::now();
        loop {
            let about = self.store.link_of_answer(answer).await.unwrap().and_then(|link| link.about);
            if about.as_ref().is_some_and(|about| about.entry.as_str() == entry) {
                return;
            }
            assert!(begin.elapsed() < SOON, "{entry} is not linked, but {about:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// How many messages the bot has in a channel.
    pub fn answers_in(&self, channel: Id) -> usize {
        let bot = self.at.application;
        self.sandbox.world(|world| world.messages_in(channel).filter(|message| message.author_id == bot).count())
    }

    /// The requests to a documented path by that method.
    pub fn requests(&self, method: &str, route: &str) -> Vec<RecordedRequest> {
        self.sandbox.requests().into_iter().filter(|request| request.method == method && request.route == route).collect()
    }
}

fn start(settings: Settings, store: &Arc<dyn Store>, engine: CurrentEngine) -> (oneshot::Sender<()>, JoinHandle<Ended>) {
    let Running { stop, bot, .. } = Running::answering(settings, store, engine);
    (stop, bot)
}

/// Says something now and then. Serenity looks for the order to stop only between two events or after half a second, which adds up.
async fn talk(sandbox: &Sandbox) {
    let at = sandbox.places();
    loop {
        tokio::time::sleep(Duration::from_millis(10)).await;
        sandbox.post(at.clinic_questions, at.ben, "Good morning").await.unwrap();
    }
}

/// Waits until it is so.
pub async fn until(so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !so() {
        assert!(begin.elapsed() < SOON, "it never was so");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// No message pinged anybody, and none could have.
fn nobody_was_pinged(sandbox: &Sandbox) {
    let bot = sandbox.places().application;
    let at = sandbox.places();
    for channel in [at.general, at.clinic_questions, at.post, at.ada_direct, at.ben_direct, at.foreign_channel, at.private_channel] {
        let pings = sandbox.world(|world| world.messages_in(channel).any(|message| message.author_id == bot && message.pings_anybody()));
        assert!(!pings, "somebody was pinged");
    }
    for request in sandbox.requests() {
        for body in [&request.body, &request.body["data"]] {
            if body.get("content").is_some() {
                assert_eq!(body["allowed_mentions"], serde_json::json!({ "parse": [], "replied_user": false }), "{}", request.path);
            }
        }
    }
}

/// A message as a person sees it, for reading.
pub fn drawn(message: &Message) -> String {
    let mut lines = vec![if message.is_ephemeral() { "only you can see this".to_owned() } else { "seen by all".to_owned() }, String::new()];
    lines.push(message.content.clone());
    for embed in &message.embeds {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let fields = embed["fields"].as_array().into_iter().flatten();
        let fields = fields.map(|field| format!("[{}]\n{}", text(&field["name"]), text(&field["value"])));
        let parts: Vec<String> = [text(&embed["description"])].into_iter().chain(fields).chain([text(&embed["footer"]["text"])]).collect();
        lines.push(String::new());
        lines.extend(parts.iter().filter(|part| !part.is_empty()).flat_map(|part| part.lines()).map(|line| format!("  | {line}")));
    }
    lines.push(String::new());
    for row in &message.components {
        let drawn = row["components"].as_array().unwrap().iter().map(|control| match control["placeholder"].as_str() {
            Some(says) if control["type"] == 6 => format!("( {says} v, a role )"),
            Some(says) if control["type"] == 8 => format!("( {says} v, {} channels at most )", control["max_values"]),
            Some(says) => {
                let options =
                    control["options"].as_array().unwrap().iter().map(|option| format!("    - {}", option["label"].as_str().unwrap()));
                let options: Vec<String> = options.collect();
                let few = if options.len() > 6 {
                    [&options[..2], &["    …".to_owned()], &options[options.len() - 2..]].concat()
                } else {
                    options
                };
                format!("( {says} v )\n{}", few.join("\n"))
            }
            None => format!("[ {} ]", control["label"].as_str().unwrap()),
        });
        lines.push(drawn.collect::<Vec<_>>().join(" "));
    }
    lines.join("\n").trim_end().to_owned()
}

/// A modal as a person sees it, for reading.
pub fn drawn_modal(modal: &Value) -> String {
    let fields = modal["components"].as_array().unwrap().iter().map(|row| {
        let input = &row["components"][0];
        let (label, most) = (input["label"].as_str().unwrap(), &input["max_length"]);
        let required = if input["required"] == false { "" } else { " (required)" };
        format!("{label}{required}, at most {most} characters\n[{}]", input["value"].as_str().unwrap_or_default())
    });
    [modal["title"].as_str().unwrap().to_owned()].into_iter().chain(fields).collect::<Vec<_>>().join("\n\n")
}

/// The labels of a message's buttons.
pub fn labels(message: &Message) -> Vec<String> {
    message.controls().iter().filter_map(|control| control["label"].as_str().map(str::to_owned)).collect()
}

/// The `custom_id` of the select that says so, and the value of the option of that label.
pub fn choice(message: &Message, says: &str, label: &str) -> (String, String) {
    let says_so = |control: &&Value| control["placeholder"].as_str().is_some_and(|text| text.contains(says));
    for select in message.controls().into_iter().filter(says_so) {
        let options = select["options"].as_array().unwrap();
        if let Some(option) = options.iter().find(|option| option["label"].as_str().unwrap().contains(label)) {
            return (select["custom_id"].as_str().unwrap().to_owned(), option["value"].as_str().unwrap().to_owned());
        }
    }
    panic!("no option {label:?} in a select {says:?}")
}

/// The `custom_id` of the button that says so.
pub fn button(message: &Message, label: &str) -> String {
    let control = message.controls().into_iter().find(|control| control["label"].as_str().is_some_and(|text| text.contains(label)));
    control.and_then(|control| control["custom_id"].as_str()).unwrap_or_else(|| panic!("no button {label:?}")).to_owned()
}

/// All of a message that a reader sees, embed included.
pub fn seen(message: &Message) -> String {
    format!("{} {}", message.content, Value::from(message.embeds.clone()))
}
