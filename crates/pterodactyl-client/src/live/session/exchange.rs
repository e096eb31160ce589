//! What goes into a session and what comes out. None of it may show a token.

use std::fmt;
use std::time::Duration;

use super::super::frame::{Ask, Event};
use super::super::handshake::HandshakeError;
use super::super::token::Token;
use super::super::why::{Advice, Why};
use crate::error::Error;

/// Where a session stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The websocket is being opened.
    Connecting,
    /// The token was sent, or is about to be.
    Authenticating,
    /// The node tells what happens.
    Live,
    /// As [`State::Live`], while the token is being replaced. When it has already ended the node tells nothing.
    Refreshing,
    /// Over.
    Closed(Why),
}

/// What happened, from the connection, the caller or the clock.
#[derive(Debug, Clone)]
pub enum Input {
    /// The websocket is open.
    Connected,
    /// There is no websocket.
    Refused(HandshakeError),
    /// A text frame.
    Text(String),
    /// A binary frame or a ping; its content does not matter.
    Noise,
    /// The answer to a ping.
    Pong,
    /// The node closed the connection, with its code; 1005 when it gave none.
    Closed {
        /// The close code.
        code: u16,
        /// The node's words, which may be empty.
        reason: String,
    },
    /// The connection broke off without a word.
    Dropped,
    /// A new token of the panel.
    Token(Token),
    /// The panel gave no token.
    NoToken(TokenRefusal),
    /// Somebody wants something sent.
    Ask(Ask),
    /// Nobody needs the connection any longer.
    Leave,
    /// Time has passed; see [`super::Session::wake`].
    Time,
}

/// Why the panel gave no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRefusal {
    /// It may later, after this wait if it named one.
    Later(Option<Duration>),
    /// It will not, until the server's state or the user's rights change (403, 404, 409, a bad key).
    Never,
}

impl From<&Error> for TokenRefusal {
    fn from(error: &Error) -> Self {
        let settled = matches!(
            error,
            Error::BadKey
                | Error::Unauthorized
                | Error::ApplicationKey
                | Error::IpNotAllowed { .. }
                | Error::TwoFactorRequired
                | Error::Forbidden { .. }
                | Error::NotFound
                | Error::Conflict { .. }
        );
        if settled {
            Self::Never
        } else {
            Self::Later(error.retry_after())
        }
    }
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Send a text frame.
    Send(Outgoing),
    /// Send a ping.
    Ping,
    /// End the connection with this close code.
    Close(u16),
    /// Tell whoever watches.
    Tell(Notice),
}

/// A text frame to be sent. `{:?}` names its event only, for it may hold a token or a command.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    pub(super) event: &'static str,
    pub(super) text: String,
}

impl Outgoing {
    /// The event's name.
    #[must_use]
    pub const fn event(&self) -> &'static str {
        self.event
    }

    /// The frame's text. It may hold the token: send it, never show it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Outgoing").field(&self.event).finish()
    }
}

/// What whoever watches a server learns.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// The node told something. Of errors that repeat every second only the first is passed on.
    Event(Event),
    /// Fetch a token from the panel and give it in ([`Input::Token`]), or say why there is none ([`Input::NoToken`]).
    NeedToken,
    /// This was not sent and never will be.
    NotSent {
        /// What was wanted.
        ask: Ask,
        /// Why it was not sent.
        why: NotSent,
    },
    /// The session is over.
    Closed {
        /// Why.
        why: Why,
        /// What to do next.
        advice: Advice,
    },
}

/// Why something was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// The node has not accepted the token yet, or the session is over.
    #[error("there is no live connection to the node")]
    NotLive,
    /// Too much is waiting already; nodes take about one command a second.
    #[error("too many commands at once")]
    TooMany,
    /// A node ends the connection over a frame of this size.
    #[error("the command is too long")]
    TooLong,
    /// It could not be sent within 15 s, and sending it later could surprise.
    #[error("the node could not take it in time")]
    Late,
}
