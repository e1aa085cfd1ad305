//! The knowledge as the page shows it: what there is, what is wrong with it, what is due, and each entry as Discord shows it.

use std::path::Path;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::coverage;
use crate::answer::{Reply, View};
use crate::check::due::{Group, Kind, due};
use crate::discord::payload::File;
use crate::discord::render::{self, Pictured, Show};
use crate::discord::texts::Texts;
use crate::engine::Engine;
use crate::knowledge::{Entry, Fault, SourceId, Table, Values};
use crate::ops::reload::Standing;

/// Topics with their entries, tables, faults and what is due.
pub(super) fn overview(engine: &Engine, standing: &Standing, folder: Option<&Path>, today: Date) -> Value {
    let knowledge = engine.knowledge();
    let topics = knowledge.topics.iter().map(|topic| {
        let entries = knowledge.entries.iter().filter(|entry| entry.topic == topic.id);
        json!({
            "id": topic.id.as_str(), "title": topic.title.as_str(), "description": topic.description.as_str(), "colour": topic.colour,
            "entries": entries.map(|entry| listed(entry, today)).collect::<Vec<_>>(),
        })
    });
    json!({
        "name": knowledge.about.name.as_str(), "version": knowledge.about.version, "folder": folder.map(|folder| folder.display().to_string()),
        "generation": standing.generation, "in_use": standing.in_use, "checked": standing.checked,
        "topics": topics.collect::<Vec<_>>(),
        "tables": knowledge.tables.values().map(table).collect::<Vec<_>>(),
        "faults": standing.faults.iter().map(fault).collect::<Vec<_>>(),
        "due": due(knowledge, today).iter().map(group).collect::<Vec<_>>(),
        "today": today.to_string(),
    })
}

fn listed(entry: &Entry, today: Date) -> Value {
    json!({
        "id": entry.id.as_str(), "question": entry.question, "ask": entry.ask, "place": entry.place.to_string(),
        "due": entry.review_by < today,
    })
}

fn table(table: &Table) -> Value {
    json!({
        "id": table.id.as_str(), "title": table.title, "rows": table.rows.len(), "place": table.place.to_string(),
        "keys": table.keys.iter().map(crate::knowledge::FacetId::as_str).collect::<Vec<_>>(),
        "matrix": coverage::is_matrix(table),
    })
}

fn fault(fault: &Fault) -> Value {
    json!({"place": fault.place.to_string(), "severity": fault.severity.to_string(), "what": fault.what, "mend": fault.mend})
}

fn group(group: &Group) -> Value {
    let items = group.items.iter();
    let items = items.map(|item| json!({"id": item.id, "review_by": item.review_by.to_string(), "place": item.place.to_string()}));
    let kind = match group.kind {
        Kind::Topic => "topic",
        Kind::Table => "table",
    };
    json!({"kind": kind, "id": group.id, "of": group.of, "items": items.collect::<Vec<_>>()})
}

/// An entry with its message as the bot would send it, in a channel and opened by who asked, and the faults that stand in its lines;
/// none if there is no such entry.
pub(super) fn entry(engine: &Engine, id: &str, faults: &[Fault], today: Date) -> Option<Value> {
    let knowledge = engine.knowledge();
    let entry = knowledge.entry(id)?;
    let shown = engine.try_entry(entry, &Values::new(), &View::on(today));
    let source =
        |id: &SourceId| knowledge.sources.get(id).map(|source| json!({"id": id.as_str(), "title": source.title, "url": source.url}));
    Some(json!({
        "id": id, "topic": entry.topic.as_str(), "question": entry.question, "ask": entry.ask, "place": entry.place.to_string(),
        "as_of": entry.as_of.written(), "review_by": entry.review_by.to_string(), "due": entry.review_by < today,
        "confidence": entry.confidence.as_str(),
        "sources": entry.sources.iter().filter_map(source).collect::<Vec<_>>(),
        "related": entry.related.iter().map(crate::knowledge::EntryId::as_str).collect::<Vec<_>>(),
        "message": shown.as_ref().ok().map(|reply| render::message(reply, &Show::PUBLIC, Texts::english())),
        "expanded": shown.as_ref().ok().filter(|reply| reply.detail.is_some() || reply.has_picture).map(|reply| expanded(engine, id, reply, today)),
        "broken": shown.as_ref().err().map(ToString::to_string),
        "faults": of_entry(engine, entry, faults).map(fault).collect::<Vec<_>>(),
    }))
}

/// A reply with its detail and its picture. The picture is drawn when the page asks for it.
fn expanded(engine: &Engine, id: &str, reply: &Reply, today: Date) -> Value {
    let show = Show { expanded: true, picture: Pictured::Along, ..Show::PUBLIC };
    let picture = engine.picture(reply, today).map(|picture| File::new("picture.png", &picture.alt, []));
    let mut message = json!(render::message(reply, &show, Texts::english()).with_picture(picture));
    if let Some(file) = message["attachments"].get_mut(0) {
        file["content_type"] = json!("image/png");
        file["url"] = json!(format!("/sandbox/knowledge/picture?id={id}"));
    }
    message
}

/// The faults between the beginning of an entry and the beginning of the next one in its file.
fn of_entry<'faults>(engine: &Engine, entry: &Entry, faults: &'faults [Fault]) -> impl Iterator<Item = &'faults Fault> {
    let (file, first) = (entry.place.file.clone(), entry.place.line);
    let later = engine.knowledge().entries.iter().filter(|other| other.place.file == file && other.place.line > first);
    let next = later.map(|other| other.place.line).min().unwrap_or(usize::MAX);
    faults.iter().filter(move |fault| fault.place.file == file && (first..next).contains(&fault.place.line))
}
