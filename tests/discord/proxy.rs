//! A stand-in for the rate-limit proxies: requests of all processes go through one place, which keeps Discord's limits for them.
//!
//! As twilight-http-proxy and nirn-proxy do, it sends the requests of a bucket one after another, reads the headers of each answer, and
//! holds the next back until the bucket is full again.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use mabel::sandbox::{Options, RestEffect, RestFault, Sandbox};
use mabel::store::{Memory, Store};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::running::Running;
use crate::stage::{settings, until};

/// When the next request of a bucket may go out; held while one is under way.
type Bucket = Arc<tokio::sync::Mutex<Instant>>;

struct Proxy {
    discord: String,
    web: reqwest::Client,
    buckets: Mutex<HashMap<String, Bucket>>,
    held_back: Mutex<u32>,
}

impl Proxy {
    /// Opens a proxy of that Discord; gives it with its address.
    async fn open(discord: String) -> (Arc<Self>, String) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let proxy = Arc::new(Self { discord, web: reqwest::Client::new(), buckets: Mutex::default(), held_back: Mutex::new(0) });
        let router = Router::new().fallback(pass).with_state(Arc::clone(&proxy));
        tokio::spawn(async move { axum::serve(listener, router).await });
        (proxy, base)
    }

    fn bucket(&self, key: String) -> Bucket {
        Arc::clone(self.buckets.lock().unwrap().entry(key).or_insert_with(|| Arc::new(tokio::sync::Mutex::new(Instant::now()))))
    }
}

/// Passes a request on when it may.
async fn pass(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let bucket = proxy.bucket(format!("{} {}", parts.method, parts.uri.path()));
    let mut next = bucket.lock().await;
    if *next > Instant::now() {
        *proxy.held_back.lock().unwrap() += 1;
        tokio::time::sleep_until(*next).await;
    }
    let mut headers = HeaderMap::new();
    for name in [header::AUTHORIZATION, header::CONTENT_TYPE, header::USER_AGENT] {
        if let Some(value) = parts.headers.get(&name) {
            headers.insert(name, value.clone());
        }
    }
    let address = format!("{}{}", proxy.discord, parts.uri.path_and_query().unwrap());
    let answer = proxy.web.request(parts.method, address).headers(headers).body(body).send().await.unwrap();
    let number = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()?.parse::<f64>().ok());
    if number("x-ratelimit-remaining") == Some(0.0) {
        *next = Instant::now() + Duration::from_secs_f64(number("x-ratelimit-reset-after").unwrap_or(1.0));
    }
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = answer.bytes().await.unwrap();
    let mut response = (status, body).into_response();
    response.headers_mut().extend(headers.into_iter().filter(|(name, _)| name.as_ref().is_some_and(|name| name.as_str().starts_with('x'))));
    response
}

#[tokio::test]
async fn through_a_proxy_processes_stay_within_the_limits_together() {
    let sandbox = Sandbox::start(Options { enforce_rate_limits: true, ..Options::default() }).await.unwrap();
    let (proxy, base) = Proxy::open(sandbox.base_url()).await;
    // Two of them may identify side by side.
    let limit = json!({ "total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 2 });
    let body = json!({ "url": sandbox.gateway_url(), "shards": 2, "session_start_limit": limit });
    sandbox.fault(RestFault::next("GET", "/gateway/bot", RestEffect::Status { status: 200, body }).times(2));
    let store: Arc<dyn Store> = Arc::new(Memory::new());
    let through = |ids: &str| {
        let shards =
            [("MABEL_DISCORD__SHARDS__TOTAL", "2"), ("MABEL_DISCORD__SHARDS__IDS", ids), ("MABEL_DISCORD__API_BASE", base.as_str())];
        Running::start(settings(&sandbox, sandbox.token(), &shards), &store)
    };
    let processes = [through("0"), through("1")];
    for process in &processes {
        process.connected(Duration::from_secs(20)).await;
    }
    // More than a channel takes in five seconds.
    let at = sandbox.places();
    for _ in 0..7 {
        sandbox.post(at.general, at.ada, &format!("<@{}> can MAs give shots", at.application)).await.unwrap();
        sandbox.post(at.ada_direct, at.ada, "MA pay").await.unwrap();
    }
    let written = || {
        sandbox.world(|world| {
            let own = |channel| world.messages_in(channel).filter(|message| message.author_id == at.application).count();
            (own(at.general), own(at.ada_direct))
        })
    };
    until(|| written() == (7, 7)).await;
    assert!(*proxy.held_back.lock().unwrap() >= 2, "nothing was held back");
    let told_to_wait = sandbox.requests().iter().filter(|request| request.status == 429).count();
    assert_eq!(told_to_wait, 0, "the proxy lets too much through");
    for process in processes {
        process.stopped().await;
    }
}
