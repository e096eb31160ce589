//! Many servers: 200 that all tell a statistic a second, and 1,000 on three panels.

use super::scene::{
    ROWS, SETTLED, add, desk, live_updates, names, numbered, process, started, until_known,
};
use acceptance::{
    Desk, Memory, Panel, Program, Room, Spent,
    figure::{self, OURS, remark, say, say_delays},
    until_at_last,
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Nothing is refused: how long it takes until everything is known is measured elsewhere.
const NO_LIMIT: &str = "panel=limit:1000000";
/// How many servers each of the three panels has.
const PANELS: [usize; 3] = [334, 333, 333];
/// A panel's sockets when live updates are automatic.
const LIVE: usize = 25;

/// 200 servers, each with one statistic a second: once with an icon and an open menu, once without any tray.
pub(crate) async fn busy(quick: bool) {
    let length = Duration::from_secs(if quick { 45 } else { 63 });
    let (with_tray, bare) = tokio::join!(share(Room::TRAY, length), share(Room::BARE, length));
    say("tray-processor-200", with_tray);
    say("tray-processor-200-part", (with_tray - bare).max(0.0));
}

async fn share(room: Room, length: Duration) -> f64 {
    let desk = Desk::with(room).await;
    let panel = Panel::as_found(&names(200)).await;
    panel.order(NO_LIMIT);
    let agent = started(&desk).await;
    live_updates(&agent, "all").await;
    add(&agent, &panel).await;
    until_known(&agent, 200, &["live"]).await;
    if desk.has_icon() {
        agent.open_menu().await;
    }
    sleep(SETTLED).await;
    Spent::over(length, vec![process(&desk)]).await.processor
}

/// Which of many running servers have a socket is chance, but for those that are pinned: they are looked at, and so changed here.
async fn pin(agent: &Program<'_>, names: &[String]) {
    let snapshot = agent.snapshot().await;
    let servers = snapshot["panels"][0]["servers"].as_array();
    for server in servers.into_iter().flatten() {
        let name = server["name"].as_str().unwrap_or_default();
        if names.iter().any(|wanted| wanted == name) {
            let pin = json!({"kind": "pin", "server": server["id"], "pinned": true});
            agent.act(pin).await;
        }
    }
    let live = async || {
        let snapshot = agent.snapshot().await;
        let servers = snapshot["panels"][0]["servers"].as_array()?;
        let wanted = |server: &&Value| names.iter().any(|name| server["name"] == **name);
        let mut pinned = servers.iter().filter(wanted);
        pinned
            .all(|server| server["live"]["state"] == "live")
            .then_some(())
    };
    until_at_last("the pinned servers' sockets", live).await;
}

/// 1,000 servers on three panels: memory beyond that of an empty program, and whether the menu stays fluid.
pub(crate) async fn thousand(empty: Memory, quick: bool) {
    let desk = desk().await;
    let agent = started(&desk).await;
    let mut panels = Vec::new();
    let mut first = 1;
    for servers in PANELS {
        let panel = Panel::as_found(&numbered(first, servers)).await;
        panel.order(NO_LIMIT);
        add(&agent, &panel).await;
        panels.push(panel);
        first += servers;
    }
    until_known(&agent, PANELS.iter().sum(), &["live", "poll"]).await;
    pin(&agent, &names(ROWS)).await;
    until_known(&agent, PANELS.len() * LIVE, &["live"]).await;
    sleep(SETTLED).await;
    let memory = Memory::of(&[process(&desk)]);
    let more = |all: u64, empty: u64| figure::megabytes(all.saturating_sub(empty));
    let pss = more(memory.proportional, empty.proportional);
    say("crowd-pss", pss);
    let rss = more(memory.resident, empty.resident);
    say("crowd-rss", rss);
    let length = Duration::from_secs(if quick { 21 } else { 63 });
    let spent = Spent::over(length, vec![process(&desk)]).await;
    say("crowd-processor", spent.processor);
    let (mut changes, mut layouts) = (Vec::new(), Vec::new());
    let mut watch = agent.watch_menu().await;
    for name in names(ROWS).iter().take(if quick { 8 } else { ROWS }) {
        let begun = Instant::now();
        panels[0].crash(name);
        watch.shows(name, "crashed").await;
        changes.push(begun.elapsed());
        let begun = Instant::now();
        assert!(agent.menu().await.is_some(), "there is no menu");
        layouts.push(begun.elapsed());
        panels[0].start(name);
        sleep(Duration::from_secs(2)).await;
        watch.news().await;
    }
    say_delays(OURS, "crowd-change", &changes);
    say_delays(OURS, "crowd-layout", &layouts);
    remark(&format!(
        "1,000 servers: the empty program has {:.1} MB PSS.",
        figure::megabytes(empty.proportional)
    ));
}
