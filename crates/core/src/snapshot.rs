//! What may be shown: one immutable picture of everything, drawn by every surface.
//!
//! Holds no sentence (surfaces put conditions and problems into words) and never a key.

use crate::{
    alert::KeptAlert,
    condition::Condition,
    history::Cause,
    id::{PanelId, ServerId},
    paths::Paths,
    problem::{Problem, ProblemKind},
    settings::{AlertRule, KeyPlace, Settings},
};
use pterodactyl_client::PowerSignal;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Everything shown, at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Snapshot {
    /// Milliseconds since 1970 when it was made; ages count from here.
    pub at_ms: i64,
    /// The one state of the tray icon.
    pub aggregate: Aggregate,
    /// The panels, in the order of the settings.
    pub panels: Vec<PanelView>,
    /// The settings as they are.
    pub settings: Settings,
    /// What is wrong with this computer's side: settings file, tray, keyring.
    pub notices: Vec<Problem>,
    /// The last alerts, newest first; at most 50. Lost when the agent ends.
    pub alerts: Arc<Vec<KeptAlert>>,
    /// How many of them nobody has looked at.
    pub unread_alerts: u32,
    /// Panels that were removed a moment ago and may still be taken back.
    pub leaving: Vec<LeavingPanel>,
    /// This is the demo, with invented servers.
    pub demo: bool,
    /// This installation can look for newer versions, if a person wants it.
    #[serde(default)]
    pub offers_new_versions: bool,
    /// Where the program keeps what it knows.
    #[serde(default)]
    pub places: Places,
    /// The program's version.
    pub version: String,
}

/// Where things are on this computer, for somebody who looks for them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Places {
    /// The settings file.
    pub settings: String,
    /// The folder of the log files.
    pub logs: String,
}

impl From<&Paths> for Places {
    fn from(paths: &Paths) -> Places {
        Places {
            settings: paths.settings().display().to_string(),
            logs: paths.logs().display().to_string(),
        }
    }
}

/// The tray icon's states; the worst wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Aggregate {
    /// A key is refused or missing, or nothing is set up.
    NeedsYou,
    /// A server crashed, hangs or failed to install.
    Problem,
    /// A panel or a node does not answer.
    Unreachable,
    /// Something is starting or stopping.
    Transition,
    /// Something runs, and nothing is wrong.
    AllFine,
    /// Nothing runs, and nothing is wrong.
    NothingRunning,
    /// No panel has answered yet.
    Connecting,
}

impl Aggregate {
    /// Every state, worst first.
    pub const ALL: [Aggregate; 7] = [
        Aggregate::NeedsYou,
        Aggregate::Problem,
        Aggregate::Unreachable,
        Aggregate::Transition,
        Aggregate::AllFine,
        Aggregate::NothingRunning,
        Aggregate::Connecting,
    ];

    /// The name used in JSON, icon files and translation keys.
    pub fn name(self) -> &'static str {
        match self {
            Aggregate::NeedsYou => "needs_you",
            Aggregate::Problem => "problem",
            Aggregate::Unreachable => "unreachable",
            Aggregate::Transition => "transition",
            Aggregate::AllFine => "all_fine",
            Aggregate::NothingRunning => "nothing_running",
            Aggregate::Connecting => "connecting",
        }
    }
}

/// One panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PanelView {
    /// Which.
    pub id: PanelId,
    /// What the person calls it.
    pub name: String,
    /// Base URL.
    pub url: String,
    /// What is known of its key.
    pub key: KeyView,
    /// The first list has not come yet.
    pub connecting: bool,
    /// Why nothing new comes from it.
    pub problem: Option<Problem>,
    /// Its servers: problems first, then running, then the rest, each by name.
    pub servers: Vec<ServerView>,
}

/// A panel that is removed unless it is taken back in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LeavingPanel {
    /// Which.
    pub id: PanelId,
    /// What the person called it.
    pub name: String,
}

/// A key as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct KeyView {
    /// There is one.
    pub set: bool,
    /// Its last four characters; empty when there is none.
    pub ends_in: String,
    /// Where it is kept.
    pub place: KeyPlace,
}

