//! What the system says of a process; nothing where it keeps no `/proc`.

use std::fs;
use std::path::PathBuf;

/// Ticks of the clock in a second, as Linux tells them to programs on every architecture: `USER_HZ`.
/// <https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html>
const TICKS: f64 = 100.0;

/// A process.
#[derive(Clone, Debug)]
pub(crate) struct Process(PathBuf);

impl Process {
    /// This one.
    pub(crate) fn own() -> Self {
        Self(PathBuf::from("/proc/self"))
    }

    /// The one of that number.
    pub(crate) fn of(number: u32) -> Self {
        Self(PathBuf::from(format!("/proc/{number}")))
    }

    /// Memory that is held in RAM.
    pub(crate) fn resident_bytes(&self) -> Option<u64> {
        let status = fs::read_to_string(self.0.join("status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kibibytes * 1024)
    }

    /// Time on the processor, in the program and in the system for it.
    pub(crate) fn cpu_seconds(&self) -> Option<f64> {
        let stat = fs::read_to_string(self.0.join("stat")).ok()?;
        // The name of the program comes second, in brackets, and may hold anything.
        let (_, after) = stat.rsplit_once(')')?;
        let fields: Vec<&str> = after.split_whitespace().collect();
        let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok());
        Some((ticks(11)? + ticks(12)?) / TICKS)
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_running_process_uses_memory_and_time() {
        for process in [Process::own(), Process::of(std::process::id())] {
            assert!(process.resident_bytes().unwrap() > 100_000);
            assert!((0.0..1e6).contains(&process.cpu_seconds().unwrap()));
        }
    }
}
