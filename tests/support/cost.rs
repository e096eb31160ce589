//! What processes cost their computer: memory, processor, wake-ups. Linux tells; nothing is judged here.

use crate::processes::Process;
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use tokio::time::sleep;

/// A tick of `/proc/PID/stat`: 100 a second for programs, whatever the kernel itself counts in.
const TICK: Duration = Duration::from_millis(10);

/// Between two looks at threads, which come and go.
const LOOKS: Duration = Duration::from_millis(250);

/// Memory of one or more processes, in KiB.
#[derive(Debug, Clone, Copy, Default)]
pub struct Memory {
    /// What is in memory of them (`Rss`); what they share counts once for each.
    pub resident: u64,
    /// The same with what several share divided among them (`Pss`).
    pub proportional: u64,
    /// What they alone have and wrote to (`Private_Dirty`).
    pub private_dirty: u64,
}

impl Memory {
    /// Of these together.
    ///
    /// # Panics
    /// When one is gone.
    pub fn of(processes: &[Process]) -> Memory {
        let mut all = Memory::default();
        for process in processes {
            let rollup = process.proc_file("smaps_rollup");
            all.resident += number_after(&rollup, "Rss:");
            all.proportional += number_after(&rollup, "Pss:");
            all.private_dirty += number_after(&rollup, "Private_Dirty:");
        }
        all
    }
}

/// Counts what some processes do from a moment on.
pub struct Meter {
    processes: Vec<Process>,
    processor_before: Duration,
    /// How often each thread had been woken when it was last looked at. Threads end, and their numbers go with them.
    woken: BTreeMap<(i32, u32), u64>,
}

impl Meter {
    /// From now on.
    ///
    /// # Panics
    /// When one of them is gone.
    pub fn begin(processes: Vec<Process>) -> Meter {
        let mut meter = Meter {
            processor_before: processor_time(&processes),
            processes,
            woken: BTreeMap::new(),
        };
        meter.wake_ups();
        meter
    }

    /// Processor time used since the beginning in user and kernel mode, that of ended threads included.
    ///
    /// # Panics
    /// When one of them is gone.
    pub fn processor_time(&self) -> Duration {
        processor_time(&self.processes).saturating_sub(self.processor_before)
    }

    /// How often a thread waited and was woken since the last look. What one did between the last look at it and its end is
    /// lost: look often.
    ///
    /// # Panics
    /// When one of the processes is gone.
    pub fn wake_ups(&mut self) -> u64 {
        let mut now = BTreeMap::new();
        for process in &self.processes {
            for (thread, status) in process.tasks("status") {
                let count = number_after(&status, "voluntary_ctxt_switches:");
                now.insert((process.pid(), thread), count);
            }
        }
        let news = now.iter().map(|(thread, count)| {
            let before = self.woken.get(thread).copied().unwrap_or(0);
            count.saturating_sub(before)
        });
        let news = news.sum();
        self.woken = now;
        news
    }
}

/// What processes used over a stretch of time.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    /// Share of one core in percent.
    pub processor: f64,
    /// Wake-ups a second.
    pub wakes: f64,
}

impl Spent {
    /// Watches them for so long.
    ///
    /// # Panics
    /// When one of them is gone.
    pub async fn over(length: Duration, processes: Vec<Process>) -> Spent {
        let (begun, mut meter) = (Instant::now(), Meter::begin(processes));
        let mut wakes = 0;
        while begun.elapsed() < length {
            sleep(LOOKS).await;
            wakes += meter.wake_ups();
        }
        let seconds = begun.elapsed().as_secs_f64();
        Spent {
            processor: meter.processor_time().as_secs_f64() / seconds * 100.0,
            wakes: f64::from(u32::try_from(wakes).unwrap_or(u32::MAX)) / seconds,
        }
    }
}

fn processor_time(processes: &[Process]) -> Duration {
    processes.iter().map(ticks).sum()
}

/// utime and stime, the fields 14 and 15; the program's name stands in brackets and may hold anything.
fn ticks(process: &Process) -> Duration {
    let stat = process.proc_file("stat");
    let (_, after_name) = stat.rsplit_once(')').unwrap_or_default();
    let fields = after_name.split_whitespace().skip(11).take(2);
    TICK * fields.filter_map(|field| field.parse::<u32>().ok()).sum()
}

fn number_after(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
    number.unwrap_or_else(|| panic!("no {name} in {text}"))
}
