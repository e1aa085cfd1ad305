//! Keeping what answers the same as the files: read, check, swap.
//!
//! The folder is read every `PAUSE` and compared by content: that works on every file system, in containers and with every editor's
//! way of saving, and a megabyte read twice a second is nothing to what one answer a second costs. Files count once two readings in a
//! row are the same, so that nobody's half-saved work is taken. What does not load, or breaks a rule that is an error, is not taken at
//! all: the last good knowledge goes on answering, and [`Standing`] says what is wrong, where, and how to mend it.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::civil::Date;
use tokio::sync::watch;
use tokio::task::JoinError;

use crate::check::{Examined, Subject, check, check_carried, examine};
use crate::discord::CurrentEngine;
use crate::engine::Engine;
use crate::knowledge::files::{self, File};
use crate::knowledge::{Fault, Faults, Place, Severity, load};

/// Between two looks at the folder.
const PAUSE: Duration = Duration::from_millis(500);

/// How the knowledge in use stands to the files.
#[derive(Clone, Debug)]
pub struct Standing {
    /// How often knowledge was put in use; 1 is what was there at the start.
    pub generation: u64,
    /// When it was put in use.
    pub loaded_at: SystemTime,
    /// Whether the files as they are now are what answers.
    pub in_use: bool,
    /// What is wrong with the files as they are now.
    pub faults: Vec<Fault>,
    /// Whether the rules were run over them; until then `faults` says nothing.
    pub checked: bool,
}

impl Default for Standing {
    fn default() -> Self {
        Self { generation: 0, loaded_at: SystemTime::now(), in_use: false, faults: Vec::new(), checked: false }
    }
}

impl Standing {
    /// The faults that keep the files from being used, or would.
    pub fn errors(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(|fault| fault.severity == Severity::Error)
    }
}

/// Keeps an engine up to date.
#[derive(Debug)]
pub struct Reload {
    folder: Option<PathBuf>,
    engine: CurrentEngine,
    today: fn() -> Date,
    standing: watch::Sender<Standing>,
}

/// The files of a folder and the faults of those that could not be read, or why the folder could not.
type Reading = Result<(Vec<File>, Vec<Fault>), String>;

impl Reload {
    /// For an engine of that folder's knowledge; of the knowledge carried in the program where there is none.
    #[must_use]
    pub fn new(folder: Option<PathBuf>, engine: CurrentEngine, today: fn() -> Date) -> Self {
        let standing = Standing { generation: 1, in_use: true, ..Standing::default() };
        Self { folder, engine, today, standing: watch::Sender::new(standing) }
    }

    /// Tells how the knowledge stands, now and after each change.
    #[must_use]
    pub fn standing(&self) -> watch::Receiver<Standing> {
        self.standing.subscribe()
    }

    /// Checks what is in use, then follows the folder for ever.
    pub async fn run(self) {
        let Some(folder) = self.folder.clone() else {
            let carried = |engine: &Engine, today| check_carried(&Subject { engine, today });
            return self.checked(self.look_over(carried).await);
        };
        let mut known = read(&folder).await;
        self.checked(match known.clone() {
            Ok((files, mut faults)) => {
                self.look_over(move |engine, today| {
                    faults.extend(load::load(&files).map_or_else(|Faults(found)| found, |(_, found)| found));
                    faults.extend(check(&Subject { engine, today }));
                    faults
                })
                .await
            }
            Err(error) => Some(vec![no_folder(&error)]),
        });
        let mut last = known.clone();
        loop {
            tokio::time::sleep(PAUSE).await;
            let now = read(&folder).await;
            if now != known && now == last {
                self.take(&now).await;
                known.clone_from(&now);
            }
            last = now;
        }
    }

    fn checked(&self, faults: Option<Vec<Fault>>) {
        let Some(faults) = faults else { return };
        self.standing.send_modify(|standing| {
            standing.faults = faults;
            standing.checked = true;
        });
    }

    /// What is wrong with what is in use. Rules are run over the engine that answers: making a second one of them would take seconds and as
    /// much memory again.
    async fn look_over(&self, find: impl FnOnce(&Engine, Date) -> Vec<Fault> + Send + 'static) -> Option<Vec<Fault>> {
        let (engine, today) = (self.engine.get(), (self.today)());
        told(tokio::task::spawn_blocking(move || find(&engine, today)).await)
    }

    /// None where the files could not be examined at all; that is logged.
    async fn examine(&self, reading: &Reading) -> Option<Examined> {
        let (files, unread) = match reading {
            Ok(reading) => reading.clone(),
            Err(error) => return Some(Examined { engine: None, faults: vec![no_folder(error)] }),
        };
        let today = (self.today)();
        told(tokio::task::spawn_blocking(move || examine(&files, unread, today)).await)
    }

    /// Puts those files in use if they can be used.
    async fn take(&self, reading: &Reading) {
        let Some(Examined { engine, faults }) = self.examine(reading).await else { return };
        let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
        let engine = engine.filter(|_| errors == 0);
        let in_use = engine.is_some();
        if let Some(engine) = engine {
            self.engine.replace(engine);
            tracing::info!(warnings = faults.len(), "the knowledge was reloaded");
        } else {
            for fault in faults.iter().filter(|fault| fault.severity == Severity::Error) {
                tracing::error!("{fault}");
            }
            self.engine.refuse(errors);
            tracing::error!(errors, "the knowledge was not reloaded; the last good one goes on answering");
        }
        self.standing.send_modify(|standing| {
            if in_use {
                standing.generation += 1;
                standing.loaded_at = SystemTime::now();
            }
            (standing.in_use, standing.faults, standing.checked) = (in_use, faults, true);
        });
    }
}

