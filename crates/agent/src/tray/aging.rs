//! What is on the screen gets older: the moment at which it says something else by itself.
//!
//! Runs no timer while no age is to be seen.

use pterotray_core::{Snapshot, menu};
use std::{
    future,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::time::{Instant, sleep_until};

/// The snapshot that was drawn last, and until when it holds.
#[derive(Debug, Default)]
pub(crate) struct Aging(Option<(Arc<Snapshot>, Instant)>);

impl Aging {
    /// This was drawn just now.
    pub(crate) fn drawn(&mut self, snapshot: Arc<Snapshot>) {
        self.0 = menu::holds_for(&snapshot).map(|holds| (snapshot, Instant::now() + holds));
    }

    /// Waits until what was drawn is out of date, and gives the same as it is then.
    pub(crate) async fn older(&self) -> Arc<Snapshot> {
        let Some((snapshot, until)) = &self.0 else {
            return future::pending().await;
        };
        sleep_until(*until).await;
        Arc::new(at(snapshot, SystemTime::now()))
    }
}

/// The same snapshot at another moment. A clock that was set back makes nothing younger.
fn at(snapshot: &Snapshot, moment: SystemTime) -> Snapshot {
    let since = moment.duration_since(UNIX_EPOCH).unwrap_or_default();
    let now_ms = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    Snapshot {
        at_ms: now_ms.max(snapshot.at_ms),
        ..snapshot.clone()
    }
}
