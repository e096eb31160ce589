//! Power signals: asked for, taken by the panel, then seen on the server, or not.
//!
//! A 204 is never success: only what is observed afterwards confirms a signal, and no signal is
//! ever sent twice for one press.

use super::{
    State, drive, fail, reply,
    server::{Seen, Server},
};
use crate::{
    action::Outcome,
    alert::{Alert, News, Subject},
    condition::{Condition, Standing},
    effect::{Desktop, Drive, Effect},
    event::AskId,
    id::ServerId,
    problem::{Problem, ProblemKind},
    snapshot::{Can, Phase},
    time::Now,
};
use pterodactyl_client::{Error, PowerSignal};
use std::time::Duration;

/// The node kills a server that has not stopped after 10 minutes (API reference, 5.1): after that
/// nothing more will come of a signal.
const GIVE_UP_AFTER: Duration = Duration::from_secs(15 * 60);

/// A signal under way.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub(super) signal: PowerSignal,
    pub(super) phase: Phase,
    asked_at: Now,
    ask: Option<AskId>,
    /// It was up when asked, for so long.
    up_for_ms: Option<u64>,
    /// It was seen on its way down, or down.
    went_down: bool,
}

/// What an observation means for a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Waiting,
    Done,
}

impl Pending {
    fn new(now: Now, ask: Option<AskId>, signal: PowerSignal, server: &Server) -> Pending {
        let up = server
            .reading
            .as_ref()
            .filter(|reading| reading.seen != Seen::Offline);
        Pending {
            signal,
            phase: Phase::Asked,
            asked_at: now,
            ask,
            up_for_ms: up.map(|reading| reading.resources.uptime_ms),
            went_down: false,
        }
    }

    /// Going down is expected, so nobody needs to be told.
    pub(super) fn takes_down(&self) -> bool {
        self.signal != PowerSignal::Start
    }

    pub(super) fn is_overdue(&self) -> bool {
        self.phase == Phase::Overdue
    }

    /// Takes in one observation.
    pub(super) fn observe(&mut self, seen: Seen, uptime_ms: u64) -> Progress {
        if matches!(seen, Seen::Stopping | Seen::Offline) && self.up_for_ms.is_some() {
            self.went_down = true;
        }
        let done = match self.signal {
            PowerSignal::Start => seen.is_up(),
            PowerSignal::Stop | PowerSignal::Kill => seen == Seen::Offline,
            PowerSignal::Restart => {
                let younger = self.up_for_ms.is_none_or(|before| uptime_ms < before);
                seen.is_up() && (self.went_down || younger)
            }
        };
        if done {
            Progress::Done
        } else {
            Progress::Waiting
        }
    }

    /// When it becomes overdue, or is given up.
    pub(super) fn next_deadline(&self, patience: Duration) -> Duration {
        let wait = if self.is_overdue() || self.went_down {
            GIVE_UP_AFTER
        } else {
            patience
        };
        self.asked_at.mono + wait
    }
}

/// Which signals a condition makes sense of (API reference, 5.1 and 11). Permissions come later.
pub(super) fn possible(condition: Condition, kill_allowed: bool) -> Can {
    let up = matches!(condition, Condition::Running | Condition::Starting);
    let down = matches!(condition, Condition::Offline | Condition::Crashed);
    let going_down =
        condition.standing() == Standing::Transition || condition == Condition::Running;
    Can {
        start: down,
        stop: up,
        restart: up,
        kill: condition == Condition::StillStopping || (kill_allowed && going_down),
    }
}

/// The same, less what the user may not do and what is already under way.
pub(super) fn can(server: &Server, condition: Condition, kill_allowed: bool) -> Can {
    let can = possible(condition, kill_allowed);
    let may = |signal: PowerSignal| {
        server
            .permissions
            .as_ref()
            .is_none_or(|all| all.may(signal.permission()))
    };
    let free = server.pending.as_ref().is_none_or(Pending::is_overdue);
    let unsent = server
        .pending
        .as_ref()
        .is_none_or(|pending| pending.phase != Phase::Asked);
    Can {
        start: can.start && free && may(PowerSignal::Start),
        stop: can.stop && free && may(PowerSignal::Stop),
        restart: can.restart && free && may(PowerSignal::Restart),
        kill: can.kill && unsent && may(PowerSignal::Kill),
    }
}

impl State {
    /// A person asks for a signal: sent once, or refused with the reason.
    pub(super) fn power(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        id: ServerId,
        signal: PowerSignal,
        out: &mut Vec<Effect>,
    ) {
        if let Err(problem) = self.may_send(now, &id, signal) {
            return self.failed(ask, &id, signal, problem, out);
        }
        let Some(server) = self.server_mut(&id) else {
            return;
        };
        server.pending = Some(Pending::new(now, ask, signal, server));
        out.push(drive(Drive::Power { server: id, signal }));
    }

