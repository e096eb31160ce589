//! A desk with the released program on it, as every measurement of the tray begins. Measures nothing.

use acceptance::{Desk, Panel, Process, Program, Room, release_agent};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;

/// After everything was known, until memory and processor are read.
pub(crate) const SETTLED: Duration = Duration::from_secs(10);
/// So many servers have a row, the first ones by name: those can be seen to change while no menu opens.
pub(crate) const ROWS: usize = 20;

pub(crate) fn names(count: usize) -> Vec<String> {
    numbered(1, count)
}

/// The same, counted from here.
pub(crate) fn numbered(first: usize, count: usize) -> Vec<String> {
    let numbers = (first..).take(count);
    numbers
        .map(|number| format!("Server {number:04}"))
        .collect()
}

/// The program's only process.
pub(crate) fn process(desk: &Desk) -> Process {
    let mut all = desk.product_processes();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

pub(crate) async fn desk() -> Desk {
    Desk::with(Room::TRAY).await
}

/// The program without any panel. It polls as people have it.
pub(crate) async fn started(desk: &Desk) -> Program<'_> {
    Program::start_as_told(desk, &release_agent(), &["--hidden"]).await
}

pub(crate) async fn add(agent: &Program<'_>, panel: &Panel) {
    let kept = agent.add_panel(panel, "until_quit").await;
    assert_eq!(kept["kind"], "done", "{kept}");
}

pub(crate) async fn live_updates(agent: &Program<'_>, which: &str) {
    let wish = json!({"kind": "change_settings", "change": {"live_updates": which}});
    assert_eq!(agent.act(wish).await["kind"], "done");
}

/// Waits until as many servers are known by these sources; it may take minutes.
pub(crate) async fn until_known(agent: &Program<'_>, servers: usize, by: &[&str]) {
    loop {
        let seen = agent.snapshot().await;
        let known = known(&seen, by);
        if known == servers {
            return;
        }
        sleep(Duration::from_millis(500)).await;
    }
}

fn known(snapshot: &Value, by: &[&str]) -> usize {
    let panels = snapshot["panels"].as_array().into_iter().flatten();
    let servers = panels
        .filter_map(|panel| panel["servers"].as_array())
        .flatten();
    let sources = servers.filter_map(|server| server["source"].as_str());
    sources.filter(|source| by.contains(source)).count()
}
