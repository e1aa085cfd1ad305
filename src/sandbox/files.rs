//! The file server beside REST: where attachments are fetched from, and where people upload what they give with a command.
//!
//! Owns the addresses under `/attachments`, `/ephemeral-attachments` and `/sandbox/upload`; the files themselves are the world's.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::control::only_here;
use super::id::Id;
use super::page;
use super::remote::Remote;
use super::rest::REQUEST;
use super::state::Shared;

/// The routes of files.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/attachments/{channel}/{id}/{name}", get(file))
        .route("/ephemeral-attachments/{application}/{id}/{name}", get(file))
        .layer(middleware::from_fn(only_here))
        .with_state(shared)
}

/// The route of uploads, beside the other acts of people.
pub(crate) fn uploads() -> Router<Remote> {
    Router::new().route("/sandbox/upload", post(upload)).layer(DefaultBodyLimit::max(REQUEST))
}

/// A file. Only pictures are shown, whatever the upload says of itself; the rest is offered for saving.
async fn file(State(shared): State<Arc<Shared>>, Path((_, id, _)): Path<(String, Id, String)>) -> Response {
    let Some(file) = shared.read(|state| state.world.files.get(id).cloned()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];
    let shown = pictures.into_iter().find(|kind| file.content_type.as_deref() == Some(kind));
    page::respond(shown.unwrap_or("application/octet-stream"), file.bytes)
}

#[derive(Deserialize)]
struct Named {
    filename: String,
}

async fn upload(State(remote): State<Remote>, Query(Named { filename }): Query<Named>, headers: HeaderMap, bytes: Bytes) -> Response {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    match remote.upload(&filename, content_type, bytes) {
        Ok(id) => Json(json!({"id": id})).into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({"error": error.to_string()}))).into_response(),
    }
}
