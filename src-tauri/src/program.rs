//! The agent's program, which lies beside this one.
//!
//! Never looks anywhere else: what is found on a search path could be anybody's.

use anyhow::Context as _;
use pterotray_core::paths::{PROFILE, Paths};
use serde::Deserialize;
use std::{
    env::consts::EXE_SUFFIX,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What the page may have started.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Startable {
    /// The agent, for this window.
    Agent,
    /// The demo, with a window of its own.
    Demo,
}

/// The agent's program file.
///
/// # Errors
/// When it is not there, or this program cannot tell where it is itself.
pub(crate) fn agent_path() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe().context("where this program is, is not known")?;
    let agent = own.with_file_name(format!("pterotray{EXE_SUFFIX}"));
    anyhow::ensure!(agent.is_file(), "{} is missing", agent.display());
    Ok(agent)
}

/// Starts the agent without asking it for a window: this one is there already.
///
/// `socket` is where this window looks for it. Anywhere but at the usual place means a profile of its own.
///
/// # Errors
/// When it is missing or cannot be started.
pub(crate) fn start_agent(socket: &Path) -> anyhow::Result<()> {
    let agent = agent_path()?;
    let usual = Paths::of_user().is_some_and(|paths| paths.socket() == socket);
    let profile = socket.parent().filter(|_| !usual);
    let mut command = Command::new(&agent);
    command
        .arg("--hidden")
        .envs(profile.map(|profile| (PROFILE, profile)));
    spawn(command)
}

/// Starts the demo, with a profile that it throws away.
///
/// # Errors
/// When the program is missing or cannot be started.
pub(crate) fn start_demo() -> anyhow::Result<()> {
    let mut command = Command::new(agent_path()?);
    command.arg("demo").env_remove(PROFILE);
    spawn(command)
}

fn spawn(mut command: Command) -> anyhow::Result<()> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{} could not be started", command.get_program().display()))?;
    // Somebody has to take its exit code, or a second one that ends at once stays as a zombie.
    std::thread::spawn(move || child.wait());
    Ok(())
}
