//! Everything that can go wrong with a call, named by its cause. It must never carry the key, an address with a
//! query, or text from the panel that was not cleaned first.

use std::time::Duration;

mod about;
mod not_a_panel;
mod unreachable;

pub use about::About;
pub use not_a_panel::NotAPanel;
pub use unreachable::{TlsFault, Unreachable};

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
    /// The network wants a login before it lets anything through (hotel, train, airport). Told from other web pages where it
    /// shows: status 511, a WISPr document, its name on the page, what it adds to an address, or a way from a public host to
    /// a private address.
    #[error("the network asks for a login first; the panel was not reached")]
    CaptivePortal,
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
    /// A command was sent to a server that is not running. Pterodactyl says 502, the node written in Rust 417, a node
    /// without the server's container 500. Pelican never notices and claims success.
    #[error("the server is offline and takes no commands: {detail}")]
    ServerOffline {
        /// The panel's sentence.
        detail: String,
    },
    /// This one action was asked for too often (429 of a limit of its own: backups, websocket tokens). Everything else
    /// may still be asked.
    #[error("this was asked for too often; other requests are not affected")]
    ActionLimited {
        /// How long to leave this action alone, at most an hour; `None` when the answer does not say.
        retry_after: Option<Duration>,
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
    /// The panel, or the web server in front of it, failed (5xx). With status 500 its own code stumbled over this one
    /// question: see [`Error::is_this_answer_only`].
    #[error("the panel failed with status {status}{}", suffix(.detail))]
    Broken {
        /// The HTTP status.
        status: u16,
        /// The panel's sentence or the error page's title; may be empty.
        detail: String,
    },
    /// The panel's own code failed over this one server (500 in its own form, to a call about a server). Pelican does so for
    /// the view of a server without an allocation; other servers are answered as ever.
    #[error("the panel failed over this server{}", suffix(.detail))]
    ServerBroken {
        /// The panel's sentence.
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
    /// A short, stable word for the kind of error, for logs and tables.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::BadKey => "bad_key",
            Self::Unreachable(why) => why.kind(),
            Self::NotAPanel(what) => what.kind(),
            Self::CaptivePortal => "captive_portal",
            Self::ApplicationKey => "application_key",
            Self::IpNotAllowed { .. } => "ip_not_allowed",
            Self::TwoFactorRequired => "two_factor_required",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden { .. } => "forbidden",
            Self::NotFound => "not_found",
            Self::Conflict { .. } => "conflict",
            Self::NodeUnreachable { .. } => "node_unreachable",
            Self::NodeError { .. } => "node_error",
            Self::ServerOffline { .. } => "server_offline",
            Self::ActionLimited { .. } => "action_limited",
            Self::RateLimited { .. } => "rate_limited",
            Self::Maintenance { .. } => "maintenance",
            Self::Validation { .. } => "validation",
            // One kind of failure; whose trouble it is tells them apart.
            Self::Broken { .. } | Self::ServerBroken { .. } => "broken",
            Self::Refused { .. } => "refused",
            Self::Unreadable { .. } => "unreadable",
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
