//! The program itself: signals, exit codes, and what its log must never hold.

use std::net::Ipv4Addr;
use std::process::Command;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use mabel::sandbox::{Options, RestEffect, RestFault, Sandbox};
use serde_json::json;
use tokio::net::TcpListener;

use crate::program::{KNOWLEDGE, Program};
use crate::stage::{A_WHILE, SOON};

/// `mabel run` against that sandbox, with those variables and no others.
fn mabel_run(sandbox: &Sandbox, variables: &[(&str, &str)]) -> Program {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mabel"));
    command.args(["--knowledge", KNOWLEDGE, "run"]).env_clear();
    command.env("DISCORD_TOKEN", sandbox.token()).env("MABEL_DISCORD__API_BASE", sandbox.base_url());
    command.env("MABEL_DATABASE__URL", "memory:").envs(variables.iter().copied());
    Program::start(command)
}

/// Waits for the end of the program; gives its exit code and its log.
async fn ended(program: Program, limit: Duration) -> (Option<i32>, String) {
    program.ended_within(limit).await.unwrap_or_else(|log| panic!("the program did not end:\n{log}"))
}

#[tokio::test]
async fn a_signal_ends_it_in_order_and_the_log_tells_nothing_of_anybody() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let at = sandbox.places();
    let child = mabel_run(&sandbox, &[("MABEL_LOG__LEVEL", "trace"), ("MABEL_LOG__FORMAT", "json")]);
    sandbox.connected(SOON).await.unwrap();
    let mention = format!("<@{}>", at.application);
    let question = sandbox.post(at.general, at.ada, &format!("{mention} can MAs give shots")).await.unwrap();
    sandbox.next_message(at.general, SOON).await.unwrap();
    let asked = sandbox.slash(at.ada, at.general, "ask", json!({ "question": "may an MA do IM injections" })).await.unwrap();
    asked.response(SOON).await.unwrap();
    child.signal("TERM");
    let (code, log) = ended(child, Duration::from_secs(6)).await;
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("starting"), "there is no log: {log}");
    let (ada, question, token) = (at.ada.to_string(), question.id.to_string(), asked.token());
    for secret in ["shots", "injections", "Often", "Ada", &ada, &question, &token, sandbox.token()] {
        assert!(!log.contains(secret), "{secret:?} is in the log:\n{log}");
    }
}

/// Everything people do, at the level that says most, over a database that is not there: its address holds a password.
#[tokio::test]
async fn a_whole_conversation_leaves_nothing_of_anybody_in_the_log() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let at = sandbox.places();
    let database = "postgres://mabel:hunter2@127.0.0.1:9/secretname";
    let child = mabel_run(&sandbox, &[("MABEL_LOG__LEVEL", "trace"), ("MABEL_DATABASE__URL", database)]);
    sandbox.connected(SOON).await.unwrap();
    let mention = format!("<@{}>", at.application);
    let question = sandbox.post(at.general, at.ada, &format!("{mention} can MAs give shots")).await.unwrap();
    let answer = sandbox.next_message(at.general, SOON).await.unwrap();
    sandbox.edit(at.ada, question.id, &format!("{mention} what is MA pay zebra")).await.unwrap();
    sandbox.wait_until(SOON, |world| world.message(answer.id).is_some_and(|now| now.content != answer.content)).await.unwrap();
    let gap = sandbox
        .slash(at.ben, at.general, "ask", json!({ "question": "does Maria Okonkwo park her giraffe at 12 Oak Street" }))
        .await
        .unwrap();
    gap.response(SOON).await.unwrap();
    let unanswered = sandbox.slash(at.ben, at.general, "ask", json!({ "question": "which umbrella fits a giraffe" })).await.unwrap();
    unanswered.response(SOON).await.unwrap();
    let answered = sandbox.world(|world| world.message(answer.id).cloned()).unwrap();
    for control in answered.controls().iter().filter_map(|control| control["custom_id"].as_str()).take(3) {
        if let Ok(pressed) = sandbox.press(at.ada, answered.id, control).await {
            pressed.response(SOON).await.unwrap();
        }
    }
    sandbox.remove_bot(at.guild);
    tokio::time::sleep(A_WHILE).await;
    child.signal("TERM");
    let (code, log) = ended(child, Duration::from_secs(12)).await;
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("the database cannot be reached just now"), "{log}");
    let ids = [at.ada, at.ben, question.id, answer.id].map(|id| id.to_string());
    let texts = ["shots", "zebra", "giraffe", "umbrella", "Okonkwo", "Oak", "Ada", "Ben", "hunter2", "secretname", sandbox.token()];
    for secret in texts.into_iter().chain(ids.iter().map(String::as_str)) {
        assert!(!log.contains(secret), "{secret:?} is in the log:\n{log}");
    }
}

