//! What may be written on `pterotray`'s command line: one description for the program, its manual page and the
//! shells' completions.
//!
//! Reads no environment and does nothing. The program itself carries neither manual nor completions, and shows its help in
//! the language of whoever asks: the words here are the English of the manual, and stand in `locales` once more.

mod panel;
mod servers;

use clap::{Parser, Subcommand, ValueEnum};
pub use panel::{Add, KeptIn, PanelCommand, Remove};
pub use servers::Servers;
use std::{path::PathBuf, time::Duration};

const AFTER: &str = "\
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no such server (or several), 4 panel unreachable,
5 key refused, 6 refused by the panel (permission, or the server is busy).

Environment: PTEROTRAY_URL and PTEROTRAY_API_KEY give a panel without any set-up, PTEROTRAY_CA or
PTEROTRAY_FINGERPRINT whom to trust for it, PTEROTRAY_PROFILE a profile folder, PTEROTRAY_LOG the log's level, NO_COLOR text without colour.";

/// Pterodactyl and Pelican game servers in the system tray
///
/// Without a command: shows the tray icon and keeps watch until it is told to quit.
/// Started a second time, it brings up the window of the first.
#[derive(Debug, Parser)]
#[command(name = "pterotray", version, after_help = AFTER)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Show no window at the start, as when started at login
    #[arg(long)]
    pub hidden: bool,
    /// Keep settings, logs and socket in this folder [env: PTEROTRAY_PROFILE]
    #[arg(long, global = true, value_name = "DIR")]
    pub profile: Option<PathBuf>,
    /// For tests against a fake panel: the shortest time between two looks at one server, in
    /// milliseconds. Real panels tell nothing new within 20 seconds
    #[arg(long, global = true, hide = true, value_name = "N",
        value_parser = clap::value_parser!(u32).range(50..))]
    shortest_poll_ms: Option<u32>,
}

impl Arguments {
    /// The shortest time between two looks, when a test asks for another one.
    #[must_use]
    pub fn shortest_poll(&self) -> Option<Duration> {
        self.shortest_poll_ms
            .map(|ms| Duration::from_millis(u64::from(ms)))
    }
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show how all servers are
    Status {
        /// Print one JSON object for programs
        #[arg(long)]
        json: bool,
        /// Only this panel
        #[arg(long, value_name = "NAME")]
        panel: Option<String>,
    },
    /// Tell every change as it happens, one line each, until stopped with Ctrl-C
    Watch {
        /// Print one JSON object a line for programs
        #[arg(long)]
        json: bool,
        /// Only this panel
        #[arg(long, value_name = "NAME")]
        panel: Option<String>,
    },
    /// Read along at a server's console, and send it what you type, until stopped with Ctrl-C
    Console {
        /// The server: name, beginning of a name, short id or uuid
        #[arg(value_name = "SERVER")]
        server: String,
        /// Print one JSON object a line for programs
        #[arg(long)]
        json: bool,
        /// Only a server of this panel
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
        /// Which.
        #[command(flatten)]
        servers: Servers,
        /// Do not ask whether this is meant
        #[arg(long, short)]
        yes: bool,
    },
    /// Add, list and remove panels
    #[command(subcommand)]
    Panel(PanelCommand),
    /// Bring up the window; starts Pterotray for it where none runs and there is a display
    Show {
        /// The server to show: name, beginning of a name, short id or uuid
        #[arg(value_name = "SERVER", conflicts_with = "page")]
        server: Option<String>,
        /// The page to show
        #[arg(long, value_enum, default_value_t = PageName::Servers)]
        page: PageName,
        /// Only a server of this panel
        #[arg(long, value_name = "NAME", requires = "server")]
        panel: Option<String>,
    },
    /// Find out what works and what does not; names no host, server or key
    Doctor {
        /// Print one JSON object for programs
        #[arg(long)]
        json: bool,
        /// Name panels, hosts and folders, too
        #[arg(long)]
        addresses: bool,
    },
    /// Remove everything that Pterotray keeps: panels, keys, settings, logs, the start at login
    Reset {
        /// Do not ask whether this is meant
        #[arg(long, short)]
        yes: bool,
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

/// A page by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PageName {
    /// All servers
    Servers,
    /// The settings
    Settings,
    /// Add a panel
    Welcome,
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::{CommandFactory as _, Parser as _};

    #[test]
    fn the_description_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_key_is_never_an_argument() {
        for wrong in [
            &["pterotray", "panel", "add", "https://a.example", "ptlc_key"][..],
            &[
                "pterotray",
                "panel",
                "add",
                "https://a.example",
                "--key",
                "ptlc_key",
            ],
        ] {
            assert!(Arguments::try_parse_from(wrong).is_err(), "{wrong:?}");
        }
    }
}
