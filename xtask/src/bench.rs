//! `cargo xtask bench …`: figures of what the program promises, beside those of a peer in the same run.
//! Never fails over a figure: what is not met is shown as not met.

mod alerts;
mod machine;
mod paper;
mod peer;
mod table;
mod tray;
mod watch;

use anyhow::Result;

#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(clap::Subcommand)]
enum Subject {
    /// Watching: requests, freshness, delay, processor and memory, beside Home Assistant's traffic
    Watch(watch::Options),
    /// Alerts: how soon a crash is a notification, with the released program on a bus
    Alerts(alerts::Options),
    /// The tray: how soon it is there and shows a change, and what it costs
    Tray(tray::Options),
}

pub(crate) fn run(options: &Options) -> Result<()> {
    match &options.subject {
        Subject::Watch(options) => watch::run(options),
        Subject::Alerts(options) => alerts::run(options),
        Subject::Tray(options) => tray::run(options),
    }
}
