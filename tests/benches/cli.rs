//! What the command line takes, with the released program and a panel that answers after 50 ms. Prints one figure a line, as
//! JSON, on standard output; the rows are
//!
//! - `cli-start-median`, `cli-start-p95`: start and end of a command that asks nobody, in milliseconds (bar: 20);
//! - `cli-status-5-median`, `cli-status-5-p95`: `status` with 5 servers and no agent, in milliseconds (bar: 500);
//! - `cli-desktop-libraries`: how many libraries of GTK or a web engine the program is linked with (bar: 0).
//!
//! Judges nothing: which figure is good enough stands in `xtask`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its figures go to standard output, its progress to standard error"
)]

use acceptance::{Desk, Panel, Room, release_agent};
use serde_json::json;
use std::{process::Command, time::Duration};
use tokio::time::Instant;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    // Only `cargo bench` says so; `cargo test --all-targets` starts benches too.
    if !words.iter().any(|word| word == "--bench") {
        return;
    }
    let times = if words.iter().any(|word| word == "--quick") {
        10
    } else {
        40
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.expect("threads can be had");
    runtime.block_on(async {
        start(times).await;
        status(times).await;
    });
    libraries();
}

async fn start(times: usize) {
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal().released();
    let mut delays = Vec::new();
    for _ in 0..times {
        let begun = Instant::now();
        let ended = terminal.run(&["panel", "list", "--json"]).await;
        delays.push(begun.elapsed());
        assert_eq!(ended.code, 0, "{ended:#?}");
    }
    say_delays("cli-start", &delays);
}

async fn status(times: usize) {
    let names: Vec<String> = (1..=5).map(|number| format!("Server {number}")).collect();
    let panel = Panel::as_found(&names).await;
    panel.order("panel=latency:50");
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal().released().at(&panel);
    let mut delays = Vec::new();
    for _ in 0..times {
        let begun = Instant::now();
        let ended = terminal.run(&["status", "--json"]).await;
        delays.push(begun.elapsed());
        assert_eq!(ended.code, 0, "{ended:#?}");
        let status = ended.json();
        let servers = status["panels"][0]["servers"].as_array().expect("servers");
        let read = servers.iter().filter(|one| !one["resources"].is_null());
        assert_eq!(read.count(), 5, "{status}");
    }
    say_delays("cli-status-5", &delays);
}

fn libraries() {
    let listed = Command::new("ldd").arg(release_agent()).output();
    let listed = String::from_utf8(listed.expect("ldd runs").stdout).expect("text");
    let heavy = ["libgtk", "libgdk", "libwebkit", "libjavascriptcore"];
    let linked = |line: &&str| heavy.iter().any(|name| line.contains(name));
    let count = listed.lines().filter(linked).count();
    say(
        "cli-desktop-libraries",
        f64::from(u32::try_from(count).unwrap_or(u32::MAX)),
    );
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
