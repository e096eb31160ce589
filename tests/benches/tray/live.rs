//! 25 servers with a socket each: how soon a change and a press show, and what that costs. And how soon the icon is there.

use super::scene::{ROWS, SETTLED, add, desk, names, process, started};
use acceptance::{
    Memory, MenuWatch, Panel, Program, Spent,
    figure::{OURS, progress, say, say_delays, say_memory},
};
use fake_panel::PowerState;
use std::time::{Duration, Instant};
use tokio::time::sleep;

const SERVERS: usize = 25;
/// Past whatever is decided once after a change.
const BETWEEN: Duration = Duration::from_secs(3);

pub(crate) async fn measure(quick: bool) {
    start(if quick { 5 } else { 15 }).await;
    let names = names(SERVERS);
    let desk = desk().await;
    let panel = Panel::as_found(&names).await;
    let agent = started(&desk).await;
    add(&agent, &panel).await;
    agent.until_all_run().await;
    sleep(SETTLED).await;
    let length = Duration::from_secs(if quick { 30 } else { 63 });
    let spent = Spent::over(length, vec![process(&desk)]).await;
    say("tray-processor-25", spent.processor);
    say_memory(OURS, "tray-25", Memory::of(&[process(&desk)]));
    let mut watch = agent.watch_menu().await;
    let mut delays = Delays::default();
    for name in names.iter().take(if quick { 8 } else { ROWS }) {
        delays
            .crash_and_start(&agent, &panel, &mut watch, name)
            .await;
        watch.news().await;
    }
    say_delays(OURS, "tray-change", &delays.changes);
    say_delays(OURS, "tray-press", &delays.presses);
    say_delays(OURS, "tray-confirmed", &delays.confirmations);
}

/// From the start of the process to its icon at the tray host.
async fn start(times: usize) {
    let mut delays = Vec::new();
    for _ in 0..times {
        let desk = desk().await;
        let begun = Instant::now();
        let icon = async {
            while !desk.has_icon() {
                sleep(Duration::from_millis(1)).await;
            }
            begun.elapsed()
        };
        let (_agent, delay) = tokio::join!(started(&desk), icon);
        delays.push(delay);
    }
    say_delays(OURS, "tray-start", &delays);
}

#[derive(Default)]
struct Delays {
    /// From a crash on the node to the menu's word.
    changes: Vec<Duration>,
    /// From a press to "starting…".
    presses: Vec<Duration>,
    /// From the moment the node says `running` to the menu's figures.
    confirmations: Vec<Duration>,
}

impl Delays {
    async fn crash_and_start(
        &mut self,
        agent: &Program<'_>,
        panel: &Panel,
        watch: &mut MenuWatch<'_>,
        name: &str,
    ) {
        let begun = Instant::now();
        panel.crash(name);
        watch.shows(name, "crashed").await;
        self.changes.push(begun.elapsed());
        sleep(BETWEEN).await;
        let begun = Instant::now();
        let start = [name, "Start"];
        tokio::join!(agent.click(&start), watch.shows(name, "starting"));
        self.presses.push(begun.elapsed());
        let runs = async {
            while panel.state(name) != PowerState::Running {
                sleep(Duration::from_millis(1)).await;
            }
            Instant::now()
        };
        let shown = async {
            watch.shows(name, "%").await;
            Instant::now()
        };
        let (runs, shown) = tokio::join!(runs, shown);
        // Looked at every millisecond: what is shown may be ahead of the look.
        self.confirmations
            .push(shown.saturating_duration_since(runs));
        sleep(BETWEEN).await;
        let delays = [&self.changes, &self.presses, &self.confirmations];
        progress(&format!(
            "{name}: {:.1?}",
            delays.map(|all| all.last().copied().unwrap_or_default())
        ));
    }
}
