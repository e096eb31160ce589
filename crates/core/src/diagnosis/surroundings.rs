//! What of the report only the running program can tell: the desktop around it, the keyring, the log.
//!
//! Filled in by the program; has no field for a name, a host or a key.

use serde::{Deserialize, Serialize};
use std::fmt::{self, Display, Formatter};

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

/// What there is of a desktop, in words; they are not part of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesktopFindings {
    /// Whether somebody shows tray icons.
    pub tray: String,
    /// The notification server and what it can do.
    pub notifications: String,
    /// Whether the keyring can be asked.
    pub keyring: String,
}

impl Display for Surroundings {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let yes_or_no = |yes| if yes { "yes" } else { "no" };
        writeln!(f, "\nTray: {}", self.desktop.tray)?;
        writeln!(f, "Notifications: {}", self.desktop.notifications)?;
        writeln!(f, "Keyring: {}", self.desktop.keyring)?;
        writeln!(f, "Starts at login: {}", yes_or_no(self.start_at_login))?;
        writeln!(
            f,
            "Panel in the environment: {}",
            yes_or_no(self.environment)
        )?;
        writeln!(f, "Log: {} (level {})", self.logs, self.log_level)
    }
}
