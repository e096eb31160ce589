//! One server: what the list, the readings and the failures say of it.
//!
//! Unknown is never offline: what cannot be read leaves the last reading as it is.

use super::{
    State, drive,
    pending::{Pending, Progress},
};
use crate::{
    condition::{Block, Condition, Facts, Power, condition},
    effect::{Drive, Effect},
    id::ServerId,
    plain,
    problem::{Problem, ProblemKind},
    time::Now,
};
use pterodactyl_client::{
    ConflictState, Error, Permissions, PowerState, Resources, Server as Listed, ServerStatus,
};
use std::time::Duration;

/// A stop that lasts longer hangs (design, section 4).
const STOP_HANGS_AFTER: Duration = Duration::from_secs(90);
/// Failures in a row before what was read last is doubted.
const DOUBT_AFTER: u32 = 2;

/// What is known of one server.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) listed: Listed,
    pub(super) permissions: Option<Permissions>,
    pub(super) reading: Option<Reading>,
    pub(super) pending: Option<Pending>,
    /// When an alert said that it is down.
    pub(super) told_down: Option<Now>,
    trouble: Option<Trouble>,
    /// A block that a 409 told before the list did.
    conflict: Option<Block>,
    stopping_since: Option<Now>,
    /// It went down and nobody here asked.
    unasked: bool,
    view_asked: bool,
}

/// One believable look at a server.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) at: Now,
    pub(super) seen: Seen,
    pub(super) resources: Resources,
}

/// A power state that says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Offline,
    Starting,
    Running,
    Stopping,
}

impl Seen {
    pub(super) fn is_up(self) -> bool {
        matches!(self, Seen::Starting | Seen::Running)
    }
}

/// Why the last looks gave nothing.
#[derive(Debug, Clone)]
struct Trouble {
    count: u32,
    problem: Problem,
    node: bool,
}

/// What a reading changed, as far as anybody may care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Was up, is down, no stop seen, nobody here asked.
    WentDown,
    /// Was seen stopping, is down, nobody here asked.
    WasStopped,
    /// Runs again after an alert said that it was down.
    CameBack { after: Duration },
}

impl Server {
    pub(super) fn new(listed: Listed) -> Server {
        let permissions = listed.owner.then(Permissions::all);
        Server {
            listed,
            permissions,
            reading: None,
            pending: None,
            told_down: None,
            trouble: None,
            conflict: None,
            stopping_since: None,
            unasked: false,
            view_asked: false,
        }
    }

    /// A newer list names it. Once blocked, what it was before says nothing about later.
    pub(super) fn relisted(&mut self, listed: Listed) {
        if listed.owner {
            self.permissions = Some(Permissions::all());
        }
        self.listed = listed;
        if self.list_block().is_some() {
            self.reading = None;
            self.pending = None;
            self.trouble = None;
            self.stopping_since = None;
            self.unasked = false;
        }
    }

    /// Its own page was read.
    pub(super) fn viewed(&mut self, view: pterodactyl_client::ServerView) {
        let mut listed = view.server;
        listed.name = plain::line(&listed.name, 60);
        listed.node = plain::line(&listed.node, 60);
        self.permissions = Some(view.permissions);
        let permissions = self.permissions.clone();
        self.relisted(listed);
        self.permissions = permissions;
        self.view_asked = false;
    }

    /// Its own page could not be read: the next list asks again.
    pub(super) fn not_viewed(&mut self) {
        self.view_asked = false;
    }

    /// Another key may permit something else.
    pub(super) fn forget_permissions(&mut self) {
        self.permissions = None;
        self.view_asked = false;
    }

    /// Its permissions are not known and nobody has asked for them.
    pub(super) fn wants_view(&mut self) -> bool {
        let wanted = self.permissions.is_none() && !self.view_asked;
        self.view_asked |= wanted;
        wanted
    }

    /// What the list says that makes it unusable (API reference, 14.4).
    pub(super) fn list_block(&self) -> Option<Block> {
        if self.listed.status == ServerStatus::Suspended {
            return Some(Block::Suspended);
        }
        if self.listed.node_maintenance {
            return Some(Block::Maintenance);
        }
        if self.listed.transferring {
            return Some(Block::Transferring);
        }
        match self.listed.status {
            ServerStatus::Normal | ServerStatus::ReinstallFailed => None,
            ServerStatus::Suspended => Some(Block::Suspended),
            ServerStatus::Installing => Some(Block::Installing),
            ServerStatus::InstallFailed => Some(Block::InstallFailed),
            ServerStatus::RestoringBackup => Some(Block::Restoring),
            ServerStatus::Unknown(_) => Some(Block::Other),
        }
    }

