//! What is looked for in a panel's activity log: who stopped a server that went down, at once and once more a minute later.
//!
//! Asks for nothing itself, and knows nothing of readings.

use crate::{event::Logged, time::Now};
use pterodactyl_client::PowerSignal;
use std::time::Duration;

/// What was done in a browser is in the log up to a minute later (API reference, 16).
const LOGGED_WITHIN: Duration = Duration::from_secs(65);
/// The clocks of panel and computer may differ by so much; the panel's copy is up to 20 s old.
const COUNTS_FOR_MS: i64 = 90_000;
/// Our own signal is in the log too, a little later than it was sent.
const OWN_LOGGED_MS: i64 = 10_000;

/// What is wanted of the log.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// When a signal of ours was sent last.
    own_sent: Option<Now>,
    /// It is to be read now.
    wanted: bool,
    /// A fall whose cause it did not name yet.
    unexplained: Option<Unexplained>,
}

/// It was told without knowing who did it, and may be in the log a minute later.
#[derive(Debug, Clone, Copy)]
struct Unexplained {
    due: Duration,
    since_ms: i64,
    asked: bool,
}

impl Log {
    /// A signal of ours goes out. It will be in the log too, where it would be taken for what caused an earlier fall.
    pub(super) fn own_sent(&mut self, now: Now) {
        self.own_sent = Some(now);
        self.unexplained = None;
    }

    /// It is to be read for a server that was last known to be up at `held`. From which moment on
    /// its entries count, in milliseconds since 1970.
    pub(super) fn want(&mut self, held: Now) -> i64 {
        self.wanted = true;
        let own = self.own_sent.map(|own| own.wall_ms + OWN_LOGGED_MS);
        (held.wall_ms - COUNTS_FOR_MS).max(own.unwrap_or(i64::MIN))
    }

    /// Whether it is to be read now, once for every fall and once more a minute later.
    pub(super) fn take_wanted(&mut self, now: Now) -> bool {
        let again = self
            .unexplained
            .as_mut()
            .filter(|fall| !fall.asked && fall.due <= now.mono);
        let again = again.map(|fall| fall.asked = true).is_some();
        std::mem::take(&mut self.wanted) || again
    }

    /// A fall of that moment is told without knowing who did it.
    pub(super) fn ask_again(&mut self, at: Now, since_ms: i64) {
        self.unexplained = Some(Unexplained {
            due: at.mono + LOGGED_WITHIN,
            since_ms,
            asked: false,
        });
    }

    /// The second look at it came: from when on its entries count, if it was such a look.
    pub(super) fn take_unexplained(&mut self) -> Option<i64> {
        let told = self.unexplained.take_if(|told| told.asked)?;
        Some(told.since_ms)
    }

    /// When it is to be read once more.
    pub(super) fn due(&self) -> Option<Duration> {
        let again = self.unexplained.filter(|fall| !fall.asked);
        again.map(|fall| fall.due)
    }

    /// It is up: why it was down is of no interest any more.
    pub(super) fn is_up(&mut self) {
        self.unexplained = None;
    }

    /// Nobody can look for a while.
    pub(super) fn suspend(&mut self) {
        self.wanted = false;
        self.unexplained = None;
    }
}

/// The newest entry from that moment on about one of these signals. `entries` are newest first.
pub(super) fn newest<'a>(
    entries: &'a [Logged],
    since_ms: i64,
    signals: &[PowerSignal],
) -> Option<&'a Logged> {
    entries
        .iter()
        .find(|entry| entry.at_ms >= since_ms && signals.contains(&entry.signal))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Now {
        Now {
            mono: Duration::from_secs(seconds),
            wall_ms: 1_000_000 + i64::try_from(seconds).unwrap() * 1000,
            utc_offset: 0,
        }
    }

    #[test]
    fn it_is_read_once_at_once_and_once_a_minute_later() {
        let mut log = Log::default();
        let since = log.want(at(100));
        assert!(log.take_wanted(at(100)));
        assert!(!log.take_wanted(at(100)));
        log.ask_again(at(100), since);
        assert!(!log.take_wanted(at(164)));
        assert_eq!(log.take_unexplained(), None, "that was the first look");
        assert!(log.take_wanted(at(165)));
        assert_eq!(log.due(), None);
        assert_eq!(log.take_unexplained(), Some(since));
        assert!(!log.take_wanted(at(300)));
    }

    #[test]
    fn our_own_signal_is_never_taken_for_somebody_elses() {
        let mut log = Log::default();
        log.own_sent(at(95));
        assert_eq!(log.want(at(100)), at(105).wall_ms);
        let mut log = Log::default();
        assert_eq!(log.want(at(100)), at(10).wall_ms);
    }
}
