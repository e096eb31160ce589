//! What a person asks a panel for about one server, beside power: let through when nothing known stands in the way.
//!
//! Remembers nothing of it: the answer goes to whoever asked.

use super::{State, drive, fail, reply, server::Server};
use crate::{
    action::Outcome,
    effect::{Drive, Effect},
    errand::Errand,
    event::AskId,
    id::ServerId,
    problem::{Problem, ProblemKind},
    snapshot::May,
    time::Now,
};
use pterodactyl_client::Error;

/// What a user needs to read along at a console (API reference, 1.7).
pub(super) const CONNECT: &str = "websocket.connect";

impl Server {
    /// Permitted, or not known to be forbidden.
    pub(super) fn may(&self, permission: &str) -> bool {
        let known = self.permissions.as_ref();
        known.is_none_or(|all| all.may(permission))
    }

    /// What of its page is worth showing to this user.
    pub(super) fn may_all(&self) -> May {
        May {
            console: self.may(CONNECT),
            command: self.may("control.console"),
            backups: self.may(Errand::Backups.permission()),
            make_backup: self.may(Errand::MakeBackup { name: None }.permission()),
            schedules: self.may(Errand::Schedules.permission()),
            run_schedule: self.may(Errand::RunSchedule { schedule: 0 }.permission()),
            activity: self.may(Errand::Activity.permission()),
        }
    }
}

impl State {
    pub(super) fn run_errand(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        id: ServerId,
        errand: Errand,
        out: &mut Vec<Effect>,
    ) {
        match self.may_run(&id, &errand) {
            Ok(()) => out.push(drive(Drive::Errand {
                ask,
                server: id,
                errand,
            })),
            Err(problem) => {
                if problem.kind == ProblemKind::Forbidden {
                    self.reread_permissions_of(now.mono, &id, out);
                }
                fail(out, ask, problem);
            }
        }
    }

    /// The panel has the last word on everything else.
    fn may_run(&self, id: &ServerId, errand: &Errand) -> Result<(), Problem> {
        let panel = self.panels.get(&id.panel);
        let server = panel.and_then(|panel| panel.servers.get(&id.uuid));
        let (Some(panel), Some(server)) = (panel, server) else {
            return Err(Problem::of(ProblemKind::NoSuchServer));
        };
        if let Some(problem) = panel.lacks_key() {
            Err(problem)
        } else if !server.may(errand.permission()) {
            Err(Problem::of(ProblemKind::Forbidden))
        } else {
            Ok(())
        }
    }

    pub(super) fn errand_done(
        ask: Option<AskId>,
        id: &ServerId,
        came: Result<Outcome, Error>,
        out: &mut Vec<Effect>,
    ) {
        match came {
            Ok(outcome) => reply(out, ask, outcome),
            Err(error) => {
                fail(out, ask, Problem::from(&error));
                // Its page on the panel says what is permitted now, or what it is busy with.
                if matches!(error, Error::Forbidden { .. } | Error::Conflict { .. }) {
                    out.push(drive(Drive::View(id.clone())));
                }
            }
        }
    }
}
