//! How much 25 live servers ask of their panel: over eight minutes, in which each token is renewed once.
//!
//! A process of its own watches, so that everything else can be measured meanwhile.

use super::{
    clock::Watch,
    figure::{self, OURS, progress},
    stage::{Stage, WorldSpec},
    weight::{Holder, Load},
};
use anyhow::{Result, bail};
use std::time::Duration;
use tokio::time::sleep;

const SERVERS: u32 = 25;
const COMING_UP: Duration = Duration::from_secs(60);
/// A token lives for ten minutes and is renewed at 70 to 80 % of them.
const ROUND: Duration = Duration::from_secs(8 * 60);

pub(crate) async fn measure() -> Result<()> {
    let mut stage = Stage::set(&[WorldSpec::of(SERVERS)]).await?;
    let load = Load {
        places: stage.places.clone(),
        servers: SERVERS as usize,
        live: SERVERS as usize,
        seconds: 2 * ROUND.as_secs(),
    };
    let holder = Holder::start(&load).await?;
    let watch = Watch::start();
    while stage.count(0).await?.sockets < u64::from(SERVERS) {
        if watch.passed() > COMING_UP {
            bail!("not all of {SERVERS} sockets came about");
        }
        sleep(Duration::from_millis(250)).await;
    }
    // What belongs to the beginning is not counted.
    sleep(Duration::from_secs(2)).await;
    let (begun, before) = (Watch::start(), stage.count(0).await?);
    sleep(ROUND).await;
    let after = stage.count(0).await?;
    let minutes = begun.passed().as_secs_f64() / 60.0;
    drop(holder);
    progress("traffic of 25 live servers");
    let requests = after.requests as f64 / minutes;
    figure::number("live-requests", OURS, requests, after.requests);
    let connections = (after.connections - before.connections) as f64;
    figure::number("live-connections", OURS, connections, 1);
    let kilobytes = (after.bytes - before.bytes) as f64 / 1e3 / minutes;
    figure::number("live-kilobytes", OURS, kilobytes, 1);
    Ok(())
}
