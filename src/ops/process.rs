//! What the system says of this process; nothing where it keeps no `/proc`.

use std::fs;

/// Ticks of the clock in a second, as Linux tells them to programs on every architecture: `USER_HZ`.
/// <https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html>
const TICKS: f64 = 100.0;

/// Memory that is held in RAM.
pub(super) fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// Time on the processor, in the program and in the system for it.
pub(super) fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program comes second, in brackets, and may hold anything.
    let (_, after) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok());
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_running_process_uses_memory_and_time() {
        assert!(resident_bytes().unwrap() > 100_000);
        assert!((0.0..1e6).contains(&cpu_seconds().unwrap()));
    }
}
