//! Files that a command leaves for the next: the trained model, in the user's cache folder, and what was typed, in the folder of states.
//! None of them holds anything that cannot be done without.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use etcetera::BaseStrategy;

use crate::config::CACHE_VARIABLE;
use crate::matching::kept::Keeper;

/// Of so many sets of knowledge the models are kept, each some eight megabytes.
const MOST: usize = 4;

/// Keeps trained models in a folder.
#[derive(Debug)]
pub(super) struct Models {
    folder: Option<PathBuf>,
}

impl Models {
    /// Those in the folder that [`CACHE_VARIABLE`] names, else in the user's own cache folder.
    pub(super) fn of_user() -> Self {
        let own = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("mabel"));
        let folder = std::env::var_os(CACHE_VARIABLE).map_or_else(own, |named| Some(PathBuf::from(named)));
        Self { folder: folder.filter(|folder| !folder.as_os_str().is_empty()) }
    }

    fn file(&self, origin: u64) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("{origin:016x}.model")))
    }
}

impl Keeper for Models {
    fn fetch(&self, origin: u64) -> Option<Vec<u8>> {
        fs::read(self.file(origin)?).ok()
    }

    fn keep(&self, origin: u64, bytes: &[u8]) {
        // Without a folder to write to, each start learns anew: slower, and nothing worse.
        if let Some(file) = self.file(origin) {
            let _ = write(&file, bytes);
        }
    }
}

/// Writes a model whole or not at all, and removes the oldest ones beside it.
fn write(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let unfinished = file.with_extension(format!("{}.unfinished", std::process::id()));
    let written = fs::write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, file));
    if written.is_err() {
        // A full disk is not to stay full because of this.
        let _ = fs::remove_file(&unfinished);
    }
    written.and_then(|()| clear(folder))
}

/// Removes all models but the newest.
fn clear(folder: &Path) -> std::io::Result<()> {
    let is_model = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "model");
    let files = fs::read_dir(folder)?.filter_map(|file| Some(file.ok()?.path())).filter(is_model);
    let changed = |file: &PathBuf| fs::metadata(file).and_then(|about| about.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut files: Vec<PathBuf> = files.collect();
    files.sort_by_cached_key(|file| std::cmp::Reverse(changed(file)));
    files.iter().skip(MOST).try_for_each(fs::remove_file)
}

/// Where the questions typed into `mabel chat` are kept, if the machine has a folder for such things.
pub(super) fn history() -> Option<PathBuf> {
    let folder = etcetera::choose_base_strategy().ok()?.state_dir()?.join("mabel");
    fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_model_is_fetched_by_what_it_was_made_of() {
        let folder = tempfile::tempdir().unwrap();
        let models = Models { folder: Some(folder.path().join("made/when/needed")) };
        assert_eq!(models.fetch(7), None);
        models.keep(7, b"seven");
        models.keep(7, b"seven again");
        assert_eq!(models.fetch(7).as_deref(), Some(&b"seven again"[..]));
        assert_eq!(models.fetch(8), None);
        assert_eq!(fs::read_dir(folder.path().join("made/when/needed")).unwrap().count(), 1, "nothing unfinished stays");
    }

    #[test]
    fn the_oldest_make_way() {
        let folder = tempfile::tempdir().unwrap();
        let models = Models { folder: Some(folder.path().to_owned()) };
        fs::write(folder.path().join("notes.txt"), "not ours").unwrap();
        for origin in 0..6 {
            models.keep(origin, b"model");
            let age = Duration::from_secs(100 - origin);
            let file = File::options().append(true).open(models.file(origin).unwrap()).unwrap();
            file.set_modified(SystemTime::now() - age).unwrap();
        }
        let kept: Vec<u64> = (0..6).filter(|origin| models.fetch(*origin).is_some()).collect();
        assert_eq!(kept, [2, 3, 4, 5]);
        assert!(folder.path().join("notes.txt").is_file());
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a file");
        fs::write(&file, "in the way").unwrap();
        let models = Models { folder: Some(file) };
        models.keep(1, b"model");
        assert_eq!(models.fetch(1), None);
        Models { folder: None }.keep(1, b"model");
    }
}
