//! The wall clock of the measurements. All processes of one run share it.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "measuring takes a clock; the one place that reads it"
)]
pub(crate) fn wall_ms() -> f64 {
    let wall = SystemTime::now().duration_since(UNIX_EPOCH);
    wall.unwrap_or_default().as_secs_f64() * 1_000.0
}

/// Counts time from its making, never backwards.
pub(crate) struct Watch(Instant);

impl Watch {
    #[expect(
        clippy::disallowed_methods,
        reason = "measuring takes a clock; the one place that reads it"
    )]
    pub(crate) fn start() -> Watch {
        Watch(Instant::now())
    }

    pub(crate) fn passed(&self) -> Duration {
        self.0.elapsed()
    }
}