    /// What stands in the way is only what is known for sure: the panel has the last word.
    fn may_send(&self, now: Now, id: &ServerId, signal: PowerSignal) -> Result<(), Problem> {
        let panel = self.panels.get(&id.panel);
        let server = panel.and_then(|panel| panel.servers.get(&id.uuid));
        let (Some(panel), Some(server)) = (panel, server) else {
            return Err(Problem::of(ProblemKind::NoSuchServer));
        };
        let under_way = server.pending.as_ref().is_some_and(|pending| {
            pending.phase == Phase::Asked
                || (pending.signal == signal && pending.phase == Phase::Accepted)
        });
        let refused = server
            .permissions
            .as_ref()
            .is_some_and(|all| !all.may(signal.permission()));
        let condition = server.condition(now, panel.answers(), panel.stale_after());
        let killing = signal == PowerSignal::Kill;
        let not_allowed =
            killing && !self.settings.allow_force_stop && condition != Condition::StillStopping;
        if refused {
            Err(Problem::of(ProblemKind::Forbidden))
        } else if under_way || not_allowed || condition.standing() == Standing::Blocked {
            Err(Problem::of(ProblemKind::NotNow))
        } else {
            Ok(())
        }
    }

    /// A button of an alert: brings the server back if it is still down, and says so if it is up.
    pub(super) fn bring_back(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        id: ServerId,
        out: &mut Vec<Effect>,
    ) {
        let Some(panel) = self.panels.get(&id.panel) else {
            return fail(out, ask, Problem::of(ProblemKind::NoSuchServer));
        };
        let stale = panel.stale_after();
        let Some(server) = panel.servers.get(&id.uuid) else {
            return fail(out, ask, Problem::of(ProblemKind::NoSuchServer));
        };
        let condition = server.condition(now, panel.answers(), stale);
        if matches!(condition, Condition::Running | Condition::Starting) {
            let name = server.listed.name.clone();
            out.push(tell(&id, name, News::AlreadyUp));
            return reply(out, ask, Outcome::Done);
        }
        let may_restart = server
            .permissions
            .as_ref()
            .is_none_or(|all| all.may(PowerSignal::Restart.permission()));
        // Restart simply starts what is down; who may not restart may still be allowed to start.
        let signal = if may_restart {
            PowerSignal::Restart
        } else {
            PowerSignal::Start
        };
        self.power(now, ask, id, signal, out);
    }

    pub(super) fn power_taken(
        &mut self,
        now: Now,
        id: &ServerId,
        signal: PowerSignal,
        out: &mut Vec<Effect>,
    ) {
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let Some(pending) = server
            .pending
            .as_mut()
            .filter(|pending| pending.signal == signal)
        else {
            return;
        };
        pending.phase = Phase::Accepted;
        pending.asked_at = now;
        reply(out, pending.ask.take(), Outcome::Done);
        out.push(drive(Drive::Follow(id.clone())));
    }

    pub(super) fn power_refused(
        &mut self,
        id: &ServerId,
        signal: PowerSignal,
        error: &Error,
        out: &mut Vec<Effect>,
    ) {
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let refused = server.pending.take_if(|pending| pending.signal == signal);
        let ask = refused.and_then(|pending| pending.ask);
        self.failed(ask, id, signal, Problem::from(error), out);
        let surprise = if matches!(error, Error::Forbidden { .. } | Error::Conflict { .. }) {
            Drive::View(id.clone())
        } else if *error == Error::NotFound {
            Drive::Relist(id.panel.clone())
        } else {
            Drive::Follow(id.clone())
        };
        out.push(drive(surprise));
    }

    /// Whoever waits is told; when nobody waits, an alert tells.
    fn failed(
        &self,
        ask: Option<AskId>,
        id: &ServerId,
        signal: PowerSignal,
        problem: Problem,
        out: &mut Vec<Effect>,
    ) {
        if ask.is_some() {
            return fail(out, ask, problem);
        }
        let server = self
            .panels
            .get(&id.panel)
            .and_then(|panel| panel.servers.get(&id.uuid));
        if let Some(server) = server {
            let name = server.listed.name.clone();
            out.push(tell(id, name, News::ActionFailed { signal, problem }));
        }
    }

    /// What was asked for and did not show in time is said once, and given up in the end.
    pub(super) fn expire(&mut self, now: Now, out: &mut Vec<Effect>) {
        for (panel_id, panel) in &mut self.panels {
            let patience = panel.patience();
            for (uuid, server) in &mut panel.servers {
                let Some(pending) = &mut server.pending else {
                    continue;
                };
                if now.mono < pending.next_deadline(patience) {
                    continue;
                }
                if pending.is_overdue() || pending.went_down {
                    server.pending = None;
                } else if pending.phase == Phase::Accepted {
                    pending.phase = Phase::Overdue;
                    let signal = pending.signal;
                    let id = ServerId {
                        panel: panel_id.clone(),
                        uuid: uuid.clone(),
                    };
                    out.push(tell(
                        &id,
                        server.listed.name.clone(),
                        News::ActionUnseen { signal },
                    ));
                }
            }
        }
    }
}

pub(super) fn tell(id: &ServerId, name: String, news: News) -> Effect {
    let about = Subject::Server(id.clone());
    Effect::Desktop(Desktop::Alert(Alert { about, name, news }))
}
