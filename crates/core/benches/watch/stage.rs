//! Our end of the process that plays the panels: starts it, gives it orders, asks what it counted.
//!
//! Ends the process when dropped.

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use std::process::Stdio;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

/// The first word on the command line of the process that plays the panels.
pub(crate) const PANEL: &str = "be-the-panels";

/// More requests than any measurement makes: nothing is refused.
pub(crate) const NO_LIMIT: u32 = 1_000_000;

/// What one panel has.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct WorldSpec {
    pub(crate) servers: u32,
    /// Added to every answer.
    pub(crate) latency_ms: u64,
    pub(crate) limit_per_minute: u32,
}

impl WorldSpec {
    pub(crate) fn of(servers: u32) -> WorldSpec {
        WorldSpec {
            servers,
            latency_ms: 0,
            limit_per_minute: NO_LIMIT,
        }
    }

    /// A server's name in there, from 1.
    pub(crate) fn name(&self, number: u32) -> String {
        format!("Server {number:04}")
    }
}

/// Where a panel is and a key for it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) key: String,
}

/// An order to one panel; none asks for what it counted, and begins anew.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Ask {
    pub(crate) panel: usize,
    pub(crate) order: Option<String>,
}

/// An answer to it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Tell {
    Done { at_ms: f64 },
    Counted(Count),
}

/// What reached a panel since it was last asked; connections and bytes since it began.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Count {
    pub(crate) requests: usize,
    /// Answered 429.
    pub(crate) refused: usize,
    pub(crate) busiest_minute: usize,
    pub(crate) connections: u64,
    /// Over those connections, both ways, since it began.
    pub(crate) bytes: u64,
    /// Connections to its nodes.
    pub(crate) sockets: u64,
    pub(crate) most_in_flight: usize,
}

/// The running process.
pub(crate) struct Stage {
    pub(crate) places: Vec<Place>,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    _process: Child,
}

impl Stage {
    pub(crate) async fn set(specs: &[WorldSpec]) -> Result<Stage> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(PANEL)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("the process for the fake panel did not start")?;
        let mut orders = process.stdin.take().context("no way in")?;
        let mut answers = BufReader::new(process.stdout.take().context("no way out")?).lines();
        orders.write_all(&line(&specs)?).await?;
        let places = answers.next_line().await?.context("the fake panel ended")?;
        Ok(Stage {
            places: serde_json::from_str(&places)?,
            orders,
            answers,
            _process: process,
        })
    }

    /// Lets something happen; answers with the wall clock's milliseconds at which it did.
    pub(crate) async fn order(&mut self, panel: usize, order: &str) -> Result<f64> {
        let order = Some(order.to_owned());
        match self.ask(&Ask { panel, order }).await? {
            Tell::Done { at_ms } => Ok(at_ms),
            Tell::Counted(_) => bail!("the fake panel answered something else"),
        }
    }

    /// What reached a panel since the last time this was asked.
    pub(crate) async fn count(&mut self, panel: usize) -> Result<Count> {
        match self.ask(&Ask { panel, order: None }).await? {
            Tell::Counted(count) => Ok(count),
            Tell::Done { .. } => bail!("the fake panel answered something else"),
        }
    }

    async fn ask(&mut self, ask: &Ask) -> Result<Tell> {
        self.orders.write_all(&line(ask)?).await?;
        let answer = self.answers.next_line().await?;
        Ok(serde_json::from_str(
            &answer.context("the fake panel ended")?,
        )?)
    }
}

/// A value as a line of JSON.
pub(crate) fn line(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}
