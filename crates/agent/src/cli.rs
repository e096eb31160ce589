//! The command line: what may be written there, and what each command does.
//!
//! Needs no display. Nothing but [`print`] writes to the terminal.

mod exit;
mod power;
pub(crate) mod print;
#[cfg(test)]
pub(crate) mod samples;
mod select;
mod status;
mod table;
mod view;

use crate::{
    keyring,
    socket::client::{Client, ClientError},
};
use anyhow::Context as _;
use clap::{Args, Parser, Subcommand, ValueEnum};
pub(crate) use exit::Exit;
use pterotray_core::{
    Action, Config, Outcome, Page, PowerSignal, Texts,
    paths::{PROFILE, Paths},
};
use std::{path::PathBuf, time::Duration};
use tokio::time::timeout;
use view::View;

/// How long a running agent may take to end.
const ENDING: Duration = Duration::from_secs(10);

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no such server (or several), 4 panel unreachable,
5 key refused, 6 refused by the panel (permission, or the server is busy).

Environment: PTEROTRAY_URL and PTEROTRAY_API_KEY give a panel without any set-up,
PTEROTRAY_PROFILE a profile folder, PTEROTRAY_LOG the log's level, NO_COLOR text without colour.";

/// Pterodactyl and Pelican game servers in the system tray.
///
/// Without a command: shows the tray icon and keeps watch until it is told to quit.
/// Started a second time, it brings up the window of the first.
#[derive(Debug, Parser)]
#[command(name = "pterotray", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Show no window at the start, as when started at login
    #[arg(long)]
    pub(crate) hidden: bool,
    /// Keep settings, logs and socket in this folder [env: PTEROTRAY_PROFILE]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
    /// For tests against a fake panel: the shortest time between two looks at one server, in
    /// milliseconds. Real panels tell nothing new within 20 seconds
    #[arg(long, global = true, hide = true, value_name = "N",
        value_parser = clap::value_parser!(u32).range(50..))]
    shortest_poll_ms: Option<u32>,
}

/// A command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show how all servers are
    Status {
        /// Print one JSON object for programs
        #[arg(long)]
        json: bool,
        /// Only this panel
        #[arg(long, value_name = "NAME")]
        panel: Option<String>,
    },
    /// Start servers
    Start(Servers),
    /// Stop servers
    Stop(Servers),
    /// Restart servers
    Restart(Servers),
    /// Force servers to stop at once; may damage their files
    Kill {
        #[command(flatten)]
        servers: Servers,
        /// Do not ask whether this is meant
        #[arg(long, short)]
        yes: bool,
    },
    /// Bring up the window of the running Pterotray
    Show {
        /// The page to show
        #[arg(long, value_enum, default_value_t = PageName::Servers)]
        page: PageName,
    },
    /// End the running Pterotray
    Quit,
    /// Try Pterotray with invented servers; touches nothing of yours
    Demo {
        /// Show no window at the start
        #[arg(long)]
        hidden: bool,
    },
}

/// The servers a signal goes to.
#[derive(Debug, Args)]
pub(crate) struct Servers {
    /// Name, beginning of a name, short id or uuid
    #[arg(required = true, value_name = "SERVER")]
    servers: Vec<String>,
    /// Wait until it shows: up to 2 minutes, 10 for a stop
    #[arg(long, short)]
    wait: bool,
    /// Only servers of this panel
    #[arg(long, value_name = "NAME")]
    panel: Option<String>,
}

/// A page by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageName {
    /// All servers
    Servers,
    /// The settings
    Settings,
    /// Add a panel
    Welcome,
}

impl Arguments {
    /// The profile that was asked for, if any.
    pub(crate) fn profile(&self) -> Option<PathBuf> {
        let named = || std::env::var_os(PROFILE).filter(|name| !name.is_empty());
        self.profile.clone().or_else(|| named().map(PathBuf::from))
    }

    /// The shortest time between two looks, when a test asks for another one.
    pub(crate) fn shortest_poll(&self) -> Option<Duration> {
        self.shortest_poll_ms
            .map(|ms| Duration::from_millis(u64::from(ms)))
    }
}

