//! What the command line takes, with the released program and a panel that answers after 50 ms; the rows are
//!
//! - `cli-start-median`, `cli-start-p95`: start and end of a command that asks nobody, in milliseconds (bar: 20);
//! - `cli-status-5-median`, `cli-status-5-p95`: `status` with 5 servers and no agent, in milliseconds (bar: 500);
//! - `cli-desktop-libraries`: how many libraries of GTK or a web engine the program is linked with (bar: 0).
//!
//! Judges nothing: which figure is good enough stands in `xtask`.

use acceptance::{
    Desk, Panel, Room,
    figure::{self, OURS, say, say_delays},
    release_agent,
};
use std::process::Command;
use tokio::time::Instant;

fn main() {
    figure::measure(async |quick| {
        let times = if quick { 10 } else { 40 };
        start(times).await;
        status(times).await;
        libraries();
    });
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
    say_delays(OURS, "cli-start", &delays);
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
    say_delays(OURS, "cli-status-5", &delays);
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
