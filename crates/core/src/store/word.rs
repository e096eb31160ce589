//! The word for a server, and what else is said of it, from what is known.
//!
//! Changes nothing: facts in, words out.

use super::{
    pending::Pending,
    reading::Seen,
    server::{Server, Socket, Trouble},
};
use crate::{
    condition::{Block, Condition, Facts, Power, condition},
    history::Cause,
    problem::{Problem, ProblemKind},
    snapshot::LiveView,
    time::Now,
};
use pterodactyl_client::ServerStatus;
use std::time::Duration;

/// A stop that lasts longer hangs (design, section 4).
const STOP_HANGS_AFTER: Duration = Duration::from_secs(90);
/// Failures in a row before what was read last is doubted.
const DOUBT_AFTER: u32 = 2;

/// What the server's word depends on besides the server.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    pub(super) panel_answers: bool,
    pub(super) node_silent: bool,
    /// After how long a reading is not believed any more.
    pub(super) stale: Duration,
}

impl Server {
    /// What is wrong with it, for a person to read.
    pub(super) fn problem(&self) -> Option<Problem> {
        if self.list_block() == Some(Block::Other)
            && let ServerStatus::Unknown(status) = &self.listed.status
        {
            return Some(Problem::with(ProblemKind::UnknownState, status));
        }
        if self.pending.as_ref().is_some_and(Pending::is_overdue) {
            return Some(Problem::of(ProblemKind::NotObserved));
        }
        let doubted = |trouble: &&Trouble| {
            trouble.count >= DOUBT_AFTER || self.reading.is_none() || self.is_unclear()
        };
        let trouble = self.trouble.as_ref().filter(doubted);
        trouble.map(|trouble| trouble.problem.clone())
    }

    pub(super) fn is_unclear(&self) -> bool {
        matches!(self.socket, Socket::Open { unclear: true, .. })
    }

    /// How its live socket fares. One that is still open counts even if it is not wanted any more.
    pub(super) fn live_view(&self) -> LiveView {
        match (&self.socket, self.place) {
            (Socket::Open { .. }, _) => LiveView::Live,
            (_, None) => LiveView::Off,
            (Socket::Untried | Socket::Pausing, Some(_)) => LiveView::Connecting,
            (Socket::Failed { why }, Some(_)) => LiveView::Failed { why: why.clone() },
        }
    }

    /// Why it is down, where it is and that is known.
    pub(super) fn cause(&self, condition: Condition) -> Option<Cause> {
        let down = matches!(condition, Condition::Crashed | Condition::Offline);
        self.fate.cause.filter(|_| down)
    }

    /// The word for it.
    pub(super) fn condition(&self, now: Now, around: Around) -> Condition {
        let failing = |trouble: &Trouble| trouble.node && trouble.count >= DOUBT_AFTER;
        let open = matches!(self.socket, Socket::Open { .. });
        condition(Facts {
            panel_answers: around.panel_answers || self.is_live(),
            block: self.block(),
            node_unreachable: !open
                && (around.node_silent || self.trouble.as_ref().is_some_and(failing)),
            power: self.power_fact(now, around.stale),
        })
    }

    /// What it was seen doing last, if that is still believed.
    pub(super) fn believed(&self, now: Now, stale: Duration) -> Option<Seen> {
        let reading = self.reading.as_ref()?;
        let held = self.is_live() || now.since(reading.held) <= stale;
        (held && self.doubt.is_none() && !self.is_unclear()).then_some(reading.seen)
    }

    fn power_fact(&self, now: Now, stale: Duration) -> Option<Power> {
        let hangs = |at: Now| now.since(at) > STOP_HANGS_AFTER;
        Some(match self.believed(now, stale)? {
            Seen::Running => Power::Running,
            Seen::Starting => Power::Starting,
            Seen::Stopping => Power::Stopping {
                hangs: self.fate.stopping_since.is_some_and(hangs),
            },
            Seen::Offline => Power::Offline {
                unasked: self.fate.unasked,
            },
        })
    }

    /// When its condition or its pending signal may change without any news, after `past`.
    pub(super) fn next_deadline(
        &self,
        past: Duration,
        stale: Duration,
        patience: Duration,
    ) -> Option<Duration> {
        let moment = Duration::from_millis(1);
        let ages = self.reading.as_ref().filter(|_| !self.is_live());
        let stales = ages.map(|reading| reading.held.mono + stale + moment);
        let since = self.fate.stopping_since;
        let hangs = since.map(|at| at.mono + STOP_HANGS_AFTER + moment);
        let untold = hangs.filter(|_| !self.fate.hang_told);
        let hang_told = untold.and_then(|hangs| Some(hangs.max(self.telling.free_at()?)));
        let overdue = self
            .pending
            .as_ref()
            .map(|pending| pending.next_deadline(patience));
        let place = self.fate.lately_until().map(|at| at + moment);
        let dues = [self.fate.due(), self.telling.due()];
        [stales, hangs, hang_told, overdue, place]
            .into_iter()
            .chain(dues)
            .flatten()
            .filter(|at| *at > past)
            .min()
    }
}
