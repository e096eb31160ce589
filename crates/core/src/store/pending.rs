//! One signal under way, and which signals are possible at all.
//!
//! A 204 is never success: only what is observed after the panel's answer confirms a signal.

use super::{
    fate::{RESTARTS_WITHIN, leads_to},
    reading::{CACHED_FOR, Reading, Seen},
    server::Server,
};
use crate::{
    condition::{Condition, Standing},
    snapshot::{Can, Phase, Source},
    time::Now,
};
use pterodactyl_client::PowerSignal;
use std::time::Duration;

/// The node kills a server that has not stopped after 10 minutes (API reference, 5.1): after that
/// nothing more will come of a signal.
const GIVE_UP_AFTER: Duration = Duration::from_secs(15 * 60);

/// The panel answers within so long, or not at all: a server may begin to run so long before that.
const ANSWERED_WITHIN: Duration = Duration::from_secs(30);

/// A signal under way.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub(super) signal: PowerSignal,
    pub(super) phase: Phase,
    asked_at: Now,
    was_up: bool,
    /// It was up when asked, for so long.
    up_for_ms: Option<u64>,
    /// Its node told what was asked for before the panel had answered.
    seen_early: bool,
    /// It was seen stopping.
    stopping: bool,
    /// It was up when asked, and since then it is down.
    down_at: Option<Now>,
    /// What was under way when a force stop took its place.
    before: Option<Box<Pending>>,
}

/// What an observation means for a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Waiting,
    Done,
}

impl Pending {
    pub(super) fn new(now: Now, signal: PowerSignal, server: &mut Server) -> Pending {
        let up = server
            .reading
            .as_ref()
            .filter(|reading| reading.seen != Seen::Offline);
        Pending {
            signal,
            phase: Phase::Asked,
            asked_at: now,
            was_up: up.is_some(),
            up_for_ms: up.and_then(Reading::uptime_ms),
            seen_early: false,
            stopping: false,
            down_at: None,
            before: server
                .pending
                .take()
                .or(server.shelved.take())
                .map(Box::new),
        }
    }

    /// The signal of ours that explains `seen`: this one, or one whose place it took and that may
    /// still have its effect.
    pub(super) fn behind(&self, now: Now, seen: Seen) -> Option<PowerSignal> {
        let mut one = Some(self);
        while let Some(pending) = one {
            if leads_to(pending.signal, seen) && !(seen == Seen::Offline && pending.is_void(now)) {
                return Some(pending.signal);
            }
            one = pending.before.as_deref();
        }
        // The one under way where none leads there; none where it would, and came to nothing.
        let explains = leads_to(self.signal, seen);
        (!explains).then_some(self.signal)
    }

    /// A restart of which nothing was seen in time: what is down long after it was not meant to be.
    fn is_void(&self, now: Now) -> bool {
        let restart = self.signal == PowerSignal::Restart && self.is_overdue();
        restart && !self.stopping && now.since(self.asked_at) > RESTARTS_WITHIN
    }

    pub(super) fn is_overdue(&self) -> bool {
        self.phase == Phase::Overdue
    }

    /// Takes in one observation. Before the panel has answered none of its own confirms anything,
    /// because it may be old; what the node itself tells is kept in mind.
    pub(super) fn observe(
        &mut self,
        now: Now,
        seen: Seen,
        source: Source,
        uptime_ms: Option<u64>,
    ) -> Progress {
        self.stopping |= seen == Seen::Stopping;
        let since = now.since(self.asked_at) + ANSWERED_WITHIN;
        let before = |uptime: u64| Duration::from_millis(uptime) > since;
        if seen.is_up() && uptime_ms.is_some_and(before) {
            // Whatever it was thought to be: this run began before the signal, and is not what was asked for.
            (self.was_up, self.up_for_ms) = (true, uptime_ms);
        }
        if seen == Seen::Offline && self.was_up {
            self.down_at.get_or_insert(now);
        }
        // Of what was down already the panel may tell so from before somebody else started it.
        let stale_copy = source != Source::Live
            && !self.was_up
            && !self.stopping
            && now.since(self.asked_at) <= CACHED_FOR;
        let done = match self.signal {
            PowerSignal::Start => seen.is_up(),
            PowerSignal::Stop | PowerSignal::Kill => seen == Seen::Offline && !stale_copy,
            PowerSignal::Restart => {
                let younger = match (self.up_for_ms, uptime_ms) {
                    (Some(before), Some(now)) => now < before,
                    _ => !self.was_up,
                };
                seen.is_up() && (self.stopping || self.down_at.is_some() || younger)
            }
        };
        if source == Source::Live {
            self.seen_early = done;
        }
        if done && self.phase != Phase::Asked {
            Progress::Done
        } else {
            Progress::Waiting
        }
    }

