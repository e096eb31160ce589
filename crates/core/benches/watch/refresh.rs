//! One full refresh of N servers at 50 ms an answer: requests, new connections, bytes, time.

use super::{
    clock::{Watch, wall_ms},
    figure::{self, OURS, median, progress},
    ours::Ours,
    peer::Peer,
    stage::{Count, Stage, WorldSpec},
    wishes::Wishes,
};
use anyhow::{Result, bail};
use pterotray_core::{Action, settings::LiveUpdates};
use std::time::Duration;
use tokio::time::sleep;

const LONGEST: Duration = Duration::from_secs(60);
/// Nothing is asked for so long: whatever belonged to a refresh is over.
const QUIET: Duration = Duration::from_millis(400);

/// What one refresh took.
#[derive(Default)]
struct Taken {
    requests: Vec<f64>,
    connections: Vec<f64>,
    kilobytes: Vec<f64>,
    /// Until it is shown.
    seconds: Vec<f64>,
    /// Until the last server was read, ours only.
    read: Vec<f64>,
}

impl Taken {
    /// What reached the panel between two counts.
    fn reached(&mut self, before: &Count, after: &Count) {
        let connections = after.connections - before.connections;
        self.connections.push(connections as f64);
        self.kilobytes
            .push((after.bytes - before.bytes) as f64 / 1e3);
    }
}

pub(crate) async fn measure(servers: u32, wishes: &Wishes) -> Result<()> {
    progress(&format!("refresh of {servers} servers"));
    let spec = WorldSpec {
        latency_ms: 50,
        ..WorldSpec::of(servers)
    };
    let mut stage = Stage::set(&[spec]).await?;
    let taken = ours(&mut stage, servers as usize, wishes.pick(3, 7)).await?;
    say(servers, OURS, &taken);
    for program in &wishes.peers {
        progress(&format!("the same with py-dactyl {}", program.version));
        let cycles = wishes.pick(1, 3);
        let mut peer = Peer::cycles(wishes, program, &stage.places[0], cycles)?;
        // The list is read once, at set-up.
        peer.next(LONGEST).await?;
        let mut taken = Taken::default();
        let mut before = stage.count(0).await?;
        while let Some(line) = peer.next(LONGEST).await? {
            let now = stage.count(0).await?;
            taken.requests.push(now.requests as f64);
            taken.reached(&before, &now);
            taken.seconds.push(line.seconds);
            before = now;
        }
        say(servers, &program.version, &taken);
    }
    Ok(())
}

async fn ours(stage: &mut Stage, servers: usize, times: usize) -> Result<Taken> {
    let ours = Ours::watch(&stage.places, LiveUpdates::Off)?;
    ours.all_read(servers, LONGEST).await?;
    // The first one meets looks that are under way; after it all are due a period later.
    refresh(&ours).await?;
    quiet(stage).await?;
    let mut taken = Taken::default();
    for _ in 0..times {
        let before = stage.count(0).await?;
        let (shown, read) = refresh(&ours).await?;
        taken.seconds.push(shown);
        taken.read.push(read);
        let mut requests = stage.count(0).await?.requests;
        requests += quiet(stage).await?;
        let after = stage.count(0).await?;
        taken.requests.push(requests as f64);
        taken.reached(&before, &after);
    }
    Ok(taken)
}

/// Refreshes, and waits until every server shows something newer. In seconds: until then, and until the last was read.
async fn refresh(ours: &Ours) -> Result<(f64, f64)> {
    let begun_ms = wall_ms();
    let asked_ms = begun_ms.ceil() as i64;
    let watch = Watch::start();
    ours.app.act(Action::Refresh);
    let fresh = ours
        .until(LONGEST, |shown| {
            let mut all = shown.servers();
            all.all(|one| one.read_at_ms.is_some_and(|read| read >= asked_ms))
        })
        .await?;
    if fresh.is_none() {
        bail!("a refresh did not end within {LONGEST:?}");
    }
    let shown = watch.passed().as_secs_f64();
    let snapshot = ours.snapshot();
    let last = snapshot.servers().filter_map(|one| one.read_at_ms).max();
    let read = last.unwrap_or_default() as f64 - begun_ms;
    Ok((shown, read / 1_000.0))
}

/// Waits until nothing is asked any more; answers with how much still was.
async fn quiet(stage: &mut Stage) -> Result<usize> {
    let mut late = 0;
    loop {
        sleep(QUIET).await;
        let now = stage.count(0).await?.requests;
        if now == 0 {
            return Ok(late);
        }
        late += now;
    }
}

fn say(servers: u32, who: &str, taken: &Taken) {
    let rows = [
        ("requests", &taken.requests),
        ("connections", &taken.connections),
        ("kilobytes", &taken.kilobytes),
        ("seconds", &taken.seconds),
    ];
    for (row, values) in rows {
        let row = format!("{row}-{servers}");
        figure::number(&row, who, median(values), values.len());
    }
    if !taken.read.is_empty() {
        figure::remark(&format!(
            "Refresh of {servers} servers: the last was read after {:.2} s, shown after {:.2} s (medians).",
            median(&taken.read),
            median(&taken.seconds)
        ));
    }
}
