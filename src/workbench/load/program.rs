//! The bot that is measured: a process of its own, so that its time and memory are its own.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};

use super::LoadError;
use crate::ops::process::Process;
use crate::sandbox::Remote;

/// A bot's program.
#[derive(Clone, Debug)]
pub struct Program {
    /// What it is called in reports.
    pub name: String,
    /// The program.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// A bot that runs in an empty folder of its own; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Running {
    name: String,
    child: Child,
    folder: PathBuf,
    pub(super) process: Process,
}

impl Running {
    /// Starts a program as a bot in that sandbox. It is told address and token as Mabel is; of what this process was told about a real
    /// Discord it learns nothing, and no limit holds it back.
    pub(super) fn start(program: &Program, remote: &Remote) -> Result<Self, LoadError> {
        let failed = |source| LoadError::NotStarted { program: program.path.clone(), source };
        let folder = std::env::temp_dir().join(format!("mabel-load-{}-{}", std::process::id(), program.name));
        fs::create_dir_all(&folder).map_err(failed)?;
        let mut command = Command::new(&program.path);
        command.args(&program.arguments).current_dir(&folder).stdin(Stdio::null()).stdout(Stdio::null());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("MABEL_")) {
            command.env_remove(name);
        }
        for limit in ["PER_USER", "PER_CHANNEL", "PER_GUILD", "REPEAT_SECONDS"] {
            command.env(format!("MABEL_LIMITS__{limit}"), "0");
        }
        command.env("MABEL_LOG__LEVEL", "error").env("MABEL_DISCORD__API_BASE", remote.base_url()).env("DISCORD_TOKEN", remote.token());
        let child = command.spawn().map_err(failed)?;
        let process = Process::of(child.id());
        Ok(Self { name: program.name.clone(), child, folder, process })
    }

    /// That it still runs.
    pub(super) fn check(&mut self) -> Result<(), LoadError> {
        let ended = |status: ExitStatus| LoadError::Ended { name: self.name.clone(), status };
        match self.child.try_wait() {
            Ok(Some(status)) => Err(ended(status)),
            // A system that cannot say leaves it to the missing answers.
            Ok(None) | Err(_) => Ok(()),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; of what it kept nothing is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
