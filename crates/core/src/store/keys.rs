//! Keys as far as the store knows them: asked for, at hand, missing, forgotten.
//!
//! Never sees a key: they are fetched, kept and forgotten by the driver.

use super::{
    State, drive, fail,
    panel::{Key, Link, Panel},
    reply,
    server::Server,
};
use crate::{
    action::Outcome,
    effect::{Drive, Effect},
    event::AskId,
    id::PanelId,
    problem::{Problem, ProblemKind},
    time::Now,
};

/// Why keys are asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Retry {
    /// A person wants everything asked now, a password if need be.
    Asked,
    /// Somebody looks, or the computer woke up: a keyring may well be open by now.
    Seen,
    /// It is time.
    Due(Now),
}

impl State {
    /// Asks for a panel's key. Answers to earlier attempts are not wanted any more.
    pub(super) fn load_key(&mut self, id: &PanelId, quietly: bool, out: &mut Vec<Effect>) {
        let Some(panel) = self.panels.get_mut(id) else {
            return;
        };
        self.attempts += 1;
        panel.key = Key::Waiting {
            attempt: self.attempts,
        };
        let (panel, attempt) = (panel.settings.clone(), self.attempts);
        out.push(drive(Drive::LoadKey {
            panel,
            attempt,
            quietly,
        }));
    }

    /// Whether a key that came is still waited for: its panel may be gone, or have another key.
    pub(crate) fn waits_for_key(&self, id: &PanelId, attempt: u64) -> bool {
        self.panels
            .get(id)
            .is_some_and(|panel| panel.key == Key::Waiting { attempt })
    }

    pub(super) fn key_loaded(&mut self, id: &PanelId, tail: String) {
        if let Some(panel) = self.panels.get_mut(id) {
            panel.key = Key::Set { tail };
            panel.forget_link();
        }
    }

    pub(super) fn key_missing(
        &mut self,
        now: Now,
        id: &PanelId,
        attempt: u64,
        problem: Problem,
        out: &mut Vec<Effect>,
    ) {
        if self.waits_for_key(id, attempt) {
            self.lose_key(now, id, problem, out);
        }
    }

    /// The keyring takes its time, or hangs: that is said, and what it says at last is still taken.
    pub(super) fn key_silent(&mut self, id: &PanelId, attempt: u64) {
        if !self.waits_for_key(id, attempt) {
            return;
        }
        if let Some(panel) = self.panels.get_mut(id) {
            panel.link = Link::Failing {
                problem: Problem::of(ProblemKind::KeyringSilent),
            };
        }
    }

    /// Whoever watched a panel broke down: somebody else does, with the same key. One that is being
    /// fetched brings a new watch by itself.
    pub(super) fn watch_anew(&mut self, id: &PanelId, out: &mut Vec<Effect>) {
        if self.panels.get(id).is_some_and(Panel::has_key) {
            self.load_key(id, true, out);
        }
    }

    fn lose_key(&mut self, now: Now, id: &PanelId, problem: Problem, out: &mut Vec<Effect>) {
        if let Some(panel) = self.panels.get_mut(id) {
            panel.link = Link::Failing {
                problem: problem.clone(),
            };
            panel.key = Key::Missing {
                problem,
                since: now,
            };
            panel.servers.values_mut().for_each(Server::unwatched);
            out.push(drive(Drive::Unwatch(id.clone())));
        }
    }

    /// Keys that could not be had are asked for again: all of them when a person asks, and those
    /// that a keyring may give later by themselves. One that was locked is not made to ask for its
    /// password then.
    pub(super) fn retry_keys(&mut self, when: Retry, out: &mut Vec<Effect>) {
        let due = |panel: &Panel| match when {
            Retry::Asked => matches!(panel.key, Key::Missing { .. }),
            Retry::Seen => panel.key_retry_at().is_some(),
            Retry::Due(now) => panel.key_retry_at().is_some_and(|at| at <= now.mono),
        };
        let waiting = self.panels.iter().filter(|(_, panel)| due(panel));
        let quietly = |panel: &Panel| when != Retry::Asked && !panel.lacks_keyring();
        let again = waiting.map(|(id, panel)| (id.clone(), quietly(panel)));
        let again: Vec<(PanelId, bool)> = again.collect();
        for (id, quietly) in again {
            self.load_key(&id, quietly, out);
        }
    }

    pub(super) fn forget_key(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        id: &PanelId,
        out: &mut Vec<Effect>,
    ) {
        let Some(panel) = self.panels.get(id) else {
            return fail(out, ask, Problem::of(ProblemKind::NotSetUp));
        };
        let place = panel.settings.key_place;
        self.lose_key(now, id, Problem::of(ProblemKind::KeyMissing), out);
        out.push(drive(Drive::ForgetKey {
            ask,
            panel: id.clone(),
            place,
        }));
    }

    /// A key is gone, perhaps long after it was told that the keyring is silent.
    pub(super) fn forgotten(&mut self, ask: Option<AskId>, out: &mut Vec<Effect>) {
        self.notices
            .retain(|notice| notice.kind != ProblemKind::KeyringSilent);
        reply(out, ask, Outcome::Done);
    }

    /// A key is still where it was to be forgotten: said to whoever asked, else to everybody.
    pub(super) fn not_forgotten(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        problem: Problem,
        out: &mut Vec<Effect>,
    ) {
        if ask.is_some() {
            fail(out, ask, problem);
        } else {
            self.notice(now, problem, out);
        }
    }
}
