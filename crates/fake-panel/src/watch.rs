//! Time passing while somebody watches: every due thing at its own moment, told to every socket. Never reads a clock.

use std::time::Duration;

use crate::fault::NodeTrouble;
use crate::frames::Stats;
use crate::happening::Happening;
use crate::life::Moment;
use crate::power::PowerState;
use crate::socket::{Out, Socket, permission_to_hear};
use crate::socket_fault::SocketFault;
use crate::token::Grant;
use crate::world::World;

const NO_TOKEN: &str = "jwt: no jwt present";
const EXPIRED: &str = "jwt: exp claim is invalid";
const DENIED: &str = "jwt: created too far in past (denylist)";
const NO_CONNECT: &str = "jwt: missing connect permission";
const OTHER_SERVER: &str = "jwt: server uuid mismatch";

impl World {
    /// Lets time pass. Without sockets nobody sees the steps, so they are left out.
    pub(crate) fn live_until(&mut self, now: Moment) {
        while let Some(due) = self.next_due().filter(|due| *due <= now) {
            self.now = self.now.max(due);
            self.turn();
        }
        self.now = self.now.max(now);
        self.turn();
    }

    /// Tells what has just been changed from outside.
    pub(crate) fn catch_up(&mut self) {
        self.live_until(self.now);
    }

    /// How long until something happens that a socket would notice.
    pub(crate) fn next_in(&self) -> Option<Duration> {
        Some(self.next_due()?.saturating_sub(self.now))
    }

    /// When the next thing happens that a socket would notice.
    pub(crate) fn next_due(&self) -> Option<Moment> {
        let sockets = self.sockets.iter().filter_map(Socket::due);
        let servers = self.watched().into_iter().flat_map(|index| {
            let server = &self.servers[index];
            [server.due(), self.stats_due(index)]
        });
        sockets.chain(servers.flatten()).min()
    }

    /// The servers that have sockets, in order. Only the sockets are gone through, for there may be a lot of servers.
    fn watched(&self) -> Vec<usize> {
        let open = self.sockets.iter().filter(|socket| !socket.ended);
        let mut all: Vec<usize> = open
            .filter_map(|socket| self.place(&socket.server))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The next statistics of a running container, in its own rhythm.
    fn stats_due(&self, index: usize) -> Option<Moment> {
        let server = &self.servers[index];
        let every = self.rules.stats_every.max(Duration::from_millis(1));
        let since = server.life.since()?;
        let told = server.stats_told.max(since) - since;
        let beats = told.as_nanos() / every.as_nanos() + 1;
        Some(since + every * u32::try_from(beats).unwrap_or(u32::MAX))
    }

    fn turn(&mut self) {
        let now = self.now;
        for index in self.watched() {
            self.servers[index].bring_to(now);
            // Only after what has happened, or the state would be ahead of its own news.
            self.settle(index);
            if self.stats_due(index).is_some_and(|due| due <= now) {
                self.servers[index].stats_told = now;
                self.tell_stats(index, None);
            }
        }
        for index in 0..self.servers.len() {
            self.settle(index);
        }
        for at in 0..self.sockets.len() {
            self.feel_faults(at);
            self.look_after(at);
        }
    }

    /// What of the faults of node and server an open socket notices: a daemon that has ended, or a dead line.
    fn feel_faults(&mut self, at: usize) {
        let Some(index) = self.place(&self.sockets[at].server) else {
            return;
        };
        let server = &self.servers[index];
        let frozen = server.socket_fault == Some(SocketFault::Frozen);
        let trouble = self.node_of(server).and_then(|node| node.trouble);
        let socket = &mut self.sockets[at];
        match trouble {
            Some(NodeTrouble::Refuses) => socket.end(Out::Drop),
            Some(NodeTrouble::Unreachable | NodeTrouble::Hangs) => socket.freeze(true),
            Some(NodeTrouble::Answers(_)) | None => socket.freeze(frozen),
        }
    }

    /// Rings where something waits to be sent.
    pub(crate) fn ring(&self) {
        self.sockets.iter().for_each(Socket::ring);
    }

    /// Tells everybody connected what has happened at a server.
    fn settle(&mut self, index: usize) {
        if self.servers[index].happened.is_empty() {
            return;
        }
        let happened = std::mem::take(&mut self.servers[index].happened);
        for happening in happened {
            match happening {
                Happening::State(state) => self.tell(index, "status", &[state.as_str()]),
                Happening::Stats(of) => self.tell_stats(index, Some(of)),
                Happening::Line(line) => self.tell(index, "console output", &[&line]),
                Happening::Event { name, args } => {
                    let args: Vec<&str> = args.iter().map(String::as_str).collect();
                    self.tell(index, &name, &args);
                }
                Happening::Suspended => self.drop_sockets(|socket, world| {
                    socket.manners.is_strict() && socket.server == world.servers[index].uuid
                }),
            }
        }
    }

    fn tell(&mut self, index: usize, name: &str, args: &[&str]) {
        for at in 0..self.sockets.len() {
            let socket = &self.sockets[at];
            if socket.listens && socket.server == self.servers[index].uuid {
                self.deliver(at, name, args);
            }
        }
    }

    fn tell_stats(&mut self, index: usize, of: Option<PowerState>) {
        if let Some(at) = (0..self.sockets.len()).find(|&at| self.hears(at, index)) {
            let newer = self.sockets[at].manners.is_strict();
            let text = self.stats(index, newer, of).text(false);
            self.tell(index, "stats", &[&text]);
        }
    }

    fn hears(&self, at: usize, index: usize) -> bool {
        let socket = &self.sockets[at];
        socket.listens && !socket.ended && socket.server == self.servers[index].uuid
    }

    /// A server's present statistics, or the empty ones of the moment it started or ended.
    pub(crate) fn stats(&self, index: usize, newer: bool, of: Option<PowerState>) -> Stats {
        let server = &self.servers[index];
        let starting = of == Some(PowerState::Starting);
        let limit = server.memory_limit_bytes(newer);
        Stats {
            gauges: server.gauges_in(of),
            memory_limit_bytes: if starting { 0 } else { limit },
            state: of.unwrap_or(server.state()).as_str(),
            disk_io: newer && self.rules.flavour.is_pelican(),
        }
    }

    /// Sends an event if the socket's token still allows it; Go Wings sends its complaint instead (REFERENCE 7.7).
    pub(crate) fn deliver(&mut self, at: usize, name: &str, args: &[&str]) {
        let problem = self.token_problem(&self.sockets[at]);
        let socket = &mut self.sockets[at];
        if let Some(problem) = problem {
            if !socket.manners.is_rs() {
                socket.send("jwt error", &[problem]);
            }
            return;
        }
        let needed = permission_to_hear(name);
        let may = |needed| socket.grant.as_ref().is_some_and(|grant| grant.may(needed));
        if needed.is_none_or(may) {
            socket.send(name, args);
        }
    }

    /// Why a socket's token is no good now.
    pub(crate) fn token_problem(&self, socket: &Socket) -> Option<&'static str> {
        let Some(grant) = &socket.grant else {
            return Some(NO_TOKEN);
        };
        let other = grant.server != socket.server;
        let problem = self.grant_problem(grant, socket.manners.is_strict());
        problem.or(other.then_some(OTHER_SERVER))
    }

