//! Stands in for `notifiers` where no private desktop can be had. Never starts anything.

use anyhow::{Result, bail};

pub(super) fn take() -> Result<()> {
    bail!("notification servers can be tried on a private desktop, which can be had on Linux only")
}
