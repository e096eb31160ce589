//! The command line: what may be written there, and what each command does.
//!
//! Needs no display. Nothing but [`print`] writes to the terminal.

mod console;
mod doctor;
mod exit;
mod failed;
mod help;
mod launch;
mod panel;
mod power;
pub(crate) mod print;
mod reset;
#[cfg(test)]
pub(crate) mod samples;
mod select;
mod show;
mod status;
mod table;
pub(crate) mod usage;
mod view;
mod waiting;
mod watch;

use crate::keyring;
use anyhow::Context as _;
pub(crate) use exit::Exit;
pub(crate) use failed::told as explained;
use pterotray_command_line::Servers;
pub(crate) use pterotray_command_line::{Arguments, Command};
use pterotray_core::{
    Config, Outcome, PowerSignal, Problem, Texts,
    paths::{PROFILE, Paths},
};
use std::{path::PathBuf, time::Duration};
use view::View;

/// The profile that was asked for, by an argument or the environment, if any.
pub(crate) fn profile(asked: Option<PathBuf>) -> Option<PathBuf> {
    let named = || std::env::var_os(PROFILE).filter(|name| !name.is_empty());
    asked.or_else(|| named().map(PathBuf::from))
}

/// The places of a profile, or the user's.
///
/// # Errors
/// When there is no home folder either.
pub(crate) fn paths(profile: Option<PathBuf>, texts: &Texts) -> anyhow::Result<Paths> {
    match profile {
        Some(folder) => Ok(Paths::within(&std::path::absolute(folder)?)),
        None => Paths::of_user().with_context(|| texts.say("cli-no-home")),
    }
}

/// Where a command works.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) paths: Paths,
    /// The folder that was named instead of the user's own places.
    pub(crate) profile: Option<PathBuf>,
    pub(crate) shortest_poll: Option<Duration>,
}

impl Place {
    fn config(self) -> anyhow::Result<Config> {
        crate::config(self.paths, self.shortest_poll)
    }
}

/// Carries out a command that shows nothing on a desktop itself.
pub(crate) async fn run(command: Command, place: Place, texts: &Texts) -> anyhow::Result<Exit> {
    let ended = carry_out(command, place, texts).await;
    ended.or_else(|error| failed::told(error, texts))
}

async fn carry_out(command: Command, place: Place, texts: &Texts) -> anyhow::Result<Exit> {
    match command {
        Command::Status { json, panel } => {
            let mut view = View::open(place.config()?, keyring::system()).await?;
            status::run(&mut view, texts, json, panel.as_deref()).await
        }
        Command::Watch { json, panel } => {
            let mut view = View::open_live(place.config()?, keyring::system()).await?;
            watch::run(&mut view, texts, json, panel.as_deref()).await
        }
        Command::Console {
            server,
            json,
            panel,
        } => {
            let paths = place.paths.clone();
            let view = View::open_live(place.config()?, keyring::system()).await?;
            let wish = console::Wish {
                server: &server,
                panel: panel.as_deref(),
                json,
            };
            console::run(view, &paths, texts, wish).await
        }
        Command::Start(servers) => signal(place, PowerSignal::Start, &servers, true, texts).await,
        Command::Stop(servers) => signal(place, PowerSignal::Stop, &servers, true, texts).await,
        Command::Restart(servers) => {
            signal(place, PowerSignal::Restart, &servers, true, texts).await
        }
        Command::Kill { servers, yes } => {
            signal(place, PowerSignal::Kill, &servers, yes, texts).await
        }
        Command::Panel(command) => panel::run(command, place, texts).await,
        Command::Show {
            server,
            page,
            panel,
        } => match server {
            Some(server) => show::server(&place, &server, panel.as_deref(), texts).await,
            None => show::page(&place, page, texts).await,
        },
        Command::Doctor { json, addresses } => doctor::run(place, json, addresses, texts).await,
        Command::Reset { yes } => reset::run(&place, yes, texts).await,
        Command::Quit => show::quit(&place.paths, texts).await,
        Command::Demo { .. } => Ok(Exit::Usage),
    }
}

async fn signal(
    place: Place,
    signal: PowerSignal,
    servers: &Servers,
    sure: bool,
    texts: &Texts,
) -> anyhow::Result<Exit> {
    let mut view = View::open(place.config()?, keyring::system()).await?;
    let wish = power::Wish {
        signal,
        servers: &servers.servers,
        panel: servers.panel.as_deref(),
        wait: servers.wait,
        sure,
    };
    power::run(&mut view, texts, wish).await
}

/// Says what became of a wish if it went wrong.
pub(crate) fn told(outcome: Outcome, texts: &Texts) -> Exit {
    match failure(outcome) {
        None => Exit::Done,
        Some(problem) => {
            print::error(&table::reason(&problem, texts, ""));
            exit::of(&problem)
        }
    }
}

/// Why a wish did not come true, if it did not.
pub(crate) fn failure(outcome: Outcome) -> Option<Problem> {
    if let Outcome::Failed { problem } | Outcome::Untrusted { problem, .. } = outcome {
        Some(problem)
    } else {
        None
    }
}

#[cfg(test)]
#[path = "cli/arguments_tests.rs"]
mod tests;
