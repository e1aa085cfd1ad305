//! A sandbox with a clock that stands still, a raw REST client, and what only these tests ask of a gateway line.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use mabel::sandbox::{ManualClock, Options, Places, Sandbox};
use reqwest::Method;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

pub use crate::line::{Line, SOON, identify};

/// Long enough to believe that nothing comes.
pub const QUIET: Duration = Duration::from_millis(60);

/// A running sandbox and what tests need of it.
pub struct Scene {
    pub sandbox: Arc<Sandbox>,
    pub clock: ManualClock,
    pub places: Places,
    pub rest: Rest,
}

pub async fn scene() -> Scene {
    scene_with(Options::default()).await
}

pub async fn scene_with(options: Options) -> Scene {
    let clock = ManualClock::new();
    let sandbox = Arc::new(Sandbox::start(Options { clock: clock.clock(), ..options }).await.unwrap());
    let rest = Rest {
        client: reqwest::Client::new(),
        base: sandbox.base_url(),
        token: Some(sandbox.token().to_owned()),
        alive: Some(Arc::clone(&sandbox)),
    };
    Scene { places: sandbox.places(), rest, clock, sandbox }
}

/// A raw REST client.
#[derive(Clone)]
pub struct Rest {
    pub client: reqwest::Client,
    pub base: String,
    pub token: Option<String>,
    /// Keeps the sandbox running for tests that look at nothing else of it.
    pub alive: Option<Arc<Sandbox>>,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub headers: reqwest::header::HeaderMap,
}

impl Answer {
    pub fn code(&self) -> i64 {
        self.body["code"].as_i64().unwrap_or(-1)
    }

    pub fn id(&self) -> String {
        self.body["id"].as_str().unwrap_or_default().to_owned()
    }

    /// The codes of the problems at a path such as `embeds.0.title`.
    pub fn problems(&self, path: &str) -> Vec<String> {
        let pointer = format!("/errors/{}/_errors", path.replace('.', "/"));
        let list = self.body.pointer(&pointer).and_then(Value::as_array);
        list.into_iter().flatten().map(|problem| problem["code"].as_str().unwrap_or_default().to_owned()).collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl Rest {
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        self.try_send(method, path, body).await.unwrap()
    }

    pub async fn try_send(&self, method: Method, path: &str, body: Option<&Value>) -> reqwest::Result<Answer> {
        let mut request = self.client.request(method, format!("{}/api/v10{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bot {token}"));
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await?;
        Ok(Answer { status, headers, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) })
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, Some(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }
}

impl Line {
    /// Connects and identifies; gives the READY payload's data as well.
    pub async fn identified(scene: &Scene, intents: u64) -> (Self, Value) {
        Self::of_bot(&scene.sandbox, intents).await
    }

    /// The next frame, whatever it holds.
    pub async fn next_frame(&mut self) -> Message {
        tokio::time::timeout(SOON, self.socket.next()).await.expect("a frame in time").unwrap().unwrap()
    }

    /// The names of the events sent so far: all that come before a heartbeat's acknowledgement.
    pub async fn names(&mut self) -> Vec<String> {
        self.send(&json!({"op": 1, "d": null})).await;
        let mut names = Vec::new();
        loop {
            let payload = self.next().await;
            if payload["op"] == 11 {
                return names;
            }
            names.extend(payload["t"].as_str().map(str::to_owned));
        }
    }

    /// Whether nothing comes for a moment.
    pub async fn is_quiet(&mut self) -> bool {
        tokio::time::timeout(QUIET, self.socket.next()).await.is_err()
    }

    /// Waits for the close frame, payloads skipped; `None` when the line broke without one.
    pub async fn closed(&mut self) -> Option<u16> {
        loop {
            match tokio::time::timeout(SOON, self.socket.next()).await.expect("an end in time") {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    pub async fn close(mut self, code: u16) {
        let frame = tokio_tungstenite::tungstenite::protocol::CloseFrame { code: code.into(), reason: "".into() };
        self.socket.close(Some(frame)).await.unwrap();
        self.closed().await;
    }
}

pub fn resume(token: &str, session: &Value, sequence: u64) -> Value {
    json!({"op": 6, "d": {"token": token, "session_id": session, "seq": sequence}})
}

/// A text of so many characters, each more than one byte.
pub fn letters(count: usize) -> String {
    "é".repeat(count)
}
