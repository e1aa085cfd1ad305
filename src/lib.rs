//! Mabel answers questions about the work of a US medical assistant from a knowledge base of reviewed, dated and sourced files.

pub mod answer;
pub mod check;
pub mod cli;
pub mod config;
#[cfg(feature = "discord")]
pub mod discord;
pub mod engine;
pub mod guard;
pub mod import;
pub mod knowledge;
pub mod matching;
#[cfg(feature = "discord")]
pub mod ops;
#[cfg(feature = "discord")]
pub mod sandbox;
#[cfg(feature = "discord")]
pub mod store;
pub mod text;
pub mod understand;
