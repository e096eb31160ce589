//! `cargo xtask bench alerts`: runs the measuring program of the acceptance tests and makes its figures a table.
//! Measures nothing itself.

use anyhow::Result;

use super::table::{Bar, Row, Shape};
use super::{machine, paper, table};
use crate::command::{self, words};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Fewer samples: about three minutes instead of eight
    #[arg(long)]
    quick: bool,
}

/// A period of 21 s, and 25 s for the panel's cache and for finding out why.
const POLLED: f64 = 46.0;

/// Every figure. Bars are those of the issue that the alerts were built for.
const ROWS: [Row; 6] = [
    Row::new(
        "alert-live-median",
        "crash → notification with exit code, live, median",
        Shape::Seconds,
        Bar::None,
    ),
    Row::new("alert-live-p95", "the same, p95", Shape::Seconds, Bar::None),
    Row::new(
        "alert-live-longest",
        "the same, longest",
        Shape::Seconds,
        Bar::AtMost(4.0),
    ),
    Row::new(
        "alert-polled-median",
        "crash → notification, polled, median",
        Shape::Seconds,
        Bar::None,
    ),
    Row::new(
        "alert-polled-p95",
        "the same, p95",
        Shape::Seconds,
        Bar::None,
    ),
    Row::new(
        "alert-polled-longest",
        "the same, longest",
        Shape::Seconds,
        Bar::AtMost(POLLED),
    ),
];

pub(crate) fn run(options: &Options) -> Result<()> {
    let begun = machine::describe(options.quick)?;
    command::run(&mut words("cargo build --release -p pterotray"))?;
    let mut command = words("cargo bench --quiet -p acceptance --bench alerts --");
    if options.quick {
        command.arg("--quick");
    }
    let (measured, _) = table::read(&mut command)?;
    let shown: Vec<&Row> = ROWS.iter().collect();
    let table = table::Table::new(&shown, &measured, &[]);
    println!("\n{}", table.for_terminal());
    paper::write(
        paper::Part::Alerts,
        &format!("{HEAD}\n{begun}\n\n{}\n\n{HOW}", table.for_markdown()),
    )
}

const HEAD: &str = "# Alerts

Written by `cargo xtask bench alerts`; do not edit. The peer tells no crash by itself: there is nothing to stand beside.
";

const HOW: &str =
    "`tests/benches/alerts.rs` runs the released program with a session bus, a notification server and the fake panel with its
default rules (a cache of 20 s, the times of a real node). A server's process dies; the clock stops when the notification
server has been asked to show it.

* **Live:** each server has its socket. Two seconds of it are waited, to see whether the node restarts the server.
* **Polled:** live updates are off, polls come every 21 s, and the crashes fall at different moments between two of them.
  Polling knows no exit code.
";
