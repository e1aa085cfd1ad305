//! Why an answer was given, for people and as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::output::{BOLD, DIM};
use crate::answer::Question;
use crate::engine::{Engine, Why};
use crate::knowledge::Place;
use crate::matching::decision::{CLOSE, Decision, SURE};
use crate::matching::{Target, explanation::Candidate};

/// The id and place of a target.
fn target(engine: &Engine, target: Target) -> (&str, &Place) {
    let knowledge = engine.knowledge();
    match target {
        Target::Entry(entry) => (knowledge.entries[entry].id.as_str(), &knowledge.entries[entry].place),
        Target::Guard(guard) => (knowledge.guards[guard].id.as_str(), &knowledge.guards[guard].place),
        Target::Aside(aside) => (knowledge.asides[aside].id.as_str(), &knowledge.asides[aside].place),
    }
}

/// The decision in words.
fn decided(engine: &Engine, decision: &Decision) -> String {
    match decision {
        Decision::Sure { target: sure, confidence } => format!("sure of {} ({confidence:.2})", target(engine, *sure).0),
        Decision::Close { entries, confidence } => {
            let names: Vec<&str> = entries.iter().map(|entry| engine.knowledge().entries[*entry].id.as_str()).collect();
            format!("close: {} ({confidence:.2})", names.join(", "))
        }
        Decision::Neither { confidence } => format!("none of them ({confidence:.2})"),
    }
}

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

/// The reasons as JSON.
pub(super) fn json(engine: &Engine, question: &Question, most: usize) -> Value {
    let why = engine.explain(question, most);
    let candidate = |candidate: &Candidate| {
        let (id, place) = target(engine, candidate.target);
        let reasons: Vec<Value> =
            candidate.reasons.iter().map(|(reason, weight)| json!({"reason": reason, "weight": weight.clamp(-1e9, 1e9)})).collect();
        json!({"id": id, "place": place.to_string(), "probability": candidate.probability, "reasons": reasons})
    };
    json!({
        "read_as": terms(&why),
        "guard_pattern": why.stop.map(|stop| engine.knowledge().guards[stop.guard].patterns.get(stop.pattern)),
        "familiarity": why.explanation.as_ref().map(|explanation| explanation.familiarity),
        "unknown": why.explanation.as_ref().map(|explanation| &explanation.unknown),
        "decision": why.explanation.as_ref().map(|explanation| decided(engine, &explanation.decision)),
        "candidates": why.explanation.as_ref().map(|explanation| explanation.candidates.iter().map(candidate).collect::<Vec<_>>()),
    })
}

fn terms(why: &Why) -> String {
    why.query.terms.iter().map(|term| term.word.as_str()).collect::<Vec<_>>().join(" ")
}

fn list(words: &[String]) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}
