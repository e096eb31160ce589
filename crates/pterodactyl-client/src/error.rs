//! Everything that can go wrong with a call, named by its cause. It must never carry the key, an address with a
//! query, or text from the panel that was not cleaned first.

use std::time::Duration;

/// Why a call gave nothing usable.
///
/// Every `detail` is the panel's own sentence, without control characters and at most 300 characters long. It may be in
/// any language: show it, never compare it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The key is blank or holds characters no key has. Nothing was sent.
    #[error("the key is empty or contains characters that cannot be part of a key")]
    BadKey,
    /// No answer came back at all.
    #[error("the panel cannot be reached: {0}")]
    Unreachable(#[from] Unreachable),
    /// Something answered, but it is not a panel this client understands.
    #[error("this address does not answer like a panel: {0}")]
    NotAPanel(#[from] NotAPanel),
    /// The panel does not know the key (401 `AuthenticationException`): mistyped, deleted or expired.
    #[error("the panel does not accept the key")]
    Unauthorized,
    /// The key is an application key (`ptla_`, `papp_`); these calls need a client key.
    #[error("this is an application key; a client key is needed")]
    ApplicationKey,
    /// The key only works from other addresses.
    #[error("the key may not be used from this address{}", .ip.as_deref().map(|ip| format!(" ({ip})")).unwrap_or_default())]
    IpNotAllowed {
        /// The caller's address as the panel sees it; behind a proxy it can be the proxy's.
        ip: Option<String>,
    },
    /// The panel wants this account to switch two-factor authentication on first.
    #[error("the panel requires two-factor authentication for this account")]
    TwoFactorRequired,
    /// The key is good but this is not permitted.
    #[error("not permitted: {detail}")]
    Forbidden {
        /// The panel's sentence.
        detail: String,
    },
    /// The panel has no such server, or the key may not see it.
    #[error("the panel has no such server, or it may not be seen with this key")]
    NotFound,
    /// The server's state forbids the call right now (409).
    #[error("the server is not available right now: {detail}")]
    Conflict {
        /// Guessed from the English sentence; `None` on a translated panel.
        state: Option<ConflictState>,
        /// The panel's sentence.
        detail: String,
    },
    /// The panel could not reach the machine that runs the server.
    #[error("the panel cannot reach the server's node: {detail}")]
    NodeUnreachable {
        /// The panel's sentence.
        detail: String,
    },
    /// The machine that runs the server answered the panel with an error.
    #[error("the server's node answered with an error ({status}): {detail}")]
    NodeError {
        /// The node's HTTP status as far as the panel tells it.
        status: u16,
        /// The panel's sentence.
        detail: String,
    },
    /// Too many requests (429). The count is per user, shared with all of the user's keys and browser tabs.
    #[error("the panel asks for fewer requests")]
    RateLimited {
        /// How long to stay away, at most an hour; `None` when the answer does not say.
        retry_after: Option<Duration>,
    },
    /// The panel is in maintenance mode (503), usually for an update.
    #[error("the panel is in maintenance mode")]
    Maintenance {
        /// How long to stay away, at most an hour; `None` when the answer does not say.
        retry_after: Option<Duration>,
    },
    /// The panel found the request's content wrong (422).
    #[error("the panel did not accept the request: {detail}")]
    Validation {
        /// The panel's sentences.
        detail: String,
    },
    /// The panel, or the web server in front of it, failed (5xx).
    #[error("the panel failed with status {status}{}", suffix(.detail))]
    Broken {
        /// The HTTP status.
        status: u16,
        /// The panel's sentence or the error page's title; may be empty.
        detail: String,
    },
    /// Any other refusal in the panel's own form.
    #[error("the panel refused with status {status} ({code}){}", suffix(.detail))]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The panel's name for the error.
        code: String,
        /// The panel's sentence.
        detail: String,
    },
    /// An answer that looks like the panel's but cannot be understood, or is larger than any real one.
    #[error("the panel's answer cannot be understood: {what}")]
    Unreadable {
        /// Which answer, for people.
        what: &'static str,
    },
}

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    /// The host name has no address, or names cannot be looked up at the moment.
    #[error("its name cannot be found")]
    Dns,
    /// Nothing listens there.
    #[error("the connection was refused")]
    Refused,
    /// No connection within 10 s or no complete answer within 25 s.
    #[error("it did not answer in time")]
    TimedOut,
    /// No safe connection: a wrong certificate, or the port does not speak TLS.
    #[error("no safe connection is possible ({reason})")]
    Tls {
        /// What the TLS library says.
        reason: String,
    },
    /// The connection ended before the answer did.
    #[error("the connection broke off")]
    Interrupted,
    /// Anything else below HTTP, such as no network.
    #[error("the connection failed")]
    Failed,
}

