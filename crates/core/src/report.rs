//! What `pterotray status --json` prints: a contract, only ever added to (design, section 10).
//!
//! And finding the server a person means. Prints nothing.

mod happening;

pub use happening::{Happening, HappeningKind, Watcher, Word, rfc3339};

use crate::{
    condition::Condition,
    problem::Problem,
    settings::KeyPlace,
    snapshot::{LimitsView, PanelView, ResourcesView, ServerView, Snapshot},
};
use serde::Serialize;

/// The whole report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    /// The panels, in the order of the settings.
    pub panels: Vec<PanelStatus>,
}

/// One panel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PanelStatus {
    /// What the person calls it.
    pub name: String,
    /// Base URL.
    pub url: String,
    /// Why nothing new comes from it.
    pub problem: Option<Problem>,
    /// Its servers.
    pub servers: Vec<ServerStatus>,
}

/// One server.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServerStatus {
    /// The panel's key for it.
    pub uuid: String,
    /// Short id.
    pub identifier: String,
    /// Name.
    pub name: String,
    /// Node.
    pub node: String,
    /// `host:port`.
    pub address: Option<String>,
    /// The word for it.
    pub condition: Condition,
    /// What is wrong with it.
    pub problem: Option<Problem>,
    /// Age of the newest reading, in milliseconds.
    pub age_ms: Option<i64>,
    /// What it uses.
    pub resources: Option<ResourcesView>,
    /// What it may use; 0 is unlimited.
    pub limits: LimitsView,
}

/// The report for a snapshot.
pub fn status(snapshot: &Snapshot) -> Status {
    let panels = snapshot.panels.iter().map(|panel| PanelStatus {
        name: panel.name.clone(),
        url: panel.url.clone(),
        problem: panel.problem.clone(),
        servers: panel
            .servers
            .iter()
            .map(|server| server_status(snapshot, server))
            .collect(),
    });
    Status {
        panels: panels.collect(),
    }
}

fn server_status(snapshot: &Snapshot, server: &ServerView) -> ServerStatus {
    ServerStatus {
        uuid: server.id.uuid.clone(),
        identifier: server.identifier.clone(),
        name: server.name.clone(),
        node: server.node.clone(),
        address: server.address.clone(),
        condition: server.condition,
        problem: server.problem.clone(),
        age_ms: server.read_at_ms.map(|at| (snapshot.at_ms - at).max(0)),
        resources: server.resources,
        limits: server.limits,
    }
}

/// What `pterotray panel list --json` prints.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PanelList {
    /// The panels, in the order of the settings.
    pub panels: Vec<ListedPanel>,
}

/// A panel as it is set up; nothing of how it fares.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListedPanel {
    /// What the person calls it.
    pub name: String,
    /// Base URL.
    pub url: String,
    /// Where its key is kept.
    pub key_place: KeyPlace,
    /// Whether a certificate or an authority is trusted for it alone.
    pub own_trust: bool,
}

/// The panels that are set up.
pub fn panels(snapshot: &Snapshot) -> PanelList {
    let own_trust = |panel: &PanelView| {
        let mut set_up = snapshot.settings.panels.iter();
        set_up.any(|known| known.id == panel.id && known.trust.is_some())
    };
    let panels = snapshot.panels.iter().map(|panel| ListedPanel {
        name: panel.name.clone(),
        url: panel.url.clone(),
        key_place: panel.key.place,
        own_trust: own_trust(panel),
    });
    PanelList {
        panels: panels.collect(),
    }
}

/// Why no one panel or server is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOne {
    /// None fits.
    None,
    /// Several fit: their names, each with its short id or address.
    Several(Vec<String>),
}

/// The panel a person means: its name or its address. Upper and lower case do not matter.
///
/// # Errors
/// When none or several fit.
pub fn find_panel<'a>(snapshot: &'a Snapshot, wanted: &str) -> Result<&'a PanelView, NotOne> {
    let wanted = wanted.trim().to_lowercase();
    let address = |url: &str| url.trim_end_matches('/').to_lowercase();
    let named = |panel: &&PanelView| panel.name.to_lowercase() == wanted;
    let at = |panel: &&PanelView| address(&panel.url) == address(&wanted);
    let mut fitting: Vec<&PanelView> = snapshot.panels.iter().filter(named).collect();
    if fitting.is_empty() {
        fitting = snapshot.panels.iter().filter(at).collect();
    }
    match fitting[..] {
        [] => Err(NotOne::None),
        [one] => Ok(one),
        _ => {
            let label = |panel: &&PanelView| format!("{} ({})", panel.name, panel.url);
            Err(NotOne::Several(fitting.iter().map(label).collect()))
        }
    }
}

/// The server a person means: uuid, short id, name, or a beginning of a name that fits only one.
/// Upper and lower case do not matter.
///
/// # Errors
/// When none or several fit.
pub fn find<'a>(snapshot: &'a Snapshot, wanted: &str) -> Result<&'a ServerView, NotOne> {
    let wanted = wanted.trim().to_lowercase();
    let exact = |server: &&ServerView| {
        server.id.uuid == wanted || server.identifier.to_lowercase() == wanted
    };
    if let Some(server) = snapshot.servers().find(exact) {
        return Ok(server);
    }
    let named = |fits: &dyn Fn(&str) -> bool| -> Vec<&'a ServerView> {
        snapshot
            .servers()
            .filter(|server| fits(&server.name.to_lowercase()))
            .collect()
    };
    let mut fitting = named(&|name| name == wanted);
    if fitting.is_empty() && !wanted.is_empty() {
        fitting = named(&|name| name.starts_with(&wanted));
    }
    match fitting[..] {
        [] => Err(NotOne::None),
        [one] => Ok(one),
        _ => {
            let label = |server: &&ServerView| format!("{} ({})", server.name, server.identifier);
            Err(NotOne::Several(fitting.iter().map(label).collect()))
        }
    }
}
