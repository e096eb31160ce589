//! A request as the panel reads it. Never answers anything.

use std::net::IpAddr;

use axum::http::{HeaderMap, Method};
use serde_json::Value;

/// One request, read completely.
pub(crate) struct Ask {
    pub(crate) method: Method,
    /// As sent, without the query.
    pub(crate) path: String,
    /// As sent, without the question mark.
    pub(crate) raw_query: String,
    /// Decoded.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) peer: IpAddr,
}

impl Ask {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let pair = self.query.iter().rfind(|(key, _)| key == name)?;
        Some(&pair.1)
    }

    pub(crate) fn changes_something(&self) -> bool {
        !matches!(self.method, Method::GET | Method::HEAD | Method::OPTIONS)
    }

    pub(crate) fn is_post(&self) -> bool {
        self.method == Method::POST
    }

    /// Where the caller thinks the panel is.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.header("host").unwrap_or("127.0.0.1"))
    }

    /// Only the most preferred entry of `Accept` counts; a script of a page may leave it open (REFERENCE 15.4).
    pub(crate) fn wants_json(&self) -> bool {
        let accept = self.header("accept").unwrap_or_default();
        let preferred = most_preferred(accept).to_ascii_lowercase();
        let script = self.header("x-requested-with") == Some("XMLHttpRequest");
        preferred.contains("/json")
            || preferred.contains("+json")
            || (script && (preferred.is_empty() || preferred == "*/*"))
    }

    fn sends_json(&self) -> bool {
        let kind = self.header("content-type").unwrap_or_default();
        kind.contains("/json") || kind.contains("+json")
    }

    pub(crate) fn has_broken_json(&self) -> bool {
        self.sends_json()
            && !self.body.is_empty()
            && serde_json::from_slice::<Value>(&self.body).is_err()
    }

    /// A field of the body, JSON or form, with the spaces around it trimmed; an empty one counts as missing.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let value = if self.sends_json() {
            let body = serde_json::from_slice::<Value>(&self.body).ok()?;
            body.get(name)?.as_str()?.to_owned()
        } else {
            let body = std::str::from_utf8(&self.body).ok()?;
            let pairs = pairs(body);
            pairs.into_iter().rfind(|(key, _)| key == name)?.1
        };
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// A field of a JSON body that is true.
    pub(crate) fn flag(&self, name: &str) -> bool {
        let body = serde_json::from_slice::<Value>(&self.body).unwrap_or_default();
        body[name] == true
    }

    /// The texts in a list of a JSON body.
    pub(crate) fn words(&self, name: &str) -> Vec<String> {
        let body = serde_json::from_slice::<Value>(&self.body).unwrap_or_default();
        let all = body[name].as_array().cloned().unwrap_or_default();
        let words = all.iter().filter_map(Value::as_str);
        words.map(str::to_owned).collect()
    }

    /// Whether the request looks like the panel's own page: then a state-changing one needs a CSRF token (REFERENCE 1.1).
    pub(crate) fn looks_like_browser(&self) -> bool {
        let cookie = self.header("cookie").unwrap_or_default();
        let from = self.header("referer").or_else(|| self.header("origin"));
        let host = from.and_then(host_of);
        let own = self.header("host");
        cookie.contains("pterodactyl_session=")
            || host.is_some_and(|host| Some(host) == own || FIRST_PARTY.contains(&host))
    }
}

const FIRST_PARTY: [&str; 5] = [
    "localhost",
    "localhost:3000",
    "127.0.0.1",
    "127.0.0.1:8000",
    "::1",
];

fn host_of(url: &str) -> Option<&str> {
    let rest = url
        .strip_prefix("http://")
        .or_else(|| url.strip_prefix("https://"))?;
    rest.split('/').next()
}

fn most_preferred(accept: &str) -> &str {
    let mut best = ("", -1.0);
    for entry in accept.split(',') {
        let mut parts = entry.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default();
        let quality = parts
            .find_map(|part| part.strip_prefix("q="))
            .and_then(|quality| quality.parse::<f32>().ok())
            .unwrap_or(1.0);
        if quality > best.1 {
            best = (kind, quality);
        }
    }
    best.0
}

/// The pairs of a query or form, decoded.
pub(crate) fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(key), decode(value))
        })
        .collect()
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|two| {
            let two = std::str::from_utf8(two).ok()?;
            u8::from_str_radix(two, 16).ok()
        });
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = tail;
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Percent-encodes for a query.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_most_preferred_entry_of_accept_counts() {
        assert_eq!(most_preferred("text/html, application/json"), "text/html");
        assert_eq!(most_preferred("*/*;q=0.5, a/json"), "a/json");
        assert_eq!(most_preferred(""), "");
    }

    #[test]
    fn queries_come_apart_and_together_again() {
        let query = pairs("filter%5Bname%5D=caf%C3%A9+bar&page=2&broken=%zz");
        assert_eq!(query[0], ("filter[name]".to_owned(), "café bar".to_owned()));
        assert_eq!(query[2].1, "%zz");
        assert_eq!(encode("filter[name]"), "filter%5Bname%5D");
    }
}
