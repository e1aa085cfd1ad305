//! Mabel in Discord.
pub mod commands;
pub mod custom_id;
pub mod register;
pub mod markdown;
pub mod payload;
pub mod render;
pub mod texts;
mod bounded;
mod client;
mod requests;
mod send;
mod send_error;
