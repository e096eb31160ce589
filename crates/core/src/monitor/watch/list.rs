//! When a panel's list is asked for, and whether the panel counts as answering.
//!
//! Sends nothing and reads no clock.

use super::Came;
use std::time::Duration;

/// Between two lists when nothing surprising happens.
const EVERY: Duration = Duration::from_secs(180);
/// The same where looks follow each other faster than any real panel has them.
const PACES: u32 = 9;
/// Between two lists, however surprising things are.
const NOT_BEFORE: Duration = Duration::from_secs(15);
/// Between two tries with a key that was refused.
const REFUSED_EVERY: Duration = Duration::from_secs(300);
/// Waits after failures in a row.
const BACK_OFF: [u64; 5] = [5, 10, 20, 40, 60];
/// Without a word from the panel, how long to be silent after a 429 (API reference, 9).
pub(super) const SILENCE: Duration = Duration::from_secs(60);

/// Whether lists show that the panel answers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// None has come yet, or not since the computer slept.
    #[default]
    Missing,
    /// The last one came, or is the first that did not.
    Good,
    /// Several in a row did not come.
    Lost,
}

/// The timing of one panel's list. A fresh one is due at once.
#[derive(Debug, Default)]
pub(super) struct List {
    due: Duration,
    started: Option<Duration>,
    in_flight: bool,
    failures: u32,
    /// The last answers say that the panel answers.
    proof: Proof,
    /// Wanted again before it came back.
    again: bool,
    /// What is on its way says nothing: it was asked for before the computer slept.
    void: bool,
    /// By a person, or because the computer slept: what came of it is no reason to wait.
    asked: bool,
}

impl List {
    /// When it is due; `None` while it is on its way.
    pub(super) fn due(&self) -> Option<Duration> {
        (!self.in_flight).then_some(self.due)
    }

    /// The panel answers, as far as lists tell.
    pub(super) fn proves(&self) -> bool {
        self.proof == Proof::Good
    }

    /// The computer slept: the panel has to prove itself anew.
    pub(super) fn doubt(&mut self, now: Duration) {
        self.now(now);
        self.void = self.in_flight;
        // What failed before the sleep is no reason to wait after it.
        self.failures = 0;
        self.proof = Proof::Missing;
    }

    pub(super) fn start(&mut self, now: Duration) {
        self.in_flight = true;
        self.started = Some(now);
    }

    /// The request broke down.
    pub(super) fn lost(&mut self) {
        self.in_flight = false;
        self.void = false;
    }

    /// Due now: a person asked, or the computer slept.
    pub(super) fn now(&mut self, now: Duration) {
        self.due = now;
        self.again = self.in_flight;
        self.asked = self.in_flight;
    }

    /// Due soon; once more if it is on its way already. `pace` is the shortest time between two
    /// looks at one server.
    pub(super) fn soon(&mut self, now: Duration, pace: Duration) {
        self.again |= self.in_flight;
        self.due = self.due.min(self.earliest(now, pace));
    }

    fn earliest(&self, now: Duration, pace: Duration) -> Duration {
        let gap = NOT_BEFORE.min(pace);
        self.started.map_or(now, |started| (started + gap).max(now))
    }

    /// It came back. Whether it says anything.
    pub(super) fn done(&mut self, now: Duration, came: Came, pace: Duration) -> bool {
        self.in_flight = false;
        if std::mem::take(&mut self.void) {
            (self.again, self.asked) = (false, false);
            self.due = now;
            return false;
        }
        if matches!(came, Came::Bad | Came::Refused) && self.failures > 0 {
            self.proof = match self.proof {
                Proof::Missing => Proof::Missing,
                Proof::Good | Proof::Lost => Proof::Lost,
            };
        }
        let wait = match came {
            Came::Good => {
                self.failures = 0;
                self.proof = Proof::Good;
                EVERY.min(pace * PACES)
            }
            Came::Refused => {
                self.failures += 1;
                if self.failures < 2 {
                    back_off(1)
                } else {
                    REFUSED_EVERY
                }
            }
            Came::Bad | Came::OnlyThis => {
                self.failures += 1;
                back_off(self.failures)
            }
            Came::TooMany(wait) => wait.unwrap_or(SILENCE),
        };
        self.due = now + wait;
        let (again, asked) = (
            std::mem::take(&mut self.again),
            std::mem::take(&mut self.asked),
        );
        match came {
            Came::Good | Came::Bad | Came::OnlyThis | Came::Refused if asked => self.due = now,
            Came::Good if again => self.due = self.earliest(now, pace),
            Came::Good | Came::Bad | Came::OnlyThis | Came::Refused | Came::TooMany(_) => {}
        }
        true
    }
}

/// The wait after so many failures in a row.
pub(super) fn back_off(failures: u32) -> Duration {
    let step = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
    Duration::from_secs(BACK_OFF[step.min(BACK_OFF.len() - 1)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Duration = Duration::from_secs(30);

    fn waits(came: Came, tries: usize) -> Vec<u64> {
        let mut list = List::default();
        let mut now = Duration::ZERO;
        let mut waits = Vec::new();
        for _ in 0..tries {
            list.start(now);
            list.done(now, came, PACE);
            let due = list.due().unwrap();
            waits.push((due - now).as_secs());
            now = due;
        }
        waits
    }

    #[test]
    fn a_panel_that_does_not_answer_is_tried_less_and_less() {
        assert_eq!(waits(Came::Bad, 6), [5, 10, 20, 40, 60, 60]);
    }

    #[test]
    fn a_refused_key_is_tried_seldom() {
        assert_eq!(waits(Came::Refused, 3), [5, 300, 300]);
    }

    #[test]
    fn a_good_list_comes_every_three_minutes() {
        assert_eq!(waits(Came::Good, 2), [180, 180]);
        let mut list = List::default();
        list.done(Duration::ZERO, Came::Good, Duration::from_secs(21));
        assert_eq!(list.due(), Some(EVERY), "at the shortest pace as well");
    }

    #[test]
    fn one_that_is_wanted_while_it_is_on_its_way_comes_once_more() {
        let mut list = List::default();
        list.start(Duration::ZERO);
        list.soon(Duration::from_secs(1), PACE);
        list.done(Duration::from_secs(2), Came::Good, PACE);
        assert_eq!(list.due(), Some(Duration::from_secs(15)));
    }

    #[test]
    fn a_persons_wish_during_a_list_that_fails_is_granted_at_once_and_only_once() {
        let mut list = List::default();
        list.start(Duration::ZERO);
        list.now(Duration::from_secs(1));
        list.done(Duration::from_secs(2), Came::Bad, PACE);
        assert_eq!(list.due(), Some(Duration::from_secs(2)));
        list.start(Duration::from_secs(2));
        list.done(Duration::from_secs(3), Came::Bad, PACE);
        assert_eq!(list.due(), Some(Duration::from_secs(13)));
    }
}
