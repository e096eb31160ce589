//! Power signals: asked for, sent once, taken or refused by the panel, and overdue when nothing
//! comes of them.
//!
//! No signal is ever sent twice for one press, and whoever asked is always answered.

use super::{
    State, drive, fail,
    pending::{Pending, Progress},
    reply,
};
use crate::{
    action::Outcome,
    alert::{News, Subject},
    condition::{Condition, Standing},
    effect::{Drive, Effect},
    event::AskId,
    id::ServerId,
    plain,
    problem::{Problem, ProblemKind},
    snapshot::Phase,
    time::Now,
};
use pterodactyl_client::{Error, PowerSignal, Unreachable};

/// The button of an older alert does nothing (design, section 6).
const ANSWERED_WITHIN_MS: i64 = 30 * 60 * 1000;

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
            if problem.kind == ProblemKind::Forbidden {
                self.reread_permissions_of(now.mono, &id, out);
            }
            return self.failed(now, ask, &id, signal, problem, out);
        }
        let Some(server) = self.server_mut(&id) else {
            return;
        };
        let pending = Pending::new(now, signal, server);
        server.pending = Some(pending);
        server.fate.own_sent(now);
        out.push(drive(Drive::Power {
            ask,
            server: id,
            signal,
        }));
    }

    /// What stands in the way is only what is known for sure: the panel has the last word.
    fn may_send(&self, now: Now, id: &ServerId, signal: PowerSignal) -> Result<(), Problem> {
        let panel = self.panels.get(&id.panel);
        let server = panel.and_then(|panel| panel.servers.get(&id.uuid));
        let (Some(panel), Some(server)) = (panel, server) else {
            return Err(Problem::of(ProblemKind::NoSuchServer));
        };
        if let Some(problem) = panel.lacks_key() {
            return Err(problem);
        }
        let under_way = server.pending.as_ref().is_some_and(|pending| {
            pending.phase == Phase::Asked
                || (pending.signal == signal && pending.phase == Phase::Accepted)
        });
        let refused = server
            .permissions
            .as_ref()
            .is_some_and(|all| !all.may(signal.permission()));
        let condition = panel.condition(now, server);
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
        let panel = self.panels.get(&id.panel);
        let known = panel.and_then(|panel| Some((panel, panel.servers.get(&id.uuid)?)));
        let Some((panel, server)) = known else {
            return fail(out, ask, Problem::of(ProblemKind::NoSuchServer));
        };
        let condition = panel.condition(now, server);
        if matches!(condition, Condition::Running | Condition::Starting) {
            let name = server.listed.name.clone();
            self.tell(now, Subject::Server(id), name, News::AlreadyUp, out);
            return reply(out, ask, Outcome::Done);
        }
        let down = matches!(condition, Condition::Offline | Condition::Crashed);
        let may_restart = server
            .permissions
            .as_ref()
            .is_none_or(|all| all.may(PowerSignal::Restart.permission()));
        // Restart starts what is down. Where that is not known, or not permitted, start does: a
        // server that is up ignores it.
        let restart = down && may_restart;
        let signal = if restart {
            PowerSignal::Restart
        } else {
            PowerSignal::Start
        };
        self.power(now, ask, id, signal, out);
    }

    /// The button of an alert: done if the alert is young enough and still true, else explained.
    pub(super) fn answer(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        alert: u64,
        id: ServerId,
        name: &str,
        out: &mut Vec<Effect>,
    ) {
        let signal = self.signal_to_repeat(alert);
        if let Some(why) = self.why_stale(now, alert, &id, signal) {
            let name = plain::line(name, 60);
            self.tell(now, Subject::Server(id), name, why, out);
            return reply(out, ask, Outcome::Done);
        }
        match signal {
            Some(PowerSignal::Kill) => fail(out, ask, Problem::of(ProblemKind::NotNow)),
            Some(signal) => self.power(now, ask, id, signal, out),
            None => self.bring_back(now, ask, id, out),
        }
    }

    /// The signal of an alert that says it failed.
    fn signal_to_repeat(&self, alert: u64) -> Option<PowerSignal> {
        let kept = self.alerts.kept.get(alert)?;
        if let News::ActionFailed { signal, .. } | News::ActionUnseen { signal } = kept.news {
            Some(signal)
        } else {
            None
        }
    }

    /// Why the button of an alert is not to do anything any more.
    fn why_stale(
        &self,
        now: Now,
        alert: u64,
        id: &ServerId,
        signal: Option<PowerSignal>,
    ) -> Option<News> {
        let panel = self.panels.get(&id.panel);
        let Some((panel, server)) = panel.and_then(|it| Some((it, it.servers.get(&id.uuid)?)))
        else {
            return Some(News::Gone);
        };
        let kept = self.alerts.kept.get(alert);
        let old = |at_ms: i64| now.wall_ms.saturating_sub(at_ms) > ANSWERED_WITHIN_MS;
        if kept.is_none_or(|kept| old(kept.at_ms)) {
            return Some(News::TooOld);
        }
        if self.is_as_told(now, id, alert, signal) {
            return None;
        }
        let up = matches!(
            panel.condition(now, server),
            Condition::Running | Condition::Starting
        );
        let wanted_up = matches!(
            signal,
            None | Some(PowerSignal::Start | PowerSignal::Restart)
        );
        Some(if up && wanted_up {
            News::AlreadyUp
        } else {
            News::MovedOn
        })
    }

    pub(super) fn power_taken(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        id: &ServerId,
        signal: PowerSignal,
        out: &mut Vec<Effect>,
    ) {
        reply(out, ask, Outcome::Done);
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let ours = |pending: &&mut Pending| pending.signal == signal;
        let Some(pending) = server.pending.as_mut().filter(ours) else {
            return;
        };
        if pending.accept(now) == Progress::Done {
            server.pending = None;
        } else {
            out.push(drive(Drive::Follow(id.clone())));
        }
    }

    pub(super) fn power_refused(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        id: &ServerId,
        signal: PowerSignal,
        error: &Error,
        out: &mut Vec<Effect>,
    ) {
        self.failed(now, ask, id, signal, Problem::from(error), out);
        let Some(server) = self.server_mut(id) else {
            return;
        };
        if let Some(pending) = server.pending.take_if(|pending| pending.signal == signal) {
            server.pending = pending.refused(may_have_arrived(error));
        }
        out.push(drive(
            if matches!(error, Error::Forbidden { .. } | Error::Conflict { .. }) {
                Drive::View(id.clone())
            } else if *error == Error::NotFound {
                Drive::Relist(id.panel.clone())
            } else {
                Drive::Follow(id.clone())
            },
        ));
    }

    /// Whoever waits is told; when nobody waits, an alert tells.
    fn failed(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        id: &ServerId,
        signal: PowerSignal,
        problem: Problem,
        out: &mut Vec<Effect>,
    ) {
        if ask.is_some() {
            return fail(out, ask, problem);
        }
        let panel = self.panels.get(&id.panel);
        if let Some(server) = panel.and_then(|panel| panel.servers.get(&id.uuid)) {
            let name = server.listed.name.clone();
            let news = News::ActionFailed { signal, problem };
            self.tell(now, Subject::Server(id.clone()), name, news, out);
        }
    }

    /// What was asked for and did not show in time is said once, and given up in the end.
    pub(super) fn expire(&mut self, now: Now, out: &mut Vec<Effect>) {
        let mut unseen = Vec::new();
        for (panel_id, panel) in &mut self.panels {
            let patience = panel.patience();
            for (uuid, server) in &mut panel.servers {
                let Some(pending) = &mut server.pending else {
                    continue;
                };
                if now.mono < pending.next_deadline(patience) {
                    continue;
                }
                if pending.is_overdue() || pending.stops_slowly() {
                    server.pending = None;
                } else if pending.phase == Phase::Accepted {
                    pending.phase = Phase::Overdue;
                    let signal = pending.signal;
                    let id = ServerId {
                        panel: panel_id.clone(),
                        uuid: uuid.clone(),
                    };
                    unseen.push((id, server.listed.name.clone(), signal));
                }
            }
        }
        for (id, name, signal) in unseen {
            let news = News::ActionUnseen { signal };
            self.tell(now, Subject::Server(id), name, news, out);
        }
    }
}

/// The panel may have passed the signal on before the answer was lost.
fn may_have_arrived(error: &Error) -> bool {
    matches!(
        error,
        Error::Broken { .. }
            | Error::ServerBroken { .. }
            | Error::Unreachable(
                Unreachable::TimedOut | Unreachable::Interrupted | Unreachable::Failed
            )
    )
}
