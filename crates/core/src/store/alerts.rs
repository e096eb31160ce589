//! Which change of a server deserves an alert, and what becomes of it.
//!
//! Never on a first reading, never for what was asked for here, never for what is unknown. Whatever
//! is not told has a named reason.

mod deliver;
mod explained;
mod gone;
mod hush;
mod kept;
mod marks;
mod outage;
mod telling;
mod together;
mod uses;
mod wishes;

use super::{State, fate::Change, panel::Panel};
use crate::{
    alert::{News, Silence, Subject},
    condition::Condition,
    effect::{Desktop, Effect},
    id::ServerId,
    settings::AlertRule,
    time::Now,
};
use deliver::hush;
pub(super) use gone::take_back;
use hush::HeldBack;
use kept::Kept;
use marks::Marks;
pub(super) use outage::Outage;
use std::time::Duration;
pub(super) use telling::Telling;
use telling::{Open, Verdict, is_down};
use together::Together;
pub(super) use uses::Uses;

/// Everything about alerts that is not chosen by a person.
#[derive(Debug, Default)]
pub(super) struct Alerts {
    pub(super) kept: Kept,
    marks: Marks,
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

    /// It went down and nobody here asked.
    fn tell_fall(&mut self, now: Now, id: &ServerId, change: Change, out: &mut Vec<Effect>) {
        let about = Subject::Server(id.clone());
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
        if !self.wants(id, &news) {
            self.end_hang(id, out);
            return hush(&about, Silence::Rule, out);
        }
        let Some(server) = self.server_mut(id) else {
            return;
        };
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
        let grouped = matches!(server.telling.open(), Some(Open::Grouped { .. }));
        match server.telling.came_back(now, wanted) {
            Verdict::Tell { goes_on } => {
                let news = News::came_back(after);
                self.deliver(now, about, name, news, goes_on, out);
            }
            Verdict::Silent(_) if grouped => hush(&about, Silence::Together, out),
            Verdict::Silent(why) => hush(&about, if own { Silence::Own } else { why }, out),
            Verdict::Waits { .. } => {}
        }
        self.back_in_group(now, id, out);
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
        self.leave_groups(|other| other == id, out);
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
                let up = server.is_up();
                let waited = server.telling.due_news(now, up);
                // It waits for its minute like everything else.
                let hangs = hanging.contains(uuid) && server.telling.is_free(now);
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
                if is_down(&news) {
                    let about = Subject::Server(id.clone());
                    self.alerts.kept.forget_silent(&about);
                }
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
        self.sum_up(now, out);
        self.end_silence(now, out);
        self.end_failures(out);
    }

    /// When [`State::finish_alerts`] has something to do, though nothing happens.
    pub(super) fn alerts_due(&self, now: Now) -> Option<Duration> {
        let past = self.looked_over;
        let outages = self
            .panels
            .values()
            .filter_map(|panel| panel.outage_due(past));
        let others = [
            self.alerts.together.due,
            self.meanwhile.due(),
            self.silence_ends(now),
        ];
        outages.chain(others.into_iter().flatten()).min()
    }
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
