//! What a guest follows beside the snapshots: one server's past, and one server's console.
//!
//! Follows nothing that was not asked for, and never more than one of each.

use super::behind::{Behind, Reader};
use pterotray_core::{Condition, History, ServerId, Snapshot, wire::Said};
use std::{future, time::Duration};
use tokio::time::{Instant, sleep_until};

/// Between two looks at a server's past: it has one point for each so long.
const BETWEEN_POINTS: Duration = Duration::from_secs(10);
/// At most four batches of lines a second.
const BETWEEN_LINES: Duration = Duration::from_millis(250);

/// What a guest has asked for. The numbers tell one wish from the same one made again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) snapshots: bool,
    pub(super) history: (u64, Option<ServerId>),
    pub(super) console: (u64, Option<ServerId>),
}

/// Both, as they are followed now.
pub(super) struct Followed<B: Behind> {
    behind: B,
    wanted: Wanted,
    past: Option<Past>,
    console: Option<Read<B::Reader>>,
}

struct Past {
    server: ServerId,
    /// Where the last point that was told begins.
    told_to: Option<i64>,
    condition: Option<Condition>,
    due: Instant,
}

struct Read<R> {
    server: ServerId,
    console: R,
    not_before: Instant,
}

impl<B: Behind> Followed<B> {
    pub(super) fn new(behind: B) -> Followed<B> {
        Followed {
            behind,
            wanted: Wanted::default(),
            past: None,
            console: None,
        }
    }

    /// Takes in what is wanted from now on.
    pub(super) fn want(&mut self, wanted: &Wanted) {
        let now = Instant::now();
        if wanted.history != self.wanted.history {
            self.past = wanted.history.1.clone().map(|server| Past {
                server,
                told_to: None,
                condition: None,
                due: now,
            });
        }
        if wanted.console != self.wanted.console {
            // The old reader leaves before the new one comes: its server's place is free then.
            self.console = None;
            self.console = wanted.console.1.clone().map(|server| Read {
                console: self.behind.console(server.clone()),
                server,
                not_before: now,
            });
        }
        self.wanted = wanted.clone();
    }

    /// A snapshot goes to the guest: when the server's condition is another one, its past has more to tell.
    pub(super) fn saw(&mut self, snapshot: &Snapshot) {
        if let Some(past) = &mut self.past {
            let condition = snapshot.server(&past.server).map(|one| one.condition);
            if std::mem::replace(&mut past.condition, condition) != condition {
                past.due = Instant::now();
            }
        }
    }

    /// The next thing worth telling. Nothing is lost when the future is dropped before it is done.
    pub(super) async fn next(&mut self) -> Said {
        tokio::select! {
            said = next_of_past(&self.behind, self.past.as_mut()) => said,
            said = next_of_console(self.console.as_mut()) => said,
        }
    }
}

async fn next_of_past<B: Behind>(behind: &B, past: Option<&mut Past>) -> Said {
    let Some(past) = past else {
        return future::pending().await;
    };
    loop {
        sleep_until(past.due).await;
        let history = behind.history(past.server.clone()).await;
        past.due = Instant::now() + BETWEEN_POINTS;
        // A server that is gone has none; it may come back.
        if let Some(history) = history {
            return past.told(history);
        }
    }
}

impl Past {
    fn told(&mut self, mut history: History) -> Said {
        let from_ms = self.told_to;
        if let Some(from) = from_ms {
            history.points.retain(|point| point.at_ms >= from);
        }
        self.told_to = history.points.last().map(|point| point.at_ms).or(from_ms);
        Said::History {
            server: self.server.clone(),
            from_ms,
            history,
        }
    }
}

async fn next_of_console<R: Reader>(read: Option<&mut Read<R>>) -> Said {
    let Some(read) = read else {
        return future::pending().await;
    };
    sleep_until(read.not_before).await;
    let news = read.console.next().await;
    read.not_before = Instant::now() + BETWEEN_LINES;
    Said::Console {
        server: read.server.clone(),
        news,
    }
}
