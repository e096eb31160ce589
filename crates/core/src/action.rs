//! What a person asked for: one value for menu, window, notification button and command line.
//!
//! Wishes only; whether and how they come true is the store's business.

use crate::{
    diagnosis::Diagnosis,
    errand::{BackupView, Deed, Errand, ScheduleView},
    history::Sparklines,
    id::{PanelId, ServerId},
    problem::{Problem, ProblemKind},
    project::ProjectPage,
    settings::{AlertRule, KeyPlace, PanelTrust, PauseLength, SettingsChange},
};
use pterodactyl_client::PowerSignal;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

/// A wish.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Action {
    /// Send a power signal.
    Power {
        /// To which server.
        server: ServerId,
        /// Which signal.
        #[cfg_attr(test, ts(type = "'start' | 'stop' | 'restart' | 'kill'"))]
        signal: PowerSignal,
    },
    /// Bring a server back that an alert said was down; does nothing but say so when it is up.
    BringBack {
        /// Which server.
        server: ServerId,
    },
    /// Do what the button of an alert offers, if that still makes sense; else say that it does not.
    Answer {
        /// The alert's number.
        alert: u64,
        /// The server it is about.
        server: ServerId,
        /// The server's name, to say it even when both are gone.
        name: String,
    },
    /// Somebody answered this alert's notification, and so has read it.
    AlertRead {
        /// The alert's number.
        alert: u64,
    },
    /// Choose what is told of a server.
    SetAlertRule {
        /// Which server.
        server: ServerId,
        /// `None` follows the rule for all servers.
        rule: Option<AlertRule>,
    },
    /// Show no alerts for a while; one summary comes at the end.
    PauseAlerts {
        /// For how long.
        length: PauseLength,
    },
    /// End the pause now.
    ResumeAlerts,
    /// Somebody looked at the kept alerts.
    AlertsSeen {
        /// The number of the newest one that was there to be seen.
        newest: u64,
    },
    /// Ask every panel now.
    Refresh,
    /// Open a server's page on its panel in the browser.
    OpenInPanel {
        /// Which server.
        server: ServerId,
    },
    /// Open one of the project's own pages in the browser.
    OpenProject {
        /// Which.
        page: ProjectPage,
    },
    /// Show and watch a server before the others, or no longer.
    Pin {
        /// Which server.
        server: ServerId,
        /// Whether it is to be pinned.
        pinned: bool,
    },
    /// Hide a server from lists and counts, or no longer. A hidden one is not pinned.
    Hide {
        /// Which server.
        server: ServerId,
        /// Whether it is to be hidden.
        hidden: bool,
    },
    /// Change places with the pinned server of the same panel that stands next to it.
    MovePin {
        /// Which server.
        server: ServerId,
        /// Towards the first place.
        up: bool,
    },
    /// The last half hour of every server. Answered with it.
    Sparklines,
    /// A report about this program for whoever helps with it. Answered with the text.
    Diagnose,
    /// Put the address that players use into the clipboard.
    CopyAddress {
        /// Of which server.
        server: ServerId,
    },
    /// Open the window, or bring it forward, at a page.
    Show {
        /// Which page.
        page: Page,
    },
    /// Try an address and a key without keeping them. Answered with what was found.
    TryPanel {
        /// As typed or pasted.
        url: String,
        /// As typed or pasted.
        key: TypedKey,
        /// Whom to trust besides the system's authorities, for this panel only.
        #[serde(default)]
        #[cfg_attr(test, ts(optional))]
        trust: Option<PanelTrust>,
        /// Plain http into the open is meant, though the key travels readable there.
        #[serde(default)]
        unencrypted: bool,
    },
    /// Keep what was tried: as a new panel, or as the new key of one that is there.
    KeepPanel {
        /// The number from [`Outcome::Found`].
        trial: u64,
        /// What to call it; empty takes the host's name.
        name: String,
        /// Where to keep its key.
        place: KeyPlace,
        /// The panel whose address and key are replaced.
        replaces: Option<PanelId>,
        /// Root admins only: servers of other people too. `None` leaves it as it is.
        #[serde(default)]
        #[cfg_attr(test, ts(optional))]
        show_others: Option<bool>,
    },
    /// Forget a panel: its key, its settings, its history.
    RemovePanel {
        /// Which.
        panel: PanelId,
    },
    /// The same in five seconds, unless it is taken back.
    PartWithPanel {
        /// Which.
        panel: PanelId,
    },
    /// Keep a panel that was to be forgotten.
    TakeBackPanel {
        /// Which.
        panel: PanelId,
    },
    /// Forget a panel's key but keep the panel.
    ForgetKey {
        /// Whose.
        panel: PanelId,
    },
    /// Call a panel something else, show other people's servers too, or trust no certificate of
    /// its own any more.
    ChangePanel {
        /// Which.
        panel: PanelId,
        /// New name.
        name: Option<String>,
        /// Root admins only: servers of other people too.
        show_others: Option<bool>,
        /// Only the system's authorities are trusted from now on.
        #[serde(default)]
        distrust: bool,
    },
    /// Change settings.
    ChangeSettings {
        /// What to change.
        change: SettingsChange,
    },
    /// Ask a panel for something about one server, or have it done.
    Errand {
        /// Which server.
        server: ServerId,
        /// What.
        errand: Errand,
    },
    /// A notice was read and may go.
    DismissNotice {
        /// What it is about.
        notice: ProblemKind,
    },
    /// End the agent.
    Quit,
}

