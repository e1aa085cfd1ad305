//! A workbench with the tests' small knowledge or another one, and a way to ask it. The browser's tests stand on it too.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::{Date, date};
use mabel::discord::CurrentEngine;
use mabel::engine::Engine;
use mabel::knowledge::{files, load};
use mabel::workbench::{Setup, Workbench};
use serde_json::Value;

/// Nothing takes longer, even on a slow machine with much else to do.
pub const SOON: Duration = Duration::from_secs(90);

pub fn today() -> Date {
    date(2026, 11, 21)
}

pub fn small_knowledge() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/discord/knowledge")
}

/// A workbench whose bot is connected.
pub struct Bench {
    pub workbench: Workbench,
    pub base: String,
    pub web: reqwest::Client,
}

impl Bench {
    pub async fn start() -> Self {
        Self::start_in(small_knowledge()).await
    }

    /// With the knowledge of that folder.
    pub async fn start_in(folder: PathBuf) -> Self {
        let (files, _) = files::in_folder(&folder).unwrap();
        let engine = CurrentEngine::new(Engine::new(load::load(&files).unwrap().0).unwrap());
        let workbench = Workbench::start(Setup { port: 0, engine, folder: Some(folder), today }).await.unwrap();
        workbench.remote().connected(SOON).await.unwrap();
        Self { base: workbench.remote().base_url(), web: reqwest::Client::new(), workbench }
    }

    pub async fn get(&self, path: &str) -> reqwest::Response {
        self.web.get(format!("{}{path}", self.base)).send().await.unwrap()
    }

    pub async fn look(&self, path: &str) -> Value {
        self.get(path).await.json().await.unwrap()
    }

    pub async fn ask(&self, path: &str, body: &Value) -> Value {
        self.web.post(format!("{}/sandbox/{path}", self.base)).json(body).send().await.unwrap().json().await.unwrap()
    }
}

/// A copy of a folder of knowledge that a test may change.
pub fn copy_of(from: &Path) -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for item in std::fs::read_dir(from).unwrap() {
            let path = item.unwrap().path();
            let to = to.join(path.file_name().unwrap());
            if path.is_dir() { copy(&path, &to) } else { std::fs::write(&to, std::fs::read(&path).unwrap()).unwrap() }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    copy(from, folder.path());
    folder
}

/// Puts `new` in the place of the first `old` of a file.
pub fn change(folder: &Path, file: &str, old: &str, new: &str) {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(old), "{file} has no {old}");
    std::fs::write(path, text.replacen(old, new, 1)).unwrap();
}
