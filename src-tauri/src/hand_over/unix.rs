//! Start by hand or at login on Unix: this process becomes the agent.
//!
//! Must run before anything of the desktop's toolkit is touched.

use anyhow::Context as _;
use std::{os::unix::process::CommandExt as _, path::Path, process::Command};

/// Turns this process into the agent; returns only when that fails.
///
/// # Errors
/// Whatever the system says.
pub(crate) fn to(agent: &Path, hidden: bool) -> anyhow::Result<()> {
    let hidden = hidden.then_some("--hidden");
    let error = Command::new(agent).args(hidden).exec();
    Err(error).with_context(|| format!("{} could not be started", agent.display()))
}
