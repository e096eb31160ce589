//! The nodes' side of the world: who may connect, and what ends connections from outside. Never reads a frame.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::bucket::Buckets;
use crate::fault::NodeTrouble;
use crate::node::Manners;
use crate::rules::Flavour;
use crate::socket::{Out, Socket};
use crate::socket_fault::SocketFault;
use crate::world::World;

/// What a node answers to a handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Welcome {
    /// 101, and the number of the new socket.
    Comes(u64),
    /// 404, as JSON.
    UnknownServer,
    /// 400, as JSON.
    Full,
    /// 403, as text with JSON after it.
    WrongOrigin,
    /// 400, as text with JSON after it.
    NoUpgrade,
    /// Any status, as JSON.
    Broken(u16),
    /// The connection is reset.
    Reset,
    /// Nothing ever comes.
    Never,
}

/// What a client says when it knocks.
pub(crate) struct Knock<'a> {
    pub(crate) path: &'a str,
    pub(crate) origin: Option<&'a str>,
    pub(crate) upgrades: bool,
}

impl World {
    /// Judges a handshake in the order of a node: server, room, upgrade, origin.
    pub(crate) fn welcome(&mut self, knock: &Knock<'_>) -> Welcome {
        let uuid = knock.path.strip_prefix("/api/servers/");
        let uuid = uuid.and_then(|rest| rest.strip_suffix("/ws"));
        let known = |server: &crate::Server| uuid == Some(&server.uuid) && server.known_to_node;
        let Some(index) = self.servers.iter().position(known) else {
            return Welcome::UnknownServer;
        };
        self.servers[index].sockets.knocks += 1;
        let node = self.node_of(&self.servers[index]);
        match node.and_then(|node| node.trouble) {
            None => {}
            Some(NodeTrouble::Refuses | NodeTrouble::Unreachable) => return Welcome::Reset,
            Some(NodeTrouble::Hangs) => return Welcome::Never,
            Some(NodeTrouble::Answers(status)) => return Welcome::Broken(status),
        }
        let fault = self.servers[index].socket_fault.as_ref();
        if let Some(welcome) = fault.and_then(SocketFault::welcome) {
            return welcome;
        }
        let manners = self.manners_of(index);
        if self.is_crowded(index, manners) {
            return Welcome::Full;
        }
        if !knock.upgrades {
            return Welcome::NoUpgrade;
        }
        if !manners.is_rs() && !self.takes_origin(index, knock.origin) {
            return Welcome::WrongOrigin;
        }
        Welcome::Comes(self.connect(index, manners))
    }

    /// 1.12 counts open sockets, 1.13 those that have authenticated.
    fn is_crowded(&self, index: usize, manners: Manners) -> bool {
        if !manners.is_strict() {
            return false;
        }
        let uuid = &self.servers[index].uuid;
        let open = self.sockets.iter().filter(|one| &one.server == uuid);
        let open = open.filter(|one| !one.ended && (one.listens || manners == Manners::Wings1_12));
        open.count() >= self.rules.socket_cap
    }

    fn takes_origin(&self, index: usize, origin: Option<&str>) -> bool {
        let Some(origin) = origin else { return false };
        let node = self.node_of(&self.servers[index]);
        let more = node.map_or(&[][..], |node| &node.origins);
        origin == self.panel_url() || more.iter().any(|one| one == "*" || one == origin)
    }

    fn connect(&mut self, index: usize, manners: Manners) -> u64 {
        let now = self.now;
        // What happened before is not for this socket.
        self.present(index);
        self.live_until(now);
        let server = &mut self.servers[index];
        server.stats_told = server.stats_told.max(now);
        self.opened += 1;
        let strict = manners == Manners::Wings1_13;
        let mut socket = Socket {
            id: self.opened,
            server: server.uuid.clone(),
            manners,
            grant: None,
            listens: false,
            auths: std::collections::VecDeque::new(),
            check: now + self.rules.token_check.max(Duration::from_millis(1)),
            ping: manners.is_rs().then(|| now + self.rules.ping_every),
            deadline: strict.then(|| now + self.rules.auth_deadline),
            buckets: Buckets::new(now),
            out: std::collections::VecDeque::new(),
            ended: false,
            said_expired: false,
            frozen: false,
            bell: std::sync::Arc::default(),
        };
        match &server.socket_fault {
            Some(SocketFault::Dropped) => socket.end(Out::Drop),
            Some(SocketFault::Closed(code, reason)) => socket.close(*code, reason.clone()),
            Some(_) | None => {}
        }
        server.sockets.opened += 1;
        if manners.is_strict() && self.is_closed(index) {
            socket.close(4409, "server is suspended");
        }
        self.sockets.push(socket);
        let open = self.open_on(index);
        let most = &mut self.servers[index].sockets.most;
        *most = open.max(*most);
        self.opened
    }

