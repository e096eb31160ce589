//! Time as data: what the one clock reader hands to everything else.
//!
//! Nothing here reads a clock.

use std::time::Duration;

/// One moment, seen by both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Now {
    /// Time since the program started; never jumps. All deadlines use this.
    pub mono: Duration,
    /// Milliseconds since 1970 on the wall clock; only for showing, and for hours a person named.
    pub wall_ms: i64,
    /// Minutes that local time is ahead of UTC at this moment.
    pub utc_offset: i32,
}

/// So much on two clocks, or on one beyond what was due, is taken for a sleep.
pub(crate) const SLEPT_AFTER: Duration = Duration::from_secs(30);

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 24 * 60;

/// What was due, on the monotonic clock, comes so late that the computer must have slept. The clocks do not tell that
/// everywhere: where the monotonic one goes on through a sleep, none gains on the other.
pub(crate) fn overslept(due: Option<Duration>, now: Duration) -> bool {
    due.is_some_and(|due| due + SLEPT_AFTER <= now)
}

impl Now {
    /// The same moment, `later` on.
    pub fn plus(self, later: Duration) -> Now {
        let millis = i64::try_from(later.as_millis()).unwrap_or(i64::MAX);
        Now {
            mono: self.mono + later,
            wall_ms: self.wall_ms.saturating_add(millis),
            ..self
        }
    }

    /// Minutes since local midnight, 0 to 1439.
    pub fn minute_of_day(self) -> u16 {
        let minutes = self.wall_ms.div_euclid(MINUTE_MS) + i64::from(self.utc_offset);
        u16::try_from(minutes.rem_euclid(DAY_MINUTES)).unwrap_or_default()
    }

    /// When the local clock shows this minute of the day next, later than now: milliseconds since
    /// 1970. An hour off on the day when the clocks change.
    pub fn next_at(self, minute: u16) -> i64 {
        let this = self.wall_ms.div_euclid(MINUTE_MS);
        let ahead = i64::from(minute) - i64::from(self.minute_of_day());
        let ahead = if ahead <= 0 {
            ahead + DAY_MINUTES
        } else {
            ahead
        };
        (this + ahead).saturating_mul(MINUTE_MS)
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
