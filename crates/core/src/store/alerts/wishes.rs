//! What a person wishes of alerts: rules, the pause, and that they were looked at.
//!
//! Tells nothing itself.

use super::super::{State, fail, reply};
use crate::{
    action::Outcome,
    effect::Effect,
    event::AskId,
    id::{PanelId, ServerId},
    problem::{Problem, ProblemKind},
    settings::{AlertRule, Pause, PauseLength},
    time::Now,
};

const HOUR_MS: i64 = 60 * 60 * 1000;
/// Until tomorrow: this minute of the local day.
const MORNING: u16 = 8 * 60;

impl State {
    pub(in crate::store) fn set_alert_rule(
        &mut self,
        ask: Option<AskId>,
        id: ServerId,
        rule: Option<AlertRule>,
        out: &mut Vec<Effect>,
    ) {
        if self.server_mut(&id).is_none() {
            return fail(out, ask, Problem::of(ProblemKind::NoSuchServer));
        }
        if self.settings.alerts.own_rule(&id) != rule {
            self.settings.alerts.set_rule(id, rule);
            self.save(out);
        }
        reply(out, ask, Outcome::Done);
    }

    pub(in crate::store) fn pause_alerts(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        length: PauseLength,
        out: &mut Vec<Effect>,
    ) {
        let pause = match length {
            PauseLength::Hour => Pause::Until {
                at_ms: now.wall_ms.saturating_add(HOUR_MS),
            },
            PauseLength::Tomorrow => Pause::Until {
                at_ms: now.next_at(MORNING),
            },
            PauseLength::UntilResumed => Pause::UntilResumed,
        };
        self.settings.alerts.paused = Some(pause);
        self.save(out);
        reply(out, ask, Outcome::Done);
    }

    pub(in crate::store) fn resume_alerts(&mut self, ask: Option<AskId>, out: &mut Vec<Effect>) {
        if self.settings.alerts.paused.take().is_some() {
            self.save(out);
        }
        reply(out, ask, Outcome::Done);
    }

    /// Rules of servers that are gone for good go too, when a panel's list says so.
    pub(in crate::store) fn forget_rules(&mut self, id: &PanelId, out: &mut Vec<Effect>) {
        let panel = self.panels.get(id);
        let Some(panel) = panel.filter(|panel| !panel.servers.is_empty()) else {
            return;
        };
        let rules = &mut self.settings.alerts.servers;
        let before = rules.len();
        rules.retain(|own| own.server.panel != *id || panel.servers.contains_key(&own.server.uuid));
        if rules.len() != before {
            self.save(out);
        }
    }
}
