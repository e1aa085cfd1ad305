//! Tests of the pure core and of the command line: offline, without Discord.

mod broken_knowledge;
mod command_line;
mod properties;
mod questions;
mod shipped_knowledge;
mod support;
