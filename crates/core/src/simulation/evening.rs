//! What kind of evening it is, and how it begins: all of it follows from the seed.

use super::{
    calm::Calm,
    dice::Dice,
    judge::Judge,
    machine::Machine,
    panel::Panel,
    queue::Queue,
    server::{Live, Server, Told},
    story::Story,
    watching::Watching,
    world::{Due, Node, World},
};
use crate::{
    event::Event,
    id::ServerId,
    settings::{KeyPlace, LiveUpdates, PanelSettings, Settings},
    store::State,
};
use pterodactyl_client::{Permissions, ServerStatus};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// Which troubles an evening knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavour {
    /// None: people come and go, servers crash, that is all.
    Quiet,
    /// Only single servers are in trouble; the others must not feel it.
    Servers,
    Panels,
    Nodes,
    /// The computer sleeps, or its network is away.
    Computer,
    Everything,
    /// A night by the book: `night` says what happens.
    Night,
}

impl Flavour {
    pub(super) const SINGLE: [Flavour; 4] = [
        Flavour::Servers,
        Flavour::Panels,
        Flavour::Nodes,
        Flavour::Computer,
    ];
}

/// An evening's frame.
#[derive(Debug, Clone)]
pub(super) struct Evening {
    pub(super) seed: u64,
    pub(super) flavour: Flavour,
    pub(super) panels: usize,
    pub(super) servers: usize,
    pub(super) length: Duration,
    /// Between two statistics of a live socket. Mostly long: those between change no word.
    pub(super) stats_every: Duration,
    /// What is shown is looked at this often at most. Zero: after every event.
    pub(super) glance_every: Duration,
    /// The computer's monotonic clock goes on while it sleeps.
    pub(super) clock_runs_on: bool,
    live_updates: LiveUpdates,
}

impl Evening {
    /// A short evening.
    pub(super) fn short(seed: u64) -> Evening {
        let mut dice = Dice::new(seed);
        let flavour = match dice.below(10) {
            0 => Flavour::Quiet,
            1 | 2 => Flavour::Servers,
            3 | 4 => Flavour::Panels,
            5 | 6 => Flavour::Nodes,
            7 => Flavour::Computer,
            _ => Flavour::Everything,
        };
        let live = [LiveUpdates::Automatic, LiveUpdates::All, LiveUpdates::Off];
        Evening {
            seed,
            flavour,
            panels: dice.pick(&[1, 1, 1, 2, 3]),
            servers: 5 + dice.below(8),
            length: dice.seconds(30 * 60, 65 * 60),
            stats_every: Duration::from_secs(if dice.percent(4) { 1 } else { 15 }),
            glance_every: Duration::ZERO,
            live_updates: dice.pick(&live),
            clock_runs_on: dice.percent(40),
        }
    }

    /// Many servers, for a short while.
    pub(super) fn large(seed: u64) -> Evening {
        Evening {
            seed,
            flavour: Flavour::Servers,
            panels: 3,
            servers: 1000,
            length: Duration::from_secs(20 * 60),
            stats_every: Duration::from_secs(15),
            glance_every: Duration::from_secs(1),
            clock_runs_on: false,
            live_updates: LiveUpdates::Automatic,
        }
    }

    /// Days on end with all troubles at once.
    pub(super) fn days(seed: u64, days: u64) -> Evening {
        Evening {
            seed,
            flavour: Flavour::Everything,
            panels: 2,
            servers: 12,
            length: Duration::from_secs(days * 24 * 60 * 60),
            stats_every: Duration::from_secs(180),
            glance_every: Duration::ZERO,
            clock_runs_on: seed % 2 == 1,
            live_updates: LiveUpdates::Automatic,
        }
    }

    /// Twelve hours of a hundred servers, all of whose troubles are written down.
    pub(super) fn night(seed: u64) -> Evening {
        Evening {
            seed,
            flavour: Flavour::Night,
            panels: 3,
            servers: 100,
            length: Duration::from_secs(12 * 60 * 60),
            stats_every: Duration::from_secs(180),
            glance_every: Duration::from_millis(500),
            clock_runs_on: seed % 2 == 1,
            live_updates: LiveUpdates::Automatic,
        }
    }
}

