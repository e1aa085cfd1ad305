//! What can be pressed and chosen under a message: rows of buttons, and selects.
//!
//! <https://docs.discord.com/developers/components/reference>

use serde::Serialize;

/// A row: one to five buttons, or one select.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Always 1, "action row".
    #[serde(rename = "type")]
    kind: u8,
    /// What stands in it.
    pub components: Vec<Control>,
}

impl Row {
    /// A row of those buttons.
    #[must_use]
    pub fn of(buttons: Vec<Button>) -> Self {
        Self { kind: 1, components: buttons.into_iter().map(Control::Button).collect() }
    }

    /// A row of that select.
    #[must_use]
    pub fn select(select: Select) -> Self {
        Self { kind: 1, components: vec![Control::Select(select)] }
    }
}

/// What a row holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Control {
    /// A button.
    Button(Button),
    /// A select.
    Select(Select),
}

/// A list of which something is chosen: one of its own options, or channels or a role of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Select {
    /// 3 for options, 6 for roles, 8 for channels.
    #[serde(rename = "type")]
    kind: u8,
    /// What comes back when something is chosen, beside what was chosen.
    pub custom_id: String,
    /// What stands on it while nothing is chosen.
    pub placeholder: String,
    /// What can be chosen, where that is not the server's business.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<SelectOption>,
    /// The kinds of channels that can be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    channel_types: Vec<u8>,
    /// What is chosen already.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    default_values: Vec<Chosen>,
    /// The fewest that can be chosen; one if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    min_values: Option<usize>,
    /// The most that can be chosen; one if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    max_values: Option<usize>,
}

/// A channel or a role that is chosen already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Chosen {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// The kinds of channels in which people write or open posts: text, announcements, forum.
/// <https://docs.discord.com/developers/resources/channel#channel-object-channel-types>
pub(in crate::discord) const CHANNELS_TO_WRITE_IN: [u8; 3] = [0, 5, 15];

/// The kind of a select whose options stand in it.
const OWN_OPTIONS: u8 = 3;

impl Select {
    /// A select that says `placeholder` and brings back `custom_id` with the value of one of the options.
    #[must_use]
    pub fn new(custom_id: String, placeholder: String, options: Vec<SelectOption>) -> Self {
        Self { options, ..Self::of(OWN_OPTIONS, custom_id, placeholder) }
    }

    /// A select of channels in which people write, at most `most` of them; those of `chosen` are chosen already. None may be left.
    #[must_use]
    pub fn channels(custom_id: String, placeholder: String, chosen: impl IntoIterator<Item = u64>, most: usize) -> Self {
        let default_values = chosen.into_iter().take(most).map(|id| Chosen { id: id.to_string(), kind: "channel" }).collect();
        let channel_types = CHANNELS_TO_WRITE_IN.to_vec();
        let least = usize::from(most == 1);
        let bounds = (Some(least), Some(most));
        Self { channel_types, default_values, min_values: bounds.0, max_values: bounds.1, ..Self::of(8, custom_id, placeholder) }
    }

    /// A select of one role; that of `chosen` is chosen already.
    #[must_use]
    pub fn role(custom_id: String, placeholder: String, chosen: Option<u64>) -> Self {
        let default_values = chosen.into_iter().map(|id| Chosen { id: id.to_string(), kind: "role" }).collect();
        Self { default_values, ..Self::of(6, custom_id, placeholder) }
    }

    /// Whether what can be chosen stands in it, and is not the server's business.
    pub(super) fn has_options(&self) -> bool {
        self.kind == OWN_OPTIONS
    }

    fn of(kind: u8, custom_id: String, placeholder: String) -> Self {
        Self {
            kind,
            custom_id,
            placeholder,
            options: Vec::new(),
            channel_types: Vec::new(),
            default_values: Vec::new(),
            min_values: None,
            max_values: None,
        }
    }
}

/// What can be chosen in a select.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SelectOption {
    /// What it says.
    pub label: String,
    /// What comes back.
    pub value: String,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Button {
    /// Always 2, "button".
    #[serde(rename = "type")]
    kind: u8,
    /// How it looks.
    pub style: Style,
    /// What it says.
    pub label: String,
    /// What comes back when it is pressed.
    pub custom_id: String,
}

impl Button {
    /// A button that says `label` and brings back `custom_id`.
    #[must_use]
    pub fn new(style: Style, label: String, custom_id: String) -> Self {
        Self { kind: 2, style, label, custom_id }
    }
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "u8")]
pub enum Style {
    /// What Mabel expects to be pressed.
    Primary,
    /// What else can be pressed.
    Secondary,
    /// What takes something away.
    Danger,
}

impl From<Style> for u8 {
    fn from(style: Style) -> Self {
        match style {
            Style::Primary => 1,
            Style::Secondary => 2,
            Style::Danger => 4,
        }
    }
}