/// The places of a profile, or the user's.
///
/// # Errors
/// When there is no home folder either.
pub(crate) fn paths(profile: Option<PathBuf>) -> anyhow::Result<Paths> {
    match profile {
        Some(folder) => Ok(Paths::within(&std::path::absolute(folder)?)),
        None => Paths::of_user().context("there is no home folder; name one with --profile DIR"),
    }
}

/// Carries out a command that needs panels: `status` and the power signals.
pub(crate) async fn look(command: Command, config: Config, texts: &Texts) -> anyhow::Result<Exit> {
    let mut view = View::open(config, keyring::system()).await?;
    let (signal, servers, sure) = match &command {
        Command::Status { json, panel } => {
            return status::run(&mut view, texts, *json, panel.as_deref()).await;
        }
        Command::Start(servers) => (PowerSignal::Start, servers, true),
        Command::Stop(servers) => (PowerSignal::Stop, servers, true),
        Command::Restart(servers) => (PowerSignal::Restart, servers, true),
        Command::Kill { servers, yes } => (PowerSignal::Kill, servers, *yes),
        Command::Show { .. } | Command::Quit | Command::Demo { .. } => return Ok(Exit::Usage),
    };
    let wish = power::Wish {
        signal,
        servers: &servers.servers,
        panel: servers.panel.as_deref(),
        wait: servers.wait,
        sure,
    };
    power::run(&mut view, texts, wish).await
}

/// Brings up the window of the running agent.
pub(crate) async fn show(paths: &Paths, page: PageName, texts: &Texts) -> anyhow::Result<Exit> {
    let page = match page {
        PageName::Servers => Page::Servers,
        PageName::Settings => Page::Settings,
        PageName::Welcome => Page::Welcome { panel: None },
    };
    match Client::connect(paths).await {
        Ok(mut client) => Ok(told(client.ask(Action::Show { page }).await?, texts)),
        Err(error) => not_running(error, texts),
    }
}

/// Ends the running agent and waits until it is gone.
pub(crate) async fn quit(paths: &Paths, texts: &Texts) -> anyhow::Result<Exit> {
    let mut client = match Client::connect(paths).await {
        Ok(client) => client,
        Err(error) => return not_running(error, texts),
    };
    match client.ask(Action::Quit).await {
        // It may be gone before its answer is.
        Ok(
            Outcome::Done
            | Outcome::Found { .. }
            | Outcome::Backups { .. }
            | Outcome::Schedules { .. }
            | Outcome::Activity { .. }
            | Outcome::Sparklines { .. }
            | Outcome::Report { .. },
        )
        | Err(ClientError::Gone) => {}
        Ok(outcome @ (Outcome::Failed { .. } | Outcome::Untrusted { .. })) => {
            return Ok(told(outcome, texts));
        }
        Err(ClientError::Socket(_)) => return Ok(Exit::Done),
        Err(error) => return Err(error.into()),
    }
    timeout(ENDING, client.until_gone())
        .await
        .context("the running agent does not end")?;
    Ok(Exit::Done)
}

/// Says what became of a wish if it went wrong.
pub(crate) fn told(outcome: Outcome, texts: &Texts) -> Exit {
    match outcome {
        Outcome::Done
        | Outcome::Found { .. }
        | Outcome::Backups { .. }
        | Outcome::Schedules { .. }
        | Outcome::Activity { .. }
        | Outcome::Sparklines { .. }
        | Outcome::Report { .. } => Exit::Done,
        Outcome::Failed { problem } | Outcome::Untrusted { problem, .. } => {
            print::error(&table::reason(&problem, texts, ""));
            exit::of(&problem)
        }
    }
}

fn not_running(error: ClientError, texts: &Texts) -> anyhow::Result<Exit> {
    match error {
        ClientError::NotRunning => {
            print::error(&texts.say("cli-not-running"));
            Ok(Exit::Failed)
        }
        ClientError::OtherVersion(_)
        | ClientError::Silent
        | ClientError::Gone
        | ClientError::Socket(_)
        | ClientError::Wire(_) => Err(error.into()),
    }
}

#[cfg(test)]
#[path = "cli/arguments_tests.rs"]
mod tests;
