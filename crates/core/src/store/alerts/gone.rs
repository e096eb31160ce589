//! What is gone: servers and panels of which nothing more is told, and what was told of them is taken back.
//!
//! Removes nothing from the state.

use super::super::{State, panel::Panel};
use crate::{
    alert::Subject,
    effect::{Desktop, Effect},
    id::{PanelId, ServerId},
};
use std::collections::BTreeSet;

impl State {
    /// Servers that a list does not name any more, or that it blocks: nothing more is told of them.
    pub(in crate::store) fn leave_alone(&mut self, panel: &PanelId, out: &mut Vec<Effect>) {
        let Some(known) = self.panels.get_mut(panel) else {
            return;
        };
        let mut there = BTreeSet::new();
        for (uuid, server) in &mut known.servers {
            let id = ServerId {
                panel: panel.clone(),
                uuid: uuid.clone(),
            };
            if server.block().is_none() {
                there.insert(id);
                continue;
            }
            if server.telling.close() {
                withdraw(Subject::Server(id.clone()), out);
            }
            if server.uses.close() {
                withdraw(Subject::Use(id), out);
            }
        }
        self.leave_groups(|id| id.panel == *panel && !there.contains(id), out);
    }

    /// A panel that is no longer in the state: everything that was told of it.
    pub(in crate::store) fn forget_alerts_of(
        &mut self,
        id: &PanelId,
        panel: Panel,
        out: &mut Vec<Effect>,
    ) {
        withdraw(Subject::Panel(id.clone()), out);
        for node in panel.nodes.into_keys() {
            let panel = id.clone();
            withdraw(Subject::Node { panel, node }, out);
        }
        for uuid in panel.servers.into_keys() {
            let panel = id.clone();
            take_back(ServerId { panel, uuid }, out);
        }
        self.leave_groups(|server| server.panel == *id, out);
        self.alerts.kept.forget_panel(id);
    }
}

/// Takes back everything that was told of one server.
pub(in crate::store) fn take_back(server: ServerId, out: &mut Vec<Effect>) {
    withdraw(Subject::Use(server.clone()), out);
    withdraw(Subject::Server(server), out);
}

fn withdraw(about: Subject, out: &mut Vec<Effect>) {
    out.push(Effect::Desktop(Desktop::Withdraw(about)));
}
