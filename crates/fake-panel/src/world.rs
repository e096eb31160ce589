//! The world behind the panel: users, keys, nodes and servers. Time is given to it; it never reads a clock.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use crate::activity::Activity;
use crate::call::Call;
use crate::console::Console;
use crate::fault::{Conflict, Fault};
use crate::ids;
use crate::life::{Habits, Life, Moment};
use crate::node::{Manners, Node};
use crate::people::{Key, User};
use crate::placed::Faults;
use crate::power::{PowerState, Signal};
use crate::rules::Rules;
use crate::server::{Allocation, Server, ServerSpec, SocketCount, Subuser};
use crate::socket::Socket;
use crate::throttle::Counter;
use crate::token::Grant;

/// The world began this long after the zero of its own time, so that servers can have been up before.
pub(crate) const BEGINNING: Duration = Duration::from_secs(10 * 365 * 86_400);

const POWER_LOG: usize = 1_000;

/// A power signal that the panel took (204).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PowerRequest {
    /// Since the world began.
    pub at: Duration,
    pub uuid: String,
    pub name: String,
    pub signal: Signal,
    /// Name of the user whose key it was.
    pub user: String,
}

/// Everything there is, and what goes wrong with it. Servers answer to UUID, short id or name.
#[derive(Clone)]
pub struct World {
    pub rules: Rules,
    pub(crate) now: Moment,
    /// Seconds since 1970 at the world's beginning, only to be shown.
    pub(crate) unix_at_beginning: u64,
    pub(crate) users: Vec<User>,
    pub(crate) keys: Vec<Key>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) servers: Vec<Server>,
    /// Where each of them is, by UUID.
    places: HashMap<String, usize>,
    next_id: u32,
    pub(crate) maintenance: Option<Option<Duration>>,
    pub(crate) faults: Faults,
    /// Start of the window and requests in it.
    pub(crate) windows: HashMap<Counter, (Moment, u32)>,
    pub(crate) activity: Vec<Activity>,
    /// Tokens for the websocket by their text, and how many there ever were.
    pub(crate) tokens: HashMap<String, Grant>,
    pub(crate) minted: u64,
    /// By server and user, both UUIDs: tokens issued before are refused.
    pub(crate) denied: HashMap<(String, String), Moment>,
    pub(crate) sockets: Vec<Socket>,
    pub(crate) opened: u64,
    /// Where the panel listens, and where all the nodes do.
    pub(crate) listens_at: String,
    pub(crate) node_url: String,
    pub(crate) power: VecDeque<PowerRequest>,
}

impl Default for World {
    fn default() -> Self {
        Self::new(Rules::default())
    }
}

