//! Where and when figures were measured, in a few lines. Never names the machine.

use anyhow::Result;

#[cfg(target_os = "linux")]
#[path = "machine/linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "machine/other.rs"]
mod system;

use crate::command::{self, words};

/// Processor, memory, kernel, day, commit and kind of run.
pub(crate) fn describe(quick: bool) -> Result<String> {
    let commit = command::output(&mut words("git rev-parse --short HEAD"))?;
    let changed = command::output(&mut words("git status --porcelain --untracked-files=no"))?;
    let changes = if changed.trim().is_empty() {
        ""
    } else {
        " with changes"
    };
    let rust = command::output(&mut words("rustc --version"))?;
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let run = if quick {
        "short run (`--quick`)"
    } else {
        "whole run"
    };
    Ok(format!(
        "{}; {cores} cores; {}; {}. {}. {}Commit {}{changes}, {run}.",
        system::processor(),
        system::memory(),
        system::kernel(),
        rust.trim(),
        system::day(),
        commit.trim(),
    ))
}
