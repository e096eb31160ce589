//! The life of one game server: a state machine over a time that is given to it. Never reads a clock and knows no HTTP.

use std::time::Duration;

use crate::power::{PowerState, Signal};

/// Time since long before the world began, so that a server can have been up for days.
pub(crate) type Moment = Duration;

/// How long things take on a node, and what goes wrong with this server.
#[derive(Clone, Debug)]
pub(crate) struct Habits {
    pub(crate) boot_takes: Duration,
    pub(crate) stop_takes: Duration,
    /// A stop that hangs ends in a kill after this long.
    pub(crate) kill_after: Duration,
    /// How long after a crash the node starts the server again, where it does.
    pub(crate) back_after: Duration,
    pub(crate) hang_on_start: bool,
    pub(crate) hang_on_stop: bool,
    pub(crate) fail_on_start: bool,
    pub(crate) drop_signals: bool,
}

#[derive(Clone, Debug)]
enum Phase {
    Offline {
        back_at: Option<Moment>,
    },
    Starting {
        since: Moment,
        ends_at: Option<Moment>,
    },
    Running {
        since: Moment,
    },
    Stopping {
        since: Moment,
        ends_at: Moment,
        then_start: bool,
    },
}

/// How a process came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Asked,
    Crashed(Crash),
}

/// What the node finds out about a crashed process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Crash {
    pub(crate) exit_code: i32,
    pub(crate) out_of_memory: bool,
    /// The node starts the server again.
    pub(crate) comes_back: bool,
}

/// One change of the state, for telling it to those who watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Starting,
    Running,
    Stopping,
    /// Killed: `stopping` for no time at all.
    Dying,
    Offline(End),
}

#[derive(Clone, Debug)]
pub(crate) struct Life {
    now: Moment,
    phase: Phase,
    pub(crate) habits: Habits,
    /// Since the last time somebody took them.
    turns: Vec<Turn>,
}

impl Life {
    pub(crate) fn new(now: Moment, habits: Habits) -> Self {
        Self {
            now,
            phase: Phase::Offline { back_at: None },
            habits,
            turns: Vec::new(),
        }
    }

    /// What has happened since the last call, in order.
    pub(crate) fn take_turns(&mut self) -> Vec<Turn> {
        std::mem::take(&mut self.turns)
    }

    /// Lets time pass. What was due on the way happens at its own moment, not at `now`.
    pub(crate) fn advance(&mut self, now: Moment) {
        while let Some(due) = self.due().filter(|due| *due <= now) {
            self.now = self.now.max(due);
            self.turn();
        }
        self.now = self.now.max(now);
    }

    /// When the state changes by itself next.
    pub(crate) fn due(&self) -> Option<Moment> {
        match self.phase {
            Phase::Offline { back_at } => back_at,
            Phase::Starting { ends_at, .. } => ends_at,
            Phase::Running { .. } => None,
            Phase::Stopping { ends_at, .. } => Some(ends_at),
        }
    }

    fn turn(&mut self) {
        match self.phase {
            Phase::Offline { .. } => self.boot(),
            Phase::Starting { .. } if self.habits.fail_on_start => self.die(Crash {
                exit_code: 1,
                out_of_memory: false,
                comes_back: false,
            }),
            Phase::Starting { since, .. } => {
                self.phase = Phase::Running { since };
                self.turns.push(Turn::Running);
            }
            Phase::Running { .. } => {}
            Phase::Stopping { then_start, .. } => {
                self.fall();
                if then_start {
                    self.boot();
                }
            }
        }
    }

    fn boot(&mut self) {
        let ends_at = (!self.habits.hang_on_start).then(|| self.now + self.habits.boot_takes);
        self.phase = Phase::Starting {
            since: self.now,
            ends_at,
        };
        self.turns.push(Turn::Starting);
    }

    fn fall(&mut self) {
        self.phase = Phase::Offline { back_at: None };
        self.turns.push(Turn::Offline(End::Asked));
    }

