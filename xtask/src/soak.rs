//! `cargo xtask soak`: whether anything grows that should not. Weeks in virtual time first, then the released program for an
//! hour by the clock. Fails when something did.

use anyhow::{Result, bail};

use crate::bench;
use crate::bench::table::{Bar, Row, Shape, Table};
use crate::command::{self, words};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How long the released program runs; 0 leaves it out
    #[arg(long, default_value_t = 60)]
    minutes: u32,
    /// Invented evenings; 0 leaves them out
    #[arg(long, default_value_t = 10_000)]
    evenings: u32,
    /// Weeks in virtual time; 0 leaves them out
    #[arg(long, default_value_t = 3)]
    weeks: u32,
}

/// An hour of 25 servers' history is 36 bytes a point, six points a minute each, and room for more: so much may come a minute.
const HISTORY_KIB: f64 = 12.0;

const ROWS: [Row; 5] = [
    Row::new(
        "soak-slope",
        "private dirty memory grown a minute, KiB",
        Shape::Rate,
        Bar::AtMost(HISTORY_KIB),
    ),
    Row::new(
        "soak-slope-pss",
        // Falls and rises with whatever else maps the same files, the program's own among them.
        "PSS grown a minute, KiB",
        Shape::Rate,
        Bar::None,
    ),
    Row::new(
        "soak-threads",
        "more threads in the second half",
        Shape::Count,
        Bar::AtMost(1.0),
    ),
    Row::new(
        "soak-files",
        "more open files in the second half",
        Shape::Count,
        Bar::AtMost(2.0),
    ),
    Row::new(
        "soak-panics",
        "lines of a panic",
        Shape::Count,
        Bar::AtMost(0.0),
    ),
];

pub(crate) fn run(options: &Options) -> Result<()> {
    if options.evenings > 0 {
        let evenings = options.evenings.to_string();
        simulate("evening", &[("PTEROTRAY_EVENINGS", &evenings)])?;
    }
    if options.weeks > 0 {
        let days = (options.weeks * 7).to_string();
        simulate(
            "days_on_end",
            &[("PTEROTRAY_DAYS", &days), ("PTEROTRAY_STRETCHES", "4")],
        )?;
    }
    if options.minutes > 0 {
        by_the_clock(options.minutes)?;
    }
    Ok(())
}

fn simulate(which: &str, environment: &[(&str, &str)]) -> Result<()> {
    let mut test = words("cargo test --quiet --profile harness -p pterotray-core --lib");
    command::run(
        test.arg(which)
            .args(["--", "--nocapture"])
            .envs(environment.iter().copied()),
    )
}

fn by_the_clock(minutes: u32) -> Result<()> {
    bench::build_agent()?;
    let mut soak = bench::measuring("soak", false);
    soak.env("PTEROTRAY_SOAK_MINUTES", minutes.to_string());
    let measured = bench::measured::Measured::by(soak);
    bench::show(&Table::new(ROWS.iter(), &measured), &measured);
    if !ROWS.iter().all(|row| row.is_met(&measured)) {
        bail!("something grows that should not");
    }
    Ok(())
}
