//! The text of a recording, taken apart. It must never fail on what it can do without, and never repeat what it refuses.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING};
use serde_json::Value;
use url::Url;

use super::{Exchange, NotARecording};
use crate::base_url::BaseUrl;
use crate::call::Call;
use crate::power::PowerSignal;
use crate::reply::{Asked, Reply};

/// The exchanges in `text`: each begins at a request that follows an answer. At least one result comes back.
pub(super) fn exchanges(text: &str) -> Vec<Result<Exchange, NotARecording>> {
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut parts: Vec<&[&str]> = Vec::new();
    let mut start = 0;
    let mut answered = false;
    for (at, line) in lines.iter().enumerate() {
        if answered && is_request(line) {
            // The notes above a request belong to it.
            let notes = lines[start..at]
                .iter()
                .rev()
                .take_while(|line| is_note(line));
            let next = at - notes.count();
            parts.push(&lines[start..next]);
            (start, answered) = (next, false);
        } else if status_of(line).is_some() {
            answered = true;
        }
    }
    parts.push(&lines[start..]);
    parts.into_iter().map(exchange).collect()
}

/// `> GET /api/client HTTP/1.1`
fn is_request(line: &str) -> bool {
    let Some(line) = line.strip_prefix('>') else {
        return false;
    };
    let mut words = line.split_whitespace();
    let method = words.next().unwrap_or_default();
    let target = words.next().unwrap_or_default();
    !method.is_empty()
        && method.bytes().all(|byte| byte.is_ascii_uppercase())
        && (target.starts_with('/') || target.contains("://"))
}

fn is_note(line: &str) -> bool {
    line.starts_with('#') && !is_total(line)
}

fn is_total(line: &str) -> bool {
    line.starts_with("# total")
}

/// What follows the version in `HTTP/1.1 200 OK`.
fn status_of(line: &str) -> Option<&str> {
    let (_, rest) = line.strip_prefix("HTTP/")?.split_once(' ')?;
    Some(rest.split_whitespace().next().unwrap_or_default())
}

fn exchange(lines: &[&str]) -> Result<Exchange, NotARecording> {
    let head = |line: &&str| line.starts_with("HTTP/");
    let first = lines.iter().position(head);
    let first = first.ok_or(NotARecording::NoAnswer)?;
    let (before, mut answer) = lines.split_at(first);
    let request: Vec<&str> = before
        .iter()
        .filter_map(|line| line.strip_prefix('>'))
        .map(str::trim)
        .collect();
    let asked = asked(&request).ok_or(NotARecording::NoRequest)?;
    let (status, headers, body) = loop {
        let (status, headers, body) = taken_apart(answer)?;
        // Of what is said on the way (`100 Continue`, a proxy's tunnel) another answer follows.
        let more = body.iter().position(|line| !line.trim().is_empty());
        match more.filter(|at| head(&body[*at])) {
            Some(at) if status.is_informational() || status == StatusCode::OK => {
                answer = &body[at..];
            }
            _ => break (status, headers, body),
        }
    };
    let mut chunked = headers.get_all(TRANSFER_ENCODING).iter();
    let chunked = chunked.any(|value| value.as_bytes().ends_with(b"chunked"));
    let text = body.concat();
    let whole = chunked.then(|| unchunked(text.trim_start())).flatten();
    let name = before.iter().find_map(|line| line.strip_prefix('#'));
    Ok(Exchange {
        name: name.unwrap_or_default().trim().to_owned(),
        reply: Reply {
            asked,
            status,
            headers,
            body: whole.unwrap_or(text).trim().into(),
        },
    })
}

