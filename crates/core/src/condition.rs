//! What a server is doing, in one word: computed from facts by one function, first match wins.
//!
//! Never patched by transitions, and never decides what is said or done about it.

use serde::{Deserialize, Serialize};

/// The word for a server (design, section 4). The names are a contract: `status --json` prints them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Condition {
    /// Up.
    Running,
    /// Coming up; may last for ever when the egg's "done" pattern never matches.
    Starting,
    /// Going down.
    Stopping,
    /// Down, as wanted or as found.
    Offline,
    /// Went down and nobody here asked for it.
    Crashed,
    /// Stopping for more than 90 s.
    StillStopping,
    /// Suspended by an admin or by billing.
    Suspended,
    /// Its node is under maintenance.
    Maintenance,
    /// First install or reinstall is running.
    Installing,
    /// The install script failed.
    InstallFailed,
    /// A backup is being restored.
    Restoring,
    /// Being moved to another node.
    Transferring,
    /// The panel answers, the server's node does not.
    NodeUnreachable,
    /// Cannot tell: no answer yet, panel unreachable, stale, or a state nobody knows.
    Unknown,
}

/// What a condition counts as, for headlines, order and the tray icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Needs somebody.
    Problem,
    /// Cannot tell.
    Unknown,
    /// On its way up or down.
    Transition,
    /// Up.
    Up,
    /// Down, and that is fine.
    Down,
    /// Not usable now, and known why.
    Blocked,
}

impl Condition {
    /// Every condition, in the order of the design's table.
    pub const ALL: [Condition; 14] = [
        Condition::Running,
        Condition::Starting,
        Condition::Stopping,
        Condition::Offline,
        Condition::Crashed,
        Condition::StillStopping,
        Condition::Suspended,
        Condition::Maintenance,
        Condition::Installing,
        Condition::InstallFailed,
        Condition::Restoring,
        Condition::Transferring,
        Condition::NodeUnreachable,
        Condition::Unknown,
    ];

    /// The name used in JSON, in icon files and in translation keys (with `_`).
    pub fn name(self) -> &'static str {
        match self {
            Condition::Running => "running",
            Condition::Starting => "starting",
            Condition::Stopping => "stopping",
            Condition::Offline => "offline",
            Condition::Crashed => "crashed",
            Condition::StillStopping => "still_stopping",
            Condition::Suspended => "suspended",
            Condition::Maintenance => "maintenance",
            Condition::Installing => "installing",
            Condition::InstallFailed => "install_failed",
            Condition::Restoring => "restoring",
            Condition::Transferring => "transferring",
            Condition::NodeUnreachable => "node_unreachable",
            Condition::Unknown => "unknown",
        }
    }

    /// One character that says the same without colour.
    pub fn glyph(self) -> &'static str {
        match self {
            Condition::Running => "●",
            Condition::Starting | Condition::Stopping => "◐",
            Condition::Offline => "○",
            Condition::Crashed | Condition::StillStopping | Condition::InstallFailed => "▲",
            Condition::Suspended | Condition::Maintenance => "⏸",
            Condition::Installing | Condition::Restoring | Condition::Transferring => "↻",
            Condition::NodeUnreachable | Condition::Unknown => "?",
        }
    }

    /// Where it stands in a list: problems first, then what runs, then the rest.
    pub fn rank(self) -> u8 {
        match self.standing() {
            Standing::Problem => 0,
            Standing::Up | Standing::Transition => 1,
            Standing::Unknown | Standing::Down | Standing::Blocked => 2,
        }
    }

    /// What it counts as.
    pub fn standing(self) -> Standing {
        match self {
            Condition::Running => Standing::Up,
            Condition::Starting | Condition::Stopping => Standing::Transition,
            Condition::Offline => Standing::Down,
            Condition::Crashed | Condition::StillStopping | Condition::InstallFailed => {
                Standing::Problem
            }
            Condition::Suspended
            | Condition::Maintenance
            | Condition::Installing
            | Condition::Restoring
            | Condition::Transferring => Standing::Blocked,
            Condition::NodeUnreachable | Condition::Unknown => Standing::Unknown,
        }
    }
}

/// What the list says that makes a server unusable (API reference: server `status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// `suspended`.
    Suspended,
    /// The node is under maintenance.
    Maintenance,
    /// A transfer is running.
    Transferring,
    /// `installing`.
    Installing,
    /// `install_failed`.
    InstallFailed,
    /// `restoring_backup`.
    Restoring,
    /// A status this version does not know.
    Other,
}

/// The power state that counts now, if it is fresh enough to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// `running`.
    Running,
    /// `starting`.
    Starting,
    /// `stopping`, and whether that has lasted too long.
    Stopping {
        /// More than 90 s.
        hangs: bool,
    },
    /// `offline`, and whether it got there unasked.
    Offline {
        /// Nobody here asked and no `stopping` was seen.
        unasked: bool,
    },
}

/// Everything the word depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The panel answers and takes the key.
    pub panel_answers: bool,
    /// What the list says.
    pub block: Option<Block>,
    /// The panel says that it cannot reach the server's node.
    pub node_unreachable: bool,
    /// The last believable power state; `None` when there is none.
    pub power: Option<Power>,
}

/// The one place where facts become a word (API reference, 14.4).
pub fn condition(facts: Facts) -> Condition {
    if !facts.panel_answers {
        return Condition::Unknown;
    }
    if let Some(block) = facts.block {
        return match block {
            Block::Suspended => Condition::Suspended,
            Block::Maintenance => Condition::Maintenance,
            Block::Transferring => Condition::Transferring,
            Block::Installing => Condition::Installing,
            Block::InstallFailed => Condition::InstallFailed,
            Block::Restoring => Condition::Restoring,
            Block::Other => Condition::Unknown,
        };
    }
    if facts.node_unreachable {
        return Condition::NodeUnreachable;
    }
    match facts.power {
        None => Condition::Unknown,
        Some(Power::Running) => Condition::Running,
        Some(Power::Starting) => Condition::Starting,
        Some(Power::Stopping { hangs: false }) => Condition::Stopping,
        Some(Power::Stopping { hangs: true }) => Condition::StillStopping,
        Some(Power::Offline { unasked: false }) => Condition::Offline,
        Some(Power::Offline { unasked: true }) => Condition::Crashed,
    }
}
