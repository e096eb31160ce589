//! Start by hand or at login where a process cannot become another one: start the agent and end.
//!
//! Must not open a window.

use anyhow::Context as _;
use std::{path::Path, process::Command};

/// Starts the agent.
///
/// # Errors
/// Whatever the system says.
pub(crate) fn to(agent: &Path, hidden: bool) -> anyhow::Result<()> {
    Command::new(agent)
        .args(hidden.then_some("--hidden"))
        .spawn()
        .map(drop)
        .with_context(|| format!("{} could not be started", agent.display()))
}
