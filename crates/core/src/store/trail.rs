//! What is remembered of one server's past: figures of the last hour, and the last changes.
//!
//! Bounded: 360 points, 50 changes.

use super::reading::Reading;
use crate::{
    condition::Condition,
    history::{Cause, Changed, History, Point},
    snapshot::Source,
    time::Now,
};
use pterodactyl_client::{Resources, live::Crash};
use std::{collections::VecDeque, time::Duration};

const SLOT_MS: i64 = 10_000;
const SLOTS: i32 = 360;
/// Room is made for so many points at a time: with a thousand servers, room for twice as many would be felt.
const ROOM: usize = 45;
const CHANGES: usize = 50;
/// A crash report that comes later is about something else.
const REPORT_COUNTS_FOR_MS: i64 = 15_000;

/// The past of one server.
#[derive(Debug, Default)]
pub(super) struct Trail {
    points: VecDeque<Kept>,
    changes: VecDeque<Changed>,
    /// The counters as they were read last.
    last: Option<(Now, Counters)>,
}

#[derive(Debug, Clone, Copy)]
struct Counters {
    uptime_ms: u64,
    rx: u64,
    tx: u64,
}

/// One slot; a rate that is not known is not a number.
#[derive(Debug, Clone, Copy)]
struct Kept {
    slot: i32,
    cpu: f32,
    memory: f32,
    disk: f32,
    rx: f32,
    tx: f32,
}

/// What a sparkline is made of: percent of one core, and bytes.
#[derive(Debug)]
pub(super) struct Load {
    pub(super) at_ms: i64,
    pub(super) cpu: f32,
    pub(super) memory: f32,
}

impl Trail {
    /// Takes in what a reading says the server uses, when the reading brings any of that.
    pub(super) fn read(&mut self, reading: &Reading) {
        let Some((at, used)) = reading.used.as_ref().filter(|(at, _)| *at == reading.at) else {
            return;
        };
        let (rx, tx) = self.rates(*at, used);
        let slot = slot_of(at.wall_ms);
        // The newest reading of a slot wins. Later slots are there when the clock was put back.
        while self.points.back().is_some_and(|last| last.slot >= slot) {
            self.points.pop_back();
        }
        while self
            .points
            .front()
            .is_some_and(|first| first.slot <= slot - SLOTS)
        {
            self.points.pop_front();
        }
        if self.points.len() == self.points.capacity() {
            self.points.reserve_exact(ROOM);
        }
        self.points.push_back(Kept {
            slot,
            cpu: narrow(used.cpu_percent),
            memory: float(used.memory_bytes),
            disk: float(used.disk_bytes),
            rx,
            tx,
        });
    }

    /// Bytes a second since the last reading of the same run; the node's own clock counts, because
    /// the panel's answers may be 20 s old.
    fn rates(&mut self, at: Now, used: &Resources) -> (f32, f32) {
        let now = Counters {
            uptime_ms: used.uptime_ms,
            rx: used.network_rx_bytes,
            tx: used.network_tx_bytes,
        };
        let Some((then, before)) = self.last.replace((at, now)) else {
            return (f32::NAN, f32::NAN);
        };
        let passed = now.uptime_ms.checked_sub(before.uptime_ms);
        let Some(passed) = passed.filter(|passed| *passed > 0) else {
            return (f32::NAN, f32::NAN);
        };
        // A run that began between the two has an uptime that looks like a long one's going on.
        let long = Duration::from_millis(passed) > at.since(then) + Duration::from_secs(25);
        let rate = |now: u64, before: u64| match now.checked_sub(before) {
            Some(bytes) if !long => float(bytes) / float(passed) * 1000.0,
            Some(_) | None => f32::NAN,
        };
        (rate(now.rx, before.rx), rate(now.tx, before.tx))
    }

    pub(super) fn changed(
        &mut self,
        now: Now,
        (from, to): (Condition, Condition),
        cause: Cause,
        source: Option<Source>,
    ) {
        if self.changes.len() == CHANGES {
            self.changes.pop_front();
        }
        self.changes.push_back(Changed {
            at_ms: now.wall_ms,
            from,
            to,
            cause,
            source,
        });
    }

    /// A crash report came after the crash was written down.
    pub(super) fn crashed(&mut self, now: Now, crash: Crash) {
        let recent = |change: &&mut Changed| {
            now.wall_ms.saturating_sub(change.at_ms) <= REPORT_COUNTS_FOR_MS
        };
        let nameless = |change: &&mut Changed| {
            matches!(
                change.cause,
                Cause::Crashed {
                    exit_code: None,
                    out_of_memory: None
                }
            )
        };
        let mut last = self.changes.iter_mut().rev().take_while(recent);
        if let Some(change) = last.find(nameless) {
            change.cause = Cause::crashed(Some(crash));
        }
    }

    /// What it used, oldest first.
    pub(super) fn loads(&self) -> impl Iterator<Item = Load> {
        self.points.iter().map(|kept| Load {
            at_ms: kept.at_ms(),
            cpu: kept.cpu,
            memory: kept.memory,
        })
    }

    /// What is worth drawing at `now`.
    pub(super) fn history(&self, now: Now) -> History {
        let oldest = slot_of(now.wall_ms) - SLOTS;
        let known = |rate: f32| rate.is_finite().then_some(rate);
        let point = |kept: &Kept| Point {
            at_ms: kept.at_ms(),
            cpu_percent: kept.cpu,
            memory_bytes: kept.memory,
            disk_bytes: kept.disk,
            rx_per_second: known(kept.rx),
            tx_per_second: known(kept.tx),
        };
        History {
            points: self
                .points
                .iter()
                .filter(|kept| kept.slot > oldest)
                .map(point)
                .collect(),
            changes: self.changes.iter().cloned().collect(),
        }
    }
}

impl Kept {
    fn at_ms(&self) -> i64 {
        i64::from(self.slot) * SLOT_MS
    }
}

/// Which ten seconds since 1970; there are enough of them until the year 2650.
fn slot_of(wall_ms: i64) -> i32 {
    i32::try_from(wall_ms.div_euclid(SLOT_MS)).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "drawn with three digits")]
fn float(bytes: u64) -> f32 {
    bytes as f32
}

#[expect(clippy::cast_possible_truncation, reason = "drawn with three digits")]
fn narrow(percent: f64) -> f32 {
    percent as f32
}

#[cfg(test)]
mod tests {
    use super::{super::reading::Seen, *};
    use pterodactyl_client::PowerState;

    #[test]
    fn an_hour_of_figures_has_little_more_room_than_it_needs() {
        let used = Resources {
            state: PowerState::Running,
            suspended: false,
            memory_bytes: 1,
            cpu_percent: 1.0,
            disk_bytes: 1,
            network_rx_bytes: 1,
            network_tx_bytes: 1,
            uptime_ms: 1,
        };
        let mut trail = Trail::default();
        for seconds in 0..7200 {
            let now = Now {
                mono: Duration::from_secs(seconds),
                wall_ms: 1_795_000_000_000 + i64::try_from(seconds).unwrap() * 1000,
                utc_offset: 0,
            };
            trail.read(&Reading::stats(now, Seen::Running, &used));
        }
        assert_eq!(trail.points.len(), 360);
        assert!(trail.points.capacity() <= 360 + ROOM);
        assert_eq!(size_of::<Kept>(), 24);
    }
}
