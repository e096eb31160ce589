//! Looks at servers: readings taken in by freshness, and failures.
//!
//! Judges neither a panel by its servers nor, here, a node by one of them.

use super::{
    State, drive,
    fate::{Change, Step},
    pending::Progress,
    reading::{Reading, Seen, Worth},
    server::{Doubt, Server},
};
use crate::{
    condition::Block,
    effect::{Drive, Effect},
    id::ServerId,
    problem::{Problem, ProblemKind},
    time::Now,
};
use pterodactyl_client::{ConflictState, Error, PowerState, Resources};
use std::time::Duration;

impl Server {
    /// Takes in a reading that is fresher than what is known. `comparable` is how old the last
    /// one may be to compare with.
    pub(super) fn take(&mut self, reading: Reading, comparable: Duration) -> Option<Change> {
        let now = reading.at;
        self.doubt_outdated(now, comparable);
        let (seen, source) = (reading.seen, reading.source);
        self.trouble = None;
        self.looked_again = false;
        self.figures = true;
        let signal = self.pending.as_ref().or(self.shelved.as_ref());
        let own = signal.and_then(|signal| signal.behind(now, seen));
        self.shelved.take_if(|signal| signal.is_over(&reading));
        if let Some(pending) = &mut self.pending
            && pending.observe(now, seen, source, reading.uptime_ms()) == Progress::Done
        {
            self.pending = None;
        }
        self.trail.read(&reading);
        let last = self.reading.replace(reading.clone());
        let first = last.is_none();
        if self.block().is_some() {
            // What a suspension or an installation does to it is nobody's doing.
            self.fate.forget();
            self.doubt = None;
            return None;
        }
        if let Some(Doubt { before }) = self.doubt.take() {
            return self.fate.compare(now, before, seen, own);
        }
        self.fate.judge(Step {
            now,
            before: last.as_ref().map(|last| last.seen),
            held: last.as_ref().map(|last| last.held),
            seen,
            source,
            restarted: last.is_some_and(|last| last.restarted_before(&reading)),
            own,
            first,
        })
    }
}

impl State {
    /// The panel told what a server does and uses.
    pub(super) fn read(
        &mut self,
        now: Now,
        id: &ServerId,
        asked: Now,
        resources: &Resources,
        out: &mut Vec<Effect>,
    ) {
        let Some(panel) = self.panels.get_mut(&id.panel) else {
            return;
        };
        let overtaken = panel.gap.as_ref().is_some_and(|gap| gap.overtakes(asked));
        let look = panel.looks;
        if !overtaken {
            panel.answered = Some(now);
        }
        let Some(server) = panel.servers.get_mut(&id.uuid) else {
            return;
        };
        // Asked before the computer slept or the network went, or of less worth than the socket.
        if overtaken || server.is_live() {
            return;
        }
        let Some(seen) = Seen::of(&resources.state) else {
            let (problem, node) = unclear(&resources.state);
            server.troubled(look, problem, node);
            if node {
                panel.node_failed(now, &id.uuid);
            }
            return;
        };
        server.conflicts(None);
        let reading = Reading::polled(now, asked, seen, resources);
        let last = server.reading.as_ref().filter(|_| server.doubt.is_none());
        match last.map_or(Worth::Newer, |last| last.weigh(&reading)) {
            Worth::Newer => {
                panel.node_answered(&id.uuid);
                self.take(id, reading, out);
            }
            Worth::Older => server.trouble = None,
            Worth::Doubtful => {
                server.trouble = None;
                if !std::mem::replace(&mut server.looked_again, true) {
                    out.push(drive(Drive::Follow(id.clone())));
                }
            }
        }
    }

    /// A reading that counts, whoever told it.
    pub(super) fn take(&mut self, id: &ServerId, reading: Reading, out: &mut Vec<Effect>) {
        let now = reading.at;
        let Some(panel) = self.panels.get_mut(&id.panel) else {
            return;
        };
        let comparable = panel.comparable();
        let Some(server) = panel.servers.get_mut(&id.uuid) else {
            return;
        };
        // What was due before this came is judged without it.
        let settled = server.fate.settle(now);
        let taken = server.take(reading, comparable);
        for change in settled.into_iter().chain(taken) {
            self.tell_change(now, id, change, out);
        }
        self.ask_log(now, id, out);
        self.weigh_use(now, id, out);
        self.close_gap(now, &id.panel);
    }

    /// A server could not be read. What that says about the panel, the list must tell.
    pub(super) fn unread(&mut self, now: Now, id: &ServerId, error: &Error, out: &mut Vec<Effect>) {
        let Some(panel) = self.panels.get_mut(&id.panel) else {
            return;
        };
        let look = panel.looks;
        let node = error.is_about_the_node();
        if node || matches!(error, Error::Conflict { .. }) {
            panel.answered = Some(now);
        }
        let Some(server) = panel.servers.get_mut(&id.uuid) else {
            return;
        };
        let first = server.trouble.is_none();
        if let Error::Conflict { state, .. } = error {
            server.conflicts(state.map(|state| (now, block_of(state))));
            if first {
                out.push(drive(Drive::View(id.clone())));
            }
        }
        // A healthy socket knows better.
        if server.is_live() {
            return;
        }
        server.troubled(look, Problem::from(error), node);
        if node {
            panel.node_failed(now, &id.uuid);
        }
        let expected = matches!(error, Error::Conflict { .. } | Error::RateLimited { .. });
        if first && !node && !expected {
            out.push(drive(Drive::Relist(id.panel.clone())));
        }
    }

    /// What became due with time: signals that did not show, falls that nobody judged yet, gaps.
    pub(super) fn settle(&mut self, now: Now, out: &mut Vec<Effect>) {
        let mut changes = Vec::new();
        for (panel_id, panel) in &mut self.panels {
            for (uuid, server) in &mut panel.servers {
                let settled = server.fate.settle(now);
                if settled.is_some() || server.fate.due().is_some_and(|due| due <= now.mono) {
                    let id = ServerId {
                        panel: panel_id.clone(),
                        uuid: uuid.clone(),
                    };
                    changes.push((id, settled));
                }
            }
        }
        for (id, change) in changes {
            if let Some(change) = change {
                self.tell_change(now, &id, change, out);
            }
            self.ask_log(now, &id, out);
        }
        self.settle_alerts(now, out);
        let panels: Vec<_> = self.panels.keys().cloned().collect();
        for panel in panels {
            self.close_gap(now, &panel);
        }
    }
}

/// What a state that says nothing is called, and whether it is the node's fault.
pub(super) fn unclear(state: &PowerState) -> (Problem, bool) {
    match state {
        PowerState::Unknown(state) => (Problem::with(ProblemKind::UnknownState, state), false),
        PowerState::Missing
        | PowerState::Offline
        | PowerState::Starting
        | PowerState::Running
        | PowerState::Stopping => (Problem::of(ProblemKind::NodeUnreachable), true),
    }
}

fn block_of(state: ConflictState) -> Block {
    match state {
        ConflictState::Suspended => Block::Suspended,
        ConflictState::Maintenance => Block::Maintenance,
        ConflictState::Installing => Block::Installing,
        ConflictState::RestoringBackup => Block::Restoring,
        ConflictState::Transferring => Block::Transferring,
    }
}
