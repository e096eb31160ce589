//! Takes pictures of every page of the window, in both colour schemes: `cargo run -p acceptance --example pictures -- FOLDER
//! [MINUTES]`. The set-up is that of a fresh profile, everything else the demo's evening after so many minutes: charts fill.
//!
//! Never shows anything that a person could not get to with the pointer, and asserts nothing: the pictures are looked at.

mod album;

use acceptance::{Desk, Driven, Program, until_at_last};
use album::Album;
use serde_json::{Value, json};
use std::{path::PathBuf, time::Duration};

/// A window as it opens, in pixels.
const SMALL: (u32, u32) = (420, 640);
/// A window that somebody made larger, to see a server with its charts.
const LARGE: (u32, u32) = (860, 720);

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let folder = words.next().map(PathBuf::from);
    let folder = folder.expect("the folder for the pictures");
    let minutes = words.next().and_then(|word| word.parse().ok());
    let wait = Duration::from_secs(60) * minutes.unwrap_or(0);
    let desk = Desk::whole().await;
    let album = Album::new(&desk, folder);
    welcome(&desk, &album).await;
    evening(&desk, &album, wait).await;
}

async fn welcome(desk: &Desk, album: &Album<'_>) {
    let agent = desk.agent().await;
    let window = Driven::open(&agent, &json!({"kind": "servers"})).await;
    window.sees("//h1[contains(., 'Pterotray')]").await;
    album.takes(&agent, &window, "welcome", SMALL).await;
    window.closes().await;
    agent.act(json!({"kind": "quit"})).await;
    agent.ended().await;
}

/// The demo, once a few things have happened in it.
async fn evening(desk: &Desk, album: &Album<'_>, wait: Duration) {
    let demo = Program::demo(desk).await;
    let told = |seen: &Value| seen["alerts"].as_array().is_some_and(|all| all.len() > 1);
    until_at_last("two alerts", async || {
        told(&demo.snapshot().await).then_some(())
    })
    .await;
    tokio::time::sleep(wait).await;
    let window = Driven::open(&demo, &json!({"kind": "servers"})).await;
    window.sees("//article").await;
    album.takes(&demo, &window, "window", SMALL).await;
    one_server(&demo, &window, album).await;
    for (page, name) in [("Alerts", "alerts"), ("Settings", "settings")] {
        window.presses(page).await;
        window.sees(&format!("//main//h1[.='{page}']")).await;
        album.takes(&demo, &window, name, SMALL).await;
    }
    window.closes().await;
}

async fn one_server(demo: &Program<'_>, window: &Driven<'_>, album: &Album<'_>) {
    let server = &named(&demo.snapshot().await, "Creative")["id"];
    let page = json!({"kind": "server", "server": server});
    let shown = demo.act(json!({"kind": "show", "page": page})).await;
    assert_eq!(shown["kind"], "done", "{page}: {shown}");
    window.sees("//figure").await;
    album.takes(demo, window, "server", LARGE).await;
    let charts = "document.querySelector('.charts').scrollIntoView()";
    window.runs(charts, &[]).await;
    album.takes(demo, window, "charts", LARGE).await;
    // The bar at the top would lie over the parts' names.
    let parts = "document.querySelector('[role=tablist]').scrollIntoView({ block: 'center' })";
    window.runs(parts, &[]).await;
    part(window, "Console").await;
    window.sees("//*[@role='log']//*").await;
    album.takes(demo, window, "console", LARGE).await;
    part(window, "Backups").await;
    window.types("Name", "Before the update").await;
    window.presses("Make a backup").await;
    window.sees("//li[contains(., 'Done')]").await;
    album.takes(demo, window, "backups", SMALL).await;
    part(window, "Schedules").await;
    window.sees("//li[contains(., 'Nightly restart')]").await;
    album.takes(demo, window, "schedules", SMALL).await;
}

async fn part(window: &Driven<'_>, name: &str) {
    window
        .clicks(&format!("//button[@role='tab'][.='{name}']"))
        .await;
}

fn named(snapshot: &Value, name: &str) -> Value {
    let servers = snapshot["panels"][0]["servers"].as_array();
    let found = servers.and_then(|all| all.iter().find(|one| one["name"] == name));
    found.cloned().unwrap_or_default()
}