    /// A connection is gone.
    pub(crate) fn leave(&mut self, id: u64) {
        self.sockets.retain(|socket| socket.id != id);
    }

    /// What is to be sent over a socket, and whether its line is dead; `None` once it is gone.
    pub(crate) fn outgoing(&mut self, id: u64) -> Option<(Vec<Out>, bool)> {
        let socket = self.sockets.iter_mut().find(|socket| socket.id == id)?;
        if socket.frozen {
            return Some((Vec::new(), true));
        }
        Some((socket.out.drain(..).collect(), false))
    }

    /// Rung when there is something to do for the network side of a socket.
    pub(crate) fn bell(&self, id: u64) -> Option<Arc<Notify>> {
        let socket = self.sockets.iter().find(|socket| socket.id == id)?;
        Some(Arc::clone(&socket.bell))
    }

    fn open_on(&self, index: usize) -> usize {
        let uuid = &self.servers[index].uuid;
        let open = self.sockets.iter().filter(|one| &one.server == uuid);
        open.filter(|one| !one.ended).count()
    }

    /// How many sockets are open on a server, authenticated or not.
    ///
    /// # Panics
    /// When there is no such server.
    pub fn sockets_of(&mut self, server: &str) -> usize {
        let uuid = self.server(server).uuid.clone();
        self.place(&uuid).map_or(0, |index| self.open_on(index))
    }

    /// How many sockets are open on all servers together.
    #[must_use]
    pub fn open_sockets(&self) -> usize {
        self.sockets.iter().filter(|one| !one.ended).count()
    }

    /// How many sockets have ever been opened on a server.
    ///
    /// # Panics
    /// When there is no such server.
    pub fn sockets_ever(&mut self, server: &str) -> u64 {
        self.server(server).sockets.opened
    }

    /// The most sockets that were ever open on a server at the same time.
    ///
    /// # Panics
    /// When there is no such server.
    pub fn most_sockets(&mut self, server: &str) -> usize {
        self.server(server).sockets.most
    }

    /// How often somebody knocked at a server's websocket, let in or not.
    ///
    /// # Panics
    /// When there is no such server.
    pub fn handshakes(&mut self, server: &str) -> u64 {
        self.server(server).sockets.knocks
    }

    /// Drops every socket of a server without a close frame (1006), as a bad line would.
    ///
    /// # Panics
    /// When there is no such server.
    pub fn cut_sockets(&mut self, server: &str) {
        let uuid = self.server(server).uuid.clone();
        self.drop_sockets(|socket, _| socket.server == uuid);
    }

    /// Closes every socket of a server with this code and reason, such as 4409 "server is suspended".
    ///
    /// # Panics
    /// When there is no such server.
    pub fn close_sockets(&mut self, server: &str, code: u16, reason: &str) {
        let uuid = self.server(server).uuid.clone();
        let own = self.sockets.iter_mut().filter(|one| one.server == uuid);
        own.for_each(|one| one.close(code, reason.to_owned()));
    }

    /// Every token that was ever given for a server has this long to live from now on, as if the node's clock were wrong:
    /// none at all is `jwt error`, less than `Rules::token_warns` is `token expiring` at the next look.
    ///
    /// # Panics
    /// When there is no such server.
    pub fn tokens_expire_in(&mut self, server: &str, left: Duration) {
        let uuid = self.server(server).uuid.clone();
        let expires = self.now + left;
        let held = self.sockets.iter_mut().filter_map(|one| one.grant.as_mut());
        for grant in held.chain(self.tokens.values_mut()) {
            if grant.server == uuid {
                grant.expires = expires;
            }
        }
    }

