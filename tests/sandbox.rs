//! The loopback Discord keeps Discord's rules: raw clients for each of them, and the real client library once.
#![cfg(feature = "discord")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::too_many_lines,
    missing_docs,
    unreachable_pub
)]

#[path = "sandbox/commands.rs"]
mod commands;
#[path = "sandbox/control.rs"]
mod control;
#[path = "sandbox/gateway.rs"]
mod gateway;
#[path = "sandbox/interactions.rs"]
mod interactions;
#[path = "sandbox/limits.rs"]
mod limits;
#[path = "sandbox/line.rs"]
mod line;
#[path = "sandbox/modals.rs"]
mod modals;
#[path = "sandbox/rest.rs"]
mod rest;
#[path = "sandbox/serenity.rs"]
mod serenity;
#[path = "sandbox/support.rs"]
mod support;
