//! Answers as the panel renders them: JSON, HTML, redirects, headers. Never looks into the world.

use std::time::Duration;

use serde_json::Value;

use crate::ask::Ask;
use crate::throttle::Count;

/// What happens on the connection.
pub(crate) enum Reply {
    Answer { after: Duration, answer: Answer },
    Reset { after: Duration },
    Never,
}

impl Reply {
    pub(crate) fn later(self, by: Duration) -> Self {
        match self {
            Self::Answer { after, answer } => Self::Answer {
                after: after + by,
                answer,
            },
            Self::Reset { after } => Self::Reset { after: after + by },
            Self::Never => Self::Never,
        }
    }

    pub(crate) fn at_once(answer: Answer) -> Self {
        Self::Answer {
            after: Duration::ZERO,
            answer,
        }
    }

    /// The status to come, if any.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Answer { answer, .. } => Some(answer.status),
            Self::Reset { .. } | Self::Never => None,
        }
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
    /// Only half of the body gets through before the connection ends.
    pub(crate) torn: bool,
}

impl Answer {
    pub(crate) fn of(status: u16, kind: &'static str, body: String) -> Self {
        let mut headers = vec![
            ("content-type", kind.to_owned()),
            ("cache-control", "no-cache, private".to_owned()),
            ("access-control-allow-origin", String::new()),
            ("access-control-allow-credentials", "true".to_owned()),
        ];
        if status < 400 {
            headers.extend(SECURITY.map(|(name, value)| (name, value.to_owned())));
        }
        Self {
            status,
            headers,
            body,
            torn: false,
        }
    }

    pub(crate) fn json(body: &Value) -> Self {
        Self::of(200, "application/json", as_php(body))
    }

    /// Plain text, such as a file.
    pub(crate) fn text(text: &str) -> Self {
        Self::of(200, "text/plain; charset=UTF-8", text.to_owned())
    }

    /// 202 with an empty list.
    pub(crate) fn accepted() -> Self {
        Self::of(202, "application/json", "[]".to_owned())
    }

    pub(crate) fn no_content() -> Self {
        let mut answer = Self::of(204, "", String::new());
        answer.headers.retain(|(name, _)| *name != "content-type");
        answer
    }

    /// The answer to a browser asking whether another page may call.
    pub(crate) fn preflight(ask: &Ask) -> Self {
        let asked = ask.header("access-control-request-headers");
        Self::of(204, HTML, String::new())
            .with(
                "access-control-allow-methods",
                "GET, POST, PUT, PATCH, DELETE, HEAD",
            )
            .with("access-control-allow-headers", asked.unwrap_or_default())
            .with("access-control-max-age", "0")
    }

    /// The page of the panel's own front end, given for every path that is no API.
    pub(crate) fn app_shell() -> Self {
        Self::of(200, HTML, page("Pterodactyl", "<div id=\"app\"></div>"))
            .with("set-cookie", "XSRF-TOKEN=fake; path=/; samesite=lax")
    }

    /// A page of something in front of the panel, with no header of the panel.
    pub(crate) fn wall() -> Self {
        Self::bare(200, page("Sign in", "<h1>Sign in to continue</h1>"))
    }

    /// An error page of a web server or proxy, with no header of the panel.
    pub(crate) fn proxy_page(status: u16, title: &str) -> Self {
        let heading = format!("<center><h1>{status} {title}</h1></center><hr>nginx");
        Self::bare(status, page(&format!("{status} {title}"), &heading))
    }

    /// The page of a CDN that wants to see a browser first.
    pub(crate) fn challenge() -> Self {
        let page = page("Just a moment...", "<h1>Checking your browser</h1>");
        Self::bare(403, page).with("cf-mitigated", "challenge")
    }

    /// An error as Calagopus writes it: the errors are plain texts.
    pub(crate) fn of_other_panel() -> Self {
        let body = r#"{"errors":["not found"]}"#.to_owned();
        let mut answer = Self::bare(404, body);
        answer.headers = vec![("content-type", "application/json".to_owned())];
        answer
    }

    fn bare(status: u16, body: String) -> Self {
        Self {
            status,
            headers: vec![("content-type", "text/html".to_owned())],
            body,
            torn: false,
        }
    }

    pub(crate) fn huge(bytes: usize) -> Self {
        let frame = r#"{"object":"list","data":[],"padding":""}"#;
        let padding = "x".repeat(bytes.saturating_sub(frame.len()));
        let body = format!(r#"{{"object":"list","data":[],"padding":"{padding}"}}"#);
        Self::of(200, "application/json", body)
    }

    /// A redirect by the web server, path and query kept.
    pub(crate) fn moved(base: &str, ask: &Ask) -> Self {
        let base = base.trim_end_matches('/');
        let mut to = format!("{base}{}", ask.path);
        if !ask.raw_query.is_empty() {
            to = format!("{to}?{}", ask.raw_query);
        }
        Self::proxy_page(301, "Moved Permanently").with("location", &to)
    }

    pub(crate) fn redirect(to: &str) -> Self {
        let body = format!("Redirecting to <a href=\"{to}\">{to}</a>.");
        Self::of(302, HTML, page(&format!("Redirecting to {to}"), &body)).with("location", to)
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// How much is left of a limit.
    pub(crate) fn count(&mut self, count: &Count) {
        let left = count.limit - count.used;
        let headers = [
            ("x-ratelimit-limit", count.limit),
            ("x-ratelimit-remaining", left),
        ];
        let headers = headers.map(|(name, number)| (name, number.to_string()));
        self.headers.extend(headers);
    }

    /// Newer panels say some of what the web server says as well, so it comes twice (REFERENCE 16.10).
    pub(crate) fn secure(&mut self) {
        let preflight = self
            .headers
            .iter()
            .any(|(name, _)| *name == "access-control-max-age");
        if self.status == 503 || preflight {
            return;
        }
        let own = [
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("x-xss-protection", "1; mode=block"),
            ("referrer-policy", "no-referrer-when-downgrade"),
        ];
        let own = own.map(|(name, value)| (name, value.to_owned()));
        self.headers.splice(0..0, own);
    }

    /// Changes the body, if it is JSON.
    pub(crate) fn edit(&mut self, change: impl FnOnce(&mut Value)) {
        if let Ok(mut body) = serde_json::from_str::<Value>(&self.body)
            && body.is_object()
        {
            change(&mut body);
            self.body = as_php(&body);
        }
    }

    /// The first half of the body, in a message that is complete by its headers.
    pub(crate) fn cut(&mut self) {
        let mut half = self.body.len() / 2;
        while !self.body.is_char_boundary(half) {
            half -= 1;
        }
        self.body.truncate(half);
    }
}

pub(crate) const HTML: &str = "text/html; charset=UTF-8";

const SECURITY: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("x-xss-protection", "1; mode=block"),
    ("x-robots-tag", "none"),
    ("content-security-policy", "frame-ancestors 'self'"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
];

pub(crate) fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
         <body>{body}</body>\n</html>\n"
    )
}

/// Compact JSON as PHP writes it: slashes and everything beyond ASCII escaped.
fn as_php(value: &Value) -> String {
    let plain = value.to_string();
    let mut out = String::with_capacity(plain.len() + plain.len() / 8);
    for letter in plain.chars() {
        match letter {
            '/' => out.push_str("\\/"),
            letter if letter.is_ascii() => out.push(letter),
            letter => {
                let mut units = [0; 2];
                for unit in letter.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_is_escaped_the_way_php_does_it() {
        assert_eq!(as_php(&json!("a/é🎮")), r#""a\/\u00e9\ud83c\udfae""#);
    }
}
