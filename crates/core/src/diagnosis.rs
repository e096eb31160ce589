//! The report about this program that a person may give to whoever helps: versions, and how
//! everything stands, in figures. `pterotray doctor --json` prints its values: only ever added to.
//!
//! Names no server, no panel, no host, no person and no key: it has no field for one.

mod live;
mod surroundings;
mod words;

pub use live::why_not_live;
pub use surroundings::{DesktopFindings, Surroundings, found};

use crate::{
    id::PanelId,
    problem::{Problem, ProblemKind},
    settings::KeyPlace,
    snapshot::{Aggregate, PanelView, ServerView, Snapshot, Source},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many servers have what in common, by its name.
pub type Tally = BTreeMap<String, usize>;

/// The report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The program's version.
    pub version: String,
    /// The system's name and the processor's, as the compiler calls them.
    pub system: String,
    /// This is the demo.
    pub demo: bool,
    /// The worst of everything.
    pub state: Aggregate,
    /// Seconds between two looks at a server that were asked for.
    pub poll_seconds: u16,
    /// Which servers get a live socket.
    pub live_updates: crate::settings::LiveUpdates,
    /// How many servers are pinned.
    pub pinned: usize,
    /// How many servers are hidden.
    pub hidden: usize,
    /// What is wrong with this computer's side.
    pub notices: Vec<ProblemKind>,
    /// The panels, in the order of the settings.
    pub panels: Vec<PanelDiagnosis>,
    /// What only the running program can tell; it fills this in.
    #[serde(flatten)]
    pub surroundings: Option<Surroundings>,
}

/// How one panel fares.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PanelDiagnosis {
    /// The connection is encrypted.
    pub https: bool,
    /// A certificate or an authority is trusted for it alone.
    pub own_trust: bool,
    /// There is a key.
    pub key_set: bool,
    /// Where it is kept.
    pub key_place: KeyPlace,
    /// It answers, as far as is known.
    pub answers: bool,
    /// What is wrong with it.
    pub problem: Option<ProblemKind>,
    /// How long it took to answer just now, in milliseconds; `None` when it did not, or was not asked.
    pub latency_ms: Option<u32>,
    /// What it says it still takes in this minute.
    pub budget: Option<BudgetLeft>,
    /// How many servers there are.
    pub servers: usize,
    /// What they are doing.
    pub conditions: Tally,
    /// What is wrong with them.
    pub problems: Tally,
    /// Where the newest reading came from.
    pub read_by: Tally,
    /// How their live sockets fare, and why one does not come about.
    pub live_sockets: Tally,
    /// Age of the oldest reading, in seconds.
    pub oldest_reading_seconds: Option<u32>,
}

/// How many requests a panel still takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLeft {
    /// In the running minute.
    pub remaining: u32,
    /// In a whole one.
    pub limit: u32,
}

/// What the driver finds out when it asks a panel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    pub(crate) latency_ms: Option<u32>,
    pub(crate) budget: Option<BudgetLeft>,
}

impl Diagnosis {
    /// As far as a snapshot tells.
    pub(crate) fn of(snapshot: &Snapshot) -> Diagnosis {
        let settings = &snapshot.settings;
        let own_trust = |panel: &PanelView| {
            let mut known = settings.panels.iter();
            known.any(|known| known.id == panel.id && known.trust.is_some())
        };
        let panels = snapshot.panels.iter();
        Diagnosis {
            version: snapshot.version.clone(),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            demo: snapshot.demo,
            state: snapshot.aggregate,
            poll_seconds: settings.poll_seconds,
            live_updates: settings.live_updates,
            pinned: settings.pinned.len(),
            hidden: settings.hidden.len(),
            notices: snapshot.notices.iter().map(|notice| notice.kind).collect(),
            panels: panels
                .map(|panel| of_panel(panel, own_trust(panel), snapshot.at_ms))
                .collect(),
            surroundings: None,
        }
    }

    /// Adds what asking the panels gave; `panels` are those of the report, in its order.
    pub(crate) fn reached(&mut self, panels: &[PanelId], found: &BTreeMap<PanelId, Reached>) {
        for (panel, id) in self.panels.iter_mut().zip(panels) {
            if let Some(reached) = found.get(id) {
                panel.latency_ms = reached.latency_ms;
                panel.budget = reached.budget;
            }
        }
    }
}

fn of_panel(panel: &PanelView, own_trust: bool, now_ms: i64) -> PanelDiagnosis {
    let servers = &panel.servers;
    let oldest = servers.iter().filter_map(|server| server.read_at_ms).min();
    let age = |at: i64| u32::try_from((now_ms - at).max(0) / 1000).unwrap_or(u32::MAX);
    PanelDiagnosis {
        https: panel.url.starts_with("https:"),
        own_trust,
        key_set: panel.key.set,
        key_place: panel.key.place,
        answers: panel.answers(),
        problem: panel.problem.as_ref().map(|problem| problem.kind),
        latency_ms: None,
        budget: None,
        servers: servers.len(),
        conditions: tally(servers, |server| Some(server.condition.name())),
        problems: tally(servers, |server| server.problem.as_ref().map(kind)),
        read_by: tally(servers, |server| server.source.map(source)),
        live_sockets: tally(servers, |server| live::state(&server.live)),
        oldest_reading_seconds: oldest.map(age),
    }
}

fn tally<T: Into<String>>(servers: &[ServerView], of: impl Fn(&ServerView) -> Option<T>) -> Tally {
    let mut counts = Tally::new();
    for one in servers.iter().filter_map(of) {
        *counts.entry(one.into()).or_default() += 1;
    }
    counts
}

/// The kind alone: details may name hosts.
fn kind(problem: &Problem) -> String {
    problem.kind.name()
}

fn source(source: Source) -> &'static str {
    match source {
        Source::Live => "live socket",
        Source::Poll => "poll",
        Source::List => "list",
    }
}