    /// Takes in one answer. `believable` is how old the last reading may be to compare with.
    pub(super) fn read(
        &mut self,
        now: Now,
        resources: &Resources,
        believable: Duration,
    ) -> Option<Change> {
        let seen = match &resources.state {
            PowerState::Offline => Seen::Offline,
            PowerState::Starting => Seen::Starting,
            PowerState::Running => Seen::Running,
            PowerState::Stopping => Seen::Stopping,
            PowerState::Missing => {
                self.troubled(Problem::of(ProblemKind::NodeUnreachable), true);
                return None;
            }
            PowerState::Unknown(state) => {
                self.troubled(Problem::with(ProblemKind::UnknownState, state), false);
                return None;
            }
        };
        self.trouble = None;
        self.conflict = None;
        let before = self.reading.replace(Reading {
            at: now,
            seen,
            resources: resources.clone(),
        });
        let before = before.filter(|reading| now.since(reading.at) <= believable);
        let asked = self.pending.as_ref().is_some_and(Pending::takes_down);
        if let Some(pending) = &mut self.pending
            && pending.observe(now, seen, resources.uptime_ms) == Progress::Done
        {
            self.pending = None;
        }
        self.judge(now, before.map(|reading| reading.seen), seen, asked)
    }

    fn judge(&mut self, now: Now, before: Option<Seen>, seen: Seen, asked: bool) -> Option<Change> {
        match seen {
            Seen::Stopping => {
                self.stopping_since.get_or_insert(now);
                None
            }
            Seen::Starting => {
                self.unasked = false;
                self.stopping_since = None;
                None
            }
            Seen::Running => {
                self.unasked = false;
                self.stopping_since = None;
                let told = self.told_down.take()?;
                Some(Change::CameBack {
                    after: now.since(told),
                })
            }
            Seen::Offline => {
                let was_stopping = self.stopping_since.take().is_some();
                match before {
                    None | Some(Seen::Offline) => None,
                    Some(_) if asked => None,
                    Some(Seen::Stopping) => Some(Change::WasStopped),
                    Some(Seen::Running | Seen::Starting) if was_stopping => {
                        Some(Change::WasStopped)
                    }
                    Some(Seen::Running | Seen::Starting) => {
                        self.unasked = true;
                        Some(Change::WentDown)
                    }
                }
            }
        }
    }

    /// The last look gave nothing.
    pub(super) fn troubled(&mut self, problem: Problem, node: bool) {
        let count = self.trouble.as_ref().map_or(1, |trouble| trouble.count + 1);
        self.trouble = Some(Trouble {
            count,
            problem,
            node,
        });
    }

    fn doubted(&self) -> Option<&Trouble> {
        self.trouble
            .as_ref()
            .filter(|trouble| trouble.count >= DOUBT_AFTER || self.reading.is_none())
    }

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
        self.doubted().map(|trouble| trouble.problem.clone())
    }

    /// The word for it.
    pub(super) fn condition(&self, now: Now, panel_answers: bool, stale: Duration) -> Condition {
        condition(Facts {
            panel_answers,
            block: self.list_block().or(self.conflict),
            node_unreachable: self.doubted().is_some_and(|trouble| trouble.node),
            power: self.power_fact(now, stale),
        })
    }

    fn power_fact(&self, now: Now, stale: Duration) -> Option<Power> {
        let reading = self
            .reading
            .as_ref()
            .filter(|reading| now.since(reading.at) <= stale)?;
        Some(match reading.seen {
            Seen::Running => Power::Running,
            Seen::Starting => Power::Starting,
            Seen::Stopping => Power::Stopping {
                hangs: self
                    .stopping_since
                    .is_some_and(|at| now.since(at) > STOP_HANGS_AFTER),
            },
            Seen::Offline => Power::Offline {
                unasked: self.unasked,
            },
        })
    }

    /// When its condition or its pending signal may change without any news.
    pub(super) fn next_deadline(
        &self,
        now: Now,
        stale: Duration,
        patience: Duration,
    ) -> Option<Duration> {
        let moment = Duration::from_millis(1);
        let stales = self
            .reading
            .as_ref()
            .map(|reading| reading.at.mono + stale + moment);
        let hangs = self
            .stopping_since
            .map(|at| at.mono + STOP_HANGS_AFTER + moment);
        let overdue = self
            .pending
            .as_ref()
            .map(|pending| pending.next_deadline(patience));
        let ahead = |at: &Duration| *at > now.mono;
        [stales, hangs, overdue]
            .into_iter()
            .flatten()
            .filter(ahead)
            .min()
    }
}

impl State {
    /// A server could not be read. What that says about the panel, the list must tell.
    pub(super) fn unread(&mut self, id: &ServerId, error: &Error, out: &mut Vec<Effect>) {
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let first = server.trouble.is_none();
        if let Error::Conflict { state, .. } = error {
            server.conflict = state.map(block_of);
            if first {
                out.push(drive(Drive::View(id.clone())));
            }
        }
        server.troubled(Problem::from(error), error.is_about_the_node());
        let surprising = !error.is_about_the_node()
            && !matches!(error, Error::Conflict { .. } | Error::RateLimited { .. });
        if first && surprising {
            out.push(drive(Drive::Relist(id.panel.clone())));
        }
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
