//! Mabel answers questions about the work of a US medical assistant from a knowledge base of reviewed, dated and sourced files.
//!
//! One way through the house, and arrows never point back:
//!
//! ```text
//! question ─▶ text ─▶ understand ─▶ guard ─▶ matching ─▶ answer ─▶ reply ─▶ cli | discord
//!                          knowledge (read once, checked, immutable) stands under all of them
//! ```
//!
//! [`engine::Engine`] is that way behind one call, and [`why`] says why it ended where it did. Everything up to the reply is pure: no
//! clock, no I/O after loading, no async, and no word of the trade, which stands in the knowledge files alone. What knows Discord,
//! sockets and time is behind the default feature `discord`; without it the same core answers on the command line.

pub mod answer;
pub mod check;
pub mod cli;
pub mod config;
#[cfg(feature = "discord")]
pub mod discord;
pub mod engine;
pub mod evaluation;
pub mod gaps;
pub mod guard;
pub mod import;
pub mod knowledge;
pub mod matching;
#[cfg(feature = "discord")]
pub mod ops;
pub mod own;
#[cfg(feature = "pictures")]
pub mod picture;
#[cfg(feature = "discord")]
pub mod sandbox;
#[cfg(feature = "discord")]
pub mod store;
pub mod suggest;
pub mod text;
pub mod understand;
pub mod why;
#[cfg(feature = "discord")]
pub mod workbench;
