//! What Linux says of the machine.

use std::fs;

use crate::command::{self, words};

pub(crate) fn processor() -> String {
    field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned())
}

pub(crate) fn memory() -> String {
    let kib = field("/proc/meminfo", "MemTotal")
        .and_then(|size| size.split_whitespace().next()?.parse::<u64>().ok());
    kib.map_or_else(
        || "unknown memory".to_owned(),
        |kib| format!("{:.0} GiB of memory", kib as f64 / f64::from(1 << 20)),
    )
}

pub(crate) fn kernel() -> String {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    // What follows the number is whoever built it.
    let number = release.trim().split('-').next().unwrap_or_default();
    format!("Linux {number}")
}

/// Today, as a sentence.
pub(crate) fn day() -> String {
    match command::output(&mut words("date -u +%F")) {
        Ok(day) => format!("Measured on {}. ", day.trim()),
        Err(_) => String::new(),
    }
}

/// The first `name : value` of a file.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = pairs.find(|(key, _)| key.trim() == name)?;
    Some(value.trim().to_owned())
}
