//! What Linux says of this process.

use serde::{Deserialize, Serialize};
use std::{fs, time::Duration};

/// Why there is no figure.
pub(crate) const NOT_HERE: &str = "the kernel does not say";

/// A tick of `/proc/self/stat`: 100 a second for programs, whatever the kernel itself counts in.
const TICK: Duration = Duration::from_millis(10);

/// In bytes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Memory {
    pub(crate) rss: u64,
    pub(crate) pss: u64,
}

/// Processor time of all threads, those that ended too.
pub(crate) fn processor_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name stands in brackets and may hold anything; utime and stime are fields 14 and 15.
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u32>().ok();
    let both = ticks()?.checked_add(ticks()?)?;
    Some(TICK * both)
}

pub(crate) fn memory() -> Option<Memory> {
    let rollup = fs::read_to_string("/proc/self/smaps_rollup").ok()?;
    let bytes = |name: &str| {
        let line = rollup.lines().find_map(|line| line.strip_prefix(name))?;
        let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kib * 1024)
    };
    Some(Memory {
        rss: bytes("Rss:")?,
        pss: bytes("Pss:")?,
    })
}
