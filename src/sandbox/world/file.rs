//! Uploaded files, kept for whoever looks at a message.

use axum::body::Bytes;

use super::World;
use crate::sandbox::id::Id;

/// How many files are kept; the oldest go first. A file has at most 10 MiB.
const MOST: usize = 64;

/// A file that the bot uploaded.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

impl World {
    /// Keeps the file of an attachment.
    pub(crate) fn keep_file(&mut self, attachment: Id, content_type: Option<String>, bytes: Bytes) {
        self.files.insert(attachment, File { content_type, bytes });
        if self.files.len() > MOST {
            self.files.pop_first();
        }
    }
}
