//! A raw gateway client.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use mabel::sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Long enough for anything local, short enough for a failing test.
pub const SOON: Duration = Duration::from_secs(5);

pub struct Line {
    pub socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Line {
    /// Connects and takes the hello.
    pub async fn open(url: &str) -> Self {
        let (socket, _) = connect_async(url).await.unwrap();
        let mut line = Self { socket };
        let hello = line.next().await;
        assert_eq!(hello["op"], 10);
        line
    }

    /// Connects and identifies as the sandbox's bot; gives the READY payload's data as well.
    pub async fn of_bot(sandbox: &Sandbox, intents: u64) -> (Self, Value) {
        let mut line = Self::open(&sandbox.gateway_url()).await;
        line.send(&identify(sandbox.token(), intents)).await;
        let ready = line.event("READY").await;
        (line, ready)
    }

    pub async fn send(&mut self, payload: &Value) {
        self.send_text(payload.to_string()).await;
    }

    pub async fn send_text(&mut self, text: String) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    /// The next payload.
    pub async fn next(&mut self) -> Value {
        match tokio::time::timeout(SOON, self.socket.next()).await.expect("a payload in time") {
            Some(Ok(Message::Text(text))) => serde_json::from_str(text.as_str()).unwrap(),
            other => panic!("a payload was awaited, not {other:?}"),
        }
    }

    /// Skips to the event of this name; gives its data.
    pub async fn event(&mut self, name: &str) -> Value {
        self.event_payload(name).await["d"].clone()
    }

    pub async fn event_payload(&mut self, name: &str) -> Value {
        loop {
            let payload = self.next().await;
            if payload["t"] == name {
                return payload;
            }
        }
    }
}

pub fn identify(token: &str, intents: u64) -> Value {
    json!({"op": 2, "d": {"token": token, "intents": intents, "properties": {"os": "linux", "browser": "test", "device": "test"}}})
}
