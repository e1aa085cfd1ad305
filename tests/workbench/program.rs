//! `mabel sandbox` as a program: its address, its end, and scripts.

use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::small_knowledge;

fn mabel(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mabel")).args(arguments).env("NO_COLOR", "1").output().unwrap()
}

fn play(script: &str, more: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("talk.toml");
    std::fs::write(&file, script).unwrap();
    let knowledge = small_knowledge();
    mabel(&[&["--knowledge", knowledge.to_str().unwrap(), "sandbox", "--script", file.to_str().unwrap()], more].concat())
}

#[test]
fn the_example_holds_for_the_shipped_knowledge() {
    let folder = env!("CARGO_MANIFEST_DIR");
    let output =
        mabel(&["--knowledge", &format!("{folder}/knowledge"), "sandbox", "--script", &format!("{folder}/tests/scripts/first-steps.toml")]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.starts_with("Ada in #general: @Mabel") && said.trim_end().ends_with(", 0 failed"), "{said}");
}

#[test]
fn a_port_that_is_taken_is_told_with_what_to_do() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let knowledge = small_knowledge();
    let output = mabel(&["--knowledge", knowledge.to_str().unwrap(), "sandbox", "--port", &port]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("port {port} is taken")) && said.contains("--port"), "{said}");
}

#[test]
fn what_does_not_hold_is_told_and_ends_with_one() {
    let output = play(
        r#"
[[step]]
say = "@Mabel can MAs give shots?"
expect = ["provider delegates"]

[[step]]
reply = "nonsense that nobody can answer xyzzy"
expect = ["pigs fly"]
"#,
        &[],
    );
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("FAILED, line 6: expected \"pigs fly\"") && said.contains("2 steps, 1 failed"), "{said}");
}

#[test]
fn every_act_has_its_answer_in_the_json() {
    let output = play(
        r#"
[[step]]
slash = "ask"
options = { question = "MA pay", private = true }
expect = ["$21.50"]

[[step]]
as = "ben"
in = "@ben"
say = "how much"
expect = ["How much of what?"]

[[step]]
press = "1."
expect = ["$21.50"]

[[step]]
edit = "can MAs give shots"
expect = ["provider delegates"]

[[step]]
delete = true

[[step]]
in = "general"
say = "good morning everybody"
silent = true
"#,
        &["--json"],
    );
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let transcript: Value = serde_json::from_str(&said).unwrap();
    let steps = transcript["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 6);
    assert_eq!(
        (&steps[0]["answer"]["private"], &steps[1]["place"], &steps[5]["answer"]),
        (&true.into(), &"a direct message".into(), &Value::Null)
    );
}

#[test]
fn a_script_that_cannot_be_read_ends_with_two() {
    let output = play("[[step]]\nsay = \"x\"\nsya = \"y\"\n", &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("talk.toml:3") && said.contains("sya"), "{said}");
}

#[tokio::test]
async fn it_says_where_it_is_and_a_signal_ends_it_in_order() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mabel"))
        .arg("--knowledge")
        .arg(small_knowledge())
        .arg("sandbox")
        .env("DISCORD_TOKEN", "the token of a real bot")
        .env("MABEL_DISCORD__API_BASE", "http://127.0.0.1:1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:")).unwrap().to_owned();
    let state = || async { reqwest::get(format!("{address}sandbox/state")).await.unwrap().json::<Value>().await.unwrap() };
    // What is set for a real bot leads nowhere: this one joins the sandbox.
    while state().await["commands"].as_array().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(reqwest::get(&address).await.unwrap().headers()["content-type"], "text/html; charset=utf-8");
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let begin = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(begin.elapsed() < Duration::from_secs(10), "it did not end");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
