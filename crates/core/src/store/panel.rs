//! One panel: its key, whether it answers, and its servers. Takes in lists and failed lists.
//!
//! Only the list judges a panel: one server's bad answer says nothing about the others.

use super::{
    State,
    alerts::{Outage, take_back},
    drive,
    gap::Gap,
    node::Node,
    server::Server,
    stumble::Stumble,
    word::Around,
};
use crate::{
    alert::{News, Subject},
    condition::Condition,
    effect::{Drive, Effect, Plan, Watched},
    id::{PanelId, ServerId},
    plain,
    problem::{Problem, ProblemKind},
    settings::{PanelSettings, Settings},
    time::Now,
};
use pterodactyl_client::{BaseUrl, Error, Scope};
use std::{collections::BTreeMap, time::Duration};

/// Between two looks for a keyring that was not there, was locked or failed.
const KEYRING_RETRY: Duration = Duration::from_secs(30);

/// What is known of one panel.
#[derive(Debug)]
pub(super) struct Panel {
    pub(super) settings: PanelSettings,
    pub(super) key: Key,
    pub(super) link: Link,
    pub(super) servers: BTreeMap<String, Server>,
    /// The panel answers but asks for patience.
    pub(super) note: Option<Problem>,
    pub(super) nodes: BTreeMap<String, Node>,
    /// Looks at servers so far, to tell what came before what.
    pub(super) looks: u64,
    /// A time when nobody could look that is not told yet.
    pub(super) gap: Option<Gap>,
    /// More than one server may look different now.
    pub(super) shaken: bool,
    /// What is to be watched may have changed.
    pub(super) replan: bool,
    /// It answered before and does not now.
    pub(super) outage: Option<Outage>,
    /// Nodes that answer again after an alert, and since when they did not.
    pub(super) nodes_back: Vec<(String, Now)>,
    /// When it is removed, unless that is taken back.
    pub(super) leaves_at: Option<Duration>,
    pub(super) failures: u32,
    /// When the first of the lists in a row came that did not come whole.
    failing_since: Option<Now>,
    /// When it answered about one server last.
    pub(super) answered: Option<Now>,
    pub(super) every: Duration,
    sent_plan: Option<Plan>,
}

/// What is known of a panel's key. The key itself never comes here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// It is being fetched; answers to other attempts are not wanted.
    Waiting { attempt: u64 },
    /// It is at hand; its last characters.
    Set { tail: String },
    /// It could not be had.
    Missing { problem: Problem, since: Now },
}

/// Whether the panel answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Link {
    /// Nothing has come yet.
    Connecting,
    /// The last list was whole.
    Answering,
    /// It does not answer, or not as a panel, or refuses the key.
    Failing { problem: Problem },
}

impl Panel {
    pub(super) fn new(settings: PanelSettings) -> Panel {
        Panel {
            settings,
            key: Key::Waiting { attempt: 0 },
            link: Link::Connecting,
            servers: BTreeMap::new(),
            note: None,
            nodes: BTreeMap::new(),
            looks: 0,
            gap: None,
            shaken: false,
            replan: true,
            outage: None,
            nodes_back: Vec::new(),
            leaves_at: None,
            failures: 0,
            failing_since: None,
            answered: None,
            every: Duration::from_secs(30),
            sent_plan: None,
        }
    }

    /// It is the same panel with another key: what was known stays, and what is still to be told. What its servers permit
    /// may differ from key to key.
    pub(super) fn inherit(&mut self, known: Panel) {
        self.servers = known.servers;
        self.servers.values_mut().for_each(|server| {
            server.forget_permissions();
            server.unwatched();
        });
        (self.nodes, self.looks) = (known.nodes, known.looks);
        self.nodes_back = known.nodes_back;
        self.doubt_nodes();
        (self.gap, self.outage) = (known.gap, known.outage);
    }

    /// The panel is to be asked anew, as if it had just been added.
    pub(super) fn forget_link(&mut self) {
        self.link = Link::Connecting;
        self.note = None;
        self.failures = 0;
        self.failing_since = None;
        self.answered = None;
        self.sent_plan = None;
        self.replan = true;
    }

    pub(super) fn paced(&mut self, every: Duration) {
        self.every = every;
    }

