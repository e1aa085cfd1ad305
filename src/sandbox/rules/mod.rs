//! What Discord accepts and what it refuses, as checks over JSON bodies.
//!
//! Owns the limits, each with its source. Knows nothing of HTTP, and of the world only what a check must look up.
//! A check either gives the thing cleaned as Discord cleans it, or a [`Refusal`](super::refusal::Refusal).

pub(crate) mod command;
mod command_option;
pub(crate) mod component;
pub(crate) mod embed;
mod layout;
pub(crate) mod mention;
pub(crate) mod message;
pub(crate) mod modal;
pub(crate) mod response;

use serde_json::{Value, json};

/// The limits by name, for whoever shows how much of them a message uses.
pub(crate) fn limits() -> Value {
    json!({
        "content": message::CONTENT, "embeds": embed::EMBEDS, "embed_total": embed::TOTAL, "embed_title": embed::TITLE,
        "embed_description": embed::DESCRIPTION, "embed_fields": embed::FIELDS, "field_name": embed::FIELD_NAME,
        "field_value": embed::FIELD_VALUE, "footer": embed::FOOTER, "rows": component::ROWS, "in_row": component::ROWS,
        "label": component::LABEL, "custom_id": component::CUSTOM_ID, "select_options": component::OPTIONS,
        "choices": response::CHOICES, "choice_text": response::CHOICE_TEXT, "files": message::FILES,
    })
}
