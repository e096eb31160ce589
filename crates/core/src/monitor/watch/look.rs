//! When one server is looked at, and when a silent node is tried.
//!
//! Sends nothing and reads no clock.

use super::{
    Came,
    list::{SILENCE, back_off},
};
use std::time::Duration;

/// Waits of looks after a power signal, in seconds; the panel's cache makes more of them useless.
const FOLLOW: [u32; 7] = [1, 3, 6, 10, 15, 21, 30];
/// A server that failed once is looked at again this soon: two failures in a row mean more.
const SECOND_LOOK: Duration = Duration::from_secs(5);
/// A server that keeps failing is looked at this often at least.
const SELDOM: Duration = Duration::from_secs(120);
/// A look that takes longer counts as failing.
const SLOW: Duration = Duration::from_secs(3);
/// A socket that comes back within seconds is given so long before its server is polled.
const BRIDGE: Duration = Duration::from_secs(10);

/// The timing of one server.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) due: Duration,
    /// It is on its way since then.
    pub(super) asked: Option<Duration>,
    pub(super) failures: u32,
    /// It has its place in the period.
    pub(super) placed: bool,
    pub(super) node: String,
    /// Its live socket tells everything: nothing to ask.
    pub(super) covered: bool,
    follow: Vec<Duration>,
    /// What is on its way says nothing: it was asked before the computer slept.
    void: bool,
}

impl Look {
    pub(super) fn new(due: Duration, node: String) -> Look {
        Look {
            due,
            asked: None,
            failures: 0,
            placed: false,
            node,
            covered: false,
            follow: Vec::new(),
            void: false,
        }
    }

    /// It is looked at often for a while. `unit` is a second where the panel is a real one.
    pub(super) fn follow(&mut self, now: Duration, unit: Duration) {
        self.follow = FOLLOW.iter().rev().map(|n| now + unit * *n).collect();
        if let Some(first) = self.follow.pop() {
            self.due = self.due.min(first);
        }
    }

    /// The computer slept: what is on its way is no answer.
    pub(super) fn woke(&mut self) {
        self.void = self.asked.is_some();
    }

    /// It is on its way, and failed before or takes long.
    pub(super) fn fails(&self, now: Duration) -> bool {
        self.asked
            .is_some_and(|since| self.failures > 0 || since + SLOW <= now)
    }

    /// Its socket tells nothing any more.
    pub(super) fn uncover(&mut self, now: Duration, brief: bool) {
        if std::mem::take(&mut self.covered) {
            self.due = if brief { now + BRIDGE } else { now };
            // Many may be uncovered at once: their second looks are spread over the period.
            self.placed = false;
        }
    }

    /// It came back. `regular` is the wait after a good answer.
    pub(super) fn done(&mut self, now: Duration, came: Came, regular: Duration, period: Duration) {
        self.asked = None;
        self.placed = true;
        if std::mem::take(&mut self.void) {
            self.due = now;
            return;
        }
        self.failures = if came == Came::Good {
            0
        } else {
            self.failures.saturating_add(1)
        };
        let wait = match came {
            Came::Good => regular,
            Came::TooMany(wait) => wait.unwrap_or(SILENCE).max(period),
            Came::Bad | Came::OnlyThis | Came::Refused => match self.failures {
                1 => SECOND_LOOK.min(period),
                n => (period * 2_u32.pow((n - 2).min(4))).min(SELDOM.max(period)),
            },
        };
        self.follow.retain(|at| *at > now);
        let regular = now + wait;
        self.due = self.follow.pop().map_or(regular, |next| next.min(regular));
    }
}

/// A node that does not answer: one of its servers at a time is tried, less and less often.
#[derive(Debug)]
pub(super) struct Probe {
    failures: u32,
    pub(super) due: Duration,
}

impl Probe {
    pub(super) fn new(now: Duration) -> Probe {
        Probe {
            failures: 1,
            due: now + back_off(1),
        }
    }

    /// One of its servers was tried.
    pub(super) fn done(&mut self, now: Duration) {
        self.failures = self.failures.saturating_add(1);
        self.due = now + back_off(self.failures);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_failed_once_is_looked_at_again_soon_and_then_less_and_less() {
        let period = Duration::from_secs(30);
        let mut look = Look::new(Duration::ZERO, String::new());
        let mut waits = Vec::new();
        for _ in 0..6 {
            let now = look.due;
            look.done(now, Came::Bad, period, period);
            waits.push((look.due - now).as_secs());
        }
        assert_eq!(waits, [5, 30, 60, 120, 120, 120]);
    }
}
