//! A server of the evening: what it really does, what its panel says of it, and what was told about it.

use super::{
    calm::Calm,
    machine::{Machine, Power},
    socket::Socket,
};
use crate::{condition::Condition, id::ServerId, snapshot::Pending};
use pterodactyl_client::{
    Limits, Permissions, Resources, Server as Listed, ServerStatus, ServerView,
};
use std::time::Duration;

/// A reading on its way to the store, with what only the model knows: when it was true.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    pub(super) at: Duration,
    pub(super) power: Power,
    pub(super) resources: Resources,
}

/// One server.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) id: ServerId,
    pub(super) panel: usize,
    pub(super) node: usize,
    pub(super) name: String,
    pub(super) machine: Machine,
    pub(super) status: ServerStatus,
    pub(super) transferring: bool,
    /// When the panel last changed what its list says of it.
    pub(super) listed_since: Duration,
    pub(super) gone: Option<Duration>,
    pub(super) owner: bool,
    pub(super) permissions: Permissions,
    /// The panel's own copy of the node's last answer.
    pub(super) cache: Option<Measured>,
    pub(super) calm: Calm,
    pub(super) live: Live,
    pub(super) told: Told,
}

/// Its live socket, and what the driver keeps for the next one.
#[derive(Debug, Default)]
pub(super) struct Live {
    pub(super) socket: Option<Socket>,
    /// When the token at hand ends.
    pub(super) token: Option<Duration>,
    pub(super) failures: u32,
    /// Since when nothing has come over a socket.
    pub(super) silent_since: Duration,
}

/// What the store was told of it, and what it shows.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The reading delivered that was true last.
    pub(super) newest: Option<Measured>,
    /// When it was delivered.
    pub(super) came: Duration,
    /// The one delivered before it.
    pub(super) before: Option<Measured>,
    /// When it was last known not to be down, the time before, and the last time before it was known to be down.
    pub(super) up_at: Option<Duration>,
    pub(super) up_before: Option<Duration>,
    pub(super) fell_after: Option<Duration>,
    pub(super) shown: Option<Condition>,
    /// A signal that is shown as being under way, and since when.
    pub(super) pending: Option<(Pending, Duration)>,
    /// It is shown as down since then, by the time awake, and nothing was said of that.
    pub(super) owed: Option<Duration>,
    /// It was shown as up when it was last shown as anything.
    pub(super) was_up: bool,
    /// It changed while nobody could look, which a summary is to tell: since then, on the same clock.
    pub(super) promised: Option<Duration>,
    /// When something was said of it last, or hushed, on the same clock.
    pub(super) answered: Option<Duration>,
    /// When an alert came that stood alone, in the world's time.
    pub(super) alerted: Option<Duration>,
    /// When how much it uses was told, in the world's time.
    pub(super) used: Option<Duration>,
    /// How many alerts said that it went down.
    pub(super) falls: usize,
    /// A signal of ours may have done it although its answer was lost.
    pub(super) unclear: bool,
}

impl Server {
    /// What the panel's list says.
    pub(super) fn listed(&self, node_maintenance: bool) -> Listed {
        Listed {
            uuid: self.id.uuid.clone(),
            identifier: self.id.uuid.chars().take(8).collect(),
            name: self.name.clone(),
            node: format!("node-{}", self.node),
            node_maintenance,
            description: String::new(),
            limits: Limits {
                memory_mib: 4096,
                swap_mib: 0,
                disk_mib: 10_240,
                cpu_percent: 200,
            },
            status: self.status.clone(),
            transferring: self.transferring,
            owner: self.owner,
            allocation: None,
        }
    }

    pub(super) fn view(&self, node_maintenance: bool) -> ServerView {
        ServerView {
            server: self.listed(node_maintenance),
            owner: self.owner,
            permissions: self.permissions.clone(),
        }
    }

    /// The word for what keeps it from being used, if anything does.
    pub(super) fn block(&self, node_maintenance: bool) -> Option<Condition> {
        if self.status == ServerStatus::Suspended {
            return Some(Condition::Suspended);
        }
        if node_maintenance {
            return Some(Condition::Maintenance);
        }
        if self.transferring {
            return Some(Condition::Transferring);
        }
        match self.status {
            ServerStatus::Installing => Some(Condition::Installing),
            ServerStatus::InstallFailed => Some(Condition::InstallFailed),
            ServerStatus::RestoringBackup => Some(Condition::Restoring),
            ServerStatus::Unknown(_) => Some(Condition::Unknown),
            ServerStatus::Normal | ServerStatus::ReinstallFailed | ServerStatus::Suspended => None,
        }
    }

    /// A socket tells everything at this moment.
    pub(super) fn is_live(&self) -> bool {
        self.live.socket.as_ref().is_some_and(Socket::tells)
    }
}