/// What answered instead of a panel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAPanel {
    /// A web page.
    #[error("it sends a web page{}", .title.as_deref().map(|t| format!(" (\"{t}\")")).unwrap_or_default())]
    Html {
        /// The page's title.
        title: Option<String>,
    },
    /// A login page stands before the panel (single sign-on, a password of the web server).
    #[error("it asks for a login first")]
    LoginWall,
    /// A protection service wants to see a browser.
    #[error("a protection service in front of it wants to see a browser")]
    Challenge,
    /// A Calagopus panel: same addresses, other shapes.
    #[error("it is a Calagopus panel, which is not supported")]
    Calagopus,
    /// JSON (or something else that is no web page) of another program.
    #[error("it speaks another language")]
    Foreign,
    /// It wants to be asked elsewhere. No redirect is followed.
    #[error("it sends visitors on to {to}")]
    Redirect {
        /// Where to, without query. [`crate::BaseUrl::parse`] makes a base address of it.
        to: String,
    },
}

/// Which state makes the panel refuse everything but the server's view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConflictState {
    /// Suspended by an administrator or by billing.
    Suspended,
    /// The node is under maintenance.
    Maintenance,
    /// Being installed, or its installation failed.
    Installing,
    /// A backup is being restored.
    RestoringBackup,
    /// Moving to another node.
    Transferring,
}

impl Error {
    /// True when the machine behind the panel is the trouble, while panel and key are fine.
    #[must_use]
    pub fn is_about_the_node(&self) -> bool {
        matches!(self, Self::NodeUnreachable { .. } | Self::NodeError { .. })
    }

    /// True when asking again is pointless until a person changes the key or the account.
    #[must_use]
    pub fn is_about_the_key(&self) -> bool {
        matches!(
            self,
            Self::BadKey
                | Self::Unauthorized
                | Self::ApplicationKey
                | Self::IpNotAllowed { .. }
                | Self::TwoFactorRequired
        )
    }

    /// True when no call to this panel can be expected to work right now: what is known of its servers stays as it is.
    ///
    /// [`Error::Broken`] counts as well, which is right for the account and the list; from a call about one server it
    /// may be that server's trouble only.
    #[must_use]
    pub fn is_about_the_panel(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_)
                | Self::NotAPanel(_)
                | Self::Broken { .. }
                | Self::Maintenance { .. }
        )
    }

    /// How long the panel asks to be left alone, if it says so; never more than an hour.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        if let Self::RateLimited { retry_after } | Self::Maintenance { retry_after } = self {
            *retry_after
        } else {
            None
        }
    }
}

fn suffix(detail: &str) -> String {
    if detail.is_empty() {
        String::new()
    } else {
        format!(": {detail}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_its_cause_and_no_more_than_it_knows() {
        let ip = Error::IpNotAllowed {
            ip: Some("203.0.113.9".into()),
        };
        assert_eq!(
            ip.to_string(),
            "the key may not be used from this address (203.0.113.9)"
        );
        let broken = Error::Broken {
            status: 502,
            detail: String::new(),
        };
        assert_eq!(broken.to_string(), "the panel failed with status 502");
        let refused = Error::from(Unreachable::Refused);
        assert_eq!(
            refused.to_string(),
            "the panel cannot be reached: the connection was refused"
        );
    }

    #[test]
    fn trouble_has_one_owner() {
        let detail = String::new();
        let node = Error::NodeUnreachable { detail };
        assert!(node.is_about_the_node() && !node.is_about_the_key() && !node.is_about_the_panel());
        let key = Error::Unauthorized;
        assert!(key.is_about_the_key() && !key.is_about_the_node() && !key.is_about_the_panel());
        let panel = Error::Maintenance {
            retry_after: Some(Duration::from_secs(60)),
        };
        assert!(
            panel.is_about_the_panel() && !panel.is_about_the_key() && !panel.is_about_the_node()
        );
        assert_eq!(panel.retry_after(), Some(Duration::from_secs(60)));
        assert_eq!(key.retry_after(), None);
    }
}
