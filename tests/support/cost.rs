//! What a process costs its computer: memory, processor, wake-ups. Linux tells; nothing is judged here.

use crate::processes::Process;
use std::time::Duration;

impl Process {
    /// Its share of memory, in KiB: what several processes share is divided among them (`Pss`).
    ///
    /// # Panics
    /// When it is gone.
    pub fn proportional_kib(&self) -> u64 {
        let rollup = self.proc_file("smaps_rollup");
        number_after(&rollup, "Pss:")
    }

    /// Memory that is its own and changed, in KiB: what the computer would have back if it ended (`Private_Dirty`).
    ///
    /// # Panics
    /// When it is gone.
    pub fn private_dirty_kib(&self) -> u64 {
        let rollup = self.proc_file("smaps_rollup");
        number_after(&rollup, "Private_Dirty:")
    }

    /// Processor time it has used since it began, in user and kernel mode.
    ///
    /// # Panics
    /// When it is gone.
    pub fn processor_time(&self) -> Duration {
        let spent = self.tasks("schedstat");
        let nanos = spent.iter().map(|one| {
            let first = one.split_whitespace().next();
            first.and_then(|it| it.parse::<u64>().ok()).unwrap_or(0)
        });
        Duration::from_nanos(nanos.sum())
    }

    /// How often one of its threads waited and was woken, since it began.
    ///
    /// # Panics
    /// When it is gone.
    pub fn wake_ups(&self) -> u64 {
        let status = self.tasks("status");
        let each = status
            .iter()
            .map(|one| number_after(one, "voluntary_ctxt_switches:"));
        each.sum()
    }
}

fn number_after(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
    number.unwrap_or_else(|| panic!("no {name} in {text}"))
}
