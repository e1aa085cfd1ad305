//! Writing to standard output: colours only on a terminal, and a closed pipe is no error.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::answer::{Outcome, Reply, plain};

/// Headings and outcomes.
pub(super) const BOLD: Style = Style::new().bold();
/// What matters less.
pub(super) const DIM: Style = Style::new().dimmed();
/// Faults that make the knowledge unusable, and safety.
pub(super) const RED: Style = AnsiColor::Red.on_default().bold();
/// Faults worth a look, and asking back.
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default().bold();

/// Runs `write` on standard output. A reader that went away (`mabel ask … | head -1`) ends the output quietly.
pub(super) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(anyhow::Error::new(error).context("cannot write to standard output"))
        }
        _ => Ok(()),
    }
}

/// A reply for people.
pub(super) fn reply(out: &mut dyn Write, reply: &Reply) -> io::Result<()> {
    let text = plain::text(reply);
    let (lead, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
    let style = match reply.outcome {
        Outcome::Answer | Outcome::NoMatch => BOLD,
        Outcome::Clarify => YELLOW,
        Outcome::Safety => RED,
    };
    writeln!(out, "{style}{lead}{style:#}")?;
    if !rest.is_empty() {
        writeln!(out, "\n{rest}")?;
    }
    Ok(())
}
