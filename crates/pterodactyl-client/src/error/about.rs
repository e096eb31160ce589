//! Questions about an error: whose trouble it is, and when to ask again. They must never be answered by a sentence's words.

use std::fmt;
use std::time::{Duration, Instant};

use super::Error;
use crate::call::Call;

/// How long to stay away after a refusal for too many requests that names no time: a web server in front of the panel
/// does so, and the panel's own window is a minute.
const UNSAID_WAIT: Duration = Duration::from_secs(60);

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
    /// call, offline, the key may not do this with it, or the panel stumbles over it.
    ///
    /// [`Error::Forbidden`] counts even where no server was asked about; [`Error::about_for`] knows better.
    #[must_use]
    pub fn is_about_the_server(&self) -> bool {
        matches!(
            self,
            Self::NotFound
                | Self::Conflict { .. }
                | Self::ServerOffline { .. }
                | Self::Forbidden { .. }
                | Self::ServerBroken { .. }
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
    /// An answer about one server that only the panel's own code failed over is [`Error::ServerBroken`] and not among these.
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
        matches!(
            self,
            Self::Broken { status: 500, .. } | Self::ServerBroken { .. }
        )
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
    /// `None` for the rest, such as a request the panel found wrong or a limit of one action. [`Error::about_for`] says more.
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

    /// Whose trouble it is, as [`Error::about`], for an error that `call` gave. The call decides where the error alone cannot:
    /// what is forbidden without a server in it is the key's trouble (one that may not do everything); an answer nobody can
    /// read, and a limit of one action, are the server's if it was asked about one (such limits are counted per server).
    #[must_use]
    pub fn about_for(&self, call: Call) -> Option<About> {
        let unreadable = matches!(self, Self::Unreadable { .. });
        let limited = matches!(self, Self::ActionLimited { .. });
        if call.is_about_a_server() && (unreadable || limited) {
            return Some(About::Server);
        }
        // A route that every panel has is missing: the address is wrong.
        let nowhere = matches!(self, Self::Refused { status: 404, .. });
        if call.is_everywhere() && call != Call::Other {
            if matches!(self, Self::Forbidden { .. }) {
                return Some(About::Key);
            }
            if unreadable || nowhere {
                return Some(About::Panel);
            }
        }
        self.about()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Unreachable;

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
    fn the_call_tells_whose_trouble_an_answer_is() {
        let forbidden = Error::Forbidden {
            detail: String::new(),
        };
        assert_eq!(forbidden.about_for(Call::Account), Some(About::Key));
        assert_eq!(forbidden.about_for(Call::Websocket), Some(About::Server));
        let unreadable = |call: Call| call.unreadable().about_for(call);
        assert_eq!(unreadable(Call::Servers), Some(About::Panel));
        assert_eq!(unreadable(Call::Resources), Some(About::Server));
        let missing = Error::Refused {
            status: 404,
            code: String::new(),
            detail: String::new(),
        };
        let limited = Error::ActionLimited { retry_after: None };
        assert_eq!(limited.about_for(Call::Websocket), Some(About::Server));
        assert_eq!(missing.about_for(Call::Servers), Some(About::Panel));
        assert_eq!(missing.about_for(Call::Activity), None);
        assert_eq!(node_of("x").about_for(Call::Power(None)), Some(About::Node));
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
