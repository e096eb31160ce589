//! One of ten servers is faulty, in twelve ways on twelve panels: how many of the nine others stay fresh.

use super::{
    clock::{Watch, wall_ms},
    figure::{self, OURS, progress},
    ours::Ours,
    peer::Peer,
    stage::{Place, Stage, WorldSpec},
    wishes::{PeerProgram, Wishes},
};
use anyhow::Result;
use pterotray_core::{
    PanelView,
    settings::{LiveUpdates, SHORTEST_POLL_SECONDS},
};
use std::time::Duration;
use tokio::{task::JoinSet, time::sleep};

const SERVERS: u32 = 10;
const OTHERS: usize = 9;
/// As the fake panel's orders call them.
const WAYS: [&str; 12] = [
    "unauthorized",
    "forbidden",
    "not-found",
    "conflict:installing",
    "too-many",
    "error",
    "bad-gateway",
    "node-timeout",
    "html",
    "cut",
    "reset",
    "never",
];
const FIRST_ROUND: Duration = Duration::from_secs(60);
/// The peer's clients wait five minutes or for ever; nobody waits for that here.
const PEER_GIVES_UP: Duration = Duration::from_secs(60);

/// The fewest of the nine that were fresh at any look, by panel.
type Fewest = [usize; WAYS.len()];

pub(crate) async fn measure(wishes: &Wishes) -> Result<()> {
    progress("1 of 10 servers faulty, in 12 ways");
    let mut stage = Stage::set(&[WorldSpec::of(SERVERS); WAYS.len()]).await?;
    let ours = Ours::watch(&stage.places, LiveUpdates::Off)?;
    let all = SERVERS as usize * WAYS.len();
    ours.all_read(all, FIRST_ROUND).await?;
    // One of the middle: the peer has asked for some before it and for some not.
    let faulty = WorldSpec::of(SERVERS).name(5);
    for (panel, way) in WAYS.iter().enumerate() {
        stage.order(panel, &format!("{faulty}={way}")).await?;
    }
    let how_long = Duration::from_secs(wishes.pick(65, 130));
    let fewest = look(&ours, &faulty, how_long).await;
    let places = stage.places.clone();
    drop(ours);
    say(OURS, &fewest);
    for program in &wishes.peers {
        let fewest = of_peer(program, wishes, &places).await?;
        say(&program.version, &fewest);
    }
    Ok(())
}

/// Fresh is what was read within one period and a second for the answer.
async fn look(ours: &Ours, faulty: &str, how_long: Duration) -> Fewest {
    let fresh_for = f64::from(SHORTEST_POLL_SECONDS + 1) * 1_000.0;
    let mut fewest = [OTHERS; WAYS.len()];
    let watch = Watch::start();
    while watch.passed() < how_long {
        sleep(Duration::from_millis(250)).await;
        let (now, shown) = (wall_ms(), ours.snapshot());
        for (fewest, panel) in fewest.iter_mut().zip(&shown.panels) {
            *fewest = (*fewest).min(fresh(panel, faulty, now - fresh_for));
        }
    }
    fewest
}

fn fresh(panel: &PanelView, faulty: &str, since_ms: f64) -> usize {
    let others = panel.servers.iter().filter(|one| one.name != faulty);
    let read = others.filter_map(|one| one.read_at_ms);
    read.filter(|read| *read as f64 >= since_ms).count()
}

/// One cycle on every panel. One that does not end well shows nothing of any server.
async fn of_peer(program: &PeerProgram, wishes: &Wishes, places: &[Place]) -> Result<Fewest> {
    let mut asked = JoinSet::new();
    for (panel, place) in places.iter().enumerate() {
        let mut peer = Peer::cycles(wishes, program, place, 1)?;
        asked.spawn(async move {
            while let Some(line) = peer.next(PEER_GIVES_UP).await? {
                if line.kind == "cycle" && line.ended == "ok" {
                    return Ok::<_, anyhow::Error>((panel, OTHERS));
                }
            }
            Ok((panel, 0))
        });
    }
    let mut fewest = [0; WAYS.len()];
    while let Some(done) = asked.join_next().await {
        let (panel, others) = done??;
        if let Some(slot) = fewest.get_mut(panel) {
            *slot = others;
        }
    }
    Ok(fewest)
}

fn say(who: &str, fewest: &Fewest) {
    let worst = fewest.iter().copied().min().unwrap_or_default();
    figure::number("faults-worst", who, worst as f64, WAYS.len());
    let good = fewest.iter().filter(|others| **others == OTHERS).count();
    figure::number("faults-ways", who, good as f64, WAYS.len());
    let worse = WAYS.iter().zip(fewest);
    let worse: Vec<String> = worse
        .filter(|(_, others)| **others < OTHERS)
        .map(|(way, others)| format!("{way} ({others} of {OTHERS})"))
        .collect();
    if who == OURS && !worse.is_empty() {
        let worse = worse.join(", ");
        figure::remark(&format!("Faults where others of ours grew stale: {worse}."));
    }
}
