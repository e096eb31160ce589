//! What a person wishes of alerts: rules and the pause. What is not wanted any more is taken back.
//!
//! Tells nothing itself.

use super::{
    super::{State, fail, reply},
    hush,
};
use crate::{
    action::Outcome,
    alert::{News, Silence, Subject},
    effect::{Desktop, Effect},
    event::AskId,
    id::{PanelId, ServerId},
    problem::{Problem, ProblemKind},
    settings::{AlertRule, Pause, PauseLength},
    time::Now,
};
use std::collections::BTreeSet;

const HOUR_MS: i64 = 60 * 60 * 1000;
/// Until tomorrow: this minute of the local day.
const MORNING: u16 = 8 * 60;

impl State {
    /// The rule that holds for a server. Nobody wants to hear of what was put out of sight.
    pub(super) fn rule_of(&self, id: &ServerId) -> AlertRule {
        if self.settings.hidden.contains(id) {
            return AlertRule::Nothing;
        }
        self.settings.alerts.rule_of(id)
    }

    /// Whether this news of a server is wanted by its rule.
    pub(super) fn wants(&self, id: &ServerId, news: &News) -> bool {
        match self.rule_of(id) {
            AlertRule::Nothing => false,
            AlertRule::Crashes => !matches!(news, News::WasStopped { .. }),
            AlertRule::EveryStop | AlertRule::AlsoBack => true,
        }
    }

    /// Rules or hidden servers changed: what is said, or about to be said, of servers that nobody
    /// wants to hear of is taken back.
    pub(in crate::store) fn take_back_unwanted(&mut self, out: &mut Vec<Effect>) {
        let known = self.panels.iter().flat_map(|(panel, known)| {
            let uuids = known.servers.keys();
            uuids.map(|uuid| ServerId {
                panel: panel.clone(),
                uuid: uuid.clone(),
            })
        });
        let unwanted: BTreeSet<ServerId> = known
            .filter(|id| self.rule_of(id) == AlertRule::Nothing)
            .collect();
        for id in &unwanted {
            let Some(server) = self.server_mut(id) else {
                continue;
            };
            if server.telling.silence() {
                let about = Subject::Server(id.clone());
                out.push(Effect::Desktop(Desktop::Withdraw(about.clone())));
                hush(&about, Silence::Rule, out);
            }
            if server.uses.close() {
                out.push(Effect::Desktop(Desktop::Withdraw(Subject::Use(id.clone()))));
            }
        }
        self.leave_groups(|id| unwanted.contains(id), out);
    }

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
            self.take_back_unwanted(out);
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
