//! The tray with nothing to watch beside trays as others build them. Measures nothing itself: a program of the acceptance
//! tests does, with the trays below `xtask/peers/trays`.

use std::path::PathBuf;

use anyhow::Result;

use super::peer::{Beside, KSNI, PYTHON, TAURI};
use super::table::{Bar, Row, Shape};
use crate::command::{self, words};
use crate::root;

const PEERS: [Beside; 2] = [TAURI, PYTHON];

pub(super) const ROWS: [Row; 7] = [
    row(
        "alone-start-median",
        "nothing configured: start → icon, median",
        Shape::Millis,
    ),
    row("alone-start-p95", "the same, p95", Shape::Millis),
    row(
        "alone-rss",
        "nothing configured: memory of all processes, RSS",
        Shape::Megabytes,
    ),
    row("alone-pss", "the same, PSS", Shape::Megabytes),
    row("alone-dirty", "the same, private dirty", Shape::Megabytes),
    row(
        "alone-wakes",
        "nothing configured: wake-ups a second",
        Shape::Rate,
    ),
    row(
        "alone-processor",
        "nothing configured: processor, of one core",
        Shape::Percent,
    ),
];

const fn row(id: &'static str, label: &'static str, shape: Shape) -> Row {
    Row::new(id, label, shape, Bar::None)
        .beside(&PEERS)
        .above(KSNI)
}

/// Builds the others' trays, each by itself: one that cannot be built is left out, and why is said on the terminal.
pub(super) fn build() {
    for tray in ["bare", "whole"] {
        if let Err(error) = build_one(tray) {
            eprintln!("{error:#}");
        }
    }
}

fn build_one(tray: &str) -> Result<()> {
    let mut build = words("cargo build --quiet --release --package");
    build
        .arg(tray)
        .current_dir(root().join("xtask/peers/trays"));
    command::run(build.arg("--target-dir").arg(built()))
}

/// Where they lie when they are built.
fn built() -> PathBuf {
    root().join("target/bench/trays")
}

pub(super) const HOW: &str = "### Nothing configured, beside other trays

`tests/benches/peers.rs` starts each with a session bus, a tray host and a display of its own, and counts the whole tree of its
processes. Each has one icon and a menu of a few lines: `xtask/peers/tray.py` (Python, GTK and AppIndicator), and below
`xtask/peers/trays`, built in the same profile as the program, `whole` (Tauri's tray and a hidden window in one process, as most
would build it) and `bare` (ksni and nothing else: the lower bound).
";
