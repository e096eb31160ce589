//! Stands in for `tour` where no private desktop can be had. Never starts anything.

use anyhow::{Result, bail};

use super::Theme;

pub(super) fn take(_: Theme) -> Result<()> {
    bail!("pictures are taken on a private desktop, which can be had on Linux only")
}

pub(super) fn copy_to_docs() -> Result<()> {
    bail!("there are no pictures on this system")
}
