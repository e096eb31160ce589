//! The model panel: its limit and its tokens (API reference, 4, 7.1 and 9).
//!
//! Knows servers only by number; what they do is `machine`'s business.

use super::{calm::Calm, fault::Fault};
use crate::id::PanelId;
use pterodactyl_client::Budget;
use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

/// The panel counts requests in windows of this length, and tokens too.
const WINDOW: Duration = Duration::from_secs(60);
/// Tokens a window and server, over all users.
const TOKENS: usize = 5;

/// One model panel, as far as it is not its servers.
#[derive(Debug)]
pub(super) struct Panel {
    pub(super) id: PanelId,
    pub(super) limit: u32,
    /// The running window: when it began, and how many came.
    window: (Duration, u32),
    tokens: BTreeMap<usize, VecDeque<Duration>>,
    pub(super) faults: Vec<Fault>,
    /// Since when nothing listens there.
    pub(super) away_since: Option<Duration>,
    pub(super) calm: Calm,
}

/// The panel's limit met a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Within(Budget),
    /// Too many; to be tried after this.
    Over(Duration),
}

impl Panel {
    pub(super) fn new(number: usize, limit: u32) -> Panel {
        Panel {
            id: PanelId(format!("panel-{number}")),
            limit,
            window: (Duration::ZERO, 0),
            tokens: BTreeMap::new(),
            faults: Vec::new(),
            away_since: None,
            calm: Calm::default(),
        }
    }

    /// Counts `many` requests of the account, ours or its browser's. What is refused does not count.
    pub(super) fn count(&mut self, now: Duration, many: u32) -> Counted {
        if now >= self.window.0 + WINDOW {
            self.window = (now, 0);
        }
        let used = self.window.1 + many;
        if used > self.limit {
            let wait = (self.window.0 + WINDOW).saturating_sub(now);
            return Counted::Over(Duration::from_secs(wait.as_secs() + 1));
        }
        self.window.1 = used;
        Counted::Within(Budget {
            limit: self.limit,
            remaining: self.limit - used,
        })
    }

    /// A token for a server's socket is asked for, by us or by a browser; false when there were too many.
    pub(super) fn token(&mut self, now: Duration, server: usize) -> bool {
        let given = self.tokens.entry(server).or_default();
        given.retain(|at| *at + WINDOW > now);
        let grants = given.len() < TOKENS;
        if grants {
            given.push_back(now);
        }
        grants
    }
}
