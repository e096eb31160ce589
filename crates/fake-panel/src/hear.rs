//! What a node makes of a client's frames (REFERENCE 7.4, 7.6). Never touches the network.

use serde_json::json;

use crate::bucket::Verdict;
use crate::frames::{self, Heard};
use crate::ids;
use crate::node::Manners;
use crate::power::Signal;
use crate::socket::Out;
use crate::socket_fault::SocketFault;
use crate::token::Grant;
use crate::world::World;

const GENERIC: &str = "an unexpected error was encountered while handling this request";
const BUSY: &str =
    "another power action is currently being processed for this server, please try again later";

/// What wings-rs knows. Its texts here and below are written from REFERENCE 15.28 and 15.29; no recording of it is kept.
const KNOWN: [&str; 5] = [
    "auth",
    "set state",
    "send logs",
    "send command",
    "send stats",
];

impl World {
    /// A text frame has come over a socket.
    pub(crate) fn hear(&mut self, id: u64, text: &str) {
        let Some(at) = self.sockets.iter().position(|socket| socket.id == id) else {
            return;
        };
        let socket = &mut self.sockets[at];
        if socket.ended {
            return;
        }
        if socket.manners.is_strict() && text.len() > self.rules.frame_bytes {
            socket.close(1009, "");
            return;
        }
        match frames::read(text) {
            Err(problem) if socket.manners.is_rs() => socket.send("jwt error", &[&problem]),
            // Go Wings does not even look up from its work.
            Err(_) => {}
            Ok(heard) => self.heard(at, &heard),
        }
    }

