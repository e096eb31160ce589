//! Which change of a server deserves an alert, and what becomes of it.
//!
//! Never on a first reading, never for what was asked for here, never for what is unknown. Whatever
//! is not told has a named reason.

mod hush;
mod kept;
mod outage;
mod telling;
mod together;
mod uses;
mod wishes;

use super::{Freshness, State, fate::Change, panel::Panel};
use crate::{
    alert::{Actor, Alert, News, Silence, Subject},
    condition::Condition,
    effect::{Desktop, Drive, Effect},
    id::{PanelId, ServerId},
    settings::AlertRule,
    time::Now,
};
use hush::HeldBack;
use kept::Kept;
pub(super) use outage::Outage;
use std::time::Duration;
pub(super) use telling::Telling;
use telling::{Open, Verdict};
use together::Together;
pub(super) use uses::Uses;

/// Everything about alerts that is not chosen by a person.
#[derive(Debug, Default)]
pub(super) struct Alerts {
    pub(super) kept: Kept,
    together: Together,
    held_back: Option<HeldBack>,
}

impl State {
    /// A server changed: a person is told now, with others, after a gap, or not at all.
    pub(super) fn tell_change(
        &mut self,
        now: Now,
        id: &ServerId,
        change: Change,
        out: &mut Vec<Effect>,
    ) {
        let about = Subject::Server(id.clone());
        match change {
            Change::Crashed { .. } | Change::WentDown | Change::WasStopped { .. } => {
                self.tell_fall(now, id, change, out);
            }
            Change::CameBack { after, own } => self.tell_back(now, id, after, own, out),
            Change::Explained { by } => self.explain(now, id, by, out),
            Change::Own => {
                self.end_hang(id, out);
                hush(&about, Silence::Own, out);
            }
            Change::Restarted => {
                self.end_hang(id, out);
                hush(&about, Silence::Restarted, out);
            }
            Change::FoundDown | Change::FoundUp => {
                self.found(now, id, change == Change::FoundUp, out);
                hush(&about, Silence::Away, out);
            }
        }
    }

    /// The rule that holds for a server. Nobody wants to hear of what was put out of sight.
    fn rule_of(&self, id: &ServerId) -> AlertRule {
        if self.settings.hidden.contains(id) {
            return AlertRule::Nothing;
        }
        self.settings.alerts.rule_of(id)
    }

    /// It went down and nobody here asked.
    fn tell_fall(&mut self, now: Now, id: &ServerId, change: Change, out: &mut Vec<Effect>) {
        let about = Subject::Server(id.clone());
        let rule = self.rule_of(id);
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let name = server.listed.name.clone();
        let stopped = matches!(change, Change::WasStopped { .. });
        let times = if stopped { 0 } else { server.telling.fell(now) };
        let (news, down) = match change {
            Change::Crashed {
                report,
                restarting: true,
            } => (News::CrashedRestarting { report, times }, false),
            Change::Crashed {
                report,
                restarting: false,
            } => (News::Crashed { report, times }, true),
            Change::WasStopped { by } => (News::WasStopped { by }, true),
            Change::WentDown
            | Change::Explained { .. }
            | Change::Own
            | Change::Restarted
            | Change::CameBack { .. }
            | Change::FoundDown
            | Change::FoundUp => (News::WentDown { times }, true),
        };
        if rule == AlertRule::Nothing || (rule == AlertRule::Crashes && stopped) {
            self.end_hang(id, out);
            return hush(&about, Silence::Rule, out);
        }
        match server.telling.bad(now, &news, down) {
            Verdict::Tell { goes_on: true } => {
                self.deliver(now, about, name, news, true, out);
            }
            Verdict::Tell { goes_on: false } => self.tell_soon(now, id, name, news),
            Verdict::Waits { instead } => {
                if instead {
                    hush(&about, Silence::Over, out);
                }
            }
            Verdict::Silent(why) => {
                self.end_hang(id, out);
                self.keep_silent(now, about, name, news, why, out);
            }
        }
    }

    /// It runs again.
    fn tell_back(
        &mut self,
        now: Now,
        id: &ServerId,
        after: Duration,
        own: bool,
        out: &mut Vec<Effect>,
    ) {
        let about = Subject::Server(id.clone());
        let wanted = self.rule_of(id) == AlertRule::AlsoBack && !own;
        self.end_hang(id, out);
        self.alerts.together.forget(id);
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let name = server.listed.name.clone();
        let open = server.telling.open();
        match server.telling.came_back(now, wanted) {
            Verdict::Tell { goes_on } => {
                let news = News::came_back(after);
                self.deliver(now, about, name, news, goes_on, out);
            }
            Verdict::Silent(why) => {
                if !self.back_in_group(now, id, open, out) {
                    hush(&about, if own { Silence::Own } else { why }, out);
                }
            }
            Verdict::Waits { .. } => {}
        }
    }

