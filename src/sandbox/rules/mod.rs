//! What Discord accepts and what it refuses, as checks over JSON bodies.
//!
//! Owns the limits, each with its source. Knows nothing of HTTP, and of the world only what a check must look up.
//! A check either gives the thing cleaned as Discord cleans it, or a [`Refusal`](super::refusal::Refusal).

pub(crate) mod command;
mod command_option;
pub(crate) mod component;
pub(crate) mod embed;
mod layout;
pub(crate) mod mention;
pub(crate) mod message;
pub(crate) mod response;
