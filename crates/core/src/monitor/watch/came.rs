//! What came of a request, as far as timing cares: answers and errors sorted by what they say of the next ones.
//!
//! Draws no conclusion itself.

use pterodactyl_client::{Error, PowerState, Resources};
use std::time::Duration;

/// What came of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    /// An answer that says something.
    Good,
    /// Nothing usable.
    Bad,
    /// Nothing usable, which says nothing about other requests: Pelican cannot list a server
    /// without an address for some users, and answers all else (API reference, 17.2).
    OnlyThis,
    /// The key was refused.
    Refused,
    /// 429, with the panel's wait if it named one.
    TooMany(Option<Duration>),
}

impl Came {
    /// What a list's error says.
    pub(crate) fn of_list(error: &Error) -> Came {
        if matches!(error, Error::Broken { status: 500, .. }) {
            Came::OnlyThis
        } else {
            Came::of_server(error)
        }
    }

    /// What a server's resources say. Pelican answers well for a node that gave it no answer (API reference, 4).
    pub(crate) fn of_resources(read: &Resources) -> Came {
        if read.state == PowerState::Missing {
            Came::Bad
        } else {
            Came::Good
        }
    }

    /// What the error of a request about one server says.
    pub(crate) fn of_server(error: &Error) -> Came {
        if let Error::RateLimited { retry_after } = error {
            Came::TooMany(*retry_after)
        } else if error.is_about_the_key() {
            Came::Refused
        } else {
            Came::Bad
        }
    }
}
