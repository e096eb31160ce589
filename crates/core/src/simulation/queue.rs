//! What is still to come, in the order it comes. Of two things at the same moment the one put in
//! first comes first, so that an evening runs the same way every time.

use std::{collections::BTreeMap, time::Duration};

/// The queue of an evening.
#[derive(Debug)]
pub(super) struct Queue<T> {
    waiting: BTreeMap<(Duration, u64), T>,
    count: u64,
}

impl<T> Queue<T> {
    pub(super) fn new() -> Queue<T> {
        Queue {
            waiting: BTreeMap::new(),
            count: 0,
        }
    }

    pub(super) fn put(&mut self, at: Duration, what: T) {
        self.count += 1;
        self.waiting.insert((at, self.count), what);
    }

    pub(super) fn next_at(&self) -> Option<Duration> {
        self.waiting.keys().next().map(|(at, _)| *at)
    }

    pub(super) fn take(&mut self) -> Option<(Duration, T)> {
        let ((at, _), what) = self.waiting.pop_first()?;
        Some((at, what))
    }
}
