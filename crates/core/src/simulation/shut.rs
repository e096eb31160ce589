//! Why a socket does not come about or does not last, and what its session advises then.
//!
//! The same advice as the client's own sessions give, as far as timing depends on it.

use super::dice::Dice;
use pterodactyl_client::{
    Unreachable,
    live::{Advice, HandshakeError, NextToken, Retry, Why},
};
use std::time::Duration;

/// What is wrong with a node's sockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shut {
    Unreachable,
    Origin,
    Full,
    Stranger,
    NoConnect,
    Mute,
    Drops,
}

pub(super) const SHUTS: [Shut; 7] = [
    Shut::Unreachable,
    Shut::Origin,
    Shut::Full,
    Shut::Stranger,
    Shut::NoConnect,
    Shut::Mute,
    Shut::Drops,
];

impl Shut {
    pub(super) fn why(self) -> Why {
        match self {
            Shut::Unreachable => HandshakeError::Unreachable(Unreachable::Refused).into(),
            Shut::Origin => HandshakeError::OriginRefused.into(),
            Shut::Full => HandshakeError::Full.into(),
            Shut::Stranger => HandshakeError::NotANode { status: Some(502) }.into(),
            Shut::NoConnect => Why::MissingConnect,
            Shut::Mute => Why::LoginSilent,
            Shut::Drops => Why::Dropped,
        }
    }
}

/// The client's own advice is made inside its session; this is the same from outside (API reference, 7.8).
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "only some reasons are told apart, and a later client adds more"
)]
pub(super) fn advise(why: &Why, failures: u32, token_good: bool, dice: &mut Dice) -> Advice {
    let limit = 2_u64.saturating_mul(1 << failures.min(6)).min(60);
    let usual = dice.seconds(1, limit.max(1));
    let long = dice.seconds(300, 600);
    let retry = match why {
        Why::Left | Why::MissingConnect => Retry::Never,
        Why::Handshake(HandshakeError::OriginRefused) => Retry::Never,
        Why::Handshake(HandshakeError::UnknownServer) | Why::Blocked { .. } | Why::NoToken(_) => {
            Retry::AskPanel(usual)
        }
        Why::Handshake(HandshakeError::Full | HandshakeError::NotANode { .. }) => {
            Retry::After(long)
        }
        _ if failures >= 3 => Retry::AskPanel(usual),
        _ => Retry::After(usual),
    };
    let bad_token = matches!(
        why,
        Why::LoginFailed { .. }
            | Why::LoginSilent
            | Why::NoToken(_)
            | Why::MissingConnect
            | Why::Handshake(HandshakeError::UnknownServer)
    );
    let brief = matches!(retry, Retry::After(wait) if wait <= Duration::from_secs(5));
    Advice {
        retry,
        token: if token_good && !bad_token {
            NextToken::Reuse
        } else {
            NextToken::Fresh
        },
        poll: *why != Why::Left && !brief,
    }
}
