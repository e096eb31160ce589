//! `cargo xtask matrix`: every fault of the fake panel against the released program, and what came of it in a table.
//! Fails when the program crashed, told something false, missed a fall or sent a signal twice.

use anyhow::{Result, bail};

use crate::bench;
use crate::bench::table::{Bar, Row, Shape, Table};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only from the start and in passing: about eight minutes instead of three quarters of an hour
    #[arg(long)]
    quick: bool,
}

const ROWS: [Row; 7] = [
    Row::new(
        "matrix-cells",
        "faults × places × timings",
        Shape::Count,
        Bar::None,
    ),
    count("matrix-crashes", "crashes and lines of a panic"),
    count("matrix-false", "false alerts and false falls"),
    count("matrix-missed", "missed falls"),
    count("matrix-doubled", "signals sent more than once"),
    count("matrix-late", "recoveries later than promised"),
    Row::new(
        "matrix-grown",
        "own memory grown, private dirty, the most at any place",
        Shape::Megabytes,
        Bar::AtMost(2.0),
    ),
];

const fn count(id: &'static str, label: &'static str) -> Row {
    Row::new(id, label, Shape::Count, Bar::AtMost(0.0))
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let measured = bench::from_outside("matrix", options.quick)?;
    bench::show(&Table::new(ROWS.iter(), &measured), &measured);
    if !ROWS.iter().all(|row| row.is_met(&measured)) {
        bail!("the program did not withstand every fault: see the lines above");
    }
    Ok(())
}
