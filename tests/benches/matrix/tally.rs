//! What was counted, and what exactly went wrong.

use acceptance::figure::progress;
use std::time::Duration;

#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) cells: usize,
    pub(crate) false_alerts: usize,
    pub(crate) missed: usize,
    pub(crate) doubled: usize,
    pub(crate) late: usize,
    slowest: Option<(Duration, String)>,
}

impl Tally {
    pub(crate) fn false_alert(&mut self, what: &str) {
        self.false_alerts += 1;
        progress(&format!("FALSE {what}"));
    }

    pub(crate) fn missed(&mut self, what: &str) {
        self.missed += 1;
        progress(&format!("MISSED {what}"));
    }

    pub(crate) fn doubled(&mut self, what: &str) {
        self.doubled += 1;
        progress(&format!("DOUBLED {what}"));
    }

    pub(crate) fn late(&mut self, what: &str) {
        self.late += 1;
        progress(&format!("LATE {what}"));
    }

    pub(crate) fn recovered(&mut self, place: &str, after: Duration) {
        if self
            .slowest
            .as_ref()
            .is_none_or(|(slowest, _)| *slowest < after)
        {
            self.slowest = Some((after, place.to_owned()));
        }
    }

    /// The slowest recovery and where it was.
    pub(crate) fn slowest(&self) -> String {
        let (after, place) = self.slowest.clone().unwrap_or_default();
        format!("{:.1} s ({place})", after.as_secs_f64())
    }
}
