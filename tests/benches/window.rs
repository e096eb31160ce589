//! What `cargo xtask bench` measures of the window: how soon it shows servers, how soon it is gone, and what it costs while
//! it is open and afterwards. Both programs are the released ones. Prints one figure a line, as JSON, on standard output.
//!
//! Rows: `window-open-median|p95` (ms, from the click to servers on the screen), `window-gone-median|p95` (ms, from the
//! closing to the end of its last process), `window-open-rss|pss|dirty` (MB, agent and window together),
//! `window-after-rss|pss` (MB, the agent after the first), `window-growth-rss|pss` (MB, the agent after all minus before).
//! Judges nothing: which figure is good enough stands in `xtask`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its figures go to standard output, its progress to standard error"
)]

use acceptance::{Desk, Eye, Panel, Process, Program};
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// After something changed, until memory is read.
const SETTLED: Duration = Duration::from_secs(5);
const BETWEEN_LOOKS: Duration = Duration::from_millis(2);
const SERVERS: [&str; 5] = ["Creative", "Event", "Lobby", "Skyblock", "Survival"];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    // Only `cargo bench` says so; `cargo test --all-targets` starts benches too.
    if !words.iter().any(|word| word == "--bench") {
        return;
    }
    let quick = words.iter().any(|word| word == "--quick");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.expect("threads can be had");
    runtime.block_on(open_and_close(if quick { 10 } else { 50 }));
}

async fn open_and_close(times: usize) {
    let desk = Desk::whole().await;
    let panel = Panel::as_found(&SERVERS.map(str::to_owned)).await;
    let agent = Program::released(&desk).await;
    let kept = agent.add_panel(&panel, "until_quit").await;
    assert_eq!(kept["kind"], "done", "{kept}");
    agent.until_all_run().await;
    agent.menu_shows(&["Quit"]).await;
    let eye = desk.eye();
    sleep(SETTLED).await;
    let before = Memory::of(&desk.product_processes());
    let (mut opened, mut gone) = (Vec::new(), Vec::new());
    for round in 1..=times {
        opened.push(open(&agent, &eye).await);
        if round == 1 {
            sleep(SETTLED).await;
            let all = Memory::of(&desk.product_processes());
            all.say("window-open");
            say("window-open-dirty", all.dirty);
        }
        gone.push(close(&desk).await);
        if round == 1 {
            sleep(SETTLED).await;
            Memory::of(&desk.product_processes()).say("window-after");
        }
        eprintln!("  {round}: {:?} {:?}", opened.last(), gone.last());
    }
    sleep(SETTLED).await;
    let after = Memory::of(&desk.product_processes());
    say_delays("window-open", &opened);
    say_delays("window-gone", &gone);
    say("window-growth-rss", after.rss - before.rss);
    say("window-growth-pss", after.pss - before.pss);
}

/// From the click on the icon to servers on the screen.
async fn open(agent: &Program<'_>, eye: &Eye) -> Duration {
    let begun = Instant::now();
    agent.left_click().await;
    while !eye.sees_servers() {
        sleep(BETWEEN_LOOKS).await;
    }
    begun.elapsed()
}

/// From the window's going to the end of the last process that came with it.
async fn close(desk: &Desk) -> Duration {
    desk.close_window(&desk.window().await).await;
    let begun = Instant::now();
    while desk.product_processes().len() > 1 {
        sleep(BETWEEN_LOOKS).await;
    }
    begun.elapsed()
}

/// Of some processes together, in millions of bytes.
struct Memory {
    rss: f64,
    pss: f64,
    dirty: f64,
}

impl Memory {
    fn of(processes: &[Process]) -> Memory {
        let sum = |kib: fn(&Process) -> u64| {
            let all: u64 = processes.iter().map(kib).sum();
            f64::from(u32::try_from(all).unwrap_or(u32::MAX)) * 1024.0 / 1e6
        };
        Memory {
            rss: sum(Process::resident_kib),
            pss: sum(Process::proportional_kib),
            dirty: sum(Process::private_dirty_kib),
        }
    }

    fn say(&self, row: &str) {
        say(&format!("{row}-rss"), self.rss);
        say(&format!("{row}-pss"), self.pss);
    }
}

/// Median and 95th percentile, in milliseconds.
fn say_delays(row: &str, delays: &[Duration]) {
    let mut sorted = delays.to_vec();
    sorted.sort_unstable();
    // The nearest rank.
    let at = |hundredths: usize| sorted[(sorted.len() * hundredths).div_ceil(100).max(1) - 1];
    for (kind, value) in [("median", at(50)), ("p95", at(95))] {
        say(&format!("{row}-{kind}"), value.as_secs_f64() * 1000.0);
    }
}

fn say(row: &str, value: f64) {
    eprintln!("  {row}: {value:.2}");
    println!("{}", json!({"row": row, "who": "ours", "value": value}));
}
