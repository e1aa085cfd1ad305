//! The sandbox itself: it opens the port, serves it, and closes it.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{DefaultBodyLimit, Query, State as AxumState, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::error::SandboxError;
use super::gateway::socket;
use super::options::Options;
use super::remote::Remote;
use super::state::{Shared, State};
use super::world::World;
use super::{control, files, page, rest};

/// A running sandbox. It ends when it is dropped; everything else it does is on [`Remote`], to which it dereferences.
#[derive(Debug)]
pub struct Sandbox {
    remote: Remote,
    server: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Opens a port on 127.0.0.1 and serves there.
    ///
    /// # Errors
    ///
    /// [`SandboxError::Listen`] when the port cannot be opened.
    pub async fn start(options: Options) -> Result<Self, SandboxError> {
        Self::start_with(options, |_| Router::new()).await
    }

    /// The same with routes of one's own beside the control API, open to this computer alone like it.
    ///
    /// # Errors
    ///
    /// [`SandboxError::Listen`] when the port cannot be opened.
    pub async fn start_with(options: Options, routes: impl FnOnce(&Remote) -> Router) -> Result<Self, SandboxError> {
        let port = options.port;
        let failed = |source| SandboxError::Listen { port, source };
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let mut world = World::new(&options, format!("http://{address}"));
        let places = world.seed();
        let state = State::new(world, options.record_limit);
        let shared = Arc::new(Shared::new(options, address, state));
        let remote = Remote::new(Arc::clone(&shared), places);
        let own = routes(&remote).layer(middleware::from_fn(control::only_here));
        let all = router(remote.clone()).merge(own);
        let mut stop = shared.stop.subscribe();
        let stopped = async move {
            // An error means that the sandbox is gone, which is the same.
            let _ = stop.wait_for(|stop| *stop).await;
        };
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, all).with_graceful_shutdown(stopped).await {
                tracing::error!(%error, "the sandbox stopped serving");
            }
        });
        Ok(Self { remote, server: Some(server) })
    }

    /// Closes the port and all connections, and waits until that is done.
    pub async fn stop(mut self) {
        self.remote.shared().stop.send_replace(true);
        if let Some(server) = self.server.take() {
            let abort = server.abort_handle();
            // A client in the middle of a request is not waited for longer than this.
            if tokio::time::timeout(Duration::from_secs(2), server).await.is_err() {
                abort.abort();
            }
        }
    }

    /// A handle that can be cloned and given to other tasks.
    #[must_use]
    pub fn remote(&self) -> Remote {
        self.remote.clone()
    }
}

impl Deref for Sandbox {
    type Target = Remote;

    fn deref(&self) -> &Remote {
        &self.remote
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.remote.shared().stop.send_replace(true);
    }
}

fn router(remote: Remote) -> Router {
    let shared = Arc::clone(remote.shared());
    let pages = if shared.options.page { page::router() } else { Router::new() };
    Router::new()
        .route("/", get(root))
        .route("/gateway", get(open_socket))
        .route("/resume", get(open_socket))
        .fallback(any(rest::handle))
        .layer(DefaultBodyLimit::disable())
        .with_state(Arc::clone(&shared))
        .merge(files::router(shared))
        .merge(pages)
        .merge(control::router(remote))
}

/// The base address: the gateway for a client that opens a socket, the page for a browser.
async fn root(
    state: AxumState<Arc<Shared>>,
    query: Query<HashMap<String, String>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    match upgrade {
        Ok(upgrade) => open_socket(state, query, upgrade).await,
        Err(_) if state.options.page && control::is_from_here(&headers) => page::index(),
        Err(rejection) => rejection.into_response(),
    }
}

/// The gateway's address, which `resume_gateway_url` differs from in its path.
async fn open_socket(
    AxumState(shared): AxumState<Arc<Shared>>,
    Query(query): Query<HashMap<String, String>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    if shared.read(|state| state.gateway.refuse) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let version = query.get("v").cloned();
    upgrade.max_message_size(1 << 20).on_upgrade(move |socket| socket::serve(shared, socket, version))
}
