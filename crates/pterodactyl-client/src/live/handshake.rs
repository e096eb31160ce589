//! What a node, or whatever stands before it, answers to the request for a websocket. It must never pass on an answer's
//! text uncleaned, nor take a proxy's page for the node's word.

use std::time::Duration;

use serde::Deserialize;
use url::Url;

use super::why::Retry;
use crate::base_url::BaseUrl;
use crate::error::Unreachable;
use crate::text::{DETAIL, clean};

/// Why there is no websocket.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HandshakeError {
    /// The address the panel gave is no websocket's. Nothing was sent.
    #[error("the panel gives no usable address for live updates")]
    BadAddress,
    /// The node cannot be reached from this computer. The panel may reach it all the same.
    #[error("the server's node cannot be reached from here: {0}")]
    Unreachable(Unreachable),
    /// The proxy of this network does not let the connection through.
    #[error("the network's proxy does not connect to the server's node{}", .status.map(|s| format!(" (status {s})")).unwrap_or_default())]
    Proxy {
        /// Its HTTP status; `None` when it could not be reached or understood.
        status: Option<u16>,
    },
    /// The node wants to be visited from another address of the panel (403): the one in its configuration.
    #[error("the server's node only accepts visitors of the panel's main address")]
    OriginRefused,
    /// The node does not know the server (404): it was deleted or moved.
    #[error("the server's node does not know the server")]
    UnknownServer,
    /// 30 connections to this server are open, over all users (400).
    #[error("too many people are watching this server")]
    Full,
    /// The node refuses for another reason.
    #[error("the server's node refused the connection (status {status}){}", suffix(.detail))]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The node's sentence; may be empty.
        detail: String,
    },
    /// Something other than a node answered: a proxy's error page, a protection service, another program.
    #[error("something other than the server's node answers at its address{}", .status.map(|s| format!(" (status {s})")).unwrap_or_default())]
    NotANode {
        /// The HTTP status; `None` when it does not even speak HTTP.
        status: Option<u16>,
    },
}

fn suffix(detail: &str) -> String {
    if detail.is_empty() {
        String::new()
    } else {
        format!(": {detail}")
    }
}

#[derive(Deserialize)]
struct RawError {
    error: String,
}

impl HandshakeError {
    /// Reads an answer other than 101. A 403 of a node is plain text with JSON below it.
    #[must_use]
    pub fn read(status: u16, content_type: Option<&str>, body: &str) -> Self {
        let is = |kind: &str| content_type.is_some_and(|found| found.contains(kind));
        let not_a_node = Self::NotANode {
            status: Some(status),
        };
        let said = body
            .find('{')
            .and_then(|at| serde_json::from_str::<RawError>(body[at..].trim()).ok())
            .map(|raw| clean(&raw.error, DETAIL));
        // The body may come later than the head, which alone is waited for; then its kind must do.
        let (json, text) = (is("json"), is("text/plain"));
        let unheard = body.trim().is_empty();
        match (status, said) {
            (_, _) if is("html") => not_a_node,
            (403, _) if body.trim_start().starts_with("Forbidden") => Self::OriginRefused,
            (403, None) if unheard && text => Self::OriginRefused,
            (404, Some(_)) => Self::UnknownServer,
            (404, None) if unheard && json => Self::UnknownServer,
            (400, Some(detail)) if detail.contains("Too many open websocket") => Self::Full,
            (400, None) if unheard && json => Self::Full,
            (status, Some(detail)) => Self::Refused { status, detail },
            (_, None) => not_a_node,
        }
    }

    /// When to try again, given the usual wait and one for what seldom changes.
    pub(super) fn retry(&self, usual: Duration, long: Duration) -> Retry {
        match self {
            Self::OriginRefused | Self::BadAddress => Retry::Never,
            Self::UnknownServer => Retry::AskPanel(usual),
            Self::Full | Self::NotANode { .. } | Self::Unreachable(Unreachable::Tls { .. }) => {
                Retry::After(long)
            }
            Self::Unreachable(_) | Self::Proxy { .. } | Self::Refused { .. } => Retry::After(usual),
        }
    }

    /// True when the address the panel gave may still be right.
    pub(super) fn leaves_token(&self) -> bool {
        match self {
            Self::Unreachable(_)
            | Self::Proxy { .. }
            | Self::OriginRefused
            | Self::Full
            | Self::NotANode { .. } => true,
            Self::BadAddress | Self::UnknownServer | Self::Refused { .. } => false,
        }
    }
}

/// Which `Origin` to send, in order: that of the panel's address, then that of the token's issuer when it differs. A node
/// compares it letter by letter with the panel's address in its own configuration.
#[must_use]
pub fn origins(panel: &BaseUrl, issuer: Option<&str>) -> Vec<String> {
    let of = |text: &str| {
        let url = Url::parse(text).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
    };
    let mut found: Vec<String> = of(panel.as_str()).into_iter().collect();
    found.extend(issuer.and_then(of));
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_is_the_panels_without_folder_slash_or_usual_port() {
        let of = |panel: &str, issuer| origins(&BaseUrl::parse(panel).unwrap(), issuer);
        assert_eq!(of("https://p.example/games", None), ["https://p.example"]);
        assert_eq!(of("https://p.example:443", None), ["https://p.example"]);
        assert_eq!(of("http://p.example:8081", None), ["http://p.example:8081"]);
        assert_eq!(
            of("https://p.example", Some("https://panel.example/x")),
            ["https://p.example", "https://panel.example"]
        );
        assert_eq!(
            of("https://p.example", Some("https://p.example/")),
            ["https://p.example"]
        );
        assert_eq!(
            of("https://p.example", Some("javascript:1")),
            ["https://p.example"]
        );
    }

    #[test]
    fn a_proxys_page_is_not_the_nodes_word() {
        let read = HandshakeError::read;
        assert_eq!(
            read(403, Some("text/html"), "<html>Attention</html>"),
            HandshakeError::NotANode { status: Some(403) }
        );
        assert_eq!(
            read(502, None, ""),
            HandshakeError::NotANode { status: Some(502) }
        );
        assert_eq!(
            read(404, Some("text/plain"), "404 page not found"),
            HandshakeError::NotANode { status: Some(404) }
        );
    }

    #[test]
    fn an_answer_whose_body_comes_late_is_still_recognised() {
        let cut = HandshakeError::read(403, Some("text/plain; charset=utf-8"), "Forbidden\n");
        assert_eq!(cut, HandshakeError::OriginRefused);
        let headless = |status, kind| HandshakeError::read(status, Some(kind), "");
        assert_eq!(
            headless(403, "text/plain; charset=utf-8"),
            HandshakeError::OriginRefused
        );
        let json = "application/json; charset=utf-8";
        assert_eq!(headless(404, json), HandshakeError::UnknownServer);
        assert_eq!(headless(400, json), HandshakeError::Full);
    }

    #[test]
    fn another_refusal_keeps_the_nodes_sentence() {
        assert_eq!(
            HandshakeError::read(500, Some("application/json"), r#"{"error":"\u001b[31mno"}"#),
            HandshakeError::Refused {
                status: 500,
                detail: "no".into()
            }
        );
    }
}
