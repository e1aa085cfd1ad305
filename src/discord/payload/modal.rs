//! Forms that open over the chat, and their fields.

use serde::Serialize;

/// A form that opens over the chat. It stands in rows, which Discord calls old and still takes: serenity reads no other kind back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Modal {
    /// What comes back when it is sent, beside what was filled in.
    pub custom_id: String,
    /// What stands above it.
    pub title: String,
    components: Vec<InputRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct InputRow {
    #[serde(rename = "type")]
    kind: u8,
    components: [Input; 1],
}

/// A field of a modal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Input {
    #[serde(rename = "type")]
    kind: u8,
    /// What the field is called when it comes back.
    pub custom_id: String,
    /// What stands above it.
    pub label: String,
    style: u8,
    /// What stands in it already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is shown while it is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// Whether it must be filled in.
    pub required: bool,
    /// The most characters.
    pub max_length: usize,
}

/// The most characters of what stands above a modal or a field of one.
pub const MODAL_LABEL: usize = 45;
/// The most characters of what a field shows while it is empty.
pub const INPUT_PLACEHOLDER: usize = 100;
/// The most characters of a field.
pub const INPUT: usize = 4000;

impl Modal {
    /// A modal of those fields.
    #[must_use]
    pub fn new(custom_id: String, title: String, inputs: Vec<Input>) -> Self {
        let components = inputs.into_iter().map(|input| InputRow { kind: 1, components: [input] }).collect();
        Self { custom_id, title, components }
    }
}

impl Input {
    /// A required field of one line.
    #[must_use]
    pub fn line(custom_id: &str, label: String, max_length: usize) -> Self {
        let custom_id = custom_id.to_owned();
        Self { kind: 4, custom_id, label, style: 1, value: None, placeholder: None, required: true, max_length }
    }

    /// A required field of several lines.
    #[must_use]
    pub fn lines(custom_id: &str, label: String, max_length: usize) -> Self {
        Self { style: 2, ..Self::line(custom_id, label, max_length) }
    }
}
