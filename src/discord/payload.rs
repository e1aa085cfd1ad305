//! The shapes Mabel sends to Discord, and the limits they must keep.
//!
//! Serenity has a builder for each of the endpoints that take a message; Mabel sends the same message to all of them, so it is one
//! type here, [`Body`]. Every body says whom it may ping: nobody. Nothing here knows a reply of the engine; see [`super::render`].
//!
//! Limits: <https://docs.discord.com/developers/resources/message#embed-object-embed-limits> and
//! <https://docs.discord.com/developers/components/reference>. Discord counts characters, not bytes.

mod file;

use serde::Serialize;

pub use file::{File, Image};

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
/// Content, embeds, components and attachments are always sent, so that an edit leaves nothing of what stood there before.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Body {
    /// The text.
    pub content: String,
    /// At most one embed.
    pub embeds: Vec<Embed>,
    /// Rows of buttons and selects.
    pub components: Vec<Row>,
    /// At most one file.
    #[serde(rename = "attachments", serialize_with = "file::as_list")]
    pub file: Option<File>,
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

    /// The same message with a picture: in its embed, or below the text where it has none.
    #[must_use]
    pub fn with_picture(mut self, picture: Option<File>) -> Self {
        if let Some(embed) = self.embeds.first_mut() {
            embed.image = picture.as_ref().map(Image::of);
        }
        Self { file: picture, ..self }
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
    /// A picture below the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
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
pub(super) const CHANNELS_TO_WRITE_IN: [u8; 3] = [0, 5, 15];

impl Select {
    /// A select that says `placeholder` and brings back `custom_id` with the value of one of the options.
    #[must_use]
    pub fn new(custom_id: String, placeholder: String, options: Vec<SelectOption>) -> Self {
        Self { options, ..Self::of(3, custom_id, placeholder) }
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
    Modal(Modal),
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

    /// Opens a form.
    #[must_use]
    pub fn modal(modal: Modal) -> Self {
        Self { kind: 9, data: Some(CallbackData::Modal(modal)) }
    }

    /// The file that goes with its message.
    #[must_use]
    pub fn file(&self) -> Option<&File> {
        match &self.data {
            Some(CallbackData::Message(body)) => body.file.as_ref(),
            _ => None,
        }
    }

    /// The same without the picture of its message.
    #[must_use]
    pub fn without_picture(self) -> Self {
        let data = self.data.map(|data| match data {
            CallbackData::Message(body) => CallbackData::Message(Box::new(body.with_picture(None))),
            other @ (CallbackData::Choices { .. } | CallbackData::Modal(_)) => other,
        });
        Self { data, ..self }
    }

    /// Whether a new message comes of it.
    #[must_use]
    pub fn makes_message(&self) -> bool {
        self.kind == 4
    }
}
