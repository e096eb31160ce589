//! Everything that can go wrong with a call, named by its cause. It must never carry the key, an address with a
//! query, or text from the panel that was not cleaned first.

use std::fmt;
use std::time::{Duration, Instant};

use crate::call::Call;

mod unreachable;

pub use unreachable::{TlsFault, Unreachable};

/// How long to stay away after a refusal for too many requests that names no time: a web server in front of the panel
/// does so, and the panel's own window is a minute.
const UNSAID_WAIT: Duration = Duration::from_secs(60);

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
    /// The network wants a login before it lets anything through (hotel, train, airport). Told from other web pages only
    /// where it says so itself: status 511, a WISPr document or its own name on the page.
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

impl NotAPanel {
    /// A short, stable word for it, for logs and tables.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Html { .. } => "not_a_panel.web_page",
            Self::LoginWall => "not_a_panel.login_wall",
            Self::Challenge => "not_a_panel.challenge",
            Self::Calagopus => "not_a_panel.calagopus",
            Self::Foreign => "not_a_panel.foreign",
            Self::Redirect { .. } => "not_a_panel.redirect",
        }
    }
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

/// Whose trouble an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum About {
    /// The key or its account: a person must act.
    Key,
    /// The panel, or the way to it.
    Panel,
    /// The machine that runs the server.
    Node,
    /// This one server.
    Server,
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key => "key",
            Self::Panel => "panel",
            Self::Node => "node",
            Self::Server => "server",
        })
    }
}

impl Error {
    /// True when the machine behind the panel is the trouble, while panel and key are fine.
    #[must_use]
    pub fn is_about_the_node(&self) -> bool {
        matches!(self, Self::NodeUnreachable { .. } | Self::NodeError { .. })
    }

    /// True when one server is the trouble, while panel, key and node are fine: it is gone, in a state that forbids the
    /// call, offline, or the key may not do this with it.
    #[must_use]
    pub fn is_about_the_server(&self) -> bool {
        matches!(
            self,
            Self::NotFound
                | Self::Conflict { .. }
                | Self::ServerOffline { .. }
                | Self::Forbidden { .. }
        )
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
                | Self::CaptivePortal
                | Self::Broken { .. }
                | Self::Maintenance { .. }
        )
    }

    /// True when the panel's own code failed over this one question (status 500) and others may well be answered. Pelican
    /// does so for the whole list of a subuser when one server has no allocation: keep the servers known before.
    #[must_use]
    pub fn is_this_answer_only(&self) -> bool {
        matches!(self, Self::Broken { status: 500, .. })
    }

    /// True when only the action that was asked for must wait, not the other requests to this panel.
    #[must_use]
    pub fn is_this_action_only(&self) -> bool {
        matches!(self, Self::ActionLimited { .. })
    }

    /// The permission that `call`, which gave this error, would have needed; `None` when that was not the trouble.
    #[must_use]
    pub fn missing_permission(&self, call: Call) -> Option<&'static str> {
        matches!(self, Self::Forbidden { .. })
            .then(|| call.permission())
            .flatten()
    }

    /// How long the panel asks to be left alone, if it says so; never more than an hour.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        if let Self::RateLimited { retry_after }
        | Self::ActionLimited { retry_after }
        | Self::Maintenance { retry_after } = self
        {
            *retry_after
        } else {
            None
        }
    }

    /// When to ask again, for an error that came `now`: what the panel asked for, or a minute when it refused for too many
    /// requests and named no time. `None` when waiting is not what helps, or nothing is known.
    #[must_use]
    pub fn retry_at(&self, now: Instant) -> Option<Instant> {
        let too_many = matches!(self, Self::RateLimited { .. } | Self::ActionLimited { .. });
        let wait = self
            .retry_after()
            .or_else(|| too_many.then_some(UNSAID_WAIT))?;
        now.checked_add(wait)
    }

    /// Whose trouble it is, first match of the `is_about_…` questions; a limit for everything counts as the panel's here.
    /// `None` for the rest, such as a request the panel found wrong or a limit of one action.
    #[must_use]
    pub fn about(&self) -> Option<About> {
        [
            (self.is_about_the_key(), About::Key),
            (self.is_about_the_panel(), About::Panel),
            (self.is_about_the_node(), About::Node),
            (self.is_about_the_server(), About::Server),
            (matches!(self, Self::RateLimited { .. }), About::Panel),
        ]
        .into_iter()
        .find_map(|(it_is, about)| it_is.then_some(about))
    }

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
            Self::Broken { .. } => "broken",
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
        let server = Error::ServerOffline {
            detail: String::new(),
        };
        assert_eq!(server.about(), Some(About::Server));
        assert_eq!(Error::CaptivePortal.about(), Some(About::Panel));
        assert_eq!(key.about(), Some(About::Key));
        assert_eq!(node_of("x").about(), Some(About::Node));
    }

    fn node_of(detail: &str) -> Error {
        let detail = detail.into();
        Error::NodeUnreachable { detail }
    }

    #[test]
    fn waiting_is_advised_where_waiting_helps() {
        let now = Instant::now();
        let wait = |error: Error| error.retry_at(now).map(|then| then - now);
        let limited = |seconds: Option<u64>| Error::RateLimited {
            retry_after: seconds.map(Duration::from_secs),
        };
        assert_eq!(wait(limited(Some(17))), Some(Duration::from_secs(17)));
        assert_eq!(wait(limited(None)), Some(UNSAID_WAIT));
        let action = Error::ActionLimited { retry_after: None };
        assert!(action.is_this_action_only() && !action.is_about_the_panel());
        assert_eq!(wait(action), Some(UNSAID_WAIT));
        assert_eq!(wait(Error::Maintenance { retry_after: None }), None);
        assert_eq!(wait(Error::Unauthorized), None);
    }

    #[test]
    fn a_refusal_names_the_permission_its_call_needs() {
        let detail = String::new();
        let refused = Error::Forbidden { detail };
        let kill = Call::Power(Some(crate::PowerSignal::Kill));
        assert_eq!(refused.missing_permission(kill), Some("control.stop"));
        assert_eq!(
            refused.missing_permission(Call::Command),
            Some("control.console")
        );
        assert_eq!(refused.missing_permission(Call::Account), None);
        assert_eq!(Error::NotFound.missing_permission(kill), None);
    }
}
