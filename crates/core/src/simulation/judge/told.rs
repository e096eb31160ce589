//! What must hold of all that is told, and of all that is not.
//!
//! Tells nobody: it looks at alerts that the store sent, and at those that it kept back.

use crate::{
    alert::{Alert, News, Silence, Subject},
    condition::{Condition, Standing},
    settings::AlertRule,
    simulation::{
        machine::{Cause, Power},
        server::{Measured, Server, Told},
        world::World,
    },
};
use std::{collections::BTreeSet, time::Duration};

impl World {
    /// An alert goes out.
    pub(in crate::simulation) fn judge_alert(&mut self, alert: &Alert) {
        self.judge.alerts.push((self.at, alert.clone()));
        self.summarised(alert);
        self.judge_wish(alert);
        self.judge_use(alert);
        let news = &alert.news;
        let fell = matches!(
            news,
            News::Crashed { .. }
                | News::WentDown { .. }
                | News::CrashedRestarting { .. }
                | News::WasStopped { .. }
        );
        let Some(server) = self.answer_for(&alert.about, fell) else {
            return;
        };
        self.judge_pace(server, alert);
        self.tell(server, || format!("an alert: {news:?}"));
        if !fell {
            return;
        }
        self.judge.asked.alerts += 1;
        self.servers[server].told.falls += usize::from(!alert.goes_on);
        let known = &self.servers[server];
        if known.told.falls > known.machine.downs.len() {
            return self.fail(server, "more alerts than it went down");
        }
        let Some(up_at) = up_at(&known.told) else {
            return self.fail(server, "an alert although it was never known to be up");
        };
        if !known.machine.downs.iter().any(|(at, _)| *at >= up_at) {
            return self.fail(server, "an alert although it never went down");
        }
        if self.is_own_fall(server) {
            self.fail(server, "an alert for what was asked for here");
        }
    }

    /// Something of a server is told, or is not for a reason. `fall`: it may well be that it went down.
    fn answer_for(&mut self, about: &Subject, fall: bool) -> Option<usize> {
        let Subject::Server(id) = about else {
            return None;
        };
        let server = self.servers.iter().position(|known| known.id == *id)?;
        let at = self.awake();
        let told = &mut self.servers[server].told;
        told.owed = None;
        told.answered = Some(at);
        // A socket or a panel may be lost between a fall and what is said of it, and a reading may come before the panel
        // has answered: the fall is spoken of while nothing is shown, and is not owed again when it is.
        let nothing = |word: Condition| word.standing() == Standing::Unknown;
        let down = |newest: &Measured| newest.power == Power::Offline;
        if fall && told.shown.is_some_and(nothing) && told.newest.as_ref().is_some_and(down) {
            told.was_up = false;
        }
        Some(server)
    }

    /// Something is not told.
    pub(in crate::simulation) fn judge_hush(&mut self, about: &Subject, why: Silence) {
        *self.judge.hushed.entry(why).or_default() += 1;
        if let Some(server) = self.answer_for(about, true) {
            self.tell(server, || format!("not told: {why:?}"));
            if why == Silence::Away && self.is_wished_for(server) {
                let at = self.awake();
                self.servers[server].told.promised.get_or_insert(at);
            }
        } else if *about == Subject::Away {
            // A silence holds the summary back, whomever it names.
            let at = self.awake();
            for told in self.servers.iter_mut().map(|server| &mut server.told) {
                if told.promised.take().is_some() {
                    told.answered = Some(at);
                }
            }
        }
    }

    /// Somebody wants to hear of it.
    fn is_wished_for(&self, server: usize) -> bool {
        let settings = self.state.snapshot(self.now()).settings;
        let id = &self.servers[server].id;
        !settings.hidden.contains(id) && settings.alerts.rule_of(id) != AlertRule::Nothing
    }

    /// A summary names what changed while nobody could look.
    fn summarised(&mut self, alert: &Alert) {
        let News::Meanwhile { down, up } = &alert.news else {
            return;
        };
        // It may have been renamed since.
        let bare = |name: &str| name.trim_end_matches('\'').to_owned();
        let named: BTreeSet<String> = down.iter().chain(up).map(|name| bare(name)).collect();
        let at = self.awake();
        let told = |server: &&mut Server| named.contains(&bare(&server.name));
        for server in self.servers.iter_mut().filter(told) {
            server.told.promised = None;
            server.told.answered = Some(at);
        }
    }

    /// Neither a rule nor a silence forbids it. What answers a press is said all the same.
    fn judge_wish(&mut self, alert: &Alert) {
        let news = &alert.news;
        if !news.may_wait() {
            return;
        }
        let now = self.now();
        let settings = self.state.snapshot(now).settings;
        if settings.alerts.paused.is_some() || settings.alerts.quiet.holds(now) {
            let words = format!("told in a silence: {news:?}");
            return self.judge.find(self.at, words);
        }
        let Some(id) = alert.about.server() else {
            return;
        };
        let rule = settings.alerts.rule_of(id);
        let stopped = matches!(news, News::WasStopped { .. });
        if settings.hidden.contains(id)
            || rule == AlertRule::Nothing
            || (stopped && rule == AlertRule::Crashes)
        {
            let words = format!("told against the rule {rule:?}: {news:?}");
            self.judge.find(self.at, words);
        }
    }

    /// How much a server uses is told a minute after everything else that was told of it.
    fn judge_use(&mut self, alert: &Alert) {
        let Subject::Use(id) = &alert.about else {
            return;
        };
        self.judge.asked.uses += 1;
        let Some(server) = self.servers.iter().position(|known| known.id == *id) else {
            return;
        };
        let at = self.at;
        let told = &mut self.servers[server].told;
        let last = told.used.replace(at).into_iter().chain(told.alerted).max();
        if last.is_some_and(|last| at < last + Duration::from_secs(60)) {
            self.fail(server, "its use, told within a minute of something else");
        }
    }

    /// Never more than one alert a server in a minute; what only takes the place of the last one is none.
    fn judge_pace(&mut self, server: usize, alert: &Alert) {
        let answer = matches!(
            alert.news,
            News::ActionFailed { .. } | News::ActionUnseen { .. }
        );
        if alert.goes_on || answer || alert.news.is_answer() {
            return;
        }
        let at = self.at;
        let last = self.servers[server].told.alerted.replace(at);
        if last.is_some_and(|last| at < last + Duration::from_secs(60)) {
            self.fail(server, "a second alert within a minute");
        }
    }

    /// Since it was last known to be up, before it was known to be down, only our own signals took it down.
    pub(super) fn is_own_fall(&self, server: usize) -> bool {
        let known = &self.servers[server];
        let up_at = up_at(&known.told);
        let falls = known.machine.downs.iter();
        let mut since = falls
            .filter(|(at, _)| up_at.is_none_or(|up| *at >= up))
            .peekable();
        since.peek().is_some()
            && !known.told.unclear
            && since.all(|(_, cause)| *cause == Cause::Own)
    }
}

/// When it was last known to be up, before it was known to be down. An alert may wait a moment, to see whether the node
/// restarts it.
fn up_at(told: &Told) -> Option<Duration> {
    let (fell, up) = (told.fell_after, told.up_before);
    fell.or(up).min(up.or(fell))
}
