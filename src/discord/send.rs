//! The only way from Mabel to Discord's REST interface.
//!
//! It knows when a request may be tried again and when it must not. Tried again, within a bound of time: 429 after the pause Discord
//! names, server errors and broken connections after a growing pause. Never again: 400 (a fault of ours), 403 and 404 (asking again
//! counts against the limit of 10,000 invalid requests in ten minutes, after which Discord bans the address), and 401, which ends
//! everything. <https://docs.discord.com/developers/topics/rate-limits>
//!
//! Nothing here knows what is sent. What is logged is the kind of request, the status and Discord's code: never a path, which holds
//! ids and interaction tokens, and never a body.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::{Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serenity::builder::CreateAttachment;
use serenity::http::{Http, LightMethod, Multipart, MultipartUpload, Request, Route};
use tokio::sync::watch;
use tokio::time::error::Elapsed;

use super::counts::Way;
use super::payload::File;
use super::pulse::Pulse;
use super::send_error::{Failure, SendError, failure_of, is_global, retry_after};
use super::timing;

/// How long a request is worth sending.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// When to stop trying, counted from the first try.
    limit: Duration,
    /// The most tries within it.
    tries: u32,
}

impl Patience {
    /// An interaction's token is void after three seconds.
    pub(super) const INTERACTION: Self = Self { limit: Duration::from_millis(2800), tries: 5 };
    /// An answer to a message is worth a minute: later it would puzzle.
    pub(super) const MESSAGE: Self = Self { limit: Duration::from_secs(60), tries: 10 };
    /// What shows for some seconds is not worth a second try.
    pub(super) const PASSING: Self = Self { limit: Duration::from_secs(5), tries: 1 };
    /// What is looked up before an interaction is answered leaves time to answer it.
    pub(super) const LOOK: Self = Self { limit: Duration::from_millis(800), tries: 2 };
    /// Start-up waits for a network that is not there yet.
    pub(super) const START: Self = Self { limit: Duration::from_secs(180), tries: 40 };
    /// Registering is not worth holding up the start.
    pub(super) const REGISTER: Self = Self { limit: Duration::from_secs(15), tries: 4 };

    /// Short enough to leave time for a last try.
    fn longest_pause(self) -> Duration {
        LONGEST_PAUSE.min(self.limit / 3)
    }
}

/// The requests that carry what a person waits for.
const ANSWERS: [&str; 4] = ["response", "suggestions", "message", "edit"];

/// Where Discord keeps files: <https://docs.discord.com/developers/reference#signed-attachment-cdn-urls>.
const FILES: [&str; 2] = ["https://cdn.discordapp.com/", "https://media.discordapp.net/"];
/// Fetching a file leaves time to answer the interaction it came with.
const FETCH: Duration = Duration::from_millis(1500);
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(8);

/// Sends requests.
pub(super) struct Sender {
    http: Http,
    web: reqwest::Client,
    pulse: Arc<Pulse>,
    /// Until when all requests wait, after a global rate limit.
    held_until: Mutex<Option<Instant>>,
    /// True once Discord has refused the token.
    refused: watch::Sender<bool>,
}

impl Sender {
    /// A sender over that access.
    pub(super) fn new(http: Http, web: reqwest::Client, pulse: Arc<Pulse>) -> Self {
        Self { http, web, pulse, held_until: Mutex::new(None), refused: watch::Sender::new(false) }
    }

    /// Turns true when Discord refuses the token.
    pub(super) fn refused(&self) -> watch::Receiver<bool> {
        self.refused.subscribe()
    }

    /// Sends a request that brings something back.
    pub(super) async fn fetch<T: DeserializeOwned>(
        &self,
        what: &'static str,
        request: Request<'_>,
        patience: Patience,
    ) -> Result<T, SendError> {
        let response = self.perform(what, request, patience).await?;
        response.json().await.map_err(|_| SendError::Unreadable)
    }

    /// Sends a request, again where that makes sense, until it succeeds or must be given up.
    pub(super) async fn perform(&self, what: &'static str, request: Request<'_>, patience: Patience) -> Result<Response, SendError> {
        let begin = Instant::now();
        let mut pause = FIRST_PAUSE;
        let mut tries = 0;
        loop {
            if *self.refused.borrow() {
                return Err(SendError::Unauthorized);
            }
            // Answers to interactions are outside the global limit.
            if !is_answer(&request) {
                self.wait_if_held(begin, patience).await?;
            }
            tries += 1;
            let left = patience.limit.saturating_sub(begin.elapsed());
            let outcome = tokio::time::timeout(left, self.execute(request.clone())).await;
            self.note(what, &outcome);
            let failure = match outcome {
                Ok(Ok(response)) if response.status().is_success() => return Ok(response),
                Ok(Ok(response)) => self.judge(response).await,
                Ok(Err(error)) => error,
                Err(_) => Failure::Again { after: None, why: SendError::TooLate },
            };
            match failure {
                Failure::Final(error) => {
                    log_final(what, &error);
                    return Err(error);
                }
                Failure::Again { after, why } => {
                    let wait = after.unwrap_or(pause);
                    if begin.elapsed() + wait >= patience.limit || tries >= patience.tries {
                        tracing::warn!(what, %why, "given up");
                        return Err(why);
                    }
                    tracing::debug!(what, %why, wait_ms = wait.as_millis(), "will be tried again");
                    tokio::time::sleep(wait).await;
                    pause = (pause * 2).min(patience.longest_pause());
                }
            }
        }
    }

