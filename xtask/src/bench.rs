//! `cargo xtask bench`: figures of what the program promises, beside those of peers in the same run.
//! Never fails over a figure: what is not met is shown as not met.

mod alerts;
mod alone;
mod cli;
mod machine;
pub(crate) mod measured;
mod paper;
mod peer;
mod size;
pub(crate) mod table;
mod tray;
mod watch;
mod window;

use std::thread;

use anyhow::Result;

use crate::command::{self, words};
use crate::setup;
use measured::Measured;
use table::{Row, Table};

#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    subject: Option<Subject>,
    /// Fewer samples and shorter waits: about twenty minutes in all
    #[arg(long, global = true)]
    quick: bool,
}

/// One part of the table, printed and not written.
#[derive(clap::Subcommand)]
enum Subject {
    /// Watching: requests, freshness, delay, processor and memory, beside Home Assistant's traffic
    Watch(watch::Options),
    /// Alerts: how soon a crash is a notification, with the released program on a bus
    Alerts,
    /// The tray: how soon it is there and shows a change, and what it costs
    Tray,
    /// The tray with nothing to watch, beside trays as others build them
    Peers,
    /// The window: how soon it shows servers, and what is left of it when it is closed
    Window,
    /// The command line: how long a command takes
    Cli,
    /// Sizes of the programs, and of how many crates they are made
    Size,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let quick = options.quick;
    let Some(subject) = &options.subject else {
        return whole(quick);
    };
    let (rows, measured) = match subject {
        Subject::Watch(wishes) => (&watch::ROWS[..], watch::measure(wishes, quick)),
        Subject::Alerts => (&alerts::ROWS[..], from_outside("alerts", quick)?),
        Subject::Tray => (&tray::ROWS[..], from_outside("tray", quick)?),
        Subject::Peers => {
            alone::build();
            (&alone::ROWS[..], from_outside("peers", quick)?)
        }
        Subject::Window => {
            build_programs()?;
            (&window::ROWS[..], Measured::by(measuring("window", quick)))
        }
        Subject::Cli => (&cli::ROWS[..], from_outside("cli", quick)?),
        Subject::Size => {
            build_programs()?;
            (&size::ROWS[..], size::measure())
        }
    };
    let known = rows.iter().filter(|row| measured.knows(row.id));
    show(&Table::new(known, &measured), &measured);
    Ok(())
}

/// Every part, one table, written down.
fn whole(quick: bool) -> Result<()> {
    let machine = machine::describe(quick)?;
    setup::run(setup::Wanted::Figures)?;
    build_programs()?;
    alone::build();
    // Built before anything is measured.
    command::run(&mut words(
        "cargo bench --no-run --quiet -p pterotray-core --bench watch",
    ))?;
    command::run(&mut outside("--no-run"))?;
    let mut measured = Measured::default();
    // Alerts are minutes of waiting, and nobody is faster or slower for them.
    let (watching, alerts) = thread::scope(|scope| {
        let alerts = scope.spawn(|| Measured::by(measuring("alerts", quick)));
        (
            watch::measure(&watch::Options::default(), quick),
            alerts.join(),
        )
    });
    measured.add(watching);
    measured.add(alerts.unwrap_or_default());
    for bench in ["tray", "peers", "window", "cli"] {
        measured.add(Measured::by(measuring(bench, quick)));
    }
    measured.add(size::measure());
    let table = Table::new(rows(), &measured);
    show(&table, &measured);
    let how = [
        watch::HOW,
        alerts::HOW,
        tray::HOW,
        alone::HOW,
        window::HOW,
        cli::HOW,
    ];
    paper::write(&machine, &table.for_markdown(), &measured.remarks, &how)
}

fn rows() -> impl Iterator<Item = &'static Row> {
    let parts = [
        &watch::ROWS[..],
        &alerts::ROWS[..],
        &tray::ROWS[..],
        &alone::ROWS[..],
        &window::ROWS[..],
        &cli::ROWS[..],
        &size::ROWS[..],
    ];
    parts.into_iter().flatten()
}

/// Beside the window, as it is packed: built alone its dependencies have other features, and it is another program. Which page
/// the window carries inside is all the same.
pub(crate) fn build_agent() -> Result<()> {
    if !crate::root().join("ui/dist").is_dir() {
        return build_programs();
    }
    command::run(&mut words(BOTH))
}

/// With the page that the window carries inside.
fn build_programs() -> Result<()> {
    setup::page_packages()?;
    command::run(words("npm run build").current_dir(crate::root().join("ui")))?;
    command::run(&mut words(BOTH))
}

const BOTH: &str = "cargo build --release -p pterotray -p pterotray-window";

/// What a measuring program of the acceptance tests says of the released program.
pub(crate) fn from_outside(bench: &str, quick: bool) -> Result<Measured> {
    build_agent()?;
    Ok(Measured::by(measuring(bench, quick)))
}

pub(crate) fn measuring(bench: &str, quick: bool) -> std::process::Command {
    let mut command = outside("--bench");
    command.arg(bench);
    if quick {
        command.args(["--", "--quick"]);
    }
    command
}

fn outside(word: &str) -> std::process::Command {
    words(&format!(
        "cargo bench --quiet --profile harness -p acceptance {word}"
    ))
}

pub(crate) fn show(table: &Table, measured: &Measured) {
    println!("\n{}\n", table.for_terminal());
    for remark in &measured.remarks {
        println!("* {remark}");
    }
}
