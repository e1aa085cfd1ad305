//! Answers and their headers, and the ways of not answering.

use std::time::{Duration, UNIX_EPOCH};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use super::limits::Bucket;
use crate::sandbox::fault::RateLimitScope;
use crate::sandbox::refusal::Refusal;

/// A status and a body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

impl Answer {
    pub(crate) fn ok(body: Value) -> Self {
        Self { status: 200, body: Some(body) }
    }

    pub(crate) fn created(body: Value) -> Self {
        Self { status: 201, body: Some(body) }
    }

    pub(crate) fn nothing() -> Self {
        Self { status: 204, body: None }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self { status: refusal.status, body: Some(refusal.body()) }
    }
}

/// What the headers tell of limits. <https://docs.discord.com/developers/topics/rate-limits#header-format>
#[derive(Debug, Default)]
pub(crate) struct Headers {
    pub(crate) bucket: Option<Bucket>,
    pub(crate) limited: Option<(RateLimitScope, Duration)>,
}

impl Headers {
    fn write(&self, map: &mut HeaderMap) {
        let mut put = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                map.insert(HeaderName::from_static(name), value);
            }
        };
        if let Some(bucket) = &self.bucket {
            let reset = bucket.resets_at.duration_since(UNIX_EPOCH).unwrap_or_default();
            put("x-ratelimit-limit", bucket.limit.to_string());
            put("x-ratelimit-remaining", bucket.remaining.to_string());
            put("x-ratelimit-reset", format!("{:.3}", reset.as_secs_f64()));
            put("x-ratelimit-reset-after", format!("{:.3}", bucket.resets_after.as_secs_f64()));
            put("x-ratelimit-bucket", bucket.name.clone());
        }
        if let Some((scope, wait)) = &self.limited {
            put("retry-after", wait.as_secs_f64().ceil().to_string());
            put("x-ratelimit-scope", scope.name().to_owned());
            if *scope == RateLimitScope::Global {
                put("x-ratelimit-global", "true".to_owned());
            }
        }
    }
}

/// The answer as HTTP.
pub(crate) fn respond(answer: Answer, headers: &Headers) -> Response {
    let (kind, body) = match answer.body {
        None => (None, Body::empty()),
        Some(Value::String(text)) => (Some("text/html"), Body::from(text)),
        Some(body) => (Some("application/json"), Body::from(body.to_string())),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(kind) = kind {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    headers.write(response.headers_mut());
    response
}

/// An answer that breaks before its first byte: the connection is closed.
pub(crate) fn cut() -> Response {
    broken(Vec::new())
}

/// An answer that breaks half way.
pub(crate) fn cut_in_the_middle(answer: &Answer) -> Response {
    let whole = answer.body.as_ref().map(Value::to_string).unwrap_or_default().into_bytes();
    broken(whole.get(..whole.len() / 2).unwrap_or_default().to_vec())
}

/// A body longer than what is sent of it.
fn broken(part: Vec<u8>) -> Response {
    let promised = part.len() + 1024;
    let pieces = [Ok(Bytes::from(part)), Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))];
    let mut response = Response::new(Body::from_stream(futures_util::stream::iter(pieces)));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(promised));
    response
}
