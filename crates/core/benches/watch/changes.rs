//! How soon a change at the node is shown by polling: by us and by the peer, each on a panel of its own, since the panel's
//! cache of one would make the other's readings older.

use super::{
    clock::wall_ms,
    figure::{self, OURS, largest, mean, progress, quantile},
    ours::{Ours, is_up},
    peer::{Peer, all_at_once},
    stage::{Stage, WorldSpec},
    wishes::{PeerProgram, Wishes},
};
use anyhow::{Result, bail};
use pterotray_core::{
    Snapshot,
    settings::{LiveUpdates, SHORTEST_POLL_SECONDS},
};
use std::{collections::BTreeMap, time::Duration};
use tokio::{sync::mpsc, time::sleep};

const SERVERS: u32 = 25;
/// All servers change once within so long, spread evenly.
const ROUND: Duration = Duration::from_secs(61);
/// By then even the slowest has shown the last one.
const AFTER: Duration = Duration::from_secs(90);
/// What is known before the first change.
const BEFORE: Duration = Duration::from_secs(45);

/// The second round of looks reads what the panel kept of the first; from the third on every reading is new.
const SETTLING: Duration = Duration::from_secs(SHORTEST_POLL_SECONDS as u64 + 2);

/// A server is shown up or down, and since when (milliseconds since 1970).
struct Shown {
    server: String,
    up: bool,
    at_ms: f64,
}

pub(crate) async fn measure(wishes: &Wishes) -> Result<()> {
    progress("changes at the node, polled");
    let of_ours = async {
        let stage = Stage::set(&[WorldSpec::of(SERVERS)]).await?;
        let ours = Ours::watch(&stage.places, LiveUpdates::Off)?;
        ours.all_read(SERVERS as usize, BEFORE).await?;
        sleep(SETTLING).await;
        let (says, shown) = mpsc::unbounded_channel();
        let watching = watch(&ours, &says);
        let measured = tokio::select! {
            delays = delays(stage, shown, wishes) => delays,
            ended = watching => ended.and(bail_out()),
        };
        say(OURS, &measured?);
        Ok(())
    };
    let of_peers = all_at_once(wishes.peers.iter().map(|program| of_peer(program, wishes)));
    tokio::try_join!(of_ours, of_peers)?;
    Ok(())
}

fn bail_out<T>() -> Result<T> {
    bail!("nothing is shown any more")
}

async fn of_peer(program: &PeerProgram, wishes: &Wishes) -> Result<()> {
    let stage = Stage::set(&[WorldSpec::of(SERVERS)]).await?;
    let (says, shown) = mpsc::unbounded_channel();
    let rounds = wishes.pick(1, 3);
    let how_long = BEFORE + (ROUND + AFTER) * rounds;
    let mut peer = Peer::polling(wishes, program, &stage.places[0], how_long)?;
    // The list and the first cycle: from here on everything is known.
    while let Some(line) = peer.next(BEFORE).await? {
        if line.kind == "cycle" {
            break;
        }
    }
    let watching = async {
        while let Some(line) = peer.next(how_long).await? {
            let up = match line.state.as_str() {
                "running" | "starting" => true,
                "offline" => false,
                _ => continue,
            };
            let (server, at_ms) = (line.server, line.at * 1_000.0);
            // The receiver goes when it has seen enough.
            let _ = says.send(Shown { server, up, at_ms });
        }
        Ok::<(), anyhow::Error>(())
    };
    let measured = tokio::select! {
        delays = delays(stage, shown, wishes) => delays,
        ended = watching => ended.and(bail_out()),
    };
    say(&program.version, &measured?);
    Ok(())
}

/// Tells every server that is shown up and was not, or down and was not.
async fn watch(ours: &Ours, says: &mpsc::UnboundedSender<Shown>) -> Result<()> {
    let mut last = BTreeMap::new();
    let mut snapshots = ours.app.snapshots();
    snapshots.mark_changed();
    while snapshots.changed().await.is_ok() {
        let at_ms = wall_ms();
        let shown: std::sync::Arc<Snapshot> = snapshots.borrow_and_update().clone();
        for one in shown.servers() {
            let Some(up) = is_up(one.condition) else {
                continue;
            };
            if last.insert(one.name.clone(), up) != Some(up) {
                let server = one.name.clone();
                // The receiver goes when it has seen enough.
                let _ = says.send(Shown { server, up, at_ms });
            }
        }
    }
    Ok(())
}

/// Changes every server once a round and looks for each change; in seconds.
async fn delays(
    mut stage: Stage,
    mut shown: mpsc::UnboundedReceiver<Shown>,
    wishes: &Wishes,
) -> Result<Vec<f64>> {
    let spec = WorldSpec::of(SERVERS);
    let mut delays = Vec::new();
    for round in 0..wishes.pick(1, 3) {
        let up = round % 2 == 1;
        let deed = if up { "start" } else { "crash" };
        let mut changed = BTreeMap::new();
        while shown.try_recv().is_ok() {}
        for number in 1..=SERVERS {
            // In another order than they are polled in.
            let name = spec.name(number * 7 % SERVERS + 1);
            let at_ms = stage.order(0, &format!("{name}={deed}")).await?;
            changed.insert(name, at_ms);
            sleep(ROUND / SERVERS).await;
        }
        let looking = async {
            while !changed.is_empty() {
                let Some(seen) = shown.recv().await else {
                    return;
                };
                if seen.up == up
                    && let Some(at_ms) = changed.remove(&seen.server)
                {
                    delays.push((seen.at_ms - at_ms) / 1_000.0);
                }
            }
        };
        if tokio::time::timeout(AFTER, looking).await.is_err() {
            bail!("{} changes were never shown", changed.len());
        }
    }
    Ok(delays)
}

fn say(who: &str, delays: &[f64]) {
    let rows = [
        ("polled-mean", mean(delays)),
        ("polled-p95", quantile(delays, 0.95)),
        ("polled-max", largest(delays)),
    ];
    for (row, value) in rows {
        figure::number(row, who, value, delays.len());
    }
}
