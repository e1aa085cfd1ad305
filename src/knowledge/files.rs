//! Where knowledge files come from: a folder, or the copy carried in the binary.

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::fault::{Fault, Place};

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/knowledge");

/// A knowledge file: its path below the folder, with forward slashes, and its text.
pub type File = (String, String);

/// The knowledge carried in the binary, in the order of the paths.
#[must_use]
pub fn shipped() -> Vec<File> {
    fn walk(dir: &Dir<'static>, files: &mut Vec<File>) {
        for file in dir.files() {
            if file.path().extension().is_some_and(|extension| extension == "toml") {
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.push((path, file.contents_utf8().unwrap_or_default().to_owned()));
            }
        }
        for inner in dir.dirs() {
            walk(inner, files);
        }
    }
    let mut files = Vec::new();
    walk(&SHIPPED, &mut files);
    files.sort();
    files
}

/// Every TOML file below `folder`, in the order of the paths, and a fault for each that cannot be read.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn in_folder(folder: &Path) -> std::io::Result<(Vec<File>, Vec<Fault>)> {
    let mut files = Vec::new();
    let mut faults = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(dir) = open.pop() {
        for item in fs::read_dir(&dir)? {
            let path = item?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                match read(&path) {
                    Ok(text) => files.push((name, text)),
                    Err((what, mend)) => faults.push(Fault::error(Place { file: name, line: 0 }, what, mend)),
                }
            }
        }
    }
    files.sort();
    Ok((files, faults))
}

fn read(path: &Path) -> Result<String, (String, &'static str)> {
    let bytes = fs::read(path).map_err(|error| (format!("cannot be read: {error}"), "check the file's permissions"))?;
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        (format!("not UTF-8 text (line {line})"), "save the file as UTF-8")
    })
}
