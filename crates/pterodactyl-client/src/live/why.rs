//! Why a connection ended, and what to do next, as values. It must never advise to hurry: every wait is spread at random,
//! because a node often drops everybody at once.

use std::time::Duration;

use super::handshake::HandshakeError;
use super::session::TokenRefusal;

/// The longest wait between two attempts.
const LONGEST: Duration = Duration::from_secs(60);
/// How long a node that is full or distrusted is left alone, at least.
const PATIENT: Duration = Duration::from_secs(300);
/// After so many attempts in a row the panel is asked what is going on.
const ASK_AFTER: u32 = 3;
/// Waits longer than this are bridged by polling.
const BRIDGED: Duration = Duration::from_secs(5);

/// Why a connection ended or never came about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Why {
    /// It was left on request.
    #[error("live updates were switched off")]
    Left,
    /// The node did not open a websocket.
    #[error(transparent)]
    Handshake(#[from] HandshakeError),
    /// The token lacks `websocket.connect`, or the panel is older than its node wants; nodes do not say which.
    #[error(
        "the node refuses live updates: either this account lacks the permission (websocket.connect), or the panel is \
         older than 1.12.3 while its node is newer"
    )]
    MissingConnect,
    /// The token belongs to another server.
    #[error("the panel's token belongs to another server")]
    WrongServer,
    /// The node answered the token with an error. A node with 30 watchers of one server says the same.
    #[error("the node does not accept the panel's token: {detail}")]
    LoginFailed {
        /// What the node says; often one sentence for everything.
        detail: String,
    },
    /// The node did not answer the token within 10 s.
    #[error("the node does not answer the panel's token")]
    LoginSilent,
    /// The node dropped the token twice because too many came.
    #[error("the node asks for fewer attempts")]
    LoginThrottled,
    /// The panel gives no further token.
    #[error("the panel gives no token for live updates")]
    NoToken(TokenRefusal),
    /// Fresh tokens were refused one after the other.
    #[error("the node refuses one token of the panel after the other")]
    TokensUseless,
    /// The server is suspended, or being restored or deleted (4409); 4400 is kept for similar use.
    #[error("the node closed the connection because the server is not available")]
    Blocked {
        /// 4409 or 4400.
        code: u16,
    },
    /// The server was deleted.
    #[error("the server was deleted")]
    Deleted,
    /// The server has moved to another node.
    #[error("the server has moved to another node")]
    Moved,
    /// This user's access ended (told so by one kind of node only).
    #[error("access to the server has ended or changed")]
    Revoked,
    /// A frame sent here was too large for the node.
    #[error("the node found a message too long")]
    FrameTooBig,
    /// The node ended it with another code.
    #[error("the node closed the connection (code {code})")]
    ClosedByNode {
        /// The websocket's close code; 1005 when none was given.
        code: u16,
    },
    /// It broke off: the node restarted, the network failed, or the node dropped everybody.
    #[error("the connection to the node broke off")]
    Dropped,
    /// Nothing came for 10 s, not even the answer to a ping.
    #[error("the node has fallen silent")]
    Silent,
}

/// What to do after a connection ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Whether and when to connect again.
    pub retry: Retry,
    /// With which token.
    pub token: NextToken,
    /// True when the server must be polled meanwhile; false when the gap is too short to matter, or wanted.
    pub poll: bool,
}

/// Whether and when to connect again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Not until something changes: rights, settings, versions.
    Never,
    /// After this wait.
    After(Duration),
    /// After this wait ask the panel for the server's view (or read the list), and connect only if it names no obstacle.
    AskPanel(Duration),
}

/// Which token to connect with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextToken {
    /// The present one still works; it costs the panel nothing.
    Reuse,
    /// Fetch credentials anew, the socket's address included.
    Fresh,
}

/// What advice depends on besides the reason.
#[derive(Debug, Clone, Copy)]
pub(super) struct Circumstances {
    /// Attempts in a row that led to nothing, this one included.
    pub(super) failures: u32,
    /// The present token is accepted and has more than a minute left.
    pub(super) token_good: bool,
    /// At random from 0 to 1.
    pub(super) chance: f64,
}

impl Circumstances {
    /// Full jitter: from one second up to a limit that doubles with each failure, at most a minute.
    fn backoff(&self) -> Duration {
        let limit = Duration::from_secs(2)
            .saturating_mul(1 << self.failures.min(6))
            .min(LONGEST);
        let least = Duration::from_secs(1);
        least + (limit - least).mul_f64(self.chance)
    }

