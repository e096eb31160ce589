//! The project's chores, run as `cargo xtask …`: set-up, demo, tests, icons, benchmarks, packages and releases.
//! Nothing here is part of the program, and nothing here may be needed to run it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks on the terminal"
)]

mod bench;
mod changelog;
mod command;
mod demo;
#[cfg(target_os = "linux")]
mod desktop;
mod fuzz;
mod icons;
mod manual;
mod matrix;
#[cfg(target_os = "linux")]
mod package;
#[cfg(not(target_os = "linux"))]
#[path = "package/elsewhere.rs"]
mod package;
mod release;
mod setup;
mod soak;
mod test;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's chores", version)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build everything and show it with a fake panel: here, or on a private desktop where there is no display
    Demo(demo::Options),
    /// Check everything that must hold before a change is taken
    Test(test::Options),
    /// Install or name what building, running and testing needs
    Setup {
        /// Only what building needs
        #[arg(long)]
        build: bool,
    },
    /// Measure what is promised, beside a peer in the same run, into docs/benchmarks.md
    Bench(bench::Options),
    /// Run every fault of the fake panel against the released program
    Matrix(matrix::Options),
    /// Look for what grows: weeks in virtual time, and an hour by the clock
    Soak(soak::Options),
    /// Run every fuzz target for a while
    Fuzz(fuzz::Options),
    /// Render every icon below icons/generated from the SVG sources
    Icons(icons::Options),
    /// Write the manual pages and the shells' completions below target/manual
    Manual,
    /// Pack the released programs as .deb and .rpm below target/package
    Package(package::Options),
    /// Give everything that has a version the next one
    Release(release::Options),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Demo(options) => demo::run(&options),
        Chore::Test(options) => test::run(&options),
        Chore::Setup { build: true } => setup::run(setup::Wanted::Build),
        Chore::Setup { build: false } => setup::run(setup::Wanted::Tests),
        Chore::Bench(options) => bench::run(&options),
        Chore::Matrix(options) => matrix::run(&options),
        Chore::Soak(options) => soak::run(&options),
        Chore::Fuzz(options) => fuzz::run(&options),
        Chore::Icons(options) => icons::run(&options),
        Chore::Manual => manual::run(),
        Chore::Package(options) => package::run(&options),
        Chore::Release(options) => release::run(&options),
    };
    if let Err(error) = done {
        // The chain of causes and no backtrace: it is the person at the terminal who has something to do.
        eprintln!("\nerror: {error:#}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The repository's top folder: this package lies directly below it.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
