//! The sandbox's page in a real browser, as people use it. Skipped with a word where there is none.
#![cfg(feature = "discord")]
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, unreachable_pub)]

mod any_bot;
mod chat;
mod driver;
mod few_colours;
#[path = "../sandbox/line.rs"]
mod line;
mod looks;
mod panels;
#[path = "../workbench/support.rs"]
mod support;