async fn read(folder: &Path) -> Reading {
    let folder = folder.to_owned();
    let reading = tokio::task::spawn_blocking(move || files::in_folder(&folder).map_err(|error| error.to_string()));
    reading.await.unwrap_or_else(|error| Err(error.to_string()))
}

fn no_folder(error: &str) -> Fault {
    Fault::error(Place::default(), format!("the folder cannot be read: {error}"), "put it back, or start again with another one")
}

fn told<T>(examined: Result<T, JoinError>) -> Option<T> {
    examined.inspect_err(|error| tracing::error!(%error, "the knowledge could not be examined")).ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const SOON: Duration = Duration::from_secs(60);

    /// A copy of the tests' small knowledge, an engine of it, and what follows it.
    struct Followed {
        folder: tempfile::TempDir,
        engine: CurrentEngine,
        standing: watch::Receiver<Standing>,
    }

    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for item in fs::read_dir(from).unwrap() {
            let path = item.unwrap().path();
            let to = to.join(path.file_name().unwrap());
            if path.is_dir() { copy(&path, &to) } else { fs::write(&to, fs::read(&path).unwrap()).unwrap() }
        }
    }

    impl Followed {
        async fn begin() -> Self {
            let folder = tempfile::tempdir().unwrap();
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/discord/knowledge"), folder.path());
            let (files, _) = files::in_folder(folder.path()).unwrap();
            let engine = CurrentEngine::new(Engine::new(load::load(&files).unwrap().0).unwrap());
            let reload = Reload::new(Some(folder.path().to_owned()), engine.clone(), || jiff::civil::date(2026, 11, 21));
            let standing = reload.standing();
            tokio::spawn(reload.run());
            let mut followed = Self { folder, engine, standing };
            followed.when(|standing| standing.checked).await;
            followed
        }

        async fn when(&mut self, wanted: impl FnMut(&Standing) -> bool) -> Standing {
            tokio::time::timeout(SOON, self.standing.wait_for(wanted)).await.unwrap().unwrap().clone()
        }

        fn change(&self, file: &str, old: &str, new: &str) {
            let path = self.folder.path().join(file);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(old), "{file} has no {old}");
            fs::write(path, text.replacen(old, new, 1)).unwrap();
        }

        fn decline(&self) -> String {
            self.engine.get().knowledge().texts.decline.to_string()
        }
    }

    #[tokio::test]
    async fn a_saved_file_is_put_in_use() {
        let mut followed = Followed::begin().await;
        followed.change("knowledge.toml", "decline = \"", "decline = \"Sorry: ");
        let standing = followed.when(|standing| standing.generation == 2).await;
        assert!(standing.in_use && standing.errors().next().is_none());
        assert!(followed.decline().starts_with("Sorry: "));
    }

    #[tokio::test]
    async fn a_fault_is_told_with_its_place_and_the_last_good_knowledge_stays() {
        let mut followed = Followed::begin().await;
        let before = followed.decline();
        followed.change("knowledge.toml", "decline = \"", "decilne = \"");
        let standing = followed.when(|standing| !standing.in_use).await;
        let fault = standing.errors().next().unwrap();
        assert_eq!((fault.place.file.as_str(), standing.generation), ("knowledge.toml", 1));
        assert!(fault.place.line > 0 && !fault.mend.is_empty(), "{fault}");
        assert_eq!(followed.decline(), before);
        assert_eq!(followed.engine.refused().map(|refused| (refused.number, refused.errors > 0)), Some((1, true)));
        followed.change("knowledge.toml", "decilne = \"", "decline = \"");
        assert_eq!(followed.when(|standing| standing.in_use).await.generation, 2);
        assert_eq!(followed.engine.refused(), None);
    }

    #[tokio::test]
    async fn of_what_the_program_carries_only_what_time_did_is_told() {
        let (files, _) = files::in_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/discord/knowledge")).unwrap();
        let engine = CurrentEngine::new(Engine::new(load::load(&files).unwrap().0).unwrap());
        let told_on = async |today| {
            let reload = Reload::new(None, engine.clone(), today);
            let standing = reload.standing();
            reload.run().await;
            let standing = standing.borrow();
            assert!(standing.checked && standing.in_use);
            standing.faults.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(told_on(|| jiff::civil::date(2026, 11, 21)).await, Vec::<String>::new());
        let due = told_on(|| jiff::civil::date(2126, 11, 21)).await;
        assert!(!due.is_empty() && due.iter().all(|fault| fault.contains("[due]")), "{due:?}");
    }

    #[tokio::test]
    async fn a_folder_that_went_away_does_no_harm() {
        let mut followed = Followed::begin().await;
        let moved = followed.folder.path().with_extension("moved");
        fs::rename(followed.folder.path(), &moved).unwrap();
        let standing = followed.when(|standing| !standing.in_use).await;
        assert!(standing.errors().next().unwrap().what.contains("cannot be read"));
        fs::rename(&moved, followed.folder.path()).unwrap();
        followed.when(|standing| standing.in_use).await;
    }
}
