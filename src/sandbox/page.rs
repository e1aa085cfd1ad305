//! The chat page: what is sent to a browser, and under which rules.
//!
//! The assets lie in `page/`, plain and of our own: no build step, no request to anywhere else. The page sees the sandbox as any other
//! program does, through [`super::control`] and [`super::stream`]; nothing here knows what it shows.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use include_dir::{Dir, include_dir};

use super::control::only_here;

static ASSETS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/sandbox/page");

/// Scripts and styles of this page alone, no inline ones, no frame around it, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// The routes of the page; `/` itself belongs to the gateway too and is shared out there.
pub(crate) fn router() -> Router {
    Router::new().route("/page/{*path}", get(asset)).layer(middleware::from_fn(only_here))
}

/// The page itself.
pub(crate) fn index() -> Response {
    file("index.html")
}

async fn asset(Path(path): Path<String>) -> Response {
    file(&path)
}

fn file(path: &str) -> Response {
    match ASSETS.get_file(path) {
        Some(file) => respond(kind(path), file.contents()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// A file under the page's rules.
pub(crate) fn respond(kind: &'static str, body: impl Into<axum::body::Body>) -> Response {
    let mut response = Response::new(body.into());
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        // A newer program serves newer files at the same address.
        (header::CACHE_CONTROL, "no-cache"),
    ];
    response.headers_mut().extend(headers.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}
