//! The port for those who watch over her: is she alive, is she ready, how much of what.
//!
//! It has no password and no encryption, since what watches is mostly on the same computer: it is off unless an address is set, and whoever
//! sets one that others reach decides who they are. Nothing that is told here is about a person, server or channel.

use std::net::SocketAddr;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use tokio::net::TcpListener;

use super::health::{self, Health};
use super::metrics;

/// Why there is no port.
#[derive(Debug, thiserror::Error)]
#[error("`ops.listen`: {address} cannot be opened: {source}; name a free port of this computer")]
pub struct ListenError {
    address: SocketAddr,
    source: std::io::Error,
}

/// A port that was opened.
#[derive(Debug)]
pub struct Listener(TcpListener);

impl Listener {
    /// Opens a port.
    ///
    /// # Errors
    /// When it is in use, or no port of this computer.
    pub async fn open(address: SocketAddr) -> Result<Self, ListenError> {
        TcpListener::bind(address).await.map(Self).map_err(|source| ListenError { address, source })
    }

    /// What was opened: the port the system chose, where 0 was asked for.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.0.local_addr()
    }

    /// Answers there for ever.
    pub async fn serve(self, health: Health) {
        let routes = Router::new()
            .route("/livez", get(async || "alive\n"))
            .route("/readyz", get(ready))
            .route("/metrics", get(figures))
            .with_state(health);
        if let Err(error) = axum::serve(self.0, routes).await {
            tracing::error!(%error, "health and metrics are served no more");
        }
    }
}

async fn ready(State(health): State<Health>) -> Response {
    let report = health.report();
    let status = if report.state == health::State::NotReady { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    (status, Json(report)).into_response()
}

async fn figures(State(health): State<Health>) -> Response {
    match metrics::text(&health) {
        Ok(text) => ([(header::CONTENT_TYPE, metrics::MEDIA_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
