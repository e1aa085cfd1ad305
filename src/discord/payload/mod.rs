//! The shapes Mabel sends to Discord, and the limits they must keep.
//!
//! Serenity has a builder for each of the endpoints that take a message; Mabel sends the same message to all of them, so it is one
//! type here, [`Body`]. Every body says whom it may ping: nobody. Nothing here knows a reply of the engine; see [`super::render`].
//!
//! Limits: <https://docs.discord.com/developers/resources/message#embed-object-embed-limits> and
//! <https://docs.discord.com/developers/components/reference>. Discord counts characters, not bytes.

mod components;
mod file;
mod limits;
mod modal;

use serde::Serialize;

pub(super) use components::CHANNELS_TO_WRITE_IN;
pub use components::{Button, Control, Row, Select, SelectOption, Style};
pub use file::{File, Image};
pub use modal::{INPUT, INPUT_PLACEHOLDER, Input, MODAL_LABEL, Modal};

/// The most characters of a message's content.
pub const CONTENT: usize = 2000;
/// The most characters of an embed's description.
pub const DESCRIPTION: usize = 4096;
/// The most characters of an embed field's name.
pub const FIELD_NAME: usize = 256;
/// The most characters of an embed field's value.
pub const FIELD_VALUE: usize = 1024;
/// The most characters of an embed's footer.
pub const FOOTER: usize = 2048;
/// The most characters of all texts of all embeds of a message together.
pub const EMBEDS: usize = 6000;
/// The greatest colour: 0xRRGGBB.
pub const MOST_COLOUR: u32 = 0x00FF_FFFF;
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
