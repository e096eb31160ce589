//! The snapshot: everything that may be shown, drawn from the state.
//!
//! Changes nothing.

use super::{
    State,
    panel::{Key, Link, Panel},
    pending,
    reading::Reading,
    server::Server,
};
use crate::{
    condition::{Condition, Standing},
    id::ServerId,
    snapshot::{
        Aggregate, KeyView, LimitsView, PanelView, Pending, ResourcesView, ServerView, Snapshot,
    },
    time::Now,
};
use pterodactyl_client::{BaseUrl, Resources};

impl State {
    /// Everything, as it is at `now`.
    pub fn snapshot(&self, now: Now) -> Snapshot {
        let order = self.environment.iter().chain(&self.settings.panels);
        let panels: Vec<PanelView> = order
            .filter_map(|settings| self.panels.get(&settings.id))
            .filter(|panel| panel.leaves_at.is_none())
            .map(|panel| self.panel_view(now, panel))
            .collect();
        Snapshot {
            at_ms: now.wall_ms,
            aggregate: self.aggregate(&panels),
            panels,
            settings: self.settings.clone(),
            notices: self.notices.clone(),
            alerts: self.alerts.kept.list(),
            unread_alerts: self.alerts.kept.unread(),
            leaving: self.leaving(),
            demo: self.demo,
            offers_new_versions: self.offers_new_versions,
            places: self.places.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    fn panel_view(&self, now: Now, panel: &Panel) -> PanelView {
        let hidden = self.hidden_of(&panel.settings.id);
        let mut servers: Vec<ServerView> = panel
            .servers
            .iter()
            .map(|(uuid, server)| {
                let view = self.server_view(now, panel, uuid, server);
                let hidden = hidden.contains(uuid.as_str());
                ServerView { hidden, ..view }
            })
            .collect();
        servers.sort_by_cached_key(|server| {
            (
                server.condition.rank(),
                server.name.to_lowercase(),
                server.id.clone(),
            )
        });
        let tail = match &panel.key {
            Key::Set { tail } => Some(tail.clone()),
            Key::Waiting { .. } | Key::Missing { .. } => None,
        };
        let problem = match &panel.link {
            Link::Failing { problem } => Some(problem.clone()),
            Link::Connecting | Link::Answering => panel.note.clone(),
        };
        PanelView {
            id: panel.settings.id.clone(),
            name: panel.settings.name.clone(),
            url: panel.settings.url.clone(),
            key: KeyView {
                set: tail.is_some(),
                ends_in: tail.unwrap_or_default(),
                place: panel.settings.key_place,
            },
            connecting: panel.link == Link::Connecting,
            problem,
            servers,
        }
    }

    fn server_view(&self, now: Now, panel: &Panel, uuid: &str, server: &Server) -> ServerView {
        let condition = panel.condition(now, server);
        let used = |reading: &Reading| reading.used.as_ref().map(|(_, used)| resources(used));
        let listed = &server.listed;
        let page =
            BaseUrl::parse(&panel.settings.url).map(|base| base.open_server(&listed.identifier));
        let id = ServerId {
            panel: panel.settings.id.clone(),
            uuid: uuid.to_owned(),
        };
        ServerView {
            alert_rule: self.settings.alerts.own_rule(&id),
            id,
            identifier: listed.identifier.clone(),
            name: listed.name.clone(),
            node: listed.node.clone(),
            address: listed
                .allocation
                .as_ref()
                .map(|allocation| allocation.address()),
            condition,
            problem: server.problem(),
            cause: server.cause(condition),
            source: server.reading.as_ref().map(|reading| reading.source),
            live: server.live_view(),
            since_ms: server.since.of(condition),
            read_at_ms: server.reading.as_ref().map(|reading| reading.at.wall_ms),
            resources: server.reading.as_ref().and_then(used),
            limits: LimitsView {
                cpu_percent: listed.limits.cpu_percent,
                memory_mib: listed.limits.memory_mib,
                disk_mib: listed.limits.disk_mib,
            },
            may: server.may_all(),
            can: pending::can(server, condition, self.settings.allow_force_stop),
            pending: server.pending.as_ref().map(|pending| Pending {
                signal: pending.signal,
                phase: pending.phase,
            }),
            panel_page: page.unwrap_or_default(),
            hidden: false,
        }
    }

    /// The worst wins; nothing is claimed before the first answer.
    fn aggregate(&self, panels: &[PanelView]) -> Aggregate {
        if panels.is_empty() {
            return Aggregate::NeedsYou;
        }
        let of_panels = panels.iter().filter_map(of_panel);
        let of_servers = panels
            .iter()
            .flat_map(|panel| {
                let answers = self.panels.get(&panel.id).is_some_and(Panel::answers);
                // What a socket tells counts even then.
                let counts = move |server: &&ServerView| {
                    answers || server.condition.standing() != Standing::Unknown
                };
                let listed = panel.servers.iter().filter(|server| !server.hidden);
                listed.filter(counts)
            })
            .filter_map(of_server);
        match of_panels.chain(of_servers).min() {
            Some(worst) => worst,
            None if panels.iter().any(|panel| panel.connecting) => Aggregate::Connecting,
            None if panels.iter().any(waits) => Aggregate::Connecting,
            None => Aggregate::NothingRunning,
        }
    }
}

fn waits(panel: &PanelView) -> bool {
    panel
        .servers
        .iter()
        .filter(|server| !server.hidden)
        .any(|server| server.condition == Condition::Unknown && server.problem.is_none())
}

fn of_panel(panel: &PanelView) -> Option<Aggregate> {
    if panel.connecting {
        return None;
    }
    let problem = panel.problem.as_ref()?;
    if problem.kind.needs_a_key() {
        return Some(Aggregate::NeedsYou);
    }
    (!panel.answers()).then_some(Aggregate::Unreachable)
}

fn of_server(server: &ServerView) -> Option<Aggregate> {
    if server.condition == Condition::NodeUnreachable {
        return Some(Aggregate::Unreachable);
    }
    match server.condition.standing() {
        Standing::Problem => Some(Aggregate::Problem),
        Standing::Unknown if server.problem.is_some() => Some(Aggregate::Unreachable),
        Standing::Transition => Some(Aggregate::Transition),
        Standing::Up => Some(Aggregate::AllFine),
        Standing::Unknown | Standing::Down | Standing::Blocked => None,
    }
}

fn resources(read: &Resources) -> ResourcesView {
    ResourcesView {
        cpu_percent: read.cpu_percent,
        memory_bytes: read.memory_bytes,
        disk_bytes: read.disk_bytes,
        uptime_ms: read.uptime_ms,
        network_rx_bytes: read.network_rx_bytes,
        network_tx_bytes: read.network_tx_bytes,
    }
}
