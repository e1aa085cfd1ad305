//! The program itself as a process of its own: started, signalled, waited for.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The small knowledge of these tests.
pub const KNOWLEDGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/discord/knowledge");

/// A process whose log is read as it is written. It is killed when it is dropped.
pub struct Program {
    child: Child,
    log: Option<JoinHandle<String>>,
}

impl Program {
    /// Starts it.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut log = Vec::new();
            stderr.read_to_end(&mut log).unwrap();
            String::from_utf8_lossy(&log).into_owned()
        });
        Self { child, log: Some(log) }
    }

    /// Sends a signal, such as `TERM`.
    pub fn signal(&self, name: &str) {
        Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
    }

    /// Waits for the end; gives the exit code, none after a signal, and the log. What takes longer is killed and leaves its log.
    pub async fn ended_within(mut self, limit: Duration) -> Result<(Option<i32>, String), String> {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Ok((status.code(), self.log()));
            }
            if begin.elapsed() > limit {
                self.child.kill().unwrap();
                return Err(self.log());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn log(&mut self) -> String {
        self.log.take().map(|log| log.join().unwrap()).unwrap_or_default()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended long ago.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