/// Status, headers and the lines of the body, without the closing note.
fn taken_apart<'a, 'b>(
    answer: &'a [&'b str],
) -> Result<(StatusCode, HeaderMap, &'a [&'b str]), NotARecording> {
    let first = answer.first().copied().unwrap_or_default();
    let status = status_of(first).and_then(|status| status.parse().ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    let end = answer.iter().position(|line| line.trim().is_empty());
    let end = end.unwrap_or(answer.len());
    let headers = headers_of(&answer[1..end].concat());
    let mut body = answer.get(end + 1..).unwrap_or_default();
    let last = body.iter().rposition(|line| !line.trim().is_empty());
    if let Some(last) = last.filter(|last| is_total(body[*last])) {
        body = &body[..last];
    }
    Ok((
        status.ok_or(NotARecording::Head)?,
        headers.ok_or(NotARecording::Head)?,
        body,
    ))
}

/// A body that was written down in the chunks it travelled in, put together; nothing when it was not.
fn unchunked(text: &str) -> Option<String> {
    let mut whole = String::new();
    let mut rest = text;
    loop {
        let (size, more) = rest.split_once('\n')?;
        let size = size.trim().split(';').next()?;
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        whole.push_str(more.get(..size)?);
        rest = more.get(size..)?;
        rest = rest.strip_prefix('\r').unwrap_or(rest);
        rest = rest.strip_prefix('\n')?;
    }
}

/// What the lines of a request ask for; nothing when there is no request.
fn asked(request: &[&str]) -> Option<Asked> {
    let first = request.first()?;
    let mut words = first.split_whitespace();
    let (method, target) = (words.next()?, words.next()?);
    let blank = request.iter().position(|line| line.is_empty());
    let body = match blank {
        Some(at) => request[at..].join("\n"),
        None => (*request.last()?).to_owned(),
    };
    let host = request.iter().find_map(|line| {
        let (name, host) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| host.trim())
    });
    let url = Url::parse(target).ok();
    let base = BaseUrl::parse(url.as_ref().map(Url::as_str).or(host).unwrap_or_default());
    Some(Asked {
        call: call_of(method, url.as_ref().map_or(target, Url::path), &body),
        application_key: request.iter().any(|line| shows_application_key(line)),
        general_limit: None,
        in_the_open: base.is_ok_and(|base| base.is_in_the_open()),
    })
}

/// Which call a request stands for; `body` tells the power signal. A panel may live in a folder.
fn call_of(method: &str, target: &str, body: &str) -> Call {
    let path = target.split('?').next().unwrap_or_default();
    let path = path.trim_end_matches('/');
    let at = path.find("/api/client/");
    let at = at.or_else(|| path.ends_with("/api/client").then(|| path.len() - 11));
    // Two slashes are another address to a panel.
    let Some(at) = at.filter(|_| !path.contains("//")) else {
        return Call::Other;
    };
    let segments = path[at..].split('/').skip(3);
    match (method, segments.collect::<Vec<_>>().as_slice()) {
        ("GET", []) => Call::Servers,
        ("GET", ["account"]) => Call::Account,
        ("GET", ["account", "activity"]) => Call::AccountActivity,
        ("GET", ["permissions"]) => Call::Permissions,
        ("GET", ["servers", _]) => Call::Server,
        ("GET", ["servers", _, "resources"]) => Call::Resources,
        ("GET", ["servers", _, "websocket"]) => Call::Websocket,
        ("GET", ["servers", _, "activity"]) => Call::Activity,
        ("GET", ["servers", _, "backups"]) => Call::Backups,
        ("GET", ["servers", _, "schedules"]) => Call::Schedules,
        ("GET", ["servers", _, "network", "allocations"]) => Call::Allocations,
        ("GET", ["servers", _, "startup"]) => Call::Startup,
        ("POST", ["servers", _, "power"]) => Call::Power(signal_of(body)),
        ("POST", ["servers", _, "command"]) => Call::Command,
        ("POST", ["servers", _, "backups"]) => Call::CreateBackup,
        ("POST", ["servers", _, "schedules", _, "execute"]) => Call::RunSchedule,
        _ => Call::Other,
    }
}

fn signal_of(body: &str) -> Option<PowerSignal> {
    let body: Value = serde_json::from_str(body).ok()?;
    PowerSignal::read(body["signal"].as_str()?.trim())
}

/// Recordings shorten keys but keep their beginning.
fn shows_application_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        name.eq_ignore_ascii_case("authorization")
            && value
                .split([' ', '<'])
                .any(crate::client::is_application_key)
    })
}

/// Headers written as `Name: value` lines; other lines do not count.
pub(crate) fn headers_of(lines: &str) -> Option<HeaderMap> {
    let mut map = HeaderMap::new();
    for (name, value) in lines.lines().filter_map(|line| line.split_once(':')) {
        let name: HeaderName = name.trim().parse().ok()?;
        map.append(name, HeaderValue::from_bytes(value.trim().as_bytes()).ok()?);
    }
    Some(map)
}
