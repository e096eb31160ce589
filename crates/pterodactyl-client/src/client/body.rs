//! What is read of an answer: no more than is sensible, and never the key. It must not know what the answer means.

use reqwest::{Response, StatusCode};

use crate::call::Call;
use crate::error::Error;
use crate::transport::unreachable;

/// The most read of a good answer; a page of 100 servers with all their variables is well below.
pub(crate) const GOOD_BODY: usize = 8 * 1024 * 1024;
/// The most read of any other answer.
pub(crate) const ERROR_BODY: usize = 64 * 1024;
/// The shortest key struck out of answers. Real ones have 48 characters; a shorter text may stand anywhere by chance.
const SHORTEST_SECRET: usize = 16;

/// The body, up to what is sensible: more makes a good answer unreadable and is left away from any other.
pub(super) async fn read(call: Call, mut response: Response) -> Result<Vec<u8>, Error> {
    let status = response.status();
    if status == StatusCode::NO_CONTENT {
        return Ok(Vec::new());
    }
    let cap = if status.is_success() {
        GOOD_BODY
    } else {
        ERROR_BODY
    };
    let told = response.content_length().unwrap_or_default();
    let told = usize::try_from(told).unwrap_or(usize::MAX);
    if status.is_success() && told > cap {
        return Err(call.unreadable());
    }
    // Grown step by step, a large one would leave its steps behind in memory.
    let mut body = Vec::with_capacity(told.min(cap));
    while let Some(chunk) = response.chunk().await.map_err(|e| unreachable(&e))? {
        body.extend_from_slice(&chunk);
        if body.len() > cap {
            if status.is_success() {
                return Err(call.unreadable());
            }
            body.truncate(cap);
            break;
        }
    }
    Ok(body)
}

/// `body` with the key struck out, should the panel repeat it (debug pages do).
pub(super) fn without(body: Vec<u8>, key: &[u8]) -> Vec<u8> {
    if key.len() < SHORTEST_SECRET {
        return body;
    }
    let mut clean = Vec::new();
    let mut rest = body.as_slice();
    while let Some(at) = rest.windows(key.len()).position(|window| window == key) {
        clean.extend_from_slice(&rest[..at]);
        clean.extend_from_slice(b"***");
        rest = &rest[at + key.len()..];
    }
    if clean.is_empty() {
        return body;
    }
    clean.extend_from_slice(rest);
    clean
}
