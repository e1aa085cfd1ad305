//! A loopback Discord: REST v10 and the gateway on one port of 127.0.0.1, faithful enough that a real client library
//! cannot tell the difference. Tests drive the bot through it, and newcomers try the bot on it, without a token or a network.
//!
//! It owns a small world (one application and its bot, people, guilds, channels), Discord's rules over it, and ways to act
//! in it as a person, to order faults, and to see what passed. It is the other side of the wire: it knows no bot, no client
//! library and nothing of medical assistants.
//!
//! ```no_run
//! use std::time::Duration;
//! use mabel::sandbox::{Options, Sandbox};
//!
//! # async fn example() -> Result<(), mabel::sandbox::SandboxError> {
//! let sandbox = Sandbox::start(Options::default()).await?;
//! let places = sandbox.places();
//! // … start the bot with sandbox.base_url() in place of https://discord.com, and sandbox.token() …
//! sandbox.connected(Duration::from_secs(5)).await?;
//! sandbox.post(places.general, places.ada, &format!("<@{}> hello", places.application)).await?;
//! let answer = sandbox.next_message(places.general, Duration::from_secs(5)).await?;
//! assert!(!answer.pings_anybody());
//! # Ok(())
//! # }
//! ```
//!
//! # From another process
//!
//! The same port answers under `/sandbox/…`, without a token, to this computer alone. Bodies and answers are JSON; an
//! act that a real client would not allow is answered 422 with `{"error": "…"}`.
//!
//! ```sh
//! curl -s http://127.0.0.1:PORT/sandbox/slash \
//!   -d '{"user": "ada", "channel": "general", "name": "ask", "options": {"question": "can MAs give shots?"}}'
//! ```
//!
//! | Request | Body or query |
//! |---|---|
//! | `GET /sandbox` | what this sandbox is: base address, token, ids |
//! | `GET /sandbox/state` | the whole world; `?after=REVISION&wait=SECONDS` waits for a change |
//! | `GET /sandbox/stream` | the same and all that passes, as server-sent events: first everything, then what is new |
//! | `GET /sandbox/requests`, `/sandbox/events` | what passed between bot and sandbox; `?last=N` |
//! | `POST /sandbox/post` | `user`, `channel`, `text`, `reply_to?`, `ping?` |
//! | `POST /sandbox/thread` | `user`, `channel`, `title`, `text`: opens a thread or a forum post |
//! | `POST /sandbox/edit`, `/sandbox/delete` | `user`, `message`, `text` (edit) |
//! | `POST /sandbox/offered` | `user`, `channel`: the ids of the commands that this person finds there |
//! | `POST /sandbox/slash` | `user`, `channel`, `name`, `options?`, `wait?` (seconds, 3) |
//! | `POST /sandbox/autocomplete` | `user`, `channel`, `name`, `options`, `focused`, `wait?` |
//! | `POST /sandbox/menu` | `user`, `name`, `message`, `wait?` |
//! | `POST /sandbox/user_menu` | `user`, `channel`, `name`, `target`, `wait?` |
//! | `POST /sandbox/press` | `user`, `message`, `custom_id`, `wait?` |
//! | `POST /sandbox/select` | `user`, `message`, `custom_id`, `values`, `wait?` |
//! | `POST /sandbox/modal` | `user`, `interaction`, `fields` (a text, or a list of values, by `custom_id`), `wait?` |
//! | `POST /sandbox/upload?filename=NAME` | the file itself; its `id` is the value of an option or field that takes a file |
//! | `POST /sandbox/fault` | `{"rest": …}` ([`RestFault`]) or `{"gateway": …}` ([`GatewayFault`]), or `"clear"` |
//! | `POST /sandbox/repeat` | `message` or `interaction`: delivers the event a second time |
//!
//! With [`Options::page`] the base address itself is a page to chat on; it speaks to nothing but these.
//!
//! A user or channel is named by its id or its name; a DM by `@` and the user's name.

mod clock;
mod control;
mod error;
mod fault;
mod files;
mod gateway;
mod id;
mod options;
mod page;
mod person;
mod record;
mod refusal;
mod remote;
mod rest;
mod rules;
mod server;
mod state;
mod stream;
mod world;

pub use self::clock::{Clock, ManualClock};
pub use self::error::SandboxError;
pub use self::fault::{GatewayFault, RateLimitScope, RestEffect, RestFault};
pub use self::gateway::intents;
pub use self::id::Id;
pub use self::options::Options;
pub use self::person::{InteractionHandle, Response, ResponseKind};
pub use self::record::{RecordedEvent, RecordedFile, RecordedRequest};
pub use self::remote::{Remote, Requests, SessionView};
pub use self::server::Sandbox;
pub use self::world::{
    Acknowledgement, Channel, Command, Guild, Interaction, Message, Places, Reference, Role, User, World, flags, kinds, permissions,
};
