//! 150 servers at 256 requests a minute: how old the oldest reading gets, and how much of the limit is used.

use super::{
    clock::{Watch, wall_ms},
    figure::{self, OURS, progress},
    ours::Ours,
    peer::{Peer, all_at_once},
    stage::{Stage, WorldSpec},
    wishes::{PeerProgram, Wishes},
};
use anyhow::Result;
use pterotray_core::settings::LiveUpdates;
use std::time::Duration;
use tokio::time::sleep;

const SERVERS: u32 = 150;
const LIMIT: u32 = 256;
/// The first round is spread over a period, which is 71 s here.
const FIRST_ROUND: Duration = Duration::from_secs(120);

pub(crate) async fn measure(wishes: &Wishes) -> Result<()> {
    progress("150 servers at 256 requests a minute");
    let how_long = Duration::from_secs(wishes.pick(180, 420));
    let peers = wishes.peers.iter();
    let of_peers = all_at_once(peers.map(|program| of_peer(program, how_long, wishes)));
    tokio::try_join!(of_ours(how_long), of_peers)?;
    Ok(())
}

fn spec() -> WorldSpec {
    WorldSpec {
        limit_per_minute: LIMIT,
        ..WorldSpec::of(SERVERS)
    }
}

async fn of_ours(how_long: Duration) -> Result<()> {
    let mut stage = Stage::set(&[spec()]).await?;
    let watch = Watch::start();
    let ours = Ours::watch(&stage.places, LiveUpdates::Off)?;
    ours.all_read(SERVERS as usize, FIRST_ROUND).await?;
    let mut oldest = 0.0_f64;
    let mut looks = 0;
    while watch.passed() < how_long {
        sleep(Duration::from_millis(250)).await;
        let now = wall_ms();
        let shown = ours.snapshot();
        let ages = shown.servers().filter_map(|one| one.read_at_ms);
        oldest = ages.fold(oldest, |oldest, read| {
            oldest.max((now - read as f64) / 1_000.0)
        });
        looks += 1;
    }
    let count = stage.count(0).await?;
    figure::number("limit-oldest", OURS, oldest, looks);
    figure::number("limit-share", OURS, share(count.busiest_minute), 1);
    if count.refused > 0 {
        figure::remark(&format!(
            "At 256 a minute {} of our requests were refused.",
            count.refused
        ));
    }
    Ok(())
}

async fn of_peer(program: &PeerProgram, how_long: Duration, wishes: &Wishes) -> Result<()> {
    let mut stage = Stage::set(&[spec()]).await?;
    let mut peer = Peer::polling(wishes, program, &stage.places[0], how_long)?;
    let (mut cycles, mut whole) = (0, 0);
    while let Some(line) = peer.next(how_long).await? {
        if line.kind == "cycle" {
            cycles += 1;
            whole += usize::from(line.ended == "ok");
        }
    }
    let count = stage.count(0).await?;
    let words = format!("{whole} of {cycles} cycles end");
    figure::words("limit-oldest", &program.version, &words);
    let busiest = share(count.busiest_minute);
    figure::number("limit-share", &program.version, busiest, 1);
    Ok(())
}

/// Percent of the limit.
fn share(busiest_minute: usize) -> f64 {
    busiest_minute as f64 * 100.0 / f64::from(LIMIT)
}
