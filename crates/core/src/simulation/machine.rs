//! One server's power on the model node: what really happens, whoever knows of it (API reference, 5.1).
//!
//! Knows nothing of panels, sockets or what is shown.

use super::dice::Dice;
use pterodactyl_client::{PowerSignal, PowerState, Resources};
use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

/// The node restarts what crashed unless it did so within the last minute.
const CRASHED_LATELY: Duration = Duration::from_secs(60);
/// How much of the past is kept; more than any reading can be old.
const PAST: usize = 64;

/// What a server really does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Power {
    Offline,
    Starting,
    Running,
    Stopping,
}

impl Power {
    pub(super) fn is_up(self) -> bool {
        matches!(self, Power::Starting | Power::Running)
    }

    pub(super) fn state(self) -> PowerState {
        match self {
            Power::Offline => PowerState::Offline,
            Power::Starting => PowerState::Starting,
            Power::Running => PowerState::Running,
            Power::Stopping => PowerState::Stopping,
        }
    }
}

/// Who or what took it down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The person whose tray this is.
    Own,
    /// Somebody else, on the panel.
    Other,
    /// Nobody.
    Crash,
    /// The administrator.
    Admin,
}

/// What comes next by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// It begins to start.
    Wakes,
    /// It is up.
    Runs,
    /// It is down.
    Ends,
}

/// A turn that comes after a while, unless something else happens before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coming {
    pub(super) after: Duration,
    pub(super) turn: Turn,
    pub(super) life: u64,
}

/// One server's power.
#[derive(Debug)]
pub(super) struct Machine {
    pub(super) power: Power,
    /// Since when, and how many changes there were before.
    pub(super) since: Duration,
    pub(super) changes: u64,
    /// What it went through before, oldest first: from when on it was what.
    past: VecDeque<(Duration, Power)>,
    /// Every time it went down, and why.
    pub(super) downs: Vec<(Duration, Cause)>,
    /// Those of them that were part of a restart.
    pub(super) restarts: BTreeSet<Duration>,
    up_since: Option<Duration>,
    life: u64,
    busy: bool,
    restarting: bool,
    cause: Cause,
    crashed: Option<Duration>,
    /// Its "done" pattern never matches.
    never_done: bool,
    /// Its stops never hang.
    pub(super) steady: bool,
}

impl Machine {
    pub(super) fn new(running: bool, never_done: bool) -> Machine {
        let power = if running {
            Power::Running
        } else {
            Power::Offline
        };
        Machine {
            power,
            since: Duration::ZERO,
            changes: 0,
            past: VecDeque::from([(Duration::ZERO, power)]),
            downs: Vec::new(),
            restarts: BTreeSet::new(),
            up_since: running.then_some(Duration::ZERO),
            life: 0,
            busy: false,
            restarting: false,
            cause: Cause::Other,
            crashed: None,
            never_done,
            steady: false,
        }
    }

    fn set(&mut self, now: Duration, power: Power) {
        self.power = power;
        self.since = now;
        self.changes += 1;
        if self.past.len() >= PAST {
            self.past.pop_front();
        }
        self.past.push_back((now, power));
    }

    fn coming(&mut self, after: Duration, turn: Turn) -> Coming {
        self.life += 1;
        let life = self.life;
        Coming { after, turn, life }
    }

    /// The node takes a signal, or ignores it.
    pub(super) fn order(
        &mut self,
        now: Duration,
        signal: PowerSignal,
        cause: Cause,
        dice: &mut Dice,
    ) -> Option<Coming> {
        match signal {
            PowerSignal::Start => self.start(dice),
            PowerSignal::Stop => self.stop(now, cause, dice),
            PowerSignal::Restart if self.power == Power::Offline => self.start(dice),
            PowerSignal::Restart => {
                let stops = self.stop(now, cause, dice);
                self.restarting |= stops.is_some();
                stops
            }
            PowerSignal::Kill => self.kill(now, cause),
        }
    }

