//! What `cargo xtask matrix` runs: every fault of the fake panel, at the list, the readings, the signals and the sockets, from
//! the start, in passing, for long and again and again, against the released program. One panel for each fault, with a server
//! that is faulty, one that is steady and one that falls meanwhile.
//!
//! Scaled: polls come round every three seconds instead of every 21, panels keep nothing in a cache, and "for long" is five
//! minutes, which is five times the longest pause between two attempts.

mod matrix {
    pub(crate) mod cell;
    pub(crate) mod phase;
    pub(crate) mod scene;
    pub(crate) mod seen;
    pub(crate) mod tally;
    pub(crate) mod words;
}

use acceptance::{Desk, Memory, Room, figure};
use matrix::{
    phase::{PROMISED, Part, Phase, Timing},
    scene::Scene,
    seen::Looker,
    tally::Tally,
    words,
};
use std::time::Duration;
use tokio::time::sleep;

const PARTS: [Part; 4] = [Part::List, Part::Resources, Part::Power, Part::Socket];
const LONG: Duration = Duration::from_secs(300);
const SETTLED: Duration = Duration::from_secs(20);

fn main() {
    figure::measure(async |quick| {
        let forgotten = words::forgotten();
        assert!(
            forgotten.is_empty(),
            "no panel has these faults: {forgotten:?}"
        );
        let (mut tally, mut panics, mut grown) = (Tally::default(), Vec::new(), 0.0_f64);
        for part in PARTS {
            let desk = Desk::with(Room::TRAY).await;
            let more = go_through(&desk, part, quick, &mut tally).await;
            grown = grown.max(more);
            panics.extend(desk.panics());
        }
        for line in &panics {
            figure::progress(line);
        }
        let count = |row: &str, value: usize| figure::say(row, value as f64);
        count("matrix-cells", tally.cells);
        count("matrix-crashes", panics.len());
        count("matrix-false", tally.false_alerts);
        count("matrix-missed", tally.missed);
        count("matrix-doubled", tally.doubled);
        count("matrix-late", tally.late);
        figure::say("matrix-grown", grown);
        let promised = PROMISED.as_secs();
        figure::remark(&format!(
            "Slowest recovery: {}, of {promised} s.",
            tally.slowest()
        ));
    });
}

/// All timings of faults at one place; how many MB the program has grown until the last.
async fn go_through(desk: &Desk, part: Part, quick: bool, tally: &mut Tally) -> f64 {
    let phase = |timing| Phase { part, timing };
    let scene = Scene::new(desk, part).await;
    let first = scene.start().await;
    scene.add_panels(&first, phase(Timing::AtStart)).await;
    scene.quit(first).await;
    scene.cells.iter().for_each(|cell| cell.fault(part, true));
    let mut program = scene.start().await;
    // One for all of them: what happens between two belongs to the one before.
    let looker = Looker::at(&program).await;
    let others = if quick {
        &[Timing::InFlight][..]
    } else {
        &[Timing::InFlight, Timing::Flapping, Timing::Long][..]
    };
    let mut weighed = Vec::new();
    for timing in [&[Timing::AtStart], others].concat() {
        let sent = scene.signals_sent();
        phase(timing)
            .run(&scene, &program, &looker, LONG, tally)
            .await;
        sleep(SETTLED).await;
        let memory = Memory::of(&desk.product_processes());
        let own = figure::megabytes(memory.private_dirty);
        figure::progress(&format!("private dirty: {own:.2} MB"));
        weighed.push(own);
        phase(timing).count(&scene, &looker.take(), &sent, tally);
    }
    assert!(program.runs(), "the program has ended");
    scene.quit(program).await;
    // The first time, with the fault there from the start, not everything has been read yet; a short run has no better one.
    let settled = usize::from(weighed.len() > 2);
    weighed.last().unwrap_or(&0.0) - weighed.get(settled).unwrap_or(&0.0)
}
