//! The sandbox's own API for other processes, under `/sandbox/…`. See the module's opening for the list.
//!
//! Owns the translation of JSON into acts and back. Only this computer is answered: the port is open on 127.0.0.1 alone, and
//! a request that a browser was tricked into by a strange page is refused by its `Host` or `Origin`.

use std::collections::HashMap;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::error::SandboxError;
use super::fault::{GatewayFault, RestFault};
use super::files;
use super::id::Id;
use super::person::InteractionHandle;
use super::remote::Remote;
use super::stream::stream;
use super::world::World;

/// The routes under `/sandbox`.
pub(crate) fn router(remote: Remote) -> Router {
    Router::new()
        .route("/sandbox", get(describe))
        .route("/sandbox/state", get(show_state))
        .route("/sandbox/stream", get(stream))
        .route("/sandbox/requests", get(show_requests))
        .route("/sandbox/events", get(show_events))
        .route("/sandbox/{act}", post(act))
        .merge(files::uploads())
        .layer(middleware::from_fn(only_here))
        .with_state(remote)
}

/// Refuses what does not come from this computer's own hand.
pub(crate) async fn only_here(request: Request, next: Next) -> Response {
    if is_from_here(request.headers()) { next.run(request).await } else { StatusCode::FORBIDDEN.into_response() }
}

/// Whether a request names this computer, and comes from a page of it if it comes from a page.
pub(crate) fn is_from_here(headers: &HeaderMap) -> bool {
    let is_local = |text: &str| {
        let name = text.split("://").last().unwrap_or_default();
        let name = name.rsplit_once(':').map_or(name, |(name, _)| name);
        matches!(name, "127.0.0.1" | "localhost" | "[::1]")
    };
    let local = |name: header::HeaderName| headers.get(name).is_none_or(|value| value.to_str().is_ok_and(is_local));
    local(header::HOST) && local(header::ORIGIN)
}

type Parameters = Query<HashMap<String, String>>;

