//! One evening: the real store and the real watch, against a model of everything else, in virtual time.
//!
//! Time goes on twice: `at` is the world's; the computer's own monotonic clock stands still while it sleeps.

use super::{
    answer::{Answer, Question},
    calm::Calm,
    dice::Dice,
    evening::Evening,
    judge::Judge,
    machine::Coming,
    panel::Panel,
    people::Who,
    queue::Queue,
    server::Server,
    shut::Shut,
    socket::Line,
    story::Story,
    trouble::Trouble,
    watching::Watching,
};
use crate::{
    event::Event,
    id::PanelId,
    store::State,
    time::{Now, overslept},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// The wall clock when an evening begins.
const WALL_MS: i64 = 1_795_000_000_000;

/// What is due.
#[derive(Debug)]
pub(super) enum Due {
    Arrives(Box<Question>),
    Answers(Box<Answer>),
    Key(PanelId),
    Turn {
        server: usize,
        coming: Coming,
    },
    Line {
        server: usize,
        serial: u64,
        line: Line,
    },
    Begins(Trouble),
    Ends(Trouble),
    People(Who),
    Freed(usize),
    Wakes,
    /// Whether what changed was noticed in time, and since when our side should have known.
    Look {
        server: usize,
        changes: u64,
        live: Option<u64>,
    },
    Rounds,
    /// The store knew then that the computer had slept: has everything been looked at since?
    Proven(Duration),
}

/// A machine that runs servers.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) panel: usize,
    /// Troubles that keep it down.
    pub(super) down: u32,
    /// It swallows questions instead of refusing them.
    pub(super) slowly: bool,
    pub(super) shut: Option<Shut>,
    pub(super) maintenance: bool,
    pub(super) calm: Calm,
}

/// One evening.
pub(super) struct World {
    pub(super) evening: Evening,
    pub(super) dice: Dice,
    pub(super) queue: Queue<Due>,
    pub(super) at: Duration,
    pub(super) slept: Duration,
    /// The computer sleeps until then.
    pub(super) asleep: Option<Duration>,
    pub(super) fell_asleep: Duration,
    /// It woke up, and nothing has come to our side since.
    pub(super) drowsy: bool,
    /// How far somebody put the computer's clock ahead.
    pub(super) clock_ahead_ms: i64,
    /// How far it was ahead when something came to our side last.
    pub(super) clock_heard_ms: i64,
    /// When it woke up last from a sleep that no clock shows.
    pub(super) woke_unseen: Duration,
    /// Troubles that keep the network away.
    pub(super) offline: u32,
    /// When it came back last.
    pub(super) online_since: Duration,
    pub(super) computer: Calm,
    pub(super) state: State,
    /// What the store said after the last event; it says the same until the next.
    pub(super) deadline: Option<Duration>,
    pub(super) panels: Vec<Panel>,
    pub(super) watching: Vec<Watching>,
    pub(super) nodes: Vec<Node>,
    pub(super) servers: Vec<Server>,
    pub(super) numbers: BTreeMap<(usize, String), usize>,
    pub(super) serials: u64,
    /// Panels whose watch may have something to do.
    pub(super) stirred: BTreeSet<usize>,
    pub(super) story: Story,
    pub(super) judge: Judge,
}

impl World {
    pub(super) fn now(&self) -> Now {
        // While it sleeps its own clock stands still, on most computers.
        let mono = if self.evening.clock_runs_on {
            self.at
        } else {
            self.awake()
        };
        Now {
            mono,
            wall_ms: self.wall_ms(self.at) + self.clock_ahead_ms,
            utc_offset: 0,
        }
    }

    /// How long the computer has been awake.
    pub(super) fn awake(&self) -> Duration {
        self.asleep.map_or(self.at, |_| self.fell_asleep) - self.slept
    }

    /// What the wall clocks show, where nobody set them.
    pub(super) fn wall_ms(&self, at: Duration) -> i64 {
        WALL_MS + i64::try_from(at.as_millis()).unwrap_or(i64::MAX)
    }

    /// Runs until the evening is over or something is wrong.
    pub(super) fn run(&mut self) {
        self.run_until(self.evening.length);
    }

    /// The same, but no longer than until then.
    pub(super) fn run_until(&mut self, end: Duration) {
        while self.judge.finding.is_none() && self.at < end {
            self.step();
        }
    }

    fn step(&mut self) {
        let queued = self.queue.next_at();
        let ours = self.asleep.is_none().then(|| self.our_deadline()).flatten();
        match (queued, ours) {
            (queued, Some(at)) if queued.is_none_or(|queued| at < queued) => {
                self.at = self.at.max(at);
                self.notice_oversleeping();
                self.time_passes();
            }
            (Some(_), _) => {
                if let Some((at, due)) = self.queue.take() {
                    self.at = self.at.max(at);
                    self.notice_oversleeping();
                    self.happens(due);
                }
            }
            (None, _) => self.at = self.evening.length,
        }
        self.act();
        self.judge_shown();
    }