    /// The node's daemon starts anew: its sockets are dropped, earlier tokens refused; the servers run on.
    ///
    /// # Panics
    /// When there is no such node.
    pub fn restart_node(&mut self, name: &str) {
        let now = self.now;
        self.node(name).booted = now;
        let on_node = self.servers_on(name);
        self.drop_sockets(|socket, _| on_node.contains(&socket.server));
    }

    fn servers_on(&self, node: &str) -> Vec<String> {
        let on_it = self.servers.iter().filter(|one| one.spec.node == node);
        on_it.map(|one| one.uuid.clone()).collect()
    }

    /// Takes a user's access to a server away. What sockets feel depends on panel and node (REFERENCE 15.24, 16.19).
    ///
    /// # Panics
    /// When there is no such user or server.
    pub fn remove_subuser(&mut self, server: &str, user: &str) {
        self.revoke(server, user);
        let server = self.server(server);
        server.subusers.retain(|known| known.user != user);
    }

    pub(crate) fn revoke(&mut self, server: &str, user: &str) {
        let user = self.user(user).uuid.clone();
        let uuid = self.server(server).uuid.clone();
        let index = self.servers.iter().position(|one| one.uuid == uuid);
        let manners = self.manners_of(index.unwrap_or_default());
        let newer = self.rules.flavour != Flavour::Pterodactyl1_11;
        let whose = (uuid.clone(), user.clone());
        match manners {
            // A new panel speaks of it in a way that an old node does not know.
            Manners::Wings1_11 if newer => {}
            Manners::Wings1_11 => {
                self.denied.insert(whose, self.now);
            }
            Manners::Wings1_12 | Manners::Wings1_13 => {
                self.denied.insert(whose, self.now);
                if newer {
                    self.drop_sockets(|socket, _| socket.server == uuid);
                }
            }
            Manners::WingsRs => {
                let own = self.sockets.iter_mut().filter(|one| one.server == uuid);
                let own =
                    own.filter(|one| one.grant.as_ref().is_some_and(|grant| grant.user == user));
                own.for_each(|one| one.close(1000, "permission revoked"));
            }
        }
    }

    /// A user changes the password: newer panels and nodes drop every socket of the nodes where the user has servers,
    /// other people's too (REFERENCE 16.20).
    ///
    /// # Panics
    /// When there is no such user.
    pub fn change_password(&mut self, user: &str) {
        let name = self.user(user).name.clone();
        if self.rules.flavour == Flavour::Pterodactyl1_11 {
            return;
        }
        let mut nodes: Vec<String> = Vec::new();
        for server in &self.servers {
            let has =
                server.spec.owner == name || server.subusers.iter().any(|one| one.user == name);
            if has {
                nodes.push(server.spec.node.clone());
            }
        }
        self.drop_sockets(|socket, world| {
            let server = world.servers.iter().find(|one| one.uuid == socket.server);
            let there = server.is_some_and(|one| nodes.contains(&one.spec.node));
            there && socket.manners.is_strict()
        });
    }

    /// Tells the sockets of a server that it is gone.
    pub(crate) fn say_deleted(&mut self, which: &str) {
        let gone = self
            .servers
            .iter()
            .find(|one| one.uuid == which || one.spec.name == which);
        let Some(uuid) = gone.map(|one| one.uuid.clone()) else {
            return;
        };
        for at in 0..self.sockets.len() {
            if self.sockets[at].server != uuid {
                continue;
            }
            if self.sockets[at].listens {
                self.deliver(at, "deleted", &["null"]);
            }
            let socket = &mut self.sockets[at];
            match socket.manners {
                Manners::Wings1_11 => {
                    if socket.listens {
                        socket.send("console output", &[""]);
                    }
                    socket.close(1001, "server deleted");
                }
                Manners::Wings1_12 | Manners::Wings1_13 | Manners::WingsRs => {
                    socket.end(Out::Drop);
                }
            }
        }
    }
}
