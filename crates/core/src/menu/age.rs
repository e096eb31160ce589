//! How long ago: which ages a menu shows, and until when what it says of them holds.
//!
//! Reads no clock: ages count from the snapshot's own moment.

use super::{headline, shown};
use crate::{
    condition::Condition,
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

/// For how long the tray says the same of this snapshot, however old it gets. `None` is for ever:
/// no age is to be seen. At least a second, and at most one change a minute.
pub fn holds_for(snapshot: &Snapshot) -> Option<Duration> {
    let crashed = headline::crashed(snapshot).and_then(|server| server.since_ms);
    let shown = shown(snapshot);
    let rows = snapshot
        .listed()
        .filter(|server| shown.contains(&server.id));
    let moments = rows.filter_map(last_read).chain(crashed);
    let ages: Vec<u64> = moments
        .map(|then| u64::try_from(of(snapshot, then).as_millis()).unwrap_or(u64::MAX))
        .collect();
    let youngest = ages.iter().min()?;
    // Together with the youngest, so that many ages do not change one by one.
    let wait = if *youngest < HOUR {
        MINUTE - youngest % MINUTE
    } else {
        let hours = ages.iter().map(|age| HOUR - age % HOUR);
        hours.min().unwrap_or(HOUR).max(MINUTE)
    };
    Some(Duration::from_millis(wait.max(1_000)))
}