    fn die(&mut self, crash: Crash) {
        let back_at = crash.comes_back.then(|| self.now + self.habits.back_after);
        self.phase = Phase::Offline { back_at };
        self.turns.push(Turn::Offline(End::Crashed(crash)));
    }

    fn wind_down(&mut self, since: Moment, then_start: bool) {
        let takes = if self.habits.hang_on_stop {
            self.habits.kill_after
        } else {
            self.habits.stop_takes
        };
        self.phase = Phase::Stopping {
            since,
            ends_at: self.now + takes,
            then_start,
        };
        self.turns.push(Turn::Stopping);
    }

    /// Whether a power action is being carried out, so that the node takes nothing but a kill.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Stopping { .. })
    }

    /// What the node does with a signal: one power action at a time, the rest is dropped without a word.
    pub(crate) fn signal(&mut self, signal: Signal) {
        if self.habits.drop_signals {
            return;
        }
        match (signal, &self.phase) {
            (Signal::Kill, Phase::Offline { .. }) => self.phase = Phase::Offline { back_at: None },
            (Signal::Kill, _) => {
                self.turns.push(Turn::Dying);
                self.fall();
            }
            (Signal::Start | Signal::Restart, Phase::Offline { .. }) => self.boot(),
            (
                Signal::Stop | Signal::Restart,
                Phase::Starting { since, .. } | Phase::Running { since },
            ) => self.wind_down(*since, signal == Signal::Restart),
            (Signal::Start | Signal::Stop | Signal::Restart, _) => {}
        }
    }

    /// The process ends by itself: `offline` with no `stopping` before it.
    pub(crate) fn crash(&mut self, crash: Crash) {
        if self.state() != PowerState::Offline {
            self.die(crash);
        }
    }

    /// Puts the server into `running` as if it had been so for `uptime`.
    pub(crate) fn been_running_for(&mut self, uptime: Duration) {
        self.phase = Phase::Running {
            since: self.now.saturating_sub(uptime),
        };
    }

    pub(crate) fn now(&self) -> Moment {
        self.now
    }

    pub(crate) fn state(&self) -> PowerState {
        match self.phase {
            Phase::Offline { .. } => PowerState::Offline,
            Phase::Starting { .. } => PowerState::Starting,
            Phase::Running { .. } => PowerState::Running,
            Phase::Stopping { .. } => PowerState::Stopping,
        }
    }

    /// When the container started; `None` while there is none.
    pub(crate) fn since(&self) -> Option<Moment> {
        match self.phase {
            Phase::Offline { .. } => None,
            Phase::Starting { since, .. }
            | Phase::Running { since }
            | Phase::Stopping { since, .. } => Some(since),
        }
    }

    /// Time since the container started; `None` while there is none.
    pub(crate) fn uptime(&self) -> Option<Duration> {
        Some(self.now.saturating_sub(self.since()?))
    }
}

#[cfg(test)]
mod tests {
    use super::PowerState::{Offline, Running, Starting, Stopping};
    use super::*;

    fn server() -> Life {
        Life::new(
            at(0),
            Habits {
                boot_takes: at(4),
                stop_takes: at(3),
                kill_after: at(600),
                back_after: at(2),
                hang_on_start: false,
                hang_on_stop: false,
                fail_on_start: false,
                drop_signals: false,
            },
        )
    }

    fn running() -> Life {
        let mut life = server();
        life.been_running_for(at(0));
        life
    }

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn boom(comes_back: bool) -> Crash {
        Crash {
            exit_code: 3,
            out_of_memory: false,
            comes_back,
        }
    }

    /// The state at each second asked for.
    fn seen(life: &mut Life, seconds: &[u64]) -> Vec<PowerState> {
        let look = |second: &u64| {
            life.advance(at(*second));
            life.state()
        };
        seconds.iter().map(look).collect()
    }

