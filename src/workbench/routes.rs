//! What the page asks about the inside of the bot, over HTTP. Read only: nothing here changes what she says.
//!
//! | Request | Answer |
//! |---|---|
//! | `POST /sandbox/why` | `question`, `given?`, `command?`, `channel?`, `reply_to?`: why she would answer it so, and the reply |
//! | `GET /sandbox/knowledge` | topics, entries, tables, faults, what is due |
//! | `GET /sandbox/knowledge/entry?id=ID` | an entry, and the message that shows it in Discord |
//! | `GET /sandbox/knowledge/picture?id=ID` | the picture of an entry, a PNG file |
//! | `GET /sandbox/knowledge/coverage?table=ID` | a table keyed by two facets, as a matrix |

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
#[cfg(feature = "pictures")]
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::asked::{self, Asked};
use super::{coverage, insight};
#[cfg(feature = "pictures")]
use crate::answer::View;
use crate::discord::CurrentEngine;
#[cfg(feature = "pictures")]
use crate::engine::Engine;
#[cfg(feature = "pictures")]
use crate::knowledge::Values;
use crate::ops::reload::Standing;
use crate::sandbox::Remote;
use crate::store::Store;

/// What the answers are made of.
pub(super) struct Desk {
    pub(super) engine: CurrentEngine,
    pub(super) store: Arc<dyn Store>,
    pub(super) standing: watch::Receiver<Standing>,
    pub(super) folder: Option<PathBuf>,
    pub(super) today: fn() -> Date,
    pub(super) remote: Remote,
}

/// The routes.
pub(super) fn router(desk: Desk) -> Router {
    Router::new()
        .route("/sandbox/why", post(why))
        .route("/sandbox/knowledge", get(knowledge))
        .route("/sandbox/knowledge/entry", get(entry))
        .route("/sandbox/knowledge/picture", get(picture))
        .route("/sandbox/knowledge/coverage", get(coverage))
        .with_state(Arc::new(desk))
}

#[derive(Deserialize)]
struct Named {
    #[serde(alias = "table")]
    id: String,
}

fn not_found(kind: &str, id: &str) -> Response {
    (StatusCode::NOT_FOUND, Json(json!({"error": format!("there is no {kind} {id}")}))).into_response()
}

async fn why(State(desk): State<Arc<Desk>>, Json(asked): Json<Asked>) -> Json<Value> {
    Json(asked::why(&desk, asked).await)
}

async fn knowledge(State(desk): State<Arc<Desk>>) -> Json<Value> {
    let standing = desk.standing.borrow().clone();
    Json(insight::overview(&desk.engine.get(), &standing, desk.folder.as_deref(), (desk.today)()))
}

async fn entry(State(desk): State<Arc<Desk>>, Query(Named { id }): Query<Named>) -> Response {
    let faults = desk.standing.borrow().faults.clone();
    match insight::entry(&desk.engine.get(), &id, &faults, (desk.today)()) {
        Some(entry) => Json(entry).into_response(),
        None => not_found("entry", &id),
    }
}

/// The picture of an entry as a file.
#[cfg(feature = "pictures")]
async fn picture(State(desk): State<Arc<Desk>>, Query(Named { id }): Query<Named>) -> Response {
    let view = View::on((desk.today)());
    let described = |engine: &Engine| engine.try_picture(engine.knowledge().entry(&id)?, &Values::new(), &view).ok()?;
    let Some(picture) = described(&desk.engine.get()) else { return not_found("picture of", &id) };
    match tokio::task::spawn_blocking(move || crate::picture::draw(&picture)).await {
        Ok(Ok(png)) => ([(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "no-cache")], png.bytes().to_vec()).into_response(),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({"error": "the picture cannot be drawn"}))).into_response(),
    }
}

/// This program is built without pictures.
#[cfg(not(feature = "pictures"))]
async fn picture(Query(Named { id }): Query<Named>) -> Response {
    not_found("picture of", &id)
}

async fn coverage(State(desk): State<Arc<Desk>>, Query(Named { id }): Query<Named>) -> Response {
    match coverage::matrix(desk.engine.get().knowledge(), &id, (desk.today)()) {
        Some(matrix) => Json(matrix).into_response(),
        None => not_found("table keyed by two facets", &id),
    }
}
