//! Where there is no Linux there are no packages yet. Never builds anything.

use anyhow::{Result, bail};

#[derive(clap::Args)]
pub(crate) struct Options {}

/// Fails and says what can be done meanwhile.
pub(crate) fn run(_: &Options) -> Result<()> {
    bail!("there are packages for Linux only; the README says how to install from a clone")
}
