//! What exists in the sandbox: one application and its bot, people, guilds, channels, messages, commands, interactions.
//!
//! Owns the data and the JSON it is shown as. Knows nothing of requests, sockets or faults: those ask it and change it.

mod channel;
mod command;
mod file;
mod guild;
mod interaction;
mod message;
pub mod permissions;
mod seed;
mod user;

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde_json::{Value, json};

pub use channel::{Channel, kinds};
pub use command::Command;
pub(crate) use file::Files;
pub use guild::{Guild, Role};
pub use interaction::{Acknowledgement, Interaction};
pub use message::{Message, Reference, flags};
pub use seed::Places;
pub use user::User;

use super::clock::Clock;
use super::gateway::intents;
use super::id::{Id, IdSource};
use super::options::Options;

/// Everything there is, at one moment.
#[derive(Debug)]
pub struct World {
    pub(crate) clock: Clock,
    pub(crate) ids: IdSource,
    pub(crate) application_id: Id,
    pub(crate) user_install: bool,
    pub(crate) guilds_made: u64,
    /// Whether the "developer portal" lets the bot read message content; REST withholds it too when not.
    pub(crate) shows_content: bool,
    /// How many messages and interactions are kept, each.
    limit: usize,
    pub(crate) users: BTreeMap<Id, User>,
    pub(crate) guilds: BTreeMap<Id, Guild>,
    pub(crate) channels: BTreeMap<Id, Channel>,
    pub(crate) messages: BTreeMap<Id, Message>,
    pub(crate) commands: BTreeMap<Id, Command>,
    pub(crate) interactions: BTreeMap<Id, Interaction>,
    /// Uploaded files.
    pub(crate) files: Files,
}

impl World {
    /// A world with nothing but the application and its bot. `base` is the address that files are served at.
    pub(crate) fn new(options: &Options, base: String) -> Self {
        let clock = options.clock.clone();
        let mut ids = IdSource::default();
        let application_id = ids.next(clock.now());
        let mut users = BTreeMap::new();
        users.insert(application_id, User::bot(application_id));
        Self {
            clock,
            ids,
            application_id,
            user_install: options.user_install,
            guilds_made: 0,
            shows_content: options.allowed_intents & intents::MESSAGE_CONTENT != 0,
            limit: options.world_limit,
            users,
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            commands: BTreeMap::new(),
            interactions: BTreeMap::new(),
            files: Files::new(base),
        }
    }

    pub(crate) fn now(&self) -> SystemTime {
        self.clock.now()
    }

    pub(crate) fn new_id(&mut self) -> Id {
        self.ids.next(self.clock.now())
    }

    /// Keeps a message, new or changed; the oldest goes where there are too many.
    pub(crate) fn keep_message(&mut self, message: Message) {
        self.messages.insert(message.id, message);
        if self.messages.len() > self.limit {
            self.messages.pop_first();
        }
    }

    /// Keeps an interaction; the oldest goes where there are too many.
    pub(crate) fn keep_interaction(&mut self, interaction: Interaction) {
        self.interactions.insert(interaction.id, interaction);
        if self.interactions.len() > self.limit {
            self.interactions.pop_first();
        }
    }

    /// The application's id, which is the bot's user id as well.
    #[must_use]
    pub fn application_id(&self) -> Id {
        self.application_id
    }

    /// A person or the bot.
    #[must_use]
    pub fn user(&self, id: Id) -> Option<&User> {
        self.users.get(&id)
    }

    /// A server.
    #[must_use]
    pub fn guild(&self, id: Id) -> Option<&Guild> {
        self.guilds.get(&id)
    }

    /// A channel, thread or DM.
    #[must_use]
    pub fn channel(&self, id: Id) -> Option<&Channel> {
        self.channels.get(&id)
    }

    /// A message, private ones (ephemeral) included.
    #[must_use]
    pub fn message(&self, id: Id) -> Option<&Message> {
        self.messages.get(&id)
    }

    /// A user by id or name.
    #[must_use]
    pub fn find_user(&self, named: &str) -> Option<&User> {
        self.users.values().find(|user| is_named(named, user.id, &user.name))
    }

    /// A channel by id or name; a DM with the bot by `@` and the user's name.
    #[must_use]
    pub fn find_channel(&self, named: &str) -> Option<&Channel> {
        let direct = named.strip_prefix('@').and_then(|name| self.users.values().find(|user| user.name == name));
        match direct.and_then(|user| self.direct_channel(user.id)) {
            Some(direct) => self.channel(direct),
            None => self.channels.values().find(|channel| is_named(named, channel.id, &channel.name)),
        }
    }

    /// A text in which `@` and the name of a user, as others see it, pings that user: as a client writes it.
    #[must_use]
    pub fn with_mentions(&self, text: &str) -> String {
        let mut users: Vec<&User> = self.users.values().collect();
        // No name is taken for the beginning of a longer one.
        users.sort_by_key(|user| std::cmp::Reverse(user.display_name.len()));
        users.iter().fold(text.to_owned(), |text, user| text.replace(&format!("@{}", user.display_name), &format!("<@{}>", user.id)))
    }

    /// The messages of a channel, oldest first, private ones included.
    #[must_use]
    pub fn messages_in(&self, channel: Id) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.values().filter(move |message| message.channel_id == channel)
    }

    /// The commands registered, global and of guilds.
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        self.commands.values()
    }

    /// An interaction as the sandbox sees it.
    #[must_use]
    pub fn interaction(&self, id: Id) -> Option<&Interaction> {
        self.interactions.get(&id)
    }

    /// The whole world for a tester of another process: nothing is left out.
    pub(crate) fn overview(&self) -> Value {
        json!({
            "application_id": self.application_id,
            "users": self.users.values().map(|user| self.user_overview(user)).collect::<Vec<_>>(),
            "guilds": self.guilds.values().map(Guild::overview).collect::<Vec<_>>(),
            "channels": self.channels.values().map(|channel| self.channel_overview(channel)).collect::<Vec<_>>(),
            "commands": self.commands.values().map(|command| command.json.clone()).collect::<Vec<_>>(),
            "messages": self.messages.values().map(|message| self.message_overview(message)).collect::<Vec<_>>(),
            "interactions": self.interactions.values().map(|interaction| self.interaction_overview(interaction)).collect::<Vec<_>>(),
        })
    }
}

fn is_named(wanted: &str, id: Id, name: &str) -> bool {
    (wanted == name && !name.is_empty()) || wanted.parse() == Ok(id)
}