    /// The activity log says now that somebody stopped it. What nobody knew before is told in place
    /// of what was guessed; a name alone is only kept.
    fn explain(&mut self, now: Now, id: &ServerId, by: Option<Actor>, out: &mut Vec<Effect>) {
        let about = Subject::Server(id.clone());
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let open = server.telling.open() == Some(Open::Down);
        let name = server.listed.name.clone();
        let guessed = self.alerts.kept.last_fall(&about);
        let news = News::WasStopped { by };
        match guessed {
            Some(News::WentDown { .. }) if open => {
                self.deliver(now, about, name, news, true, out);
            }
            Some(News::WasStopped { by: None }) => {
                self.alerts.kept.amend(&about, news);
                self.freshness = Freshness::News;
            }
            _ => {}
        }
    }

    /// Changes while nobody could look are told together.
    fn found(&mut self, now: Now, id: &ServerId, up: bool, out: &mut Vec<Effect>) {
        let rule = self.rule_of(id);
        let Some(panel) = self.panels.get_mut(&id.panel) else {
            return;
        };
        let Some(server) = panel.servers.get_mut(&id.uuid) else {
            return;
        };
        let name = server.listed.name.clone();
        if server.telling.close() {
            // What was said about it before is over; it is told with the others.
            out.push(Effect::Desktop(Desktop::Withdraw(Subject::Server(
                id.clone(),
            ))));
        }
        if rule != AlertRule::Nothing {
            panel.found(now, name, up);
        }
    }

    /// A stop that took too long is over: what was said of it is taken back.
    fn end_hang(&mut self, id: &ServerId, out: &mut Vec<Effect>) {
        let Some(server) = self.server_mut(id) else {
            return;
        };
        if server.telling.open() == Some(Open::Hangs) {
            server.telling.close();
            out.push(Effect::Desktop(Desktop::Withdraw(Subject::Server(
                id.clone(),
            ))));
        }
    }

    /// What became due with time: stops that hang, alerts that waited, outages, ends of silences.
    pub(super) fn settle_alerts(&mut self, now: Now, out: &mut Vec<Effect>) {
        let mut due = Vec::new();
        for (panel_id, panel) in &mut self.panels {
            let hanging = panel.hanging(now);
            for (uuid, server) in &mut panel.servers {
                let hangs = hanging.contains(uuid);
                let up = server.is_up();
                let waited = server.telling.due_news(now, up);
                if hangs || waited.is_some() {
                    let uuid = uuid.clone();
                    let panel = panel_id.clone();
                    due.push((ServerId { panel, uuid }, hangs, waited));
                }
            }
        }
        for (id, hangs, waited) in due {
            if hangs {
                self.tell_hang(now, &id, out);
            }
            if let Some(news) = waited
                && let Some(server) = self.server_mut(&id)
            {
                let name = server.listed.name.clone();
                self.tell_soon(now, &id, name, news);
            }
        }
    }

    fn tell_hang(&mut self, now: Now, id: &ServerId, out: &mut Vec<Effect>) {
        let about = Subject::Server(id.clone());
        let rule = self.rule_of(id);
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let since = server.fate.stopping_since.unwrap_or(now);
        server.fate.hang_told = true;
        if rule == AlertRule::Nothing {
            return hush(&about, Silence::Rule, out);
        }
        let name = server.listed.name.clone();
        let news = News::StopHangs {
            seconds: now.since(since).as_secs(),
        };
        match server.telling.hangs(now) {
            Verdict::Tell { goes_on } => {
                self.deliver(now, about, name, news, goes_on, out);
            }
            Verdict::Silent(why) => self.keep_silent(now, about, name, news, why, out),
            Verdict::Waits { .. } => {}
        }
    }

    /// After every event: what waited for others, outages, and silences that are over.
    pub(super) fn finish_alerts(&mut self, now: Now, out: &mut Vec<Effect>) {
        self.flush(now, out);
        self.tell_outages(now, out);
        self.end_silence(now, out);
    }

    /// When [`State::finish_alerts`] has something to do, though nothing happens.
    pub(super) fn alerts_due(&self, now: Now) -> Option<Duration> {
        let past = self.looked_over;
        let outages = self
            .panels
            .values()
            .filter_map(|panel| panel.outage_due(past));
        let others = [self.alerts.together.due, self.silence_ends(now)];
        outages.chain(others.into_iter().flatten()).min()
    }

