//! How long something has been left in peace: what is late is only late in peace.

use std::time::Duration;

/// The troubles of a panel, node, server, or of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Calm {
    troubles: u32,
    /// Until when the last trouble may still be felt.
    after: Duration,
}

impl Calm {
    pub(super) fn disturb(&mut self) {
        self.troubles += 1;
    }

    /// A trouble is over, and may be felt for a while yet.
    pub(super) fn relent(&mut self, now: Duration, felt_for: Duration) {
        self.troubles = self.troubles.saturating_sub(1);
        self.after = self.after.max(now + felt_for);
    }

    /// Something passing, that may be felt for a while.
    pub(super) fn ripple(&mut self, now: Duration, felt_for: Duration) {
        self.after = self.after.max(now + felt_for);
    }

    /// Since when there is peace; `None` while there is none.
    pub(super) fn since(&self, now: Duration) -> Option<Duration> {
        (self.troubles == 0 && self.after <= now).then_some(self.after)
    }
}
