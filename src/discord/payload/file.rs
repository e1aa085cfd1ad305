//! A file that goes with a message, and the picture in an embed that shows it.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::discord::markdown::cut;

/// The most characters of a file's description: <https://docs.discord.com/developers/resources/message#attachment-object>.
pub(super) const DESCRIPTION: usize = 1024;

/// A file. With it the body is sent as a form: the message as `payload_json`, the file as `files[0]`.
/// <https://docs.discord.com/developers/reference#uploading-files>
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct File {
    /// The number in `files[0]`.
    id: &'static str,
    /// What it is called.
    pub filename: String,
    /// What it shows, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What is in it.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}

impl File {
    /// A file of that name, described in at most 1,024 characters.
    #[must_use]
    pub fn new(filename: &str, description: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        let description = cut(description.trim(), DESCRIPTION);
        Self { id: "0", filename: filename.to_owned(), description, bytes: bytes.into() }
    }
}

/// Writes `attachments`: the one file, or an empty list, which takes away what an edited message had.
#[expect(clippy::ref_option, reason = "serde hands the field over as it is")]
pub(super) fn as_list<S: Serializer>(file: &Option<File>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(file)
}

/// A picture in an embed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Image {
    url: String,
    /// Discord reads it out in place of the picture since 2026-06: <https://github.com/discord/discord-api-docs/issues/8373>.
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
}

impl Image {
    /// The picture in a file of the same message.
    #[must_use]
    pub fn of(file: &File) -> Self {
        Self { url: format!("attachment://{}", file.filename), description: file.description.clone() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::discord::payload::{Body, Embed};

    #[test]
    fn a_picture_stands_in_the_embed_or_by_itself_and_goes_without_a_trace() {
        let file = File::new("a.png", " What it shows. ", [1, 2]);
        let listed = json!([{ "id": "0", "filename": "a.png", "description": "What it shows." }]);
        let plain = Body::text("said").with_picture(Some(file.clone()));
        let sent = serde_json::to_value(&plain).unwrap();
        assert_eq!((&sent["attachments"], &sent["embeds"]), (&listed, &json!([])));
        let rich = Body { embeds: vec![Embed { description: "said".to_owned(), ..Embed::default() }], ..Body::text("said") };
        let sent = serde_json::to_value(rich.clone().with_picture(Some(file))).unwrap();
        assert_eq!(sent["attachments"], listed);
        assert_eq!(sent["embeds"][0]["image"], json!({ "url": "attachment://a.png", "description": "What it shows." }));
        assert_eq!(rich.clone().with_picture(None), rich);
        assert_eq!(serde_json::to_value(&rich).unwrap()["attachments"], json!([]));
    }
}