    /// Counts a try, and takes the time if it brought the first answer to an event.
    fn note(&self, what: &'static str, tried: &Result<Result<Response, Failure>, Elapsed>) {
        let counts = self.pulse.counts();
        match tried {
            Ok(Ok(response)) => {
                counts.tried(what, response.status().as_str());
                if response.status().is_success()
                    && ANSWERS.contains(&what)
                    && let Some(time) = timing::first_answer()
                {
                    counts.answers.get_or_create(&Way { request: what }).observe(time.as_secs_f64());
                }
            }
            Ok(Err(_)) => counts.tried(what, "unreachable"),
            Err(_) => counts.tried(what, "late"),
        }
    }

    /// What is in a file that somebody gave with a command: at most `most` bytes of it, from where Discord keeps such files alone.
    pub(super) async fn attachment(&self, address: &str, most: usize) -> Result<Vec<u8>, SendError> {
        let base = self.http.proxy.as_deref().map(|base| format!("{base}/"));
        let known = FILES.iter().copied().chain(base.as_deref()).any(|known| address.starts_with(known));
        if !known {
            return Err(SendError::Unreadable);
        }
        let fetch = async {
            let mut response = self.web.get(address).send().await.map_err(|_| SendError::Unreachable)?;
            if !response.status().is_success() {
                return Err(SendError::Gone { code: u64::from(response.status().as_u16()) });
            }
            let mut bytes = Vec::new();
            while let Some(part) = response.chunk().await.map_err(|_| SendError::Unreachable)? {
                bytes.extend_from_slice(&part);
                if bytes.len() > most {
                    return Err(SendError::Unreadable);
                }
            }
            Ok(bytes)
        };
        tokio::time::timeout(FETCH, fetch).await.map_err(|_| SendError::TooLate)?
    }

    /// One try.
    ///
    /// Serenity's limiter keeps a bucket for every path for ever, and the path of an interaction's answer is a new one each time: those
    /// requests, which no limit of the bot counts, pass it by.
    async fn execute(&self, request: Request<'_>) -> Result<Response, Failure> {
        let limiter = self.http.ratelimiter.as_ref().filter(|_| !is_answer(&request));
        if let Some(limiter) = limiter {
            return limiter.perform(request).await.map_err(|error| failure_of(&error));
        }
        let built = request.build(&self.web, self.http.token(), self.http.proxy.as_deref()).map_err(|error| failure_of(&error))?;
        built.send().await.map_err(|_| Failure::Again { after: None, why: SendError::Unreachable })
    }

    /// What an unsuccessful answer means.
    async fn judge(&self, response: Response) -> Failure {
        let status = response.status();
        if status == StatusCode::TOO_MANY_REQUESTS {
            let global = is_global(response.headers());
            let after = retry_after(response).await;
            if global {
                *self.held_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + after);
            }
            return Failure::Again { after: Some(after), why: SendError::RateLimited };
        }
        // 408 is nirn-proxy's word for a Discord that takes too long.
        if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
            return Failure::Again { after: None, why: SendError::ServerError(status.as_u16()) };
        }
        let error = SendError::from_answer(status, response).await;
        if matches!(error, SendError::Unauthorized) {
            self.refused.send_replace(true);
        }
        Failure::Final(error)
    }

    async fn wait_if_held(&self, begin: Instant, patience: Patience) -> Result<(), SendError> {
        let until = *self.held_until.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()));
        if begin.elapsed() + wait >= patience.limit {
            return Err(SendError::RateLimited);
        }
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }
}

/// Whether a request answers an interaction.
fn is_answer(request: &Request<'_>) -> bool {
    matches!(request.route_ref(), Route::InteractionResponse { .. })
}

/// A request with a JSON body.
pub(super) fn with_body<'route>(route: Route<'route>, method: LightMethod, body: &impl Serialize) -> Result<Request<'route>, SendError> {
    let bytes = serde_json::to_vec(body).map_err(|_| SendError::Unreadable)?;
    Ok(Request::new(route, method).body(Some(bytes)))
}

/// A request with a JSON body and, where there is one, a file beside it.
pub(super) fn with_file<'route>(
    route: Route<'route>,
    method: LightMethod,
    body: &impl Serialize,
    file: Option<&File>,
) -> Result<Request<'route>, SendError> {
    let Some(file) = file else { return with_body(route, method, body) };
    let payload = serde_json::to_string(body).map_err(|_| SendError::Unreadable)?;
    // Serenity calls the first and only file `files[0]`.
    let upload = MultipartUpload::Attachments(vec![CreateAttachment::bytes(file.bytes.to_vec(), file.filename.clone())]);
    Ok(Request::new(route, method).multipart(Some(Multipart { upload, fields: Vec::new(), payload_json: Some(payload) })))
}

/// A request without a body.
pub(super) fn without_body(route: Route<'_>, method: LightMethod) -> Request<'_> {
    Request::new(route, method)
}

fn log_final(what: &'static str, error: &SendError) {
    match error {
        // A fault of ours: Discord tells what it did not like.
        SendError::Rejected { status, code } => tracing::error!(what, status, code, "Discord refused the request"),
        SendError::Unauthorized => tracing::error!(what, "Discord refused the token"),
        other => tracing::info!(what, %other, "not sent"),
    }
}
