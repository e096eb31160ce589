//! A panel that stumbles over its list: Pelican cannot list a server without an address for some users, and answers all
//! else (API reference, 17.2). What it answers about servers tells whether it is only that.
//!
//! Judges no other failure of a list.

use super::{
    drive,
    panel::{Link, Panel},
};
use crate::{
    effect::{Drive, Effect},
    id::{PanelId, ServerId},
    problem::{Problem, ProblemKind},
    time::Now,
};
use std::time::Duration;

/// So long at least an answer about one server shows that the panel answers. Longer than the longest time between
/// two tries of a list.
const ANSWER_PROVES_FOR: Duration = Duration::from_secs(90);

/// What a panel stumbles over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stumble {
    /// Its list, and nothing else.
    OverLists,
    /// Whatever it is asked.
    OverAll,
    /// Nobody can tell yet.
    Unclear,
}

impl Panel {
    /// What its failed list means. One that answers about its servers counts as answering, even if it did not before.
    pub(super) fn stumbled(&mut self, now: Now, since: Now, problem: &Problem) -> Stumble {
        let broken = self
            .failing()
            .is_some_and(|it| it.kind == ProblemKind::PanelBroken);
        if !self.answers() && !broken {
            return Stumble::OverAll;
        }
        let proves_for = self.stale_after().max(ANSWER_PROVES_FOR);
        let proves = |at: Now| at.mono > since.mono && now.since(at) <= proves_for;
        if self.answered.is_some_and(proves) {
            self.link = Link::Answering;
            self.failures = 0;
            self.note = Some(Problem::with(ProblemKind::ListBroken, &problem.detail));
            self.prove(now);
            return Stumble::OverLists;
        }
        if self.answers() && now.since(since) < self.every {
            return Stumble::Unclear;
        }
        Stumble::OverAll
    }

    /// Where sockets cover all servers no look tells whether the panel answers: it is asked for a server's own page.
    pub(super) fn ask_instead(&self, panel: &PanelId) -> Option<Effect> {
        let mut watched = self
            .servers
            .iter()
            .filter(|(_, server)| server.block().is_none());
        if watched.clone().any(|(_, server)| !server.is_live()) {
            return None;
        }
        let (uuid, _) = watched.next()?;
        Some(drive(Drive::View(ServerId {
            panel: panel.clone(),
            uuid: uuid.clone(),
        })))
    }
}
