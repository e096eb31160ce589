//! What of the report only the running program can tell: the desktop around it, the keyring, the log.
//!
//! Filled in by the program; has no field for a name, a host or a key.

use serde::{Deserialize, Serialize};

/// What is around the program on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surroundings {
    /// What there is of a desktop.
    pub desktop: DesktopFindings,
    /// It starts at login.
    pub start_at_login: bool,
    /// A panel is given by the environment.
    pub environment: bool,
    /// The folder of the log files, with `~` for the home folder.
    pub logs: String,
    /// The level of the log.
    pub log_level: String,
}

/// What there is of a desktop, in words ([`found`]); they are not part of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesktopFindings {
    /// Whether somebody shows tray icons.
    pub tray: String,
    /// The notification server and what it can do.
    pub notifications: String,
    /// Whether the keyring can be asked.
    pub keyring: String,
}

/// The words for it; each has its sentence in every language. What a notification server says of itself is besides.
pub mod found {
    /// Nothing came in time.
    pub const SILENT: &str = "does not answer";
    /// Windows and macOS bring their own.
    pub const OF_SYSTEM: &str = "of the system";
    /// Nobody can be asked for anything.
    pub const NO_BUS: &str = "no session bus";
    /// Icons are shown.
    pub const HOST: &str = "there is a host";
    /// Icons are taken and not shown.
    pub const NO_HOST: &str = "a watcher, but no host that shows icons";
    /// Icons are not even taken.
    pub const NO_WATCHER: &str = "nobody shows tray icons";
    /// Nobody shows notifications.
    pub const NO_SERVER: &str = "there is no server";
    /// The keyring works.
    pub const ANSWERS: &str = "answers";
    /// No keyring.
    pub const NONE: &str = "there is none";
    /// A keyring that nobody has unlocked.
    pub const LOCKED: &str = "locked";
    /// A keyring that says no.
    pub const FAILS: &str = "fails";
    /// A folder that might name somebody.
    pub const ELSEWHERE: &str = "in the profile that was named";
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [&str; 12] = [
        SILENT, OF_SYSTEM, NO_BUS, HOST, NO_HOST, NO_WATCHER, NO_SERVER, ANSWERS, NONE, LOCKED,
        FAILS, ELSEWHERE,
    ];
}
