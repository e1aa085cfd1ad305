//! A reply as the JSON object of the command-line contract, which other programs rely on.

use serde_json::{Map, Value, json};

use super::{Reply, plain};
use crate::knowledge::{EntryId, GuardId, TopicId, Translated, ValueId};

/// The object: what was asked, what became of it, and what a reader sees.
#[must_use]
pub fn object(question: &str, reply: &Reply) -> Value {
    let facets: Map<String, Value> = reply
        .facets
        .iter()
        .map(|(facet, values)| {
            let values: Vec<&str> = values.iter().map(ValueId::as_str).collect();
            (facet.to_string(), if let [only] = values.as_slice() { json!(only) } else { json!(values) })
        })
        .collect();
    let sources: Vec<Value> = reply
        .sources
        .iter()
        .map(|source| json!({"id": source.id.as_str(), "title": source.title, "url": source.url, "as_of": source.as_of.written()}))
        .collect();
    let choices: Vec<Value> = reply.choices.iter().map(|choice| json!({"label": choice.label, "entry": choice.entry.as_str()})).collect();
    let related: Vec<&str> = reply.other.iter().chain(&reply.related).map(|related| related.entry.as_str()).collect();
    json!({
        "question": question,
        "outcome": reply.outcome.as_str(),
        "topic": reply.topic.as_ref().map(TopicId::as_str),
        "entry": reply.entry.as_ref().map(EntryId::as_str),
        "facets": facets,
        "confidence": (reply.confidence * 1000.0).round() / 1000.0,
        "text": plain::text(reply),
        "caveats": reply.caveats.iter().map(Translated::as_str).collect::<Vec<_>>(),
        "sources": sources,
        "stale": reply.stale.is_some(),
        "choices": choices,
        "related": related,
        "guard": reply.guard.as_ref().map(GuardId::as_str),
    })
}
