//! What all panels go through at the same time: a fault at one place for a while, a server that falls meanwhile, and the
//! recovery, and that server's coming back. Counts; what is good enough is said in `matrix.rs`.

use super::{
    cell::{Cell, mentions},
    scene::Scene,
    seen::{Looker, Seen},
    tally::Tally,
};
use acceptance::{Program, figure::progress};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Where the fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    List,
    Resources,
    Power,
    Socket,
}

/// When it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Timing {
    /// Before the program starts.
    AtStart,
    /// For some seconds, while something is asked.
    InFlight,
    /// For long enough that everybody gives up on it.
    Long,
    /// Again and again.
    Flapping,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Phase {
    pub(crate) part: Part,
    pub(crate) timing: Timing,
}

const MOMENT: Duration = Duration::from_secs(10);
/// A flapping fault is there for so long, and then not.
const FLAP: Duration = Duration::from_secs(4);
/// The longest pause between two attempts is a minute, an answer may take half of one, and then a round of polls follows.
pub(crate) const PROMISED: Duration = Duration::from_secs(105);
/// What a person asked for has come by then.
const AT_ONCE: Duration = Duration::from_secs(30);
/// A fall is told when it is known that nobody restarts the server, and a minute after the last alert about the same server.
const TOLD: Duration = Duration::from_secs(82);

impl Phase {
    /// Goes through it with these panels, and puts everything back.
    pub(crate) async fn run(
        self,
        scene: &Scene<'_>,
        program: &Program<'_>,
        looker: &Looker,
        long: Duration,
        tally: &mut Tally,
    ) {
        progress(&format!("{self:?}, {} panels", scene.cells.len()));
        self.trouble(scene, program, looker, long).await;
        scene
            .cells
            .iter()
            .for_each(|cell| cell.fault(self.part, false));
        self.wait_until_well(scene, program, looker, tally).await;
        self.fall_at_last(scene, looker).await;
        self.until_told(scene, looker).await;
        // Now, because that a server is back is told of it too.
        self.count_missed(scene, &looker.seen(), tally);
        for cell in &scene.cells {
            cell.panel.start(&cell.falling);
        }
        self.wait_until_well(scene, program, looker, tally).await;
    }

    /// Whether a panel's servers are to have sockets in it: with one, nobody is polled.
    pub(crate) fn live(self) -> bool {
        self.part != Part::Resources
    }

    /// A list that fails for more than a minute is a panel that is away, and a key that is refused is told at once.
    pub(crate) fn may_tell_of_the_panel(self, kind: &str) -> bool {
        let always = matches!(kind, "key_refused" | "answers_again");
        self.part == Part::List && (always || self.timing == Timing::Long)
    }

    /// What falls during the fault is known to run before: a list that fails from the start shows no server.
    fn falls_meanwhile(self) -> bool {
        !(self.part == Part::List && self.timing == Timing::AtStart)
    }

    async fn trouble(
        self,
        scene: &Scene<'_>,
        program: &Program<'_>,
        looker: &Looker,
        long: Duration,
    ) {
        if self.timing == Timing::AtStart && self.falls_meanwhile() {
            let running = |cell: &Cell, now: &Value| {
                let shown = cell.server(now, &cell.falling);
                shown.is_some_and(|server| server["condition"] == "running")
            };
            wait(scene, looker, PROMISED, running, |_, _| ()).await;
        }
        scene
            .cells
            .iter()
            .for_each(|cell| cell.fault(self.part, true));
        if self.part == Part::Socket {
            scene.cells.iter().for_each(Cell::drop_socket);
        }
        let begun = Instant::now();
        program.act(json!({"kind": "refresh"})).await;
        if self.part == Part::Power {
            self.press(scene, program, looker).await;
        }
        sleep(MOMENT / 2).await;
        if self.falls_meanwhile() {
            for cell in &scene.cells {
                cell.panel.crash(&cell.falling);
            }
        }
        match self.timing {
            Timing::AtStart | Timing::InFlight => {
                sleep(MOMENT.saturating_sub(begun.elapsed())).await;
            }
            Timing::Long => sleep(long.saturating_sub(begun.elapsed())).await,
            Timing::Flapping => {
                for turn in 0..8 {
                    scene
                        .cells
                        .iter()
                        .for_each(|cell| cell.fault(self.part, turn % 2 == 1));
                    sleep(FLAP).await;
                }
            }
        }
    }

    /// Somebody presses *Restart* once on each faulty server, and does not wait.
    async fn press(self, scene: &Scene<'_>, program: &Program<'_>, looker: &Looker) {
        let mut guest = program.guest().await;
        let wishes: Vec<Value> = {
            let seen = looker.seen();
            let servers = scene
                .cells
                .iter()
                .filter_map(|cell| cell.server(&seen.now, &cell.faulty));
            servers
                .map(|server| json!({"kind": "power", "server": server["id"], "signal": "restart"}))
                .collect()
        };
        for wish in wishes {
            guest.ask(wish).await;
        }
        // An answer says that the wishes before it were read.
        guest.act(json!({"kind": "refresh"})).await;
    }

