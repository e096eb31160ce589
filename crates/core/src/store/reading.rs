//! One believable look at a server, and which of two looks is the fresher one.
//!
//! Compares only what was read; judges nothing.

use crate::{snapshot::Source, time::Now};
use pterodactyl_client::{PowerState, Resources};
use std::time::Duration;

/// The panel answers with what it read up to so long ago (API reference, 4).
pub(super) const CACHED_FOR: Duration = Duration::from_secs(20);
/// Clocks of node, panel and computer are read at different moments.
const JITTER: Duration = Duration::from_secs(5);

/// One believable look at a server.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// When it came.
    pub(super) at: Now,
    /// Until when it is known to have held: later than `at` where a live socket stood by it.
    pub(super) held: Now,
    /// When it was asked for; what comes live is asked for as it comes.
    asked: Now,
    pub(super) source: Source,
    pub(super) seen: Seen,
    /// What it used, and when that was read; a live change of state brings none of its own.
    pub(super) used: Option<(Now, Resources)>,
}

/// A power state that says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Offline,
    Starting,
    Running,
    Stopping,
}

impl Seen {
    /// What a state says; `None` for `missing` and for states nobody knows.
    pub(super) fn of(state: &PowerState) -> Option<Seen> {
        match state {
            PowerState::Offline => Some(Seen::Offline),
            PowerState::Starting => Some(Seen::Starting),
            PowerState::Running => Some(Seen::Running),
            PowerState::Stopping => Some(Seen::Stopping),
            PowerState::Missing | PowerState::Unknown(_) => None,
        }
    }

    pub(super) fn is_up(self) -> bool {
        matches!(self, Seen::Starting | Seen::Running)
    }
}

/// What a poll's answer is worth beside what is known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    /// It tells something new.
    Newer,
    /// It was overtaken.
    Older,
    /// It says something else, but may be older than what is known: worth another look.
    Doubtful,
}

impl Reading {
    /// The panel's answer.
    pub(super) fn polled(at: Now, asked: Now, seen: Seen, resources: &Resources) -> Reading {
        Reading {
            at,
            held: at,
            asked,
            source: Source::Poll,
            seen,
            used: Some((at, resources.clone())),
        }
    }

    /// The node's own word with what the server uses.
    pub(super) fn stats(at: Now, seen: Seen, resources: &Resources) -> Reading {
        Reading {
            source: Source::Live,
            ..Reading::polled(at, at, seen, resources)
        }
    }

    /// The node's own word: what the server used last stays, as far as it can be.
    pub(super) fn state(at: Now, seen: Seen, last: Option<&Reading>) -> Reading {
        let mut used = last.and_then(|last| last.used.clone());
        if let (Some((read, used)), Seen::Offline) = (&mut used, seen) {
            *read = at;
            *used = Resources {
                state: PowerState::Offline,
                suspended: used.suspended,
                memory_bytes: 0,
                cpu_percent: 0.0,
                disk_bytes: used.disk_bytes,
                network_rx_bytes: 0,
                network_tx_bytes: 0,
                uptime_ms: 0,
            };
        }
        Reading {
            at,
            held: at,
            asked: at,
            source: Source::Live,
            seen,
            used,
        }
    }

    /// Where it was known, for how long the server has been up.
    pub(super) fn uptime_ms(&self) -> Option<u64> {
        self.used.as_ref().map(|(_, used)| used.uptime_ms)
    }

    fn uptime(&self) -> Option<Duration> {
        self.uptime_ms()
            .filter(|uptime| *uptime > 0 && self.seen != Seen::Offline)
            .map(Duration::from_millis)
    }

    /// The uptime it would have now had it gone on like this until `then`.
    fn uptime_at(&self, then: Now) -> Option<Duration> {
        let (read, _) = self.used.as_ref()?;
        Some(self.uptime()? + then.since(*read))
    }

    /// What a poll's answer is worth beside this one.
    pub(super) fn weigh(&self, poll: &Reading) -> Worth {
        if self.source == Source::Poll {
            return if poll.asked < self.asked {
                Worth::Older
            } else {
                Worth::Newer
            };
        }
        if poll.asked.mono >= self.held.mono + CACHED_FOR || self.goes_on_in(poll) {
            Worth::Newer
        } else if poll.seen != self.seen {
            Worth::Doubtful
        } else if poll.asked < self.at || self.lies_after(poll) {
            Worth::Older
        } else {
            Worth::Newer
        }
    }

    /// The poll's uptime proves that it was read later, in the same run of the server.
    fn goes_on_in(&self, poll: &Reading) -> bool {
        let slack = Duration::from_secs(2);
        match (
            self.uptime_at(self.held),
            self.uptime_at(poll.at),
            poll.uptime(),
        ) {
            (Some(then), Some(now), Some(told)) => told > then + slack && told <= now + slack,
            _ => false,
        }
    }

    /// The poll's smaller uptime is one of this very run, from the panel's cache: a run that began
    /// after this reading would be younger still.
    fn lies_after(&self, poll: &Reading) -> bool {
        match (self.uptime(), poll.uptime()) {
            (Some(here), Some(told)) => {
                self.source == Source::Live
                    && told < here
                    && here - told <= CACHED_FOR + JITTER
                    && told > poll.at.since(self.held) + JITTER
            }
            _ => false,
        }
    }

    /// Both are up, and the later one has been so for less long: it was restarted between them.
    pub(super) fn restarted_before(&self, later: &Reading) -> bool {
        // One that starts just now has been up for no time yet.
        let starts = later.seen == Seen::Starting && later.uptime_ms() == Some(0);
        let after = later.uptime().or(starts.then_some(Duration::ZERO));
        let (Some(before), Some(after)) = (self.uptime(), after) else {
            return false;
        };
        self.seen.is_up() && later.seen.is_up() && after + JITTER < before
    }
}
