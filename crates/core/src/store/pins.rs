//! Pinned servers: shown and watched first, in the order they were pinned.
//!
//! Knows no place of a live socket: `roster` does.

use super::{State, fail, reply};
use crate::{
    action::Outcome,
    effect::Effect,
    event::AskId,
    id::{PanelId, ServerId},
    problem::{Problem, ProblemKind},
};

impl State {
    pub(super) fn pin(
        &mut self,
        ask: Option<AskId>,
        id: ServerId,
        pinned: bool,
        out: &mut Vec<Effect>,
    ) {
        if pinned && self.server_mut(&id).is_none() {
            return fail(out, ask, Problem::of(ProblemKind::NoSuchServer));
        }
        if pinned != self.settings.pinned.contains(&id) {
            if pinned {
                self.settings.pinned.push(id);
            } else {
                self.settings.pinned.retain(|known| *known != id);
            }
            self.save(out);
        }
        reply(out, ask, Outcome::Done);
    }

    /// After a complete list: pins of servers that are gone go too. A list without a single server
    /// is a panel's or an account's trouble, not the end of them all.
    pub(super) fn forget_pins(&mut self, id: &PanelId, out: &mut Vec<Effect>) {
        let Some(panel) = self
            .panels
            .get(id)
            .filter(|panel| !panel.servers.is_empty())
        else {
            return;
        };
        let before = self.settings.pinned.len();
        let there = |pin: &ServerId| pin.panel != *id || panel.servers.contains_key(&pin.uuid);
        self.settings.pinned.retain(there);
        if self.settings.pinned.len() != before {
            self.save(out);
        }
    }
}
