//! Where knowledge files come from: a folder, or the copy carried in the binary.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::fault::{Fault, Place};

/// The folders carried in the binary. What else lies beside them, such as the schemas for editors, stays out.
static FOLDERS: [(&str, Dir<'static>); 4] = [
    ("entries", include_dir!("$CARGO_MANIFEST_DIR/knowledge/entries")),
    ("facets", include_dir!("$CARGO_MANIFEST_DIR/knowledge/facets")),
    ("sources", include_dir!("$CARGO_MANIFEST_DIR/knowledge/sources")),
    ("tables", include_dir!("$CARGO_MANIFEST_DIR/knowledge/tables")),
];

/// The files carried in the binary that stand in no folder.
const FILES: [(&str, &str); 8] = [
    ("asides.toml", include_str!("../../knowledge/asides.toml")),
    ("caveats.toml", include_str!("../../knowledge/caveats.toml")),
    ("forms.toml", include_str!("../../knowledge/forms.toml")),
    ("guards.toml", include_str!("../../knowledge/guards.toml")),
    ("knowledge.toml", include_str!("../../knowledge/knowledge.toml")),
    ("pictures.toml", include_str!("../../knowledge/pictures.toml")),
    ("topics.toml", include_str!("../../knowledge/topics.toml")),
    ("vocabulary.toml", include_str!("../../knowledge/vocabulary.toml")),
];

/// A knowledge file: its path below the folder, with forward slashes, and its text.
pub type File = (String, String);

/// The knowledge carried in the binary, in the order of the paths.
#[must_use]
pub fn shipped() -> Vec<File> {
    fn walk(folder: &str, dir: &Dir<'static>, files: &mut Vec<File>) {
        for file in dir.files() {
            if file.path().extension().is_some_and(|extension| extension == "toml") {
                let path = format!("{folder}/{}", file.path().to_string_lossy().replace('\\', "/"));
                files.push((path, file.contents_utf8().unwrap_or_default().to_owned()));
            }
        }
        for inner in dir.dirs() {
            walk(folder, inner, files);
        }
    }
    let mut files: Vec<File> = FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for (folder, dir) in &FOLDERS {
        walk(folder, dir, &mut files);
    }
    files.sort();
    files
}

/// Every TOML file below `folder`, in the order of the paths, and a fault for each that cannot be read.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn in_folder(folder: &Path) -> io::Result<(Vec<File>, Vec<Fault>)> {
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

/// Text of a file in UTF-8.
///
/// # Errors
/// What is wrong with the file, and how to mend it.
pub fn read(path: &Path) -> Result<String, (String, &'static str)> {
    let bytes = fs::read(path).map_err(|error| (format!("cannot be read: {error}"), "check the file's permissions"))?;
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        (format!("not UTF-8 text (line {line})"), "save the file as UTF-8")
    })
}

/// Puts new text into files below `folder`, into all of them or into none.
///
/// Every text is on the disk under another name before the first file is replaced, and a file is replaced by renaming: a full
/// disk or a lost power line leaves the old knowledge or the new one.
///
/// # Errors
/// When a file cannot be written; the others are as they were.
pub fn replace(folder: &Path, files: &[File]) -> io::Result<()> {
    let mut written: Vec<(PathBuf, PathBuf)> = Vec::new();
    for (name, text) in files {
        // A link is kept: what it points to is replaced.
        let written_so_far = fs::canonicalize(folder.join(name)).and_then(|path| {
            let beside = beside(&path);
            written.push((beside.clone(), path.clone()));
            write_through(&beside, text)?;
            fs::set_permissions(&beside, fs::metadata(&path)?.permissions())
        });
        if let Err(error) = written_so_far {
            for (beside, _) in &written {
                // What was never made cannot be taken away.
                let _ = fs::remove_file(beside);
            }
            return Err(error);
        }
    }
    let mut undo = Vec::new();
    for (beside, path) in &written {
        let replaced = fs::read(path).and_then(|old| fs::rename(beside, path).map(|()| old));
        match replaced {
            Ok(old) => undo.push((path, old)),
            Err(error) => {
                for (path, old) in undo {
                    fs::write(path, old)?;
                }
                for (beside, _) in &written {
                    let _ = fs::remove_file(beside);
                }
                return Err(error);
            }
        }
    }
    Ok(())
}

/// A name beside a file that no reader of knowledge takes for one: it does not end in `.toml`.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

fn write_through(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
