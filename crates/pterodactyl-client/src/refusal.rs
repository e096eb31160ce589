//! What an answer that is no success means. It must never decide on the status before the `code` (node errors borrow 401,
//! 403 and 404), and on the panel's sentence only where nothing else tells two cases apart.

use std::net::IpAddr;

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use serde_json::error::Category;

use self::wait::{maintenance, rate_limited, retry_after};
use crate::budget::Budget;
use crate::call::Call;
use crate::error::{ConflictState, Error, NotAPanel};
use crate::reply::Reply;
use crate::text::{DETAIL, clean};

mod captive;
mod front;
mod wait;

pub(crate) use front::html_page;

/// What a panel's own database and cache are called when they fail: then nothing of it works, whatever was asked.
const STORAGE: [&str; 4] = [
    "QueryException",
    "PDOException",
    "RedisException",
    "ConnectionException",
];

/// One entry of `{"errors": [{"code": ..., "status": ..., "detail": ...}]}`.
struct Refusal {
    code: String,
    /// All entries' sentences (422 has one per failed rule).
    detail: String,
}

/// What came in place of that.
enum Body {
    Panel(Refusal),
    Calagopus,
    Other,
}

/// The error a reply stands for that is not a success.
pub(crate) fn read(reply: &Reply) -> Error {
    if captive::is_portal(reply) {
        return Error::CaptivePortal;
    }
    if reply.status == StatusCode::NOT_MODIFIED {
        // Nothing here ever asks for changes only.
        return reply.asked.call.unreadable();
    }
    if reply.status.is_redirection() {
        return front::redirect(reply);
    }
    if !reply.is_json() {
        return front::page(reply);
    }
    match body(reply) {
        Body::Panel(refusal) => panel(reply, refusal),
        Body::Calagopus => NotAPanel::Calagopus.into(),
        Body::Other => other_json(reply),
    }
}

fn body(reply: &Reply) -> Body {
    #[derive(Deserialize)]
    struct Errors {
        errors: Vec<Value>,
    }
    let Ok(Errors { errors }) = serde_json::from_slice(&reply.body) else {
        return Body::Other;
    };
    let Some(first) = errors.first() else {
        return Body::Other;
    };
    if first.is_string() {
        return Body::Calagopus;
    }
    let Some(code) = first["code"].as_str() else {
        return Body::Other;
    };
    let details: Vec<&str> = errors
        .iter()
        .filter_map(|error| error["detail"].as_str())
        .collect();
    Body::Panel(Refusal {
        code: clean(code, DETAIL),
        detail: clean(&details.join(" "), DETAIL),
    })
}

/// A refusal in the panel's own form.
fn panel(reply: &Reply, refusal: Refusal) -> Error {
    let Refusal { code, detail } = refusal;
    let status = reply.status.as_u16();
    let call = reply.asked.call;
    match (code.as_str(), status) {
        // Only the call tells these from a broken gateway and a node in trouble.
        ("HttpException", 502) if call == Call::Command => Error::ServerOffline { detail },
        ("DaemonConnectionException", 417 | 500 | 502) if call == Call::Command => {
            Error::ServerOffline { detail }
        }
        ("DaemonConnectionException", _) => node(status, detail),
        // Pelican's names for the same. Elsewhere, and where the panel did not get as far as counting the request, they are
        // its own database or cache.
        ("ConnectionException", 500) if call.asks_the_node() && is_counted(reply) => {
            Error::NodeUnreachable { detail }
        }
        ("RequestException", 500) if call.asks_the_node() => Error::NodeError { status, detail },
        ("AuthenticationException", 401) => Error::Unauthorized,
        ("TwoFactorAuthRequiredException", _) => Error::TwoFactorRequired,
        ("AccessDeniedHttpException", 403) => denied(reply, detail),
        (_, 403) => Error::Forbidden { detail },
        // The account and the list exist on every panel: there it is the address that is wrong.
        (_, 404) if call.is_about_a_server() && !is_missing_route(&detail) => Error::NotFound,
        ("ServerStateConflictException", _) | (_, 409) => Error::Conflict {
            state: conflict(&detail),
            detail,
        },
        (_, 422) => Error::Validation { detail },
        (_, 429) => rate_limited(reply, true),
        (_, 503) => maintenance(reply),
        (code, 500) if call.is_about_a_server() && !STORAGE.contains(&code) => {
            Error::ServerBroken { detail }
        }
        (_, 500..) => Error::Broken { status, detail },
        _ => Error::Refused {
            status,
            code,
            detail,
        },
    }
}

/// True when the answer carries the panel's count: it was given by what was asked for, not on the way there.
fn is_counted(reply: &Reply) -> bool {
    Budget::read(&reply.headers).is_some()
}

/// True when the panel does not even know the kind of question (an older one): its framework's sentence, which no translation
/// touches.
fn is_missing_route(detail: &str) -> bool {
    detail.starts_with("The route ") && detail.contains(" could not be found")
}

/// An error about the node. `/resources` turns the node's every answer into 504 and keeps its status in the sentence, in
/// a part no translation touches.
fn node(status: u16, detail: String) -> Error {
    let told = detail
        .split_once("(code: ")
        .and_then(|(_, rest)| rest.split_once(')')?.0.parse().ok());
    match told {
        Some(status) => Error::NodeError { status, detail },
        None if status == 504 => Error::NodeUnreachable { detail },
        None => Error::NodeError { status, detail },
    }
}

/// Three cases share this code: the wrong kind of key, the wrong caller, and a missing permission.
fn denied(reply: &Reply, detail: String) -> Error {
    let ip = detail
        .split(|c: char| !(c.is_ascii_hexdigit() || matches!(c, '.' | ':')))
        .filter_map(|word| word.trim_matches('.').parse::<IpAddr>().ok())
        // Two colons between words read as one.
        .find(|ip| !ip.is_unspecified());
    if ip.is_some() || detail.starts_with("This IP address") {
        let ip = ip.map(|ip| ip.to_string());
        Error::IpNotAllowed { ip }
    } else if reply.asked.application_key || detail.contains("application API key") {
        Error::ApplicationKey
    } else {
        Error::Forbidden { detail }
    }
}

fn conflict(detail: &str) -> Option<ConflictState> {
    const WORDS: [(&str, ConflictState); 5] = [
        ("suspended", ConflictState::Suspended),
        ("maintenance", ConflictState::Maintenance),
        ("installation", ConflictState::Installing),
        ("restoring", ConflictState::RestoringBackup),
        ("transferred", ConflictState::Transferring),
    ];
    let found = WORDS.iter().find(|(word, _)| detail.contains(word))?;
    Some(found.1)
}

/// JSON without the panel's `errors`: a proxy's, another program's, or a panel's that was cut.
fn other_json(reply: &Reply) -> Error {
    let cut = serde_json::from_slice::<Value>(&reply.body)
        .is_err_and(|error| matches!(error.classify(), Category::Eof) && !reply.body.is_empty());
    match reply.status.as_u16() {
        401 | 407 if front::wants_a_login(reply) => NotAPanel::LoginWall.into(),
        429 => rate_limited(reply, false),
        503 if retry_after(reply).is_some() => maintenance(reply),
        status @ 500.. => Error::Broken {
            status,
            detail: String::new(),
        },
        _ if cut => reply.asked.call.unreadable(),
        _ => NotAPanel::Foreign.into(),
    }
}

#[cfg(test)]
mod tests;