    /// The next moment our side set itself, in the world's time.
    fn our_deadline(&self) -> Option<Duration> {
        let store = self.deadline;
        let watches = self.watching.iter().filter_map(Watching::wakes_at);
        store
            .into_iter()
            .chain(watches)
            .min()
            .map(|at| at + (self.at - self.now().mono))
    }

    /// A watch wakes up long after it wanted to.
    fn notice_oversleeping(&mut self) {
        let now = self.now().mono;
        let late = |watching: &Watching| overslept(watching.wakes_at(), now);
        if self.asleep.is_none() && self.watching.iter().any(late) {
            self.stirred.extend(0..self.watching.len());
            self.apply(Event::Woke);
        }
    }

    fn time_passes(&mut self) {
        let now = self.now();
        let due = |at: Option<Duration>| at.is_some_and(|at| at <= now.mono);
        if due(self.deadline) {
            self.apply(Event::TimeReached);
        }
        for panel in 0..self.watching.len() {
            if due(self.watching[panel].wakes_at()) {
                self.stirred.insert(panel);
            }
        }
    }

    fn happens(&mut self, due: Due) {
        let Some(due) = self.held_up(due) else {
            return;
        };
        match due {
            Due::Arrives(question) => self.arrives(*question),
            Due::Answers(answer) => self.hear(*answer),
            Due::Key(panel) => self.key(&panel),
            Due::Turn { server, coming } => self.turn(server, coming),
            Due::Line {
                server,
                serial,
                line,
            } => self.on_line(server, serial, line),
            Due::Begins(trouble) => self.begins(trouble),
            Due::Ends(trouble) => self.ends(&trouble),
            Due::People(who) => self.people(who),
            Due::Freed(server) => self.freed(server),
            Due::Wakes => self.wakes(),
            Due::Look {
                server,
                changes,
                live,
            } => self.look(server, changes, live),
            Due::Rounds => self.rounds(),
            Due::Proven(woke) => self.judge_waking(woke),
        }
    }

    /// What reaches a sleeping computer waits, or is lost.
    fn held_up(&mut self, due: Due) -> Option<Due> {
        let Some(until) = self.asleep else {
            return Some(due);
        };
        match due {
            Due::Answers(mut answer) => {
                // No connection outlives a long sleep.
                let long = until > self.fell_asleep + Duration::from_secs(60);
                if long || self.dice.percent(60) {
                    answer = Box::new(World::lost(answer.question));
                }
                let after = self.dice.millis(0, 3000);
                self.queue.put(until + after, Due::Answers(answer));
                None
            }
            Due::Line {
                line: Line::Tick, ..
            } => {
                // After all that was said before.
                self.queue.put(until + Duration::from_secs(1), due);
                None
            }
            Due::Line { .. } | Due::Key(_) | Due::People(Who::Person | Who::Resumes) => {
                self.queue.put(until, due);
                None
            }
            Due::Look { .. } | Due::Rounds | Due::Proven(_) => {
                if matches!(due, Due::Rounds) {
                    self.queue.put(until, due);
                }
                None
            }
            Due::Arrives(_)
            | Due::Turn { .. }
            | Due::Begins(_)
            | Due::Ends(_)
            | Due::People(_)
            | Due::Freed(_)
            | Due::Wakes => Some(due),
        }
    }

    fn turn(&mut self, server: usize, coming: Coming) {
        let at = self.at;
        let machine = &mut self.servers[server].machine;
        let (came, next) = machine.turn(at, coming.life, coming.turn, &mut self.dice);
        if came {
            self.changed_power(server);
        }
        self.comes(server, next);
    }

    pub(super) fn comes(&mut self, server: usize, coming: Option<Coming>) {
        if let Some(coming) = coming {
            self.queue
                .put(self.at + coming.after, Due::Turn { server, coming });
        }
    }

    /// A server's power really changed.
    pub(super) fn changed_power(&mut self, server: usize) {
        let machine = &self.servers[server].machine;
        let power = machine.power;
        self.tell(server, || format!("is really {power:?}"));
        self.announce(server);
        self.look_after(server);
    }

    pub(super) fn tell(&mut self, server: usize, words: impl FnOnce() -> String) {
        let name = &self.servers[server].name;
        self.story.tell(self.at, || format!("{name}: {}", words()));
    }

    /// Something that must never be.
    pub(super) fn fail(&mut self, server: usize, words: &str) {
        let words = format!("{}: {words}", self.servers[server].name);
        self.judge.find(self.at, words);
    }
}
