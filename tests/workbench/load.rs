//! `mabel sandbox load`: a bot in a process of its own is asked in every way, and what comes of it is counted.

use std::process::{Command, Output};

use serde_json::Value;

use crate::support::small_knowledge;

fn load(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mabel"));
    command.arg("--knowledge").arg(small_knowledge()).args(["sandbox", "load", "--at-once", "4", "--warm-up", "20"]).args(arguments);
    // What is set for a real bot leads nowhere.
    command.env("DISCORD_TOKEN", "the token of a real bot").env("MABEL_DISCORD__API_BASE", "http://127.0.0.1:1").output().unwrap()
}

#[test]
fn every_question_is_answered_once_whichever_way_it_is_asked() {
    let output = load(&["--count", "60", "--guilds", "40", "--mix", "slash=2,mention=2,edit=1,button=1", "--json"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_str(&said).unwrap();
    let round = &report["rounds"][0];
    assert_eq!([&round["asked"], &round["answered"], &round["lost"], &round["doubled"]], [60, 60, 0, 0]);
    assert_eq!(round["refused"], serde_json::json!({}));
    for way in ["slash", "mention", "edit", "button"] {
        assert!(round["by_way"][way]["p99"].as_f64().is_some_and(|time| time > 0.0), "{way}: {round}");
    }
    if cfg!(target_os = "linux") {
        assert!(round["cpu_microseconds"].is_f64() && round["memory"]["tenths"].as_array().is_some_and(|tenths| tenths.len() == 10));
    }
}

#[test]
fn a_program_that_is_no_bot_is_told() {
    let output = load(&["--count", "1", "--bot", "/bin/false"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("bot ended while it was measured (exit status: 1)"), "{said}");
}
