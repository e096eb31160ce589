//! The websocket of a server's node: console, statistics and state changes as they happen. Its rules are a value without
//! any I/O ([`Session`]); the thin driver over a real socket is [`Live`]. It must never fetch a token itself, never
//! reconnect itself, and never let a token out into a log, an error or `{:?}`.
//!
//! One [`Session`] is one connection. When it ends it says why ([`Why`]) and what to do next ([`Advice`]); whoever watches
//! the server fetches what is needed and opens the next one.

mod bucket;
mod connection;
mod crash;
mod dial;
mod frame;
mod handshake;
mod session;
mod token;
mod tunnel;
mod why;

#[cfg(test)]
mod connection_tests;
#[cfg(test)]
mod properties;

pub use connection::Live;
pub use crash::{Crash, CrashLine, CrashReader, NotRestarted};
pub use dial::Dial;
pub use frame::{
    Ask, BackupResult, Event, FRAME_LIMIT, JwtError, Network, Stats, TransferStatus, Unreadable,
    decode,
};
pub use handshake::{HandshakeError, origins};
pub use session::{Input, NotSent, Notice, Outgoing, Output, Session, Setup, State, TokenRefusal};
pub use token::{Claims, Token};
pub use why::{Advice, NextToken, Retry, Why};
