//! Where processor time and memory of a process are not measured: only Linux is.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Why there is no figure.
pub(crate) const NOT_HERE: &str = "measured on Linux only";

/// In bytes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Memory {
    pub(crate) rss: u64,
    pub(crate) pss: u64,
}

pub(crate) fn processor_time() -> Option<Duration> {
    None
}

pub(crate) fn memory() -> Option<Memory> {
    None
}
