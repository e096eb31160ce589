//! What 1,000 servers weigh: one process that watches them on three panels, minus one that watches nothing.

use super::{
    figure::{self, OURS, progress},
    meters::{self, Memory},
    ours::Ours,
    stage::{Place, Stage, WorldSpec, line},
    wishes::Wishes,
};
use anyhow::{Context as _, Result};
use pterotray_core::settings::LiveUpdates;
use serde::{Deserialize, Serialize};
use std::{process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::sleep,
};

/// The first word on the command line of a process that only watches and says what it weighs.
pub(crate) const HOLD: &str = "hold";

const LONGEST: Duration = Duration::from_secs(120);

/// What such a process is to do.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Load {
    pub(crate) places: Vec<Place>,
    pub(crate) servers: usize,
    /// Sockets that come about when live updates are automatic.
    pub(crate) live: usize,
    /// How long it goes on once everything is known.
    pub(crate) seconds: u64,
}

/// What it says.
#[derive(Debug, Serialize, Deserialize)]
struct Weighed {
    live: usize,
    memory: Option<Memory>,
}

pub(crate) async fn memory(wishes: &Wishes) -> Result<()> {
    progress("1,000 servers on 3 panels");
    let stage = Stage::set(&[334, 333, 333].map(WorldSpec::of)).await?;
    let seconds = wishes.pick(20, 90);
    let nothing = Load {
        places: Vec::new(),
        servers: 0,
        live: 0,
        seconds: 2,
    };
    let nothing = weigh(&nothing).await?;
    let full = Load {
        places: stage.places.clone(),
        servers: 1_000,
        live: 75,
        seconds,
    };
    let full = weigh(&full).await?;
    let Some((nothing, all)) = nothing.memory.zip(full.memory) else {
        figure::words("memory-pss", OURS, meters::NOT_HERE);
        figure::words("memory-rss", OURS, meters::NOT_HERE);
        return Ok(());
    };
    let more = |all: u64, nothing: u64| all.saturating_sub(nothing) as f64 / 1e6;
    figure::number("memory-pss", OURS, more(all.pss, nothing.pss), 1);
    figure::number("memory-rss", OURS, more(all.rss, nothing.rss), 1);
    figure::remark(&format!(
        "Memory: {seconds} s after everything was known, {} servers live; the program that watches nothing has {:.1} MB PSS.",
        full.live,
        nothing.pss as f64 / 1e6
    ));
    Ok(())
}

async fn weigh(load: &Load) -> Result<Weighed> {
    let mut holder = Holder::start(load).await?;
    let weighed = holder
        .out
        .next_line()
        .await?
        .context("it ended unweighed")?;
    Ok(serde_json::from_str(&weighed)?)
}

/// The running process. Ends when dropped.
pub(crate) struct Holder {
    out: Lines<BufReader<ChildStdout>>,
    // It reads its load and nothing more.
    _way_in: ChildStdin,
    _process: Child,
}

impl Holder {
    pub(crate) async fn start(load: &Load) -> Result<Holder> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(HOLD)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("the process that watches did not start")?;
        let mut way_in = process.stdin.take().context("no way in")?;
        let out = BufReader::new(process.stdout.take().context("no way out")?).lines();
        way_in.write_all(&line(load)?).await?;
        Ok(Holder {
            out,
            _way_in: way_in,
            _process: process,
        })
    }
}

/// What the process to be weighed does.
pub(crate) async fn hold() -> Result<()> {
    let mut words = BufReader::new(tokio::io::stdin()).lines();
    let load = words.next_line().await?.context("nothing to hold")?;
    let load: Load = serde_json::from_str(&load)?;
    let ours = Ours::watch(&load.places, LiveUpdates::Automatic)?;
    let mut live = 0;
    if load.servers > 0 {
        ours.all_read(load.servers, LONGEST).await?;
        live = ours.all_live(load.live, LONGEST / 4).await?;
    }
    sleep(Duration::from_secs(load.seconds)).await;
    let memory = meters::memory();
    println!("{}", serde_json::to_string(&Weighed { live, memory })?);
    Ok(())
}