/// A page of the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Page {
    /// All servers, or the welcome when no panel is set up.
    Servers,
    /// One server.
    Server {
        /// Which.
        server: ServerId,
    },
    /// The same, with its console in view.
    Console {
        /// Whose.
        server: ServerId,
    },
    /// All servers, with one brought to the eye and a signal that is to be confirmed first.
    Confirm {
        /// Which server.
        server: ServerId,
        /// Which signal.
        #[cfg_attr(test, ts(type = "'start' | 'stop' | 'restart' | 'kill'"))]
        signal: PowerSignal,
    },
    /// The last alerts.
    Alerts,
    /// Add a panel, or give one a new key.
    Welcome {
        /// The panel that needs a new key.
        panel: Option<PanelId>,
    },
    /// The settings.
    Settings,
}

/// A key on its way from the form to the agent. Shows nothing of itself.
#[derive(Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, type = "string"))]
pub struct TypedKey(pub SecretString);

impl std::fmt::Debug for TypedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TypedKey(…)")
    }
}

impl PartialEq for TypedKey {
    fn eq(&self, other: &TypedKey) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

/// The one way a key is written down: onto the agent's own socket, on its way in.
impl Serialize for TypedKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}

/// What became of a wish, for the one who asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Outcome {
    /// It is done, or, for a power signal, the panel took it.
    Done,
    /// The panel was tried and is good.
    Found {
        /// Number to keep it by.
        trial: u64,
        /// What was found.
        found: Found,
    },
    /// A server's backups, newest first.
    Backups {
        /// At most 100.
        backups: Vec<BackupView>,
    },
    /// A server's schedules.
    Schedules {
        /// At most 100.
        schedules: Vec<ScheduleView>,
    },
    /// What people did with a server, newest first.
    Activity {
        /// At most 100.
        deeds: Vec<Deed>,
    },
    /// The last half hour.
    Sparklines {
        /// Of every server.
        sparklines: Sparklines,
    },
    /// What was found out about this program. Names no server, panel, host or key.
    Report {
        /// Some lines in the language that is spoken; the program fills them in.
        text: String,
        /// The same as values, for the command line.
        #[cfg_attr(test, ts(skip))]
        diagnosis: Box<Diagnosis>,
    },
    /// The panel was tried, and shows a certificate that is not trusted. A person who compared the
    /// fingerprint may try again with [`PanelTrust::Certificate`].
    Untrusted {
        /// What is wrong with the certificate.
        problem: Problem,
        /// Its SHA-256, as browsers show it.
        sha256: String,
    },
    /// It is not done.
    Failed {
        /// Why.
        problem: Problem,
    },
}

/// What a good address and key lead to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Found {
    /// The base URL that was understood and, after a redirect, adopted.
    pub url: String,
    /// Who the key belongs to.
    pub username: String,
    /// Root admins may see the servers of others.
    pub admin: bool,
    /// The servers' names, made safe to show; at most 50.
    pub servers: Vec<String>,
    /// How many servers there are.
    pub server_count: usize,
    /// The address is plain http on a public host: the key travels readable.
    pub unencrypted: bool,
}