/// What those do who look after a server and after the knowledge: texts of theirs, and a file.
#[tokio::test]
async fn what_curators_write_is_not_in_the_log_either() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let at = sandbox.places();
    let guild = at.guild.to_string();
    let child = mabel_run(&sandbox, &[("MABEL_LOG__LEVEL", "trace"), ("MABEL_OPERATOR__GUILDS", &guild)]);
    sandbox.connected(SOON).await.unwrap();
    sandbox.request(SOON, |request| request.method == "POST" && request.route.ends_with("/guilds/{guild_id}/commands")).await.unwrap();
    let add = sandbox.slash(at.moderator, at.general, "own", json!({ "add": {} })).await.unwrap();
    add.response(SOON).await.unwrap();
    let fields = json!({ "question": "Where does Zebedee park?", "wordings": "zebedee garage", "answer": "Below the quince tree." });
    sandbox.submit_modal(&add, fields).await.unwrap().response(SOON).await.unwrap();
    let text = b"curator_role = \"424242424242\"\n[[own]]\nquestion = \"Who holds the heirloom key?\"\nanswer = \"Ask Wilhelmina.\"\n";
    for bytes in [&text[..], b"locale = \"marzipan\"\n"] {
        let file = sandbox.upload("tangerine.toml", Some("application/toml"), bytes.to_vec()).unwrap();
        let import = json!({ "import": { "file": file.to_string() } });
        sandbox.slash(at.moderator, at.general, "settings", import).await.unwrap().response(SOON).await.unwrap();
    }
    for (command, options) in
        [("ask", json!({ "question": "zebedee garage" })), ("ask", json!({ "question": "which umbrella fits a giraffe" }))]
    {
        sandbox.slash(at.ben, at.general, command, options).await.unwrap().response(SOON).await.unwrap();
    }
    let gaps = sandbox.slash(at.moderator, at.general, "gaps", json!({})).await.unwrap();
    assert!(gaps.response(SOON).await.unwrap().text().contains("giraffe"));
    child.signal("TERM");
    let (code, log) = ended(child, SOON).await;
    assert_eq!(code, Some(0), "{log}");
    let texts = ["edee", "quince", "heirloom", "Wilhelmina", "marzipan", "tangerine", "giraffe", "umbrella", "Maud", "424242424242"];
    let (moderator, ben, token) = (at.moderator.to_string(), at.ben.to_string(), gaps.token());
    for secret in texts.into_iter().chain([moderator.as_str(), &ben, &token, sandbox.token()]) {
        assert!(!log.contains(secret), "{secret:?} is in the log:\n{log}");
    }
}

#[tokio::test]
async fn what_cannot_run_says_so_in_one_line_and_ends_with_2() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    for (variables, wanted) in [
        ([("DISCORD_TOKEN", "")], "no token"),
        ([("DISCORD_TOKEN", "wrong")], "refused the token"),
        ([("MABEL_DISCORD__STATSU", "x")], "did you mean `discord.status`?"),
    ] {
        let variables = [variables.as_slice(), &[("MABEL_LOG__LEVEL", "error")]].concat();
        let (code, log) = ended(mabel_run(&sandbox, &variables), SOON).await;
        assert_eq!(code, Some(2), "{log}");
        assert!(log.contains(wanted), "{log}");
    }
}