    /// After how long a reading is no longer believed: one look may be missed, and the panel's
    /// own cache adds up to 20 s (API reference, 4).
    pub(super) fn stale_after(&self) -> Duration {
        self.every * 2 + Duration::from_secs(20)
    }

    /// After how long a signal should have shown: a look after it, past the panel's cache.
    pub(super) fn patience(&self) -> Duration {
        (self.every * 2 + Duration::from_secs(25)).max(Duration::from_secs(60))
    }

    pub(super) fn has_key(&self) -> bool {
        matches!(self.key, Key::Set { .. })
    }

    /// Why nothing can be asked of it: its key is not at hand.
    pub(super) fn lacks_key(&self) -> Option<Problem> {
        match &self.key {
            Key::Set { .. } => None,
            Key::Missing { problem, .. } => Some(problem.clone()),
            Key::Waiting { .. } => {
                let silent = || Problem::of(ProblemKind::KeyringSilent);
                Some(self.failing().cloned().unwrap_or_else(silent))
            }
        }
    }

    pub(super) fn answers(&self) -> bool {
        self.link == Link::Answering
    }

    /// Why it does not answer, if it does not.
    pub(super) fn failing(&self) -> Option<&Problem> {
        match &self.link {
            Link::Failing { problem } => Some(problem),
            Link::Connecting | Link::Answering => None,
        }
    }

    /// A server's own page was read.
    pub(super) fn viewed(&mut self, now: Now, uuid: &str, view: pterodactyl_client::ServerView) {
        self.answered = Some(now);
        if let Some(server) = self.servers.get_mut(uuid) {
            server.viewed(now, view);
        }
    }

    /// The word for one of its servers.
    pub(super) fn condition(&self, now: Now, server: &Server) -> Condition {
        let around = Around {
            panel_answers: self.answers(),
            node_silent: self.is_silent(&server.listed.node),
            stale: self.stale_after(),
        };
        server.condition(now, around)
    }

    /// When a key is asked for again by itself: a keyring may come up after us, or be unlocked.
    pub(super) fn key_retry_at(&self) -> Option<Duration> {
        use ProblemKind::{KeyringFailed, KeyringLocked, KeyringMissing};
        match &self.key {
            Key::Missing { problem, since }
                if matches!(problem.kind, KeyringMissing | KeyringLocked | KeyringFailed) =>
            {
                Some(since.mono + KEYRING_RETRY)
            }
            Key::Missing { .. } | Key::Waiting { .. } | Key::Set { .. } => None,
        }
    }

    /// There was no keyring. One that comes up has not asked anybody for its password yet.
    pub(super) fn lacks_keyring(&self) -> bool {
        matches!(&self.key, Key::Missing { problem, .. } if problem.kind == ProblemKind::KeyringMissing)
    }

    pub(super) fn page_of(&self, uuid: &str) -> Option<String> {
        let server = self.servers.get(uuid)?;
        let base = BaseUrl::parse(&self.settings.url).ok()?;
        Some(base.open_server(&server.listed.identifier))
    }

    /// What is to be watched, if that is not what was said last.
    pub(super) fn new_plan(
        &mut self,
        settings: &Settings,
        consoles: &BTreeMap<ServerId, u32>,
    ) -> Option<Plan> {
        if !std::mem::take(&mut self.replan) || !self.has_key() {
            return None;
        }
        let mut places = self.places(settings.live_updates, &settings.pinned, consoles);
        for (uuid, server) in &mut self.servers {
            server.placed(places.remove(uuid));
        }
        let open = self
            .servers
            .iter()
            .filter(|(_, server)| server.list_block().is_none());
        let watched = |server: &Server| Watched {
            node: server.listed.node.clone(),
            live: server.place,
        };
        let servers = open.map(|(uuid, server)| (uuid.clone(), watched(server)));
        let plan = Plan {
            scope: if self.settings.show_others {
                Scope::All
            } else {
                Scope::Mine
            },
            every: settings.poll_every(),
            listed: self.servers.len(),
            servers: servers.collect(),
            silent_nodes: self.silent_nodes(),
        };
        if self.sent_plan.as_ref() == Some(&plan) {
            return None;
        }
        self.sent_plan = Some(plan.clone());
        Some(plan)
    }

