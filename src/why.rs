//! Why an answer was given, as data: what `--explain` writes for programs, and what a page shows.
//!
//! Owns the shape of it and the names of what was matched; the reasons themselves are the engine's. See [`Engine::explain`].

use serde_json::{Value, json};

use crate::answer::Question;
use crate::engine::{Engine, Why};
use crate::knowledge::{Place, SourceId, ValueId};
use crate::matching::Target;
use crate::matching::decision::{CLOSE, Decision, FAMILIARITY, MARGIN, SURE, SURE_OF_HALF};
use crate::matching::explanation::Candidate;

/// The reasons, with the likeliest candidates.
#[must_use]
pub fn object(engine: &Engine, question: &Question, most: usize) -> Value {
    let why = engine.explain(question, most);
    let explanation = why.explanation.as_ref();
    json!({
        "read_as": terms(&why),
        "cleaned": why.query.text.folded,
        "mended": mended(&why),
        "facets": facets(engine, &why),
        "guard": why.stop.map(|stop| {
            let (id, place) = target(engine, Target::Guard(stop.guard));
            json!({"id": id, "place": place.to_string()})
        }),
        "guard_pattern": why.stop.map(|stop| engine.knowledge().guards[stop.guard].patterns.get(stop.pattern)),
        "familiarity": explanation.map(|explanation| explanation.familiarity),
        "half": explanation.map(|explanation| explanation.half),
        "unknown": explanation.map(|explanation| &explanation.unknown),
        "decision": explanation.map(|explanation| decided(engine, &explanation.decision)),
        "zone": explanation.map(|explanation| zone(&explanation.decision).0),
        "confidence": explanation.map(|explanation| zone(&explanation.decision).1),
        "thresholds": {"sure": SURE, "sure_of_half": SURE_OF_HALF, "close": CLOSE, "margin": MARGIN, "familiarity": FAMILIARITY},
        "candidates": explanation.map(|explanation| {
            explanation.candidates.iter().map(|found| candidate(engine, found)).collect::<Vec<_>>()
        }),
    })
}

/// The id and place of a target.
#[must_use]
pub fn target(engine: &Engine, target: Target) -> (&str, &Place) {
    let knowledge = engine.knowledge();
    match target {
        Target::Entry(entry) => (knowledge.entries[entry].id.as_str(), &knowledge.entries[entry].place),
        Target::Guard(guard) => (knowledge.guards[guard].id.as_str(), &knowledge.guards[guard].place),
        Target::Aside(aside) => (knowledge.asides[aside].id.as_str(), &knowledge.asides[aside].place),
    }
}

/// The decision in words.
#[must_use]
pub fn decided(engine: &Engine, decision: &Decision) -> String {
    match decision {
        Decision::Sure { target: sure, confidence } => format!("sure of {} ({confidence:.2})", target(engine, *sure).0),
        Decision::Close { entries, confidence } => {
            let names: Vec<&str> = entries.iter().map(|entry| engine.knowledge().entries[*entry].id.as_str()).collect();
            format!("close: {} ({confidence:.2})", names.join(", "))
        }
        Decision::Stopped { guard, confidence } => {
            format!("none of them, and most like what {} stops ({confidence:.2})", engine.knowledge().guards[*guard].id)
        }
        Decision::Neither { confidence } => format!("none of them ({confidence:.2})"),
    }
}

/// The words a question was read as.
#[must_use]
pub fn terms(why: &Why) -> String {
    why.query.terms.iter().map(|term| term.word.as_str()).collect::<Vec<_>>().join(" ")
}

fn zone(decision: &Decision) -> (&'static str, f32) {
    match decision {
        Decision::Sure { confidence, .. } => ("sure", *confidence),
        Decision::Close { confidence, .. } => ("close", *confidence),
        Decision::Stopped { confidence, .. } | Decision::Neither { confidence } => ("neither", *confidence),
    }
}

fn mended(why: &Why) -> Vec<Value> {
    let mended = |typed: &str, read: &str| json!({"typed": typed, "read": read});
    why.query.text.tokens.iter().filter_map(|token| Some(mended(token.typed.as_deref()?, &token.text))).collect()
}

fn facets(engine: &Engine, why: &Why) -> Vec<Value> {
    let named = |id: &str, values: &[ValueId]| {
        let facet = engine.knowledge().facet(id);
        let name = |value: &ValueId| facet.and_then(|facet| facet.value(value.as_str())).map(|value| value.name.clone());
        let values: Vec<Value> = values.iter().map(|value| json!({"id": value.as_str(), "name": name(value)})).collect();
        json!({"id": id, "name": facet.map(|facet| facet.name.as_str()), "values": values, "implied": !why.query.named.contains_key(id)})
    };
    why.query.all_values().iter().map(|(facet, values)| named(facet.as_str(), values)).collect()
}

fn candidate(engine: &Engine, candidate: &Candidate) -> Value {
    let knowledge = engine.knowledge();
    let (id, place) = target(engine, candidate.target);
    // What rules a candidate out weighs minus infinity, which JSON cannot say.
    let finite = |number: f32| number.clamp(-1e9, 1e9);
    let reasons: Vec<Value> =
        candidate.reasons.iter().map(|(reason, weight)| json!({"reason": reason, "weight": finite(*weight)})).collect();
    let source = |id: &SourceId| {
        let source = knowledge.sources.get(id);
        json!({"id": id.as_str(), "title": source.map(|source| &source.title), "url": source.and_then(|source| source.url.as_ref())})
    };
    let (kind, question, sources) = match candidate.target {
        Target::Entry(entry) => {
            let entry = &knowledge.entries[entry];
            ("entry", Some(&entry.question), entry.sources.iter().map(source).collect())
        }
        Target::Aside(_) => ("aside", None, Vec::new()),
        Target::Guard(guard) => ("guard", None, knowledge.guards[guard].source.iter().map(source).collect()),
    };
    json!({
        "id": id, "kind": kind, "question": question, "place": place.to_string(), "score": finite(candidate.score),
        "probability": candidate.probability, "reasons": reasons, "sources": sources,
    })
}