    /// At least `least`, at most twice as long.
    fn beyond(&self, least: Duration) -> Duration {
        least.mul_f64(1.0 + self.chance)
    }
}

impl Why {
    /// What follows from it.
    pub(super) fn advice(&self, now: Circumstances) -> Advice {
        let retry = match self.retry(&now) {
            Retry::After(wait) if now.failures >= ASK_AFTER => Retry::AskPanel(wait),
            retry @ (Retry::Never | Retry::After(_) | Retry::AskPanel(_)) => retry,
        };
        let token = if now.token_good && self.leaves_token() {
            NextToken::Reuse
        } else {
            NextToken::Fresh
        };
        let brief = matches!(retry, Retry::After(wait) if wait <= BRIDGED);
        let poll = *self != Self::Left && *self != Self::Deleted && !brief;
        Advice { retry, token, poll }
    }

    fn retry(&self, now: &Circumstances) -> Retry {
        match self {
            Self::Left | Self::MissingConnect | Self::WrongServer | Self::Deleted => Retry::Never,
            Self::Handshake(error) => error.retry(now.backoff(), now.beyond(PATIENT)),
            Self::NoToken(TokenRefusal::Later(wait)) => {
                Retry::AskPanel(wait.unwrap_or_default().max(now.backoff()))
            }
            Self::NoToken(TokenRefusal::Never)
            | Self::Blocked { .. }
            | Self::Revoked
            | Self::Moved => Retry::AskPanel(now.backoff()),
            Self::TokensUseless | Self::LoginThrottled => Retry::After(now.beyond(LONGEST)),
            Self::LoginFailed { .. }
            | Self::LoginSilent
            | Self::FrameTooBig
            | Self::ClosedByNode { .. }
            | Self::Dropped
            | Self::Silent => Retry::After(now.backoff()),
        }
    }

    /// True when the reason says nothing against the token and the address.
    fn leaves_token(&self) -> bool {
        match self {
            Self::Left
            | Self::LoginThrottled
            | Self::Blocked { .. }
            | Self::FrameTooBig
            | Self::ClosedByNode { .. }
            | Self::Dropped
            | Self::Silent => true,
            Self::Handshake(error) => error.leaves_token(),
            Self::MissingConnect
            | Self::WrongServer
            | Self::LoginFailed { .. }
            | Self::LoginSilent
            | Self::NoToken(_)
            | Self::TokensUseless
            | Self::Deleted
            | Self::Moved
            | Self::Revoked => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_ONCE: Circumstances = Circumstances {
        failures: 0,
        token_good: true,
        chance: 0.5,
    };

    #[test]
    fn a_lost_connection_comes_back_within_seconds_with_the_same_token() {
        let advice = Why::Dropped.advice(AT_ONCE);
        assert_eq!(advice.retry, Retry::After(Duration::from_millis(1500)));
        assert_eq!((advice.token, advice.poll), (NextToken::Reuse, false));
    }

    #[test]
    fn waits_double_up_to_a_minute_and_the_panel_is_asked_after_three_failures() {
        let wait = |failures, chance| {
            let now = Circumstances {
                failures,
                chance,
                ..AT_ONCE
            };
            Why::Silent.advice(now).retry
        };
        let seconds = Duration::from_secs;
        assert_eq!(wait(0, 0.0), Retry::After(seconds(1)));
        assert_eq!(wait(1, 1.0), Retry::After(seconds(4)));
        assert_eq!(wait(2, 1.0), Retry::After(seconds(8)));
        assert_eq!(wait(3, 1.0), Retry::AskPanel(seconds(16)));
        assert_eq!(wait(u32::MAX, 1.0), Retry::AskPanel(seconds(60)));
        assert_eq!(wait(u32::MAX, 0.0), Retry::AskPanel(seconds(1)));
    }

    #[test]
    fn what_time_does_not_heal_is_not_tried_again() {
        for why in [
            Why::MissingConnect,
            Why::WrongServer,
            Why::Deleted,
            Why::Left,
        ] {
            assert_eq!(why.advice(AT_ONCE).retry, Retry::Never, "{why}");
        }
        let blocked = Why::Blocked { code: 4409 }.advice(AT_ONCE);
        assert!(matches!(blocked.retry, Retry::AskPanel(_)) && blocked.poll);
    }

    #[test]
    fn both_reasons_for_a_missing_permission_are_named() {
        let text = Why::MissingConnect.to_string();
        assert!(text.contains("websocket.connect") && text.contains("1.12.3"));
    }
}
