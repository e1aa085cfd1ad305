//! The contract of the command line: JSON, exit codes, streams.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::program::{copy, err, mabel, out};

#[test]
fn a_question_is_answered_in_plain_text_without_colour() {
    let output = mabel(&["ask", "can", "an", "MA", "give", "injections", "in", "California?"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(out(&output).starts_with("California: allowed"), "{}", out(&output));
    assert!(!out(&output).contains('\u{1b}'));
}

#[test]
fn the_object_has_every_key_of_the_contract() {
    let output = mabel(&["ask", "--json", "can an MA give injections in California?"], b"");
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    let keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "question",
            "outcome",
            "topic",
            "entry",
            "facets",
            "confidence",
            "text",
            "caveats",
            "sources",
            "stale",
            "choices",
            "related",
            "guard"
        ]
    );
    assert_eq!(object["outcome"], "answer");
    assert_eq!(object["topic"], "scope");
    assert_eq!(object["facets"]["state"], "CA");
    assert_eq!(object["stale"], false);
    assert_eq!(object["guard"], Value::Null);
    let source = object["sources"][0].as_object().unwrap();
    assert_eq!(source.keys().map(String::as_str).collect::<Vec<_>>(), ["id", "title", "url", "as_of"]);
    assert!((0.0..=1.0).contains(&object["confidence"].as_f64().unwrap()));
}

#[test]
fn several_values_of_a_facet_are_a_list() {
    let object: Value = serde_json::from_slice(&mabel(&["ask", "--json", "shots in texas or ohio?"], b"").stdout).unwrap();
    assert_eq!(object["facets"]["state"], serde_json::json!(["TX", "OH"]));
}

#[test]
fn lines_in_are_lines_out_in_order() {
    let questions = "ma pay in ohio\n\nmy chest hurts what do i do\r\n\u{1f600}\nhow do i bake bread\n";
    let output = mabel(&["ask", "--jsonl"], questions.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let text = out(&output);
    let objects: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let outcomes: Vec<&str> = objects.iter().map(|object| object["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["answer", "clarify", "safety", "clarify", "no_match"]);
    assert_eq!(objects[2]["question"], "my chest hurts what do i do");
    assert_eq!(objects[2]["guard"], "emergency");
}

#[test]
fn bytes_that_are_no_text_and_a_last_line_without_end_are_read() {
    let output = mabel(&["ask", "--jsonl"], b"\xff\xfe\0 ma pay\nma pay in ohio");
    assert_eq!(out(&output).lines().count(), 2);
}

#[test]
fn a_declined_question_says_no() {
    assert_eq!(mabel(&["ask", "how do I bake bread"], b"").status.code(), Some(1));
}

#[test]
fn a_state_can_be_taken_for_granted() {
    let output = mabel(&["ask", "--state", "texas", "can MAs give shots?"], b"");
    assert!(out(&output).starts_with("Texas"), "{}", out(&output));
    let output = mabel(&["ask", "--state", "TX", "can MAs give shots in ohio?"], b"");
    assert!(out(&output).starts_with("Ohio"), "{}", out(&output));
    let output = mabel(&["ask", "--state", "Atlantis", "can MAs give shots?"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("there is no state `Atlantis`"), "{}", err(&output));
}

#[test]
fn an_explanation_names_the_entry_its_place_and_reasons() {
    let output = mabel(&["ask", "--explain", "ma pay in ohio"], b"");
    let text = out(&output);
    for part in ["Why", "names        state = OH", "pay.by-state", "entries/pay.toml:", "knows rows by state", "sure from"] {
        assert!(text.contains(part), "lacks {part:?} in {text}");
    }
    let object: Value = serde_json::from_slice(&mabel(&["ask", "--json", "--explain", "ma pay in ohio"], b"").stdout).unwrap();
    assert_eq!(object["why"]["candidates"][0]["id"], "pay.by-state");
}

#[test]
fn bad_arguments_could_not_run() {
    for arguments in [&["ask"][..], &["nonsense"], &["ask", "--json", "--jsonl"], &[]] {
        assert_eq!(mabel(arguments, b"").status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_missing_knowledge_folder_could_not_run_and_is_named() {
    let output = mabel(&["--knowledge", "no/such/folder", "ask", "ma pay"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no/such/folder"), "{}", err(&output));
}

#[test]
fn the_carried_knowledge_answers_from_any_folder() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mabel")).args(["ask", "ma pay in ohio"]).current_dir(folder.path()).output().unwrap();
    assert!(out(&output).starts_with("Ohio"), "{}", err(&output));
}

#[test]
fn a_broken_folder_is_refused_with_every_fault() {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new("knowledge"), folder.path());
    std::fs::write(folder.path().join("entries/broken.toml"), "[[entry]]\nid = 3\n").unwrap();
    std::fs::write(folder.path().join("entries/latin.toml"), b"# caf\xe9\n").unwrap();
    let named = folder.path().to_str().unwrap();
    let output = mabel(&["--knowledge", named, "check", "--quiet"], b"");
    assert_eq!(output.status.code(), Some(1));
    for part in ["entries/broken.toml:2", "`id` must be text", "entries/latin.toml", "not UTF-8 text (line 1)", "save the file as UTF-8"] {
        assert!(out(&output).contains(part), "lacks {part:?} in {}", out(&output));
    }
    let output = mabel(&["--knowledge", named, "ask", "ma pay"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("entries/broken.toml:2"), "{}", err(&output));
}

#[test]
fn the_shipped_knowledge_passes_its_check() {
    let output = mabel(&["--knowledge", "knowledge", "check", "--quiet", "--as-of", "2026-11-21"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
}

#[test]
fn what_is_due_is_listed_for_a_day() {
    let output = mabel(&["--knowledge", "knowledge", "check", "--as-of", "2099-01-01"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(out(&output).contains("was to be looked at again by"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mabel"))
        .args(["ask", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    // The program may be gone before all of it is written; that is the point.
    let _ = child.stdin.take().unwrap().write_all("ma pay\n".repeat(50).as_bytes());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(err(&output), "");
}

#[test]
fn a_chat_answers_takes_choices_and_ends() {
    let output = mabel(&["chat"], b"how much?\n1\n:explain\n:state TX\ncan MAs give shots?\n:nonsense\n:quit\n");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    for part in ["How much of what", "$45,690", "Why", "Texas: allowed", "There is no command `:nonsense`"] {
        assert!(out(&output).contains(part), "lacks {part:?} in {}", out(&output));
    }
}
