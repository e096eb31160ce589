//! What `cargo xtask bench` measures of the window: how soon it shows servers, how soon it is gone, and what it costs while
//! it is open and afterwards. Both programs are the released ones.
//!
//! Rows: `window-open-median|p95|longest` (ms, from the click to servers on the screen), `window-gone-median|p95|longest` (ms,
//! from the closing to the end of its last process), `window-open-rss|pss|dirty` (MB, agent and window together),
//! `window-after-…` (the agent after the first), `window-growth-rss|pss` (MB, the agent after all minus before); with 1,000
//! servers on three panels `window-crowd-open-…` and, with agent and window together, `window-crowd-pss` (MB) and
//! `window-crowd-processor` (% of one core, while it is open and figures come).
//! Judges nothing: which figure is good enough stands in `xtask`.
use acceptance::{
    Desk, Eye, Memory, Panel, Program, Spent,
    figure::{self, OURS, megabytes, say, say_delays, say_memory},
};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// After something changed, until memory is read.
const SETTLED: Duration = Duration::from_secs(5);
/// How long the processor's share is measured.
const WATCHED: Duration = Duration::from_secs(21);
const BETWEEN_LOOKS: Duration = Duration::from_millis(2);
const SERVERS: [&str; 5] = ["Creative", "Event", "Lobby", "Skyblock", "Survival"];

/// How many servers each of the three panels has, in a crowd.
const CROWD: [usize; 3] = [334, 333, 333];
/// Nothing is refused: how long it takes until everything is known is measured elsewhere.
const NO_LIMIT: &str = "panel=limit:1000000";

fn main() {
    figure::measure(async |quick| {
        open_and_close(if quick { 10 } else { 50 }).await;
        crowd(if quick { 5 } else { 20 }).await;
    });
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
            say_memory(OURS, "window-open", Memory::of(&desk.product_processes()));
        }
        gone.push(close(&desk).await);
        if round == 1 {
            sleep(SETTLED).await;
            say_memory(OURS, "window-after", Memory::of(&desk.product_processes()));
        }
        figure::progress(&format!("{round}: {:?} {:?}", opened.last(), gone.last()));
    }
    sleep(SETTLED).await;
    let after = Memory::of(&desk.product_processes());
    say_delays(OURS, "window-open", &opened);
    say_delays(OURS, "window-gone", &gone);
    let growth = |kib: fn(&Memory) -> u64| megabytes(kib(&after)) - megabytes(kib(&before));
    say("window-growth-rss", growth(|memory| memory.resident));
    say("window-growth-pss", growth(|memory| memory.proportional));
}

/// The window of somebody with 1,000 servers.
async fn crowd(times: usize) {
    let desk = Desk::whole().await;
    let agent = Program::released(&desk).await;
    let mut panels = Vec::new();
    for (servers, letter) in CROWD.into_iter().zip(["A", "B", "C"]) {
        let names: Vec<String> = (1..=servers)
            .map(|number| format!("Server {letter}{number:03}"))
            .collect();
        let panel = Panel::as_found(&names).await;
        panel.order(NO_LIMIT);
        let kept = agent.add_panel(&panel, "until_quit").await;
        assert_eq!(kept["kind"], "done", "{kept}");
        panels.push(panel);
    }
    while running(&agent).await < CROWD.iter().sum() {
        sleep(Duration::from_millis(500)).await;
    }
    let eye = desk.eye();
    let mut opened = Vec::new();
    for round in 1..=times {
        opened.push(open(&agent, &eye).await);
        if round == 1 {
            sleep(SETTLED).await;
            let spent = Spent::over(WATCHED, desk.product_processes()).await;
            say("window-crowd-processor", spent.processor);
            let memory = Memory::of(&desk.product_processes());
            say("window-crowd-pss", megabytes(memory.proportional));
        }
        close(&desk).await;
        figure::progress(&format!("1,000 servers, {round}: {:?}", opened.last()));
    }
    say_delays(OURS, "window-crowd-open", &opened);
}

/// How many servers are known to run.
async fn running(agent: &Program<'_>) -> usize {
    let seen = agent.snapshot().await;
    let panels = seen["panels"].as_array().into_iter().flatten();
    let servers = panels
        .filter_map(|panel| panel["servers"].as_array())
        .flatten();
    servers
        .filter(|server| server["condition"] == "running")
        .count()
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
