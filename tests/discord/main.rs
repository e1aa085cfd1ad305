//! The real bot against the loopback Discord, over real sockets: what people do, what Discord does, and what must never happen.
//!
//! Every test starts a sandbox and a bot of its own with the start function of `mabel run`, and ends with [`stage::Stage::over`],
//! which holds the whole run to the rules that always hold: nobody was pinged, and Discord refused nothing that was sent.

#![cfg(feature = "discord")]
#![allow(unreachable_pub, reason = "a test binary has no outside")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod answer_channels;
mod bad_input;
#[cfg(unix)]
mod breaking;
mod buttons;
mod commands;
mod ending;
#[cfg(unix)]
mod faults;
mod gaps;
mod gateway;
mod keeping;
mod languages;
mod limits;
mod messages;
mod own_answers;
#[cfg(feature = "pictures")]
mod pictures;
#[cfg(unix)]
mod process;
#[cfg(unix)]
mod program;
mod proxy;
mod rendering;
mod running;
mod schema;
mod sending;
#[cfg(unix)]
#[path = "../store/server.rs"]
mod server;
mod settings;
mod sharing;
mod stage;
mod stand_in;
mod watching;
#[path = "../store/wavering.rs"]
mod wavering;