/// One server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ServerView {
    /// Which.
    pub id: ServerId,
    /// The panel's short id, as delivered.
    pub identifier: String,
    /// Name, made safe to show.
    pub name: String,
    /// Display name of its node.
    pub node: String,
    /// `host:port` that players use, if it has one.
    pub address: Option<String>,
    /// The word for it.
    pub condition: Condition,
    /// Why it is down, where it is and that is known.
    pub cause: Option<Cause>,
    /// Why its condition is not known, or what went wrong with it.
    pub problem: Option<Problem>,
    /// Milliseconds since 1970 when it came to be so; `None` when nobody saw that.
    pub since_ms: Option<i64>,
    /// Milliseconds since 1970 of the newest reading; `None` before the first.
    pub read_at_ms: Option<i64>,
    /// Where the newest reading came from.
    pub source: Option<Source>,
    /// How its live socket fares.
    pub live: LiveView,
    /// What it uses; `None` when not known.
    pub resources: Option<ResourcesView>,
    /// What it may use.
    pub limits: LimitsView,
    /// Which signals are possible now: by condition, permission and settings.
    pub can: Can,
    /// What else this user may do with it.
    #[serde(default)]
    pub may: May,
    /// A signal that is under way.
    pub pending: Option<Pending>,
    /// Its own rule for alerts; `None` follows the one of the settings.
    pub alert_rule: Option<AlertRule>,
    /// Its page on the panel.
    pub panel_page: String,
    /// A person hid it: it is neither listed nor counted unless looked for.
    pub hidden: bool,
}

/// Where knowledge of a server came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Source {
    /// Its node's live socket.
    Live,
    /// The panel, asked for this server.
    Poll,
    /// The panel's list of servers.
    List,
}

/// How a server's live socket fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum LiveView {
    /// It has none: not wanted, not permitted, or no place left.
    Off,
    /// It is on its way.
    Connecting,
    /// The node tells every change at once.
    Live,
    /// It does not come about; the server is polled.
    Failed {
        /// Why, in English, cleaned.
        why: String,
    },
}

/// What a server uses (API reference, 4).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ResourcesView {
    /// Percent, 100 is one core.
    pub cpu_percent: f64,
    /// Bytes.
    pub memory_bytes: u64,
    /// Bytes.
    pub disk_bytes: u64,
    /// Milliseconds since the container started; 0 when offline.
    pub uptime_ms: u64,
    /// Bytes since the container started.
    pub network_rx_bytes: u64,
    /// Bytes since the container started.
    pub network_tx_bytes: u64,
}

/// What a server may use; 0 is unlimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LimitsView {
    /// Percent, 100 is one core.
    pub cpu_percent: i64,
    /// MiB.
    pub memory_mib: i64,
    /// MiB.
    pub disk_mib: i64,
}

/// Which signals are possible now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Can {
    /// Start.
    pub start: bool,
    /// Stop.
    pub stop: bool,
    /// Restart.
    pub restart: bool,
    /// Kill: only when the setting allows it or a stop hangs.
    pub kill: bool,
}

impl Can {
    /// Whether `signal` is possible.
    pub fn allows(self, signal: PowerSignal) -> bool {
        match signal {
            PowerSignal::Start => self.start,
            PowerSignal::Stop => self.stop,
            PowerSignal::Restart => self.restart,
            PowerSignal::Kill => self.kill,
        }
    }
}

/// What a user may do with a server beside power; all of it while that is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a permission of its own"
)]
pub struct May {
    /// Read along at its console.
    pub console: bool,
    /// Send lines to its console.
    pub command: bool,
    /// See its backups.
    pub backups: bool,
    /// Have a backup made.
    pub make_backup: bool,
    /// See its schedules.
    pub schedules: bool,
    /// Run a schedule.
    pub run_schedule: bool,
    /// See what people did with it.
    pub activity: bool,
}

/// A signal under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Pending {
    /// Which.
    #[cfg_attr(test, ts(type = "'start' | 'stop' | 'restart' | 'kill'"))]
    pub signal: PowerSignal,
    /// How far it is.
    pub phase: Phase,
}

/// How far a signal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Phase {
    /// Asked for here; the panel has not answered.
    Asked,
    /// The panel took it; the server has not shown it yet.
    Accepted,
    /// The panel took it and the server should have shown it by now.
    Overdue,
}

impl PanelView {
    /// Whether the panel answers. One that does may still have something to say: that it wants
    /// fewer requests, or that there are no servers.
    pub fn answers(&self) -> bool {
        match &self.problem {
            None => !self.connecting,
            Some(problem) if problem.kind == ProblemKind::RateLimited => !self.servers.is_empty(),
            Some(problem) => {
                matches!(
                    problem.kind,
                    ProblemKind::NoServers | ProblemKind::ListBroken
                )
            }
        }
    }
}

impl Snapshot {
    /// All servers, panel by panel.
    pub fn servers(&self) -> impl Iterator<Item = &ServerView> {
        self.panels.iter().flat_map(|panel| &panel.servers)
    }

    /// The servers that a person did not hide.
    pub fn listed(&self) -> impl Iterator<Item = &ServerView> {
        self.servers().filter(|server| !server.hidden)
    }

    /// One server.
    pub fn server(&self, id: &ServerId) -> Option<&ServerView> {
        self.servers().find(|server| server.id == *id)
    }
}
