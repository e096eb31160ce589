//! What an answer that is no success means. It must never decide on the status before the `code` (node errors borrow 401,
//! 403 and 404), and on the panel's sentence only where nothing else tells two cases apart.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::header::LOCATION;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::budget::Budget;
use crate::call::Call;
use crate::error::{ConflictState, Error, NotAPanel};
use crate::reply::Reply;
use crate::text::{DETAIL, clean};

/// The longest wait taken over from a panel.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// No panel grants as little as this to everything; a smaller number is one route's own. Only used before the panel's
/// general limit is known.
const SMALLEST_LIMIT: u32 = 30;

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
    if is_captive(reply) {
        return Error::CaptivePortal;
    }
    if reply.status.is_redirection() {
        return redirect(reply);
    }
    if !reply.is_json() {
        return page(reply);
    }
    match body(reply) {
        Body::Panel(refusal) => panel(reply, refusal),
        Body::Calagopus => NotAPanel::Calagopus.into(),
        Body::Other => other_json(reply),
    }
}

/// A good answer that is no JSON.
pub(crate) fn html_page(reply: &Reply) -> Error {
    if is_captive(reply) {
        Error::CaptivePortal
    } else if is_challenge(reply) {
        NotAPanel::Challenge.into()
    } else if is_html(reply) {
        NotAPanel::Html {
            title: title(reply),
        }
        .into()
    } else {
        NotAPanel::Foreign.into()
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
    let about_a_node = call.asks_the_node();
    match (code.as_str(), status) {
        // Only the call tells these from a broken gateway and a node in trouble.
        ("HttpException", 502) if call == Call::Command => Error::ServerOffline { detail },
        ("DaemonConnectionException", 417 | 500 | 502) | ("RequestException", 500)
            if call == Call::Command =>
        {
            Error::ServerOffline { detail }
        }
        ("DaemonConnectionException", _) => node(status, detail),
        // Pelican's names for the same; elsewhere they are the panel's own database or cache.
        ("ConnectionException", 500) if about_a_node => Error::NodeUnreachable { detail },
        ("RequestException", 500) if about_a_node => Error::NodeError { status, detail },
        ("AuthenticationException", 401) => Error::Unauthorized,
        ("TwoFactorAuthRequiredException", _) => Error::TwoFactorRequired,
        ("AccessDeniedHttpException", 403) => denied(reply, detail),
        (_, 403) => Error::Forbidden { detail },
        // The account and the list exist on every panel: there it is the address that is wrong.
        (_, 404) if !call.is_everywhere() => Error::NotFound,
        ("ServerStateConflictException", _) | (_, 409) => Error::Conflict {
            state: conflict(&detail),
            detail,
        },
        (_, 422) => Error::Validation { detail },
        (_, 429) => rate_limited(reply),
        (_, 503) => maintenance(reply),
        (_, 500..) => Error::Broken { status, detail },
        _ => Error::Refused {
            status,
            code,
            detail,
        },
    }
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

/// JSON without the panel's `errors`: a proxy's or another program's.
fn other_json(reply: &Reply) -> Error {
    match reply.status.as_u16() {
        429 => rate_limited(reply),
        status @ 500.. => Error::Broken {
            status,
            detail: String::new(),
        },
        _ => NotAPanel::Foreign.into(),
    }
}

/// A web page or a bare text instead of JSON: nearly always from something in front of the panel.
fn page(reply: &Reply) -> Error {
    if is_challenge(reply) {
        return NotAPanel::Challenge.into();
    }
    match reply.status.as_u16() {
        401 | 407 => NotAPanel::LoginWall.into(),
        429 => rate_limited(reply),
        // A rendered maintenance page; other servers title theirs differently.
        503 if retry_after(reply).is_some()
            || title(reply).as_deref() == Some("Service Unavailable") =>
        {
            maintenance(reply)
        }
        status @ 500.. => Error::Broken {
            status,
            detail: title(reply).unwrap_or_default(),
        },
        _ => html_page(reply),
    }
}

fn redirect(reply: &Reply) -> Error {
    let location = reply.header(LOCATION.as_str()).unwrap_or_default();
    // Only to take it apart; a relative address keeps its own form below.
    let apart = Url::parse("http://relative.invalid").and_then(|base| base.join(location));
    let path = apart
        .as_ref()
        .map(Url::path)
        .unwrap_or_default()
        .trim_end_matches('/');
    if path.ends_with("/login") || path.contains("/cdn-cgi/access/") {
        return NotAPanel::LoginWall.into();
    }
    let to = match Url::parse(location) {
        Ok(mut url) => {
            // A query can hold tokens, and a name before the host could pose as the host.
            url.set_query(None);
            url.set_fragment(None);
            let plain = url
                .set_username("")
                .and_then(|()| url.set_password(None))
                .is_ok();
            if plain {
                url.to_string()
            } else {
                String::new()
            }
        }
        Err(_) => location
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .to_owned(),
    };
    NotAPanel::Redirect {
        to: clean(&to, DETAIL),
    }
    .into()
}

/// The answer 429. Two kinds concern this action only: a `Retry-After` while requests are left, and counts of a limit that is tighter
/// than the panel's own on a route known to have one.
fn rate_limited(reply: &Reply) -> Error {
    let retry_after = retry_after(reply);
    let counts = Budget::read(&reply.headers);
    let left = counts.is_some_and(|counts| counts.remaining > 0);
    let general = reply.asked.general_limit.unwrap_or(SMALLEST_LIMIT);
    let tighter = counts.is_some_and(|counts| counts.limit < general);
    if (left && retry_after.is_some()) || (tighter && reply.asked.call.has_its_own_limit()) {
        Error::ActionLimited { retry_after }
    } else {
        Error::RateLimited { retry_after }
    }
}

fn maintenance(reply: &Reply) -> Error {
    Error::Maintenance {
        retry_after: retry_after(reply),
    }
}

/// `Retry-After` in seconds; panels never send the form with a date.
fn retry_after(reply: &Reply) -> Option<Duration> {
    let seconds = reply.header("retry-after")?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

/// True when a network's login page says itself what it is: by status 511 (RFC 6585), by the document that Wi-Fi login
/// programs look for, or by its name.
fn is_captive(reply: &Reply) -> bool {
    // Whole phrases: a panel may be called "Hotspot".
    const TITLES: [&str; 4] = [
        "captive portal",
        "hotspot login",
        "wi-fi login",
        "wifi login",
    ];
    let names = |words: &[&str], text: &str| {
        let text = text.to_ascii_lowercase();
        words.iter().any(|word| text.contains(word))
    };
    if reply.status.as_u16() == 511 {
        return true;
    }
    if reply.status.is_redirection() {
        let location = reply.header(LOCATION.as_str()).unwrap_or_default();
        // A query may repeat anything.
        let place = location.split(['?', '#']).next().unwrap_or_default();
        return names(&["captive", "hotspot/login", "guestportal"], place);
    }
    let document = b"WISPAccessGatewayParam";
    is_html(reply)
        && !reply.is_json()
        && (title(reply).is_some_and(|title| names(&TITLES, &title))
            || reply
                .body
                .windows(document.len())
                .any(|part| part == document))
}

fn is_challenge(reply: &Reply) -> bool {
    let asks = reply
        .header("cf-mitigated")
        .is_some_and(|v| v.eq_ignore_ascii_case("challenge"));
    let page = || {
        title(reply)
            .is_some_and(|t| t.starts_with("Just a moment") || t.starts_with("Attention Required"))
    };
    asks || (reply.headers.contains_key("cf-ray") && page())
}

fn is_html(reply: &Reply) -> bool {
    let named = reply
        .header("content-type")
        .is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    named || reply.body.trim_ascii_start().starts_with(b"<")
}

/// The page's `<title>`.
fn title(reply: &Reply) -> Option<String> {
    let text = String::from_utf8_lossy(&reply.body);
    let lower = text.to_ascii_lowercase();
    let open = lower.find("<title")?;
    let start = open + lower[open..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = clean(&text[start..end], DETAIL);
    (!title.is_empty()).then_some(title)
}

#[cfg(test)]
mod tests;
