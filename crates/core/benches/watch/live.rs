//! 25 live servers: how soon a change at the node is in the snapshot, and what watching costs the processor.

use super::{
    clock::Watch,
    figure::{self, OURS, largest, mean, median, progress, quantile},
    meters,
    ours::{Ours, shows},
    stage::{Stage, WorldSpec},
    wishes::Wishes,
};
use anyhow::{Result, bail};
use pterotray_core::settings::LiveUpdates;
use std::time::Duration;
use tokio::time::{sleep, timeout};

const SERVERS: u32 = 25;
/// Sockets are opened staggered.
const COMING_UP: Duration = Duration::from_secs(60);
/// A change that is not shown by then was not told live.
const LONGEST: Duration = Duration::from_secs(5);

pub(crate) async fn measure(wishes: &Wishes) -> Result<()> {
    progress("25 live servers");
    let spec = WorldSpec::of(SERVERS);
    let mut stage = Stage::set(&[spec]).await?;
    let ours = Ours::watch(&stage.places, LiveUpdates::Automatic)?;
    ours.all_read(SERVERS as usize, COMING_UP).await?;
    let live = ours.all_live(SERVERS as usize, COMING_UP).await?;
    if live < SERVERS as usize {
        let words = format!("{live} of {SERVERS} sockets came about");
        for row in ["live-p95", "live-cpu"] {
            figure::words(row, OURS, &words);
        }
        return Ok(());
    }
    processor(&ours, wishes).await?;
    changes(&mut stage, &ours, spec, wishes).await
}

/// Everything quiet: one state and one statistic a second from every server.
async fn processor(ours: &Ours, wishes: &Wishes) -> Result<()> {
    // Somebody looks at each snapshot, as the tray does.
    let mut snapshots = ours.app.snapshots();
    let mut looks = 0;
    let looking = async {
        while snapshots.changed().await.is_ok() {
            looks += usize::from(!snapshots.borrow_and_update().panels.is_empty());
        }
    };
    let how_long = Duration::from_secs(wishes.pick(15, 30));
    let (watch, before) = (Watch::start(), meters::processor_time());
    // The loop never ends by itself.
    let _ = timeout(how_long, looking).await;
    let (passed, after) = (watch.passed(), meters::processor_time());
    figure::remark(&format!(
        "25 live servers: {:.1} snapshots a second.",
        looks as f64 / passed.as_secs_f64()
    ));
    match before.zip(after) {
        Some((before, after)) => {
            let share = after.saturating_sub(before).as_secs_f64() / passed.as_secs_f64();
            figure::number("live-cpu", OURS, share * 100.0, 1);
        }
        None => figure::words("live-cpu", OURS, meters::NOT_HERE),
    }
    Ok(())
}

async fn changes(stage: &mut Stage, ours: &Ours, spec: WorldSpec, wishes: &Wishes) -> Result<()> {
    progress("changes at the node, live");
    let mut delays = Vec::new();
    for round in 0..wishes.pick(2_u32, 8) {
        for number in 1..=SERVERS {
            let name = spec.name(number);
            for (deed, up) in [("crash", false), ("start", true)] {
                let at_ms = stage.order(0, &format!("{name}={deed}")).await?;
                let shown = ours.until(LONGEST, |shown| shows(shown, &name, up)).await?;
                let Some(shown_ms) = shown else {
                    bail!("{name} was not shown {deed}ed within {LONGEST:?}");
                };
                delays.push(shown_ms - at_ms);
                // Never in step with anybody's seconds.
                let pause = 20 + (round * 61 + number * 37) % 130;
                sleep(Duration::from_millis(u64::from(pause))).await;
            }
        }
        // Past boot and past whatever is decided once after a change.
        sleep(Duration::from_secs(1)).await;
    }
    figure::number("live-p95", OURS, quantile(&delays, 0.95), delays.len());
    figure::remark(&format!(
        "Live changes: median {:.1} ms, mean {:.1} ms, longest {:.1} ms of {}.",
        median(&delays),
        mean(&delays),
        largest(&delays),
        delays.len()
    ));
    Ok(())
}
