//! Where there is no Linux there are no packages, only bundles. Never builds anything.

use anyhow::{Result, bail};

#[derive(clap::Args)]
pub(crate) struct Options {}

/// Fails and says what can be done instead.
pub(crate) fn run(_: &Options) -> Result<()> {
    check()
}

/// The same.
pub(crate) fn check() -> Result<()> {
    bail!("there are packages for Linux only; CONTRIBUTING says how bundles are made")
}
