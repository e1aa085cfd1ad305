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
use tokio::net::TcpListener;
use tokio::time::Instant;

/// When the next request of a bucket may go out; held while one is under way.
type Bucket = Arc<tokio::sync::Mutex<Instant>>;

/// The stand-in.
pub struct Proxy {
    discord: String,
    web: reqwest::Client,
    buckets: Mutex<HashMap<String, Bucket>>,
    /// How many requests had to wait.
    pub held_back: Mutex<u32>,
}

impl Proxy {
    /// Opens a proxy of that Discord; gives it with its address.
    pub async fn open(discord: String) -> (Arc<Self>, String) {
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
