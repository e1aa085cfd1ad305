//! The limits of embeds. <https://docs.discord.com/developers/resources/message#embed-object-embed-limits>

use serde_json::{Value, json};

use crate::sandbox::refusal::Problems;

/// How many embeds a message holds.
pub(super) const EMBEDS: usize = 10;
/// How many characters all embeds of a message hold together.
pub(super) const TOTAL: usize = 6000;
/// How many fields an embed holds.
pub(super) const FIELDS: usize = 25;
/// How long a title, or the name of an author, is.
pub(super) const TITLE: usize = 256;
/// How long a description is.
pub(super) const DESCRIPTION: usize = 4096;
/// How long a field's name is.
pub(super) const FIELD_NAME: usize = 256;
/// How long a field's value is.
pub(super) const FIELD_VALUE: usize = 1024;
/// How long a footer is.
pub(super) const FOOTER: usize = 2048;

/// Checks the embeds of a message and returns them as Discord keeps them: texts trimmed, type `rich`.
pub(crate) fn check(problems: &mut Problems, path: &str, value: &Value) -> Vec<Value> {
    let mut embeds = problems.list(path, value, 0, EMBEDS).to_vec();
    let mut total = 0;
    for (index, embed) in embeds.iter_mut().enumerate() {
        total += one(problems, &format!("{path}.{index}"), embed);
    }
    if total > TOTAL {
        problems.add(path, "MAX_EMBED_SIZE_EXCEEDED", format!("Embed size exceeds maximum size of {TOTAL}"));
    }
    embeds
}

/// Checks one embed; returns how many characters it counts.
fn one(problems: &mut Problems, path: &str, embed: &mut Value) -> usize {
    if !embed.is_object() {
        problems.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        return 0;
    }
    let mut count = 0;
    let mut text = |problems: &mut Problems, pointer: &str, min: usize, max: usize| {
        let Some(slot) = embed.pointer_mut(pointer) else {
            return;
        };
        if let Some(text) = slot.as_str() {
            *slot = json!(text.trim());
        }
        let path = format!("{path}{}", pointer.replace('/', "."));
        count += problems.text(&path, slot, min, max).map_or(0, |text| text.chars().count());
    };
    text(problems, "/title", 0, TITLE);
    text(problems, "/description", 0, DESCRIPTION);
    text(problems, "/footer/text", 1, FOOTER);
    text(problems, "/author/name", 1, TITLE);
    count += fields(problems, path, embed);
    for required in ["footer/text", "author/name"] {
        let (parent, child) = required.split_once('/').unwrap_or_default();
        if embed[parent].is_object() && embed[parent][child].is_null() {
            problems.required(&format!("{path}.{parent}.{child}"));
        }
    }
    links(problems, path, embed);
    for picture in ["image", "thumbnail"] {
        problems.text(&format!("{path}.{picture}.description"), &embed[picture]["description"], 0, DESCRIPTION);
    }
    problems.number(&format!("{path}.color"), &embed["color"], 0, 0xFF_FF_FF);
    if let Some(moment) = embed["timestamp"].as_str().filter(|moment| moment.parse::<jiff::Timestamp>().is_err()) {
        problems.add(&format!("{path}.timestamp"), "DATE_TIME_TYPE_PARSE", format!("Could not parse {moment}. Should be ISO8601."));
    }
    let shows = ["title", "description", "footer", "author", "image", "thumbnail"];
    if embed["fields"].as_array().is_none_or(Vec::is_empty) && shows.iter().all(|key| is_blank(&embed[*key])) {
        problems.required(&format!("{path}.description"));
    }
    embed["type"] = json!("rich");
    count
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

fn fields(problems: &mut Problems, path: &str, embed: &mut Value) -> usize {
    let path = format!("{path}.fields");
    problems.list(&path, &embed["fields"], 0, FIELDS);
    let Some(fields) = embed.get_mut("fields").and_then(Value::as_array_mut) else {
        return 0;
    };
    let mut count = 0;
    for (index, field) in fields.iter_mut().enumerate() {
        for (key, max) in [("name", FIELD_NAME), ("value", FIELD_VALUE)] {
            let path = format!("{path}.{index}.{key}");
            let trimmed = field[key].as_str().map(|text| text.trim().to_owned());
            match trimmed {
                Some(text) if text.is_empty() => problems.required(&path),
                Some(text) => {
                    count += text.chars().count();
                    problems.length(&path, text.chars().count(), 0, max);
                    field[key] = json!(text);
                }
                None => problems.required(&path),
            }
        }
        if field.is_object() && field["inline"].is_null() {
            field["inline"] = json!(false);
        }
    }
    count
}

fn links(problems: &mut Problems, path: &str, embed: &Value) {
    problems.url(&format!("{path}.url"), &embed["url"], &["http", "https"]);
    problems.url(&format!("{path}.author.url"), &embed["author"]["url"], &["http", "https"]);
    for (parent, child) in [("image", "url"), ("thumbnail", "url"), ("author", "icon_url"), ("footer", "icon_url")] {
        problems.url(&format!("{path}.{parent}.{child}"), &embed[parent][child], &["http", "https", "attachment"]);
    }
}
