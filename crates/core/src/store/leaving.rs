//! Panels that a person removed: out of sight at once, and a few seconds later off this computer.
//!
//! Forgets no key while the removal may still be taken back, unless the program quits.

use super::{State, fail, reply};
use crate::{
    action::Outcome,
    effect::Effect,
    event::AskId,
    id::PanelId,
    problem::{Problem, ProblemKind},
    snapshot::LeavingPanel,
    time::Now,
};
use std::time::Duration;

/// How long a removal may be taken back (design, section 8).
const UNDO_FOR: Duration = Duration::from_secs(5);

impl State {
    pub(super) fn part_with(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        id: &PanelId,
        out: &mut Vec<Effect>,
    ) {
        let Some(panel) = self.panels.get_mut(id) else {
            return fail(out, ask, Problem::of(ProblemKind::NotSetUp));
        };
        panel.leaves_at.get_or_insert(now.mono + UNDO_FOR);
        reply(out, ask, Outcome::Done);
    }

    pub(super) fn take_back(&mut self, ask: Option<AskId>, id: &PanelId, out: &mut Vec<Effect>) {
        let Some(panel) = self.panels.get_mut(id) else {
            // Too late: it is gone.
            return fail(out, ask, Problem::of(ProblemKind::NotNow));
        };
        panel.leaves_at = None;
        reply(out, ask, Outcome::Done);
    }

    /// Carries out the removals whose time to undo is over; all of them when `now` is `None`.
    pub(super) fn see_off(&mut self, now: Option<Now>, out: &mut Vec<Effect>) {
        let over = |at: Duration| now.is_none_or(|now| at <= now.mono);
        let due = self
            .panels
            .iter()
            .filter(|(_, panel)| panel.leaves_at.is_some_and(over));
        let ids: Vec<PanelId> = due.map(|(id, _)| id.clone()).collect();
        for id in ids {
            self.remove_panel(None, &id, out);
        }
    }

    /// What may still be taken back.
    pub(super) fn leaving(&self) -> Vec<LeavingPanel> {
        let leaving = self
            .panels
            .values()
            .filter(|panel| panel.leaves_at.is_some());
        leaving
            .map(|panel| LeavingPanel {
                id: panel.settings.id.clone(),
                name: panel.settings.name.clone(),
            })
            .collect()
    }
}