impl World {
    /// The evening as it begins. `told` keeps its story.
    pub(super) fn new(evening: Evening, told: bool) -> World {
        let mut world = World {
            dice: Dice::new(evening.seed.wrapping_mul(31).wrapping_add(7)),
            queue: Queue::new(),
            at: Duration::ZERO,
            slept: Duration::ZERO,
            asleep: None,
            fell_asleep: Duration::ZERO,
            drowsy: false,
            clock_ahead_ms: 0,
            clock_heard_ms: 0,
            woke_unseen: Duration::ZERO,
            offline: 0,
            online_since: Duration::ZERO,
            computer: Calm::default(),
            state: State::new(false),
            deadline: None,
            panels: Vec::new(),
            watching: Vec::new(),
            nodes: Vec::new(),
            servers: Vec::new(),
            numbers: BTreeMap::new(),
            serials: 0,
            stirred: BTreeSet::new(),
            story: Story::new(told),
            judge: Judge::new(),
            evening,
        };
        world.furnish();
        if world.evening.flavour == Flavour::Night {
            world.write_down_the_night();
        } else {
            world.draw_troubles();
            world.invite();
        }
        world.queue.put(Duration::from_secs(20), Due::Rounds);
        let settings = world.settings();
        world.apply(Event::Started {
            settings: Box::new(settings),
            environment: None,
            problems: Vec::new(),
        });
        world
    }

    fn furnish(&mut self) {
        for number in 0..self.evening.panels {
            let limits = [720, 256, 256, 128, 120];
            let limit = if self.evening.servers > 100 {
                720
            } else {
                self.dice.pick(&limits)
            };
            self.panels.push(Panel::new(number, limit));
            self.watching.push(Watching::new());
            for _ in 0..2 {
                self.nodes.push(Node {
                    panel: number,
                    ..Node::default()
                });
            }
        }
        for number in 0..self.evening.servers {
            self.add_server(number % self.evening.panels);
        }
    }

    /// A new server. Its panel lists it from now on.
    pub(super) fn add_server(&mut self, panel: usize) -> usize {
        let number = self.servers.len();
        let uuid = format!("{number:08x}-0000-4000-8000-00000000000{panel}");
        let owner = self.dice.percent(70);
        let permissions = if owner {
            Permissions::all()
        } else {
            let all = [
                "control.start",
                "control.stop",
                "control.restart",
                "websocket.connect",
            ];
            let most = if self.dice.percent(25) { 3 } else { 4 };
            all.into_iter().take(most).collect()
        };
        let id = ServerId {
            panel: self.panels[panel].id.clone(),
            uuid: uuid.clone(),
        };
        self.numbers.insert((panel, uuid), number);
        let (running, never_done) = (self.dice.percent(65), self.dice.percent(2));
        self.servers.push(Server {
            id,
            panel,
            node: panel * 2 + self.dice.below(2),
            name: format!("server {number}"),
            machine: Machine::new(running, never_done),
            status: ServerStatus::Normal,
            transferring: false,
            listed_since: self.at,
            gone: None,
            owner,
            permissions,
            cache: None,
            calm: Calm::default(),
            live: Live::default(),
            told: Told::default(),
        });
        number
    }

    fn settings(&mut self) -> Settings {
        let panels = self.panels.iter().map(|panel| PanelSettings {
            id: panel.id.clone(),
            name: panel.id.0.clone(),
            // Nothing is asked there; an address would only be taken apart for every picture.
            url: String::new(),
            key_place: KeyPlace::Keyring,
            show_others: false,
            trust: None,
            admin: false,
        });
        let panels = panels.collect();
        let pinned = (0..self.dice.below(4)).map(|number| self.servers[number].id.clone());
        let pinned = pinned.collect();
        Settings {
            panels,
            pinned,
            live_updates: self.evening.live_updates,
            ..Settings::default()
        }
    }
}
