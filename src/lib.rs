//! Mabel answers questions about the work of a US medical assistant from a knowledge base of reviewed, dated and sourced files.

pub mod answer;
pub mod config;
#[cfg(feature = "discord")]
pub mod discord;
pub mod knowledge;
#[cfg(feature = "discord")]
pub mod store;
pub mod text;
