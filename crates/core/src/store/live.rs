//! What a server's node tells over its live socket.
//!
//! Opens and closes nothing: the monitor does, by the plan.

use super::{
    State, drive,
    look::unclear,
    reading::{Reading, Seen},
    server::{Server, Socket},
};
use crate::{
    effect::{Drive, Effect},
    event::LiveNews,
    id::ServerId,
    plain,
    time::Now,
};
use pterodactyl_client::{
    PowerState, Resources,
    live::{CrashLine, Why},
};

impl Server {
    /// The node let us in.
    fn opened(&mut self) {
        self.trouble = None;
        self.socket = Socket::Open {
            heard: false,
            unclear: false,
        };
    }

    /// Nothing comes any more. What was known held until now.
    fn closed(&mut self, now: Now, why: &Why, brief: bool) {
        if self.is_live()
            && let Some(reading) = &mut self.reading
        {
            reading.held = now;
        }
        if self.block().is_some() {
            self.reading = None;
        }
        self.socket = if *why == Why::Left {
            Socket::Untried
        } else if brief {
            Socket::Pausing
        } else {
            let why = plain::line(&why.to_string(), 200);
            Socket::Failed { why }
        };
    }

    /// The panel is watched no more, or anew: its sockets are gone.
    pub(super) fn unwatched(&mut self) {
        self.socket = Socket::Untried;
        self.not_viewed();
    }

    /// The socket is dead after a sleep, though nobody told.
    pub(super) fn cut(&mut self) {
        if matches!(self.socket, Socket::Open { .. }) {
            self.socket = Socket::Pausing;
        }
    }
}

impl State {
    pub(super) fn live(&mut self, now: Now, id: &ServerId, news: LiveNews, out: &mut Vec<Effect>) {
        let Some(panel) = self.panels.get_mut(&id.panel) else {
            return;
        };
        let Some(server) = panel.servers.get_mut(&id.uuid) else {
            return;
        };
        match news {
            LiveNews::Opened => {
                server.opened();
                panel.node_answered(&id.uuid);
            }
            LiveNews::State(state) => self.told(now, id, &state, None, out),
            LiveNews::Stats(used) => self.told(now, id, &used.state, Some(&used), out),
            LiveNews::Crash(CrashLine::Crashed(crash)) => {
                server.fate.crashed(now, crash);
                server.trail.crashed(now, crash);
            }
            LiveNews::Crash(CrashLine::NotRestarted(_)) => {}
            LiveNews::Unsettled => out.push(drive(Drive::Relist(id.panel.clone()))),
            LiveNews::Closed { why, brief } => {
                if let Some(server) = panel.servers.get_mut(&id.uuid) {
                    server.closed(now, &why, brief);
                    // Nobody can look at it by polling either: it waits with the others.
                    if panel.gap.as_ref().is_some_and(|gap| !gap.is_proven()) {
                        server.doubt();
                    }
                }
                // The panel knows what is permitted now.
                if matches!(why, Why::MissingConnect | Why::Revoked) {
                    out.push(drive(Drive::View(id.clone())));
                }
            }
        }
    }

    /// The node's word on the power state. Frames of a socket that is not open are late ones.
    fn told(
        &mut self,
        now: Now,
        id: &ServerId,
        state: &PowerState,
        used: Option<&Resources>,
        out: &mut Vec<Effect>,
    ) {
        let Some(panel) = self.panels.get_mut(&id.panel) else {
            return;
        };
        let look = panel.looks;
        let known = panel.servers.get_mut(&id.uuid);
        let Some(server) = known.filter(|server| matches!(server.socket, Socket::Open { .. }))
        else {
            return;
        };
        let seen = Seen::of(state);
        let reading = match (seen, used) {
            (None, _) => {
                let (problem, _) = unclear(state);
                server.troubled(look, problem, false);
                None
            }
            (Some(seen), Some(used)) => Some(Reading::stats(now, seen, used)),
            (Some(seen), None) => Some(Reading::state(now, seen, server.reading.as_ref())),
        };
        panel.node_answered(&id.uuid);
        if let Some(reading) = reading {
            self.take(id, reading, out);
        }
        if let Some(server) = self.server_mut(id) {
            server.socket = Socket::Open {
                heard: server.is_live() || seen.is_some(),
                unclear: seen.is_none(),
            };
        }
    }
}
