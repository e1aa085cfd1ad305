//! The shapes Mabel sends to Discord, and the limits they must keep.
//!
//! Serenity has a builder for each of the endpoints that take a message; Mabel sends the same message to all of them, so it is one
//! type here, [`Body`]. Every body says whom it may ping: nobody. Nothing here knows a reply of the engine; see [`super::render`].
//!
//! Limits: <https://docs.discord.com/developers/resources/message#embed-object-embed-limits> and
//! <https://docs.discord.com/developers/components/reference>. Discord counts characters, not bytes.

use serde::Serialize;

/// The most characters of a message's content.
pub const CONTENT: usize = 2000;
/// The most characters of an embed's description.
pub const DESCRIPTION: usize = 4096;
/// The most characters of an embed field's value.
pub const FIELD_VALUE: usize = 1024;
/// The most characters of an embed's footer.
pub const FOOTER: usize = 2048;
/// The most characters of all texts of all embeds of a message together.
pub const EMBEDS: usize = 6000;
/// The most rows of components.
pub const ROWS: usize = 5;
/// The most buttons in a row.
pub const BUTTONS_IN_ROW: usize = 5;
/// The most characters of a button's label.
pub const LABEL: usize = 80;
/// The most options of a select.
pub const OPTIONS: usize = 25;
/// The most characters of a select's option, and of its value.
pub const OPTION: usize = 100;
/// The most characters of what stands on a select.
pub const PLACEHOLDER: usize = 150;
/// The most characters of a button's or select's `custom_id`.
pub const CUSTOM_ID: usize = 100;
/// The most choices of an autocomplete answer.
pub const CHOICES: usize = 25;
/// The most characters of such a choice's name, and of its value.
pub const CHOICE: usize = 100;

/// Shown only to the person who acted: <https://docs.discord.com/developers/resources/message#message-object-message-flags>.
const EPHEMERAL: u64 = 1 << 6;

/// A message, for every endpoint that takes one.
///
/// Content, embeds and components are always sent, so that an edit leaves nothing of what stood there before.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Body {
    /// The text.
    pub content: String,
    /// At most one embed.
    pub embeds: Vec<Embed>,
    /// Rows of buttons and selects.
    pub components: Vec<Row>,
    /// Whom the message may ping.
    pub allowed_mentions: AllowedMentions,
    /// Bits; only ever "ephemeral".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<u64>,
    /// The message this one replies to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_reference: Option<Reference>,
    /// Names this message, so that sending it again makes no second one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// Asks Discord to hold to the nonce.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enforce_nonce: Option<bool>,
}

impl Body {
    /// A message of nothing but text.
    #[must_use]
    pub fn text(content: impl Into<String>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// The same message, shown only to the person who acted.
    #[must_use]
    pub fn private(self) -> Self {
        Self { flags: Some(EPHEMERAL), ..self }
    }

    /// The same message as a reply to another, which may have gone meanwhile.
    #[must_use]
    pub fn in_reply_to(self, message: u64) -> Self {
        Self { message_reference: Some(Reference { message_id: message.to_string(), fail_if_not_exists: false }), ..self }
    }

    /// The same message as a reply to another, without which Discord is to refuse it.
    #[must_use]
    pub fn only_in_reply_to(self, message: u64) -> Self {
        Self { message_reference: Some(Reference { message_id: message.to_string(), fail_if_not_exists: true }), ..self }
    }

    /// The same message under a name; Discord makes one message of all that bear it within some minutes.
    #[must_use]
    pub fn named(self, nonce: String) -> Self {
        Self { nonce: Some(nonce), enforce_nonce: Some(true), ..self }
    }
}

/// Whom a message may ping: `parse` is empty in every message Mabel sends.
///
/// <https://docs.discord.com/developers/resources/message#allowed-mentions-object>: left out, users would be pinged even by answers to commands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AllowedMentions {
    parse: [&'static str; 0],
    replied_user: bool,
}

/// A message that is replied to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// Its id.
    pub message_id: String,
    /// Whether Discord refuses the reply if it has gone.
    pub fail_if_not_exists: bool,
}

/// What stands below the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Embed {
    /// Its text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Colour of its edge, 0xRRGGBB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<u32>,
    /// Named parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// The small line at its foot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<Footer>,
}

/// A named part of an embed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its text.
    pub value: String,
}

/// The small line at the foot of an embed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Footer {
    /// Its text, shown as it is: Discord reads no markdown here.
    pub text: String,
}

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

/// A list of which one option is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Select {
    /// Always 3, "string select".
    #[serde(rename = "type")]
    kind: u8,
    /// What comes back when an option is chosen, beside its value.
    pub custom_id: String,
    /// What stands on it while nothing is chosen.
    pub placeholder: String,
    /// What can be chosen.
    pub options: Vec<SelectOption>,
}

impl Select {
    /// A select that says `placeholder` and brings back `custom_id` with the value of one of the options.
    #[must_use]
    pub fn new(custom_id: String, placeholder: String, options: Vec<SelectOption>) -> Self {
        Self { kind: 3, custom_id, placeholder, options }
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

/// What answers an interaction: <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object>.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Callback {
    #[serde(rename = "type")]
    kind: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<CallbackData>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum CallbackData {
    Message(Box<Body>),
    Choices { choices: Vec<Suggestion> },
}

/// One line of an autocomplete answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// What is shown.
    pub name: String,
    /// What is sent when it is picked.
    pub value: String,
}

impl Callback {
    /// Answers with a new message.
    #[must_use]
    pub fn message(body: Body) -> Self {
        Self { kind: 4, data: Some(CallbackData::Message(Box::new(body))) }
    }

    /// Puts a message in the place of the one whose button was pressed.
    #[must_use]
    pub fn update(body: Body) -> Self {
        Self { kind: 7, data: Some(CallbackData::Message(Box::new(body))) }
    }

    /// Says that the message whose button was pressed will change later.
    #[must_use]
    pub fn later() -> Self {
        Self { kind: 6, data: None }
    }

    /// Suggests what could be typed.
    #[must_use]
    pub fn suggest(choices: Vec<Suggestion>) -> Self {
        Self { kind: 8, data: Some(CallbackData::Choices { choices }) }
    }

    /// Whether it answers somebody who types.
    pub(super) fn suggests(&self) -> bool {
        matches!(self.data, Some(CallbackData::Choices { .. }))
    }

    /// Whether a new message comes of it.
    #[must_use]
    pub fn makes_message(&self) -> bool {
        self.kind == 4
    }
}
