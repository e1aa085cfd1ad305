//! Mabel answers questions about the work of a US medical assistant from a knowledge base of reviewed, dated and sourced files.

pub mod answer;
pub mod config;
pub mod knowledge;
pub mod text;
