//! The workbench over HTTP: the page, the bot behind it, and what it tells of her inside.
#![cfg(feature = "discord")]
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, unreachable_pub)]

mod inside;
mod layers;
mod load;
mod page;
mod program;
mod support;
