//! What is worth telling a person who looks elsewhere, before it is put into words.
//!
//! Plain values; the store decides on them, `notification` words them.

use crate::{
    id::{PanelId, ServerId},
    problem::Problem,
};
use pterodactyl_client::{PowerSignal, live::Crash};
use std::time::Duration;

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Alerts with the same subject replace each other.
    pub about: Subject,
    /// The subject's name, made safe to show.
    pub name: String,
    /// What happened.
    pub news: News,
}

/// What an alert is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A server.
    Server(ServerId),
    /// A panel.
    Panel(PanelId),
    /// The program itself.
    Program,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// It was up and is down; nobody here asked, nothing tells why.
    WentDown {
        /// What its node reported of it, if it did.
        crash: Option<Crash>,
    },
    /// It crashed and its node is restarting it.
    CrashedRestarting {
        /// What its node reported of it, if it did.
        crash: Option<Crash>,
    },
    /// It was seen stopping; nobody here asked.
    WasStopped,
    /// It is up again after an alert.
    CameBack {
        /// How long it was seen down.
        after: Duration,
    },
    /// What changed on a panel while nobody could look: asleep, or without a network.
    Meanwhile {
        /// Names of servers that went down.
        down: Vec<String>,
        /// Names of servers that came up.
        up: Vec<String>,
    },
    /// A signal sent from here was refused.
    ActionFailed {
        /// Which signal.
        signal: PowerSignal,
        /// What the panel says.
        problem: Problem,
    },
    /// A signal sent from here was taken but nothing came of it in time.
    ActionUnseen {
        /// Which signal.
        signal: PowerSignal,
    },
    /// Somebody pressed a button of an alert about a server that is up again.
    AlreadyUp,
    /// The panel stopped taking the key.
    KeyRefused {
        /// Why.
        problem: Problem,
    },
    /// Something of this computer's side is missing or broken.
    Notice {
        /// What.
        problem: Problem,
    },
}
