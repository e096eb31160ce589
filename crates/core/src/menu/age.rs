//! How long ago: which ages a menu shows, and until when what it says of them holds.
//!
//! Reads no clock: ages count from the snapshot's own moment.

use super::{Rows, headline};
use crate::{
    condition::Condition,
    settings::Pause,
    snapshot::{ServerView, Snapshot},
};
use std::time::Duration;

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

/// How long ago a moment was when the snapshot was made. A clock that was set back gives no age below none.
pub(super) fn of(snapshot: &Snapshot, then_ms: i64) -> Duration {
    let passed = snapshot.at_ms.saturating_sub(then_ms);
    Duration::from_millis(u64::try_from(passed).unwrap_or_default())
}

/// When a server was read last, where nothing is known of it now.
pub(super) fn last_read(server: &ServerView) -> Option<i64> {
    let unknown = server.condition == Condition::Unknown;
    server.read_at_ms.filter(|_| unknown)
}

/// How long alerts are still paused; `None` when they are not, or until somebody says so.
pub(super) fn pause_left(snapshot: &Snapshot) -> Option<Duration> {
    match snapshot.settings.alerts.paused? {
        Pause::Until { at_ms } => {
            let left = at_ms.saturating_sub(snapshot.at_ms);
            Some(Duration::from_millis(
                u64::try_from(left).unwrap_or_default(),
            ))
        }
        Pause::UntilResumed => None,
    }
}

/// For how long the tray says the same of this snapshot, however old it gets. `None` is for ever:
/// no age is to be seen. At least a second, and at most one change a minute.
pub fn holds_for(snapshot: &Snapshot) -> Option<Duration> {
    let crashed = headline::crashed(snapshot).and_then(|server| server.since_ms);
    let shown = Rows::of(snapshot);
    let rows = snapshot.listed().filter(|server| shown.has(&server.id));
    let moments = rows.filter_map(last_read).chain(crashed);
    let ages: Vec<u64> = moments
        .map(|then| u64::try_from(of(snapshot, then).as_millis()).unwrap_or(u64::MAX))
        .collect();
    let wait = ages.iter().min().map(|youngest| {
        // Together with the youngest, so that many ages do not change one by one.
        if *youngest < HOUR {
            MINUTE - youngest % MINUTE
        } else {
            let hours = ages.iter().map(|age| HOUR - age % HOUR);
            hours.min().unwrap_or(HOUR).max(MINUTE)
        }
    });
    let left = pause_left(snapshot).and_then(|left| u64::try_from(left.as_millis()).ok());
    let paused = left
        .filter(|left| *left > 0)
        .map(|left| (left - 1) % MINUTE + 1);
    let wait = wait.into_iter().chain(paused).min()?;
    Some(Duration::from_millis(wait.max(1_000)))
}
