//! `cargo xtask bench tray`: runs the measuring program of the acceptance tests and makes its figures a table.
//! Measures nothing itself.

use anyhow::Result;

use super::table::{Bar, Row, Shape};
use super::{machine, paper, table};
use crate::command::{self, words};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Fewer samples: about three minutes instead of ten
    #[arg(long)]
    quick: bool,
}

/// Every figure. Bars are those of the design.
const ROWS: [Row; 15] = [
    Row::new(
        "tray-start-median",
        "start → icon in the tray, median",
        Shape::Millis,
        Bar::AtMost(50.0),
    ),
    Row::new("tray-start-p95", "the same, p95", Shape::Millis, Bar::None),
    Row::new(
        "tray-change-median",
        "node state change → menu on the bus, 25 live, median",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "tray-change-p95",
        "the same, p95",
        Shape::Millis,
        Bar::AtMost(250.0),
    ),
    Row::new(
        "tray-press-median",
        "press → \"starting…\" on the bus, median",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "tray-press-p95",
        "the same, p95",
        Shape::Millis,
        Bar::AtMost(50.0),
    ),
    Row::new(
        "tray-5-rss",
        "memory, 5 servers, RSS",
        Shape::Megabytes,
        Bar::AtMost(14.0),
    ),
    Row::new(
        "tray-5-pss",
        "the same, PSS",
        Shape::Megabytes,
        Bar::AtMost(12.0),
    ),
    Row::new(
        "tray-25-rss",
        "memory, 25 live servers, RSS",
        Shape::Megabytes,
        Bar::AtMost(20.0),
    ),
    Row::new(
        "tray-25-pss",
        "the same, PSS",
        Shape::Megabytes,
        Bar::AtMost(18.0),
    ),
    Row::new(
        "tray-processor-25",
        "processor, 25 live servers, of one core",
        Shape::Percent,
        Bar::AtMost(0.5),
    ),
    Row::new(
        "tray-processor-200",
        "processor, 200 live servers and an open menu, of one core",
        Shape::Percent,
        Bar::None,
    ),
    Row::new(
        "tray-processor-200-part",
        "of it for the tray",
        Shape::Percent,
        Bar::AtMost(1.0),
    ),
    Row::new(
        "tray-wakes-nothing",
        "wake-ups a second, nothing configured",
        Shape::Rate,
        Bar::AtMost(0.0),
    ),
    Row::new(
        "tray-wakes-polling",
        "wake-ups a second, 5 servers polled",
        Shape::Rate,
        Bar::None,
    ),
];

pub(crate) fn run(options: &Options) -> Result<()> {
    let begun = machine::describe(options.quick)?;
    command::run(&mut words("cargo build --release -p pterotray"))?;
    let mut command = words("cargo bench --quiet -p acceptance --bench tray --");
    if options.quick {
        command.arg("--quick");
    }
    let (measured, _) = table::read(&mut command)?;
    let shown: Vec<&Row> = ROWS.iter().collect();
    let table = table::Table::new(&shown, &measured, &[]);
    println!("\n{}", table.for_terminal());
    paper::write(
        paper::Part::Tray,
        &format!("{HEAD}\n{begun}\n\n{}\n\n{HOW}", table.for_markdown()),
    )
}

const HEAD: &str = "# Tray

Written by `cargo xtask bench tray`; do not edit. A promise that is not met is shown as not met.
";

const HOW: &str = "`tests/benches/tray.rs` runs the released program with a session bus, a tray host and the fake panel with its default rules
(each node tells a statistic a second). Nothing is polled to learn of a change: the clock stops when the menu has told it.

* **Start:** from the start of the process until its icon is registered; looked at every millisecond. No panel is set up.
* **Change, press:** 25 servers live. A server's process dies; *Start* is pressed over the bus, as a desktop does.
* **Memory:** ten seconds after everything was known, of the one process there is. MB are millions of bytes.
* **200 servers:** live updates for all, the menu open; \"of it for the tray\" is what the same takes less without a bus.
* **Wake-ups:** how often any of its threads waited and was woken.
";
