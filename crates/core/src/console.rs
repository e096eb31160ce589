//! Reading along at a server's console: the lines on their way from its live socket to whoever reads.
//!
//! Bounded, and nothing is kept when nobody reads. The lines never come near the state.

mod feed;
mod line;

pub(crate) use feed::{Feed, Readers};
pub use line::{ConsoleLine, ConsoleMark, ConsoleRun};

use crate::{app::Inbox, id::ServerId, problem::Problem};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is new at a console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ConsoleNews {
    /// Whether anything can come.
    pub state: ConsoleState,
    /// The node told its last lines anew: these replace the ones before.
    pub fresh: bool,
    /// Lines that were left out before these, because too many came at once.
    pub left_out: u32,
    /// Oldest first.
    pub lines: Vec<ConsoleLine>,
}

/// Whether anything can come from a console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ConsoleState {
    /// The way to the node is being opened.
    Connecting,
    /// What the server prints comes at once.
    Live,
    /// The way to the node does not come about; it is tried again.
    Failed {
        /// Why, in English, cleaned.
        why: String,
    },
    /// Nothing comes, and trying again does not help.
    None {
        /// Why.
        problem: Problem,
    },
}

/// One reader. The reading ends when it is dropped.
#[derive(Debug)]
pub struct Console {
    feed: Arc<Feed>,
    /// Tells the loop that the reader left.
    _left: Left,
}

impl Console {
    pub(crate) fn new(server: ServerId, feed: Arc<Feed>, inbox: Inbox) -> Console {
        let left = Left { server, inbox };
        Console { feed, _left: left }
    }

    /// Waits for something new. Nothing is lost when the future is dropped before it is done.
    pub async fn next(&mut self) -> ConsoleNews {
        self.feed.next().await
    }
}

#[derive(Debug)]
struct Left {
    server: ServerId,
    inbox: Inbox,
}

impl Drop for Left {
    fn drop(&mut self) {
        self.inbox.console_left(self.server.clone());
    }
}
