//! What must be done: orders from the store, carried out exactly once by the driver or the desktop.

use crate::{
    action::{Outcome, Page, TypedKey},
    alert::{Alert, Silence, Subject},
    diagnosis::Diagnosis,
    errand::Errand,
    event::AskId,
    id::{PanelId, ServerId},
    settings::{KeyPlace, PanelSettings, PanelTrust, Settings},
};
use pterodactyl_client::{PowerSignal, Scope};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// An order.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// To the driver that talks to panels, keeps keys and writes the settings.
    Drive(Drive),
    /// To whoever asked.
    Reply {
        /// Who.
        ask: AskId,
        /// What became of it.
        outcome: Outcome,
    },
    /// To the desktop.
    Desktop(Desktop),
    /// To nobody but the log: something happened, and a person is not told.
    Hushed {
        /// What it was about.
        about: Subject,
        /// Why.
        why: Silence,
    },
}

/// Orders for the driver.
#[derive(Debug, Clone, PartialEq)]
pub enum Drive {
    /// Fetch a panel's key and watch the panel with it.
    LoadKey {
        /// The panel.
        panel: PanelSettings,
        /// Which attempt this is: an answer to an older one is not wanted any more.
        attempt: u64,
        /// Nobody is asked for a password.
        quietly: bool,
    },
    /// Watch these servers of a panel from now on.
    Watch {
        /// Which panel.
        panel: PanelId,
        /// What to watch.
        plan: Plan,
    },
    /// Stop watching a panel.
    Unwatch(PanelId),
    /// Ask a panel everything now.
    Refresh(PanelId),
    /// Ask a panel for its list soon: something surprising happened.
    Relist(PanelId),
    /// The computer slept: sockets and tokens are dead, and the panel has to prove that it answers.
    Woke(PanelId),
    /// Look at a server often for a while: a signal is under way.
    Follow(ServerId),
    /// Read a server's own page, for its permissions.
    View(ServerId),
    /// Read what people did to a server of late: it went down, and somebody may have stopped it.
    Log(ServerId),
    /// Send a power signal, once.
    Power {
        /// Who asked.
        ask: Option<AskId>,
        /// To which server.
        server: ServerId,
        /// Which signal.
        signal: PowerSignal,
    },
    /// Ask a panel for something about a server, once.
    Errand {
        /// Who asked.
        ask: Option<AskId>,
        /// About which server.
        server: ServerId,
        /// What.
        errand: Errand,
    },
    /// Somebody began to read along at a server's console: its last lines are wanted, and a socket
    /// that was given up is tried again.
    Console(ServerId),
    /// Try an address and key.
    Try {
        /// Who asked.
        ask: Option<AskId>,
        /// As typed.
        url: String,
        /// As typed.
        key: TypedKey,
        /// Whom to trust.
        trust: Option<PanelTrust>,
        /// The key may travel readable.
        unencrypted: bool,
    },
    /// Keep a tried key.
    KeepKey {
        /// Who asked.
        ask: Option<AskId>,
        /// The trial.
        trial: u64,
        /// The panel; its name may still be empty and its URL is the trial's.
        panel: PanelSettings,
    },
    /// Forget a panel's key in one place.
    ForgetKey {
        /// Who asked.
        ask: Option<AskId>,
        /// Whose.
        panel: PanelId,
        /// Where it is.
        place: KeyPlace,
    },
    /// Ask every panel how it is, for a report.
    Diagnose {
        /// Who asked.
        ask: Option<AskId>,
        /// The panels of the report, in its order.
        panels: Vec<PanelId>,
        /// The report as far as it is known.
        diagnosis: Box<Diagnosis>,
    },
    /// Ask the project which version is its newest.
    AskNewest,
    /// Write the settings file.
    Save(Box<Settings>),
}

/// What of a panel is to be watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Whose servers the list is asked for.
    pub scope: Scope,
    /// The shortest time between two looks at one server.
    pub every: Duration,
    /// How many servers the list has.
    pub listed: usize,
    /// The servers worth watching, by uuid: the list's, without the blocked ones.
    pub servers: BTreeMap<String, Watched>,
    /// Nodes that do not answer: their servers are tried one at a time, and no socket is opened there.
    pub silent_nodes: BTreeSet<String>,
}

/// One server to be watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The node it is on, by name.
    pub node: String,
    /// Its place among those that get a live socket, most wanted first; `None` for polling only.
    pub live: Option<u16>,
}

/// Orders for the desktop.
#[derive(Debug, Clone, PartialEq)]
pub enum Desktop {
    /// Tell a person.
    Alert(Alert),
    /// Say more in what was told, if it is still on the screen: it has the same number.
    Amend(Alert),
    /// Take back what was told.
    Withdraw(Subject),
    /// Put a text into the clipboard. Whoever asked is answered when it is there.
    Copy {
        /// Who asked.
        ask: Option<AskId>,
        /// The text.
        text: String,
    },
    /// Open an address in the browser. Whoever asked is answered when it is open.
    OpenUrl {
        /// Who asked.
        ask: Option<AskId>,
        /// The address.
        url: String,
    },
    /// Open the window, or bring it forward.
    Show(Page),
    /// End the program.
    Quit,
}