    fn start(&mut self, dice: &mut Dice) -> Option<Coming> {
        if self.power != Power::Offline || self.busy {
            return None;
        }
        self.busy = true;
        Some(self.coming(dice.millis(100, 2000), Turn::Wakes))
    }

    fn stop(&mut self, now: Duration, cause: Cause, dice: &mut Dice) -> Option<Coming> {
        if !self.power.is_up() {
            return None;
        }
        self.cause = cause;
        self.busy = true;
        self.set(now, Power::Stopping);
        let hangs = dice.percent(4) && !self.steady;
        let takes = if hangs {
            Duration::from_secs(600)
        } else {
            dice.millis(1000, 12_000)
        };
        Some(self.coming(takes, Turn::Ends))
    }

    fn kill(&mut self, now: Duration, cause: Cause) -> Option<Coming> {
        if self.power == Power::Offline {
            return None;
        }
        self.cause = cause;
        self.restarting = false;
        if self.power != Power::Stopping {
            self.set(now, Power::Stopping);
        }
        Some(self.coming(Duration::from_millis(50), Turn::Ends))
    }

    /// The node will not restart it when it crashes now.
    pub(super) fn give_up(&mut self, now: Duration) {
        self.crashed = Some(now);
    }

    /// It dies. `None` when it was not running; else what comes next, if the node restarts it.
    pub(super) fn crash(&mut self, now: Duration, dice: &mut Dice) -> Option<Option<Coming>> {
        if self.power != Power::Running {
            return None;
        }
        self.go_down(now, Cause::Crash);
        let lately = self
            .crashed
            .replace(now)
            .is_some_and(|last| now - last < CRASHED_LATELY);
        if lately {
            self.busy = false;
            self.life += 1;
            return Some(None);
        }
        self.busy = true;
        Some(Some(self.coming(dice.millis(100, 1000), Turn::Wakes)))
    }

    fn go_down(&mut self, now: Duration, cause: Cause) {
        self.set(now, Power::Offline);
        self.downs.push((now, cause));
        self.up_since = None;
    }

    /// What was coming comes, unless something else came between. True when it did.
    pub(super) fn turn(
        &mut self,
        now: Duration,
        life: u64,
        turn: Turn,
        dice: &mut Dice,
    ) -> (bool, Option<Coming>) {
        if life != self.life {
            return (false, None);
        }
        let next = match turn {
            Turn::Wakes => {
                self.set(now, Power::Starting);
                self.up_since = Some(now);
                self.busy = false;
                (!self.never_done).then(|| self.coming(dice.millis(3000, 20_000), Turn::Runs))
            }
            Turn::Runs => {
                self.set(now, Power::Running);
                None
            }
            Turn::Ends => {
                self.go_down(now, self.cause);
                self.busy = std::mem::take(&mut self.restarting);
                if self.busy {
                    self.restarts.insert(now);
                }
                self.busy
                    .then(|| self.coming(dice.millis(200, 1500), Turn::Wakes))
            }
        };
        (true, next)
    }

    /// It was down at some moment from `from` on.
    pub(super) fn was_down_since(&self, from: Duration) -> bool {
        self.power == Power::Offline
            || self
                .past
                .iter()
                .zip(self.past.iter().skip(1))
                .any(|((_, power), (until, _))| *power == Power::Offline && *until >= from)
    }

    /// What a node says of it.
    pub(super) fn resources(&self, now: Duration) -> Resources {
        let uptime = self.up_since.map(|since| now.saturating_sub(since));
        let uptime_ms = uptime.map_or(0, |up| u64::try_from(up.as_millis()).unwrap_or(u64::MAX));
        let used = u64::from(uptime.is_some());
        Resources {
            state: self.power.state(),
            suspended: false,
            memory_bytes: used * 2_000_000_000,
            cpu_percent: if used == 1 { 20.0 } else { 0.0 },
            disk_bytes: 3_000_000_000,
            network_rx_bytes: uptime_ms * 3,
            network_tx_bytes: uptime_ms * 2,
            uptime_ms,
        }
    }
}
