//! Why an answer was given, for people.

use std::io::{self, Write};

use super::output::{BOLD, DIM};
use crate::answer::Question;
use crate::engine::Engine;
use crate::matching::decision::{CLOSE, SURE};
use crate::why::{decided, target, terms};

/// Writes the reasons as a tree.
pub(super) fn write(out: &mut dyn Write, engine: &Engine, question: &Question, most: usize) -> io::Result<()> {
    let why = engine.explain(question, most);
    writeln!(out, "\n{BOLD}Why{BOLD:#}")?;
    writeln!(out, "  read as      {}", terms(&why))?;
    for token in why.query.text.tokens.iter().filter(|token| token.typed.is_some()) {
        writeln!(out, "  mended       {} -> {}", token.typed.as_deref().unwrap_or_default(), token.text)?;
    }
    for (facet, values) in why.query.all_values() {
        let values: Vec<&str> = values.iter().map(crate::knowledge::ValueId::as_str).collect();
        writeln!(out, "  names        {facet} = {}", values.join(", "))?;
    }
    if let Some(stop) = why.stop {
        let guard = &engine.knowledge().guards[stop.guard];
        let pattern: String = guard.patterns.get(stop.pattern).map_or("", String::as_str).chars().take(160).collect();
        return writeln!(out, "  stopped by   guard {} at {}\n               {DIM}{pattern}{DIM:#}", guard.id, guard.place);
    }
    let Some(explanation) = why.explanation else { return Ok(()) };
    writeln!(out, "  familiarity  {:.2} (unknown: {})", explanation.familiarity, list(&explanation.unknown))?;
    writeln!(out, "  decision     {}; sure from {SURE:.2}, asks back from {CLOSE:.2}", decided(engine, &explanation.decision))?;
    for candidate in &explanation.candidates {
        let (id, place) = target(engine, candidate.target);
        writeln!(out, "  {:5.1} %  {BOLD}{id}{BOLD:#}  {DIM}{place}{DIM:#}", candidate.probability * 100.0)?;
        for (reason, weight) in &candidate.reasons {
            writeln!(out, "           {DIM}{weight:+6.2}  {reason}{DIM:#}")?;
        }
    }
    Ok(())
}

fn list(words: &[String]) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}
