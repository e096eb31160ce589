//! Time as data: what the one clock reader hands to everything else.
//!
//! Nothing here reads a clock.

use std::time::Duration;

/// One moment, seen by both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Now {
    /// Time since the program started; never jumps. All deadlines use this.
    pub mono: Duration,
    /// Milliseconds since 1970 on the wall clock; only for showing.
    pub wall_ms: i64,
}

impl Now {
    /// The same moment, `later` on.
    pub fn plus(self, later: Duration) -> Now {
        let millis = i64::try_from(later.as_millis()).unwrap_or(i64::MAX);
        Now {
            mono: self.mono + later,
            wall_ms: self.wall_ms.saturating_add(millis),
        }
    }

    /// How long `earlier` lies back; zero when it does not. The longer of both clocks counts: the
    /// monotonic one stands still while the computer sleeps.
    pub fn since(self, earlier: Now) -> Duration {
        let wall = u64::try_from(self.wall_ms.saturating_sub(earlier.wall_ms)).unwrap_or(0);
        self.mono
            .saturating_sub(earlier.mono)
            .max(Duration::from_millis(wall))
    }

    /// How much further the wall clock went since `earlier` than the monotonic one: the computer
    /// slept, or the clock was set. Zero when it was put back.
    pub fn slept_since(self, earlier: Now) -> Duration {
        let wall = u64::try_from(self.wall_ms.saturating_sub(earlier.wall_ms)).unwrap_or(0);
        Duration::from_millis(wall).saturating_sub(self.mono.saturating_sub(earlier.mono))
    }
}
