//! Reading requests: JSON, or multipart with `payload_json` and files.
//! <https://docs.discord.com/developers/reference#uploading-files>

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use serde_json::Value;

use super::Call;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::rules::message::Upload;

/// How big a request is: 25 MiB.
pub(crate) const REQUEST: usize = 25 * 1024 * 1024;
/// How big one file is: 10 MiB.
pub(crate) const FILE: usize = 10 * 1024 * 1024;

/// Reads a request whole.
pub(crate) async fn read(request: Request) -> Call {
    let (parts, body) = request.into_parts();
    let mut call = Call {
        method: parts.method.to_string(),
        segments: segments(parts.uri.path()),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers.clone(),
        body: Value::Null,
        files: Vec::new(),
        unreadable: None,
    };
    let Ok(bytes) = to_bytes(body, REQUEST).await else {
        call.unreadable = Some(Refusal::too_large());
        return call;
    };
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let read = if kind.starts_with("multipart/form-data") {
        let request = Request::from_parts(parts, Body::from(bytes));
        read_multipart(request).await
    } else {
        read_json(&bytes).map(|body| (body, Vec::new()))
    };
    match read {
        Ok((body, files)) => (call.body, call.files) = (body, files),
        Err(refusal) => call.unreadable = Some(refusal),
    }
    call
}

/// The path's parts after `/api` and the version.
fn segments(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(decode).collect();
    if parts.first().is_some_and(|part| part == "api") {
        parts.remove(0);
    }
    let is_version = |part: &String| part.strip_prefix('v').is_some_and(|number| number.parse::<u8>().is_ok());
    if parts.first().is_some_and(is_version) {
        parts.remove(0);
    }
    parts
}

/// Undoes percent encoding.
fn decode(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let code: Option<Vec<u8>> = (byte == b'%').then(|| ahead.by_ref().take(2).collect());
        let code = code.and_then(|digits| u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok());
        if code.is_some() {
            rest = ahead;
        }
        bytes.push(code.unwrap_or(byte));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn read_json(bytes: &Bytes) -> Result<Value, Refusal> {
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(bytes).map_err(|_| Refusal::invalid_json())
}

async fn read_multipart(request: Request) -> Result<(Value, Vec<Upload>), Refusal> {
    let broken = |_| Refusal::invalid_json();
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Refusal::invalid_json())?;
    let (mut body, mut files) = (Value::Null, Vec::new());
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let filename = field.file_name().map(str::to_owned);
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(broken)?;
        match filename {
            Some(filename) => files.push(Upload { field: name, filename, content_type, bytes }),
            None if name == "payload_json" => body = read_json(&bytes)?,
            None => {}
        }
    }
    if files.iter().any(|file| file.bytes.len() > FILE) { Err(Refusal::too_large()) } else { Ok((body, files)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_left_out_of_the_path() {
        for path in ["/api/v10/users/@me", "/api/v9/users/@me", "/api/users/%40me"] {
            assert_eq!(segments(path), ["users", "@me"], "{path}");
        }
    }

    #[test]
    fn a_broken_percent_code_is_left_as_it_is() {
        assert_eq!(decode("50%"), "50%");
        assert_eq!(decode("%f0%9f%91%8d"), "👍");
    }
}
