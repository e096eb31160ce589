//! The agent's local socket: one JSON value a line, a greeting with the protocol's version first.
//!
//! Pure encoding and limits; opens no socket. A contract: only ever added to within a version.

use crate::{
    action::{Action, Outcome, Page},
    console::ConsoleNews,
    history::History,
    id::ServerId,
    snapshot::Snapshot,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::sync::Arc;

/// The version both sides name first. Raised when an old side would misunderstand a new one.
pub const PROTOCOL: u32 = 1;
/// The longest line a guest may send, in bytes.
pub const LONGEST_ASK: usize = 64 * 1024;
/// The longest line the agent sends, in bytes: a snapshot of a thousand servers fits ten times.
pub const LONGEST_SAID: usize = 16 * 1024 * 1024;

/// Who a guest is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guest {
    /// The window: there is at most one, and it can be brought forward.
    Window,
    /// A command line.
    CommandLine,
}

/// What a guest says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Ask {
    /// First line.
    Hello {
        /// [`PROTOCOL`].
        protocol: u32,
        /// Who is there.
        guest: Guest,
    },
    /// Send snapshots from now on: one at once, then at most four a second.
    Subscribe,
    /// Send no more snapshots.
    Unsubscribe,
    /// Tell of one server's past from now on: all of it at once, then what is new, about every 10 s and
    /// at once when its condition changes. `None` ends it; a later one takes the place of the one before.
    History {
        /// Whose.
        server: Option<ServerId>,
    },
    /// Read along at one server's console: its last lines at once, then at most four times a second.
    /// `None` ends it; a later one takes the place of the one before.
    Console {
        /// Whose.
        server: Option<ServerId>,
    },
    /// Do something; answered with [`Said::Reply`] and the same number.
    Act {
        /// Chosen by the guest.
        id: u64,
        /// What to do.
        action: Action,
    },
}

/// What the agent says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Said {
    /// First line. When `protocol` is not the guest's, nothing but [`Action::Quit`] is taken from it.
    Hello {
        /// [`PROTOCOL`].
        protocol: u32,
        /// The agent's version.
        version: String,
    },
    /// Everything, as it is now.
    Snapshot {
        /// The picture.
        snapshot: Arc<Snapshot>,
    },
    /// A server's past, after [`Ask::History`].
    History {
        /// Whose.
        server: ServerId,
        /// Milliseconds since 1970: the points take the place of all known from then on. `None` when
        /// they are all there are.
        from_ms: Option<i64>,
        /// The points from then on, and all the changes.
        history: History,
    },
    /// What is new at a server's console, after [`Ask::Console`].
    Console {
        /// Whose.
        server: ServerId,
        /// What.
        news: ConsoleNews,
    },
    /// What became of an [`Ask::Act`].
    Reply {
        /// The guest's number.
        id: u64,
        /// What became of it.
        outcome: Outcome,
    },
    /// To the window: come forward and show this page.
    Show {
        /// The page.
        page: Page,
    },
}

/// Why a line was not understood.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// Longer than allowed.
    #[error("a line of more than {0} bytes")]
    TooLong(usize),
    /// Not this protocol.
    // Says nothing of the line itself: it may hold a key.
    #[error("a line that is not understood")]
    NotUnderstood(#[source] serde_json::Error),
}

/// One line, with its line feed.
///
/// # Errors
/// When the value cannot be written as JSON, which no value here ever is.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, WireError> {
    let mut line = serde_json::to_vec(value).map_err(WireError::NotUnderstood)?;
    line.push(b'\n');
    Ok(line)
}

/// Reads one line, with or without its line feed.
///
/// # Errors
/// When it is too long or not understood.
pub fn decode<T: DeserializeOwned>(line: &[u8], longest: usize) -> Result<T, WireError> {
    if line.len() > longest {
        return Err(WireError::TooLong(longest));
    }
    serde_json::from_slice(line).map_err(WireError::NotUnderstood)
}