impl World {
    /// An empty world at its beginning.
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            now: BEGINNING,
            unix_at_beginning: 1_795_400_000,
            users: Vec::new(),
            keys: Vec::new(),
            nodes: Vec::new(),
            servers: Vec::new(),
            places: HashMap::new(),
            next_id: 1,
            maintenance: None,
            faults: Faults::default(),
            windows: HashMap::new(),
            activity: Vec::new(),
            tokens: HashMap::new(),
            minted: 0,
            denied: HashMap::new(),
            sockets: Vec::new(),
            opened: 0,
            listens_at: "http://127.0.0.1".to_owned(),
            node_url: "http://127.0.0.1:8080".to_owned(),
            power: VecDeque::new(),
        }
    }

    /// Moves to `since_beginning`; never backwards. `FakePanel` calls it, the only place with a clock.
    pub fn advance(&mut self, since_beginning: Duration) {
        let now = self.now.max(BEGINNING + since_beginning);
        self.live_until(now);
    }

    /// The panel's URL as its admin has it configured.
    pub(crate) fn panel_url(&self) -> &str {
        self.rules.public_url.as_deref().unwrap_or(&self.listens_at)
    }

    /// Seconds since 1970.
    pub(crate) fn unix(&self, at: Moment) -> f64 {
        let beginning = self.unix_at_beginning as f64;
        // Moments before the world's beginning are only ever shown.
        beginning + at.as_secs_f64() - BEGINNING.as_secs_f64()
    }

    /// A time as the panel writes it.
    pub(crate) fn stamp(&self, at: Moment) -> String {
        ids::stamp(self.unix(at).max(0.0) as u64)
    }

    /// Time since the world began.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.now - BEGINNING
    }

    pub fn add_node(&mut self, name: &str) {
        self.nodes.push(Node::new(name));
    }

    /// A node by name.
    ///
    /// # Panics
    /// When there is no such node.
    pub fn node(&mut self, name: &str) -> &mut Node {
        let found = self.nodes.iter_mut().find(|node| node.name == name);
        found.unwrap_or_else(|| panic!("no node {name:?} in this world"))
    }

    /// Adds an offline server and returns its UUID. The node is added when it is new.
    ///
    /// # Panics
    /// When the owner is unknown.
    pub fn add_server(&mut self, mut spec: ServerSpec) -> String {
        self.user(&spec.owner);
        if !self.nodes.iter().any(|node| node.name == spec.node) {
            let node = spec.node.clone();
            self.add_node(&node);
        }
        let id = spec.internal_id.unwrap_or(self.next_id);
        self.next_id = self.next_id.max(id) + 1;
        let made = || ids::uuid(&format!("server {id} {}", spec.name));
        let uuid = spec.uuid.clone().unwrap_or_else(made);
        if spec.allocations.is_empty() && !spec.no_allocation {
            spec.allocations.push(Allocation {
                id,
                ip: "203.0.113.10".to_owned(),
                alias: Some("play.example.com".to_owned()),
                port: 25_565 + u16::try_from(id % 1_000).unwrap_or_default(),
                notes: None,
            });
        }
        let habits = Habits {
            boot_takes: spec.boot_takes.unwrap_or(self.rules.boot_takes),
            stop_takes: spec.stop_takes.unwrap_or(self.rules.stop_takes),
            kill_after: self.rules.stop_gives_up_after,
            back_after: self.rules.crash_restart_after,
            hang_on_start: false,
            hang_on_stop: false,
            fail_on_start: false,
            drop_signals: false,
        };
        self.servers.push(Server {
            id,
            uuid: uuid.clone(),
            spec,
            status: None,
            transferring: false,
            known_to_node: true,
            faults: Faults::default(),
            socket_fault: None,
            sockets: SocketCount::default(),
            subusers: Vec::new(),
            life: Life::new(self.now, habits),
            kept: None,
            console: Console::default(),
            happened: Vec::new(),
            last_crash: None,
            limit_known: false,
            stats_told: self.now,
            backups: Vec::new(),
            restored: None,
            schedules: Vec::new(),
        });
        self.places.insert(uuid.clone(), self.servers.len() - 1);
        if !self.servers.is_sorted_by_key(|server| server.id) {
            self.servers.sort_by_key(|server| server.id);
            self.find_places();
        }
        uuid
    }

    /// Lets a user use somebody else's server with exactly these permissions, replacing earlier ones. Sockets feel it as
    /// they would: see `remove_subuser`.
    ///
    /// # Panics
    /// When there is no such user or server.
    pub fn add_subuser(&mut self, server: &str, user: &str, permissions: &[&str]) {
        self.revoke(server, user);
        let server = self.server(server);
        server.subusers.retain(|known| known.user != user);
        server.subusers.push(Subuser {
            user: user.to_owned(),
            permissions: permissions.iter().map(|&one| one.to_owned()).collect(),
        });
    }

    /// A server by UUID, short id or name, brought up to the present.
    ///
    /// # Panics
    /// When there is no such server; `find_server` does not.
    pub fn server(&mut self, which: &str) -> &mut Server {
        self.find_server(which)
            .unwrap_or_else(|| panic!("no server {which:?} in this world"))
    }

    /// A server by UUID, short id or name, brought up to the present.
    pub fn find_server(&mut self, which: &str) -> Option<&mut Server> {
        let index = self.place(which).or_else(|| {
            let mut all = self.servers.iter();
            all.position(|server| server.spec.name == which || server.short() == which)
        })?;
        Some(self.present(index))
    }

    pub(crate) fn present(&mut self, index: usize) -> &mut Server {
        let now = self.now;
        let server = &mut self.servers[index];
        server.bring_to(now);
        server
    }

    /// UUIDs of all servers, by database id.
    #[must_use]
    pub fn servers(&self) -> Vec<String> {
        self.servers
            .iter()
            .map(|server| server.uuid.clone())
            .collect()
    }

    /// Deletes a server, if it is there. Its sockets hear `deleted` and are closed or dropped.
    pub fn remove_server(&mut self, which: &str) {
        self.say_deleted(which);
        self.servers
            .retain(|server| server.uuid != which && server.spec.name != which);
        self.find_places();
    }

    fn find_places(&mut self) {
        let all = self.servers.iter().enumerate();
        self.places = all.map(|(at, one)| (one.uuid.clone(), at)).collect();
    }

    /// Where a server is in `servers`, by UUID.
    pub(crate) fn place(&self, uuid: &str) -> Option<usize> {
        self.places.get(uuid).copied()
    }

    /// Puts the panel into maintenance mode: 503 before anything else, with `Retry-After` when a time is given.
    pub fn maintenance(&mut self, retry: Option<Duration>) {
        self.maintenance = Some(retry);
    }

    pub fn maintenance_over(&mut self) {
        self.maintenance = None;
    }

    /// What goes wrong with every request; `None` ends every fault of the panel, also those of one kind of call.
    pub fn panel_fault(&mut self, fault: Option<Fault>) {
        self.faults.only(fault);
    }

    /// What goes wrong with every request of one kind, whatever server it is about; `None` ends that.
    pub fn fault_on(&mut self, call: Call, fault: Option<Fault>) {
        self.faults.on(call, fault);
    }

    /// What goes wrong with the next `times` requests, of one kind or of any.
    pub fn fault_times(&mut self, times: u32, call: impl Into<Option<Call>>, fault: Fault) {
        self.faults.put(call.into(), fault, Some(times));
    }

    /// Begins all rate-limit windows anew.
    pub fn forget_rate_limits(&mut self) {
        self.windows.clear();
    }

    /// The state that blocks a server's routes, first match of REFERENCE 3.1.
    pub(crate) fn conflict(&self, index: usize) -> Option<Conflict> {
        let pelican = self.rules.flavour.is_pelican();
        let server = &self.servers[index];
        let status = server.status.as_deref();
        if status == Some("suspended") {
            return Some(Conflict::Suspended);
        }
        if self.node_of(server).is_some_and(|node| node.maintenance) {
            return Some(Conflict::NodeMaintenance);
        }
        match status {
            Some("installing" | "install_failed") => Some(Conflict::Installing),
            Some("reinstall_failed") if pelican => Some(Conflict::Installing),
            Some("restoring_backup") => Some(Conflict::Restoring),
            _ => server.transferring.then_some(Conflict::Transferring),
        }
    }

    pub(crate) fn node_of(&self, server: &Server) -> Option<&Node> {
        self.nodes.iter().find(|node| node.name == server.spec.node)
    }

    /// Where the node of a server, by UUID, is in `nodes`.
    pub(crate) fn node_index(&self, server: &str) -> Option<usize> {
        let server = &self.servers[self.place(server)?];
        let mut nodes = self.nodes.iter();
        nodes.position(|node| node.name == server.spec.node)
    }

    pub(crate) fn manners_of(&self, index: usize) -> Manners {
        let node = self.node_of(&self.servers[index]);
        let own = node.and_then(|node| node.manners);
        own.unwrap_or(self.rules.manners)
    }

    pub(crate) fn log_power(&mut self, index: usize, signal: Signal, user: String) {
        if self.power.len() == POWER_LOG {
            self.power.pop_front();
        }
        let server = &self.servers[index];
        self.power.push_back(PowerRequest {
            at: self.now(),
            uuid: server.uuid.clone(),
            name: server.spec.name.clone(),
            signal,
            user,
        });
    }

    /// How many servers are in a state now.
    pub fn count(&mut self, state: PowerState) -> usize {
        let all = 0..self.servers.len();
        all.filter(|&index| self.present(index).state() == state)
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_runs_backwards() {
        let mut world = World::default();
        world.advance(Duration::from_secs(5));
        world.advance(Duration::from_secs(3));
        assert_eq!(world.now(), Duration::from_secs(5));
    }
}
