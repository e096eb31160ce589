//! Chance that can be thrown again: the same seed gives the same evening on every machine.

use std::time::Duration;

/// A generator of the SplitMix64 kind: its step and its two mixing factors are that algorithm's.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A seed for somebody else's chance.
    pub(super) fn seed(&mut self) -> u64 {
        self.roll()
    }

    /// From 0 up to but not including `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.roll() % end).unwrap_or_default()
    }

    /// True in so many of a hundred cases.
    pub(super) fn percent(&mut self, cases: usize) -> bool {
        self.below(100) < cases
    }

    /// A time from `from` to `to`, both in milliseconds.
    pub(super) fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.roll() % (to.saturating_sub(from) + 1))
    }

    /// A time from `from` to `to`, both in seconds.
    pub(super) fn seconds(&mut self, from: u64, to: u64) -> Duration {
        self.millis(from * 1000, to * 1000)
    }

    /// One of them.
    pub(super) fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same() {
        let throw = || {
            let mut dice = Dice::new(7);
            [(); 5].map(|()| dice.below(1000))
        };
        assert_eq!(throw(), throw());
        let apart: std::collections::BTreeSet<usize> = throw().into_iter().collect();
        assert!(apart.len() > 3);
    }
}