    /// A binary frame has come: newer nodes drop it, older ones read what is in it.
    pub(crate) fn hear_bytes(&mut self, id: u64, bytes: &[u8]) {
        let mut sockets = self.sockets.iter();
        let strict = sockets.any(|one| one.id == id && one.manners.is_strict());
        let limit = self.rules.frame_bytes;
        if (!strict || bytes.len() > limit)
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            self.hear(id, text);
        }
    }

    fn heard(&mut self, at: usize, heard: &Heard) {
        let now = self.now;
        let takes = self.rules.auth_takes;
        let socket = &mut self.sockets[at];
        let event = heard.event.as_str();
        match socket.manners {
            Manners::Wings1_11 => {}
            Manners::Wings1_12 | Manners::Wings1_13 => {
                if let Verdict::Dropped { say, everything } = socket.buckets.judge(event, now) {
                    let what = if everything { "global" } else { event };
                    if say {
                        socket.send("throttled", &[what]);
                    }
                    return;
                }
            }
            Manners::WingsRs => {
                if !self.rs_takes(at, heard) {
                    return;
                }
            }
        }
        if event == "auth" {
            let fault = self.place(&self.sockets[at].server);
            let fault = fault.and_then(|index| self.servers[index].socket_fault.as_ref());
            if fault == Some(&SocketFault::AuthUnanswered) {
                return;
            }
            let socket = &mut self.sockets[at];
            socket.auths.push_back((now + takes, heard.text.clone()));
            return;
        }
        if let Some(problem) = self.token_problem(&self.sockets[at]) {
            self.sockets[at].send("jwt error", &[problem]);
            return;
        }
        let uuid = &self.sockets[at].server;
        let Some(index) = self.place(uuid) else {
            return;
        };
        match event {
            "send stats" => self.send_stats(at, index, true),
            "send logs" => self.send_logs(at, index),
            "send command" => self.send_command(at, index, &heard.text),
            "set state" => self.set_state(at, index, &heard.text),
            _ => {}
        }
    }

    /// The daemon in Rust knows its events by name, wants `args`, and talks to nobody who has not shown a token.
    fn rs_takes(&mut self, at: usize, heard: &Heard) -> bool {
        let problem = self.token_problem(&self.sockets[at]);
        let socket = &mut self.sockets[at];
        let event = heard.event.as_str();
        if !KNOWN.contains(&event) {
            let known = KNOWN.map(|one| format!("`{one}`")).join(", ");
            let text = format!("unknown variant `{event}`, expected one of {known}");
            socket.send("jwt error", &[&text]);
            return false;
        }
        if !heard.has_args {
            socket.send("jwt error", &["missing field `args`"]);
            return false;
        }
        if event != "auth" && problem.is_some() {
            socket.end(Out::Drop);
            return false;
        }
        true
    }

    pub(crate) fn authenticate(&mut self, at: usize, token: &str) {
        let manners = self.sockets[at].manners;
        let secret = self.node_index(&self.sockets[at].server);
        let secret = secret.map(|node| self.nodes[node].secret);
        let grant = self.tokens.get(token).cloned();
        let signed = |grant: &Grant| Some(grant.secret) == secret;
        let fault = self.place(&self.sockets[at].server);
        let fault = fault.and_then(|index| self.servers[index].socket_fault.clone());
        let taken = |_: &Grant| fault != Some(SocketFault::AuthRefused);
        let Some(mut grant) = grant.filter(signed).filter(taken) else {
            if manners.is_rs() {
                self.sockets[at].send("jwt error", &["invalid token"]);
            } else {
                self.complain(at, "daemon error", GENERIC);
            }
            return;
        };
        if fault == Some(SocketFault::TokenExpired) {
            grant.expires = self.now;
        }
        let mut problem = self.grant_problem(&grant, manners.is_strict());
        if manners == Manners::Wings1_13 {
            problem = problem.or(self.of_other_server(&grant, at));
        }
        if let Some(problem) = problem {
            if manners.is_rs() {
                let text = if grant.expires <= self.now {
                    "JWT expired"
                } else {
                    problem
                };
                self.sockets[at].send("jwt error", &[text]);
            } else {
                self.complain(at, "jwt error", problem);
            }
            return;
        }
        let first = !self.sockets[at].listens;
        if first && manners == Manners::Wings1_13 && self.is_full(at) {
            self.complain(at, "daemon error", GENERIC);
            self.sockets[at].end(Out::Drop);
            return;
        }
        let permissions = grant.permissions.clone();
        let socket = &mut self.sockets[at];
        socket.grant = Some(grant);
        socket.listens = true;
        socket.deadline = None;
        socket.said_expired = false;
        if manners.is_rs() {
            let permissions: Vec<&str> = permissions.iter().map(String::as_str).collect();
            socket.send("auth success", &permissions);
        } else {
            socket.send("auth success", &[]);
        }
        if first {
            self.greet(at);
        }
    }

    /// As many as there may be have authenticated already.
    fn is_full(&self, at: usize) -> bool {
        let server = &self.sockets[at].server;
        let others = self.sockets.iter().filter(|one| !one.ended && one.listens);
        others.filter(|one| &one.server == server).count() >= self.rules.socket_cap
    }

    /// What a socket hears after its first token.
    fn greet(&mut self, at: usize) {
        let uuid = &self.sockets[at].server;
        let Some(index) = self.place(uuid) else {
            return;
        };
        let server = self.present(index);
        let state = server.state().as_str();
        let busy = server.transferring || server.status.as_deref() == Some("installing");
        self.deliver(at, "status", &[state]);
        let rs = self.sockets[at].manners.is_rs();
        if self.is_offline(index) && !busy && !rs {
            self.send_stats(at, index, true);
        }
    }

    fn send_stats(&mut self, at: usize, index: usize, requested: bool) {
        let newer = self.sockets[at].manners.is_strict();
        let text = self.stats(index, newer, None).text(requested);
        self.deliver(at, "stats", &[&text]);
    }

    fn send_logs(&mut self, at: usize, index: usize) {
        if self.is_offline(index) {
            return;
        }
        let kept = self.servers[index].console.kept().map(str::to_owned);
        for line in kept.collect::<Vec<_>>() {
            self.deliver(at, "console output", &[&line]);
        }
    }

    fn send_command(&mut self, at: usize, index: usize, command: &str) {
        if !self.may(at, "control.console") || self.is_offline(index) {
            return;
        }
        let properties = json!({"command": command});
        self.note_from_socket(at, index, "server:console.command", properties);
        self.servers[index].type_in(command);
    }

    fn set_state(&mut self, at: usize, index: usize, word: &str) {
        let Some(signal) = Signal::read(word) else {
            self.complain(at, "daemon error", GENERIC);
            return;
        };
        if !self.may(at, signal.permission()) {
            return;
        }
        if let Some(problem) = self.power_problem(index, signal) {
            self.refuse_power(at, problem);
            return;
        }
        let event = format!("server:power.{}", signal.as_str());
        self.note_from_socket(at, index, &event, json!({}));
        self.servers[index].signal(signal);
    }

    fn power_problem(&self, index: usize, signal: Signal) -> Option<&'static str> {
        let server = &self.servers[index];
        if signal == Signal::Kill {
            return None;
        }
        if server.life.is_busy() {
            return Some(BUSY);
        }
        if !matches!(signal, Signal::Start | Signal::Restart) {
            return None;
        }
        match server.status.as_deref() {
            Some("suspended") => Some("server is suspended"),
            Some("installing") => Some("server is currently installing"),
            Some("restoring_backup") => Some("server is currently being restored from a backup"),
            _ if server.transferring => Some("server is currently being transferred"),
            _ if signal == Signal::Start && !self.is_offline(index) => {
                Some("server is already running")
            }
            _ => None,
        }
    }

    fn refuse_power(&mut self, at: usize, problem: &'static str) {
        if self.sockets[at].manners.is_rs() {
            let text = match problem {
                "server is already running" => "Server is already running or starting.",
                other => other,
            };
            let text = format!("\u{1b}[31m{text}\u{1b}[0m");
            self.deliver(at, "daemon message", &[&text]);
            return;
        }
        let told = problem == BUSY || self.may(at, "admin.websocket.errors");
        self.complain(at, "daemon error", if told { problem } else { GENERIC });
    }

    /// An error in answer to a frame, with a number of its own.
    fn complain(&mut self, at: usize, event: &str, text: &str) {
        self.minted += 1;
        let number = ids::uuid(&format!("error {}", self.minted));
        self.sockets[at].send(event, &[&format!("Error Event [{number}]: {text}")]);
    }

    fn may(&self, at: usize, permission: &str) -> bool {
        let grant = self.sockets[at].grant.as_ref();
        grant.is_some_and(|grant| grant.may(permission))
    }

    fn note_from_socket(&mut self, at: usize, index: usize, event: &str, what: serde_json::Value) {
        let grant = self.sockets[at].grant.as_ref();
        let uuid = grant.map(|grant| grant.user.clone()).unwrap_or_default();
        let user = self.users.iter().find(|user| user.uuid == uuid).cloned();
        if let Some(user) = user {
            self.note(Some(index), &user, event, false, what);
        }
    }
}