    /// Why a token is no good for any socket of its server.
    pub(crate) fn grant_problem(&self, grant: &Grant, strict: bool) -> Option<&'static str> {
        let booted = self.node_index(&grant.server);
        let booted = booted.map_or(Moment::ZERO, |node| self.nodes[node].booted);
        let whose = (grant.server.clone(), grant.user.clone());
        let denied = self.denied.get(&whose).copied().unwrap_or_default();
        if grant.expires <= self.now {
            Some(EXPIRED)
        } else if grant.issued < booted || grant.issued < denied {
            Some(DENIED)
        } else if grant.may_connect(strict) {
            None
        } else {
            Some(NO_CONNECT)
        }
    }

    pub(crate) fn of_other_server(&self, grant: &Grant, at: usize) -> Option<&'static str> {
        let other = grant.server != self.sockets[at].server;
        other.then_some(OTHER_SERVER)
    }

    /// What is due at one socket by now.
    fn look_after(&mut self, at: usize) {
        let now = self.now;
        while let Some((due, _)) = self.sockets[at].auths.front()
            && *due <= now
        {
            if let Some((_, token)) = self.sockets[at].auths.pop_front() {
                self.authenticate(at, &token);
            }
        }
        let (check, ping) = (self.rules.token_check, self.rules.ping_every);
        let least = Duration::from_millis(1);
        let socket = &mut self.sockets[at];
        if socket.deadline.is_some_and(|deadline| deadline <= now) {
            socket.end(Out::Drop);
        }
        if socket.ended {
            return;
        }
        if socket.ping.is_some_and(|due| due <= now) {
            socket.ping = Some(now + ping.max(least));
            socket.out.push_back(Out::Ping);
        }
        if socket.check <= now {
            socket.check += check.max(least);
            self.look_at_token(at);
        }
    }

    fn look_at_token(&mut self, at: usize) {
        let (now, warns) = (self.now, self.rules.token_warns);
        let socket = &mut self.sockets[at];
        let Some(grant) = &socket.grant else { return };
        if grant.expires > now + warns {
            return;
        }
        let expired = grant.expires <= now;
        if !expired {
            self.deliver(at, "token expiring", &[]);
        } else if !socket.manners.is_rs() {
            // Swallowed by the very check it is about.
            self.deliver(at, "token expired", &[]);
        } else if !std::mem::replace(&mut socket.said_expired, true) {
            socket.send("token expired", &[]);
        }
    }

    /// Ends connections without a word.
    pub(crate) fn drop_sockets(&mut self, which: impl Fn(&Socket, &Self) -> bool) {
        for at in 0..self.sockets.len() {
            if which(&self.sockets[at], self) {
                self.sockets[at].end(Out::Drop);
            }
        }
    }

    /// Whether the node keeps people out of a server for now.
    pub(crate) fn is_closed(&self, index: usize) -> bool {
        let status = self.servers[index].status.as_deref();
        matches!(status, Some("suspended" | "restoring_backup"))
    }

    pub(crate) fn is_offline(&self, index: usize) -> bool {
        self.servers[index].state() == PowerState::Offline
    }
}
