//! One WebSocket connection: carries out orders, hands on what the client sends, and watches the heartbeat.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, sleep_until};

use super::{Order, handshake};
use crate::sandbox::state::Shared;

/// How a connection came to its end.
enum End {
    /// The client closed, with this code if it said one; or the line broke.
    ByClient(Option<u16>),
    /// The sandbox closed or cut it.
    BySandbox,
}

/// Serves a connection to its end. `version` is what the client asked for in the address.
pub(crate) async fn serve(shared: Arc<Shared>, socket: WebSocket, version: Option<String>) {
    let (number, orders) = shared.change(|state| state.gateway.open());
    let interval = shared.options.heartbeat_interval;
    shared.change(|state| {
        let now = state.world.now();
        let hello = json!({"heartbeat_interval": u64::try_from(interval.as_millis()).unwrap_or(u64::MAX), "_trace": ["sandbox"]});
        state.gateway.send(number, 10, &hello, now, &mut state.record);
        if version.is_some_and(|version| !matches!(version.as_str(), "9" | "10")) {
            state.gateway.close(number, 4012, "Invalid API version.", now, &mut state.record);
        }
    });
    let line =
        Line { shared: Arc::clone(&shared), number, socket, late: VecDeque::new(), beat_by: Instant::now() + interval * 2, frozen: false };
    let end = line.run(orders).await;
    let code = if let End::ByClient(code) = end { code } else { None };
    shared.change(|state| {
        let now = state.world.now();
        state.gateway.ended(number, code, now);
    });
}

struct Line {
    shared: Arc<Shared>,
    number: u64,
    socket: WebSocket,
    /// Events held back by an ordered delay.
    late: VecDeque<(Instant, Value)>,
    /// When the next heartbeat has to have come.
    beat_by: Instant,
    frozen: bool,
}

impl Line {
    async fn run(mut self, mut orders: UnboundedReceiver<Order>) -> End {
        let mut stop = self.shared.stop.subscribe();
        let mut stopped = std::pin::pin!(async move {
            // An error means that the sandbox is gone, which is the same.
            let _ = stop.wait_for(|stop| *stop).await;
        });
        loop {
            let due = self.late.front().map(|(due, _)| *due);
            tokio::select! {
                () = &mut stopped => {
                    self.close(1001, "Sandbox stopped.").await;
                    return End::BySandbox;
                }
                order = orders.recv() => {
                    if let Some(end) = self.carry_out(order).await { return end; }
                }
                message = self.socket.recv(), if !self.frozen => {
                    if let Some(end) = self.take(message) { return end; }
                }
                () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() && !self.frozen => {
                    if let Some((_, payload)) = self.late.pop_front() {
                        self.send(&payload).await;
                    }
                }
                () = sleep_until(self.beat_by), if !self.frozen => {
                    self.close(4009, "Session timed out.").await;
                    return End::BySandbox;
                }
            }
        }
    }

    async fn carry_out(&mut self, order: Option<Order>) -> Option<End> {
        match order {
            None | Some(Order::Cut) => return Some(End::BySandbox),
            Some(_) if self.frozen => {}
            Some(Order::Freeze) => self.frozen = true,
            Some(Order::Send(payload, delay)) if delay > Duration::ZERO || !self.late.is_empty() && payload["op"] == 0 => {
                self.late.push_back((Instant::now() + delay, payload));
            }
            Some(Order::Send(payload, _)) => self.send(&payload).await,
            Some(Order::Frame(frame)) => {
                // As with what is sent otherwise.
                let _ = self.socket.send(frame).await;
            }
            Some(Order::Close(code, reason)) => {
                self.close(code, reason).await;
                return Some(End::BySandbox);
            }
        }
        None
    }

    fn take(&mut self, message: Option<Result<Message, axum::Error>>) -> Option<End> {
        match message {
            Some(Ok(Message::Text(text))) => {
                // Anything the client says shows that it lives; Discord counts heartbeats alone.
                self.beat_by = Instant::now() + self.shared.options.heartbeat_interval * 2;
                handshake::receive(&self.shared, self.number, text.as_str());
                None
            }
            Some(Ok(Message::Binary(_))) => {
                handshake::receive(&self.shared, self.number, "");
                None
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => None,
            Some(Ok(Message::Close(frame))) => Some(End::ByClient(frame.map(|frame| frame.code))),
            Some(Err(_)) | None => Some(End::ByClient(None)),
        }
    }

    /// Sends; a line that is gone shows itself at the next reading.
    async fn send(&mut self, payload: &Value) {
        let _ = self.socket.send(Message::Text(payload.to_string().into())).await;
    }

    async fn close(&mut self, code: u16, reason: &'static str) {
        let _ = self.socket.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
        // The client's answer, so that the closing is a clean one.
        let answered = async { while let Some(Ok(_)) = self.socket.recv().await {} };
        let _ = tokio::time::timeout(Duration::from_millis(200), answered).await;
    }
}
