//! What `cargo xtask soak` runs for an hour or so: the released program with 25 servers that crash, come back and talk, and
//! somebody who looks at the menu. Once a minute it is weighed.
//!
//! Judges nothing: how much it may grow stands in `xtask`.

use acceptance::{
    Desk, Memory, Panel, Process, Program, Room,
    figure::{self, progress, remark, say},
    release_agent,
};
use std::time::{Duration, Instant};
use tokio::time::sleep;

const SERVERS: usize = 25;
const MINUTE: Duration = Duration::from_secs(60);
/// Something happens this often.
const STEP: Duration = Duration::from_secs(5);
/// Caches, pools and the allocator fill in this time.
const FILLING: usize = 5;

/// One look.
struct Weighed {
    minute: f64,
    dirty_kib: f64,
    pss_kib: f64,
    threads: f64,
    files: f64,
}

fn main() {
    figure::measure(async |_| {
        let minutes = std::env::var("PTEROTRAY_SOAK_MINUTES").ok();
        let minutes = minutes
            .and_then(|text| text.parse().ok())
            .unwrap_or(60_usize);
        soak(minutes.max(2 * FILLING)).await;
    });
}

async fn soak(minutes: usize) {
    let names: Vec<String> = (1..=SERVERS)
        .map(|number| format!("Server {number:02}"))
        .collect();
    let panel = Panel::as_found(&names).await;
    let desk = Desk::with(Room::TRAY).await;
    let agent = Program::start_as_told(&desk, &release_agent(), &["--hidden"]).await;
    let kept = agent.add_panel(&panel, "until_quit").await;
    assert_eq!(kept["kind"], "done", "{kept}");
    agent.until_all_run().await;
    let begun = Instant::now();
    let mut weighed = Vec::new();
    for minute in 1..=minutes {
        live_a_minute(
            &agent,
            &panel,
            &names,
            minute,
            begun + MINUTE * u32::try_from(minute).unwrap_or(u32::MAX),
        )
        .await;
        let [process] = &desk.product_processes()[..] else {
            panic!("one process");
        };
        let look = weigh(begun, process);
        progress(&format!(
            "minute {minute}: {:.0} KiB private dirty, {:.0} KiB PSS, {} threads, {} files",
            look.dirty_kib, look.pss_kib, look.threads, look.files
        ));
        weighed.push(look);
    }
    let panics = desk.panics();
    panics.iter().for_each(|line| progress(line));
    say("soak-panics", panics.len() as f64);
    tell(&weighed);
}

/// A crash and what follows it, signals, lines on consoles, and somebody who opens the menu; in an order that never repeats.
async fn live_a_minute(
    agent: &Program<'_>,
    panel: &Panel,
    names: &[String],
    minute: usize,
    until: Instant,
) {
    let mut step = 0;
    while Instant::now() < until {
        let name = &names[(minute * 7 + step * 3) % names.len()];
        match step % 6 {
            0 => panel.crash(name),
            1 => panel.crash_and_restart(name),
            2 => names
                .iter()
                .for_each(|name| panel.prints(name, "[12:00:00 INFO]: Somebody joined the game")),
            3 => panel.somebody_restarts(name),
            4 => agent.open_menu().await,
            _ => names.iter().for_each(|name| panel.start(name)),
        }
        step += 1;
        sleep(STEP.min(until.saturating_duration_since(Instant::now()))).await;
    }
}

fn weigh(begun: Instant, process: &Process) -> Weighed {
    let memory = Memory::of(std::slice::from_ref(process));
    Weighed {
        minute: begun.elapsed().as_secs_f64() / 60.0,
        dirty_kib: memory.private_dirty as f64,
        pss_kib: memory.proportional as f64,
        threads: process.threads() as f64,
        files: process.open_files() as f64,
    }
}

/// How fast it grew once everything had been filled, and the most threads and files in the second half beyond the first.
fn tell(weighed: &[Weighed]) {
    let filled = &weighed[FILLING.min(weighed.len())..];
    say("soak-slope", slope(filled, |one| one.dirty_kib));
    say("soak-slope-pss", slope(filled, |one| one.pss_kib));
    let (first, second) = filled.split_at(filled.len() / 2);
    let most = |part: &[Weighed], of: fn(&Weighed) -> f64| part.iter().map(of).fold(0.0, f64::max);
    let more = |of: fn(&Weighed) -> f64| (most(second, of) - most(first, of)).max(0.0);
    say("soak-threads", more(|one| one.threads));
    say("soak-files", more(|one| one.files));
    if let (Some(first), Some(last)) = (weighed.first(), weighed.last()) {
        remark(&format!(
            "Private dirty memory after the first minute {:.1} MB, after {:.0} minutes {:.1} MB.",
            figure::megabytes(first.dirty_kib as u64),
            last.minute,
            figure::megabytes(last.dirty_kib as u64),
        ));
    }
}

/// By least squares, a minute.
fn slope(weighed: &[Weighed], of: fn(&Weighed) -> f64) -> f64 {
    let count = weighed.len() as f64;
    let mean = |of: &dyn Fn(&Weighed) -> f64| weighed.iter().map(of).sum::<f64>() / count;
    let (time, value) = (mean(&|one| one.minute), mean(&of));
    let together = mean(&|one| (one.minute - time) * (of(one) - value));
    together / mean(&|one| (one.minute - time).powi(2))
}