    /// When time alone changes something next, after `past`.
    pub(super) fn next_deadline(&self, past: Duration) -> Option<Duration> {
        let of_server = |server: &Server| self.deadline_of(past, server);
        let of_servers = self.servers.values().filter_map(of_server);
        let of_key = self.key_retry_at().filter(|at| *at > past);
        let of_gap = self.gap_deadline().filter(|at| *at > past);
        let leaving = self.leaves_at;
        of_servers.chain(of_key).chain(of_gap).chain(leaving).min()
    }

    /// The same, for one server.
    pub(super) fn next_deadline_of(&self, past: Duration, uuid: &str) -> Option<Duration> {
        self.deadline_of(past, self.servers.get(uuid)?)
    }

    fn deadline_of(&self, past: Duration, server: &Server) -> Option<Duration> {
        server.next_deadline(past, self.stale_after(), self.patience())
    }
}

impl State {
    /// A complete list came: servers are added, renamed, blocked, freed and removed by it.
    pub(super) fn adopt(
        &mut self,
        now: Now,
        id: &PanelId,
        listed: Vec<pterodactyl_client::Server>,
        out: &mut Vec<Effect>,
    ) {
        // A list that was on its way when the key went says nothing any more.
        let Some(panel) = self.panels.get_mut(id).filter(|panel| panel.has_key()) else {
            return;
        };
        panel.link = Link::Answering;
        panel.failures = 0;
        panel.failing_since = None;
        panel.note = listed
            .is_empty()
            .then(|| Problem::of(ProblemKind::NoServers));
        let mut known = std::mem::take(&mut panel.servers);
        for mut fresh in listed {
            fresh.name = plain::line(&fresh.name, 60);
            fresh.node = plain::line(&fresh.node, 60);
            let uuid = fresh.uuid.clone();
            let server = match known.remove(&uuid) {
                Some(mut server) => {
                    server.relisted(now, fresh);
                    server
                }
                None => Server::new(fresh),
            };
            panel.servers.insert(uuid, server);
        }
        for (uuid, server) in &mut panel.servers {
            if server.wants_view() {
                let id = ServerId {
                    panel: id.clone(),
                    uuid: uuid.clone(),
                };
                out.push(drive(Drive::View(id)));
            }
        }
        for uuid in known.into_keys() {
            let panel = id.clone();
            take_back(ServerId { panel, uuid }, out);
        }
        panel.forget_nodes();
        panel.prove(now);
        self.forget_pins(id, out);
        self.forget_rules(id, out);
        self.leave_alone(id, out);
        self.close_gap(now, id);
    }

    /// The list did not come. The first failure after a good list may be a hiccup; the second
    /// is believed.
    pub(super) fn lose(&mut self, now: Now, id: &PanelId, error: &Error, out: &mut Vec<Effect>) {
        let Some(panel) = self.panels.get_mut(id).filter(|panel| panel.has_key()) else {
            return;
        };
        let problem = Problem::from(error);
        if panel.answers() && matches!(error, Error::RateLimited { .. }) {
            panel.note = Some(problem);
            return;
        }
        let since = *panel.failing_since.get_or_insert(now);
        if matches!(error, Error::Broken { status: 500, .. }) {
            out.extend(panel.ask_instead(id));
            match panel.stumbled(now, since, &problem) {
                Stumble::OverLists => return self.close_gap(now, id),
                Stumble::Unclear => return,
                Stumble::OverAll => {}
            }
        }
        panel.failures += 1;
        if panel.answers() {
            panel.outage.get_or_insert(Outage::new(since));
        }
        if panel.answers() && panel.failures < 2 {
            return;
        }
        let refused_before = matches!(&panel.link,
            Link::Failing { problem } if problem.kind.needs_a_key());
        let mut refused = None;
        if problem.kind.needs_a_key() && !refused_before {
            let news = News::KeyRefused {
                problem: problem.clone(),
            };
            let name = panel.settings.name.clone();
            let about = Subject::Panel(id.clone());
            refused = Some((about, name, news));
        }
        // Nobody can look; what was known so far is remembered.
        if panel.answers() && !problem.kind.needs_a_key() {
            panel.suspend(now, false);
        }
        panel.link = Link::Failing { problem };
        if let Some((about, name, news)) = refused {
            self.tell(now, about, name, news, out);
        }
    }
}
