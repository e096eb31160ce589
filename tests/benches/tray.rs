//! What `cargo xtask bench tray` measures: how soon the tray shows a change, how soon it is there, and what it costs, with the
//! released program, a session bus, a tray host and the fake panel. Prints one figure a line, as JSON, on standard output.
//!
//! Judges nothing: which figure is good enough stands in `xtask`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its figures go to standard output, its progress to standard error"
)]

use acceptance::{Desk, Panel, Process, Program, Room, release_agent};
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// After everything was known, until memory and processor are read.
const SETTLED: Duration = Duration::from_secs(10);

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
    runtime.block_on(async {
        start(if quick { 5 } else { 15 }).await;
        nothing_configured(watched_for(quick)).await;
        few(watched_for(quick)).await;
        many_live(quick).await;
        busy(watched_for(quick)).await;
    });
}

fn watched_for(quick: bool) -> Duration {
    Duration::from_secs(if quick { 10 } else { 60 })
}

fn names(count: usize) -> Vec<String> {
    (1..=count)
        .map(|number| format!("Server {number:03}"))
        .collect()
}

/// The program's only process.
fn process(desk: &Desk) -> Process {
    let mut all = desk.product_processes();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

async fn watching<'a>(desk: &'a Desk, panel: &Panel) -> Program<'a> {
    let agent = Program::start_as_told(desk, &release_agent(), &["--hidden"]).await;
    let kept = agent.add_panel(panel, "until_quit").await;
    assert_eq!(kept["kind"], "done", "{kept}");
    agent.until_all_run().await;
    agent
}

/// From the start of the process to its icon at the tray host.
async fn start(times: usize) {
    let mut delays = Vec::new();
    for _ in 0..times {
        let desk = Desk::with(Room::TRAY).await;
        let begun = Instant::now();
        let icon = async {
            while !desk.has_icon() {
                sleep(Duration::from_millis(1)).await;
            }
            begun.elapsed()
        };
        let binary = release_agent();
        let (_agent, delay) =
            tokio::join!(Program::start_as_told(&desk, &binary, &["--hidden"]), icon);
        delays.push(delay);
    }
    say_delays("tray-start", &delays);
}

async fn nothing_configured(length: Duration) {
    let desk = Desk::with(Room::TRAY).await;
    let _agent = Program::start_as_told(&desk, &release_agent(), &["--hidden"]).await;
    sleep(SETTLED).await;
    let (_, wakes) = spent(&process(&desk), length).await;
    say("tray-wakes-nothing", wakes);
}

async fn few(length: Duration) {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::as_found(&names(5)).await;
    let agent = watching(&desk, &panel).await;
    sleep(SETTLED).await;
    say_memory("tray-5", &process(&desk));
    let off = json!({"kind": "change_settings", "change": {"live_updates": "off"}});
    assert_eq!(agent.act(off).await["kind"], "done");
    sleep(SETTLED).await;
    let (_, wakes) = spent(&process(&desk), length).await;
    say("tray-wakes-polling", wakes);
}

/// 25 servers with a socket each: changes, presses, memory and processor.
async fn many_live(quick: bool) {
    let names = names(25);
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::as_found(&names).await;
    let agent = watching(&desk, &panel).await;
    sleep(SETTLED).await;
    let (share, _) = spent(&process(&desk), watched_for(quick)).await;
    say("tray-processor-25", share);
    say_memory("tray-25", &process(&desk));
    let mut watch = agent.watch_menu().await;
    let (mut changes, mut presses) = (Vec::new(), Vec::new());
    // Only those that have a row can be seen to change.
    for name in names.iter().take(if quick { 8 } else { 20 }) {
        let begun = Instant::now();
        panel.crash(name);
        watch.shows(name, "crashed").await;
        changes.push(begun.elapsed());
        sleep(Duration::from_secs(3)).await;
        let begun = Instant::now();
        let start = [name.as_str(), "Start"];
        tokio::join!(agent.click(&start), watch.shows(name, "starting"));
        presses.push(begun.elapsed());
        panel
            .until_state(name, fake_panel::PowerState::Running)
            .await;
        sleep(Duration::from_secs(3)).await;
        eprintln!("  {name}: {changes:?} {presses:?}");
        watch.news().await;
    }
    say_delays("tray-change", &changes);
    say_delays("tray-press", &presses);
}

/// 200 servers, each with one statistic a second: once with an icon and an open menu, once without any tray.
async fn busy(length: Duration) {
    let mut shares = Vec::new();
    for room in [Room::TRAY, Room::BARE] {
        let desk = Desk::with(room).await;
        let panel = Panel::as_found(&names(200)).await;
        let agent = Program::start_as_told(&desk, &release_agent(), &["--hidden"]).await;
        let all = json!({"kind": "change_settings", "change": {"live_updates": "all"}});
        assert_eq!(agent.act(all).await["kind"], "done");
        let kept = agent.add_panel(&panel, "until_quit").await;
        assert_eq!(kept["kind"], "done", "{kept}");
        // Half of what the panel grants is used: that takes minutes.
        while !all_live(&agent.snapshot().await) {
            sleep(Duration::from_secs(5)).await;
        }
        if desk.has_icon() {
            agent.open_menu().await;
        }
        sleep(SETTLED).await;
        let (share, _) = spent(&process(&desk), length).await;
        shares.push(share);
    }
    say("tray-processor-200", shares[0]);
    say("tray-processor-200-part", (shares[0] - shares[1]).max(0.0));
}

fn all_live(snapshot: &serde_json::Value) -> bool {
    let servers = snapshot["panels"][0]["servers"].as_array();
    servers.is_some_and(|all| all.len() == 200 && all.iter().all(|one| one["source"] == "live"))
}

/// Share of one core in percent, and wake-ups a second.
async fn spent(process: &Process, length: Duration) -> (f64, f64) {
    let (begun, time, wakes) = (Instant::now(), process.processor_time(), process.wake_ups());
    sleep(length).await;
    let seconds = begun.elapsed().as_secs_f64();
    let used = process.processor_time().saturating_sub(time);
    let woken = process.wake_ups().saturating_sub(wakes);
    (
        used.as_secs_f64() / seconds * 100.0,
        f64::from(u32::try_from(woken).unwrap_or(u32::MAX)) / seconds,
    )
}

fn say_memory(row: &str, process: &Process) {
    let megabytes = |kib: u64| f64::from(u32::try_from(kib).unwrap_or(u32::MAX)) * 1024.0 / 1e6;
    say(&format!("{row}-rss"), megabytes(process.resident_kib()));
    say(&format!("{row}-pss"), megabytes(process.proportional_kib()));
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
