//! What `cargo xtask bench alerts` measures: from a crash on the node to its notification on the bus, with the released
//! program, the fake panel and a notification server.
//!
//! Judges nothing: which figure is good enough stands in `xtask`.

use acceptance::{
    Desk, Panel, Program, Room,
    figure::{self, OURS, say_delays},
    release_agent,
};
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Further apart than what is told as one.
const APART: Duration = Duration::from_secs(6);
/// Polls come round every 21 s: the crashes fall at these moments between two of them, in no order.
const MOMENTS: [u64; 12] = [3, 14, 7, 20, 0, 11, 17, 5, 9, 1, 15, 19];

fn main() {
    figure::measure(async |quick| {
        let (live, polled) = tokio::join!(
            live(if quick { 6 } else { 20 }),
            polled(if quick { 4 } else { MOMENTS.len() })
        );
        say_delays(OURS, "alert-live", &live);
        say_delays(OURS, "alert-polled", &polled);
    });
}

fn names(count: usize) -> Vec<String> {
    (1..=count)
        .map(|number| format!("Server {number}"))
        .collect()
}

/// A desk on which the released program watches this panel; polls are as people have them.
async fn watching<'a>(desk: &'a Desk, panel: &Panel) -> Program<'a> {
    let agent = Program::start_as_told(desk, &release_agent(), &["--hidden"]).await;
    let kept = agent.add_panel(panel, "until_quit").await;
    assert_eq!(kept["kind"], "done", "{kept}");
    agent
}

/// Every server has its socket and crashes once.
async fn live(count: usize) -> Vec<Duration> {
    let names = names(count);
    let panel = Panel::as_found(&names).await;
    let desk = Desk::with(Room::TRAY).await;
    let agent = watching(&desk, &panel).await;
    agent.until_all_run().await;
    let mut delays = Vec::new();
    for name in &names {
        let crashed = Instant::now();
        panel.crash(name);
        let note = agent.notified(&format!("{name} crashed")).await;
        assert_eq!(note.body, "Exit code 1.");
        delays.push(crashed.elapsed());
        figure::progress(&format!("{name}, live: {:.2?}", crashed.elapsed()));
        sleep(APART).await;
    }
    delays
}

/// Nobody has a socket: what is known comes from polls, through the panel's cache.
async fn polled(count: usize) -> Vec<Duration> {
    let names = names(count);
    let panel = Panel::as_found(&names).await;
    let desk = Desk::with(Room::TRAY).await;
    let agent = watching(&desk, &panel).await;
    let off = json!({"kind": "change_settings", "change": {"live_updates": "off"}});
    assert_eq!(agent.act(off).await["kind"], "done");
    let run = |seen: &serde_json::Value| {
        let servers = seen["panels"][0]["servers"].as_array();
        servers.is_some_and(|all| {
            all.iter()
                .all(|one| one["condition"] == "running" && one["source"] == "poll")
        })
    };
    agent.until_snapshot("every server polled", run).await;
    let mut delays = Vec::new();
    for (name, moment) in names.iter().zip(MOMENTS) {
        sleep(Duration::from_secs(moment)).await;
        let crashed = Instant::now();
        panel.crash(name);
        agent.notified_at_last(&format!("{name} went down")).await;
        delays.push(crashed.elapsed());
        figure::progress(&format!("{name}, polled: {:.2?}", crashed.elapsed()));
        sleep(APART).await;
    }
    delays
}
