//! What happened, in the past tense: the only thing the store ever hears.

use crate::{
    action::{Action, Found, Outcome},
    alert::Actor,
    diagnosis::Diagnosis,
    id::{PanelId, ServerId},
    problem::{Problem, ProblemKind},
    settings::{PanelSettings, Settings},
    time::Now,
};
use pterodactyl_client::{
    Error, Permissions, PowerSignal, PowerState, Resources, Server, ServerView,
    live::{CrashLine, Why},
};
use std::time::Duration;

/// Number of a question that somebody waits to have answered.
pub type AskId = u64;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The program started with these settings.
    Started {
        /// As loaded.
        settings: Box<Settings>,
        /// A panel given by the environment instead of the settings.
        environment: Option<PanelSettings>,
        /// What was wrong on the way, such as a broken settings file.
        problems: Vec<Problem>,
    },
    /// A person asked for something.
    Asked {
        /// Set when somebody waits for the outcome.
        ask: Option<AskId>,
        /// What they asked for.
        action: Action,
    },
    /// A panel's key is at hand.
    KeyLoaded {
        /// Whose.
        panel: PanelId,
        /// Its last four characters.
        tail: String,
    },
    /// A panel's key could not be had.
    KeyMissing {
        /// Whose.
        panel: PanelId,
        /// Which attempt to fetch it.
        attempt: u64,
        /// Why.
        problem: Problem,
    },
    /// Whoever keeps a panel's key has not answered yet. The answer is still waited for.
    KeySilent {
        /// Whose.
        panel: PanelId,
        /// Which attempt to fetch it.
        attempt: u64,
    },
    /// Whoever watched a panel broke down a while ago.
    WatchBroke {
        /// Whose.
        panel: PanelId,
    },
    /// An address and key were tried and are good; the driver holds them under `trial`.
    Found {
        /// Who asked.
        ask: Option<AskId>,
        /// Number of the trial.
        trial: u64,
        /// What was found.
        found: Found,
    },
    /// An address and key were tried and are not.
    TrialFailed {
        /// Who asked.
        ask: Option<AskId>,
        /// Why.
        problem: Problem,
        /// The fingerprint of a certificate that a person might decide to trust.
        certificate: Option<String>,
    },
    /// A tried key is kept where it was asked to be, and was read back.
    KeyKept {
        /// Who asked.
        ask: Option<AskId>,
        /// The panel as it is to stand in the settings.
        panel: PanelSettings,
    },
    /// A tried key could not be kept.
    KeyNotKept {
        /// Who asked.
        ask: Option<AskId>,
        /// Why.
        problem: Problem,
    },
    /// A key is forgotten, or could not be.
    KeyForgotten {
        /// Who asked.
        ask: Option<AskId>,
        /// Why it is still there.
        problem: Option<Problem>,
    },
    /// Clipboard or browser did what was wanted of them, or did not.
    DesktopDid {
        /// Who asked.
        ask: Option<AskId>,
        /// What is to be said if they did not.
        kind: ProblemKind,
        /// Whether they did.
        done: bool,
    },
    /// A report is complete.
    Diagnosed {
        /// Who asked.
        ask: Option<AskId>,
        /// The report.
        diagnosis: Box<Diagnosis>,
    },
    /// A complete list of a panel's servers came.
    Listed {
        /// Whose.
        panel: PanelId,
        /// All of them.
        servers: Vec<Server>,
    },
    /// The time between two looks at one server of a panel changed: settings, or the panel's limit.
    Paced {
        /// Whose.
        panel: PanelId,
        /// The time between two looks.
        every: Duration,
    },
    /// The list did not come, or not whole.
    ListFailed {
        /// Whose.
        panel: PanelId,
        /// Why.
        error: Error,
    },
    /// A server's resources were read.
    ResourcesRead {
        /// Whose.
        server: ServerId,
        /// When it was asked for. The panel's answer may be 20 s older still (API reference, 4).
        asked: Now,
        /// What was read.
        resources: Resources,
    },
    /// A server's resources could not be read.
    ResourcesFailed {
        /// Whose.
        server: ServerId,
        /// Why.
        error: Error,
    },
    /// A server's node told something over its live socket.
    Live {
        /// Whose.
        server: ServerId,
        /// What.
        news: LiveNews,
    },
    /// A server's own page of the API was read.
    Viewed {
        /// Whose.
        server: ServerId,
        /// What it says, permissions included.
        view: Box<ServerView>,
    },
    /// A token for a server's live socket says what is permitted.
    Permitted {
        /// On which.
        server: ServerId,
        /// All of it.
        permissions: Permissions,
    },
    /// A server's own page of the API could not be read.
    NotViewed {
        /// Whose.
        server: ServerId,
    },
    /// The newest power signals of a server's activity log, newest first. Empty when it could not
    /// be read.
    Logged {
        /// Whose.
        server: ServerId,
        /// What people did.
        entries: Vec<Logged>,
    },
    /// The panel took a power signal.
    PowerTaken {
        /// Who asked.
        ask: Option<AskId>,
        /// Whose.
        server: ServerId,
        /// Which.
        signal: PowerSignal,
    },
    /// The panel did not take a power signal.
    PowerRefused {
        /// Who asked.
        ask: Option<AskId>,
        /// Whose.
        server: ServerId,
        /// Which.
        signal: PowerSignal,
        /// Why.
        error: Error,
    },
    /// A panel answered what a person asked of it, beside power.
    ErrandDone {
        /// Who asked.
        ask: Option<AskId>,
        /// About which server.
        server: ServerId,
        /// What came of it.
        came: Result<Outcome, Error>,
    },
    /// Somebody began to read along at a server's console.
    ConsoleOpened {
        /// Whose.
        server: ServerId,
    },
    /// One who read along left.
    ConsoleClosed {
        /// Whose.
        server: ServerId,
    },
    /// The project's newest version is known.
    Newest(String),
    /// Something of this computer's side broke, or is missing.
    Noticed(Problem),
    /// Something of this computer's side is there again; notices of this kind go.
    Mended(crate::problem::ProblemKind),
    /// A deadline that the store named has come.
    TimeReached,
    /// The system says that the computer woke up.
    Woke,
}

/// A power signal that the panel wrote down. Signals of schedules are not among them, and those of
/// a browser come up to a minute late (API reference, 16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Milliseconds since 1970, by the panel's clock.
    pub at_ms: i64,
    /// Which signal.
    pub signal: PowerSignal,
    /// Who sent it; `None` when the panel does not say.
    pub actor: Option<Actor>,
}

/// What a live socket tells of its server (API reference, 7.5).
#[derive(Debug, Clone, PartialEq)]
pub enum LiveNews {
    /// The node let us in: from now on it tells every change at once, until [`LiveNews::Closed`].
    Opened,
    /// The power state, after [`LiveNews::Opened`] and at once on every change.
    State(PowerState),
    /// The power state and what the server uses, about once a second while it runs.
    Stats(Resources),
    /// A line of the node's crash report.
    Crash(CrashLine),
    /// An installation, restore or transfer began or ended, or the server is gone: the list knows more.
    Unsettled,
    /// Nothing comes any more. Told once for every attempt, also for one that never opened.
    Closed {
        /// Why.
        why: Why,
        /// It comes back within seconds, so nothing is doubted yet.
        brief: bool,
    },
}
