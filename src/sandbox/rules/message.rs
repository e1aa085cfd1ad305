//! What a message may be. <https://docs.discord.com/developers/resources/message#create-message>

use axum::body::Bytes;
use serde_json::{Value, json};

use super::{component, embed, mention};
use crate::sandbox::refusal::{Problems, Refusal};
use crate::sandbox::world::{Message, flags};

/// How long the content is, in characters.
pub(crate) const CONTENT: usize = 2000;
/// How many files a message has.
pub(super) const FILES: usize = 10;
/// How long the description of a file is. <https://docs.discord.com/developers/resources/message#attachment-object>
const DESCRIPTION: usize = 1024;
/// How long a nonce is.
const NONCE: usize = 25;

/// Which way a message comes; the rules differ a little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// `POST /channels/{id}/messages`.
    Channel,
    /// The first response to an interaction, or a follow-up.
    Interaction,
    /// An edit, whichever way.
    Edit,
}

/// A file that came with the request.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) field: String,
    pub(crate) filename: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

/// A message that passed; what was left out is `None`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) content: Option<String>,
    pub(crate) embeds: Option<Vec<Value>>,
    pub(crate) components: Option<Vec<Value>>,
    pub(crate) attachments: Option<Vec<Value>>,
    /// The files of the attachments that have no id yet, in their order.
    pub(crate) files: Vec<Upload>,
    pub(crate) flags: Option<u64>,
    pub(crate) allowed: Option<mention::Allowed>,
    pub(crate) nonce: Option<Value>,
    pub(crate) enforce_nonce: bool,
    pub(crate) reference: Option<Value>,
}

