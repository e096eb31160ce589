//! Times when nobody could look: the computer slept, or the network was gone.
//!
//! Nothing is judged until the panel has answered again; what changed meanwhile is told once, and
//! what nobody saw is never called a crash.

use super::{
    State, drive,
    panel::{Key, Panel},
    reading::Seen,
    server::{Doubt, Server},
};
use crate::{
    effect::{Drive, Effect},
    time::Now,
};
use std::time::Duration;

/// A wall clock that gains so much on the monotonic one went on through a sleep.
const SLEPT_AFTER: Duration = Duration::from_secs(30);
/// So long after the panel answered again, what was not read by then is left out.
pub(super) const TOLD_AFTER: Duration = Duration::from_secs(60);

/// A time when nobody could look, and what is found out about it.
#[derive(Debug)]
pub(super) struct Gap {
    /// Answers to what was asked before are overtaken.
    pub(super) since: Now,
    /// When the panel answered again.
    proven: Option<Now>,
    /// Names of servers that went down meanwhile.
    pub(super) down: Vec<String>,
    /// Names of servers that came up meanwhile.
    pub(super) up: Vec<String>,
}

impl Gap {
    pub(super) fn is_proven(&self) -> bool {
        self.proven.is_some()
    }
}

impl Server {
    /// What was read counts no more until it is read again. What it was at `then` is remembered.
    pub(super) fn doubt(&mut self, then: Now, stale: Duration) {
        if self.reading.is_none() || self.doubt.is_some() {
            return;
        }
        let before = self.believed(then, stale);
        // Nobody was told that it went down just then: it is still news.
        let before = if self.fate.suspend() {
            Some(Seen::Running)
        } else {
            before
        };
        self.doubt = Some(Doubt { before });
    }
}

impl Panel {
    /// Nobody could look since `then`.
    pub(super) fn suspend(&mut self, then: Now, now: Now, asleep: bool) {
        let stale = self.stale_after();
        for server in self.servers.values_mut() {
            if !asleep && server.is_live() {
                continue;
            }
            server.doubt(then, stale);
            if asleep {
                server.cut();
            }
        }
        if asleep {
            self.doubt_nodes();
            self.outage.iter_mut().for_each(|outage| outage.slept(now));
        }
        let (down, up) = match self.gap.take() {
            Some(gap) => (gap.down, gap.up),
            None => (Vec::new(), Vec::new()),
        };
        self.gap = Some(Gap {
            since: now,
            proven: None,
            down,
            up,
        });
        self.shaken = true;
    }

    /// A good list: the panel answers.
    pub(super) fn prove(&mut self, now: Now) {
        if let Some(gap) = &mut self.gap {
            gap.proven.get_or_insert(now);
        }
    }

    /// Something is known of what changed meanwhile.
    pub(super) fn found(&mut self, name: String, up: bool) {
        if let Some(gap) = &mut self.gap {
            if up {
                gap.up.push(name);
            } else {
                gap.down.push(name);
            }
        }
    }

    /// When the gap is told at the latest.
    pub(super) fn gap_deadline(&self) -> Option<Duration> {
        let proven = self.gap.as_ref()?.proven?;
        Some(proven.mono + TOLD_AFTER)
    }

    /// Ends a gap of which everything is known, or that lies long enough back.
    pub(super) fn close_gap(&mut self, now: Now) -> Option<Gap> {
        let late = now.mono >= self.gap_deadline()?;
        let waits = |server: &Server| {
            server.block().is_none() && server.doubt.is_some_and(|doubt| doubt.before.is_some())
        };
        if !late && self.servers.values().any(waits) {
            return None;
        }
        for doubt in self.servers.values_mut().filter_map(|s| s.doubt.as_mut()) {
            doubt.before = None;
        }
        self.gap.take()
    }
}

impl State {
    /// Notices that the computer slept since the last event.
    pub(super) fn notice_sleep(&mut self, now: Now, out: &mut Vec<Effect>) {
        let Some(last) = self.last.replace(now) else {
            return;
        };
        if now.slept_since(last) >= SLEPT_AFTER {
            self.slept(last, now, out);
        }
    }

    /// The system says that a sleep is over. The clocks may have told it before, or may not show it.
    pub(super) fn woke(&mut self, now: Now, out: &mut Vec<Effect>) {
        let told = |woke: Now| now.since(woke) < SLEPT_AFTER;
        if !self.woke.is_some_and(told) {
            self.slept(now, now, out);
        }
    }

    /// Nobody could look since `last`.
    fn slept(&mut self, last: Now, now: Now, out: &mut Vec<Effect>) {
        self.woke = Some(now);
        for (id, panel) in &mut self.panels {
            panel.suspend(last, now, true);
            if matches!(panel.key, Key::Set { .. }) {
                out.push(drive(Drive::Woke(id.clone())));
            }
        }
    }
}