    #[test]
    fn starting_takes_its_time() {
        let mut life = server();
        life.signal(Signal::Start);
        assert_eq!(seen(&mut life, &[0, 3, 4]), [Starting, Starting, Running]);
        life.advance(at(10));
        assert_eq!(life.uptime(), Some(at(10)), "uptime counts from the start");
    }

    #[test]
    fn stopping_goes_through_stopping() {
        let mut life = running();
        life.signal(Signal::Stop);
        assert_eq!(seen(&mut life, &[0, 2, 3]), [Stopping, Stopping, Offline]);
        assert_eq!(life.uptime(), None);
    }

    #[test]
    fn a_restart_stops_and_starts_even_when_nobody_looks_in_between() {
        let mut life = running();
        life.advance(at(100));
        life.signal(Signal::Restart);
        life.advance(at(200));
        assert_eq!(life.state(), Running);
        assert_eq!(life.uptime(), Some(at(97)), "started at 103, when stopped");
    }

    #[test]
    fn every_change_is_told_once_and_in_order() {
        let mut life = running();
        life.signal(Signal::Restart);
        life.advance(at(100));
        let ended = Turn::Offline(End::Asked);
        let told = [Turn::Stopping, ended, Turn::Starting, Turn::Running];
        assert_eq!(life.take_turns(), told);
        life.signal(Signal::Kill);
        assert_eq!(life.take_turns(), [Turn::Dying, ended]);
        life.signal(Signal::Kill);
        assert_eq!(life.take_turns(), []);
    }

    #[test]
    fn a_restart_of_an_offline_server_starts_it() {
        let mut life = server();
        life.signal(Signal::Restart);
        assert_eq!(life.state(), Starting);
    }

    #[test]
    fn signals_while_stopping_are_dropped_but_kill_is_not() {
        let mut life = running();
        life.habits.hang_on_stop = true;
        life.signal(Signal::Stop);
        life.signal(Signal::Start);
        life.signal(Signal::Restart);
        assert_eq!(seen(&mut life, &[0, 599]), [Stopping, Stopping]);
        life.signal(Signal::Kill);
        assert_eq!(seen(&mut life, &[599, 700]), [Offline, Offline]);
    }

    #[test]
    fn a_hanging_stop_is_killed_after_ten_minutes() {
        let mut life = running();
        life.habits.hang_on_stop = true;
        life.signal(Signal::Stop);
        assert_eq!(seen(&mut life, &[599, 600]), [Stopping, Offline]);
    }

    #[test]
    fn a_crash_skips_stopping() {
        let mut life = running();
        life.crash(boom(false));
        assert_eq!(seen(&mut life, &[0, 60]), [Offline, Offline]);
        assert_eq!(
            life.take_turns(),
            [Turn::Offline(End::Crashed(boom(false)))]
        );
    }

    #[test]
    fn the_node_brings_a_crashed_server_back() {
        let mut life = running();
        life.crash(boom(true));
        assert_eq!(
            seen(&mut life, &[0, 1, 2, 5, 6]),
            [Offline, Offline, Starting, Starting, Running]
        );
    }

    #[test]
    fn a_crash_of_an_offline_server_changes_nothing() {
        let mut life = server();
        life.crash(boom(true));
        assert_eq!(seen(&mut life, &[60]), [Offline]);
    }

    #[test]
    fn a_start_can_hang_fail_or_be_dropped() {
        let mut hangs = server();
        hangs.habits.hang_on_start = true;
        hangs.signal(Signal::Start);
        assert_eq!(seen(&mut hangs, &[9999]), [Starting]);

        let mut fails = server();
        fails.habits.fail_on_start = true;
        fails.signal(Signal::Start);
        assert_eq!(seen(&mut fails, &[3, 4]), [Starting, Offline]);

        let mut drops = server();
        drops.habits.drop_signals = true;
        drops.signal(Signal::Start);
        assert_eq!(seen(&mut drops, &[0, 60]), [Offline, Offline]);
    }
}
