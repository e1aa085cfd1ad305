//! Acting as a person: writing, using commands, pressing buttons.
//!
//! Owns what a real client would let a person do, and the payloads that come of it. All acts are `async`, though none
//! waits for the bot, so that a slower world does not break whoever calls them; answers are waited for on the handle.
#![expect(clippy::unused_async, reason = "acting is asynchronous for callers, whatever it does inside")]

mod component;
mod deed;
mod given;
mod handle;
mod interact;
mod modal;
mod reach;
mod talk;

pub use self::handle::{InteractionHandle, Response, ResponseKind};
