//! The one reader of the clocks: everything else is handed the time.
//!
//! Decides nothing.

use crate::time::Now;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The one reader of the clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock(Instant);

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    pub(crate) fn start() -> Clock {
        Clock(Instant::now())
    }

    /// Where its times begin.
    pub(crate) fn zero(self) -> tokio::time::Instant {
        self.0.into()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    pub(crate) fn now(self) -> Now {
        let wall = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let wall_ms = i64::try_from(wall.as_millis()).unwrap_or(i64::MAX);
        Now {
            mono: Instant::now().saturating_duration_since(self.0),
            wall_ms,
            utc_offset: chrono::Local::now().offset().local_minus_utc() / 60,
        }
    }
}