/// Answers every request with that, as a web server does that is no rate-limit proxy.
async fn web_server(status: StatusCode, body: &'static str) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let answer = move || async move { (status, body) };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    base
}

#[tokio::test]
async fn what_is_set_up_wrongly_says_what_to_mend_and_ends_with_2() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let page = web_server(StatusCode::OK, "<html>It works!</html>").await;
    let empty = web_server(StatusCode::OK, "{}").await;
    let missing = web_server(StatusCode::NOT_FOUND, "<html>Not Found</html>").await;
    let moved = web_server(StatusCode::FOUND, "").await;
    let (no_proxy, base) = ("is not Discord's interface nor a rate-limit proxy of it: check `discord.api_base`", "MABEL_DISCORD__API_BASE");
    let (total, ids) = ("MABEL_DISCORD__SHARDS__TOTAL", "MABEL_DISCORD__SHARDS__IDS");
    for (variables, wanted) in [
        (vec![("MABEL_OPS__LISTEN", taken.as_str())], "`ops.listen`: 127.0.0.1:"),
        (vec![("MABEL_OPS__LISTEN", "192.0.2.1:9090")], "name a free port of this computer"),
        (vec![(base, page.as_str())], no_proxy),
        (vec![(base, empty.as_str())], no_proxy),
        (vec![(base, missing.as_str())], no_proxy),
        (vec![(base, moved.as_str())], no_proxy),
        (vec![(total, "4"), (ids, "4")], "names shard 4, but there are 4"),
        (vec![(total, "0")], "write how many there are over all processes"),
        (vec![(ids, "0")], "say with `discord.shards.total` how many"),
    ] {
        let variables = [variables.as_slice(), &[("MABEL_LOG__LEVEL", "error")]].concat();
        let (code, log) = ended(mabel_run(&sandbox, &variables), SOON).await;
        assert_eq!(code, Some(2), "{log}");
        assert!(log.contains(wanted) && log.trim_end().lines().count() <= 3, "{log}");
    }
    assert_eq!(sandbox.identifies(), 0);
}

#[tokio::test]
async fn registering_says_what_it_did() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let guild = sandbox.places().guild.to_string();
    for (arguments, wanted) in
        [(vec![], "12 commands registered."), (vec![], "nothing was changed"), (vec!["--guild", guild.as_str()], "12 commands registered.")]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mabel"));
        command.args(["--knowledge", KNOWLEDGE, "register"]).args(arguments).env_clear();
        command.env("DISCORD_TOKEN", sandbox.token()).env("MABEL_DISCORD__API_BASE", sandbox.base_url());
        command.env("MABEL_DATABASE__URL", "memory:");
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        assert!(output.status.success() && String::from_utf8_lossy(&output.stdout).contains(wanted), "{output:?}");
    }
}

#[tokio::test]
async fn a_refused_shard_ends_the_program_after_one_identify() {
    let sandbox = Sandbox::start(Options { shards: 2, ..Options::default() }).await.unwrap();
    // Discord names one shard and then wants more: only then does serenity ask for too few.
    let limit = json!({ "total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1 });
    let body = json!({ "url": sandbox.gateway_url(), "shards": 1, "session_start_limit": limit });
    sandbox.fault(RestFault::next("GET", "/gateway/bot", RestEffect::Status { status: 200, body }));
    let (code, log) = ended(mabel_run(&sandbox, &[]), Duration::from_secs(25)).await;
    assert_eq!(code, Some(1), "{log}");
    assert!(log.contains("4011"), "{log}");
    assert_eq!(sandbox.connections_opened(), 1, "it identified again");
}
