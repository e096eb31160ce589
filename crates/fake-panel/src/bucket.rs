//! Token buckets of a node's websocket since 1.12 (REFERENCE 7.6). Never reads a clock.

use crate::life::Moment;

#[derive(Clone, Debug)]
struct Bucket {
    burst: f64,
    per_second: f64,
    left: f64,
    counted: Moment,
    /// The drop has been said, once per episode.
    said: bool,
}

/// What becomes of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Passes,
    /// Dropped; whether the socket is told, and whether it was too much of everything.
    Dropped {
        say: bool,
        everything: bool,
    },
}

impl Bucket {
    fn new(burst: f64, per_second: f64, now: Moment) -> Self {
        Self {
            burst,
            per_second,
            left: burst,
            counted: now,
            said: false,
        }
    }

    fn takes(&mut self, now: Moment) -> bool {
        let passed = now.saturating_sub(self.counted).as_secs_f64();
        self.left = (self.left + passed * self.per_second).min(self.burst);
        self.counted = now;
        // A nanosecond short of a whole token is a whole token.
        let passes = self.left >= 1.0 - 1e-6;
        if passes {
            self.left -= 1.0;
            self.said = false;
        }
        passes
    }
}

/// The five of one connection.
#[derive(Clone, Debug)]
pub(crate) struct Buckets {
    everything: Bucket,
    auth: Bucket,
    logs: Bucket,
    command: Bucket,
    other: Bucket,
}

impl Buckets {
    pub(crate) fn new(now: Moment) -> Self {
        Self {
            everything: Bucket::new(10.0, 5.0, now),
            auth: Bucket::new(2.0, 0.2, now),
            logs: Bucket::new(2.0, 0.2, now),
            command: Bucket::new(10.0, 1.0, now),
            other: Bucket::new(4.0, 1.0, now),
        }
    }

    pub(crate) fn judge(&mut self, event: &str, now: Moment) -> Verdict {
        let own = match event {
            "auth" => &mut self.auth,
            "send logs" => &mut self.logs,
            "send command" => &mut self.command,
            _ => &mut self.other,
        };
        let everything = !self.everything.takes(now);
        let full = if everything {
            &mut self.everything
        } else if own.takes(now) {
            return Verdict::Passes;
        } else {
            own
        };
        let say = !std::mem::replace(&mut full.said, true);
        Verdict::Dropped { say, everything }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Which of these frames pass, at so many milliseconds each.
    fn passing(frames: &[(u64, &str)]) -> Vec<bool> {
        let mut buckets = Buckets::new(Duration::ZERO);
        let judge = |(at, event): &(u64, &str)| {
            buckets.judge(event, Duration::from_millis(*at)) == Verdict::Passes
        };
        frames.iter().map(judge).collect()
    }

    #[test]
    fn recorded_times_have_the_recorded_effect() {
        let auths = [4_089, 4_341, 4_592, 4_843, 5_094, 11_347, 11_848];
        let auths: Vec<_> = auths.iter().map(|at| (*at, "auth")).collect();
        let expected = [true, true, false, false, false, true, false];
        assert_eq!(passing(&auths), expected);
        let stats: Vec<_> = (0..8).map(|nth| (nth * 251, "send stats")).collect();
        assert_eq!(passing(&stats).iter().filter(|one| **one).count(), 5);
        let commands: Vec<_> = (0..14).map(|nth| (nth * 221, "send command")).collect();
        assert_eq!(passing(&commands).iter().position(|one| !one), Some(12));
    }

    #[test]
    fn everything_together_is_rationed_and_said_once() {
        let mut buckets = Buckets::new(Duration::ZERO);
        let mut judge = || buckets.judge("send command", Duration::ZERO);
        assert!((0..10).all(|_| judge() == Verdict::Passes));
        let (say, everything) = (true, true);
        assert_eq!(judge(), Verdict::Dropped { say, everything });
        let say = false;
        assert_eq!(judge(), Verdict::Dropped { say, everything });
    }
}
