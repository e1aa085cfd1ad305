//! `mabel sandbox` as a program: its address, its end, and scripts.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
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
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let knowledge = small_knowledge();
    let output = mabel(&["--knowledge", knowledge.to_str().unwrap(), "sandbox", "--port", &port]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("port {port} is taken")) && said.contains("--port") && said.lines().count() == 1, "{said}");
}

#[test]
fn a_folder_of_knowledge_that_is_not_there_is_told() {
    let output = mabel(&["--knowledge", "no/such/folder", "sandbox"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot read the knowledge folder no/such/folder") && said.lines().count() == 1, "{said}");
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

/// The program as it serves the page, and what it said first.
struct Serving {
    child: Child,
    line: String,
}

impl Serving {
    fn start(configure: impl FnOnce(&mut Command) -> &mut Command) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mabel"));
        command.arg("--knowledge").arg(small_knowledge()).arg("sandbox").stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = configure(&mut command).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, line }
    }

    fn address(&self) -> &str {
        self.line.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:")).unwrap()
    }

    fn port(&self) -> u16 {
        self.address().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap()
    }

    /// Presses Ctrl-C and waits for the end: the exit code.
    fn interrupted(mut self) -> Option<i32> {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        let begin = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(begin.elapsed() < Duration::from_secs(10), "it did not end");
            std::thread::sleep(Duration::from_millis(20));
        }
        self.child.wait().unwrap().code()
    }
}

#[tokio::test]
async fn it_says_where_it_is_and_a_signal_ends_it_in_order() {
    let real = [("DISCORD_TOKEN", "the token of a real bot"), ("MABEL_DISCORD__API_BASE", "http://127.0.0.1:1")];
    let serving = Serving::start(|command| command.envs(real));
    let state = || async { reqwest::get(format!("{}sandbox/state", serving.address())).await.unwrap().json::<Value>().await.unwrap() };
    // What is set for a real bot leads nowhere: this one joins the sandbox.
    while state().await["commands"].as_array().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(reqwest::get(serving.address()).await.unwrap().headers()["content-type"], "text/html; charset=utf-8");
    let port = serving.port();
    assert_eq!(serving.interrupted(), Some(0));
    // Its port is anybody's again.
    TcpListener::bind(("127.0.0.1", port)).unwrap();
}

#[test]
fn it_listens_at_its_one_loopback_address_alone() {
    let serving = Serving::start(|command| command);
    assert!(TcpStream::connect(("127.0.0.1", serving.port())).is_ok());
    // Whoever listens at every address answers at these, too.
    for other in ["127.0.0.2", "::1"] {
        assert!(TcpStream::connect((other, serving.port())).is_err(), "{other}");
    }
    assert_eq!(serving.interrupted(), Some(0));
}

#[test]
fn where_there_is_no_browser_to_open_the_page_is_served_all_the_same() {
    let nowhere = tempfile::tempdir().unwrap();
    let serving = Serving::start(|command| command.arg("--open").env("PATH", nowhere.path()));
    assert!(TcpStream::connect(("127.0.0.1", serving.port())).is_ok());
    assert_eq!(serving.interrupted(), Some(0));
}