fn json_response(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

async fn describe(State(remote): State<Remote>) -> Response {
    json_response(StatusCode::OK, &remote.describe())
}

/// The world; waits for a change when asked to, so that a page can follow.
async fn show_state(State(remote): State<Remote>, Query(query): Parameters) -> Response {
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<f64>().ok());
    if let (Some(after), Some(wait)) = (query.get("after").and_then(|text| text.parse::<u64>().ok()), number("wait")) {
        let shared = remote.shared();
        let mut stop = shared.stop.subscribe();
        tokio::select! {
            _ = shared.wait(seconds(wait), |_| (shared.revision() > after).then_some(())) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
    let mut body = remote.world(World::overview);
    body["revision"] = json!(remote.shared().revision());
    json_response(StatusCode::OK, &body)
}

/// The last `n` of a list, or all.
fn last<T: serde::Serialize>(all: &[T], query: &HashMap<String, String>) -> Response {
    let wanted = query.get("last").and_then(|text| text.parse().ok()).unwrap_or(usize::MAX);
    let tail = all.get(all.len().saturating_sub(wanted)..).unwrap_or_default();
    json_response(StatusCode::OK, &json!(tail))
}

async fn show_requests(State(remote): State<Remote>, Query(query): Parameters) -> Response {
    last(&remote.requests(), &query)
}

async fn show_events(State(remote): State<Remote>, Query(query): Parameters) -> Response {
    last(&remote.events(), &query)
}

async fn act(State(remote): State<Remote>, Path(act): Path<String>, body: Bytes) -> Response {
    let body: Value = match serde_json::from_slice(&body) {
        Ok(body) => body,
        Err(error) => {
            return json_response(StatusCode::BAD_REQUEST, &json!({"error": format!("the body is not JSON: {error}")}));
        }
    };
    match perform(&remote, &act, &body).await {
        Ok(Some(result)) => json_response(StatusCode::OK, &result),
        Ok(None) => json_response(StatusCode::NOT_FOUND, &json!({"error": format!("there is no /sandbox/{act}")})),
        Err(error) => json_response(StatusCode::UNPROCESSABLE_ENTITY, &json!({"error": error.to_string()})),
    }
}

/// Carries an act out; none when there is no such act.
async fn perform(remote: &Remote, act: &str, body: &Value) -> Result<Option<Value>, SandboxError> {
    let user = || find_user(remote, &body["user"]);
    let channel = || find_channel(remote, &body["channel"]);
    let message = || id(body, "message");
    let handle = match act {
        "post" => return post_message(remote, body).await.map(Some),
        "edit" => {
            let message = remote.edit(user()?, message()?, text(body, "text")?).await?;
            return Ok(Some(remote.world(|world| world.message_overview(&message))));
        }
        "delete" => {
            remote.delete(user()?, message()?).await?;
            return Ok(Some(json!({})));
        }
        "offered" => return Ok(Some(json!({"commands": remote.offered(user()?, channel()?)?}))),
        "thread" => return open_thread(remote, body).map(Some),
        "fault" => return order_fault(remote, body).map(Some),
        "repeat" => {
            if body["message"].is_null() {
                remote.repeat_interaction(id(body, "interaction")?)?;
            } else {
                remote.repeat_message(message()?)?;
            }
            return Ok(Some(json!({})));
        }
        "autocomplete" => {
            let choices = remote
                .autocomplete(user()?, channel()?, text(body, "name")?, body["options"].clone(), text(body, "focused")?, wait(body))
                .await?;
            return Ok(Some(json!({"choices": choices})));
        }
        "slash" => remote.slash(user()?, channel()?, text(body, "name")?, body["options"].clone()).await?,
        "menu" => remote.message_menu(user()?, text(body, "name")?, message()?).await?,
        "user_menu" => remote.user_menu(user()?, channel()?, text(body, "name")?, find_user(remote, &body["target"])?).await?,
        "press" => remote.press(user()?, message()?, text(body, "custom_id")?).await?,
        "select" => {
            let values: Vec<&str> = body["values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            remote.select(user()?, message()?, text(body, "custom_id")?, &values).await?
        }
        "modal" => {
            let opener = InteractionHandle { remote: remote.clone(), id: id(body, "interaction")? };
            remote.submit_modal(&opener, body["fields"].clone()).await?
        }
        _ => return Ok(None),
    };
    // The bot that does not answer is told of by `acknowledged: null`, not by an error.
    let _ = handle.finished(wait(body)).await;
    Ok(Some(remote.world(|world| world.interaction(handle.id).map_or(Value::Null, |interaction| world.interaction_overview(interaction)))))
}

async fn post_message(remote: &Remote, body: &Value) -> Result<Value, SandboxError> {
    let (user, channel) = (find_user(remote, &body["user"])?, find_channel(remote, &body["channel"])?);
    let text = text(body, "text")?;
    let message = if body["reply_to"].is_null() {
        remote.post(channel, user, text).await?
    } else {
        remote.reply(channel, user, id(body, "reply_to")?, text, body["ping"] != false).await?
    };
    Ok(remote.world(|world| world.message_overview(&message)))
}

fn open_thread(remote: &Remote, body: &Value) -> Result<Value, SandboxError> {
    let (user, parent) = (find_user(remote, &body["user"])?, find_channel(remote, &body["channel"])?);
    let (title, text) = (text(body, "title")?.trim(), text(body, "text")?.trim());
    if title.is_empty() || title.chars().count() > 100 || text.is_empty() {
        return Err(SandboxError::not_possible("a post needs a title of at most 100 characters, and a text"));
    }
    let id = remote.open_thread(parent, user, title, text);
    Ok(remote.world(|world| world.channel(id).map_or(Value::Null, |channel| world.channel_overview(channel))))
}

fn order_fault(remote: &Remote, body: &Value) -> Result<Value, SandboxError> {
    let wrong = |error: serde_json::Error| SandboxError::not_possible(format!("that is no fault: {error}"));
    if body == "clear" {
        remote.clear_faults();
    } else if !body["rest"].is_null() {
        remote.fault(serde_json::from_value::<RestFault>(body["rest"].clone()).map_err(wrong)?);
    } else {
        remote.gateway_fault(&serde_json::from_value::<GatewayFault>(body["gateway"].clone()).map_err(wrong)?);
    }
    Ok(json!({}))
}

fn seconds(number: f64) -> Duration {
    Duration::try_from_secs_f64(number).unwrap_or(Duration::from_secs(30)).min(Duration::from_secs(300))
}

fn wait(body: &Value) -> Duration {
    seconds(body["wait"].as_f64().unwrap_or(3.0))
}

fn text<'a>(body: &'a Value, key: &str) -> Result<&'a str, SandboxError> {
    body[key].as_str().ok_or_else(|| SandboxError::not_possible(format!("{key:?} is missing")))
}

fn id(body: &Value, key: &str) -> Result<Id, SandboxError> {
    serde_json::from_value(body[key].clone()).map_err(|_| SandboxError::not_possible(format!("{key:?} is not an id")))
}

/// A user by id or name.
fn find_user(remote: &Remote, value: &Value) -> Result<Id, SandboxError> {
    let found = remote.world(|world| world.find_user(&named(value)).map(|user| user.id));
    found.ok_or_else(|| SandboxError::Unknown { kind: "user", id: value.to_string() })
}

/// A channel by id or name, a DM by `@` and the user's name.
fn find_channel(remote: &Remote, value: &Value) -> Result<Id, SandboxError> {
    let found = remote.world(|world| world.find_channel(&named(value)).map(|channel| channel.id));
    found.ok_or_else(|| SandboxError::Unknown { kind: "channel", id: value.to_string() })
}

fn named(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
