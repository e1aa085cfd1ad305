//! REST v10: one way for every request, from the bytes to the answer.
//!
//! read → fault → route → token → rate limit → act → headers → record. Owns that way; what an action does stands in the
//! files beside this one. <https://docs.discord.com/developers/reference>

mod about;
mod answer;
mod body;
mod callbacks;
mod channels;
mod commands;
pub(crate) mod compose;
mod limits;
mod messages;
mod nonces;
mod routes;
mod webhooks;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State as AxumState};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde_json::Value;

use self::answer::{Answer, Headers};
pub(crate) use self::body::{FILE, REQUEST};
pub(crate) use self::limits::RateLimits;
pub(crate) use self::nonces::Nonces;
use self::routes::{Action, Route};
use super::fault::{self, RateLimitScope, RestEffect, rate_limited_body};
use super::record::{RecordedFile, RecordedRequest};
use super::refusal::Refusal;
use super::rules::message::Upload;
use super::state::{Shared, State};

/// What an action gives: an answer or a refusal.
type Outcome = Result<Answer, Refusal>;

/// A request, read.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) segments: Vec<String>,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) files: Vec<Upload>,
    /// Why the body could not be read, if so; said only where a body is wanted.
    pub(crate) unreadable: Option<Refusal>,
}

impl Call {
    /// A parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    fn is_authorized(&self, token: &str) -> bool {
        let given = self.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        given.and_then(|given| given.strip_prefix("Bot ")) == Some(token)
    }
}

/// Answers a request under `/api`.
pub(crate) async fn handle(AxumState(shared): AxumState<Arc<Shared>>, request: Request) -> Response {
    let call = body::read(request).await;
    let route = Route::find(&call.method, &call.segments);
    let effect = shared.change(|state| fault::take(&mut state.faults, &call.method, &call.segments));
    if let Some(RestEffect::Delay(delay)) = effect {
        let mut stop = shared.stop.subscribe();
        let mut waiting = Waiting { shared: &shared, call: &call, route: route.as_ref(), is_over: false };
        // Stopping ends the wait early.
        let _ = tokio::time::timeout(delay, stop.wait_for(|stop| *stop)).await;
        waiting.is_over = true;
    }
    if let Some(RestEffect::Cut { carried_out: false }) = effect {
        shared.change(|state| record(state, &call, route.as_ref(), 0, &Value::Null));
        return answer::cut();
    }
    let cut = matches!(effect, Some(RestEffect::Cut { .. }));
    // Acting and recording are one change: who is woken by the act finds the request recorded.
    let (answer, headers) = shared.change(|state| {
        let (answer, headers) = match effect {
            Some(RestEffect::Status { status, body }) => (Answer { status, body: Some(body) }, Headers::default()),
            Some(RestEffect::RateLimited { scope, retry_after }) => limited(scope, retry_after),
            _ => perform(&shared, state, &call, route.as_ref()),
        };
        let status = if cut { 0 } else { answer.status };
        record(state, &call, route.as_ref(), status, answer.body.as_ref().unwrap_or(&Value::Null));
        (answer, headers)
    });
    if cut { answer::cut_in_the_middle(&answer) } else { answer::respond(answer, &headers) }
}

/// A request that is made to wait. Where its client does not, it is recorded as unanswered.
struct Waiting<'request> {
    shared: &'request Shared,
    call: &'request Call,
    route: Option<&'request Route>,
    is_over: bool,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            self.shared.change(|state| record(state, self.call, self.route, 0, &Value::Null));
        }
    }
}

/// A 429 with its headers.
fn limited(scope: RateLimitScope, retry_after: Duration) -> (Answer, Headers) {
    let answer = Answer { status: 429, body: Some(rate_limited_body(retry_after, scope)) };
    (answer, Headers { limited: Some((scope, retry_after)), ..Headers::default() })
}

/// Checks token and limits, and acts.
fn perform(shared: &Shared, state: &mut State, call: &Call, route: Option<&Route>) -> (Answer, Headers) {
    let Some(route) = route else {
        let refusal = if call.is_authorized(&shared.options.token) { Refusal::not_found() } else { Refusal::unauthorized() };
        return (Answer::from(refusal), Headers::default());
    };
    if route.needs_token && !call.is_authorized(&shared.options.token) {
        return (Answer::from(Refusal::unauthorized()), Headers::default());
    }
    let now = state.world.now();
    let taken = state.limits.take(route, now);
    let mut headers = Headers { bucket: Some(taken.bucket), limited: None };
    if let Some((scope, wait)) = taken.refused.filter(|_| shared.options.enforce_rate_limits) {
        headers.limited = Some((scope, wait));
        return (Answer { status: 429, body: Some(rate_limited_body(wait, scope)) }, headers);
    }
    let outcome = match &call.unreadable {
        Some(refusal) if matches!(call.method.as_str(), "POST" | "PUT" | "PATCH") => Err(refusal.clone()),
        _ => act(shared, state, call, &route.action),
    };
    (outcome.unwrap_or_else(Answer::from), headers)
}

fn act(shared: &Shared, state: &mut State, call: &Call, action: &Action) -> Outcome {
    match action {
        Action::About(what) => about::answer(shared, state, *what),
        Action::Channel(action) => channels::act(state, call, action),
        Action::Messages(channel, action) => messages::act(state, call, *channel, *action),
        Action::Commands(application, scope, action) => commands::act(shared, state, call, *application, *scope, *action),
        Action::Callback(id, token) => callbacks::respond(state, call, *id, token),
        Action::Webhook(application, token, action) => webhooks::act(state, call, *application, token, *action),
    }
}

fn record(state: &mut State, call: &Call, route: Option<&Route>, status: u16, answer: &Value) {
    let header = |name: &str| {
        let value = call.headers.get(name)?.to_str().ok()?;
        let shown = if name == "authorization" { value.split(' ').next().unwrap_or_default() } else { value };
        Some((name.to_owned(), shown.to_owned()))
    };
    let files =
        call.files.iter().map(|file| RecordedFile { field: file.field.clone(), filename: file.filename.clone(), size: file.bytes.len() });
    let request = RecordedRequest {
        at: state.world.now(),
        method: call.method.clone(),
        path: format!("/{}", call.segments.join("/")),
        route: route.map_or("", |route| route.template),
        query: call.query.clone(),
        headers: ["user-agent", "content-type", "x-audit-log-reason", "authorization"].into_iter().filter_map(header).collect(),
        body: call.body.clone(),
        files: files.collect(),
        status,
        answer: answer.clone(),
    };
    state.record.request(request);
}
