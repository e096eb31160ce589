//! What a panel may be asked within a minute: never more than half of what it grants.
//!
//! Sends nothing and reads no clock. What a person asks for is counted, but never held back.

use pterodactyl_client::Budget;
use std::{collections::VecDeque, time::Duration};

/// The panel counts in windows of a minute (API reference, 9). Requests take their time on the way, so
/// that what was sent within a little more may arrive within one.
pub(super) const WINDOW: Duration = Duration::from_millis(61_500);
/// Taken for the limit while no answer has told one: the lowest that panels are delivered with.
const UNTOLD: u32 = 120;
/// Requests kept back while another one is on its way: the half must hold however they overlap.
const LEAST: u32 = 4;

/// What was sent to one panel, and what it grants.
#[derive(Debug, Default)]
pub(super) struct Spending {
    told: Option<(Budget, Duration)>,
    sent: VecDeque<Duration>,
}

impl Spending {
    /// Takes in what an answer said.
    pub(super) fn learn(&mut self, now: Duration, budget: Option<Budget>) {
        if let Some(budget) = budget.filter(|budget| budget.limit > 0) {
            self.told = Some((budget, now));
        }
    }

    /// A request goes out.
    pub(super) fn spend(&mut self, now: Duration) {
        while self.sent.front().is_some_and(|at| *at + WINDOW <= now) {
            self.sent.pop_front();
        }
        self.sent.push_back(now);
    }

    /// The panel's own limit for a minute.
    pub(super) fn limit(&self) -> u32 {
        self.told.map_or(UNTOLD, |(budget, _)| budget.limit)
    }

    /// Requests a minute that may be planned with: half the limit, and half of that while little
    /// of it is left, for others need it too.
    pub(super) fn share(&self) -> u32 {
        let half = (self.limit() / 2).max(LEAST);
        let scarce =
            |(budget, _): (Budget, Duration)| budget.remaining.saturating_mul(5) < budget.limit;
        if self.told.is_some_and(scarce) {
            (half / 2).max(LEAST)
        } else {
            half
        }
    }

    /// `None` when so many requests may be sent now, else when.
    pub(super) fn not_before(&self, now: Duration, many: usize) -> Option<Duration> {
        let exhausted = self
            .told
            .filter(|(budget, at)| budget.remaining == 0 && *at + WINDOW > now)
            .map(|(_, at)| at + WINDOW);
        let recent = self.sent.iter().filter(|at| **at + WINDOW > now).count();
        let half = usize::try_from((self.limit() / 2).max(LEAST)).unwrap_or(usize::MAX);
        let before = half.saturating_sub(many);
        let full = (recent > before).then(|| {
            let oldest = self.sent.len() - before - 1;
            self.sent[oldest] + WINDOW
        });
        exhausted.max(full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    fn told(limit: u32, remaining: u32) -> Spending {
        let mut spending = Spending::default();
        spending.learn(Duration::ZERO, Some(Budget { limit, remaining }));
        spending
    }

    #[test]
    fn half_of_the_limit_goes_out_in_any_minute_and_not_one_more() {
        let mut spending = told(20, 20);
        for n in 0..10 {
            assert_eq!(spending.not_before(seconds(n), 1), None);
            spending.spend(seconds(n));
        }
        assert_eq!(spending.not_before(seconds(30), 1), Some(WINDOW));
        assert_eq!(spending.not_before(WINDOW, 1), None);
        spending.spend(WINDOW);
        assert_eq!(spending.not_before(WINDOW, 1), Some(WINDOW + seconds(1)));
    }

    #[test]
    fn nothing_goes_out_when_others_used_it_all_until_the_minute_is_over() {
        let spending = told(256, 0);
        assert_eq!(spending.not_before(seconds(5), 1), Some(WINDOW));
        assert_eq!(spending.not_before(WINDOW, 1), None);
    }

    #[test]
    fn little_left_of_the_limit_halves_the_share() {
        assert_eq!(told(256, 200).share(), 128);
        assert_eq!(told(256, 40).share(), 64);
    }
}
