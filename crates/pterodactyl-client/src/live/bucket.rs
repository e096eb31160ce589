//! How fast frames may be sent. Nodes from 1.12 on drop what comes faster, so it must never be exceeded, not even by the
//! little by which a network can push frames together.

use std::time::Duration;

use super::frame::Ask;

/// A bucket of permits that fills up again, kept as one point in time: when it would be full.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    burst: u32,
    refill: Duration,
    full: Duration,
}

impl Bucket {
    /// `burst` at once, then one each `refill`.
    const fn new(burst: u32, refill: Duration) -> Self {
        Self {
            burst,
            refill,
            full: Duration::ZERO,
        }
    }

    /// From when on one more may be sent.
    fn ready(&self) -> Duration {
        self.full.saturating_sub(self.refill * (self.burst - 1))
    }

    fn take(&mut self, now: Duration) {
        self.full = self.full.max(now) + self.refill;
    }
}

/// Which bucket a frame draws from, besides the one for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Auth,
    Logs,
    Command,
    Rest,
}

impl Kind {
    pub(super) const fn of(ask: &Ask) -> Self {
        match ask {
            Ask::Logs => Self::Logs,
            Ask::Command(_) => Self::Command,
            Ask::Stats | Ask::Power(_) => Self::Rest,
        }
    }
}

/// One connection's buckets: the node's own numbers (Wings 1.12: `auth` and `send logs` 2 and one each 5 s,
/// commands 10 and one a second, the rest 4 and one a second, all together 10 and five a second) with a tenth taken off.
#[derive(Debug, Clone)]
pub(super) struct Buckets {
    auth: Bucket,
    logs: Bucket,
    command: Bucket,
    rest: Bucket,
    all: Bucket,
}

impl Buckets {
    pub(super) const fn new() -> Self {
        let slow = Duration::from_millis(5500);
        let second = Duration::from_millis(1100);
        Self {
            auth: Bucket::new(2, slow),
            logs: Bucket::new(2, slow),
            command: Bucket::new(10, second),
            rest: Bucket::new(4, second),
            all: Bucket::new(10, Duration::from_millis(220)),
        }
    }

    /// From when on a frame of this kind may be sent.
    pub(super) fn ready(&self, kind: Kind) -> Duration {
        let own = match kind {
            Kind::Auth => &self.auth,
            Kind::Logs => &self.logs,
            Kind::Command => &self.command,
            Kind::Rest => &self.rest,
        };
        self.all.ready().max(own.ready())
    }

    /// Counts a frame that is being sent.
    pub(super) fn take(&mut self, kind: Kind, now: Duration) {
        self.all.take(now);
        let own = match kind {
            Kind::Auth => &mut self.auth,
            Kind::Logs => &mut self.logs,
            Kind::Command => &mut self.command,
            Kind::Rest => &mut self.rest,
        };
        own.take(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many frames of `kind` can be sent at once at `now`.
    fn burst(buckets: &mut Buckets, kind: Kind, now: Duration) -> u32 {
        let mut sent = 0;
        while buckets.ready(kind) <= now {
            buckets.take(kind, now);
            sent += 1;
        }
        sent
    }

    #[test]
    fn each_kind_has_the_nodes_burst_and_refills_a_little_slower() {
        let at = Duration::from_secs;
        for (kind, expected) in [(Kind::Auth, 2), (Kind::Logs, 2), (Kind::Rest, 4)] {
            let mut buckets = Buckets::new();
            assert_eq!(burst(&mut buckets, kind, at(100)), expected, "{kind:?}");
        }
        let mut buckets = Buckets::new();
        assert_eq!(burst(&mut buckets, Kind::Command, at(100)), 10);
        assert_eq!(burst(&mut buckets, Kind::Command, at(101)), 0);
        assert_eq!(burst(&mut buckets, Kind::Command, at(103)), 2);
    }

    #[test]
    fn all_kinds_share_one_more_bucket() {
        let mut buckets = Buckets::new();
        let now = Duration::from_secs(9);
        assert_eq!(burst(&mut buckets, Kind::Rest, now), 4);
        assert_eq!(burst(&mut buckets, Kind::Command, now), 6);
        assert_eq!(burst(&mut buckets, Kind::Auth, now), 0);
    }
}
