//! Mabel in Discord: everything that knows serenity.
//!
//! ```text
//! gateway ─▶ events ─▶ hearing ─▶ messages ────────────┐            ┌─▶ render, pages ─▶ requests ─▶ send ─▶ Discord
//!                  └─▶ interactions, suggestions, presses ┴─▶ engine ─┘
//!                          settings, own_answers ─▶ servers ─▶ store      what a server has set and added, brought along by each question
//!                          gaps, notices ─▶ store, engine                 what curators of the operator's own servers see and hear
//!           supervisor (own thread) ─▶ the end of the process, where that is the only cure
//! ```
//!
//! The engine decides what is said; here it is decided who is heard, where the answer stands and what becomes of it when the question
//! changes. Plain serenity with a table of commands: no framework, no cache (permissions come with each interaction). [`run`] is the one
//! way in, for `mabel run` and for the tests, which point it at a loopback Discord.

mod bot;
mod bounded;
mod client;
pub mod commands;
pub mod counts;
pub mod custom_id;
mod delivery;
mod events;
mod gaps;
mod guilds;
mod hearing;
mod interactions;
mod ledger;
mod limits;
mod locales;
pub mod markdown;
mod messages;
mod notices;
mod overhearing;
mod own_answers;
mod pages;
pub mod payload;
mod permission;
mod pictures;
mod presses;
mod progress;
mod pulse;
mod register;
pub mod render;
mod repeats;
mod requests;
mod run;
mod send;
mod send_error;
mod servers;
mod session;
mod settings;
mod shards;
mod suggestions;
mod supervisor;
pub mod texts;
mod timing;
mod turns;
mod votes;

pub use bot::{CurrentEngine, Refused};
pub use client::intents;
pub use events::without_components;
pub use pulse::{Pulse, ShardState, Stage};
pub use register::Registered;
pub use run::{Ended, Setup, register, run};
pub use send_error::SendError;
pub(crate) use servers::view_in;
pub use supervisor::Verdict;
