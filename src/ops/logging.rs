//! The log: lines on standard error, for people or for machines.
//!
//! What people write, who they are, and the token are in no line at any level. Mabel's own lines see to it themselves. Serenity's do
//! not: below "warn" it prints requests with their bodies, and its gateway prints the text of what it cannot read even as a warning, so
//! those are switched off here and no setting switches them on. Its queue of shards, which Mabel does not use, would warn of nothing.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Starts the log. `verbose` raises the level step by step. A log that was started before is kept.
pub fn start(settings: &Log, verbose: u8) {
    let filter = EnvFilter::new(directives(&settings.level, verbose));
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr);
    // Fails only where a log was started before, which then goes on.
    let _ = match settings.format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().try_init(),
    };
}

const SILENT: &str = "serenity::gateway::ws=off,serenity::gateway::bridge::shard_queuer=off";
const LEVELS: [&str; 5] = ["error", "warn", "info", "debug", "trace"];

fn directives(level: &str, verbose: u8) -> String {
    let base = LEVELS.iter().position(|known| *known == level).unwrap_or(2);
    let level = LEVELS.get(base + usize::from(verbose)).unwrap_or(&"trace");
    let others = if base == 0 { "error" } else { "warn" };
    format!("{others},{SILENT},mabel={level}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mabel_says_more_when_asked_to() {
        assert_eq!(directives("info", 0), format!("warn,{SILENT},mabel=info"));
        assert_eq!(directives("info", 2), format!("warn,{SILENT},mabel=trace"));
        assert_eq!(directives("error", 0), format!("error,{SILENT},mabel=error"));
        assert_eq!(directives("trace", 9), format!("warn,{SILENT},mabel=trace"));
    }
}
