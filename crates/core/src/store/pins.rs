//! Pinned servers, shown and watched first in their order; and hidden ones.
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
use std::collections::BTreeSet;

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
                self.settings.hidden.retain(|known| *known != id);
                self.settings.pinned.push(id);
            } else {
                self.settings.pinned.retain(|known| *known != id);
            }
            self.save(out);
        }
        reply(out, ask, Outcome::Done);
    }

    pub(super) fn hide(
        &mut self,
        ask: Option<AskId>,
        id: ServerId,
        hidden: bool,
        out: &mut Vec<Effect>,
    ) {
        if hidden && self.server_mut(&id).is_none() {
            return fail(out, ask, Problem::of(ProblemKind::NoSuchServer));
        }
        if hidden != self.settings.hidden.contains(&id) {
            if hidden {
                self.settings.pinned.retain(|known| *known != id);
                self.settings.hidden.push(id);
                self.take_back_unwanted(out);
            } else {
                self.settings.hidden.retain(|known| *known != id);
            }
            self.save(out);
        }
        reply(out, ask, Outcome::Done);
    }

    /// The first cannot go up, the last cannot go down: nothing happens then.
    pub(super) fn move_pin(
        &mut self,
        ask: Option<AskId>,
        id: &ServerId,
        up: bool,
        out: &mut Vec<Effect>,
    ) {
        let pinned = &mut self.settings.pinned;
        let Some(place) = pinned.iter().position(|known| known == id) else {
            return fail(out, ask, Problem::of(ProblemKind::NotNow));
        };
        let beside = |known: &ServerId| known.panel == id.panel;
        let other = if up {
            pinned[..place].iter().rposition(beside)
        } else {
            let next = pinned[place + 1..].iter().position(beside);
            next.map(|steps| place + 1 + steps)
        };
        if let Some(other) = other {
            pinned.swap(place, other);
            self.save(out);
        }
        reply(out, ask, Outcome::Done);
    }

    /// The uuids of a panel's hidden servers.
    pub(super) fn hidden_of(&self, id: &PanelId) -> BTreeSet<&str> {
        let hidden = self.settings.hidden.iter();
        hidden
            .filter(|known| known.panel == *id)
            .map(|known| known.uuid.as_str())
            .collect()
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
        let settings = &mut self.settings;
        let before = settings.pinned.len() + settings.hidden.len();
        let there =
            |known: &ServerId| known.panel != *id || panel.servers.contains_key(&known.uuid);
        settings.pinned.retain(there);
        settings.hidden.retain(there);
        if settings.pinned.len() + settings.hidden.len() != before {
            self.save(out);
        }
    }
}
