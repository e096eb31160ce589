//! Home Assistant's traffic, as the script beside `xtask` makes it: starts it and reads what it says.
//!
//! Ends the script when dropped. What it sent is counted by the fake panel, not by itself.

use super::{
    stage::Place,
    wishes::{PeerProgram, Wishes},
};
use anyhow::{Context as _, Result};
use serde::Deserialize;
use std::{process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// One line of the script.
#[derive(Debug, Deserialize)]
pub(crate) struct Line {
    /// `list`, `cycle`, or `shown` for what a person sees of one server.
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) seconds: f64,
    /// How Home Assistant ends the cycle; `ok` is the only good one.
    #[serde(default)]
    pub(crate) ended: String,
    /// With `shown`: seconds since 1970.
    #[serde(default)]
    pub(crate) at: f64,
    #[serde(default)]
    pub(crate) server: String,
    #[serde(default)]
    pub(crate) state: String,
}

/// The running script.
pub(crate) struct Peer {
    lines: Lines<BufReader<ChildStdout>>,
    _process: Child,
}

impl Peer {
    /// So many cycles, one after the other.
    pub(crate) fn cycles(
        wishes: &Wishes,
        program: &PeerProgram,
        place: &Place,
        cycles: u32,
    ) -> Result<Peer> {
        Self::start(wishes, program, place, &["--cycles", &cycles.to_string()])
    }

    /// A cycle every minute, as Home Assistant does it, for so long.
    pub(crate) fn polling(
        wishes: &Wishes,
        program: &PeerProgram,
        place: &Place,
        how_long: Duration,
    ) -> Result<Peer> {
        let seconds = how_long.as_secs().to_string();
        Self::start(wishes, program, place, &["--poll-for", &seconds])
    }

    fn start(
        wishes: &Wishes,
        program: &PeerProgram,
        place: &Place,
        words: &[&str],
    ) -> Result<Peer> {
        let mut process = Command::new(&program.python)
            .arg(&wishes.script)
            .args(["--client", &program.kind, "--url", &place.url])
            .args(words)
            // Not on the command line, which everybody on the machine can read.
            .env("PEER_KEY", &place.key)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // The library logs every failure; the figures tell them already.
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("the peer's script did not start")?;
        let out = process.stdout.take().context("no way out of the script")?;
        Ok(Peer {
            lines: BufReader::new(out).lines(),
            _process: process,
        })
    }

    /// The next line; none when the script ended or said nothing for so long.
    pub(crate) async fn next(&mut self, longest: Duration) -> Result<Option<Line>> {
        let Ok(line) = timeout(longest, self.lines.next_line()).await else {
            return Ok(None);
        };
        let Some(line) = line? else { return Ok(None) };
        Ok(Some(serde_json::from_str(&line)?))
    }
}

/// Waits for all of them at once; there are no more than the peer has clients, two.
pub(crate) async fn all_at_once(
    mut measurements: impl Iterator<Item = impl Future<Output = Result<()>>>,
) -> Result<()> {
    match (measurements.next(), measurements.next()) {
        (Some(one), Some(other)) => tokio::try_join!(one, other).map(|_| ()),
        (Some(one), None) => one.await,
        (None, _) => Ok(()),
    }
}
