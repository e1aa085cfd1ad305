//! What an operator sees: `/livez`, `/readyz`, `/metrics` and `mabel health`, while people ask and things break.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::{Duration, Instant};

use mabel::ops::health::Health;
use mabel::ops::listener::Listener;
use mabel::ops::reload::Standing;
use mabel::sandbox::{GatewayFault, Options, RestEffect, RestFault, Sandbox};
use mabel::store::{Limits, Steady, Store};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::running::Running;
use crate::stage::{SOON, engine, settings};
use crate::wavering::{Mood, Wavering};

/// A bot in a sandbox, and the port that tells how it is.
struct Watched {
    sandbox: Sandbox,
    process: Running,
    store: Arc<Wavering>,
    standing: watch::Sender<Standing>,
    address: SocketAddr,
}

impl Watched {
    async fn begin() -> Self {
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let store = Arc::new(Wavering::new(Mood::Works));
        let pauses = Limits::default().pauses;
        let limits = Limits { look: Duration::from_millis(50), pauses, ..Limits::default() };
        let steady = Arc::new(Steady::new(Arc::<Wavering>::clone(&store), limits));
        let over: Arc<dyn Store> = Arc::<Steady>::clone(&steady);
        let process = Running::start(settings(&sandbox, sandbox.token(), &[]), &over);
        let standing = watch::Sender::new(Standing { generation: 1, in_use: true, ..Standing::default() });
        let health = Health { pulse: Arc::clone(&process.pulse), store: Some(steady), engine: engine(), standing: standing.subscribe() };
        let listener = Listener::open((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
        let address = listener.address().unwrap();
        tokio::spawn(listener.serve(health));
        Self { sandbox, process, store, standing, address }
    }

    async fn get(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(format!("http://{}{path}", self.address)).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    async fn ready(&self) -> (u16, Value) {
        let (status, text) = self.get("/readyz").await;
        (status, serde_json::from_str(&text).unwrap())
    }

    /// Waits until she is in that state; gives the report.
    async fn is(&self, status: u16, state: &str) -> Value {
        let begin = Instant::now();
        loop {
            let (now, report) = self.ready().await;
            if now == status && report["state"] == state {
                return report;
            }
            assert!(begin.elapsed() < SOON, "not {status} {state} but {now} {report:#}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The value of a figure, such as `mabel_questions_total{outcome="answer"`: the first line that begins so.
    async fn figure(&self, begins: &str) -> Option<f64> {
        let (_, text) = self.get("/metrics").await;
        let line = text.lines().find(|line| line.starts_with(begins))?;
        line.rsplit_once(' ')?.1.parse().ok()
    }

    async fn ask(&self, text: &str) {
        let at = self.sandbox.places();
        self.sandbox.post(at.general, at.ada, &format!("<@{}> {text}", at.application)).await.unwrap();
        self.sandbox.next_message(at.general, SOON).await.unwrap();
    }
}

#[tokio::test]
async fn she_is_ready_when_she_is_connected_and_tells_what_is_not_well() {
    let watched = Watched::begin().await;
    assert_eq!(watched.get("/livez").await.0, 200);
    let report = watched.is(200, "well").await;
    assert_eq!(report["shards"]["0"]["stage"], "connected");
    assert_eq!((&report["reasons"], &report["knowledge"]["generation"]), (&json!([]), &json!(1)));

    watched.store.is(Mood::Fails);
    let report = watched.is(200, "degraded").await;
    assert!(report["reasons"][0].as_str().unwrap().contains("no space is left"), "{report:#}");
    assert_eq!(watched.figure("mabel_store_up ").await, Some(0.0));
    watched.ask("can MAs give shots").await;
    assert!(watched.figure("mabel_store_queue ").await > Some(0.0));
    watched.store.is(Mood::Works);
    watched.is(200, "well").await;

    watched.standing.send_modify(|standing| standing.in_use = false);
    let report = watched.is(200, "degraded").await;
    assert!(report["reasons"][0].as_str().unwrap().contains("mabel check"));
    watched.standing.send_modify(|standing| standing.in_use = true);
    watched.process.stopped().await;
}

#[tokio::test]
async fn a_connection_that_is_cut_shows_and_so_does_its_return() {
    let watched = Watched::begin().await;
    watched.is(200, "well").await;
    watched.sandbox.gateway_fault(&GatewayFault::Refuse(true));
    watched.sandbox.gateway_fault(&GatewayFault::Cut);
    let report = watched.is(200, "degraded").await;
    assert!(report["reasons"][0].as_str().unwrap().contains("shard 0 lost its connection"), "{report:#}");
    assert_eq!(watched.get("/livez").await.0, 200);
    assert_eq!(watched.figure("mabel_gateway_shard_stage{shard=\"0\",stage=\"connected\"}").await, Some(0.0));
    watched.sandbox.gateway_fault(&GatewayFault::Refuse(false));
    watched.process.connected(Duration::from_secs(30)).await;
    watched.is(200, "well").await;
    watched.sandbox.gateway_fault(&GatewayFault::Cut);
    let begin = Instant::now();
    while watched.figure("mabel_gateway_sessions_total{shard=\"0\",how=\"resumed\"}").await.is_none() {
        assert!(begin.elapsed() < SOON, "{}", watched.get("/metrics").await.1);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    watched.process.stopped().await;
}

#[tokio::test]
async fn what_happens_is_counted_and_timed() {
    let watched = Watched::begin().await;
    watched.is(200, "well").await;
    let (sandbox, at) = (&watched.sandbox, watched.sandbox.places());
    watched.ask("can MAs give shots").await;
    watched.ask("how do I bake bread").await;
    sandbox.fault(RestFault::next("POST", "/channels/*/messages", RestEffect::Status { status: 502, body: json!("down") }));
    watched.ask("MA pay").await;
    let used = sandbox.slash(at.ada, at.general, "pay", json!({ "state": "Ohio" })).await.unwrap();
    used.response(SOON).await.unwrap();
    // Refused with and without its embed: it reaches nobody.
    sandbox.change_user(at.ben, |user| user.accepts_direct_messages = false);
    sandbox.post(at.ben_direct, at.ben, "MA pay").await.unwrap();
    sandbox.request(SOON, |request| request.status == 403).await.unwrap();
    let begin = Instant::now();
    while watched.figure("mabel_answers_lost_total").await != Some(1.0) {
        assert!(begin.elapsed() < SOON);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    for (figure, wanted) in [
        ("mabel_questions_total{outcome=\"answer\",topic=\"scope\",asked=\"words\"}", 1.0),
        ("mabel_questions_total{outcome=\"answer\",topic=\"pay\",asked=\"words\"}", 2.0),
        ("mabel_questions_total{outcome=\"answer\",topic=\"pay\",asked=\"picked\"}", 1.0),
        ("mabel_questions_total{outcome=\"no_match\",topic=\"none\",asked=\"words\"}", 1.0),
        ("mabel_entry_uses_total{entry=\"pay.national\"}", 2.0),
        ("mabel_entry_uses_total{entry=\"pay.by-state\"}", 1.0),
        ("mabel_answer_seconds_count{request=\"message\"}", 3.0),
        ("mabel_answer_seconds_count{request=\"response\"}", 1.0),
        ("mabel_discord_requests_total{request=\"message\",status=\"502\"}", 1.0),
        ("mabel_discord_requests_total{request=\"message\",status=\"200\"}", 3.0),
        ("mabel_gateway_sessions_total{shard=\"0\",how=\"identified\"}", 1.0),
        ("mabel_events_working ", 0.0),
        ("mabel_ready ", 1.0),
        ("mabel_knowledge_current ", 1.0),
    ] {
        assert_eq!(watched.figure(figure).await, Some(wanted), "{figure}\n{}", watched.get("/metrics").await.1);
    }
    let (_, text) = watched.get("/metrics").await;
    assert!(text.ends_with("# EOF\n") && watched.figure("process_resident_memory_bytes ").await > Some(1e6));
    let ids = [at.ada, at.ben, at.general, at.guild, at.application].map(|id| id.to_string());
    for told in ids.iter().map(String::as_str).chain(["shots", "bread", "Ohio", "OH\""]) {
        assert!(!text.contains(told), "{told:?} is among the figures:\n{text}");
    }
    watched.process.stopped().await;
}

#[tokio::test]
async fn every_figure_is_explained_to_operators() {
    let watched = Watched::begin().await;
    watched.is(200, "well").await;
    watched.ask("MA pay").await;
    let (_, text) = watched.get("/metrics").await;
    let guide = include_str!("../../docs/operating.md");
    let units = |name: &str| name.strip_suffix("_info").unwrap_or(name).to_owned();
    let names: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' ')).collect();
    assert!(names.len() > 25, "{text}");
    for (name, kind) in names {
        let shown = if kind == "counter" { format!("{name}_total") } else { name.to_owned() };
        assert!(
            guide.contains(&format!("`{shown}")) || guide.contains(&format!("`{}", units(&shown))),
            "{shown} is not in docs/operating.md"
        );
    }
    watched.process.stopped().await;
}

#[tokio::test]
async fn dashboard_and_alerts_speak_of_figures_that_there_are() {
    let watched = Watched::begin().await;
    watched.is(200, "well").await;
    watched.ask("MA pay").await;
    let (_, text) = watched.get("/metrics").await;
    let known: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    for (file, content) in [("grafana.json", include_str!("../../ops/grafana.json")), ("alerts.yml", include_str!("../../ops/alerts.yml"))]
    {
        let words = content.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        let named: Vec<_> = words.filter(|word| word.starts_with("mabel_") || word.starts_with("process_")).collect();
        assert!(named.len() > 10, "{file}");
        for name in named {
            let bare = ["_total", "_bucket"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
            let bare = bare.strip_suffix("_info").unwrap_or(bare);
            assert!(known.contains(&bare), "{file} speaks of {name}");
        }
    }
    watched.process.stopped().await;
}

/// `mabel health`, asking at that address.
async fn asked_how_she_is(listen: String, arguments: &'static [&'static str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mabel"));
    command.arg("health").args(arguments).env_clear().env("MABEL_OPS__LISTEN", listen);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

#[tokio::test]
async fn the_program_asks_for_containers_that_hold_nothing_else() {
    let watched = Watched::begin().await;
    watched.is(200, "well").await;
    let output = asked_how_she_is(watched.address.to_string(), &[]).await;
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), b"well\n".as_slice()));
    let output = asked_how_she_is(watched.address.to_string(), &["--json"]).await;
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap()["state"], "well");
    let address = watched.address.to_string();
    watched.process.stopped().await;
    let output = asked_how_she_is(address, &[]).await;
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.code() == Some(1) && said.starts_with("not_ready\n  she is being stopped"), "{said}");
    let output = asked_how_she_is("127.0.0.1:1".to_owned(), &[]).await;
    assert!(output.status.code() == Some(1) && output.stdout.starts_with(b"no answer at 127.0.0.1:1"), "{output:?}");
    let output = asked_how_she_is(String::new(), &[]).await;
    assert!(output.status.code() == Some(2) && String::from_utf8_lossy(&output.stderr).contains("`ops.listen` is not set"), "{output:?}");
}
