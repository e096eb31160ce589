//! Times in which nothing is shown, by a person's wish: the pause and the quiet hours.
//!
//! What they hold back is one summary at the end. What answers a press is never held back.

use super::super::{Freshness, State};
use crate::{
    alert::{News, Silence, Subject},
    effect::Effect,
    id::ServerId,
    settings::{AlertRule, Pause},
    time::Now,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// What was held back so far.
#[derive(Debug)]
pub(super) struct HeldBack {
    why: Silence,
    servers: BTreeMap<ServerId, String>,
    away: BTreeSet<String>,
    others: u32,
}

impl State {
    /// Why nothing is shown at `now`, if that is so.
    pub(super) fn silence(&self, now: Now) -> Option<Silence> {
        let alerts = &self.settings.alerts;
        let paused = alerts.paused.is_some_and(|pause| match pause {
            Pause::Until { at_ms } => now.wall_ms < at_ms,
            Pause::UntilResumed => true,
        });
        if paused {
            return Some(Silence::Paused);
        }
        alerts.quiet.holds(now).then_some(Silence::QuietHours)
    }

    /// Takes in what is not shown now.
    pub(super) fn hold_back(&mut self, why: Silence, about: &Subject, name: &str, news: &News) {
        let held = self.alerts.held_back.get_or_insert_with(|| HeldBack {
            why,
            servers: BTreeMap::new(),
            away: BTreeSet::new(),
            others: 0,
        });
        held.why = why;
        match (about, news) {
            // What is left of it at the end counts.
            (_, News::CameBack { .. } | News::AnswersAgain { .. } | News::TogetherBack { .. }) => {}
            // Its members are held back one by one.
            (_, News::Together { .. }) => {}
            (Subject::Server(id), _) => {
                held.servers.insert(id.clone(), name.to_owned());
            }
            (
                Subject::Panel(_) | Subject::Node { .. },
                News::PanelAway { .. } | News::NodeAway { .. },
            ) => {
                held.away.insert(name.to_owned());
            }
            _ => held.others += 1,
        }
    }

    /// The servers of an alert about several, where that was held back.
    pub(super) fn hold_back_members(&mut self, now: Now, members: Vec<(ServerId, String)>) {
        if self.silence(now).is_some()
            && let Some(held) = &mut self.alerts.held_back
        {
            held.servers.extend(members);
        }
    }

    /// Ends a pause whose time is up, and tells what was held back when nothing holds it any more.
    pub(super) fn end_silence(&mut self, now: Now, out: &mut Vec<Effect>) {
        if let Some(Pause::Until { at_ms }) = self.settings.alerts.paused
            && at_ms <= now.wall_ms
        {
            self.settings.alerts.paused = None;
            self.freshness = Freshness::News;
            self.save(out);
        }
        if self.silence(now).is_some() {
            return;
        }
        let Some(held) = self.alerts.held_back.take() else {
            return;
        };
        let (mut down, mut back) = (Vec::new(), Vec::new());
        for (id, name) in held.servers {
            if self.rule_of(&id) == AlertRule::Nothing {
                continue;
            }
            let panel = self.panels.get(&id.panel);
            match panel.and_then(|panel| panel.servers.get(&id.uuid)) {
                Some(server) if server.is_up() => back.push(name),
                Some(_) => down.push(name),
                None => {}
            }
        }
        let away: Vec<String> = held.away.into_iter().collect();
        if down.is_empty() && back.is_empty() && away.is_empty() && held.others == 0 {
            return;
        }
        let news = News::HeldBack {
            why: held.why,
            down,
            back,
            away,
            others: held.others,
        };
        self.tell(now, Subject::Held, String::new(), news, out);
    }

    /// When a silence that matters ends.
    pub(super) fn silence_ends(&self, now: Now) -> Option<Duration> {
        let alerts = &self.settings.alerts;
        let at_ms = match alerts.paused {
            Some(Pause::Until { at_ms }) => Some(at_ms),
            Some(Pause::UntilResumed) => None,
            None => {
                let waits = self.alerts.held_back.is_some() && alerts.quiet.holds(now);
                waits.then(|| now.next_at(alerts.quiet.to))
            }
        };
        let left = u64::try_from(at_ms?.saturating_sub(now.wall_ms)).unwrap_or(0);
        Some(now.mono + Duration::from_millis(left))
    }
}
