//! Uploaded files: those of the bot's messages, and those that people give with a command or a modal.

use std::collections::BTreeMap;

use axum::body::Bytes;
use serde_json::{Value, json};

use super::World;
use crate::sandbox::id::Id;

/// How much of files is kept, in bytes; the oldest go first. A file has at most 10 MiB.
const MOST: usize = 64 * 1024 * 1024;

/// A file.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
    /// The folder of its address, as on Discord's own file server: `attachments/CHANNEL` or `ephemeral-attachments/APPLICATION`.
    folder: String,
}

/// The files there are, by the id of their attachment, and where they can be had.
#[derive(Debug)]
pub(crate) struct Files {
    /// In place of `https://cdn.discordapp.com`.
    base: String,
    kept: BTreeMap<Id, File>,
}

impl Files {
    pub(crate) fn new(base: String) -> Self {
        Self { base, kept: BTreeMap::new() }
    }

    pub(crate) fn get(&self, id: Id) -> Option<&File> {
        self.kept.get(&id)
    }

    fn keep(&mut self, id: Id, file: File) {
        self.kept.insert(id, file);
        let mut size: usize = self.kept.values().map(|file| file.bytes.len()).sum();
        while size > MOST {
            let Some((_, oldest)) = self.kept.pop_first() else { return };
            size -= oldest.bytes.len();
        }
    }

    /// The attachment object of a file. <https://docs.discord.com/developers/resources/message#attachment-object>
    fn json(&self, id: Id, file: &File) -> Value {
        let address = format!("{}/{}/{id}/{}", self.base, file.folder, in_address(&file.name));
        let mut attachment = json!({
            "id": id, "filename": file.name, "size": file.bytes.len(), "url": address, "proxy_url": address, "content_type": file.content_type,
        });
        if let Some((width, height)) = size_of_png(&file.bytes) {
            attachment["width"] = json!(width);
            attachment["height"] = json!(height);
        }
        attachment
    }
}

impl World {
    /// Keeps a file of a message in a channel; gives its attachment object.
    pub(crate) fn keep_file(&mut self, channel: Id, name: String, content_type: Option<String>, bytes: Bytes) -> Value {
        let id = self.new_id();
        let file = File { name, content_type, bytes, folder: format!("attachments/{channel}") };
        let attachment = self.files.json(id, &file);
        self.files.keep(id, file);
        attachment
    }

    /// Keeps a file that a person is about to give with a command or a modal; gives the id it is given by.
    pub(crate) fn keep_given_file(&mut self, name: String, content_type: Option<String>, bytes: Bytes) -> Id {
        let id = self.new_id();
        let folder = format!("ephemeral-attachments/{}", self.application_id);
        self.files.keep(id, File { name, content_type, bytes, folder });
        id
    }

    /// The attachment object of a file that a person uploaded, if it is still there.
    pub(crate) fn given_file(&self, id: Id) -> Option<Value> {
        let file = self.files.get(id).filter(|file| file.folder.starts_with("ephemeral"))?;
        let mut attachment = self.files.json(id, file);
        attachment["ephemeral"] = json!(true);
        Some(attachment)
    }
}

/// Width and height, which Discord tells of pictures, as the first chunk of a PNG has them.
fn size_of_png(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let (width, rest) = header.split_first_chunk()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*rest.first_chunk()?)))
}

/// A file's name as the last part of an address.
fn in_address(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_files_go_when_there_are_too_many_bytes() {
        let mut files = Files::new("http://here".to_owned());
        let file = |size: usize| File { name: "a".to_owned(), content_type: None, bytes: vec![0; size].into(), folder: "x".to_owned() };
        files.keep(Id(1), file(MOST / 2));
        files.keep(Id(2), file(MOST / 2));
        assert!(files.get(Id(1)).is_some());
        files.keep(Id(3), file(1));
        assert!(files.get(Id(1)).is_none() && files.get(Id(2)).is_some() && files.get(Id(3)).is_some());
    }

    #[test]
    fn the_size_of_a_png_is_told() {
        let header = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x03\x20\0\0\x01\x02";
        assert_eq!(size_of_png(header), Some((800, 258)));
        assert_eq!((size_of_png(&header[..20]), size_of_png(b"GIF89a")), (None, None));
    }

    #[test]
    fn a_name_of_any_letters_stands_in_an_address() {
        let files = Files::new("http://here".to_owned());
        let file = File { name: "a b/ü?.png".to_owned(), content_type: None, bytes: Bytes::new(), folder: "f".to_owned() };
        assert_eq!(files.json(Id(1), &file)["url"], "http://here/f/1/a%20b%2F%C3%BC%3F.png");
    }
}
