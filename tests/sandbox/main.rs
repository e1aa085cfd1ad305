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

mod commands;
mod control;
mod gateway;
mod interactions;
mod limits;
mod line;
mod modals;
mod rest;
mod serenity;
mod support;