    /// The panel took it: what is seen from now on counts, and what its node has told since.
    pub(super) fn accept(&mut self, now: Now) -> Progress {
        self.phase = Phase::Accepted;
        self.asked_at = now;
        if self.seen_early {
            Progress::Done
        } else {
            Progress::Waiting
        }
    }

    /// Nobody waits for it any more, but what comes of it is not somebody else's doing.
    pub(super) fn shelved(mut self) -> Pending {
        self.phase = Phase::Overdue;
        self
    }

    /// It is the past: it had its effect, or will never have one.
    pub(super) fn is_over(&mut self, reading: &Reading) -> bool {
        let (now, seen) = (reading.at, reading.seen);
        self.observe(now, seen, reading.source, reading.uptime_ms()) == Progress::Done
            || now.mono >= self.asked_at.mono + GIVE_UP_AFTER
    }

    /// The panel did not take it: what was under way before goes on. Where it may have arrived all
    /// the same, it stays, so that what comes of it is not mistaken for somebody else's doing.
    pub(super) fn refused(mut self, may_have_arrived: bool) -> Option<Pending> {
        if may_have_arrived && self.seen_early {
            return None;
        }
        if may_have_arrived {
            self.phase = Phase::Overdue;
            return Some(self);
        }
        self.before.take().map(|before| *before)
    }

    /// A graceful stop may take as long as the node lets it.
    pub(super) fn stops_slowly(&self) -> bool {
        self.stopping && self.down_at.is_none()
    }

    /// When it becomes overdue, or is given up.
    pub(super) fn next_deadline(&self, patience: Duration) -> Duration {
        match self.down_at {
            _ if self.is_overdue() || self.stops_slowly() => self.asked_at.mono + GIVE_UP_AFTER,
            // A restart that is down has to come up from there.
            Some(down_at) => down_at.mono + patience,
            None => self.asked_at.mono + patience,
        }
    }
}

/// Which signals a condition makes sense of (API reference, 5.1 and 11). Permissions come later.
pub(super) fn possible(condition: Condition, kill_allowed: bool) -> Can {
    let up = matches!(condition, Condition::Running | Condition::Starting);
    let down = matches!(condition, Condition::Offline | Condition::Crashed);
    let going_down =
        condition.standing() == Standing::Transition || condition == Condition::Running;
    Can {
        start: down,
        stop: up,
        restart: up,
        kill: condition == Condition::StillStopping || (kill_allowed && going_down),
    }
}

/// The same, less what the user may not do and what is already under way.
pub(super) fn can(server: &Server, condition: Condition, kill_allowed: bool) -> Can {
    let can = possible(condition, kill_allowed);
    let may = |signal: PowerSignal| {
        server
            .permissions
            .as_ref()
            .is_none_or(|all| all.may(signal.permission()))
    };
    let free = server.pending.as_ref().is_none_or(Pending::is_overdue);
    let unsent = server
        .pending
        .as_ref()
        .is_none_or(|pending| pending.phase != Phase::Asked);
    Can {
        start: can.start && free && may(PowerSignal::Start),
        stop: can.stop && free && may(PowerSignal::Stop),
        restart: can.restart && free && may(PowerSignal::Restart),
        kill: can.kill && unsent && may(PowerSignal::Kill),
    }
}
