//! Figures on their way out of a measuring program: one line of JSON each, on standard output. Never says whether one is
//! good: that stands in `xtask`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its figures go to standard output, its progress to standard error"
)]

use crate::cost::Memory;
use serde_json::json;
use std::time::Duration;

/// Whose figure it is when it is ours.
pub const OURS: &str = "ours";

/// Runs a measuring program to its end. It is told whether to be quick.
///
/// # Panics
/// When there are no threads to be had.
pub fn measure(program: impl AsyncFnOnce(bool)) {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let told = |wanted: &str| words.iter().any(|word| word == wanted);
    // Only `cargo bench` says so; `cargo test --all-targets` starts benches too.
    if !told("--bench") {
        return;
    }
    // Pages of a program that the linker has just written count as its own dirty memory until they are on the disk.
    rustix::fs::sync();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.expect("threads can be had");
    runtime.block_on(program(told("--quick")));
}

/// A figure of ours.
pub fn say(row: &str, value: f64) {
    say_of(OURS, row, value);
}

/// A figure of somebody's.
pub fn say_of(who: &str, row: &str, value: f64) {
    progress(&format!("{row} ({who}): {value:.2}"));
    println!("{}", json!({"row": row, "who": who, "value": value}));
}

/// Why somebody has no figure.
pub fn say_words(who: &str, row: &str, words: &str) {
    progress(&format!("{row} ({who}): {words}"));
    println!("{}", json!({"row": row, "who": who, "words": words}));
}

/// A remark below the table.
pub fn remark(remark: &str) {
    println!("{}", json!({"remark": remark}));
}

/// Tells the person who waits what is going on.
pub fn progress(line: &str) {
    eprintln!("  {line}");
}

/// RSS, PSS and private dirty memory, in MB.
pub fn say_memory(who: &str, row: &str, memory: Memory) {
    say_of(who, &format!("{row}-rss"), megabytes(memory.resident));
    say_of(who, &format!("{row}-pss"), megabytes(memory.proportional));
    let dirty = megabytes(memory.private_dirty);
    say_of(who, &format!("{row}-dirty"), dirty);
}

/// KiB as millions of bytes.
#[must_use]
pub fn megabytes(kib: u64) -> f64 {
    f64::from(u32::try_from(kib).unwrap_or(u32::MAX)) * 1024.0 / 1e6
}

/// Median, 95th percentile and longest, in milliseconds.
pub fn say_delays(who: &str, row: &str, delays: &[Duration]) {
    for (kind, share) in [("median", 50), ("p95", 95), ("longest", 100)] {
        let delay = at(delays, share).as_secs_f64() * 1000.0;
        say_of(who, &format!("{row}-{kind}"), delay);
    }
}

/// The delay that so many of a hundred do not exceed (nearest rank).
///
/// # Panics
/// When there is none.
#[must_use]
pub fn at(delays: &[Duration], hundredths: usize) -> Duration {
    let mut sorted = delays.to_vec();
    sorted.sort_unstable();
    sorted[(sorted.len() * hundredths).div_ceil(100).max(1) - 1]
}