/// Checks a message body. `base` is what an edit changes; `prefix` is where the message stands in the body.
pub(crate) fn check(body: &Value, files: &[Upload], way: Way, base: Option<&Message>, prefix: &str) -> Result<Draft, Refusal> {
    let mut problems = Problems::default();
    let at = |key: &str| {
        if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") }
    };
    if !body.is_object() && !body.is_null() {
        return Err(Refusal::invalid(prefix, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"));
    }
    let given = |key: &str| body.get(key).is_some();
    let bits = problems.number(&at("flags"), &body["flags"], 0, i64::MAX).and_then(|bits| u64::try_from(bits).ok());
    check_flags(&mut problems, &at("flags"), bits.unwrap_or(0), way);
    let had = base.map_or(0, |message| message.flags);
    let version_two = (bits.unwrap_or(0) | had) & flags::COMPONENTS_V2 != 0;
    // Trimmed before it is counted, as Discord does.
    let content = body["content"].as_str().map(|text| Value::String(text.trim().to_owned())).unwrap_or(body["content"].clone());
    problems.text(&at("content"), &content, 0, CONTENT);
    let embeds = given("embeds").then(|| embed::check(&mut problems, &at("embeds"), &body["embeds"]));
    let components = given("components").then(|| component::check(&mut problems, &at("components"), &body["components"], version_two));
    if version_two {
        forbid_legacy(&mut problems, &at, body);
    }
    let attachments = check_attachments(&mut problems, &at("attachments"), body, files, base);
    let allowed = mention::check(&mut problems, &at("allowed_mentions"), &body["allowed_mentions"]);
    check_nonce(&mut problems, &at("nonce"), &body["nonce"]);
    problems.into_result()?;
    let draft = Draft {
        content: given("content").then(|| content.as_str().unwrap_or_default().to_owned()),
        embeds,
        components,
        attachments,
        files: files.to_vec(),
        flags: bits,
        allowed,
        nonce: Some(body["nonce"].clone()).filter(|nonce| !nonce.is_null()),
        enforce_nonce: body["enforce_nonce"] == true,
        reference: Some(body["message_reference"].clone()).filter(|reference| !reference.is_null()),
    };
    if draft.leaves_nothing(base) { Err(Refusal::empty_message()) } else { Ok(draft) }
}

impl Draft {
    /// Whether the message would show nothing at all.
    fn leaves_nothing(&self, base: Option<&Message>) -> bool {
        let list = |new: &Option<Vec<Value>>, old: fn(&Message) -> &Vec<Value>| new.as_ref().or(base.map(old)).is_none_or(Vec::is_empty);
        let content = self.content.as_deref().or(base.map(|message| message.content.as_str())).unwrap_or_default();
        content.is_empty()
            && list(&self.embeds, |message| &message.embeds)
            && list(&self.components, |message| &message.components)
            && list(&self.attachments, |message| &message.attachments)
    }
}

fn check_flags(problems: &mut Problems, path: &str, bits: u64, way: Way) {
    let own = match way {
        Way::Channel => flags::SUPPRESS_EMBEDS | flags::SUPPRESS_NOTIFICATIONS | flags::COMPONENTS_V2,
        Way::Interaction => flags::SUPPRESS_EMBEDS | flags::SUPPRESS_NOTIFICATIONS | flags::COMPONENTS_V2 | flags::EPHEMERAL,
        // Clients send back the flags they got; only the known ones are looked at.
        Way::Edit => u64::MAX,
    };
    if bits & !own != 0 {
        problems.add(path, "MESSAGE_INVALID_FLAGS", format!("Flags {} cannot be set here.", bits & !own));
    }
}

fn forbid_legacy(problems: &mut Problems, at: &dyn Fn(&str) -> String, body: &Value) {
    for key in ["content", "embeds", "poll", "sticker_ids"] {
        let blank = body[key].is_null() || body[key] == "" || body[key].as_array().is_some_and(Vec::is_empty);
        if !blank {
            problems.add(
                &at(key),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                format!("The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"),
            );
        }
    }
}

fn check_nonce(problems: &mut Problems, path: &str, nonce: &Value) {
    match nonce {
        Value::Null | Value::Number(_) => {}
        other => {
            problems.text(path, other, 0, NONCE);
        }
    }
}

/// The files of the message: those kept of an edited one, and the new ones as attachment objects.
fn check_attachments(problems: &mut Problems, path: &str, body: &Value, files: &[Upload], base: Option<&Message>) -> Option<Vec<Value>> {
    let listed = problems.list(path, &body["attachments"], 0, FILES);
    let kept = base.map_or(&[][..], |message| &message.attachments);
    if body["attachments"].is_null() && files.is_empty() {
        return None;
    }
    let mut result: Vec<Value> = match &body["attachments"] {
        Value::Array(_) => kept.iter().filter(|old| listed.iter().any(|new| new["id"] == old["id"])).cloned().collect(),
        _ => kept.to_vec(),
    };
    for (index, new) in listed.iter().enumerate() {
        let path = format!("{path}.{index}");
        problems.text(&format!("{path}.description"), &new["description"], 0, DESCRIPTION);
        let is_there = kept.iter().any(|old| new["id"] == old["id"]) || files.iter().any(|file| describes(new, file));
        if !is_there {
            problems.add(&format!("{path}.id"), "ATTACHMENT_NOT_FOUND", "No file with this id was sent or stands in the message");
        }
    }
    for old in &mut result {
        let described = listed.iter().find(|new| new["id"] == old["id"]).and_then(|new| new.get("description"));
        if let Some(description) = described {
            old["description"] = description.clone();
        }
    }
    for file in files {
        let new = listed.iter().find(|new| describes(new, file)).unwrap_or(&Value::Null);
        // The id and the addresses are given when the message is kept.
        let filename = new["filename"].as_str().unwrap_or(&file.filename);
        result.push(json!({"id": null, "filename": filename, "description": new["description"]}));
    }
    problems.length(path, result.len(), 0, FILES);
    Some(result)
}

/// Whether an item of `attachments` is about a file of the request: `files[0]` is described by the item with the id 0.
fn describes(item: &Value, file: &Upload) -> bool {
    let number = file.field.trim_start_matches("files[").trim_end_matches(']');
    item["id"] == number || item["id"].as_u64().is_some_and(|id| id.to_string() == number)
}