    /// Where nothing could be known of a fall during the fault, the server falls after it.
    async fn fall_at_last(self, scene: &Scene<'_>, looker: &Looker) {
        if self.falls_meanwhile() {
            return;
        }
        for cell in &scene.cells {
            cell.panel.crash(&cell.falling);
        }
        let shown_down = |cell: &Cell, now: &Value| cell.is_well(now, self.live());
        wait(scene, looker, PROMISED, shown_down, |_, _| ()).await;
    }

    async fn until_told(self, scene: &Scene<'_>, looker: &Looker) {
        let begun = Instant::now();
        while begun.elapsed() < TOLD {
            {
                let seen = looker.seen();
                if scene.cells.iter().all(|cell| told(cell, &seen)) {
                    return;
                }
            }
            sleep(Duration::from_millis(250)).await;
        }
    }

    /// Waits for the recovery, and where that takes a person asks for everything anew.
    async fn wait_until_well(
        self,
        scene: &Scene<'_>,
        program: &Program<'_>,
        looker: &Looker,
        tally: &mut Tally,
    ) {
        let well = |cell: &Cell, now: &Value| cell.is_well(now, self.live());
        let well_enough =
            |cell: &Cell, now: &Value| well(cell, now) || cell.waits_for_a_person(now);
        let mut recovered = |cell: &Cell, after| {
            tally.recovered(&format!("{self:?} {}", cell.word), after);
        };
        wait(scene, looker, PROMISED, well_enough, &mut recovered).await;
        let refused = {
            let now = &looker.seen().now;
            let mut cells = scene.cells.iter();
            cells.any(|cell| !well(cell, now) && cell.waits_for_a_person(now))
        };
        if refused {
            program.act(json!({"kind": "refresh"})).await;
        }
        let late = wait(scene, looker, AT_ONCE, well, |_, _| ()).await;
        for cell in late {
            let now = looker.seen().now.clone();
            let view = cell.view(&now).unwrap_or(&Value::Null);
            tally.late(&format!("{self:?} {}: {view}", cell.word));
        }
    }

    /// Falls that were not shown, or not told.
    fn count_missed(self, scene: &Scene<'_>, seen: &Seen, tally: &mut Tally) {
        for cell in &scene.cells {
            let known = seen.conditions.get(&cell.falling);
            let fell =
                known.is_some_and(|known| known.contains("crashed") || known.contains("offline"));
            if !fell || !told(cell, seen) {
                let place = format!("{self:?} {}", cell.word);
                tally.missed(&format!("{place}: {} shown {known:?}", cell.falling));
            }
        }
    }

    /// Counts what was seen from the beginning to the beginning of what comes next: falls and alerts that were none, and
    /// signals beyond those that were asked for.
    pub(crate) fn count(self, scene: &Scene<'_>, seen: &Seen, sent: &[u64], tally: &mut Tally) {
        for (cell, before) in scene.cells.iter().zip(sent) {
            tally.cells += 1;
            let place = format!("{self:?} {}", cell.word);
            let falls = cell.false_falls(self, seen);
            for wrong in falls.into_iter().chain(cell.false_alerts(self, seen)) {
                tally.false_alert(&format!("{place}: {wrong}"));
            }
            let presses = u64::from(self.part == Part::Power);
            let sent = cell.power_requests() - before;
            if sent > presses {
                tally.doubled(&format!("{place}: {sent} requests for {presses} presses"));
            }
        }
    }
}

fn told(cell: &Cell, seen: &Seen) -> bool {
    let mut alerts = seen.alerts.values();
    alerts.any(|alert| mentions(alert, &cell.falling))
}

/// Waits until something is true of each panel, and says after how long; gives those of which it never came true.
async fn wait<'a>(
    scene: &'a Scene<'_>,
    looker: &Looker,
    longest: Duration,
    is_true: impl Fn(&Cell, &Value) -> bool,
    mut says: impl FnMut(&Cell, Duration),
) -> Vec<&'a Cell> {
    let begun = Instant::now();
    let mut left: Vec<&Cell> = scene.cells.iter().collect();
    while !left.is_empty() && begun.elapsed() < longest {
        {
            let seen = looker.seen();
            left.retain(|cell| {
                let there = is_true(cell, &seen.now);
                if there {
                    says(cell, begun.elapsed());
                }
                !there
            });
        }
        sleep(Duration::from_millis(100)).await;
    }
    left
}
