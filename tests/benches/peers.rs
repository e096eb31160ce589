//! What `cargo xtask bench peers` measures: the released program without any panel beside trays as others build them, each
//! alone on a desk, over all its processes.
//!
//! Judges nothing, and fails for no peer: one that is not there is words in the table.

use acceptance::{
    Desk, Memory, Process, Room, Spent, Stranger,
    figure::{self, OURS, progress, say_delays, say_memory, say_of, say_words},
    release_agent,
};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tokio::time::sleep;

const SETTLED: Duration = Duration::from_secs(10);
/// No tray takes that long to come up.
const LONGEST: Duration = Duration::from_secs(15);
/// Some want a display, so everybody gets one.
const ROOM: Room = Room {
    display: true,
    ..Room::TRAY
};

/// A tray program.
struct Tray {
    who: &'static str,
    program: PathBuf,
    arguments: Vec<OsString>,
}

fn main() {
    figure::measure(async |quick| {
        for tray in trays() {
            if let Err(why) = measure(&tray, quick).await {
                let rows = ["start-median", "start-p95", "rss", "pss", "dirty", "wakes"];
                for row in rows.into_iter().chain(["processor"]) {
                    say_words(tray.who, &format!("alone-{row}"), &why);
                }
            }
        }
    });
}

fn trays() -> [Tray; 4] {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let built = |name: &str| root.join("target/bench/trays/release").join(name);
    let tray = |who, program, arguments: &[OsString]| Tray {
        who,
        program,
        arguments: arguments.to_vec(),
    };
    let script = root.join("xtask/peers/tray.py").into_os_string();
    [
        tray(
            OURS,
            release_agent(),
            &["--hidden".into(), "--profile".into()],
        ),
        tray("ksni", built("bare"), &[]),
        tray("tauri", built("whole"), &[]),
        // The system's: PyGObject comes with it.
        tray("python", "/usr/bin/python3".into(), &[script]),
    ]
}

async fn measure(tray: &Tray, quick: bool) -> Result<(), String> {
    progress(tray.who);
    let mut delays = Vec::new();
    for _ in 1..if quick { 5 } else { 15 } {
        let desk = Desk::with(ROOM).await;
        delays.push(start(tray, &desk).await?.1);
    }
    let desk = Desk::with(ROOM).await;
    let (mut running, delay) = start(tray, &desk).await?;
    delays.push(delay);
    say_delays(tray.who, "alone-start", &delays);
    sleep(SETTLED).await;
    say_memory(tray.who, "alone", Memory::of(&processes(&mut running)?));
    let length = Duration::from_secs(if quick { 20 } else { 63 });
    let spent = Spent::over(length, processes(&mut running)?).await;
    say_of(tray.who, "alone-wakes", spent.wakes);
    say_of(tray.who, "alone-processor", spent.processor);
    Ok(())
}

/// Starts it and waits for its icon.
async fn start(tray: &Tray, desk: &Desk) -> Result<(Stranger, Duration), String> {
    let mut arguments = tray.arguments.clone();
    if tray.who == OURS {
        arguments.push(desk.profile().into_os_string());
    }
    let begun = Instant::now();
    let started = desk.stranger(&tray.program, &arguments);
    let mut running = started.map_err(|_| "not there".to_owned())?;
    while !desk.has_icon() {
        if !running.runs() || begun.elapsed() > LONGEST {
            return Err("no icon".to_owned());
        }
        sleep(Duration::from_millis(1)).await;
    }
    Ok((running, begun.elapsed()))
}

fn processes(running: &mut Stranger) -> Result<Vec<Process>, String> {
    if !running.runs() {
        return Err("ended by itself".to_owned());
    }
    Ok(running.processes())
}