    /// Servers that a list does not name any more, or that it blocks: nothing more is told of them.
    pub(super) fn leave_alone(&mut self, panel: &PanelId, out: &mut Vec<Effect>) {
        let Some(known) = self.panels.get_mut(panel) else {
            return;
        };
        for (uuid, server) in &mut known.servers {
            if server.block().is_some() && server.telling.close() {
                let id = ServerId {
                    panel: panel.clone(),
                    uuid: uuid.clone(),
                };
                out.push(Effect::Desktop(Desktop::Withdraw(Subject::Server(id))));
            }
        }
        let servers = &known.servers;
        let there: std::collections::BTreeSet<String> = servers
            .iter()
            .filter(|(_, server)| server.block().is_none())
            .map(|(uuid, _)| uuid.clone())
            .collect();
        let gone = |id: &ServerId| id.panel == *panel && !there.contains(&id.uuid);
        self.leave_groups(gone, out);
    }

    /// Tells a person, and keeps it.
    pub(super) fn tell(
        &mut self,
        now: Now,
        about: Subject,
        name: String,
        news: News,
        out: &mut Vec<Effect>,
    ) {
        self.deliver(now, about, name, news, false, out);
    }

    /// The same, in place of what was told before where it `goes_on` with that. During a silence it
    /// is only kept. Its number.
    fn deliver(
        &mut self,
        now: Now,
        about: Subject,
        name: String,
        news: News,
        goes_on: bool,
        out: &mut Vec<Effect>,
    ) -> u64 {
        let why = self.silence(now).filter(|_| news.may_wait());
        let alert = Alert {
            number: self.alerts.kept.next_number(),
            about,
            name,
            news,
            goes_on,
        };
        self.freshness = Freshness::News;
        self.alerts.kept.keep(now, &alert, why);
        let number = alert.number;
        let Some(why) = why else {
            out.push(Effect::Desktop(Desktop::Alert(alert)));
            return number;
        };
        self.hold_back(why, &alert.about, &alert.name, &alert.news);
        if goes_on {
            out.push(Effect::Desktop(Desktop::Withdraw(alert.about.clone())));
        }
        hush(&alert.about, why, out);
        number
    }

    /// Not told, but kept for whoever looks.
    fn keep_silent(
        &mut self,
        now: Now,
        about: Subject,
        name: String,
        news: News,
        why: Silence,
        out: &mut Vec<Effect>,
    ) {
        let alert = Alert {
            number: self.alerts.kept.next_number(),
            about,
            name,
            news,
            goes_on: false,
        };
        self.freshness = Freshness::News;
        self.alerts.kept.keep(now, &alert, Some(why));
        hush(&alert.about, why, out);
    }

    /// Asks for the activity log of a server that went down, where that is permitted; else it is
    /// judged without.
    pub(super) fn ask_log(&mut self, now: Now, id: &ServerId, out: &mut Vec<Effect>) {
        let Some(server) = self.server_mut(id) else {
            return;
        };
        if !server.fate.wants_log(now) {
            return;
        }
        let may = server.permissions.as_ref();
        if may.is_none_or(|all| all.may("activity.read")) {
            out.push(Effect::Drive(Drive::Log(id.clone())));
        } else {
            self.logged(now, id, &[], out);
        }
    }

    /// The activity log says who stopped a server, or nothing.
    pub(super) fn logged(
        &mut self,
        now: Now,
        id: &ServerId,
        entries: &[crate::event::Logged],
        out: &mut Vec<Effect>,
    ) {
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let explained = server.fate.logged(now, entries);
        let settled = server.fate.settle(now);
        for change in explained.into_iter().chain(settled) {
            self.tell_change(now, id, change, out);
        }
    }
}

/// Something is not told.
fn hush(about: &Subject, why: Silence, out: &mut Vec<Effect>) {
    let about = about.clone();
    out.push(Effect::Hushed { about, why });
}

impl Panel {
    /// Servers whose stop takes too long, and of which that was not told.
    fn hanging(&self, now: Now) -> Vec<String> {
        let stopping = self
            .servers
            .iter()
            .filter(|(_, server)| server.fate.stopping_since.is_some() && !server.fate.hang_told);
        let hanging =
            stopping.filter(|(_, server)| self.condition(now, server) == Condition::StillStopping);
        hanging.map(|(uuid, _)| uuid.clone()).collect()
    }
}
