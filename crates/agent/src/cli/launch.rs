//! Starts the agent for a command that needs one, where somebody could see it.
//!
//! Never starts one without a display, and never a second one.

#[cfg(target_os = "linux")]
#[path = "launch/linux.rs"]
mod display;
#[cfg(not(target_os = "linux"))]
#[path = "launch/other.rs"]
mod display;

use super::Place;
use crate::{
    detached::detached,
    socket::{
        self,
        client::{Client, ClientError},
    },
};
use anyhow::Context as _;
use std::{process::Stdio, time::Duration};
use tokio::process::Command;

/// How long an agent may take from its start to its socket.
const STARTING: Duration = Duration::from_secs(10);

/// The running agent, or one that is started now.
///
/// # Errors
/// [`ClientError::NotRunning`] when none runs and there is no display; others when the agent cannot be
/// started or talked to.
pub(super) async fn agent(place: &Place) -> anyhow::Result<Client> {
    match Client::connect(&place.paths).await {
        Err(ClientError::NotRunning) if display::is_there() => {}
        connected => return Ok(connected?),
    }
    start(place)?;
    let greeted = async || Client::connect_if_running(&place.paths).await;
    Ok(socket::until(STARTING, greeted).await?)
}

fn start(place: &Place) -> anyhow::Result<()> {
    let program = std::env::current_exe()?;
    let mut command = Command::new(&program);
    command.arg("--hidden");
    if let Some(profile) = &place.profile {
        command.arg("--profile").arg(profile);
    }
    let nobody = [Stdio::null(), Stdio::null(), Stdio::null()];
    let [input, output, complaints] = nobody;
    command.stdin(input).stdout(output).stderr(complaints);
    // It is on its own from here.
    let started = detached(&mut command).spawn();
    started.with_context(|| program.display().to_string())?;
    Ok(())
}
