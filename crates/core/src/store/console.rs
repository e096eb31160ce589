//! Whose console is being read: such a server gets a live socket before all others, for as long as that lasts.
//!
//! Knows no line of what is read.

use super::{State, drive, errand::CONNECT, panel::Link, server::Socket};
use crate::{
    console::ConsoleState,
    effect::{Drive, Effect},
    id::ServerId,
    problem::{Problem, ProblemKind},
};

impl State {
    /// Somebody reads along. What was given up is tried again for them.
    pub(super) fn console_opened(&mut self, id: &ServerId, out: &mut Vec<Effect>) {
        *self.consoles.entry(id.clone()).or_default() += 1;
        if let Some(server) = self.server_mut(id) {
            server.lent |= server.place.is_none();
        }
        out.push(drive(Drive::Console(id.clone())));
    }

    /// One reader left. A place that only the reading was worth goes with the last one.
    pub(super) fn console_closed(&mut self, id: &ServerId) {
        let Some(count) = self.consoles.get_mut(id) else {
            return;
        };
        *count -= 1;
        if *count > 0 {
            return;
        }
        self.consoles.remove(id);
        if let Some(server) = self.server_mut(id)
            && std::mem::take(&mut server.lent)
            && !server.is_up()
        {
            server.place = None;
        }
    }

    /// The servers whose consoles are being read.
    pub fn consoles(&self) -> impl Iterator<Item = &ServerId> {
        self.consoles.keys()
    }

    /// Whether anything can come from a server's console.
    pub fn console(&self, id: &ServerId) -> ConsoleState {
        let none = |kind| ConsoleState::None {
            problem: Problem::of(kind),
        };
        let Some(panel) = self.panels.get(&id.panel) else {
            return none(ProblemKind::NoSuchServer);
        };
        let Some(server) = panel.servers.get(&id.uuid) else {
            return none(ProblemKind::NoSuchServer);
        };
        match &server.socket {
            Socket::Open { .. } => return ConsoleState::Live,
            _ if !server.may(CONNECT) => return none(ProblemKind::Forbidden),
            _ if server.block().is_some() => return none(ProblemKind::Conflict),
            Socket::Failed { why } => return ConsoleState::Failed { why: why.clone() },
            Socket::Untried | Socket::Pausing => {}
        }
        match &panel.link {
            Link::Failing { problem } => ConsoleState::None {
                problem: problem.clone(),
            },
            _ if panel.is_silent(&server.listed.node) => none(ProblemKind::NodeUnreachable),
            Link::Connecting | Link::Answering => ConsoleState::Connecting,
        }
    }
}
