//! One server's socket, as far as timing cares.
//!
//! Decides nothing about others.

use std::time::Duration;

/// Where one server's socket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// To be opened at this time, with a fresh token or the one at hand.
    Due { at: Duration, fresh: bool },
    /// The panel is asked for a token since this time.
    Fetching { since: Duration },
    /// A token is at hand.
    Ready,
    /// It is open, or being opened.
    Open,
    /// It is being closed.
    Closing,
    /// The panel is to be asked what stands in the way.
    Doubtful { at: Duration },
    /// It is being asked.
    Asking,
    /// Time alone does not help.
    GivenUp,
}

impl At {
    pub(super) fn is_open(self) -> bool {
        matches!(self, At::Open | At::Closing)
    }
}

/// One server's socket.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) node: String,
    pub(super) place: u16,
    pub(super) wanted: bool,
    pub(super) at: At,
    /// The open socket wants a newer token.
    pub(super) renew_at: Option<Duration>,
    /// Open once more as soon as it is closed.
    pub(super) reopen: bool,
    /// Tokens not given, in a row.
    pub(super) refusals: u32,
    /// The panel named this time; not even a person's wish comes before it.
    pub(super) not_before: Duration,
}

impl Line {
    pub(super) fn new(now: Duration) -> Line {
        Line {
            node: String::new(),
            place: 0,
            wanted: true,
            at: At::Due {
                at: now,
                fresh: true,
            },
            renew_at: None,
            reopen: false,
            refusals: 0,
            not_before: Duration::ZERO,
        }
    }

    /// It is open and must not be.
    pub(super) fn must_close(&self) -> bool {
        self.at == At::Open && (!self.wanted || self.reopen)
    }

    /// Nothing from before is worth anything.
    pub(super) fn woke(&mut self, now: Duration) {
        match self.at {
            At::Open | At::Closing => self.reopen = true,
            At::Fetching { .. } | At::Asking | At::GivenUp => {}
            At::Due { .. } | At::Ready | At::Doubtful { .. } => {
                self.at = At::Due {
                    at: now,
                    fresh: true,
                };
            }
        }
    }

    /// What was given up, or waits long, is tried again.
    pub(super) fn retry(&mut self, now: Duration) {
        self.refusals = 0;
        let waits = match self.at {
            At::GivenUp | At::Doubtful { .. } => true,
            At::Due { at, .. } => at > now,
            At::Fetching { .. } | At::Ready | At::Open | At::Closing | At::Asking => false,
        };
        if waits {
            self.at = At::Due {
                at: now.max(self.not_before),
                fresh: true,
            };
        }
    }
}
