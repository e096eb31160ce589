//! Stands in for `states` where no private desktop can be had. Never starts anything.

use anyhow::{Result, bail};

use super::Theme;

pub(super) fn take(_: Theme) -> Result<()> {
    bail!("pictures of the tray are taken on a private desktop, which can be had on Linux only")
}
