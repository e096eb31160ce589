//! A night of twelve hours: a hundred servers, three outages of a panel, two sleeps, restarts of every server, five
//! crashes. Exactly the crashes and the outages are told.
//!
//! Only the moments within a second or two are left to chance.

use super::{
    evening::Evening,
    fault::{Fault, Wrong},
    people::Who,
    relate,
    server::Server,
    told,
    trouble::{Trouble, What},
    world::{Due, World},
};
use crate::{
    alert::{Alert, Silence, Subject},
    notification::word,
    text::Texts,
};
use pterodactyl_client::Permissions;
use std::time::Duration;

/// How many nights a test run has.
const NIGHTS: u64 = 3;

/// Panel, when, and for how many minutes: none of them is short enough to be nobody's business.
const OUTAGES: [(usize, Duration, u64); 3] =
    [(0, at(1, 0), 5), (1, at(4, 0), 25), (2, at(9, 30), 2)];
/// When the computer falls asleep, and for how many minutes.
const SLEEPS: [(Duration, u64); 2] = [(at(3, 0), 40), (at(7, 30), 60)];
/// When everything on a panel is restarted. That of the third one happens while the computer sleeps.
const RESTARTS: [(usize, Duration); 3] = [(0, at(6, 0)), (1, at(6, 0)), (2, at(7, 45))];
/// Which server dies when. Two are restarted by their nodes; the third one crashes again within the minute and stays down,
/// while its panel is away and only its socket tells.
const CRASHES: [(usize, Duration); 4] = [
    (0, at(2, 0)),
    (5, at(10, 0)),
    (1, at(4, 1)),
    (1, at(4, 1).saturating_add(Duration::from_secs(40))),
];
/// When one dies that is only polled, and stays down.
const FOR_GOOD: Duration = at(11, 0);

const fn at(hour: u64, minute: u64) -> Duration {
    Duration::from_secs((hour * 60 + minute) * 60)
}

fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

impl World {
    /// Everything that happens in the night.
    pub(super) fn write_down_the_night(&mut self) {
        for server in &mut self.servers {
            server.machine = super::machine::Machine::new(true, false);
            server.machine.steady = true;
            server.owner = true;
            server.permissions = Permissions::all();
        }
        for (panel, at, lasts) in OUTAGES {
            self.serials += 1;
            let fault = Fault {
                id: self.serials,
                route: None,
                server: None,
                wrong: Wrong::Down,
                once: false,
            };
            self.trouble(at, What::Panel(panel, fault), minutes(lasts));
        }
        for (at, lasts) in SLEEPS {
            self.trouble(at, What::Sleep, minutes(lasts));
        }
        for (panel, at) in RESTARTS {
            // A script goes through them; it leaves alone what crashed and stays down.
            let down = CRASHES.last().map(|(server, _)| *server);
            let here = |server: &usize| server % 3 == panel && Some(*server) != down;
            for server in (0..self.servers.len()).filter(here) {
                let at = at + self.dice.seconds(0, 240);
                self.queue.put(at, Due::People(Who::Restarts(server)));
            }
        }
        for (server, at) in CRASHES {
            self.queue.put(at, Due::People(Who::Dies(server)));
        }
        self.queue.put(FOR_GOOD, Due::People(Who::DiesForGood));
    }

    fn trouble(&mut self, at: Duration, what: What, lasts: Duration) {
        self.queue.put(at, Due::Begins(Trouble { what, lasts }));
    }

    /// One that has no socket dies, and its node does not restart it.
    pub(super) fn polled_one_dies(&mut self) {
        let polled = |server: &Server| !server.is_live() && server.machine.power.is_up();
        let polled = self.servers.iter().position(polled);
        let Some(server) = polled else {
            let at = self.at;
            return self.judge.find(at, "no server is only polled".to_owned());
        };
        let at = self.at;
        self.servers[server].machine.give_up(at);
        self.crash(server);
    }
}

/// What a person read, in order; what only took the place of an older one is marked.
fn read(alerts: &[(Duration, Alert)]) -> Vec<String> {
    let texts = Texts::new(None);
    let read = alerts.iter().map(|(_, alert)| {
        let again = if alert.goes_on { " (in its place)" } else { "" };
        format!("{}{again}", word(alert, &texts).title)
    });
    read.collect()
}

#[test]
fn a_night_tells_its_crashes_and_outages_and_nothing_else() {
    let chosen = told("PTEROTRAY_EVENING");
    let seeds = chosen.map_or(0..NIGHTS, |seed| seed..seed + 1);
    for seed in seeds {
        let night = Evening::night(seed);
        let mut world = World::new(night.clone(), false);
        world.run();
        if let Some((_, words)) = world.judge.finding {
            panic!("{}", relate(&night, &[(seed, words)]));
        }
        let (panels, servers): (Vec<_>, Vec<_>) = std::mem::take(&mut world.judge.alerts)
            .into_iter()
            .partition(|(_, alert)| matches!(alert.about, Subject::Panel(_)));
        let outages = [
            "panel-0 is unreachable",
            "panel-0 answers again (in its place)",
            "panel-1 is unreachable",
            "panel-1 answers again (in its place)",
            "panel-2 is unreachable",
            "panel-2 answers again (in its place)",
        ];
        assert_eq!(read(&panels), outages, "night {seed}");
        let mut told = read(&servers);
        let last = told.pop().unwrap_or_default();
        let crashes = [
            "server 0 crashed and is restarting",
            "server 1 crashed and is restarting",
            "server 1 crashed (in its place)",
            "server 5 crashed and is restarting",
        ];
        assert_eq!(told, crashes, "night {seed}, and then {last}");
        // Of one that is only polled nobody knows more.
        assert!(last.ends_with(" went down"), "night {seed}: {last}");
        // Those of the third panel happened while nobody could look.
        let restarts = world.judge.hushed.get(&Silence::Restarted);
        assert!(
            restarts.is_some_and(|count| *count >= 60),
            "night {seed}: {:?}",
            world.judge.hushed
        );
    }
}
