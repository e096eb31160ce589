//! What can go wrong with a server's websocket at its node, on purpose. Never decides when: tests and the demo do.

use crate::daemon::Welcome;

/// Something that goes wrong with the websocket of one server. What a whole node does is `NodeTrouble`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SocketFault {
    /// The connection is reset instead of a handshake.
    Refused,
    /// The handshake is never answered.
    NeverAnswers,
    /// The handshake is refused with this status: 400 as by a full server, 403 as for a wrong Origin, 404 as for an unknown
    /// server, anything else with the text of a broken node.
    Handshake(u16),
    /// It opens and ends at once without a close frame (1006).
    Dropped,
    /// It opens and is closed at once with this code, such as 4409, and this reason.
    Closed(u16, String),
    /// Nobody ever answers an `auth`.
    AuthUnanswered,
    /// Every `auth` gets the generic `daemon error` that a wrong signature gets.
    AuthRefused,
    /// Every `auth` is told that its token has expired.
    TokenExpired,
    /// A dead line: open ones too send nothing, read nothing and answer no ping, until the fault is over.
    Frozen,
}

impl SocketFault {
    /// What it makes of a handshake, if that is what it is about.
    pub(crate) fn welcome(&self) -> Option<Welcome> {
        Some(match self {
            Self::Refused => Welcome::Reset,
            Self::NeverAnswers => Welcome::Never,
            Self::Handshake(400) => Welcome::Full,
            Self::Handshake(403) => Welcome::WrongOrigin,
            Self::Handshake(404) => Welcome::UnknownServer,
            Self::Handshake(status) => Welcome::Broken(*status),
            Self::Dropped
            | Self::Closed(..)
            | Self::AuthUnanswered
            | Self::AuthRefused
            | Self::TokenExpired
            | Self::Frozen => return None,
        })
    }
}
