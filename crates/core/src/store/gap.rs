//! Times when nobody could look: the computer slept, the network was gone, a panel, a node or a single server said
//! nothing for long.
//!
//! Nothing is judged until the panel has answered again; what changed meanwhile is told once, and
//! what nobody saw is never called a crash.

use super::{
    State, drive,
    keys::Retry,
    panel::{Key, Panel},
    reading::{CACHED_FOR, Reading, Seen},
    server::{Doubt, Server},
};
use crate::{
    effect::{Drive, Effect},
    time::{Now, SLEPT_AFTER, overslept},
};
use std::time::Duration;

/// So long after the panel answered again, at least, what was not read by then is left to a later summary.
pub(super) const TOLD_AFTER: Duration = Duration::from_secs(60);
/// Two readings further apart than this beyond staleness are not compared: an outage lies between
/// them, and what happened meanwhile is not news of this moment.
const COMPARABLE_BEYOND_STALE: Duration = Duration::from_secs(60);

/// A time when nobody could look, and what is found out about it.
#[derive(Debug)]
pub(super) struct Gap {
    /// Answers to what was asked before are overtaken. `None` where only a reading told, afterwards, that
    /// nobody could look.
    since: Option<Now>,
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

    /// What was asked for then was asked for before it.
    pub(super) fn overtakes(&self, asked: Now) -> bool {
        self.since.is_some_and(|since| asked < since)
    }
}

impl Server {
    /// What was read counts no more until it is read again. What it was is remembered, however long ago that was.
    pub(super) fn doubt(&mut self) {
        let Some(reading) = self.reading.as_ref().filter(|_| self.doubt.is_none()) else {
            return;
        };
        let before = (!self.is_unclear()).then_some(reading.seen);
        // Nobody was told that it went down just then: it is still news.
        let before = if self.fate.suspend() {
            Some(Seen::Running)
        } else {
            before
        };
        self.doubt = Some(Doubt { before });
    }

    /// What was read last lies too far back to compare with.
    fn is_outdated(&self, now: Now, comparable: Duration) -> bool {
        let old = |reading: &Reading| now.since(reading.held) > comparable;
        !self.is_live() && self.reading.as_ref().is_some_and(old)
    }

    /// What was read too long ago counts no more, and is remembered like what was known before a sleep.
    pub(super) fn doubt_outdated(&mut self, now: Now, comparable: Duration) {
        if self.is_outdated(now, comparable) {
            self.doubt();
        }
    }
}

impl Panel {
    /// Nobody can look, or could until now.
    pub(super) fn suspend(&mut self, now: Now, asleep: bool) {
        for server in self.servers.values_mut() {
            if !asleep && server.is_live() {
                continue;
            }
            server.doubt();
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
            since: Some(now),
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
    pub(super) fn found(&mut self, now: Now, name: String, up: bool) {
        let proven = self.answers().then_some(now);
        let gap = self.gap.get_or_insert_with(|| Gap {
            since: None,
            proven,
            down: Vec::new(),
            up: Vec::new(),
        });
        if up {
            gap.up.push(name);
        } else {
            gap.down.push(name);
        }
    }

    /// How far two readings may lie apart to be compared.
    pub(super) fn comparable(&self) -> Duration {
        self.stale_after() + COMPARABLE_BEYOND_STALE
    }

    /// When the gap is told at the latest: every server had its turn, unless it cannot be read.
    pub(super) fn gap_deadline(&self) -> Option<Duration> {
        let proven = self.gap.as_ref()?.proven?;
        Some(proven.mono + TOLD_AFTER.max(self.every + CACHED_FOR))
    }

    /// Ends a gap of which everything is known, or that lies long enough back. What cannot be read yet is
    /// told when it can.
    pub(super) fn close_gap(&mut self, now: Now) -> Option<Gap> {
        let late = now.mono >= self.gap_deadline()?;
        let comparable = self.comparable();
        let waits = |server: &Server| {
            let doubted = server.doubt.is_some_and(|doubt| doubt.before.is_some());
            server.block().is_none() && (doubted || server.is_outdated(now, comparable))
        };
        if !late && self.servers.values().any(waits) {
            return None;
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
        if now.slept_since(last) >= SLEPT_AFTER || overslept(self.due, now.mono) {
            self.slept(now, out);
        }
    }

    /// The system says that a sleep is over. The clocks may have told it before, or may not show it.
    pub(super) fn woke(&mut self, now: Now, out: &mut Vec<Effect>) {
        let told = |woke: Now| now.since(woke) < SLEPT_AFTER;
        if !self.woke.is_some_and(told) {
            self.slept(now, out);
        }
    }

    /// Nobody could look until now.
    fn slept(&mut self, now: Now, out: &mut Vec<Effect>) {
        self.woke = Some(now);
        for (id, panel) in &mut self.panels {
            panel.suspend(now, true);
            if matches!(panel.key, Key::Set { .. }) {
                out.push(drive(Drive::Woke(id.clone())));
            }
        }
        self.retry_keys(Retry::Seen, out);
    }
}
